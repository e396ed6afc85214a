"""curl's flags: which change the request, which do not, which are refused, and the words for it."""

from postback_wizard.domain.text import Text

FORM = "application/x-www-form-urlencoded"

UNKNOWN_FLAG = Text(
    en="curl's {at} is not understood here; remove it, or put what it does into the request itself.",
    ru="Ключ curl {at} здесь не поддерживается; уберите его или внесите его действие в сам запрос.",
)
NO_VALUE = Text(en="curl's {at} has no value after it.", ru="После ключа curl {at} нет значения.")
SECRET_FLAG = Text(
    en="curl's {at} holds a user name and password, which are not kept; remove it.",
    ru="Ключ curl {at} содержит логин и пароль, они не сохраняются; уберите его.",
)
FORM_FLAG = Text(
    en="curl's {at} builds a multipart form, and a postback is none; use -d with the exact body.",
    ru="Ключ curl {at} собирает multipart-форму, постбек ею не бывает; используйте -d с точным телом.",
)
READS_FILE = Text(
    en="{at} stands for the content of a file; put the content itself into the command.",
    ru="{at} означает содержимое файла; вставьте в команду само содержимое.",
)
BAD_HEADER = Text(
    en="{at} is no header: a header is Name: value.", ru="{at} не заголовок: заголовок это Имя: значение."
)
NO_URL = Text(en="The curl command ({at}) names no URL.", ru="В команде curl ({at}) нет URL.")
MANY_URLS = Text(
    en="The curl command names more than one URL ({at}); one request has one.",
    ru="В команде curl больше одного URL ({at}); у одного запроса он один.",
)
WINDOWS_COPY = Text(
    en="This copy is for Windows cmd ({at}); copy the request as cURL (bash).",
    ru="Это копия для Windows cmd ({at}); скопируйте запрос как cURL (bash).",
)

SKIPPED = Text(en="Left out, as it does not change the request: {flags}.", ru="Опущено, на запрос не влияет: {flags}.")
NOT_FOLLOWED = Text(
    en="{flag}: redirects are never followed when sending; the answer shows where they point.",
    ru="{flag}: при отправке редиректы не проходятся; ответ покажет, куда они ведут.",
)
VERIFIED = Text(en="{flag}: the certificate is verified all the same.", ru="{flag}: сертификат всё равно проверяется.")
REST_LEFT_OUT = Text(en="Left out after the command: {rest}", ru="Опущено после команды: {rest}")
HTTP_ASSUMED = Text(
    en="The URL has no scheme; curl takes http://, so does this.",
    ru="В URL нет схемы; curl берёт http://, здесь так же.",
)

DATA = ("-d", "--data", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode", "--json")
VALUED = ("-X", "--request", "-H", "--header", "-A", "--user-agent", "-e", "--referer", "-b", "--cookie", "--url")
REFUSED = {
    **dict.fromkeys(("-u", "--user", "--oauth2-bearer", "-U", "--proxy-user", "-n", "--netrc"), SECRET_FLAG),
    **dict.fromkeys(("-F", "--form", "--form-string"), FORM_FLAG),
}
HARMLESS = (
    *("-s", "--silent", "-S", "--show-error", "-v", "--verbose", "-i", "--include", "-#", "--progress-bar"),
    *("--compressed", "-O", "--remote-name", "-f", "--fail", "--fail-with-body", "-g", "--globoff", "-N"),
    *("--no-buffer", "-4", "--ipv4", "-6", "--ipv6", "--path-as-is", "--http1.1", "--http2", "--no-progress-meter"),
    *("--no-keepalive", "--tcp-nodelay", "-q", "--disable", "--tlsv1.2", "--tlsv1.3"),
)
HARMLESS_VALUED = (
    *("-m", "--max-time", "--connect-timeout", "-o", "--output", "-w", "--write-out", "--retry", "--retry-delay"),
    *("-D", "--dump-header", "-c", "--cookie-jar", "--max-redirs", "--keepalive-time", "--stderr", "--trace-ascii"),
)
NOTED = {
    **dict.fromkeys(("-L", "--location", "--location-trusted"), NOT_FOLLOWED),
    **dict.fromkeys(("-k", "--insecure"), VERIFIED),
}
SHORTHANDS = {"-G": "--get", "-I": "--head"}

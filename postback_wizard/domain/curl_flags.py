"""curl's flags: which change the request, which do not, which are refused, and the words for it."""

from postback_wizard.domain.text import Text

FORM = "application/x-www-form-urlencoded"

UNKNOWN_FLAG = Text(
    en="curl's {at} is not understood here; remove it, or put what it does into the request itself.",
    ru="Ключ curl {at} здесь не поддерживается; уберите его или внесите его действие в сам запрос.",
)
NO_VALUE = Text(en="curl's {at} has no value after it.", ru="После ключа curl {at} нет значения.")
SECRET_FLAG = Text(
    en="curl's {at} takes a user name and password from elsewhere, or hands them to a proxy; remove it.",
    ru="Ключ curl {at} берёт логин и пароль из другого места или отдаёт их прокси; уберите его.",
)
NO_PASSWORD = Text(
    en="curl would ask for the password of {at}; write it as name:password.",
    ru="Для {at} curl спросил бы пароль; запишите как логин:пароль.",
)
ROUTE_FLAG = Text(
    en="curl's {at} changes the way to the server, not the request; remove it, a proxy is a field of its own.",
    ru="Ключ curl {at} меняет путь к серверу, а не запрос; уберите его, для прокси есть своё поле.",
)
AUTH_FLAG = Text(
    en="curl's {at} agrees on the login with the server over several requests; paste the one that counted.",
    ru="Ключ curl {at} согласует вход с сервером за несколько запросов; вставьте тот, который был засчитан.",
)
UPLOAD_FLAG = Text(
    en="curl's {at} sends a file; a postback is none.", ru="Ключ curl {at} отправляет файл, а не постбек."
)
CONFIG_FLAG = Text(
    en="curl's {at} reads further options from a file; put them into the command.",
    ru="Ключ curl {at} читает другие ключи из файла; впишите их в команду.",
)
NEXT_FLAG = Text(
    en="curl's {at} starts another request; paste one request at a time.",
    ru="Ключ curl {at} начинает ещё один запрос; вставляйте по одному запросу.",
)
READS_FILE = Text(
    en="{at} stands for the content of a file; put the content itself into the command.",
    ru="{at} означает содержимое файла; вставьте в команду само содержимое.",
)
BAD_HEADER = Text(
    en="{at} is no header: a header is Name: value.", ru="{at} не заголовок: заголовок это Имя: значение."
)
BAD_PART = Text(
    en="The form part {at} has an attribute that is not understood; only ;type= and ;filename= are.",
    ru="У части формы {at} непонятный атрибут; поддерживаются только ;type= и ;filename=.",
)
CHUNKED = Text(
    en="The body is written in chunks ({at}); paste it as it reads without the chunk sizes.",
    ru="Тело записано по частям ({at}); вставьте его без размеров частей.",
)
NO_URL = Text(en="The curl command ({at}) names no URL.", ru="В команде curl ({at}) нет URL.")
MANY_URLS = Text(
    en="The curl command names more than one URL ({at}); one request has one.",
    ru="В команде curl больше одного URL ({at}); у одного запроса он один.",
)
GLOBBED = Text(
    en="curl makes several requests of {at}; write the one URL that was sent.",
    ru="Из {at} curl делает несколько запросов; запишите тот URL, который был отправлен.",
)
CONFLICT = Text(
    en="{at} do not go together in every version of curl; write the request as it was sent.",
    ru="{at} вместе работают не во всех версиях curl; запишите запрос так, как он ушёл.",
)
NOT_HTTP = Text(en="{at} is no web address.", ru="{at} не веб-адрес.")

SKIPPED = Text(en="Left out, as it does not change the request: {flags}.", ru="Опущено, на запрос не влияет: {flags}.")
NOT_FOLLOWED = Text(
    en="{flag}: redirects are never followed when sending; the answer shows where they point.",
    ru="{flag}: при отправке редиректы не проходятся; ответ покажет, куда они ведут.",
)
VERIFIED = Text(en="{flag}: the certificate is verified all the same.", ru="{flag}: сертификат всё равно проверяется.")
OTHER_VERSION = Text(en="{flag}: sent as HTTP/1.1 all the same.", ru="{flag}: всё равно отправляется как HTTP/1.1.")
REST_LEFT_OUT = Text(en="Left out after the command: {rest}", ru="Опущено после команды: {rest}")
HTTP_ASSUMED = Text(
    en="The URL has no scheme; curl takes http://, so does this.",
    ru="В URL нет схемы; curl берёт http://, здесь так же.",
)
MACRO_KEPT = Text(
    en="{at} is kept as a macro; curl without -g would send it without the braces.",
    ru="{at} оставлено как макрос; curl без -g отправил бы это без скобок.",
)
DOTS_REMOVED = Text(
    en="curl takes /./ and /../ out of the path unless --path-as-is is given; so does this: {path}",
    ru="curl убирает /./ и /../ из пути, если нет --path-as-is; здесь так же: {path}",
)
BOUNDARY_OURS = Text(
    en="curl draws the boundary of a form at random; here it is {boundary}.",
    ru="Границу частей формы curl берёт случайно; здесь это {boundary}.",
)

DATA = ("-d", "--data", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode", "--json")
FORMS = ("-F", "--form", "--form-string")
VALUED = (
    *("-X", "--request", "-H", "--header", "-A", "--user-agent", "-e", "--referer", "-b", "--cookie", "--url"),
    *("-u", "--user", "--oauth2-bearer", "-r", "--range", "--url-query", *FORMS),
)
REFUSED = {
    **dict.fromkeys(("-U", "--proxy-user", "-n", "--netrc", "--netrc-file", "--netrc-optional"), SECRET_FLAG),
    **dict.fromkeys(("-x", "--proxy", "--socks5", "--socks5-hostname", "--resolve", "--connect-to"), ROUTE_FLAG),
    **dict.fromkeys(("--interface", "--unix-socket", "--cert", "-E", "--key", "--cacert", "--preproxy"), ROUTE_FLAG),
    **dict.fromkeys(("--digest", "--ntlm", "--negotiate", "--anyauth", "--aws-sigv4"), AUTH_FLAG),
    **dict.fromkeys(("-T", "--upload-file"), UPLOAD_FLAG),
    **dict.fromkeys(("-K", "--config"), CONFIG_FLAG),
    **dict.fromkeys(("-:", "--next"), NEXT_FLAG),
}
HARMLESS = (
    *("-s", "--silent", "-S", "--show-error", "-v", "--verbose", "-i", "--include", "-#", "--progress-bar"),
    *("--compressed", "-O", "--remote-name", "-f", "--fail", "--fail-with-body", "-N", "--basic", "--fail-early"),
    *("--no-buffer", "-4", "--ipv4", "-6", "--ipv6", "--http1.1", "--no-progress-meter", "-j", "--remove-on-error"),
    *("--no-keepalive", "--tcp-nodelay", "-q", "--disable", "--tlsv1.2", "--tlsv1.3", "--ssl-no-revoke", "--post301"),
    *("-J", "--remote-header-name", "-R", "--remote-time", "--raw", "--tr-encoding-off", "--create-dirs", "--post302"),
)
HARMLESS_VALUED = (
    *("-m", "--max-time", "--connect-timeout", "-o", "--output", "-w", "--write-out", "--retry", "--retry-delay"),
    *("-D", "--dump-header", "-c", "--cookie-jar", "--max-redirs", "--keepalive-time", "--stderr", "--trace-ascii"),
    *("--trace", "--retry-max-time", "--limit-rate", "--speed-time", "-y", "--speed-limit", "-Y", "--output-dir"),
    *("--tls-max", "--ciphers", "--proto", "--max-filesize", "--noproxy"),
)
NOTED = {
    **dict.fromkeys(("-L", "--location", "--location-trusted"), NOT_FOLLOWED),
    **dict.fromkeys(("-k", "--insecure"), VERIFIED),
    **dict.fromkeys(
        ("--http2", "--http2-prior-knowledge", "--http3", "--http3-only", "--http1.0", "-0"), OTHER_VERSION
    ),
}
SHORTHANDS = {"-G": "--get", "-I": "--head", "-g": "--globoff"}

"""Can every hop be reached?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import failed_hop, hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

HOP_DNS_OR_TLS_FAILURE = Rule(
    code="hop-dns-or-tls-failure",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.DOMAIN_OWNER,
    title=Text(
        en="Hop {hop} cannot be reached: {host} gives {outcome}.",
        ru="Переход {hop} недоступен: {host} даёт {outcome}.",
    ),
    why=Text(
        en="Visitors stop here: the source sells the click, and nobody behind this hop sees it. {detail}",
        ru="Посетители останавливаются здесь: источник продаёт клик, а дальше его никто не видит. {detail}",
    ),
    fix=Text(
        en="Repair the DNS record or the certificate of {host}, or replace the dead domain in the link.",
        ru="Исправьте DNS-запись или сертификат {host} либо замените неработающий домен в ссылке.",
    ),
    settle=Text(
        en="Open {host} from another network: a fault that shows there too is not on this side.",
        ru="Откройте {host} из другой сети: если ошибка есть и там, дело не в вашей стороне.",
    ),
    sources=(
        "http://www.trackingaudit.online/blog/how-to-check-redirect-chain?lang=en",
        "https://www.trackingaudit.online/how-to-debug-redirect-chains?lang=en",
    ),
)

REDIRECT_INVALID = Rule(
    code="redirect-invalid",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="Hop {hop} ({host}) redirects to an address no browser can open: {next_url} ({outcome}).",
        ru="Переход {hop} ({host}) ведёт на адрес, который браузер не откроет: {next_url} ({outcome}).",
    ),
    why=Text(
        en="The status says the page is elsewhere, and the address it gives leads nowhere; the click ends here.",
        ru="Статус говорит, что страница в другом месте, но указанный адрес никуда не ведёт; клик здесь заканчивается.",
    ),
    fix=Text(
        en="Correct the target address in the redirect settings of {host}.",
        ru="Исправьте адрес назначения в настройках редиректа на {host}.",
    ),
    sources=("https://www.rfc-editor.org/rfc/rfc9110#field.location",),
)

CLICK_URL_UNREADABLE = Rule(
    code="click-url-unreadable",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(en="{url} cannot be opened as a click: {outcome}.", ru="{url} нельзя открыть как клик: {outcome}."),
    why=Text(
        en="A click URL has http or https, a host and perhaps a port; without them there is nowhere to go.",
        ru="В URL клика есть http или https, хост и, возможно, порт; без них идти некуда.",
    ),
    fix=Text(
        en="Copy the whole link from the ad or the tracker, beginning with https://.",
        ru="Скопируйте ссылку из объявления или трекера целиком, начиная с https://.",
    ),
)

ADDRESS_NOT_ALLOWED = Rule(
    code="address-not-allowed",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="Hop {hop} was not visited: {host} is not a public address ({outcome}).",
        ru="Переход {hop} не выполнен: {host} не публичный адрес ({outcome}).",
    ),
    why=Text(
        en="A link from outside may point at machines of your own network; that is only visited after you say so. "
        "{detail}",
        ru="Ссылка извне может указывать на машины вашей сети; туда программа идёт только с вашего разрешения. "
        "{detail}",
    ),
    fix=Text(
        en="If this is your own test machine, name it: allow in the facts file, --allow on the command line, "
        "or the question in the wizard.",
        ru="Если это ваша тестовая машина, разрешите её: allow в файле с данными, --allow в командной строке "
        "или вопрос в мастере.",
    ),
)

_BAD_ADDRESS = ("BAD_URL", "BAD_REQUEST_BYTES", "REDIRECT_INVALID", "BLOCKED_SCHEME")
_NOT_ASKED = ("NOT_RECORDED", "OFFLINE", "CANCELLED", "STOPPED_IN_BROWSER", "NO_ANSWER_RECORDED")
#: These can also be a fault of the network we ask from.
_TEMPORARY = ("DNS_TIMEOUT", "DNS_SERVFAIL", "CONNECT_TIMEOUT", "TLS_TIMEOUT", "NO_ANSWER", "DEADLINE")


def check(case: Case) -> Iterator[Finding]:
    """The hop the chain ends at without an answer, or with an address that is none."""
    for index, item in enumerate(case.trace(), 1):
        number = item.hop or index
        url, outcome = item.request.url, (item.outcome or ("",))[0]
        host = split_url(url).host or url
        where = f"hop {number}"
        if item.has("BLOCKED_ADDRESS", "BLOCKED_PORT"):
            yield ADDRESS_NOT_ALLOWED(where, hop=number, host=host, outcome=outcome, detail=item.detail)
        elif number == 1 and item.answer is None and item.has(*_BAD_ADDRESS):
            yield CLICK_URL_UNREADABLE("click_url", url=url, outcome=outcome)
        elif item.has(*_BAD_ADDRESS):
            target = item.answer.header("Location") if item.answer else url
            yield REDIRECT_INVALID(where, hop=number, host=host, outcome=outcome, next_url=target or "—")
        elif item.answer is None and outcome and not item.has(*_NOT_ASKED):
            confidence = Confidence.LIKELY if item.has(*_TEMPORARY) else Confidence.CERTAIN
            yield HOP_DNS_OR_TLS_FAILURE(
                where, confidence=confidence, hop=number, host=host, outcome=outcome, detail=item.detail
            )


EXAMPLES = {
    HOP_DNS_OR_TLS_FAILURE: example(
        hop(1, "https://trk.example/c/7", "https://dead.example/offer"),
        failed_hop(2, "https://dead.example/offer", "DNS_NXDOMAIN"),
        click_url="https://trk.example/c/7",
    ),
    REDIRECT_INVALID: example(
        hop(1, "https://trk.example/c/7", "https://[::1/", outcome="REDIRECT_INVALID(url)"),
        click_url="https://trk.example/c/7",
    ),
    CLICK_URL_UNREADABLE: example(failed_hop(1, "click 7", "BAD_URL"), click_url="click 7"),
    ADDRESS_NOT_ALLOWED: example(
        hop(1, "https://trk.example/c/7", "http://10.0.0.5/offer"),
        failed_hop(2, "http://10.0.0.5/offer", "BLOCKED_ADDRESS", "10.0.0.5"),
        click_url="https://trk.example/c/7",
    ),
}

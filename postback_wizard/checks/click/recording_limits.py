"""What does a recording or a pasted text leave open, which a trace of our own would show?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import AT, chain, hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.location import resolve
from postback_wizard.domain.probe import HarEvidence, HttpEvidence, RecordedPage
from postback_wizard.domain.recorded import ADDRESS_UNKNOWN, ENDS_HERE, HEAD_REQUEST, STATUS_UNKNOWN
from postback_wizard.domain.text import Text

RECORDING_PAGE_CHOSEN = Rule(
    code="recording-page-chosen",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The recording holds {count:page|pages}; the one that begins at {url} was judged.",
        ru="В записи {count:страница|страницы|страниц}; проверена та, что начинается с {url}.",
    ),
    why=Text(
        en="Without a click URL the first page whose address carries an identifier is taken, or else the first one. "
        "The others begin at: {others}.",
        ru="Если URL клика не указан, берётся первая страница, в адресе которой есть идентификатор, иначе самая "
        "первая. Остальные начинаются с: {others}.",
    ),
    fix=Text(
        en="If another page is the click, put its address into the click URL.",
        ru="Если клик это другая страница, укажите её адрес как URL клика.",
    ),
)

RECORDING_CLICK_DIFFERS = Rule(
    code="recording-click-differs",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.YOU,
    title=Text(
        en="The recording holds no request for {asked}; {url}, the same page, was judged.",
        ru="В записи нет запроса к {asked}; проверена та же страница {url}.",
    ),
    why=Text(
        en="The two differ in their parameters or scheme, so what was lost before this click cannot be told.",
        ru="Они различаются параметрами или схемой, поэтому потери до этого клика не видны.",
    ),
    fix=Text(
        en="Put {url} into the click URL if that is the click, or record the click again.",
        ru="Укажите {url} как URL клика, если это он, или запишите клик заново.",
    ),
)

RECORDING_ENDS = Rule(
    code="recording-ends",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="What was given ends at hop {hop}, which points on to {next_url}.",
        ru="Данные заканчиваются на переходе {hop}, который ведёт дальше на {next_url}.",
    ),
    why=Text(
        en="Where the click lands, and whether its ID arrives there, is not shown.",
        ru="Куда приходит клик и доходит ли туда его ID, не видно.",
    ),
    fix=Text(
        en="Let curl follow redirects (-L), or record the click to the last page, and give that.",
        ru="Запустите curl с ключом -L или запишите клик до последней страницы и укажите эти данные.",
    ),
)

HEAD_NOT_GET = Rule(
    code="head-not-get",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.YOU,
    title=Text(
        en="These answers were given to HEAD requests; a click is a GET request.",
        ru="Эти ответы получены на запросы HEAD, а клик это запрос GET.",
    ),
    why=Text(
        en="A server may answer HEAD otherwise than GET, and without a page no redirect by refresh or script is seen.",
        ru="Сервер может ответить на HEAD иначе, чем на GET, а без страницы не видно редиректов через refresh и "
        "скрипт.",
    ),
    fix=Text(
        en="Compare with curl -sS -v -L -o /dev/null, which asks with GET.",
        ru="Сравните с curl -sS -v -L -o /dev/null: он спрашивает через GET.",
    ),
    settle=Text(
        en="The same chain asked with GET ends at the same address.",
        ru="Та же цепочка через GET заканчивается тем же адресом.",
    ),
    sources=("https://www.rfc-editor.org/rfc/rfc9110#name-head",),
)

HOP_ADDRESS_UNKNOWN = Rule(
    code="hop-address-unknown",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="Which host answered hop {hop} is not shown.", ru="Какой хост ответил на переходе {hop}, не показано."
    ),
    why=Text(
        en="Headers alone do not name the address that was asked; what that hop lost cannot be told.",
        ru="Одни заголовки не называют запрошенный адрес; что потерял этот переход, сказать нельзя.",
    ),
    fix=Text(
        en="Put the address that was asked on a line of its own above the headers.",
        ru="Впишите запрошенный адрес отдельной строкой над заголовками.",
    ),
)

HOP_STATUS_UNKNOWN = Rule(
    code="hop-status-unknown",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.YOU,
    title=Text(
        en="The status of hop {hop} is not shown; it was taken for {status}.",
        ru="Статус перехода {hop} не показан; принят {status}.",
    ),
    why=Text(
        en="A Location header redirects only together with a status of 3xx.",
        ru="Заголовок Location перенаправляет только вместе со статусом 3xx.",
    ),
    fix=Text(
        en="Add the status line (such as HTTP/1.1 302) above the headers.",
        ru="Добавьте над заголовками строку статуса (например, HTTP/1.1 302).",
    ),
)

ANSWERS_LEFT_OUT = Rule(
    code="answers-left-out",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="{count:answer|answers} in the pasted text were left out: no redirect of this chain leads to them.",
        ru="Не учтено: {count:ответ|ответа|ответов} из вставленного текста, к ним не ведёт ни один редирект цепочки.",
    ),
    why=Text(
        en="They belong to another command, or a page in between sent the browser on by script.",
        ru="Они относятся к другой команде, или страница посередине отправила браузер дальше скриптом.",
    ),
    fix=Text(en="Paste one chain at a time.", ru="Вставляйте по одной цепочке."),
)

_NAMED = 5


def check(case: Case) -> Iterator[Finding]:
    """What has to be known about a recording before its findings are believed."""
    record = case.record("click")
    for item in record.evidence if record else ():
        if isinstance(item, HarEvidence) and item.hops:
            yield from _of_page(item, click_url(case.facts))
            yield from _of_hops(item)


def _of_page(item: HarEvidence, asked: str) -> Iterator[Finding]:
    others = [page.url for page in item.pages if page.url != item.start]
    if item.chosen in ("carries", "first") and others:
        shown = "  ".join(others[:_NAMED])
        yield RECORDING_PAGE_CHOSEN("har", count=len(item.pages), url=item.start, others=shown)
    elif item.chosen == "nearly":
        yield RECORDING_CLICK_DIFFERS("har", asked=asked, url=item.start)
    if item.left_out:
        yield ANSWERS_LEFT_OUT("click_url", count=item.left_out)


def _of_hops(item: HarEvidence) -> Iterator[Finding]:
    first = next((one for one in item.hops if HEAD_REQUEST in one.outcome), None)
    if first is not None:
        yield HEAD_NOT_GET(f"hop {first.hop}")
    for one in item.hops:
        where = f"hop {one.hop}"
        if ADDRESS_UNKNOWN in one.outcome:
            yield HOP_ADDRESS_UNKNOWN(where, hop=one.hop)
        if STATUS_UNKNOWN in one.outcome and one.answer:
            yield HOP_STATUS_UNKNOWN(where, hop=one.hop, status=one.answer.status)
        if ENDS_HERE in one.outcome:
            yield RECORDING_ENDS(where, hop=one.hop, next_url=_next(one))


def _next(item: HttpEvidence) -> str:
    reference = item.answer.header("Location") if item.answer else ""
    return resolve(reference, item.request.url)[0] or reference or "—"


def _recording(*hops: HttpEvidence, **more: object) -> HarEvidence:
    start = hops[0].request.url
    return HarEvidence("har", AT, "", ("OK",), hops, start=start, **more)  # type: ignore[arg-type]  # known fields


_START, _SHOP = "https://trk.example/c/7", "https://shop.example/landing"
_PAGES = (RecordedPage(_START, 2, _SHOP), RecordedPage("https://mail.example/", 1, "https://mail.example/"))
EXAMPLES = {
    RECORDING_PAGE_CHOSEN: example(_recording(*chain(_START, _SHOP), chosen="first", pages=_PAGES), har="click.har"),
    RECORDING_CLICK_DIFFERS: example(
        _recording(*chain(_START, _SHOP), chosen="nearly"), har="click.har", click_url=f"{_START}?source=12"
    ),
    RECORDING_ENDS: example(_recording(hop(1, _START, _SHOP, outcome=ENDS_HERE)), click_url=_START),
    HEAD_NOT_GET: example(_recording(hop(1, _SHOP, outcome=HEAD_REQUEST)), click_url=_SHOP),
    HOP_ADDRESS_UNKNOWN: example(_recording(hop(1, "", outcome=ADDRESS_UNKNOWN)), click_url="HTTP/1.1 200 OK"),
    HOP_STATUS_UNKNOWN: example(_recording(hop(1, _SHOP, outcome=STATUS_UNKNOWN)), click_url=_SHOP),
    ANSWERS_LEFT_OUT: example(_recording(*chain(_START, _SHOP), left_out=1), click_url=_START),
}

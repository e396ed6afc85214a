"""What did the browser of a recording do by itself, without a server's word?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import AT, chain, failed_hop, hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import HarEvidence, HttpEvidence
from postback_wizard.domain.recorded import (
    BROWSER_UPGRADE,
    FROM_CACHE,
    NEXT_IS_LIKELY,
    SERVICE_WORKER,
    STOPPED,
    UNANSWERED,
)
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

BROWSER_WENT_ON = Rule(
    code="browser-went-on",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="After hop {hop} ({host}) the browser went on to {next_url} without a redirect of the server.",
        ru="После перехода {hop} ({host}) браузер перешёл на {next_url} без редиректа сервера.",
    ),
    why=Text(
        en="A script or a form of the page did it, or a person clicked: the recording shows only that this page came "
        "next.",
        ru="Это сделал скрипт или форма страницы либо человек: запись показывает только, что эта страница была "
        "следующей.",
    ),
    fix=Text(
        en="Ask the owner of {host} whether the page leads on to {next_url} by script.",
        ru="Спросите владельца {host}, ведёт ли страница на {next_url} скриптом.",
    ),
)

BROWSER_UPGRADED = Rule(
    code="browser-upgraded-itself",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="At hop {hop} the browser went to https by itself; no server of {host} saw that request.",
        ru="На переходе {hop} браузер сам перешёл на https; ни один сервер {host} этот запрос не видел.",
    ),
    why=Text(
        en="The site once asked to be visited by https only (HSTS), so the recording shows a redirect nobody sent. "
        "Another visitor's first request may go to http.",
        ru="Сайт ранее потребовал только https (HSTS), поэтому в записи редирект, которого никто не отправлял. "
        "Первый запрос другого посетителя может пойти на http.",
    ),
    fix=Text(
        en="Put https into the link itself, so that all visitors go the same way.",
        ru="Поставьте https в самой ссылке, чтобы все посетители шли одним путём.",
    ),
    sources=("https://www.rfc-editor.org/rfc/rfc6797",),
)

ANSWERED_FROM_CACHE = Rule(
    code="answered-from-cache",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="Hop {hop} ({host}) was answered inside the browser ({source}), not by a server.",
        ru="На переход {hop} ({host}) ответил сам браузер ({source}), а не сервер.",
    ),
    why=Text(
        en="The server did not see this visit, so it counted no click, and its answer today may be another.",
        ru="Сервер этого визита не видел, значит клик не засчитан, а сегодня он мог бы ответить иначе.",
    ),
    fix=Text(
        en="Record the click in a private window with the cache switched off.",
        ru="Запишите клик в приватном окне с отключённым кешем.",
    ),
)

REQUEST_STOPPED = Rule(
    code="request-stopped-in-browser",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.YOU,
    title=Text(
        en="The browser itself stopped the request of hop {hop} to {host}.",
        ru="Браузер сам остановил запрос перехода {hop} к {host}.",
    ),
    why=Text(
        en="An ad blocker or privacy protection did it, or the page was left too early ({detail}). Visitors with the "
        "same protection stop here too.",
        ru="Это сделал блокировщик рекламы или защита приватности, либо страницу закрыли раньше ({detail}). "
        "Посетители с такой же защитой тоже останавливаются здесь.",
    ),
    fix=Text(
        en="Record the click again without extensions; if it passes, use a click domain of your own instead of {host}.",
        ru="Запишите клик без расширений; если он пройдёт, используйте вместо {host} собственный домен клика.",
    ),
)

ANSWER_NOT_RECORDED = Rule(
    code="answer-not-recorded",
    level=Level.WARN,
    confidence=Confidence.HINT,
    owner=Owner.YOU,
    title=Text(
        en="The recording holds no answer to hop {hop} ({host}).", ru="В записи нет ответа на переход {hop} ({host})."
    ),
    why=Text(
        en="The host may be unreachable, or the recording was saved before the answer came.",
        ru="Хост может быть недоступен, либо запись сохранили до прихода ответа.",
    ),
    fix=Text(
        en="Record the click again, and wait until the last page has loaded.",
        ru="Запишите клик заново и дождитесь загрузки последней страницы.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for each hop of a recording that no server has the say in."""
    record = case.record("click")
    for item in record.evidence if record else ():
        if isinstance(item, HarEvidence):
            for index, one in enumerate(item.hops):
                yield from _of_hop(one, item.hops[index + 1 :])


def _of_hop(item: HttpEvidence, later: tuple[HttpEvidence, ...]) -> Iterator[Finding]:
    where, host = f"hop {item.hop}", split_url(item.request.url).host
    if NEXT_IS_LIKELY in item.outcome and later:
        yield BROWSER_WENT_ON(where, hop=item.hop, host=host, next_url=later[0].request.url)
    if BROWSER_UPGRADE in item.outcome:
        yield BROWSER_UPGRADED(where, hop=item.hop, host=host)
    elif FROM_CACHE in item.outcome or SERVICE_WORKER in item.outcome:
        source = "cache" if FROM_CACHE in item.outcome else "service worker"
        yield ANSWERED_FROM_CACHE(where, hop=item.hop, host=host, source=source)
    if item.has(STOPPED):
        yield REQUEST_STOPPED(where, hop=item.hop, host=host, detail=item.detail or "—")
    elif item.has(UNANSWERED):
        yield ANSWER_NOT_RECORDED(where, hop=item.hop, host=host)


def _recording(*hops: HttpEvidence) -> HarEvidence:
    return HarEvidence("har", AT, "click.har", ("OK",), hops, start=hops[0].request.url, chosen="only")


_START, _SHOP = "https://trk.example/c/7", "https://shop.example/landing"
EXAMPLES = {
    BROWSER_WENT_ON: example(_recording(hop(1, _START, outcome=NEXT_IS_LIKELY), hop(2, _SHOP)), har="click.har"),
    BROWSER_UPGRADED: example(
        _recording(hop(1, "http://trk.example/c/7", _START, status=307, outcome=BROWSER_UPGRADE), hop(2, _START)),
        har="click.har",
    ),
    ANSWERED_FROM_CACHE: example(
        _recording(hop(1, _START, _SHOP, status=301, outcome=FROM_CACHE), *chain(_SHOP)), har="click.har"
    ),
    REQUEST_STOPPED: example(_recording(failed_hop(1, _START, STOPPED, "net::ERR_BLOCKED_BY_CLIENT")), har="click.har"),
    ANSWER_NOT_RECORDED: example(_recording(failed_hop(1, _START, UNANSWERED)), har="click.har"),
}

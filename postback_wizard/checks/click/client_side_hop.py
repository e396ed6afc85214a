"""Does the page itself send the visitor on, where a request alone cannot follow?"""

from collections.abc import Iterator, Sequence

from postback_wizard.checks import example
from postback_wizard.checks.samples import hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.onward import Way, ways_of
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.redirect import BY_HAND
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

SOURCES = (
    "http://www.trackingaudit.online/blog/how-to-check-redirect-chain?lang=en",
    "https://www.trackingaudit.online/how-to-debug-redirect-chains?lang=en",
)

CLIENT_SIDE_HOP = Rule(
    code="client-side-hop",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="The page at hop {hop} ({host}) sends the browser on by {how}, to {next_url}.",
        ru="Страница на переходе {hop} ({host}) сама отправляет браузер дальше ({how}) на {next_url}.",
    ),
    why=Text(
        en="Such a hop exists only in a browser: a blocker or a slow phone skips it, and the rest of the chain is "
        "unseen here. Line {line} of the page: {code}",
        ru="Такой переход есть только в браузере: блокировщик или медленный телефон его пропустит, "
        "и остаток цепочки отсюда не виден. Строка {line} страницы: {code}",
    ),
    fix=Text(
        en="Go on from {next_url} (F3 in the wizard does), or record the click in a browser and give the HAR file.",
        ru="Пройдите дальше с {next_url} (в мастере это F3) или запишите клик в браузере и укажите файл HAR.",
    ),
    settle=Text(
        en="A HAR recording of the click shows where the browser really went.",
        ru="Запись клика в HAR покажет, куда браузер перешёл на самом деле.",
    ),
    sources=SOURCES,
)

POSSIBLE_CLIENT_SIDE_HOP = Rule(
    code="possible-client-side-hop",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="The page at hop {hop} ({host}) may lead on by {how}, to {next_url}.",
        ru="Страница на переходе {hop} ({host}) может вести дальше ({how}) на {next_url}.",
    ),
    why=Text(
        en="It takes a click, a condition, a long wait or a browser without scripts, so the page may just as well be "
        "where visitors stay. Line {line} of the page: {code}",
        ru="Для этого нужен клик, условие, долгое ожидание или браузер без скриптов, так что посетитель может "
        "и остаться на этой странице. Строка {line} страницы: {code}",
    ),
    fix=Text(
        en="If visitors are meant to go there, go on from {next_url} (F3 in the wizard does).",
        ru="Если посетители должны попасть туда, пройдите дальше с {next_url} (в мастере это F3).",
    ),
    settle=Text(
        en="A HAR recording of the click shows whether the browser went there.",
        ru="Запись клика в HAR покажет, перешёл ли туда браузер.",
    ),
    sources=SOURCES,
)

HOP_TAKEN_BY_HAND = Rule(
    code="hop-taken-by-hand",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.YOU,
    title=Text(
        en="The trace was taken on by hand from hop {hop} ({host}) to {next_url}, read from {how}.",
        ru="С перехода {hop} ({host}) цепочку продолжили вручную на {next_url}, адрес взят из {how}.",
    ),
    why=Text(
        en="Everything after hop {hop} is what a request to that address found; that browsers go there is likely, not "
        "proven. Line {line} of the page: {code}",
        ru="Всё после перехода {hop} показал запрос к этому адресу; что браузер идёт туда, вероятно, но не доказано. "
        "Строка {line} страницы: {code}",
    ),
    fix=Text(
        en="Record the click in a browser and give the HAR file if the way from {host} on matters.",
        ru="Если важен путь после {host}, запишите клик в браузере и укажите файл HAR.",
    ),
    settle=Text(
        en="A HAR recording of the click shows where the browser really went.",
        ru="Запись клика в HAR покажет, куда браузер перешёл на самом деле.",
    ),
    sources=SOURCES,
)

_DONE_BY_BROWSERS = ("refresh", "meta")
_BY_SCRIPT = ("script", "form")


def check(case: Case) -> Iterator[Finding]:
    """A script or form at the end of the chain; what was followed on the way, by rule or by hand, is worth a note."""
    hops = case.trace()
    for index, item in enumerate(hops):
        if index == len(hops) - 1:
            yield from _at_the_end(item, index)
        else:
            yield from _on_the_way(item, index, hops)


def _at_the_end(item: HttpEvidence, index: int) -> Iterator[Finding]:
    if item.answer is None or item.answer.status != 200:
        return
    ways = ways_of(item)
    first = ways[0] if ways else None
    by_script = next((way for way in ways if way.kind in _BY_SCRIPT), None)
    if by_script and not by_script.fault and first and first.kind not in _DONE_BY_BROWSERS:
        yield _finding(CLIENT_SIDE_HOP, item, index, by_script)
    elif by_script is None and not item.has("BROWSER_REDIRECT"):
        hint = next((way for way in ways if way.kind == "hint" and way.target), None)
        if hint:
            yield _finding(POSSIBLE_CLIENT_SIDE_HOP, item, index, hint)


def _on_the_way(item: HttpEvidence, index: int, hops: Sequence[HttpEvidence]) -> Iterator[Finding]:
    after = hops[index + 1]
    ways = ways_of(item)
    if after.name == BY_HAND:
        way = next((way for way in ways if way.target == after.request.url), None)
        sure = Confidence.HINT if way is None or way.kind == "hint" else Confidence.LIKELY
        found = way or Way("hint", "browser_fallback_url", after.request.url)
        yield _finding(HOP_TAKEN_BY_HAND, item, index, found, confidence=sure)
    elif item.has("BROWSER_REDIRECT"):
        way = next((way for way in ways if way.kind in _DONE_BY_BROWSERS), None)
        found = way or Way("refresh", "refresh", after.request.url)
        yield _finding(CLIENT_SIDE_HOP, item, index, found, level=Level.INFO, confidence=Confidence.HINT)


def _finding(
    rule: Rule,
    item: HttpEvidence,
    index: int,
    way: Way,
    level: Level | None = None,
    confidence: Confidence | None = None,
) -> Finding:
    number = item.hop or index + 1
    fields = f" ({', '.join(way.fields)})" if way.fields else ""
    return rule(
        f"hop {number}",
        level=level,
        confidence=confidence,
        hop=number,
        host=split_url(item.request.url).host,
        how=f"{way.how}{fields}",
        next_url=way.target or way.shown or "?",
        line=way.line or "—",
        code=way.code or "—",
    )


_SCRIPT = "<script>location.replace('https://shop.example/landing')</script>"
_BUTTON = "<button onclick=\"location.href='https://shop.example/landing'\">Continue</button>"

EXAMPLES = {
    CLIENT_SIDE_HOP: example(
        hop(1, "https://trk.example/c/7", "https://go.example/wait"),
        hop(2, "https://go.example/wait", body=_SCRIPT, outcome="BROWSER_REDIRECT(script)"),
        click_url="https://trk.example/c/7",
    ),
    POSSIBLE_CLIENT_SIDE_HOP: example(
        hop(1, "https://trk.example/c/7", "https://go.example/story"),
        hop(2, "https://go.example/story", body=_BUTTON),
        click_url="https://trk.example/c/7",
    ),
    HOP_TAKEN_BY_HAND: example(
        hop(1, "https://go.example/wait", body=_SCRIPT, outcome="BROWSER_REDIRECT(script)"),
        hop(2, "https://shop.example/landing", asked_as=BY_HAND),
        click_url="https://go.example/wait",
    ),
}

"""Does the page itself send the visitor on, where a request alone cannot follow?"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from postback_wizard.checks import example
from postback_wizard.checks.samples import hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

CLIENT_SIDE_HOP = Rule(
    code="client-side-hop",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="The page at hop {hop} ({host}) sends the browser on by {how}, to {next_url}.",
        ru="Страница на переходе {hop} ({host}) сама отправляет браузер дальше: {how}, на {next_url}.",
    ),
    why=Text(
        en="Such a hop exists only in a browser: a blocker or a slow phone skips it, and the rest of the chain is "
        "unseen here.",
        ru="Такой переход есть только в браузере: блокировщик или медленный телефон его пропустит, "
        "и остаток цепочки отсюда не виден.",
    ),
    fix=Text(
        en="Trace again from {next_url}, or record the click in a browser and give the HAR file.",
        ru="Пройдите цепочку ещё раз начиная с {next_url} или запишите клик в браузере и укажите файл HAR.",
    ),
    settle=Text(
        en="A HAR recording of the click shows where the browser really went.",
        ru="Запись клика в HAR покажет, куда браузер перешёл на самом деле.",
    ),
    sources=(
        "http://www.trackingaudit.online/blog/how-to-check-redirect-chain?lang=en",
        "https://www.trackingaudit.online/how-to-debug-redirect-chains?lang=en",
    ),
)

_SCRIPT_TARGET = re.compile(
    r"\blocation(?:\.href)?\s*=\s*(?P<q>[\"'`])(?P<a>[^\"'`\r\n]{1,2000})(?P=q)"
    r"|\blocation\s*\.\s*(?:replace|assign)\s*\(\s*(?P<p>[\"'`])(?P<b>[^\"'`\r\n]{1,2000})(?P=p)",
    re.IGNORECASE,
)
_FORM = re.compile(r"<form\b([^>]{0,2000})>", re.IGNORECASE)
_ACTION = re.compile(r"\baction\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_SUBMITS = re.compile(
    r"\bonload\s*=\s*[\"'][^\"']{0,200}\.submit\s*\(|<script\b[^>]*>[^<]{0,2000}\.submit\s*\(\s*\)", re.IGNORECASE
)
#: A page that holds more than this is a page, not a hop.
SHORT_PAGE = 8192


def check(case: Case) -> Iterator[Finding]:
    """A script or form at the end of the chain; a refresh that was followed is worth a note."""
    hops = case.trace()
    for index, item in enumerate(hops):
        last = index == len(hops) - 1
        how, target = _sends_on(item) if last else ("", "")
        if how:
            yield _finding(item, index, how, target)
        elif not last and (item.has("BROWSER_REDIRECT") and "BROWSER_REDIRECT(script)" not in item.outcome):
            after = hops[index + 1].request.url
            yield _finding(item, index, "refresh", after, level=Level.INFO, confidence=Confidence.HINT)


def _sends_on(item: HttpEvidence) -> tuple[str, str]:
    """By what a page sends the browser on, and where to (empty when that cannot be read)."""
    if item.answer is None or item.answer.status != 200:
        return "", ""
    body = item.answer.body
    if "BROWSER_REDIRECT(script)" in item.outcome:
        found = _SCRIPT_TARGET.search(body)
        reference = (found["a"] or found["b"]).replace("\\/", "/") if found else ""
        return "script", _absolute(item, reference)
    form = _FORM.search(body) if len(body) <= SHORT_PAGE else None
    if form and _SUBMITS.search(body):
        action = _ACTION.search(form[1])
        reference = unescape(next((part for part in action.groups() if part), "")) if action else ""
        return "form", _absolute(item, reference)
    return "", ""


def _absolute(item: HttpEvidence, reference: str) -> str:
    try:
        return urljoin(item.request.url, reference) if reference else ""
    except ValueError:
        return reference


def _finding(
    item: HttpEvidence,
    index: int,
    how: str,
    target: str,
    level: Level | None = None,
    confidence: Confidence | None = None,
) -> Finding:
    number = item.hop or index + 1
    host = split_url(item.request.url).host
    shown = target or "?"
    return CLIENT_SIDE_HOP(
        f"hop {number}", level=level, confidence=confidence, hop=number, host=host, how=how, next_url=shown
    )


EXAMPLES = {
    CLIENT_SIDE_HOP: example(
        hop(1, "https://trk.example/c/7", "https://go.example/wait"),
        hop(
            2,
            "https://go.example/wait",
            body="<script>location.replace('https://shop.example/landing')</script>",
            outcome="BROWSER_REDIRECT(script)",
        ),
        click_url="https://trk.example/c/7",
    ),
}

"""Does a hop that makes click IDs answer with a redirect that browsers remember?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import AD_CLICK_IDS, is_followable
from postback_wizard.domain.minting import minted
from postback_wizard.domain.probe import Answer
from postback_wizard.domain.site import site
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

PERMANENT_REDIRECT_CACHED = Rule(
    code="permanent-redirect-cached",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="Hop {hop} ({host}) answers {status}, a redirect browsers remember; the next URL is {next_url}.",
        ru="Переход {hop} ({host}) отвечает {status}: такой редирект браузер запоминает; следующий URL: {next_url}.",
    ),
    why=Text(
        en="A 301 or 308 without Cache-Control: no-store is kept by the browser. The next click of the same visitor "
        "never reaches {host}: no click is counted, and an old click ID is used again.",
        ru="Редирект 301 или 308 без Cache-Control: no-store браузер хранит у себя. Следующий клик того же посетителя "
        "до {host} не дойдёт: клик не посчитается, а click ID будет старый.",
    ),
    fix=Text(
        en="Let {host} answer click links with 302 or 307 and Cache-Control: no-store; test in a fresh private window.",
        ru="Настройте на {host} ответ 302 или 307 с Cache-Control: no-store для ссылок клика; проверяйте в новом "
        "приватном окне.",
    ),
    settle=Text(
        en="Click twice in one browser window: does {host} log two clicks?",
        ru="Кликните дважды в одном окне браузера: появится ли на {host} два клика?",
    ),
    sources=(
        "https://www.rfc-editor.org/rfc/rfc9110#status.301",
        "https://www.rfc-editor.org/rfc/rfc9111#name-calculating-heuristic-fresh",
    ),
)

_FORBIDS = re.compile(r"\b(?:no-store|no-cache|max-age\s*=\s*\"?0+\b)", re.IGNORECASE)


def check(case: Case) -> Iterator[Finding]:
    """The first hop that makes an ID in a redirect that stays; the first of the others is a note."""
    hops = case.trace()
    urls = [item.request.url for item in hops]
    notes: list[Finding] = []
    for index, item in enumerate(hops[:-1]):
        if item.answer is None or item.answer.status not in (301, 308) or _is_fresh_each_time(item.answer):
            continue
        if minted(urls[index + 1], urls[: index + 1]) and not _is_one_click(urls[index]):
            yield _finding(item.hop or index + 1, urls[index], item.answer.status, urls[index + 1])
            return
        if index == 0 and site(split_url(urls[0]).host) != site(split_url(urls[1]).host):
            notes.append(
                _finding(item.hop or 1, urls[0], item.answer.status, urls[1], Level.INFO, Confidence.LIKELY),
            )
    yield from notes


def _is_fresh_each_time(answer: Answer) -> bool:
    directives = ", ".join(value for name, value in answer.headers if name.lower() in ("cache-control", "pragma"))
    expired = answer.header("Expires").strip()
    return (
        bool(_FORBIDS.search(directives))
        or expired in ("0", "-1")
        or (bool(expired) and "max-age" not in directives and "1970" in expired)
    )


def _is_one_click(url: str) -> bool:
    """Whether the address itself belongs to one click, so that no other click can meet what was remembered."""
    return any(param.name.lower() in AD_CLICK_IDS and is_followable(param.value) for param in split_url(url).params())


def _finding(
    number: int,
    url: str,
    status: int,
    next_url: str,
    level: Level = Level.WARN,
    confidence: Confidence = Confidence.CERTAIN,
) -> Finding:
    return PERMANENT_REDIRECT_CACHED(
        f"hop {number}",
        level=level,
        confidence=confidence,
        hop=number,
        host=split_url(url).host,
        status=status,
        next_url=next_url,
    )


EXAMPLES = {
    PERMANENT_REDIRECT_CACHED: example(
        hop(1, "https://trk.example/c/7?source=12", "https://shop.example/landing?clickid=w7k2m9x4q1", status=301),
        hop(2, "https://shop.example/landing?clickid=w7k2m9x4q1"),
        click_url="https://trk.example/c/7?source=12",
    ),
}

"""Is the ID lost in one family of browsers only?"""

from collections.abc import Iterator
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.event import sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogShare, LogSource
from postback_wizard.domain.text import Text

BROWSER_STRIPS_CLICK_ID = Rule(
    code="browser-strips-click-id",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.TRACKER,
    title=Text(
        en="{file}: {browser} has no ID in {lost} of {rows:row|rows}, the other browsers in {others} of {rest}.",
        ru="{file}: у {browser} нет ID в {lost} из {rows:строки|строк|строк}, у других браузеров в {others} из {rest}.",
    ),
    why=Text(
        en="Some browsers take known click parameters off links, in private windows and in links opened "
        "from mail and messages. The rest of the chain works.",
        ru="Некоторые браузеры убирают известные параметры клика из ссылок: в приватных окнах и в "
        "ссылках из почты и сообщений. Остальная цепочка работает.",
    ),
    fix=Text(
        en="Carry an ID of your own under a neutral parameter name, and do not rest on the ad platform's "
        "click ID alone.",
        ru="Передавайте собственный ID в параметре с нейтральным именем и не полагайтесь только на click "
        "ID рекламной платформы.",
    ),
    settle=Text(
        en="The same offer with one test click in each browser.",
        ru="Тот же оффер с одним тестовым кликом в каждом браузере.",
    ),
    sources=(
        "https://www.macrumors.com/2023/06/17/safari-link-tracking-protection/",
        "https://wordtothewise.com/2023/06/ios17-filtering-click-tracking-links",
    ),
)


#: Rows on each side, the share lost in one family, and the share lost elsewhere that still counts as none.
_FEWEST, _MUCH, _LITTLE = 20, 0.3, 0.05


def check(case: Case) -> Iterator[Finding]:
    """Judged on rows by browser in the logs of conversions and clicks."""
    seen = sight(case)
    for role in ("conversion_log", "partner_log", "click_log"):
        file = seen.file(role)
        if file is not None:
            yield from (_finding(role, file, share) for share in file.of("browser") if _is_concentrated(file, share))


def _finding(role: str, file: LogSource, share: LogShare) -> Finding:
    rest, others = _elsewhere(file, share)
    counts: dict[str, Any] = {"lost": share.lack, "rows": share.rows, "rest": rest, "others": others}
    return BROWSER_STRIPS_CLICK_ID(role, file=file.name, browser=share.value, **counts)


def _elsewhere(file: LogSource, share: LogShare) -> tuple[int, int]:
    others = [other for other in file.of("browser") if other is not share]
    return sum(other.rows for other in others), sum(other.lack for other in others)


def _is_concentrated(file: LogSource, share: LogShare) -> bool:
    """Whether nearly all the loss is in this family, and it is one that is known to strip."""
    rest, lack = _elsewhere(file, share)
    if min(share.rows, rest) < _FEWEST or share.value != "Safari":
        return False
    return share.lack >= share.rows * _MUCH and lack <= rest * _LITTLE


EXAMPLES = {
    BROWSER_STRIPS_CLICK_ID: example(
        looked_up(
            log("conversion_log", LogShare("browser", "Safari", 90, 61), LogShare("browser", "Chrome", 220, 1)),
        ),
        click_id=CLICK,
        conversion_seen="yes",
        attempt_seen="yes",
    ),
}

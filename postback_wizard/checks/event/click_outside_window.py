"""Was the click too old when its conversion came?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from postback_wizard.catalogue.windows import Window, windows_of
from postback_wizard.checks import example
from postback_wizard.checks.click_time import carried_clicks
from postback_wizard.checks.event import first_time
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment

CLICK_OUTSIDE_WINDOW = Rule(
    code="click-outside-window",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.NETWORK,
    title=Text(
        en="The click was {age:day|days} {hours:hour|hours} old when the conversion came; {platform} documents a "
        "window of {window:day|days}.",
        ru="К моменту конверсии клику было {age:день|дня|дней} {hours:час|часа|часов}; {platform} документирует окно в "
        "{window:день|дня|дней}.",
    ),
    why=Text(
        en="From {click} to {conversion} UTC. A click past the window is taken as expired or not found, and its "
        "conversion is refused or not counted.",
        ru="С {click} до {conversion} UTC. Клик вне окна считается истёкшим или не находится, и конверсию отклоняют "
        "или не засчитывают.",
    ),
    fix=Text(
        en="Ask {platform} which window this offer has and whether it can be longer; send conversions inside it, and "
        "test with a fresh click.",
        ru="Спросите у {platform}, какое окно у этого оффера и можно ли его увеличить; отправляйте конверсии в "
        "пределах окна, а проверяйте на новом клике.",
    ),
    settle=Text(
        en="Give the times of click and conversion with their zone, and look up the window set for this offer: the "
        "documented one may be a default.",
        ru="Укажите время клика и конверсии с часовым поясом и узнайте окно этого оффера: документированное может "
        "быть лишь значением по умолчанию.",
    ),
    sources=(
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
        "https://knowledgebase.offer18.com/network/faqs/what-are-different-status-in-advertiser-postback-logs",
        "https://developers.taboola.com/pixel/docs/s2s-manual-integration",
    ),
)

#: Whose windows a conversion has to keep. The sender recorded it already.
PARTIES = ("tracker", "network", "receiver", "ad_platform", "source")
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Time:
    """A moment; ``told`` by a person or a log, with its ``zone``."""

    utc: datetime
    told: bool
    zoned: bool


def check(case: Case) -> Iterator[Finding]:
    """One finding a platform, about the strictest window it documents without a doubt, or else the default one."""
    click, conversion = _clicked(case), _converted(case)
    if click is None or conversion is None:
        return
    age = conversion.utc - click.utc
    done: set[str] = set()
    for party in PARTIES:
        for window in windows_of(case.facts.get(party)):
            if age > timedelta(days=window.days) and window.platform not in done:
                done.add(window.platform)
                yield _outside(case, party, window, click, conversion)


def _outside(case: Case, party: str, window: Window, click: _Time, conversion: _Time) -> Finding:
    named = not case.is_proposed(party) and party != "source"
    sure = window.fixed and named and click.told and click.zoned and conversion.zoned
    confidence = Confidence.LIKELY if window.fixed or click.told else Confidence.HINT
    age = conversion.utc - click.utc
    return CLICK_OUTSIDE_WINDOW(
        party,
        level=Level.BAD if window.fixed and click.told else Level.WARN,
        confidence=Confidence.CERTAIN if sure else confidence,
        platform=window.platform,
        window=window.days,
        age=age // _DAY,
        hours=age % _DAY // _HOUR,
        click=clock(click.utc),
        conversion=clock(conversion.utc),
    )


def _clicked(case: Case) -> _Time | None:
    """The click's row in the log, what a person wrote, or what the ID carries, unless a person threw that out."""
    hinted = case.is_hint("click_time")
    told = first_time(case.logs(), "click_log") or ("" if hinted else case.facts.click_time)
    if told:
        return _time(told)
    found = () if case.is_cleared("click_time") else carried_clicks(case)
    carried = next((item for item in found if item.is_of_this_click), None)
    return _Time(carried.time.moment, told=False, zoned=True) if carried else None


def _converted(case: Case) -> _Time | None:
    """The conversion's time in a log or as a person wrote it, or else the postback's."""
    logs, facts = case.logs(), case.facts
    logged = first_time(logs, "conversion_log", "partner_log")
    return _time(logged or facts.conversion_time or first_time(logs, "attempt_log") or facts.attempt_time)


def _time(text: str) -> _Time | None:
    moment = read_moment(text)
    return _Time(moment.utc, told=True, zoned=not moment.assumed) if moment else None


EXAMPLES = {
    CLICK_OUTSIDE_WINDOW: example(
        conversion_seen="yes",
        attempt_seen="yes",
        network="everflow",
        click_time="2025-11-20T10:00:00Z",
        conversion_time="2026-03-01T09:30:00Z",
    )
}

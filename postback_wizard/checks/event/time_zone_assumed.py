"""Do the times name their zone?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import first_time
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment

TIME_ZONE_ASSUMED = Rule(
    code="time-zone-assumed",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="{time} names no time zone; it was taken as UTC.",
        ru="В {time} не указан часовой пояс; время принято как UTC.",
    ),
    why=Text(
        en="Trackers, networks and shops export in zones of their own. A wrong zone moves a conversion by hours, "
        "sometimes to another day.",
        ru="Трекеры, сети и магазины выгружают время каждый в своём поясе. Ошибка в поясе сдвигает конверсию на часы, "
        "иногда на другой день.",
    ),
    fix=Text(
        en="Look up the zone of that export and write the time with its offset, such as 2026-03-01T10:00:00+03:00.",
        ru="Узнайте часовой пояс выгрузки и запишите время со смещением, например 2026-03-01T10:00:00+03:00.",
    ),
)

_ROLES = {
    "click_time": ("click_log",),
    "conversion_time": ("conversion_log", "partner_log"),
    "attempt_time": ("attempt_log",),
}


def check(case: Case) -> Iterator[Finding]:
    """One finding a time, typed or found in a log."""
    for fact, roles in _ROLES.items():
        time = case.facts.get(fact) or first_time(case.logs(), *roles)
        moment = read_moment(time)
        if moment is not None and moment.assumed:
            yield TIME_ZONE_ASSUMED(fact, time=time)


EXAMPLES = {TIME_ZONE_ASSUMED: example(conversion_seen="yes", conversion_time="2026-03-01T09:15:00")}

"""Does the click's own ID contradict the time that was given for it?"""

from collections.abc import Iterator
from datetime import timedelta

from postback_wizard.checks import example
from postback_wizard.checks.click.click_id_carries_time import NAMES
from postback_wizard.checks.click_time import carried_clicks
from postback_wizard.checks.event import first_time
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment

CLICK_TIME_DISAGREES = Rule(
    code="click-time-disagrees",
    level=Level.WARN,
    confidence=Confidence.HINT,
    owner=Owner.YOU,
    title=Text(
        en="The click is said to be of {told} UTC, but its ID {param} ({kind}) says {carried} UTC.",
        ru="Время клика указано как {told} UTC, а по его ID {param} ({kind}) выходит {carried} UTC.",
    ),
    why=Text(
        en="They are {days:day|days} apart. It may be the ID of another click, the time of another one, or a value "
        "that only looks like {kind}.",
        ru="Расхождение: {days:день|дня|дней}. Возможно, это ID другого клика, время другого клика или значение, "
        "лишь похожее на {kind}.",
    ),
    fix=Text(
        en="Look {id} up in the click log and write down the time that stands there.",
        ru="Найдите {id} в логе кликов и впишите время, которое там стоит.",
    ),
    settle=Text(
        en="The row of {id} in the click log tells which of the two is right.",
        ru="Строка с {id} в логе кликов покажет, что верно.",
    ),
)

#: Zones, batches and cookies explain less than this.
APART = timedelta(days=1)


def check(case: Case) -> Iterator[Finding]:
    """The first ID of a telling form that is more than a day off; a hint is never held against itself."""
    told = first_time(case.logs(), "click_log") or ("" if case.is_hint("click_time") else case.facts.click_time)
    moment = read_moment(told)
    for item in carried_clicks(case) if moment else ():
        apart = abs(moment.utc - item.time.moment) if moment else timedelta()
        if moment and apart > APART and item.is_of_this_click:
            yield CLICK_TIME_DISAGREES(
                item.where,
                told=clock(moment.utc),
                carried=clock(item.time.moment),
                param=item.name,
                id=item.value,
                kind=NAMES[item.time.kind],
                days=apart.days,
            )
            return


EXAMPLES = {
    CLICK_TIME_DISAGREES: example(
        conversion_seen="yes",
        attempt_seen="yes",
        click_id="01KJK1PGAGW5V6X7Y8Z9A1B2C3",
        click_time="2026-02-20T10:00:00Z",
    )
}

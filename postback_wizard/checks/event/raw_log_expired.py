"""Can the partner still look the missing conversions up?"""

from collections.abc import Iterator
from datetime import timedelta

from postback_wizard.catalogue.windows import windows_of
from postback_wizard.checks.reconciliation import compared, comparison
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.reconciliation import Reconciliation, Side
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment

RAW_LOG_EXPIRED = Rule(
    code="raw-log-expired",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.YOU,
    title=Text(
        en="The oldest missing conversion is {age:day|days} old; {platform} keeps clicks for {kept:day|days}.",
        ru="Самой старой пропавшей конверсии {age:день|дня|дней}; {platform} хранит клики {kept:день|дня|дней}.",
    ),
    why=Text(
        en="It is of {since} UTC. What is older than the raw log can no longer be confirmed by the partner.",
        ru="Она от {since} UTC. То, что старше сырого лога, партнёр уже не сможет подтвердить.",
    ),
    fix=Text(
        en="Claim the rest now, and save the exports of both sides on the day a fault is seen.",
        ru="Заявите остальные сейчас, а выгрузки обеих сторон сохраняйте в день, когда замечен сбой.",
    ),
    settle=Text(
        en="How long the partner keeps raw clicks and postbacks of this offer.",
        ru="Сколько партнёр хранит сырые клики и постбеки по этому офферу.",
    ),
    sources=("https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",),
)


def check(case: Case) -> Iterator[Finding]:
    """Conversions only the tracker has, older than the click lifetime the partner documents."""
    found = compared(case)
    lone = read_moment(found.books.tracker.lone_first_time) if found else None
    now = read_moment(case.judged_at("event"))
    if lone is None or now is None:
        return
    age = now.utc - lone.utc
    for window in windows_of(case.facts.network or case.facts.receiver):
        if window.fixed and age > timedelta(days=window.days):
            yield RAW_LOG_EXPIRED(
                "reconcile", age=age.days, platform=window.platform, kept=window.days, since=clock(lone.utc)
            )
            return


EXAMPLES = {
    RAW_LOG_EXPIRED: comparison(
        {"matched": 190, "only_tracker": 10},
        Reconciliation(
            key=("click_id",),
            tracker=Side(rows=200, keys=200, lone_first_time="2025-10-20T10:00:00.000Z"),
            partner=Side(rows=190, keys=190),
            timed_pairs=190,
        ),
        network="everflow",
    )
}

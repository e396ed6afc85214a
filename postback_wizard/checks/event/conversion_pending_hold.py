"""Is the conversion still waiting to be confirmed?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment

CONVERSION_PENDING_HOLD = Rule(
    code="conversion-pending-hold",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.NETWORK,
    title=Text(
        en='The conversion {id} is still "{status}" ({days:day|days} old), and no postback was sent for it.',
        ru="Конверсия {id} всё ещё в статусе «{status}» (возраст {days:день|дня|дней}), и постбек по ней "
        "не отправлялся.",
    ),
    why=Text(
        en="Many postbacks are set to fire for approved conversions only: a conversion on hold is quiet, not lost.",
        ru="Многие постбеки настроены только на одобренные конверсии: конверсия на холде молчит, но не потеряна.",
    ),
    fix=Text(
        en="Wait for the validation this offer documents, or have the postback sent for the pending status as well.",
        ru="Дождитесь проверки в срок, указанный для оффера, или включите отправку постбека и для статуса ожидания.",
    ),
    settle=Text(
        en="The statuses the sender's postback is set to fire for, and the hold period of this offer.",
        ru="Статусы, на которые настроен постбек отправителя, и срок холда у этого оффера.",
    ),
    sources=(
        "https://helpcentre.involve.asia/portal/en/kb/articles/why-do-i-have-missing-conversions",
        "https://gdeslon.ru/faq/24",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Only where nothing was attempted: a pending conversion that was sent is in order."""
    seen = sight(case)
    if seen.on_hold:
        happened, now = read_moment(seen.conversion_time), read_moment(case.judged_at("event"))
        days = max((now.utc - happened.utc).days, 0) if happened and now else "—"
        yield CONVERSION_PENDING_HOLD("conversion_log", id=seen.id or "—", status=seen.status, days=days)


EXAMPLES = {
    CONVERSION_PENDING_HOLD: example(
        looked_up(
            log("conversion_log"),
            log("attempt_log"),
            row("conversion_log", status="hold", time="2026-02-25T10:00:00.000Z"),
        ),
        click_id=CLICK,
    ),
}

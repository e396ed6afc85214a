"""Can the conversion still be claimed?"""

from collections.abc import Iterator
from datetime import timedelta

from postback_wizard.catalogue.windows import claim_window_of
from postback_wizard.checks import example
from postback_wizard.checks.event import sight
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment

BESIDE = "event"

CLAIM_WINDOW_MISSED = Rule(
    code="claim-window-missed",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The conversion is {age:day|days} old; {platform} takes claims for {days:day|days}.",
        ru="Конверсии {age:день|дня|дней}; {platform} принимает претензии {days:день|дня|дней}.",
    ),
    why=Text(
        en="It happened at {since} UTC. A claim that comes too late, twice, or before the order is validated is "
        "declined without being read.",
        ru="Она произошла {since} UTC. Претензию, поданную слишком поздно, дважды или до подтверждения заказа, "
        "отклоняют не читая.",
    ),
    fix=Text(
        en="Claim what is still inside the window, once and with every field. For the rest ask your manager.",
        ru="Подайте претензии по тому, что ещё в сроке, один раз и со всеми полями. Об остальном спросите менеджера.",
    ),
    settle=Text(en="The partner's rule on claims for this offer.", ru="Правила партнёра о претензиях по этому офферу."),
    sources=(
        "https://help.involve.asia/hc/en-us/articles/47415111918617-How-to-Raise-Missing-Conversions-Request",
        "https://helpcentre.involve.asia/portal/en/kb/articles/missing-conversion-request-rejected",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """The conversion's age against the term its network documents."""
    happened, now = read_moment(sight(case).conversion_time), read_moment(case.judged_at("event"))
    window = claim_window_of(case.facts.network)
    if happened and now and window and now.utc - happened.utc > timedelta(days=window.days):
        age = (now.utc - happened.utc).days
        yield CLAIM_WINDOW_MISSED(
            "conversion_time", age=age, platform=window.platform, days=window.days, since=clock(happened.utc)
        )


EXAMPLES = {
    CLAIM_WINDOW_MISSED: example(conversion_seen="yes", conversion_time="2025-11-01T10:00:00Z", network="Involve Asia"),
}

"""Are postbacks of this very event switched on?"""

from collections.abc import Iterator
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.event import exact_rows, sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogShare
from postback_wizard.domain.text import Text

EVENT_POSTBACK_TOGGLE_OFF = Rule(
    code="event-postback-toggle-off",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en='No postback was ever sent for the event "{name}" of {id}.',
        ru="По событию «{name}» конверсии {id} не отправлено ни одного постбека.",
    ),
    why=Text(
        en="The log of attempts has postbacks of other events ({others}): the address works, and this "
        "event alone is not sent.",
        ru="В логе попыток есть постбеки других событий ({others}): адрес работает, не отправляется "
        "только это событие.",
    ),
    fix=Text(
        en="Switch the sending on for this event at the sender, then record a new test conversion of it "
        "and look for its attempt.",
        ru="Включите у отправителя отправку для этого события, затем сделайте новую тестовую конверсию с "
        "ним и найдите её попытку.",
    ),
    settle=Text(
        en="The sender's postback settings of this event.",
        ru="Настройки постбека у отправителя для этого события.",
    ),
    sources=(
        "https://helpdesk.everflow.io/customer/introduction-to-partner-postbacks",
        "https://docs.keitaro.io/ru/postbacks/s2s.html",
        "https://docs.binom.org/postback-url.php",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Judged on a log of attempts that names the goal of each, or on a flag of Binom that asks for silence."""
    seen = sight(case)
    for role in ("attempt_log", "conversion_log", "partner_log"):
        for item in exact_rows(seen.logs, role):
            if any("disable_postback=1" in cell for cell in item.raw.values()):
                words: dict[str, Any] = {"id": seen.id or "—", "name": "disable_postback=1", "others": "—"}
                yield EVENT_POSTBACK_TOGGLE_OFF(role, **words)
                return
    found = seen.left_out("goal")
    if found:
        name, others = found
        yield EVENT_POSTBACK_TOGGLE_OFF("attempt_log", id=seen.id or "—", name=name, others=", ".join(others[:5]))


EXAMPLES = {
    EVENT_POSTBACK_TOGGLE_OFF: example(
        looked_up(
            log("conversion_log", more="goal"),
            log("attempt_log", LogShare("goal", "first", 280), LogShare("goal", "other", 30), more="goal"),
            row("conversion_log", goal="second"),
        ),
        click_id=CLICK,
    ),
}

"""Is the postback bound to another offer?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogShare
from postback_wizard.domain.text import Text

POSTBACK_SCOPE_MISMATCH = Rule(
    code="postback-scope-mismatch",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en='No postback was ever sent for the offer "{name}" of {id}.',
        ru="По офферу «{name}» конверсии {id} не отправлено ни одного постбека.",
    ),
    why=Text(
        en="The log of attempts has postbacks of other offers ({others}): the sender has a postback "
        "saved, but not for this offer.",
        ru="В логе попыток есть постбеки других офферов ({others}): постбек у отправителя сохранён, но "
        "не для этого оффера.",
    ),
    fix=Text(
        en="Make the postback global, or save one for this offer, then record a new test conversion and "
        "look for its attempt.",
        ru="Сделайте постбек глобальным или сохраните его и для этого оффера, затем сделайте новую "
        "тестовую конверсию и найдите её попытку.",
    ),
    settle=Text(
        en="The level the postback is saved at: account, offer or event.",
        ru="Уровень, на котором сохранён постбек: аккаунт, оффер или событие.",
    ),
    sources=(
        "https://support.smartadv.com/troubleshooting-postbacks",
        "https://helpdesk.everflow.io/collaborator/managing-postbacks-as-a-partner",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Judged on a log of attempts that names the offer of each."""
    seen = sight(case)
    found = seen.left_out("offer")
    if found:
        name, others = found
        yield POSTBACK_SCOPE_MISMATCH("attempt_log", id=seen.id or "—", name=name, others=", ".join(others[:5]))


EXAMPLES = {
    POSTBACK_SCOPE_MISMATCH: example(
        looked_up(
            log("conversion_log", more="offer"),
            log("attempt_log", LogShare("offer", "first", 280), LogShare("offer", "other", 30), more="offer"),
            row("conversion_log", offer="second"),
        ),
        click_id=CLICK,
    ),
}

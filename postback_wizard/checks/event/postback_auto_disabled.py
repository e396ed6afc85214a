"""Did the sender stop trying after too many failures?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.attempt_history import last_run
from postback_wizard.checks.event import sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row, spans
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

POSTBACK_AUTO_DISABLED = Rule(
    code="postback-auto-disabled",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="{failed:attempt|attempts} in a row failed from {start} on, and after {last} there are none, "
        "though conversions go on ({conversions}).",
        ru="С {start} подряд не удалось {failed:попытка|попытки|попыток}, а после {last} попыток нет, "
        "хотя конверсии продолжаются ({conversions}).",
    ),
    why=Text(
        en="Senders switch a postback off by themselves after a number of failures, and it stays off "
        "when the receiver is well again.",
        ru="Отправители сами отключают постбек после ряда неудач, и он остаётся выключенным, когда "
        "получатель уже исправен.",
    ),
    fix=Text(
        en="Mend the endpoint first, switch the postback on again at the sender, then send the "
        "conversions since {last} once more.",
        ru="Сначала почините адрес, затем снова включите постбек у отправителя и передайте ещё раз "
        "конверсии после {last}.",
    ),
    settle=Text(
        en="The state of the postback in the sender's account, and its rule for switching off.",
        ru="Состояние постбека в кабинете отправителя и его правило отключения.",
    ),
    sources=(
        "https://helpdesk.everflow.io/collaborator/managing-postbacks-as-a-partner",
        "https://help.involve.asia/hc/en-us/articles/33127421161113-PostBack-Useful-Information",
    ),
)


#: Conversions after the last attempt that make its silence odd.
_FEWEST = 3


def check(case: Case) -> Iterator[Finding]:
    """The log of attempts ends in failures, and the log of conversions goes on."""
    seen = sight(case)
    attempts = seen.file("attempt_log")
    run = last_run(attempts) if attempts else None
    if attempts and run and seen.converted_since(attempts.last_time) >= _FEWEST:
        since = seen.converted_since(attempts.last_time)
        yield POSTBACK_AUTO_DISABLED(
            "attempt_log", failed=run.failed, start=run.start, last=attempts.last_time, conversions=since
        )


EXAMPLES = {
    POSTBACK_AUTO_DISABLED: example(
        looked_up(
            log("attempt_log", *spans((9, 0), (8, 0), (6, 6), (5, 5)), last="2026-02-01T03:50:00.000Z"),
            log("conversion_log", *spans((9, 0), (8, 0), (6, 0), (5, 0), (7, 0), (8, 0))),
            row("conversion_log", time="2026-02-01T05:10:00.000Z"),
        ),
        click_id=CLICK,
    ),
}

"""Did everything break at one moment?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.attempt_history import change, outage
from postback_wizard.checks.event import sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row, spans
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

UNANNOUNCED_PARTNER_CHANGE = Rule(
    code="unannounced-partner-change",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.RECEIVER,
    title=Text(
        en="From {start} on nearly every attempt fails ({failed} of {rows}); before that nearly none did.",
        ru="С {start} не удаётся почти каждая попытка ({failed} из {rows}); до этого почти все проходили.",
    ),
    why=Text(
        en="Usual answer of a failure: {answer}. A break for all traffic at one moment is a change on "
        "one side: an address, a key, a required parameter, a firewall.",
        ru="Обычный ответ при неудаче: {answer}. Поломка всего трафика в один момент — это изменение на "
        "одной из сторон: адрес, ключ, обязательный параметр, файрвол.",
    ),
    fix=Text(
        en="Ask the receiver what changed at that time, compare the template with the one they document "
        "today, and send the conversions since then again after the repair.",
        ru="Спросите получателя, что изменилось в это время, сравните шаблон с тем, который он публикует "
        "сейчас, и после исправления отправьте конверсии с этого момента ещё раз.",
    ),
    settle=Text(
        en="The receiver's own list of changes, and yours, around that time.",
        ru="Список изменений у получателя и у вас около этого времени.",
    ),
    sources=("https://www.trackingaudit.online/how-to-test-postbacks?lang=en",),
)


def check(case: Case) -> Iterator[Finding]:
    """Errors of the receiver's own server are an outage, and attempts that stop are another fault."""
    seen = sight(case)
    file = seen.file("attempt_log")
    run = change(file) if file else None
    if not file or not run or outage(file) or seen.converted_since(file.last_time) > 2:
        return
    answer = next((share.value for share in file.of("answer") if share.lack == share.rows), "—")
    yield UNANNOUNCED_PARTNER_CHANGE("attempt_log", start=run.start, failed=run.failed, rows=run.rows, answer=answer)


EXAMPLES = {
    UNANNOUNCED_PARTNER_CHANGE: example(
        looked_up(
            log(
                "attempt_log",
                *spans((9, 0), (8, 0), (12, 0), (9, 9), (8, 8), (9, 9)),
                last="2026-02-01T05:50:00.000Z",
            ),
            row("attempt_log", time="2026-02-01T04:20:00.000Z", answer_status="403"),
        ),
        click_id=CLICK,
    ),
}

"""Was the attempt refused, or accepted and not counted?"""

from collections.abc import Iterator
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.event import Sight, exact_rows, sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment

ATTEMPT_REFUSED = Rule(
    code="attempt-refused",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="The attempt for {id} was made and not accepted: {status}.",
        ru="Попытка по {id} была, но её не приняли: {status}.",
    ),
    why=Text(
        en="{count:attempt|attempts} in the log, none accepted; the last answer: {body}. The event is in "
        "order, the fault is in the request or at the receiver.",
        ru="В логе {count:попытка|попытки|попыток}, ни одна не принята; последний ответ: {body}. С "
        "событием всё в порядке, поломка в запросе или у получателя.",
    ),
    fix=Text(
        en="Steps 3 and 4 tell why: the answer and the request are filled in there from this row.",
        ru="Причину покажут шаги 3 и 4: ответ и запрос взяты туда из этой строки.",
    ),
)


ACCEPTED_NOT_COUNTED = Rule(
    code="accepted-not-counted",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.RECEIVER,
    title=Text(
        en="The attempt for {id} was accepted ({status}), and {file} does not have it.",
        ru="Попытку по {id} приняли ({status}), но в {file} её нет.",
    ),
    why=Text(
        en="Accepted on {time}; the log of the other side goes from {first} to {last}. A status of "
        "success means that the request arrived, not that it was counted.",
        ru="Принята {time}; лог другой стороны охватывает время с {first} до {last}. Успешный статус "
        "означает, что запрос дошёл, а не что его засчитали.",
    ),
    fix=Text(
        en="Give the receiver this row with its time and ask what became of it: unknown click, goal, "
        "duplicate or a rule.",
        ru="Передайте получателю эту строку с временем и спросите, что с ней стало: неизвестный клик, "
        "цель, дубль или правило.",
    ),
    settle=Text(
        en="The receiver's own log of incoming postbacks for that minute.",
        ru="Собственный лог входящих постбеков получателя за эту минуту.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """The last answer tells; an attempt without a status tells nothing."""
    seen = sight(case)
    rows = [row.values for row in exact_rows(seen.logs, "attempt_log") if row.values.get("answer_status", "").strip()]
    if not rows:
        return
    accepted = next((values for values in rows if values["answer_status"].strip().startswith("2")), None)
    if accepted is None:
        last = rows[-1]
        words: dict[str, Any] = {"status": last["answer_status"], "body": last.get("answer_body", "")[:120] or "—"}
        yield ATTEMPT_REFUSED("attempt_log", id=seen.id or "—", count=len(rows), **words)
    elif seen.lacks("partner_log"):
        yield _not_counted(seen, accepted["answer_status"], accepted.get("time", ""))


def _not_counted(seen: Sight, status: str, time: str) -> Finding:
    """A warning where the other side's log does not reach beyond the attempt."""
    file = seen.file("partner_log")
    first, last = (file.first_time, file.last_time) if file else ("", "")
    at, start, end = read_moment(time), read_moment(first), read_moment(last)
    covered = bool(at and start and end and start.utc <= at.utc <= end.utc)
    return ACCEPTED_NOT_COUNTED(
        "partner_log",
        level=Level.BAD if covered else Level.WARN,
        confidence=Confidence.LIKELY if covered else Confidence.HINT,
        id=seen.id or "—",
        status=status,
        file=file.name if file else "—",
        time=time or "—",
        first=first or "—",
        last=last or "—",
    )


EXAMPLES = {
    ATTEMPT_REFUSED: example(
        looked_up(log("attempt_log"), row("attempt_log", answer_status="400", answer_body="Bad click")), click_id=CLICK
    ),
    ACCEPTED_NOT_COUNTED: example(
        looked_up(
            log("attempt_log"),
            log("partner_log", first="2026-02-01T00:00:00.000Z", last="2026-02-28T00:00:00.000Z"),
            row("attempt_log", answer_status="200", time="2026-02-11T10:00:00.000Z"),
        ),
        click_id=CLICK,
    ),
}

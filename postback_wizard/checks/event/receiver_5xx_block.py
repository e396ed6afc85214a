"""Did the receiver fail for a while, for everybody?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.attempt_history import outage
from postback_wizard.checks.event import exact_rows, sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row, spans
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment

RECEIVER_5XX_BLOCK = Rule(
    code="receiver-5xx-block",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="From {start} to {end} the receiver failed with an error of its own: {failed} of {rows:attempt|attempts}.",
        ru="С {start} до {end} получатель отвечал ошибкой на своей стороне: {failed} из "
        "{rows:попытки|попыток|попыток}.",
    ),
    why=Text(
        en="Before and after it worked, so it was an outage of the receiver or of a relay before it, and "
        "every conversion of that time is concerned. This conversion was tried in it: {inside}.",
        ru="До и после всё работало, значит, это сбой получателя или посредника перед ним, и он затронул "
        "все конверсии того времени. Попытка этой конверсии в это время: {inside}.",
    ),
    fix=Text(
        en="Send the attempts of that time again, and tell the receiver the hours, so that their log can be looked at.",
        ru="Отправьте попытки за это время ещё раз и сообщите получателю часы, чтобы посмотрели его лог.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6535165-http-codes-in-affiliates-postbacks",
        "https://support.tune.com/hc/en-us/articles/39344885855127-Why-are-some-postbacks-failing-to-be-sent-or-received",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A warning where this conversion was tried at another time."""
    seen = sight(case)
    file = seen.file("attempt_log")
    block = outage(file) if file else None
    if block is None or file is None:
        return
    end = block.end or file.last_time
    times = [row.values.get("time", "") for row in exact_rows(seen.logs, "attempt_log")]
    inside = next((time for time in times if _within(time, block.start, end)), "")
    yield RECEIVER_5XX_BLOCK(
        "attempt_log",
        level=Level.BAD if inside else Level.WARN,
        start=block.start,
        end=end or "—",
        failed=block.failed,
        rows=block.rows,
        inside=inside or "—",
    )


def _within(time: str, start: str, end: str) -> bool:
    at, first, last = read_moment(time), read_moment(start), read_moment(end)
    return at is not None and first is not None and first.utc <= at.utc and (last is None or at.utc <= last.utc)


EXAMPLES = {
    RECEIVER_5XX_BLOCK: example(
        looked_up(
            log(
                "attempt_log",
                *spans((9, 0), (8, 0), (6, 6), (5, 5), (7, 0), (9, 0)),
                *spans((0, 0), (0, 0), (6, 6), (5, 5), kind="time-5xx"),
            ),
            row("attempt_log", time="2026-02-01T02:20:00.000Z", answer_status="502"),
        ),
        click_id=CLICK,
    ),
}

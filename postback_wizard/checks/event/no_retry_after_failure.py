"""Was a failed attempt ever repeated?"""

import re
from collections.abc import Iterator
from datetime import timedelta

from postback_wizard.checks import example
from postback_wizard.checks.event import exact_rows, sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment

NO_RETRY_AFTER_FAILURE = Rule(
    code="no-retry-after-failure",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="The only attempt for {id} was answered {status} on {time}, and it was never repeated.",
        ru="Единственная попытка по {id} получила ответ {status} ({time}), и её не повторяли.",
    ),
    why=Text(
        en="The log of attempts goes on until {last}. Senders differ: some repeat for a day, some repeat "
        "nothing unless it is switched on.",
        ru="Лог попыток продолжается до {last}. Отправители различаются: одни повторяют сутки, другие не "
        "повторяют ничего, пока это не включить.",
    ),
    fix=Text(
        en="Send this conversion again by hand, switch repeats on at the sender, and make sure the "
        "receiver counts a repeat once.",
        ru="Отправьте эту конверсию ещё раз вручную, включите повторы у отправителя и убедитесь, что "
        "получатель засчитывает повтор один раз.",
    ),
    sources=(
        "https://support.appsflyer.com/hc/en-us/articles/360001376085-Postback-retries",
        "https://help.involve.asia/hc/en-us/articles/33127421161113-PostBack-Useful-Information",
    ),
)


#: Answers that are worth a repeat: nothing at all, too slow, too many, a server's error.
_PASSING = re.compile(r"0+|408|425|429|5\d\d")
_LONG_ENOUGH = timedelta(days=1)


def check(case: Case) -> Iterator[Finding]:
    """Only where the log goes on for a day after the failure."""
    seen = sight(case)
    file, rows = seen.file("attempt_log"), exact_rows(seen.logs, "attempt_log")
    if file is None or len(rows) != 1:
        return
    status, time = rows[0].values.get("answer_status", "").strip(), rows[0].values.get("time", "")
    at, last = read_moment(time), read_moment(file.last_time)
    if _PASSING.fullmatch(status) and at and last and last.utc - at.utc >= _LONG_ENOUGH:
        yield NO_RETRY_AFTER_FAILURE("attempt_log", id=seen.id or "—", status=status, time=time, last=file.last_time)


EXAMPLES = {
    NO_RETRY_AFTER_FAILURE: example(
        looked_up(
            log("attempt_log", last="2026-02-20T10:00:00.000Z"),
            row("attempt_log", time="2026-02-11T10:00:00.000Z", answer_status="503"),
        ),
        click_id=CLICK,
    ),
}

"""Is the conversion older than the postback's set-up?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import sight
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogEvidence, LogSource
from postback_wizard.domain.text import Text

CONFIGURED_AFTER_CONVERSION = Rule(
    code="configured-after-conversion",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The conversion {id} of {happened} is older than the first postback attempt, {first}.",
        ru="Конверсия {id} от {happened} старше первой попытки постбека, {first}.",
    ),
    why=Text(
        en="{file} begins after the conversion and has no attempt for it: the postback was most likely saved later, "
        "and a postback is not sent for conversions recorded before it existed.",
        ru="{file} начинается после конверсии и попытки по ней не содержит: скорее всего, постбек сохранили позже, "
        "а по конверсиям, записанным до него, постбек не отправляется.",
    ),
    fix=Text(
        en="Add the older conversions by hand or by a conversion upload; new ones are sent by themselves.",
        ru="Добавьте старые конверсии вручную или загрузкой конверсий; новые отправляются сами.",
    ),
    settle=Text(
        en="Compare the conversion's time with the time the postback was saved; make sure that the log of attempts is "
        "complete and that both times are in one zone.",
        ru="Сравните время конверсии со временем сохранения постбека; убедитесь, что лог попыток полный и что оба "
        "времени в одном часовом поясе.",
    ),
    sources=("https://doc.voluum.com/article/conversion-upload",),
)


def check(case: Case) -> Iterator[Finding]:
    """Judged on the conversion's time and the first time in the log of attempts."""
    seen = sight(case)
    file = seen.file("attempt_log")
    if file and seen.before_first_attempt:
        yield CONFIGURED_AFTER_CONVERSION(
            "attempt_log", id=seen.id or "—", happened=seen.conversion_time, first=file.first_time, file=file.name
        )


EXAMPLES = {
    CONFIGURED_AFTER_CONVERSION: example(
        LogEvidence(
            "lookup",
            "2026-03-01T10:00:00.000Z",
            ("OK",),
            (
                LogSource(
                    "attempt_log",
                    "postbacks.csv",
                    rows=310,
                    columns={"click_id": "clickid", "time": "sent_at"},
                    first_time="2026-02-20T09:00:00.000Z",
                ),
            ),
        ),
        click_id="w7k2p9",
        conversion_seen="yes",
        conversion_time="2026-02-18T15:30:00Z",
        attempt_log="postbacks.csv",
    )
}

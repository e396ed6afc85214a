"""Was a postback attempted for the conversion?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.attempt_history import last_run
from postback_wizard.checks.event import Sight, exact_rows, sight
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogEvidence, LogRow, LogSource
from postback_wizard.domain.text import Text

POSTBACK_URL_MISSING = Rule(
    code="postback-url-missing",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The conversion {id} exists, and no postback was attempted for it.",
        ru="Конверсия {id} есть, но постбек по ней не отправлялся.",
    ),
    why=Text(
        en="Log of attempts: {file}, {count:row|rows}, none of this conversion. A sender with no postback URL saved, "
        "or with the URL saved in another field or at another offer, has nothing to call.",
        ru="Лог попыток: {file}, {count:строка|строки|строк}, по этой конверсии ни одной. Если у отправителя постбек "
        "не сохранён или сохранён не в том поле или не у того оффера, вызывать ему нечего.",
    ),
    fix=Text(
        en="Open the postback settings of the sender (global and of this offer), save the receiver's full URL there, "
        "then record a new test conversion and look for its attempt.",
        ru="Откройте у отправителя настройки постбека (общие и этого оффера), сохраните там полный URL получателя, "
        "затем сделайте новую тестовую конверсию и найдите её попытку.",
    ),
    settle=Text(
        en="Ask the sender for the saved postback URL of this offer and for the log of attempts of that day.",
        ru="Запросите у отправителя сохранённый URL постбека этого оффера и лог попыток за тот день.",
    ),
    sources=(
        "https://docs.keitaro.io/en/conversions-and-postback/postback-troubleshooting.html",
        "https://helpdesk.everflow.io/customer/introduction-to-partner-postbacks",
    ),
)

ATTEMPT_FOUND = Rule(
    code="attempt-found",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="A postback was attempted for {id}: {count:row|rows} in {file}.",
        ru="Постбек по {id} отправлялся: {count:строка|строки|строк} в {file}.",
    ),
    why=Text(
        en="First attempt {first}, HTTP status {status}. Whether the receiver counted it, the next steps show.",
        ru="Первая попытка {first}, HTTP-статус {status}. Засчитал ли её получатель, покажут следующие шаги.",
    ),
    fix=Text(en="Nothing to mend here.", ru="Здесь исправлять нечего."),
)

ATTEMPT_REPORTED = Rule(
    code="attempt-reported",
    level=Level.GOOD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="A postback was attempted for {id}, as you say.",
        ru="По вашим данным, постбек по {id} отправлялся.",
    ),
    why=Text(
        en="No log of attempts shows it, so this rests on your word.",
        ru="Лога попыток, где это видно, нет; вывод основан на вашем ответе.",
    ),
    fix=Text(
        en="Keep the sender's log line of the attempt; the next steps compare it with the template.",
        ru="Сохраните строку лога отправителя с этой попыткой: следующие шаги сравнят её с шаблоном.",
    ),
    settle=Text(en="Name the sender's log of attempts.", ru="Укажите лог попыток отправителя."),
)


def check(case: Case) -> Iterator[Finding]:
    """A conversion older than the first attempt ever is another fault and another file."""
    seen = sight(case)
    file = seen.file("attempt_log")
    rows = exact_rows(seen.logs, "attempt_log")
    if seen.unattempted and not seen.before_first_attempt and not _explained(seen):
        yield POSTBACK_URL_MISSING(
            "attempt_log" if file else "attempt_seen",
            confidence=_confidence(seen),
            id=seen.id or "—",
            file=file.name if file else "—",
            count=file.rows if file else 0,
        )
    elif rows and file:
        status = next((row.values["answer_status"] for row in rows if "answer_status" in row.values), "—")
        first = next((row.values["time"] for row in rows if "time" in row.values), "—")
        yield ATTEMPT_FOUND(
            "attempt_log", id=seen.id or "—", count=len(rows), file=file.name, first=first, status=status
        )
    elif case.facts.attempt_seen == "yes":
        yield ATTEMPT_REPORTED("attempt_seen", id=seen.id or "—")


def _explained(seen: Sight) -> bool:
    """Whether another check says why there is no attempt."""
    file = seen.file("attempt_log")
    stopped = file is not None and last_run(file) is not None and seen.converted_since(file.last_time) > 2
    return stopped or seen.silence_explained


def _confidence(seen: Sight) -> Confidence:
    """Certain for a conversion that exists when nothing at all was attempted, or the agent saw that nothing was."""
    file = seen.file("attempt_log")
    silent = file is not None and not file.rows and not file.rejected_rows
    if seen.converted and (silent or seen.case.facts.attempt_seen == "no"):
        return Confidence.CERTAIN
    return Confidence.LIKELY


_AT = "2026-03-01T10:00:00.000Z"
_FILE = LogSource("attempt_log", "postbacks.csv", rows=310, columns={"click_id": "clickid", "url": "url"})
_ROW = LogRow("attempt_log", 5, {"click_id": "w7k2p9", "answer_status": "200", "match": "exact"})

EXAMPLES = {
    POSTBACK_URL_MISSING: example(
        LogEvidence("lookup", _AT, ("OK",), (_FILE,)),
        click_id="w7k2p9",
        conversion_seen="yes",
        attempt_log="postbacks.csv",
    ),
    ATTEMPT_FOUND: example(
        LogEvidence("lookup", _AT, ("OK",), (_FILE,), (_ROW,)), click_id="w7k2p9", attempt_log="postbacks.csv"
    ),
    ATTEMPT_REPORTED: example(click_id="w7k2p9", attempt_seen="yes"),
}

"""Could the logs be read, and in full?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.log_words import PROBLEMS, REASONS, CodeText
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogEvidence, LogReject, LogSource
from postback_wizard.domain.text import Text

LOG_UNREADABLE = Rule(
    code="log-unreadable",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=CodeText(
        en="{file} could not be read: {problem}.",
        ru="Файл {file} не удалось прочитать: {problem}.",
        name="problem",
        of={code: words for code, (words, _) in PROBLEMS.items()},
    ),
    why=Text(
        en="Details: {detail}. Nothing was concluded from this log; the others are not affected.",
        ru="Подробности: {detail}. По этому логу выводов не сделано; на остальные это не влияет.",
    ),
    fix=CodeText(
        en="{problem} Then run this step again.",
        ru="{problem} Затем запустите шаг снова.",
        name="problem",
        of={code: todo for code, (_, todo) in PROBLEMS.items()},
    ),
)

LOG_COLUMN_UNKNOWN = Rule(
    code="log-column-unknown",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="No column of {file} was recognised as the click ID.",
        ru="В {file} не нашлось столбца с click ID.",
    ),
    why=Text(
        en="Its columns are: {columns}. Nothing was concluded from this log.",
        ru="Столбцы файла: {columns}. По этому логу выводов не сделано.",
    ),
    fix=Text(
        en="Say which column it is: press F11 here and pick it, or write under columns "
        "click_id (or transaction_id) and the header as the file has it.",
        ru="Укажите нужный столбец: нажмите F11 и выберите его или впишите в columns "
        "click_id (или transaction_id) и заголовок так, как он записан в файле.",
    ),
)

LOG_ROWS_REJECTED = Rule(
    code="log-rows-rejected",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="{rejected:row|rows} of {file} could not be read; {count:row was|rows were} read.",
        ru="В {file} не прочитано: {rejected:строка|строки|строк}; прочитано: {count:строка|строки|строк}.",
    ),
    why=CodeText(
        en="The first is line {line}: {reason}. Such rows are kept out of every count, and what is missing from the "
        "log may stand in one of them.",
        ru="Первая — строка {line}: {reason}. Такие строки не входят ни в один подсчёт, и то, чего не нашлось, может "
        "быть в одной из них.",
        name="reason",
        of=REASONS,
    ),
    fix=Text(
        en="Look at line {line} in a text editor and search the file for the ID, or export it again.",
        ru="Посмотрите строку {line} в текстовом редакторе и поищите ID в файле или выгрузите его заново.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding a file; an empty log of attempts is an answer, not a problem."""
    logs = case.logs()
    for file in logs.files if logs else ():
        if file.problem == "no-click-id-column":
            yield LOG_COLUMN_UNKNOWN(file.role, file=file.name, columns=file.detail or "—")
        elif file.problem and (file.role, file.problem) != ("attempt_log", "empty"):
            yield LOG_UNREADABLE(file.role, file=file.name, problem=file.problem, detail=file.detail or "—")
        elif file.rejected_rows:
            yield _rejected(file)


def _rejected(file: LogSource) -> Finding:
    first = next(iter(file.rejects), None)
    line, reason = (first.line, first.reason) if first else ("—", "text")
    return LOG_ROWS_REJECTED(
        file.role, file=file.name, rejected=file.rejected_rows, count=file.rows, line=line, reason=reason
    )


def _evidence(file: LogSource) -> LogEvidence:
    return LogEvidence("lookup", "2026-03-01T10:00:00.000Z", ("OK",), (file,))


EXAMPLES = {
    LOG_UNREADABLE: example(_evidence(LogSource("click_log", "clicks.csv", problem="missing")), click_log="clicks.csv"),
    LOG_COLUMN_UNKNOWN: example(
        _evidence(LogSource("click_log", "clicks.csv", problem="no-click-id-column", detail="a, b, c")),
        click_log="clicks.csv",
    ),
    LOG_ROWS_REJECTED: example(
        _evidence(
            LogSource("click_log", "clicks.csv", rows=2400, rejected_rows=3, rejects=(LogReject(17, "too-few"),))
        ),
        click_log="clicks.csv",
    ),
}

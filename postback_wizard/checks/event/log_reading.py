"""Could the logs be read, and in full?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogEvidence, LogSource
from postback_wizard.domain.text import Text

LOG_UNREADABLE = Rule(
    code="log-unreadable",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="{file} could not be read ({problem}).",
        ru="Файл {file} не удалось прочитать ({problem}).",
    ),
    why=Text(
        en="missing: no such file; folder: a folder, not a file; no-permission: you may not read it; empty: nothing in "
        "it; unreadable: {detail}. Nothing was concluded from this log.",
        ru="missing: такого файла нет; folder: это папка; no-permission: нет прав на чтение; empty: файл пуст; "
        "unreadable: {detail}. По этому логу выводов не сделано.",
    ),
    fix=Text(
        en="Export the log again as CSV or as one JSON object a line, check the path, and run this step again.",
        ru="Выгрузите лог заново в CSV или по одному объекту JSON в строке, проверьте путь и запустите шаг снова.",
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
        en="Name the column yourself under columns: click_id (or transaction_id) and the header as the file has it.",
        ru="Укажите столбец сами в columns: click_id (или transaction_id) и заголовок так, как он записан в файле.",
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
    why=Text(
        en="Such rows have another number of columns, stray quotes or broken text. What is missing from the log may "
        "stand in one of them.",
        ru="В таких строках другое число столбцов, лишние кавычки или повреждённый текст. То, чего не нашлось, может "
        "быть в одной из них.",
    ),
    fix=Text(
        en="Search the file for the ID with a text editor, or export it again.",
        ru="Поищите ID в файле текстовым редактором или выгрузите файл заново.",
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
            yield LOG_ROWS_REJECTED(file.role, file=file.name, rejected=file.rejected_rows, count=file.rows)


def _evidence(file: LogSource) -> LogEvidence:
    return LogEvidence("lookup", "2026-03-01T10:00:00.000Z", ("OK",), (file,))


EXAMPLES = {
    LOG_UNREADABLE: example(_evidence(LogSource("click_log", "clicks.csv", problem="missing")), click_log="clicks.csv"),
    LOG_COLUMN_UNKNOWN: example(
        _evidence(LogSource("click_log", "clicks.csv", problem="no-click-id-column", detail="a, b, c")),
        click_log="clicks.csv",
    ),
    LOG_ROWS_REJECTED: example(
        _evidence(LogSource("click_log", "clicks.csv", rows=2400, rejected_rows=3)), click_log="clicks.csv"
    ),
}

"""The logs of step 2 on the screen: each file as it was read, then the conversion as one timeline in UTC."""

from collections.abc import Iterator, Sequence

from postback_wizard.checks.log_words import REASONS, problem_words
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import LogEvidence, LogRow, LogSource
from postback_wizard.domain.stations import Station, stations
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock
from postback_wizard.report.timeline import said_of, spell
from postback_wizard.steps.words import PLACES
from postback_wizard.tui.rows import Row

FOUND = Text(en="{found} of {rows:row|rows} are this conversion's", ru="строк этой конверсии: {found} из {rows}")
READ = Text(en="{rows:row|rows} read", ru="{rows:строка прочитана|строки прочитаны|строк прочитано}")
COLUMNS = Text(en="Columns", ru="Столбцы")
GUESSED = Text(en="told by their content, please check", ru="определены по содержимому, проверьте")
LEFT_OUT = Text(en="Rows left out: {n}", ru="Строк не прочитано: {n}")
LINE = Text(en="line {line}: {reason}", ru="строка {line}: {reason}")
MAP_HINT = Text(en="F11 corrects the columns.", ru="F11: исправить столбцы.")
MISSING = Text(en="not there", ru="нет")
TOLD = Text(en="as you say", ru="по вашим данным")
ASSUMED = Text(en="zone not named, taken as UTC", ru="пояс не указан, принят UTC")


def log_rows(case: Case, evidence: LogEvidence, lang: str) -> Iterator[Row]:
    """The files, the stations in order, then rows whose ID is only almost the same."""
    asked = bool(case.facts.click_id or case.facts.transaction_id)
    yield from (_file(file, evidence, lang, asked=asked) for file in evidence.files)
    yield from (_station(station, lang) for station in stations(case, evidence))
    yield from (_near(row, lang) for row in evidence.rows_of_click if row.values.get("match") != "exact")


def _place(role: str, lang: str) -> str:
    return PLACES[role].say(lang) if role in PLACES else role


def _file(file: LogSource, evidence: LogEvidence, lang: str, *, asked: bool) -> Row:
    name = _place(file.role, lang)
    if file.problem == "no-click-id-column":
        return Row(Level.WARN, name, f"{file.name}: {file.detail}", _lines(file.path, file.detail), file.role)
    if file.problem:
        text = problem_words(file.problem).say(lang)
        return Row(Level.WARN, name, f"{file.name}: {text}", _lines(file.path, text, file.detail), file.role)
    several = sum(other.role == file.role and not other.problem for other in evidence.files) > 1
    found = len(evidence.rows(file.role))
    text = FOUND.say(lang, found=found, rows=file.rows) if asked or found else READ.say(lang, rows=file.rows)
    tone = Level.GOOD if found else Level.INFO if several or not asked else Level.WARN
    return Row(
        tone, name, f"{file.name}: {text}" if several else text, "\n".join(_details(file, text, lang)), file.role
    )


def _details(file: LogSource, text: str, lang: str) -> Iterator[str]:
    yield from (file.path, text, f"{file.first_time} – {file.last_time}".strip(" –"))
    yield from (f"{key}: {value!r}" if key == "delimiter" else f"{key}: {value}" for key, value in file.dialect.items())
    yield f"{COLUMNS.say(lang)}:"
    for ours, theirs in file.columns.items():
        yield f"  {ours} ← {theirs}" + (f"  ({GUESSED.say(lang)})" if ours in file.guessed else "")
    yield MAP_HINT.say(lang)
    if file.rejected_rows:
        yield LEFT_OUT.say(lang, n=file.rejected_rows)
        for reject in file.rejects:
            yield "  " + LINE.say(lang, line=reject.line, reason=REASONS.get(reject.reason, REASONS["text"]))


def _station(station: Station, lang: str) -> Row:
    name = _place(station.role, lang)
    if station.missing:
        return Row(Level.WARN, name, MISSING.say(lang), MISSING.say(lang))
    when = f"{clock(station.utc)} UTC" if station.utc else "—"
    after = f"+{spell(station.after)}" if station.after else ""
    if station.row is None:
        return Row(Level.INFO, name, "  ".join(filter(None, (when, after, TOLD.say(lang)))), when)
    zone = ASSUMED.say(lang) if station.assumed else ""
    said = said_of(station.row) or _amount(station.row)
    text = "  ".join(filter(None, (when, after, said, station.row.values.get("url", ""))))
    return Row(_tone(station.row), f"{name} #{station.row.row}", text, _lines(when, after, zone, *_cells(station.row)))


def _tone(row: LogRow) -> Level:
    status = row.values.get("answer_status", "").strip()
    return Level.WARN if status and not status.startswith("2") else Level.INFO


def _amount(row: LogRow) -> str:
    amount = " ".join(filter(None, (row.values.get("payout", ""), row.values.get("currency", ""))))
    written = row.values.get("payout_written", "")
    return f"{amount} ({written})" if written else amount


def _near(row: LogRow, lang: str) -> Row:
    text = row.values.get("click_id", "") or "  ".join(row.raw.values())
    return Row(Level.WARN, f"{_place(row.role, lang)} #{row.row}", f"≈ {text}", _lines(*_cells(row)))


def _cells(row: LogRow) -> Sequence[str]:
    return [f"{key}: {value}" for key, value in row.raw.items()]


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part.strip())

"""Two logs compared in full, as rows for the screen: one a class, with its examples behind Enter. Pure."""

from collections.abc import Iterator

from postback_wizard.checks.log_words import problem_words
from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import LogEvidence, LogSource
from postback_wizard.domain.reconciliation import CLASSES, Reconciliation, SampleRow, Stake
from postback_wizard.domain.text import Text
from postback_wizard.tui.rows import Row

NAMES = {
    "matched": Text(en="In both files", ru="В обоих файлах"),
    "only_tracker": Text(en="Only in the tracker's file", ru="Только в файле трекера"),
    "only_partner": Text(en="Only in the partner's file", ru="Только в файле партнёра"),
    "duplicate_tracker": Text(en="Surplus rows of the tracker", ru="Лишние строки трекера"),
    "duplicate_partner": Text(en="Surplus rows of the partner", ru="Лишние строки партнёра"),
    "status_differs": Text(en="Status differs", ru="Статус расходится"),
    "payout_differs": Text(en="Payout differs", ru="Выплата расходится"),
    "currency_differs": Text(en="Currency differs", ru="Валюта расходится"),
    "time_differs": Text(en="Time differs", ru="Время расходится"),
}
#: The place of the row that opens the list of all differences.
EVERY_DIFFERENCE = "differences"
_LIST = Text(en="List of differences", ru="Список отличий")
_OPEN = Text(
    en="F6 or Enter: every key, with filters, its rows in both files, CSV, backfill",
    ru="F6 или Enter: каждый ключ, фильтры, строки обоих файлов, CSV, дозагрузка",
)
_HEAD = Text(en="Comparison", ru="Сверка")
_BY = Text(en="by {key}; partner minus tracker: {minutes} min", ru="по {key}; партнёр минус трекер: {minutes} мин")
_TRACKER, _PARTNER = Text(en="tracker", ru="трекер"), Text(en="partner", ru="партнёр")


def compared_rows(logs: LogEvidence, lang: str) -> Iterator[Row]:
    """The rows of a comparison; classes without a key are left out, but for the first."""
    books = logs.reconciliation
    if books is None:
        yield from (_unusable(file, lang) for file in logs.files if file.problem)
        return
    key = " + ".join(books.key)
    yield Row(
        Level.INFO,
        _HEAD.say(lang),
        _BY.say(lang, key=key, minutes=f"{logs.offset_minutes:+d}"),
        _totals(books, lang),
    )
    if any(logs.classes.get(name, 0) for name in CLASSES[1:]):
        said = _OPEN.say(lang)
        yield Row(Level.INFO, _LIST.say(lang), said, said, where=EVERY_DIFFERENCE, tip=said)
    for name in CLASSES:
        count = logs.classes.get(name, 0)
        if count or name == "matched":
            tone = Level.GOOD if name == "matched" else Level.WARN
            money = ", ".join(_money(item, lang) for item in books.stakes if item.name == name)
            yield Row(tone, NAMES[name].say(lang), f"{count}  {money}".rstrip(), _examples(books, name, lang))


def _unusable(file: LogSource, lang: str) -> Row:
    text = f"{file.name}: {problem_words(file.problem).say(lang)}"
    return Row(Level.WARN, _HEAD.say(lang), text, "\n".join(filter(None, (text, file.path, file.detail))))


def _money(stake: Stake, lang: str) -> str:
    sides = ((_TRACKER, stake.tracker_amount), (_PARTNER, stake.partner_amount))
    return " / ".join(f"{side.say(lang)} {amount} {stake.currency}".rstrip() for side, amount in sides if amount != "0")


def _totals(books: Reconciliation, lang: str) -> str:
    lines = [
        f"{item.day or '—'}  {item.currency or '—'}  {_TRACKER.say(lang)} {item.tracker_rows} · {item.tracker_amount}"
        f"  {_PARTNER.say(lang)} {item.partner_rows} · {item.partner_amount}"
        for item in (*books.totals, *books.days)
    ]
    return "\n".join(lines)


def _examples(books: Reconciliation, name: str, lang: str) -> str:
    lines: list[str] = []
    for item in books.samples:
        if item.name == name:
            lines.append(item.key)
            lines += [
                f"  {_row(side, row, lang)}"
                for side, row in ((_TRACKER, item.tracker), (_PARTNER, item.partner))
                if row
            ]
    return "\n".join(lines)


def _row(side: Text, row: SampleRow, lang: str) -> str:
    values = "  ".join(f"{name}={value}" for name, value in row.values.items())
    return f"{side.say(lang)} · {row.file} #{row.row}  {values}"

"""Differences of two logs as lines for the screen, and what is typed to narrow them, understood. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from rich.cells import set_cell_size
from textual.content import Content

from postback_wizard.domain.differences import KINDS, Difference, Half, Listed, Narrowing, SourceRow, Written
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment
from postback_wizard.domain.visible import visible
from postback_wizard.tui.hops import clip
from postback_wizard.tui.plain import plain

SHORT = {
    "only_tracker": Text(en="only tracker", ru="только трекер"),
    "only_partner": Text(en="only partner", ru="только партнёр"),
    "duplicate_tracker": Text(en="surplus tracker", ru="лишняя трекера"),
    "duplicate_partner": Text(en="surplus partner", ru="лишняя партнёра"),
    "status_differs": Text(en="status", ru="статус"),
    "payout_differs": Text(en="payout", ru="выплата"),
    "currency_differs": Text(en="currency", ru="валюта"),
    "time_differs": Text(en="time", ru="время"),
}
HEAD = {
    "kind": Text(en="Class", ru="Класс"),
    "click": Text(en="Click ID", ru="Click ID"),
    "order": Text(en="Transaction ID", ru="ID транзакции"),
    "status": Text(en="Status (T → P)", ru="Статус (Т → П)"),
    "payout": Text(en="Payout (T → P)", ru="Выплата (Т → П)"),
    "time": Text(en="Time", ru="Время"),
}
#: Columns of the list and their widths; those of the wide form are left out on a narrow screen.
_NARROW: Mapping[str, int] = {"kind": 15, "click": 20, "status": 19, "payout": 20}
_WIDE: Mapping[str, int] = {"kind": 18, "click": 24, "order": 15, "status": 19, "payout": 18, "time": 19}
WIDE_FROM = 118
_BOTH = Text(en="partner minus tracker", ru="партнёр минус трекер")
_SIDES = {"tracker": Text(en="tracker", ru="трекер"), "partner": Text(en="partner", ru="партнёр")}
_ROW = Text(en="record {n}", ru="запись {n}")
_SURPLUS = Text(
    en="a further row of a key this file has already", ru="ещё одна строка ключа, который в этом файле уже есть"
)
_ABSENT = Text(en="no such key", ru="такого ключа нет")
_COUNT = Text(en="{first}–{last} of {n:difference|differences}", ru="{first}–{last} из {n:отличия|отличий|отличий}")
_NONE = Text(en="No difference fits.", ru="Ничего не подходит.")
_ALIKE = Text(en="Both logs agree on every conversion.", ru="Оба лога совпадают по всем конверсиям.")
CHANGED = Text(
    en="the files have changed since they were compared; run the step again (F5)",
    ru="файлы изменились после сверки; запустите шаг ещё раз (F5)",
)
_WANTED = Text(en="filter: {what}", ru="фильтр: {what}")
_LINE = Text(en="{file}, line {line} (record {row})", ru="{file}, строка файла {line} (запись {row})")
_ABOUT = Text(
    en="{file}, record {row}; line {line} or a later one, because rows before it were left out or span lines",
    ru="{file}, запись {row}; строка файла {line} или позже: записи перед ней пропущены или занимают несколько строк",
)
_RECORD = Text(en="{file}, record {row}", ru="{file}, запись {row}")
SAVED = Text(en="{n:row|rows} saved to {path}", ru="{n:строка сохранена|строки сохранены|строк сохранено} в {path}")
GUARDED = Text(
    en=". {n:cell|cells} would run as a formula: an apostrophe was put in front.",
    ru=". {n:ячейка сработала бы|ячейки сработали бы|ячеек сработали бы} как формула: в начало добавлен апостроф.",
)


def widths(columns: int) -> Mapping[str, int]:
    """The columns of the list that fit, with their widths."""
    return _WIDE if columns >= WIDE_FROM else _NARROW


def heading(columns: int, lang: str) -> str:
    """The line above the list."""
    return _line({name: HEAD[name].say(lang) for name in HEAD}, columns)


def line_of(item: Difference, columns: int, lang: str) -> Content:
    """One difference on one line."""
    one, other = item.tracker, item.partner
    money = f"{_pair(_of(one, 'payout'), _of(other, 'payout'))} {_pair(_of(one, 'currency'), _of(other, 'currency'))}"
    cells = {
        "kind": kinds_text(item, lang),
        "click": item.click_id or "—",
        "order": item.transaction_id,
        "status": _pair(_of(one, "status"), _of(other, "status")),
        "payout": money.strip(),
        "time": _of(one or other, "time").replace("T", " "),
    }
    return plain(_line(cells, columns))


def _line(cells: Mapping[str, str], columns: int) -> str:
    return " ".join(set_cell_size(clip(cells[name], width), width) for name, width in widths(columns).items()).rstrip()


def kinds_text(item: Difference, lang: str) -> str:
    """The classes of a difference."""
    return ", ".join(SHORT[name].say(lang) for name in item.kinds)


def _of(half: Half | None, name: str) -> str:
    return str(getattr(half, name)) if half else ""


def _pair(one: str, other: str) -> str:
    return f"{one} → {other}" if one and other and one != other else one or other


def detail_of(item: Difference, lang: str) -> Content:
    """The marked difference in full: its key, both sides, and by how much they differ."""
    key = " · ".join(part for part in (item.click_id, item.transaction_id) if part)
    surplus = item.kinds[0].startswith("duplicate")
    lines = [
        Content.assemble(plain(kinds_text(item, lang), "bold"), "  ", plain(key)),
        *(
            plain(_side(name, half, lang))
            for name, half in (("tracker", item.tracker), ("partner", item.partner))
            if half or not surplus
        ),
        *([plain(_SURPLUS.say(lang), "$foreground 60%")] if surplus else []),
        plain(_delta(item, lang), "$text-accent"),
    ]
    return Content("\n").join(lines)


def _side(name: str, half: Half | None, lang: str) -> str:
    side = _SIDES[name].say(lang)
    if half is None:
        return f"{side}: {_ABSENT.say(lang)}"
    money = f"{half.payout} {half.currency}".strip()
    parts = (_ROW.say(lang, n=half.row), half.status, money, half.time.replace("T", " "))
    return f"{side}: {' · '.join(part for part in parts if part)}"


def _delta(item: Difference, lang: str) -> str:
    parts: list[str] = []
    if item.payout_delta not in ("", "0"):
        amount = item.payout_delta if item.payout_delta.startswith("-") else f"+{item.payout_delta}"
        parts.append(f"{amount} {_of(item.partner, 'currency')}".strip())
    if item.seconds_delta:
        sign = "-" if item.seconds_delta < 0 else "+"
        parts.append(f"{sign}{timedelta(seconds=abs(item.seconds_delta))}")
    return f"{_BOTH.say(lang)}: {' · '.join(parts)}" if parts else ""


def summary(first: int, shown: int, listed: Listed, wanted: Narrowing, lang: str) -> str:
    """Which part of how many is on screen, and what it was narrowed to."""
    if not listed.total:
        text = (_ALIKE if wanted.is_empty else _NONE).say(lang)
    else:
        text = _COUNT.say(lang, first=f"{first + 1:,}", last=f"{first + shown:,}", n=listed.total)
    if not wanted.is_empty:
        text = f"{text} · {_WANTED.say(lang, what=' · '.join(_wishes(wanted, lang)))}"
    return text


def _wishes(wanted: Narrowing, lang: str) -> Iterator[str]:
    if wanted.kind:
        yield SHORT[wanted.kind].say(lang)
    if wanted.text:
        yield f"«{wanted.text}»"
    for low, high in ((_moment(wanted.time_from), _moment(wanted.time_to)), (wanted.amount_from, wanted.amount_to)):
        if low not in ("", None) or high not in ("", None):
            yield f"{low if low is not None else ''} … {high if high is not None else ''}".strip()


def _moment(seconds: int | None) -> str:
    from datetime import UTC, datetime

    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def sources_text(rows: Sequence[SourceRow], lang: str) -> str:
    """The raw rows of a difference, each under its file and line."""
    blocks: list[str] = []
    for row in rows:
        form = _RECORD if not row.line else _LINE if row.exact else _ABOUT
        head = form.say(lang, file=row.file, line=row.line, row=row.row)
        cells = [f"  {visible(name)}: {visible(value)}" for name, value in row.raw.items()]
        blocks.append("\n".join((f"{_SIDES[row.side].say(lang)} · {head}", *cells)))
    return "\n\n".join(blocks)


def saved_text(written: Written, lang: str) -> str:
    """What was written where."""
    text = SAVED.say(lang, n=written.rows, path=written.path)
    return text + GUARDED.say(lang, n=written.guarded) if written.guarded else text


def classes_of(listed: Listed) -> tuple[str, ...]:
    """The classes there are any differences of."""
    return tuple(name for name in KINDS if listed.counts.get(name))


#: The fields of the filter, and what is typed into them.
FIELDS = ("text", "time_from", "time_to", "amount_from", "amount_to")
_DAY_S = 24 * 3600


def read_fields(typed: Mapping[str, str], before: Narrowing) -> Narrowing | str:
    """The narrowing that was typed, its class kept; or the name of the field that cannot be understood."""
    values: dict[str, int | Decimal | None] = {}
    for name in FIELDS[1:]:
        text = typed.get(name, "").strip()
        value = None if not text else _seconds(text, last=name == "time_to") if "time" in name else _amount(text)
        if text and value is None:
            return name
        values[name] = value
    return replace(before, text=typed.get("text", "").strip(), **values)  # type: ignore[arg-type]  # by name


def _seconds(text: str, *, last: bool) -> int | None:
    moment = read_moment(text)
    if moment is None:
        return None
    day = len(text) == len("2026-03-01")
    return int(moment.utc.timestamp()) + (_DAY_S - 1 if last and day else 0)


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < Decimal(10) ** 14 else None


def typed_of(wanted: Narrowing) -> Mapping[str, str]:
    """The fields as they were typed."""
    return {
        "text": wanted.text,
        "time_from": _moment(wanted.time_from),
        "time_to": _moment(wanted.time_to),
        "amount_from": "" if wanted.amount_from is None else str(wanted.amount_from),
        "amount_to": "" if wanted.amount_to is None else str(wanted.amount_to),
    }

"""Pairs of logs with faults planted in them: each comes back with its count, its place and its reason."""

import asyncio
import csv
import gzip
import io
import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.domain.progress import LISTENER, Progress
from postback_wizard.domain.reconciliation import Reconciliation
from postback_wizard.effects.reconcile import reconcile

AT = "2026-03-01T10:00:00.000Z"
START = datetime.fromisoformat("2026-03-02 00:20:00")
Row = dict[str, str]


def conversions(count: int = 60, every: timedelta = timedelta(hours=1)) -> list[Row]:
    """A healthy file: as many conversions as said, at regular times."""
    return [
        {
            "click_id": f"click{n:04}",
            "transaction_id": f"ORD-{n}",
            "time": (START + n * every).isoformat(sep=" "),
            "status": ("approved", "pending", "rejected")[n % 3],
            "payout": f"{10 + n % 7}.50",
            "currency": "USD",
        }
        for n in range(count)
    ]


def moved(rows: Sequence[Row], by: Callable[[datetime], timedelta]) -> list[Row]:
    """The same rows, each time moved."""
    times = [datetime.fromisoformat(row["time"]) for row in rows]
    return [{**row, "time": str(time + by(time))} for row, time in zip(rows, times, strict=True)]


def as_csv(rows: Sequence[Row], delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


async def compare(folder: Path, tracker: bytes | str, partner: bytes | str, **platforms: str) -> LogEvidence:
    files = []
    for role, data in (("conversion_log", tracker), ("partner_log", partner)):
        path = folder / f"{role}.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        files.append(LogFile(role, str(path)))
    return await reconcile(LogProbe("reconcile", tuple(files), platforms=platforms), AT)


async def compare_rows(folder: Path, tracker: Sequence[Row], partner: Sequence[Row]) -> LogEvidence:
    return await compare(folder, as_csv(tracker), as_csv(partner))


def found(logs: LogEvidence) -> dict[str, int]:
    return {name: count for name, count in logs.classes.items() if count}


def books(logs: LogEvidence) -> Reconciliation:
    assert logs.reconciliation is not None
    return logs.reconciliation


# -- classes -----------------------------------------------------------------------------------------------------


async def test_the_same_file_twice_matches_in_full(tmp_path: Path) -> None:
    assert found(await compare_rows(tmp_path, conversions(), conversions())) == {"matched": 60}


PLANTED: dict[str, Callable[[list[Row]], list[Row]]] = {
    "only_tracker": lambda rows: rows[4:],
    "only_partner": lambda rows: [*rows, *({**row, "click_id": f"x{row['click_id']}"} for row in rows[:4])],
    "duplicate_partner": lambda rows: [*rows, *rows[:3], rows[0]],
    "status_differs": lambda rows: [
        {**row, "status": "approved"} if n % 15 == 1 else row for n, row in enumerate(rows)
    ],
    "payout_differs": lambda rows: [{**row, "payout": "99"} if n % 15 == 1 else row for n, row in enumerate(rows)],
    "currency_differs": lambda rows: [{**row, "currency": "EUR"} if n % 15 == 1 else row for n, row in enumerate(rows)],
    "time_differs": lambda rows: [
        {**row, "time": "2026-03-20 00:00:00"} if n % 15 == 1 else row for n, row in enumerate(rows)
    ],
}


@pytest.mark.parametrize("name", PLANTED)
async def test_a_planted_fault_comes_back_with_its_count(tmp_path: Path, name: str) -> None:
    logs = await compare_rows(tmp_path, conversions(), PLANTED[name](conversions()))
    assert found(logs) == {"matched": 56 if name == "only_tracker" else 60, name: 4}


async def test_surplus_rows_of_the_tracker_are_counted(tmp_path: Path) -> None:
    logs = await compare_rows(tmp_path, [*conversions(), *conversions()[:4]], conversions())
    assert found(logs) == {"matched": 60, "duplicate_tracker": 4}


async def test_an_example_names_the_row_on_each_side(tmp_path: Path) -> None:
    rows = conversions()
    partner = [{**row, "payout": "99"} if row["click_id"] == "click0007" else row for row in reversed(rows)]
    (sample,) = books(await compare_rows(tmp_path, rows, partner)).samples
    assert sample.tracker
    assert sample.partner
    assert (sample.key, sample.tracker.row, sample.partner.row) == ("click0007 · ORD-7", 8, 53)


async def test_a_row_behind_quoted_line_breaks_is_named_all_the_same(tmp_path: Path) -> None:
    rows = [{**row, "note": "one\ntwo"} for row in conversions()]
    (sample,) = books(await compare_rows(tmp_path, rows, rows[:-1])).samples
    assert sample.tracker
    assert (sample.tracker.row, sample.tracker.values["click_id"]) == (60, "click0059")


async def test_the_same_key_in_every_row_is_one_key(tmp_path: Path) -> None:
    rows = [{**row, "click_id": "{clickid}", "transaction_id": ""} for row in conversions(2000)]
    logs = await compare_rows(tmp_path, rows, rows)
    assert found(logs) == {"matched": 1, "duplicate_tracker": 1999, "duplicate_partner": 1999}


async def test_orders_of_two_systems_are_no_part_of_the_key(tmp_path: Path) -> None:
    partner = [{**row, "transaction_id": f"P{row['transaction_id']}"} for row in conversions()]
    logs = await compare_rows(tmp_path, conversions(), partner)
    assert (found(logs), books(logs).key) == ({"matched": 60}, ("click_id",))


async def test_files_without_clicks_are_compared_by_order(tmp_path: Path) -> None:
    rows = [{name: value for name, value in row.items() if name != "click_id"} for row in conversions()]
    logs = await compare_rows(tmp_path, rows, conversions()[1:])
    assert (found(logs), books(logs).key) == ({"matched": 59, "only_tracker": 1}, ("transaction_id",))


async def test_rows_without_a_key_are_told_and_not_compared(tmp_path: Path) -> None:
    blank = {**conversions()[0], "click_id": "", "transaction_id": ""}
    logs = await compare_rows(tmp_path, [*conversions(), blank], conversions())
    assert (found(logs), books(logs).tracker.rows_without_key) == ({"matched": 60}, 1)


async def test_files_without_a_common_column_cannot_be_compared(tmp_path: Path) -> None:
    logs = await compare(tmp_path, "click_id,x\na,1\n", "order_id,x\na,1\n")
    assert (logs.outcome, logs.reconciliation) == (("NO_COMMON_KEY",), None)


async def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    files = (LogFile("conversion_log", str(tmp_path / "a.csv")), LogFile("partner_log", str(tmp_path / "b.csv")))
    logs = await reconcile(LogProbe("reconcile", files), AT)
    assert (logs.outcome, logs.detail) == (("LOGS_UNREADABLE",), "missing")


# -- dialects ----------------------------------------------------------------------------------------------------

SPELT = [{**row, "payout": row["payout"].replace(".", ",")} for row in conversions()]
DIALECTS: dict[str, bytes | str] = {
    "semicolons and decimal commas": as_csv(SPELT, ";"),
    "tabs": as_csv(conversions(), "\t"),
    "pipes": as_csv(conversions(), "|"),
    "UTF-8 with a BOM": b"\xef\xbb\xbf" + as_csv(conversions()).encode(),
    "UTF-16": as_csv(conversions()).encode("utf-16"),
    "gzip": gzip.compress(as_csv(conversions()).encode()),
    "JSON lines": "".join(json.dumps(row) + "\n" for row in conversions()),
    "a JSON array": json.dumps(conversions()),
    "quotes around everything": "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in as_csv(conversions()).splitlines()
    ),
    "Russian headers in cp1251": as_csv(conversions())
    .replace("click_id,transaction_id,time,status,payout,currency", "Click ID,Номер заказа,Дата,Статус,Выплата,Валюта")
    .encode("cp1251"),
    "spaced amounts and signs": as_csv([{**row, "payout": f"$ {row['payout']}"} for row in conversions()]),
}


@pytest.mark.parametrize("name", DIALECTS)
async def test_a_dialect_changes_nothing(tmp_path: Path, name: str) -> None:
    logs = await compare(tmp_path, as_csv(conversions()[1:]), DIALECTS[name])
    assert found(logs) == {"matched": 59, "only_partner": 1}


async def test_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    logs = await compare(tmp_path, as_csv(conversions()), as_csv(conversions()) + "a,b\n")
    assert logs.files[1].rejected_rows == 1


# -- clocks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", range(-14 * 60, 14 * 60 + 1, 15))
async def test_every_offset_is_found(tmp_path: Path, minutes: int) -> None:
    partner = moved(conversions(), lambda _: timedelta(minutes=minutes, seconds=7))
    logs = await compare_rows(tmp_path, conversions(), partner)
    assert (found(logs), logs.offset_minutes) == ({"matched": 60}, minutes)


ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]


def to_zone(zone: str) -> Callable[[datetime], timedelta]:
    return lambda time: ZoneInfo(zone).utcoffset(time.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))) or timedelta()


@pytest.mark.parametrize("zone", ZONES)
async def test_daylight_saving_of_the_partner_is_two_offsets(tmp_path: Path, zone: str) -> None:
    rows = conversions(1200)
    logs = await compare_rows(tmp_path, rows, moved(rows, to_zone(zone)))
    changes = {to_zone(zone)(datetime.fromisoformat(row["time"])) // timedelta(minutes=1) for row in rows}
    assert (found(logs), {item.minutes for item in books(logs).offsets}) == ({"matched": 1200}, changes)


async def test_daylight_saving_of_the_tracker_is_two_offsets(tmp_path: Path) -> None:
    rows = conversions(1200)
    logs = await compare_rows(tmp_path, moved(rows, to_zone("Europe/Berlin")), rows)
    assert (found(logs), [item.minutes for item in books(logs).offsets]) == ({"matched": 1200}, [-60, -120])


async def test_the_moment_of_the_change_is_told(tmp_path: Path) -> None:
    rows = conversions(1200)
    logs = await compare_rows(tmp_path, rows, moved(rows, to_zone("Europe/Berlin")))
    assert [item.since for item in books(logs).offsets] == ["", "2026-03-29T01:00:00.000Z"]


async def test_a_few_rows_an_hour_off_are_no_change_of_the_clock(tmp_path: Path) -> None:
    rows = conversions(200)
    partner = [*rows[:196], *moved(rows[196:], lambda _: timedelta(hours=1))]
    logs = await compare_rows(tmp_path, rows, partner)
    assert (found(logs), logs.offset_minutes) == ({"matched": 200, "time_differs": 4}, 0)


async def test_an_offset_is_found_where_the_partner_names_only_days(tmp_path: Path) -> None:
    rows = conversions(400)
    partner = [{**row, "time": row["time"][:10]} for row in moved(rows, lambda _: timedelta(hours=3))]
    logs = await compare_rows(tmp_path, rows, partner)
    assert (found(logs), books(logs).partner.date_only) == ({"matched": 400}, True)


async def test_days_that_are_all_one_later_are_counted(tmp_path: Path) -> None:
    rows = [{**row, "time": row["time"][:10]} for row in conversions()]
    partner = [{**row, "time": row["time"][:10]} for row in moved(conversions(), lambda _: timedelta(days=1))]
    logs = await compare_rows(tmp_path, rows, partner)
    assert (logs.classes["time_differs"], books(logs).day_shifts) == (60, {"+1": 60})


async def test_a_report_by_click_time_is_recognised(tmp_path: Path) -> None:
    def lag(time: datetime) -> timedelta:
        return timedelta(minutes=-7 * (time.hour * 13 % 29) - 11)

    clicked = moved(conversions(), lag)
    tracker = [{**row, "click_time": other["time"]} for row, other in zip(conversions(), clicked, strict=True)]
    assert books(await compare_rows(tmp_path, tracker, clicked)).other_basis == "partner:click_time"


async def test_a_daily_batch_is_seen_in_its_hour(tmp_path: Path) -> None:
    rows = conversions(100, timedelta(minutes=37))
    partner = [
        row if n % 3 else {**row, "time": f"2026-03-{3 + n * 37 // 1440:02} 06:1{n % 10}:00"}
        for n, row in enumerate(rows)
    ]
    late = books(await compare_rows(tmp_path, rows, partner)).late
    assert (late.side, late.burst_hour, late.burst == late.pairs) == ("partner", 6, True)


@pytest.mark.parametrize(
    "spelling",
    ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S+00:00", "%d.%m.%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%s"],
)
async def test_a_time_may_be_spelt_in_many_ways(tmp_path: Path, spelling: str) -> None:
    def spell(text: str) -> str:
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return str(int(moment.timestamp())) if spelling == "%s" else moment.strftime(spelling)

    partner = [{**row, "time": spell(row["time"])} for row in conversions()]
    logs = await compare_rows(tmp_path, conversions(), partner)
    assert (found(logs), logs.offset_minutes, books(logs).timed_pairs) == ({"matched": 60}, 0, 60)


# -- money and statuses ------------------------------------------------------------------------------------------


async def test_cents_for_units_are_told(tmp_path: Path) -> None:
    partner = [{**row, "payout": f"{float(row['payout']) * 100:.0f}"} for row in conversions()]
    (ratio,) = books(await compare_rows(tmp_path, conversions(), partner)).ratios
    assert (ratio.kind, ratio.value, ratio.keys) == ("cents", "100", 60)


async def test_a_constant_exchange_rate_is_told(tmp_path: Path) -> None:
    partner = [{**row, "payout": f"{float(row['payout']) * 0.92:.2f}", "currency": "EUR"} for row in conversions()]
    logs = await compare_rows(tmp_path, conversions(), partner)
    (ratio,) = books(logs).ratios
    assert (found(logs), ratio.kind, round(float(ratio.value), 2)) == (
        {"matched": 60, "currency_differs": 60},
        "rate",
        0.92,
    )


async def test_a_static_payout_is_told(tmp_path: Path) -> None:
    partner = [{**row, "payout": "12.00"} for row in conversions()]
    found_books = books(await compare_rows(tmp_path, conversions(), partner))
    assert (found_books.tracker.static_payout, found_books.partner.static_payout) == ("", "12")


async def test_totals_are_kept_by_currency(tmp_path: Path) -> None:
    rows = [{**row, "currency": "EUR"} if n < 2 else row for n, row in enumerate(conversions(6))]
    totals = books(await compare_rows(tmp_path, rows, rows[:3])).totals
    assert [(item.currency, item.tracker_rows, item.tracker_amount, item.partner_rows) for item in totals] == [
        ("EUR", 2, "22", 2),
        ("USD", 4, "56", 1),
    ]


async def test_totals_are_kept_by_day(tmp_path: Path) -> None:
    days = books(await compare_rows(tmp_path, conversions(), conversions()[:30])).days
    assert [(item.day, item.tracker_rows, item.partner_rows) for item in days] == [
        ("2026-03-02", 24, 24),
        ("2026-03-03", 24, 6),
        ("2026-03-04", 12, 0),
    ]


async def test_the_money_of_missing_conversions_is_summed(tmp_path: Path) -> None:
    stakes = books(await compare_rows(tmp_path, conversions(), conversions()[3:])).stakes
    (lost,) = (item for item in stakes if item.name == "only_tracker")
    assert (lost.count, lost.currency, lost.tracker_amount) == (3, "USD", "34.5")


async def test_status_words_of_two_vocabularies_mean_the_same(tmp_path: Path) -> None:
    words = {"approved": "1", "pending": "2", "rejected": "3"}
    partner = [{**row, "status": words[row["status"]]} for row in conversions()]
    logs = await compare(tmp_path, as_csv(conversions()), as_csv(partner), partner_log="affise")
    assert found(logs) == {"matched": 60}


async def test_a_word_of_a_platform_keeps_its_own_meaning(tmp_path: Path) -> None:
    rows = [{**row, "status": "accept"} for row in conversions()]
    logs = await compare(tmp_path, as_csv(conversions()), as_csv(rows), partner_log="terraleads")
    assert logs.classes["status_differs"] == 40


async def test_unknown_words_are_listed_with_their_rows(tmp_path: Path) -> None:
    partner = [{**row, "status": "qualified"} if n < 7 else row for n, row in enumerate(conversions())]
    logs = await compare_rows(tmp_path, conversions(), partner)
    (word,) = books(logs).unmapped
    assert (found(logs), word.side, word.word, word.rows) == ({"matched": 60}, "partner", "qualified", 7)


async def test_conversions_outside_the_other_files_period_are_not_missing(tmp_path: Path) -> None:
    logs = await compare_rows(tmp_path, conversions(), conversions()[:30])
    assert (logs.classes["only_tracker"], books(logs).tracker.lone_inside) == (30, 0)


# -- manners -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def big_pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[LogFile, LogFile]:
    """Two files large enough that a comparison of them is under way for a while."""
    folder = tmp_path_factory.mktemp("big")
    body = "".join(f"click{n:07},2026-03-01 10:00:00,approved,1.50\n" for n in range(1_200_000))
    for name in ("tracker.csv", "partner.csv"):
        (folder / name).write_text("click_id,time,status,payout\n" + body)
    return LogFile("conversion_log", str(folder / "tracker.csv")), LogFile("partner_log", str(folder / "partner.csv"))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def listing(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def size_of(file: LogFile) -> int:
    return Path(file.path).stat().st_size


async def cancelled_when(seen: Callable[[Progress], bool], pair: tuple[LogFile, LogFile]) -> None:
    """Compare, and stop as soon as the progress told is the one waited for."""
    reached = asyncio.Event()
    token = LISTENER.set(lambda progress: reached.set() if seen(progress) else None)
    work = asyncio.ensure_future(reconcile(LogProbe("reconcile", pair), AT))
    waiting = asyncio.ensure_future(reached.wait())
    LISTENER.reset(token)
    await asyncio.wait([work, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    assert not work.done(), "it was over before it came so far"
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work


async def test_a_comparison_cancelled_while_reading_leaves_nothing_behind(
    big_pair: tuple[LogFile, LogFile], temporary: Path
) -> None:
    await cancelled_when(lambda progress: progress.phase == "reading", big_pair)
    assert listing(temporary) == []


async def test_progress_goes_through_the_bytes_of_both_files_and_never_back(big_pair: tuple[LogFile, LogFile]) -> None:
    told: list[Progress] = []
    token = LISTENER.set(told.append)
    await reconcile(LogProbe("reconcile", big_pair), AT)
    LISTENER.reset(token)
    steps = [(item.phase == "comparing", item.done) for item in told]
    assert {item.total for item in told if item.phase == "reading"} == {sum(size_of(file) for file in big_pair)}
    assert steps == sorted(steps)


async def test_a_comparison_leaves_no_temporary_files(tmp_path: Path, temporary: Path) -> None:
    await compare_rows(tmp_path, conversions(), conversions())
    assert sorted(listing(temporary)) == ["conversion_log.csv", "partner_log.csv"]

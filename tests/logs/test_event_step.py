"""The event step from files on disk to findings and facts."""

from datetime import UTC, datetime
from pathlib import Path

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Level, Verdict
from postback_wizard.domain.probe import Evidence, LogProbe, Probe
from postback_wizard.domain.step import Permit, Settings
from postback_wizard.effects.logs import read_logs
from postback_wizard.engine import Done, run
from postback_wizard.steps.event import EVENT

CLICK = "w7k2p9q4m1"
CLICKS = f"clickid;Дата\nx;01.03.2026 09:00\n{CLICK};01.03.2026 09:05\n"
CONVERSIONS = (
    f"click_id,order_id,time,status,payout,currency,goal\n{CLICK},ORD-1,2026-03-01T09:15:00Z,ok,12.50,USD,sale\n"
)
ATTEMPTS = (
    "time,click_id,url,http_status,answer\n"
    f"2026-03-01T09:15:01Z,{CLICK},https://t.example/p?cid={CLICK},500,busy\n"
    f"2026-03-01T09:20:01Z,{CLICK},https://t.example/p?cid={CLICK},200,OK\n"
)


class Files:
    """A world of local files and a clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 10, tzinfo=UTC)

    async def perform(self, probe: Probe) -> Evidence:
        assert isinstance(probe, LogProbe)
        return await read_logs(probe, "2026-03-01T10:00:00.000Z")


async def judge(folder: Path, known: dict[str, str] | None = None, **logs: str) -> StepRecord:
    paths = {role: str(folder / f"{role}.csv") for role in logs}
    for role, text in logs.items():
        (folder / f"{role}.csv").write_text(text, encoding="utf-8")
    case = Case("one", "2026-03-01T10:00:00.000Z", Facts().with_values({**(known or {"click_id": CLICK}), **paths}))
    events = [event async for event in run(EVENT, case, Files(), Settings(), Permit())]
    assert isinstance(events[-1], Done)
    return events[-1].record


def derived(record: StepRecord) -> dict[str, str]:
    return dict(EVENT.derive(Case("one", "", record.saw), record.evidence))


def bad(record: StepRecord) -> list[str]:
    return [finding.code for finding in record.findings if finding.level is Level.BAD]


async def test_a_healthy_conversion_is_clear(tmp_path: Path) -> None:
    record = await judge(tmp_path, click_log=CLICKS, conversion_log=CONVERSIONS, attempt_log=ATTEMPTS)
    assert (record.verdict, record.reason) == (Verdict.CLEAR, "")


async def test_facts_are_learned_from_the_rows_found(tmp_path: Path) -> None:
    record = await judge(tmp_path, click_log=CLICKS, conversion_log=CONVERSIONS, attempt_log=ATTEMPTS)
    assert derived(record) == {
        "click_id": CLICK,
        "transaction_id": "ORD-1",
        "payout": "12.50",
        "currency": "USD",
        "status": "ok",
        "goal": "sale",
        "click_time": "2026-03-01T09:05:00.000",
        "conversion_time": "2026-03-01T09:15:00.000Z",
        "attempt_time": "2026-03-01T09:20:01.000Z",
        "sent_request": f"https://t.example/p?cid={CLICK}",
        "answer_status": "200",
        "answer_body": "OK",
    }


async def test_a_missing_conversion_breaks_the_step_once(tmp_path: Path) -> None:
    other = CONVERSIONS.replace(CLICK, "other")
    record = await judge(tmp_path, click_log=CLICKS, conversion_log=other, attempt_log=ATTEMPTS.replace(CLICK, "other"))
    assert bad(record) == ["event-never-fired"]


async def test_a_missing_attempt_breaks_the_step_once(tmp_path: Path) -> None:
    attempts = ATTEMPTS.replace(CLICK, "other").replace("2026-03", "2026-02")
    record = await judge(tmp_path, click_log=CLICKS, conversion_log=CONVERSIONS, attempt_log=attempts)
    assert bad(record) == ["postback-url-missing"]


async def test_a_log_of_attempts_that_begins_later_is_told_apart(tmp_path: Path) -> None:
    attempts = ATTEMPTS.replace(CLICK, "other").replace("2026-03-01", "2026-03-02")
    record = await judge(tmp_path, click_log=CLICKS, conversion_log=CONVERSIONS, attempt_log=attempts)
    assert bad(record) == ["configured-after-conversion"]


async def test_an_attempt_that_lost_its_click_id_is_still_an_attempt(tmp_path: Path) -> None:
    attempts = "time,url,http_status\n2026-03-01T09:15:01Z,https://t.example/p?cid=%7Bclickid%7D&tx=ORD-1,400\n"
    record = await judge(tmp_path, click_log=CLICKS, conversion_log=CONVERSIONS, attempt_log=attempts)
    assert bad(record) == []


ORDER = {"transaction_id": "ORD-1"}


async def test_an_order_number_alone_leads_to_the_click(tmp_path: Path) -> None:
    record = await judge(tmp_path, ORDER, click_log=CLICKS, conversion_log=CONVERSIONS, attempt_log=ATTEMPTS)
    found = {finding.code for finding in record.findings if finding.level is Level.GOOD}
    assert (record.verdict, found) == (Verdict.CLEAR, {"click-found", "event-found", "attempt-found"})


async def test_an_order_whose_click_nobody_knows_is_an_unknown_click(tmp_path: Path) -> None:
    clicks = CLICKS.replace(CLICK, "other")
    record = await judge(tmp_path, ORDER, click_log=clicks, conversion_log=CONVERSIONS, attempt_log=ATTEMPTS)
    assert bad(record) == ["unknown-click-id"]


async def test_an_order_without_a_click_id_is_no_fault_of_the_logs(tmp_path: Path) -> None:
    conversions, attempts = CONVERSIONS.replace(CLICK, ""), ATTEMPTS.replace(CLICK, "").replace("cid=", "tx=ORD-1")
    record = await judge(tmp_path, ORDER, click_log=CLICKS, conversion_log=conversions, attempt_log=attempts)
    assert record.verdict is Verdict.CLEAR


async def test_logs_that_cannot_be_read_leave_the_step_unchecked(tmp_path: Path) -> None:
    record = await judge(tmp_path, click_log="", conversion_log="")
    assert record.reason == "unreadable"


def test_the_logs_are_asked_once() -> None:
    case = Case("one", "", Facts(click_id=CLICK, click_log="clicks.csv"))
    (probe,) = EVENT.plan(case, (), Settings())
    assert isinstance(probe, LogProbe)
    assert (probe.name, probe.click_id) == ("lookup", CLICK)


def test_a_macro_is_not_looked_up_as_an_id() -> None:
    (probe,) = EVENT.plan(Case("one", "", Facts(click_id="{clickid}", click_log="clicks.csv")), (), Settings())
    assert isinstance(probe, LogProbe)
    assert probe.click_id == ""


def test_without_logs_nothing_is_asked() -> None:
    assert EVENT.plan(Case("one", "", Facts(conversion_seen="yes")), (), Settings()) == ()

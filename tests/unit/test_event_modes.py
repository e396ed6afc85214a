"""The failure modes that logs and platforms' words show: no false alarm on healthy logs, and one name for one fault."""

from typing import Any

import pytest

from postback_wizard import checks
from postback_wizard.checks import Example, example
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row, spans
from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import LogRow, LogShare, LogSource

ROLES = ("click_log", "conversion_log", "attempt_log", "partner_log")


def alarms(shown: Example) -> set[str]:
    found = checks.findings_of("event", shown.case)
    return {item.code for item in found if item.level in (Level.WARN, Level.BAD)}


def seen(*parts: LogSource | LogRow, **facts: Any) -> Example:
    return example(looked_up(*parts), **{"click_id": CLICK, **facts})


def healthy(*shares: LogShare, **values: str) -> list[LogSource | LogRow]:
    files: list[LogSource | LogRow] = [log(role, *shares, more="goal offer status") for role in ROLES]
    rows: list[LogSource | LogRow] = [
        row(role, time="2026-02-11T10:00:00.000Z", status="approved", **values) for role in ROLES
    ]
    return [*files, *rows]


FINE = {
    "an even log": spans(*[(10, 0)] * 30),
    "a few failures everywhere": spans(*[(10, 1)] * 30),
    "a failure at the very end": spans(*[(10, 0)] * 29, (4, 4)),
    "a lone server error": (*spans(*[(10, 0)] * 30), *spans((10, 1), kind="time-5xx")),
    "many goals": (LogShare("goal", "lead", 200), LogShare("goal", "sale", 110)),
    "as many losses in every browser": (LogShare("browser", "Safari", 90, 30), LogShare("browser", "Chrome", 220, 80)),
    "few clicks without an ad ID": (LogShare("all", "all", 310, 12),),
}


@pytest.mark.parametrize("shares", FINE.values(), ids=FINE.keys())
def test_healthy_logs_raise_no_alarm(shares: tuple[LogShare, ...]) -> None:
    assert alarms(seen(*healthy(*shares, goal="sale", answer_status="200"))) == set()


def test_clicks_that_no_ad_platform_paid_for_need_no_ad_id() -> None:
    assert alarms(seen(log("click_log", LogShare("all", "all", 310, 310)), row("click_log"))) == set()


def test_a_pending_conversion_that_was_sent_is_in_order() -> None:
    parts: list[LogSource | LogRow] = [
        log("conversion_log"),
        log("attempt_log"),
        row("conversion_log", status="hold"),
        row("attempt_log"),
    ]
    assert alarms(seen(*parts)) == set()


NEVER = [
    ("conversion-pending-hold", {"status": "hold"}, ()),
    ("event-postback-toggle-off", {"goal": "deposit"}, (LogShare("goal", "lead", 300),)),
    ("postback-scope-mismatch", {"offer": "77"}, (LogShare("offer", "12", 300),)),
    ("postback-url-missing", {"goal": "lead"}, (LogShare("goal", "lead", 300),)),
]


@pytest.mark.parametrize(("code", "values", "shares"), NEVER, ids=[code for code, _, _ in NEVER])
def test_silence_has_one_name(code: str, values: dict[str, str], shares: tuple[LogShare, ...]) -> None:
    parts: list[LogSource | LogRow] = [
        log("conversion_log"),
        log("attempt_log", *shares),
        row("conversion_log", **values),
    ]
    assert alarms(seen(*parts)) == {code}


def test_a_postback_that_was_switched_off_is_not_called_missing() -> None:
    attempts = log("attempt_log", *spans((9, 0), (8, 0), (6, 6)), last="2026-02-01T02:50:00.000Z")
    conversions = log("conversion_log", *spans(*[(9, 0)] * 6))
    assert alarms(seen(attempts, conversions, row("conversion_log"))) == {"postback-auto-disabled"}


def test_failures_to_the_end_without_silence_are_a_change() -> None:
    attempts = log("attempt_log", *spans((9, 0), (8, 0), (16, 16)), last="2026-02-01T02:50:00.000Z")
    conversions = log("conversion_log", *spans((9, 0), (8, 0), (16, 0)))
    shown = seen(attempts, conversions, row("conversion_log"), row("attempt_log", answer_status="403"))
    assert alarms(shown) == {"unannounced-partner-change"}


def test_an_outage_that_lasts_is_no_change_of_the_partner() -> None:
    times = (*spans((9, 0), (8, 0), (16, 16)), *spans((0, 0), (0, 0), (16, 16), kind="time-5xx"))
    shown = seen(log("attempt_log", *times, last="2026-02-01T02:50:00.000Z"), row("attempt_log", answer_status="502"))
    assert alarms(shown) == {"receiver-5xx-block"}


def codes(shown: Example) -> set[str]:
    return {item.code for item in checks.findings_of("event", shown.case)}


THREE = {
    "never attempted": ((), "postback-url-missing"),
    "attempted and refused": ((row("attempt_log", answer_status="400"),), "attempt-refused"),
    "accepted but not counted": ((row("attempt_log", answer_status="200"),), "accepted-not-counted"),
}


@pytest.mark.parametrize(("rows", "code"), THREE.values(), ids=THREE.keys())
def test_the_three_cases_are_told_apart(rows: tuple[LogRow, ...], code: str) -> None:
    files = [log("conversion_log"), log("attempt_log"), log("partner_log")]
    found = codes(seen(*files, row("conversion_log"), *rows))
    assert found & {"postback-url-missing", "attempt-refused", "accepted-not-counted"} == {code}


SAID = {
    "Goal not found in campaign": "event-or-goal-name-mismatch",
    "Conversion status is not pending": "status-change-on-final",
    "PixelTrackingNotAllowed": "pixel-s2s-mode-mismatch",
    "Капа на сегодня достигнута": "conversion-cap-or-throttle",
    "This offer is not active": "offer-inactive",
}


@pytest.mark.parametrize(("message", "code"), SAID.items(), ids=SAID.values())
def test_a_platforms_own_words_name_the_fault(message: str, code: str) -> None:
    shown = example(partner_message=message, conversion_seen="yes", attempt_seen="yes", network="affise_reach")
    assert alarms(shown) == {code}


def test_a_reason_in_a_row_of_the_partner_is_read() -> None:
    reason = LogRow("partner_log", 3, {"click_id": CLICK, "match": "exact"}, {"Decline reason": "Daily cap exceeded"})
    assert alarms(seen(log("partner_log"), reason)) == {"conversion-cap-or-throttle"}

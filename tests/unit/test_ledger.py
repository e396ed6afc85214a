"""Where each identifier was seen, and where it first broke."""

import json
from collections.abc import Mapping

import pytest

from postback_wizard.domain.case import Case, StepId, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.ledger import LedgerRow, carrier, ledger, unlooked
from postback_wizard.domain.probe import (
    Answer,
    Evidence,
    HttpEvidence,
    LogEvidence,
    LogRow,
    LogSource,
    SentRequest,
    Verdicts,
)

AT = "2026-03-01T10:00:00.000Z"
CLICK = "clk-998877"


def case(evidence: Mapping[StepId, tuple[Evidence, ...]] | None = None, **facts: object) -> Case:
    known = Facts().with_values(facts)
    records: dict[str, StepRecord] = {
        step: StepRecord(step, known, AT, Verdict.CLEAR, evidence=items) for step, items in (evidence or {}).items()
    }
    return Case("c", AT, known, records=records)


def hop(number: int, url: str, status: int = 302) -> HttpEvidence:
    answer = Answer(status)
    verdicts = Verdicts("ok", "redirect" if 300 <= status < 400 else "success")
    return HttpEvidence("trace", AT, "answered", ("OK",), SentRequest("GET", url, ""), answer, verdicts, hop=number)


def log(role: str, **values: str) -> LogEvidence:
    columns = dict.fromkeys((*values, "click_id"), "x")
    rows = (LogRow(role, 1, values),) if values else ()
    return LogEvidence("reconcile", AT, ("OK",), (LogSource(role, f"{role}.csv", 1, columns=columns),), rows)


def row(found: Case, name: str) -> LedgerRow:
    return next(item for item in ledger(found) if item.name == name)


def seen(found: Case, name: str) -> dict[str, str | None]:
    return {entry.place: entry.value for entry in row(found, name).seen}


def test_a_case_without_identifiers_has_no_rows() -> None:
    assert ledger(case(click_url="https://t.example/")) == ()


def test_hops_before_the_click_id_is_minted_are_no_break() -> None:
    trace = (hop(1, "https://t.example/c?sub=1"), hop(2, f"https://o.example/?cid={CLICK}"))
    found = case({"click": trace}, click_url="https://t.example/c?sub=1", click_id=CLICK)
    assert (seen(found, "click_id"), row(found, "click_id").first_break) == (
        {"click_url": None, "hop 1": None, "hop 2": CLICK},
        "",
    )


def test_the_hop_after_which_the_click_id_is_gone_is_the_break() -> None:
    trace = (
        hop(1, f"https://t.example/c?cid={CLICK}"),
        hop(2, "https://m.example/"),
        hop(3, "https://o.example/", 200),
    )
    assert row(case({"click": trace}, click_id=CLICK), "click_id").first_break == "hop 2"


def test_the_last_hop_is_the_landing_page_when_it_does_not_redirect() -> None:
    assert "landing" in seen(
        case({"click": (hop(1, f"https://t.example/?c={CLICK}", 200),)}, click_id=CLICK), "click_id"
    )


def test_a_click_id_in_other_letters_is_a_break() -> None:
    trace = (hop(1, f"https://t.example/?cid={CLICK}"), hop(2, f"https://o.example/?cid={CLICK.upper()}"))
    found = row(case({"click": trace}, click_id=CLICK), "click_id")
    assert (found.seen[1].value, found.first_break) == (CLICK.upper(), "hop 2")


def test_a_click_id_encoded_twice_is_a_break() -> None:
    trace = (hop(1, "https://t.example/?cid=a%2Bb778899"), hop(2, "https://o.example/?cid=a%252Bb778899"))
    assert row(case({"click": trace}, click_id="a+b778899"), "click_id").first_break == "hop 2"


def test_a_click_id_under_another_name_is_still_there() -> None:
    trace = (hop(1, f"https://t.example/?cid={CLICK}"), hop(2, f"https://o.example/?sub5={CLICK}"))
    assert row(case({"click": trace}, click_id=CLICK), "click_id").first_break == ""


def test_a_click_id_inside_a_nested_url_is_there() -> None:
    trace = (
        hop(1, f"https://t.example/?cid={CLICK}"),
        hop(2, f"https://o.example/?u=https%3A%2F%2Fx%2F%3Fc%3D{CLICK}"),
    )
    assert row(case({"click": trace}, click_id=CLICK), "click_id").first_break == ""


def test_a_changed_value_under_the_same_name_is_shown() -> None:
    trace = (hop(1, f"https://t.example/?cid={CLICK}"), hop(2, "https://o.example/?cid=another"))
    assert seen(case({"click": trace}, click_id=CLICK), "click_id")["hop 2"] == "another"


def test_an_ad_click_id_has_a_row_of_its_own() -> None:
    trace = (hop(1, "https://t.example/?fbclid=IwAR123"), hop(2, "https://o.example/"))
    found = row(case({"click": trace}, click_url="https://t.example/?fbclid=IwAR123"), "fbclid")
    assert found.first_break == "hop 2"


def test_an_ad_click_id_inside_the_uploads_own_form_is_there() -> None:
    event = '{"data": [{"user_data": {"fbc": "fb.1.1700000000000.IwAR123456"}}]}'
    found = case(click_url="https://t.example/?fbclid=IwAR123456", upload_event=event)
    assert (seen(found, "fbclid")["upload_event"], row(found, "fbclid").first_break) == ("IwAR123456", "")


def test_an_ad_click_id_missing_from_the_upload_is_a_break() -> None:
    found = case(click_url="https://t.example/?fbclid=IwAR123456", upload_event='{"data": [{"event_name": "Lead"}]}')
    assert row(found, "fbclid").first_break == "upload_event"


def test_a_macro_sent_as_itself_is_the_break_of_the_click_id() -> None:
    found = case(
        {"event": (log("conversion_log", click_id=CLICK),)},
        click_id=CLICK,
        template="https://p.example/pb?cid={clickid}",
        sent_request="https://p.example/pb?cid={clickid}",
    )
    assert (seen(found, "click_id"), row(found, "click_id").first_break) == (
        {"conversion_log": CLICK, "template": "{clickid}", "sent_request": "{clickid}"},
        "sent_request",
    )


def test_a_click_id_missing_from_a_log_that_was_read_is_a_break() -> None:
    logs = LogEvidence(
        "reconcile",
        AT,
        ("OK",),
        tuple(LogSource(role, "x", 5, columns={"click_id": "c"}) for role in ("click_log", "partner_log")),
        (LogRow("click_log", 1, {"click_id": CLICK}),),
    )
    assert row(case({"event": (logs,)}, click_id=CLICK), "click_id").first_break == "partner_log"


def test_a_log_without_the_column_is_not_a_place() -> None:
    found = case(
        {"event": (log("click_log", click_id=CLICK),)}, click_id=CLICK, payout="1", sent_request="https://p/?payout=1"
    )
    assert "click_log" not in seen(found, "payout")


def test_a_log_that_could_not_be_read_is_not_a_place() -> None:
    broken = LogEvidence("reconcile", AT, (), (LogSource("click_log", "x", problem="missing"),))
    found = case({"event": (broken,)}, click_id=CLICK, sent_request=f"https://p.example/?cid={CLICK}")
    assert "click_log" not in seen(found, "click_id")


@pytest.mark.parametrize(("sent", "at"), [("12.5", ""), ("12.500", ""), ("12,50", ""), ("1250", "sent_request")])
def test_amounts_are_compared_as_numbers(sent: str, at: str) -> None:
    found = case(
        {"event": (log("conversion_log", payout="12.50"),)},
        click_id=CLICK,
        template="https://p.example/pb?sum={payout}",
        sent_request=f"https://p.example/pb?sum={sent}",
    )
    assert row(found, "payout").first_break == at


def test_a_currency_in_small_letters_is_a_break() -> None:
    found = case(
        {"event": (log("conversion_log", currency="USD"),)},
        click_id=CLICK,
        sent_request="https://p.example/pb?currency=usd",
    )
    assert row(found, "currency").first_break == "sent_request"


def test_a_status_in_the_receivers_own_words_is_no_break() -> None:
    found = case(
        {"event": (log("conversion_log", status="approved"),)},
        click_id=CLICK,
        sent_request="https://p.example/pb?status=1",
    )
    assert (seen(found, "status")["sent_request"], row(found, "status").first_break) == ("1", "")


def test_an_answer_that_does_not_repeat_the_click_id_is_no_break() -> None:
    replay = HttpEvidence(
        "replay",
        AT,
        "answered",
        ("OK_2XX",),
        SentRequest("GET", f"https://p.example/?cid={CLICK}", ""),
        Answer(200, (), "OK"),
    )
    found = case({"replay": (replay,)}, click_id=CLICK)
    assert ("answer" in seen(found, "click_id"), row(found, "click_id").first_break) == (False, "")


def test_the_request_that_was_really_sent_counts_before_the_one_pasted() -> None:
    replay = HttpEvidence("replay", AT, "sent", (), SentRequest("GET", f"https://p.example/?cid={CLICK}", ""))
    found = case({"replay": (replay,)}, click_id=CLICK, sent_request="https://p.example/?cid=old-value-1")
    assert seen(found, "click_id")["sent_request"] == CLICK


def test_the_parameter_that_carries_the_click_id_is_known_by_its_value() -> None:
    assert carrier(case(click_id=CLICK, sent_request=f"https://p.example/?x=1&zz={CLICK}")) == "zz"


def test_the_parameter_that_should_carry_the_click_id_is_known_from_the_template() -> None:
    assert carrier(case(template="https://p.example/?x=1&zz={clickid}")) == "zz"


def test_a_macro_sent_as_itself_is_a_break_when_only_a_person_knows_the_click_id() -> None:
    found = case(
        click_id=CLICK, sent_request="https://p.example/pb?cid={clickid}", template="https://p.example/pb?cid={clickid}"
    )
    assert row(found, "click_id").first_break == "sent_request"


def test_a_live_trace_that_mints_another_click_id_is_no_break() -> None:
    trace = (hop(1, "https://t.example/?c=1"), hop(2, "https://o.example/?cid=new-click-1", 200))
    found = case({"click": trace}, click_id=CLICK, sent_request=f"https://p.example/pb?cid={CLICK}")
    assert row(found, "click_id").first_break == ""


def test_a_fbclid_inside_fbc_is_no_break() -> None:
    event = '{"data":[{"event_source_url":"https://shop.example/","user_data":{"fbc":"fb.1.1795461900000.IwARPZx9xIOHMKvD"}}]}'
    facts = Facts(click_url="https://a.example/?fbclid=IwARPZx9xIOHMKvD", upload_event=event)
    row = next(row for row in ledger(Case(id="x", opened_at="2026-03-01T10:00:00.000Z", facts=facts)))
    assert (row.name, row.first_break) == ("fbclid", "")


# -- goals, times and the browser's event --------------------------------------------------------------------------


def event_at(seconds: int) -> str:
    return json.dumps({"data": [{"event_name": "Purchase", "event_time": seconds, "event_id": "ORD-1042"}]})


def test_times_are_compared_as_instants_in_whatever_zone_and_unit_they_are_written() -> None:
    logs = log("conversion_log", click_id=CLICK, time="2026-03-01T13:00:00+03:00")
    found = case({"event": (logs,)}, click_id=CLICK, upload_event=event_at(1772359200))
    assert row(found, "conversion_time").first_break == ""


def test_a_time_in_another_zone_breaks_where_it_stands() -> None:
    logs = log("conversion_log", click_id=CLICK, time="2026-03-01T10:00:00Z")
    found = case({"event": (logs,)}, click_id=CLICK, upload_event=event_at(1772359200 + 3 * 3600))
    assert row(found, "conversion_time").first_break == "upload_event"


def test_a_goal_is_followed_from_the_log_into_the_request() -> None:
    logs = log("conversion_log", click_id=CLICK, goal="deposit")
    found = case({"event": (logs,)}, click_id=CLICK, sent_request="https://t.example/p?goal=deposit")
    assert seen(found, "goal") == {"conversion_log": "deposit", "sent_request": "deposit"}


def test_the_browsers_event_is_a_place_of_the_order() -> None:
    browser = json.dumps({"event": "Purchase", "transaction_id": "ORD-1042"})
    found = case(transaction_id="ORD-1042", upload_event=event_at(1772359200), browser_event=browser)
    assert seen(found, "transaction_id")["browser_event"] == "ORD-1042"


def test_a_place_nobody_looked_at_is_named_apart_from_one_that_lacks_the_value() -> None:
    found = row(case(click_id=CLICK, sent_request=f"https://t.example/p?cid={CLICK}"), "click_id")
    assert "click_log" in unlooked(found)
    assert "sent_request" not in unlooked(found)

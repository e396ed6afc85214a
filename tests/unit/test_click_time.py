"""The time a click ID carries: a hint that fills a gap, says so, and never stands over a person or a log."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.checks import findings_of
from postback_wizard.checks.click_time import carried_clicks, carried_moment
from postback_wizard.checks.samples import chain, hop
from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.finding import Confidence, Finding, Level, Verdict
from postback_wizard.domain.probe import Evidence, HarEvidence, LogEvidence, LogRow, LogSource
from postback_wizard.domain.step import Settings
from postback_wizard.engine import absorb
from postback_wizard.report.markdown import render
from postback_wizard.steps.words import origin

AT = "2026-03-01T10:00:00.000Z"
#: Made 2026-02-28 21:15:30 UTC.
ULID = "01KJK1PGAGW5V6X7Y8Z9A1B2C3"
MADE = "2026-02-28T21:15:30.000Z"
#: Made at the same second, as an ObjectId.
OBJECT_ID = "69a35af25f2b3c4d5e6f7a8b"
FBC = '{"data": [{"user_data": {"fbc": "fb.1.1772313330000.IwAR0x"}}]}'


def case(**facts: Any) -> Case:
    return Case(id="c", opened_at=AT).learn(facts, "typed")


def run(known: Case, step: Any, *evidence: Evidence) -> Case:
    """The case after a run of a step that heard this."""
    return absorb(known, StepRecord(step, known.facts, AT, Verdict.CLEAR, evidence=evidence), Settings())


def judged(folder: str, known: Case, code: str) -> list[Finding]:
    return [item for item in findings_of(folder, known) if item.code == code]


def logged(time: str) -> LogEvidence:
    file = LogSource("click_log", "clicks.csv", rows=9, columns={"click_id": "clickid", "time": "time"})
    return LogEvidence(
        "lookup", AT, ("OK",), (file,), (LogRow("click_log", 3, {"click_id": ULID, "time": time, "match": "exact"}),)
    )


# -- the fact ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        {"click_id": ULID},
        {"click_url": f"https://trk.example/c?sub_id={ULID}"},
        {"sent_request": f"curl 'https://trk.example/p?clickid={ULID}'"},
        {"upload_event": FBC},
    ],
    ids=["click_id", "click_url", "sent_request", "fbc"],
)
def test_an_unknown_click_time_is_read_out_of_an_id(facts: dict[str, str]) -> None:
    known = run(case(**facts), "template")
    assert (known.facts.click_time, known.origins["click_time"]) == (MADE, "click:hint")


def test_a_recorded_hop_is_read_too() -> None:
    recorded = HarEvidence("har", AT, "c.har", ("OK",), chain("https://a.example/", f"https://b.example/?cid={ULID}"))
    assert run(case(), "click", recorded).facts.click_time == MADE


def test_an_id_our_own_trace_was_given_tells_nothing_about_the_click_that_is_looked_for() -> None:
    hops = (
        hop(1, "https://a.example/", f"https://b.example/?clickid={ULID}"),
        hop(2, f"https://b.example/?clickid={ULID}"),
    )
    known = run(case(click_url="https://a.example/"), "click", *hops)
    assert (known.facts.click_id, known.facts.click_time) == (ULID, "")


def test_a_conversions_own_id_tells_nothing_about_the_click() -> None:
    assert carried_clicks(case(sent_request=f"https://trk.example/p?transaction_id={ULID}")) == ()


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "read out of the click ID, a hint"), ("ru", "прочитано из click ID, намёк")]
)
def test_its_origin_says_that_it_is_a_hint(lang: str, said: str) -> None:
    assert origin("click:hint", lang) == said


def test_a_time_that_was_typed_stays() -> None:
    assert run(case(click_id=ULID, click_time="2026-02-01T00:00:00Z"), "template").facts.click_time.startswith(
        "2026-02-01"
    )


def test_a_time_in_the_click_log_takes_the_place_of_the_hint() -> None:
    known = run(run(case(click_id=ULID), "template"), "event", logged("2026-02-28T21:15:31.000Z"))
    assert (known.facts.click_time, known.origins["click_time"]) == ("2026-02-28T21:15:31.000Z", "event")


def test_the_hint_does_not_take_the_place_of_a_time_in_the_click_log() -> None:
    known = run(case(click_id=ULID), "event", logged("2026-02-28T21:15:31.000Z"))
    assert run(known, "template").origins["click_time"] == "event"


def test_a_hint_somebody_threw_out_does_not_come_back() -> None:
    cleared = run(case(click_id=ULID), "template").type("click_time", "")
    assert run(cleared, "template").facts.click_time == ""


def test_a_hint_goes_with_the_id_it_came_from() -> None:
    known = run(case(click_id=ULID), "template").type("click_id", "w7k2m9")
    assert run(known, "template").facts.click_time == ""


def test_a_form_that_others_take_by_chance_fills_nothing_in() -> None:
    known = case(click_id=OBJECT_ID)
    assert (bool(carried_clicks(known)), carried_moment(known), run(known, "template").facts.click_time) == (
        True,
        None,
        "",
    )


def test_a_form_that_others_take_by_chance_is_not_believed_when_the_time_is_years_ago() -> None:
    assert carried_clicks(case(click_id="507f1f77bcf86cd799439011")) == ()


@given(st.text(max_size=80))
def test_nothing_raises_whatever_the_case_holds(text: str) -> None:
    known = case(click_id=text, click_url=f"https://a.example/?cid={text}", sent_request=text, upload_event=text)
    assert isinstance(carried_clicks(known), tuple)


# -- proposals ---------------------------------------------------------------------------------------------------


def test_a_proposal_somebody_emptied_is_not_made_again() -> None:
    proposed = case().derive({"tracker": "keitaro"}, "click")
    assert proposed.type("tracker", "").derive({"tracker": "keitaro"}, "click").facts.tracker == ""


def test_a_proposal_somebody_corrected_letter_by_letter_is_not_made_again() -> None:
    proposed = (
        case().derive({"tracker": "keitaro"}, "click").type("tracker", "").type("tracker", "b").type("tracker", "")
    )
    assert proposed.derive({"tracker": "keitaro"}, "click").facts.tracker == ""


def test_a_field_that_was_typed_and_emptied_before_any_proposal_may_be_filled_in() -> None:
    assert (
        case().type("tracker", "x").type("tracker", "").derive({"tracker": "keitaro"}, "click").facts.tracker
        == "keitaro"
    )


# -- step 1 ------------------------------------------------------------------------------------------------------


def test_the_click_step_says_when_the_id_says_the_click_was_and_why() -> None:
    (found,) = judged("click", case(click_id=ULID), "click-id-carries-time")
    assert (found.values["time"], found.values["kind"], found.confidence) == (
        "2026-02-28 21:15:30",
        "ULID",
        Confidence.HINT,
    )


def test_the_click_step_names_the_platforms_of_the_click_ids() -> None:
    (found,) = judged("click", case(click_url="https://a.example/?gclid=Cj0&x=1&fbclid=IwAR0"), "click-ids-known")
    assert found.values["ids"] == "gclid (Google Ads), fbclid (Meta)"


@pytest.mark.parametrize("url", ["https://a.example/?gclid={gclid}", "https://a.example/?gclid=", "https://a.example/"])
def test_a_macro_or_nothing_is_nobodys_click_id(url: str) -> None:
    assert judged("click", case(click_url=url), "click-ids-known") == []


def test_a_value_that_breaks_the_stated_shape_is_said_to() -> None:
    (found,) = judged(
        "click", case(click_url="https://a.example/?_ef_transaction_id=4f6a1c9e0b7d"), "click-id-shape-odd"
    )
    assert (found.values["platform"], found.level, found.confidence) == ("Everflow", Level.WARN, Confidence.LIKELY)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "0123456789abcdef0123456789abcdef",
            "{transaction_id}",
            "%7Btransaction_id%7D",
            "test",
            "TEST-12",
            "",
            "REPLACE",
        ),
        *("12345", "xxxxxxxx", "YOUR_ID", "your_click_id"),
    ],
)
def test_right_values_macros_and_test_values_keep_their_peace(value: str) -> None:
    assert judged("click", case(click_url=f"https://a.example/?_ef_transaction_id={value}"), "click-id-shape-odd") == []


@pytest.mark.parametrize("name", ["gclid", "fbclid", "clickid", "sub_id"])
def test_a_shape_nobody_stated_is_never_odd(name: str) -> None:
    assert judged("click", case(click_url=f"https://a.example/?{name}=51ts6sgr1"), "click-id-shape-odd") == []


# -- step 4 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("receiver", "odd"), [("affise", 1), ("Affise", 1), ("keitaro", 0), ("", 0), ("my own", 0)])
def test_a_sent_id_is_held_against_the_shape_its_receiver_states(receiver: str, odd: int) -> None:
    known = case(receiver=receiver, sent_request="https://offers-n.affise.com/postback?clickid=5f2b3c4d5e&sum=12.50")
    assert len(judged("template", known, "sent-id-shape-odd")) == odd


def test_a_sent_id_of_the_stated_shape_is_not_mentioned() -> None:
    known = case(receiver="affise", sent_request=f"https://offers-n.affise.com/postback?clickid={OBJECT_ID}&sum=1")
    assert judged("template", known, "sent-id-shape-odd") == []


# -- step 2 ------------------------------------------------------------------------------------------------------


def test_a_given_time_a_day_off_the_ids_own_is_a_hint() -> None:
    (found,) = judged("event", case(click_id=ULID, click_time="2026-02-20T10:00:00Z"), "click-time-disagrees")
    assert (found.confidence, found.values["days"]) == (Confidence.HINT, "8")


@pytest.mark.parametrize(
    "time", ["2026-02-28T21:15:00Z", "2026-03-01T20:00:00Z", "2026-02-28T01:00:00+03:00", "", "no"]
)
def test_a_time_within_a_day_or_no_time_at_all_does_not_disagree(time: str) -> None:
    assert judged("event", case(click_id=ULID, click_time=time), "click-time-disagrees") == []


@pytest.mark.parametrize("facts", [{"click_id": OBJECT_ID}, {"upload_event": FBC}], ids=["weak", "fbc"])
def test_only_an_id_of_this_click_and_of_a_telling_form_disagrees(facts: dict[str, str]) -> None:
    assert judged("event", case(click_time="2026-02-20T10:00:00Z", **facts), "click-time-disagrees") == []


def test_a_hint_is_not_held_against_itself() -> None:
    known = run(case(click_id=ULID, upload_event=FBC.replace("17723", "17700")), "template")
    assert judged("event", known, "click-time-disagrees") == []


OLD = "2025-11-20T10:00:00"
LATE = "2026-03-01T09:30:00Z"


def outside(**facts: Any) -> list[Finding]:
    return judged("event", case(**{"conversion_time": LATE, **facts}), "click-outside-window")


def test_two_told_times_and_a_fixed_window_are_certain() -> None:
    (found,) = outside(network="everflow", click_time=f"{OLD}Z")
    assert (found.confidence, found.level) == (Confidence.CERTAIN, Level.BAD)
    assert (found.values["platform"], found.values["window"], found.values["age"]) == ("Everflow", "90", "100")


@pytest.mark.parametrize(
    ("facts", "confidence"),
    [
        ({"network": "everflow", "click_time": OLD}, Confidence.LIKELY),
        ({"network": "offer18", "click_time": f"{OLD}Z"}, Confidence.LIKELY),
        ({"network": "everflow", "click_id": "01KAGB9R80W5V6X7Y8Z9A1B2C3"}, Confidence.LIKELY),
        ({"network": "offer18", "click_id": "01KAGB9R80W5V6X7Y8Z9A1B2C3"}, Confidence.HINT),
        ({"source": "google_ads", "click_time": f"{OLD}Z"}, Confidence.LIKELY),
    ],
    ids=["no-zone", "default-window", "carried", "carried-default", "source"],
)
def test_whatever_is_less_is_less_sure(facts: dict[str, str], confidence: Confidence) -> None:
    assert [found.confidence for found in outside(**facts)] == [confidence]


def test_a_platform_that_was_only_guessed_makes_nothing_certain() -> None:
    known = case(click_time=f"{OLD}Z", conversion_time=LATE).derive({"network": "everflow"}, "click")
    (found,) = judged("event", known, "click-outside-window")
    assert found.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    "facts",
    [
        {"network": "affise", "click_time": f"{OLD}Z"},
        {"network": "nobody knows", "click_time": f"{OLD}Z"},
        {"click_time": f"{OLD}Z"},
        {"network": "everflow"},
        {"network": "everflow", "click_time": "2026-02-20T10:00:00Z"},
        {"network": "everflow", "click_time": "2026-05-01T10:00:00Z"},
        {"network": "everflow", "click_time": f"{OLD}Z", "conversion_time": ""},
        {"sender": "everflow", "click_time": f"{OLD}Z"},
    ],
    ids=["no-window", "unknown", "nobody", "no-click", "inside", "before", "no-conversion", "sender"],
)
def test_a_blank_window_or_a_young_click_says_nothing(facts: dict[str, str]) -> None:
    assert outside(**facts) == []


def test_a_default_window_is_named_where_only_that_is_passed() -> None:
    (found,) = outside(network="everflow", click_time="2026-01-15T10:00:00Z")
    assert (found.values["window"], found.level) == ("30", Level.WARN)


def test_a_click_time_somebody_threw_out_is_not_read_out_of_the_id_again() -> None:
    known = run(case(click_id="01KAGB9R80W5V6X7Y8Z9A1B2C3", network="everflow", conversion_time=LATE), "template")
    assert judged("event", known.type("click_time", ""), "click-outside-window") == []


def test_the_click_log_counts_more_than_what_was_typed() -> None:
    known = case(click_id=ULID, network="everflow", click_time="2026-02-28T10:00:00Z", conversion_time=LATE)
    seen = replace(
        known, records={"event": StepRecord("event", known.facts, AT, Verdict.CLEAR, evidence=(logged(f"{OLD}Z"),))}
    )
    assert len(judged("event", seen, "click-outside-window")) == 1


# -- the report --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "words"), [("en", "as its ID says"), ("ru", "судя по его ID")])
def test_the_timeline_says_that_the_time_is_a_hint(lang: str, words: str) -> None:
    assert words in render(run(case(click_id=ULID), "template"), lang).text


def test_a_partner_is_not_asked_about_a_time_that_is_a_hint() -> None:
    text = render(run(case(click_id=ULID), "template"), "en").text
    asked = text.partition("Questions")[2].partition("Appendix")[0]
    assert "2026-02-28" not in asked

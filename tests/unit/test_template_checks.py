"""The template step: every planted fault gives its one finding, and healthy pairs give none."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard import checks
from postback_wizard.domain.finding import Finding, Level, Owner, Rule
from postback_wizard.domain.step import Settings
from postback_wizard.domain.template import read_values
from postback_wizard.steps.template import TEMPLATE

BASE = "https://trk.example/postback"
SAVED = f"{BASE}?cid={{clickid}}&payout={{payout}}"


@pytest.fixture(autouse=True)
def _crashes_are_raised() -> Iterator[None]:
    checks.guard_checks = False
    yield
    checks.guard_checks = True


def judge(**facts: Any) -> list[Finding]:
    return list(checks.findings_of("template", checks.example(**facts).case))


def faults(**facts: Any) -> list[str]:
    return [finding.code for finding in judge(**facts) if finding.level in (Level.BAD, Level.WARN)]


RULES = [(module, rule, shown) for module in checks.modules("template") for rule, shown in module.EXAMPLES.items()]


@pytest.mark.parametrize(("module", "rule", "shown"), RULES, ids=[rule.code for _, rule, _ in RULES])
def test_an_example_raises_exactly_its_rule(module: object, rule: Rule, shown: checks.Example) -> None:
    assert [finding.code for finding in module.check(shown.case)] == [rule.code]  # type: ignore[attr-defined]  # a module


@pytest.mark.parametrize(
    ("template", "sent"),
    [
        (SAVED, f"{BASE}?cid=c1f7&payout=12.50"),
        (SAVED, f"curl '{BASE}?cid=c1f7&payout=12.50'"),
        (f"{BASE}/{{clickid}}?s=a_{{sub}}", f"{BASE}/c1f7?s=a_b"),
        ("https://{domain}/postback?cid={clickid}", f"{BASE}?cid=c1f7"),
        (f"{BASE}?s2=#s2#&price=#price#", f"{BASE}?s2=c1f7&price=3"),
        (f"{BASE}?cid={{clickid}}&url={{url}}", f"{BASE}?cid=c1&url=https%3A%2F%2Fx.example%2F%3Fq%3Da%2520b"),
        (f"{BASE}?cid=%7Bclickid%7D", f"{BASE}?cid=c1f7"),
        (f"{BASE}?cid={{clickid}}&st={{status:lead=0 sale=1}}&q=100%25", f"{BASE}?cid=c1f7&st=1&q=100%25"),
    ],
)
def test_a_healthy_pair_is_said_to_be_filled_and_nothing_else(template: str, sent: str) -> None:
    assert [finding.code for finding in judge(template=template, sent_request=sent)] == ["macros-filled"]


@pytest.mark.parametrize(
    ("code", "template", "sent"),
    [
        ("macro-literal", SAVED, f"{BASE}?cid={{clickid}}&payout=1"),
        ("macro-literal", SAVED, f"{BASE}?cid=%7Bclickid%7D&payout=1"),
        ("macro-literal", SAVED, f"{BASE}?cid=%257Bclickid%257D&payout=1"),
        ("macro-literal", "", f"{BASE}/%5BCLICK_ID%5D?payout=1"),
        ("macro-literal", "", f"curl -d 'cid=#cid#&sum=1' {BASE}"),
        ("macro-literal", "", f"curl -H 'X-Click: {{clickid}}' '{BASE}?a=1'"),
        ("macro-empty", SAVED, f"{BASE}?cid=&payout=1"),
        ("macro-empty", f"{BASE}?cid=x_{{clickid}}", f"{BASE}?cid=x_"),
        ("macro-empty", SAVED, f"{BASE}?cid=c1f7&payout="),
        ("macro-braces-encoded", f"{BASE}?cid=%7Bclickid%7D", ""),
        ("macro-braces-encoded", f"{BASE}?cid=%257Bclickid%257D", f"{BASE}?cid=%257Bclickid%257D"),
        ("macro-braces-encoded", f"{BASE}?cid=%7Bclickid%7D", f"{BASE}?cid="),
        ("placeholder-left-in", f"{BASE}?cid=REPLACE", ""),
        ("placeholder-left-in", f"{BASE}?cid=REPLACE", f"{BASE}?cid=REPLACE"),
        ("placeholder-left-in", "", f"{BASE}?cid=c1f7&txid=OPTIONAL"),
        ("value-double-encoded", SAVED, f"{BASE}?cid=a%252Bb&payout=1"),
        ("template-version-drift", SAVED, f"{BASE}?clickid=c1f7&payout=1"),
        ("live-request-unreadable", SAVED, "it was sent yesterday"),
    ],
)
def test_a_planted_fault_gives_its_one_finding(code: str, template: str, sent: str) -> None:
    assert faults(template=template, sent_request=sent) == [code]


def test_the_finding_names_the_parameter_and_the_macro_without_encoding() -> None:
    finding = judge(sent_request=f"{BASE}?cid=%7Bclickid%7D")[-1]
    assert (finding.where, finding.values["param"], finding.values["macro"]) == (
        "sent_request: cid",
        "cid",
        "{clickid}",
    )


def test_a_lost_click_id_is_a_fault_and_a_lost_payout_a_warning() -> None:
    found = judge(template=SAVED, sent_request=f"{BASE}?cid=&payout=")
    assert [finding.level for finding in found] == [Level.BAD, Level.WARN]


def test_with_the_value_known_the_template_is_to_blame_for_an_empty_one() -> None:
    found = judge(template=SAVED, sent_request=f"{BASE}?cid=&payout=1", click_id="c1f7")
    assert (found[0].owner, found[0].values["known"]) == (Owner.TEMPLATE_OWNER, "c1f7")


def test_without_the_value_known_the_capture_at_the_click_is_to_blame() -> None:
    assert judge(template=SAVED, sent_request=f"{BASE}?cid=&payout=1")[0].owner is Owner.AFFILIATE


def test_double_encoding_is_certain_against_a_known_value() -> None:
    found = judge(sent_request=f"{BASE}?cid=a%252Bb", click_id="a+b")
    assert [finding.level for finding in found] == [Level.INFO, Level.BAD]


def test_a_known_value_that_holds_percent_signs_is_not_encoded_twice() -> None:
    assert faults(sent_request=f"{BASE}?cid=a%252Bb", click_id="a%2Bb") == []


def test_what_a_log_line_does_not_show_is_only_hinted_at() -> None:
    template = f"curl -X POST -d 'cid={{clickid}}' {BASE}"
    found = judge(template=template, sent_request=f"POST {BASE} 200")
    assert [(finding.code, finding.level, finding.confidence) for finding in found] == [
        ("template-version-drift", Level.WARN, "hint")
    ]


def test_json_bodies_are_compared_leaf_by_leaf() -> None:
    template = f'curl -d \'{{"a": {{"cid": "{{clickid}}"}}}}\' {BASE}'
    sent = f'curl -d \'{{"a": {{"cid": ""}}}}\' {BASE}'
    assert faults(template=template, sent_request=sent) == ["macro-empty"]


def test_a_hash_inside_a_macro_does_not_end_the_query() -> None:
    assert [(value.name, value.text) for value in read_values("https://t.example/?s2=#s2#&p=#p#")][1:] == [
        ("s2", "#s2#"),
        ("p", "#p#"),
    ]


@given(template=st.text(max_size=80), sent=st.text("{}[]#%$&=?/:.htps 'x2570", max_size=80))
def test_no_text_makes_a_check_raise(template: str, sent: str) -> None:
    known = [rule.code for _, rule, _ in RULES]
    assert all(finding.code in known for finding in judge(template=template, sent_request=sent))


def test_the_step_asks_the_world_nothing() -> None:
    assert TEMPLATE.plan(checks.example(template=SAVED).case, (), Settings()) == ()


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("payout-format-unit", {"sent_request": f"{BASE}?cid=c1f7&payout=%2435"}),
        ("payout-format-unit", {"sent_request": f"{BASE}?cid=c1f7&sum=1%20234,56"}),
        ("payout-format-unit", {"sent_request": f"{BASE}?cid=c1f7&payout=1250", "payout": "12.50"}),
        ("payout-format-unit", {"sent_request": f"{BASE}?cid=c1f7&payout=0.125", "payout": "12.50"}),
        ("payout-static-or-overridden", {"template": f"{BASE}?cid={{clickid}}&payout=7", "payout": "12.50"}),
        ("currency-mismatch", {"sent_request": f"{BASE}?cid=c1f7&currency=%E2%82%AC", "currency": "EUR"}),
        ("currency-mismatch", {"template": f"{BASE}?cid={{clickid}}&currency=EUR", "currency": "USD"}),
        ("param-name-mismatch", {"template": f"{BASE}?click-id={{clickid}}", "receiver": "evadav"}),
        ("param-name-mismatch", {"template": f"{BASE}?CID=CID&type=1&OID={{txid}}", "receiver": "cj"}),
        (
            "own-id-instead-of-external-id",
            {"template": f"{BASE}?data={{clickid}}", "sender": "binom_v2", "receiver": "kadam"},
        ),
        ("value-not-encoded", {"sent_request": f"{BASE}?cid=a+b&payout=1", "click_id": "a+b"}),
        ("value-not-encoded", {"sent_request": f"{BASE}?goal=A&B&cid=c1f7", "goal": "A&B"}),
        ("value-not-encoded", {"sent_request": f"{BASE}?goal=lead#2&cid=c1f7"}),
    ],
)
def test_a_fault_that_needs_the_facts_or_the_receiver_is_named(code: str, facts: dict[str, Any]) -> None:
    assert code in faults(**facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"sent_request": f"{BASE}?cid=c1f7&payout=12.50&currency=usd", "payout": "12.5", "currency": "USD"},
        {"sent_request": f"{BASE}?cid=c1f7&payout=0", "payout": "12.5"},
        {"sent_request": f"{BASE}?cid=c1f7&price=%23price%23x"},
        {"template": f"{BASE}?cid={{clickid}}&payout={{payout}}&currency={{currency}}", "currency": "USD"},
        {"template": f"{BASE}?clickid={{clickid}}&payout={{payout}}&type=goal1", "receiver": "adxad"},
        {"template": f"{BASE}?click_id={{externalid}}&payout={{payout}}", "sender": "binom_v2", "receiver": "evadav"},
        {"template": f"{BASE}?cid={{clickid}}&payout={{payout}}", "sender": "binom_v2", "receiver": "voluum"},
        {"sent_request": f"{BASE}?goal=A%26B&cid=c1f7", "goal": "A&B"},
        {"sent_request": f"{BASE}?goal=Sign+up&cid=c1f7", "goal": "Sign up"},
        {"sent_request": f"{BASE}?cid=a%2Bb", "click_id": "a+b"},
    ],
)
def test_what_is_written_rightly_is_no_fault_of_amount_name_or_encoding(facts: dict[str, Any]) -> None:
    told = {"payout-format-unit", "payout-static-or-overridden", "currency-mismatch", "param-name-mismatch"}
    more = {"own-id-instead-of-external-id", "value-not-encoded", "txn-id-missing"}
    assert not (told | more) & set(faults(**facts))

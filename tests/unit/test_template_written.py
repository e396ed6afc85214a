"""Characters, escapes, hosts and versions of a template, each fault at its exact place; any text put together again."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard import checks
from postback_wizard.domain.aligned import aligned
from postback_wizard.domain.drift import compare
from postback_wizard.domain.finding import Finding, Level
from postback_wizard.domain.oddities import oddities
from postback_wizard.domain.roundtrip import SAMPLES, trip
from postback_wizard.domain.structure import faults
from postback_wizard.domain.template import read_values
from postback_wizard.domain.url import split_url

BASE = "https://trk.example/postback"
SAVED = f"{BASE}?cid={{clickid}}&payout={{payout}}"
#: Text that looks like a URL, with everything that could divide it.
URLISH = st.text(
    st.sampled_from([*"abc:/?#[]@!$&'()*+,;=%{}._-~ \t\n\\^|<>\"`0123456789яü🙂\u200b\ud800"]), max_size=60
)


@pytest.fixture(autouse=True)
def _crashes_are_raised() -> Iterator[None]:
    checks.guard_checks = False
    yield
    checks.guard_checks = True


def judge(**facts: Any) -> list[Finding]:
    return list(checks.findings_of("template", checks.example(**facts).case))


def alarms(**facts: Any) -> list[Finding]:
    return [finding for finding in judge(**facts) if finding.level in (Level.BAD, Level.WARN)]


@pytest.mark.parametrize(
    ("template", "code", "faulty"),
    [
        (f"{BASE}?cid={{click\u200bid}}", "template-invisible-characters", "\u200b"),
        (f"{BASE}?cid\u00a0={{clickid}}", "template-invisible-characters", "\u00a0"),
        (f"\ufeff{SAVED}", "template-invisible-characters", "\ufeff"),
        (f"{SAVED}  ", "template-invisible-characters", "  "),
        (f"{BASE}?cid={{clickid}}&\r\n  payout={{payout}}", "template-invisible-characters", "\r\n  "),
        (f"{BASE}?cid=\u201c{{clickid}}\u201d", "template-look-alike-characters", "\u201c"),
        (f"{BASE}?\u0441id={{clickid}}", "template-look-alike-characters", "\u0441"),
        (f"{BASE}?cid={{clickid}}\uff06payout={{payout}}", "template-look-alike-characters", "\uff06"),
        (f"{BASE}?cid={{clickid}}&goal=5%off", "template-escape-broken", "%"),
        (f"{BASE}?cid={{clickid}}&goal=%C3%28", "template-escape-broken", "%C3"),
        ("trk.example/p?cid={clickid}", "template-scheme", "trk.example"),
        ("https://256.1.1.1/p?cid={clickid}", "template-not-a-url", "256.1.1.1"),
        ("https://trk^.example/p?cid={clickid}", "template-not-a-url", "^.example"),
        ("https://trk.example:99999/p?cid={clickid}", "template-not-a-url", ":99999"),
        (f"{BASE}?payout={{payout}}?cid={{clickid}}", "template-structure-broken", "?cid="),
        (f"{BASE}?payout={{payout}}&amp;cid={{clickid}}", "template-structure-broken", "&amp;cid="),
        (f"{BASE}?cid={{clickid}}#top", "template-structure-broken", "#top"),
        (f"{BASE}?cid={{clickid}}&CID={{sub1}}", "template-param-twice", "CID={sub1}"),
    ],
)
def test_one_fault_is_one_finding_at_its_exact_place(template: str, code: str, faulty: str) -> None:
    (found,) = alarms(template=template)
    place = template[int(found.values["start"]) : int(found.values["end"])]
    assert (found.code, place) == (code, faulty)


@pytest.mark.parametrize(
    ("sent", "how"),
    [
        (f"{BASE}?payout=1&cid=c1f7", ("filled", "filled")),
        (f"{BASE}?CID=c1f7&payout=1", ("renamed", "filled")),
        (f"{BASE}?cid=c1f7", ("filled", "missing")),
        (f"{BASE}?cid=c1f7&payout=1&x=2", ("filled", "filled", "extra")),
        (f"{BASE}?cid=&payout={{payout}}", ("empty", "literal")),
        (f"{BASE}?cid=9.50&payout=c1f7", ("swapped", "swapped")),
    ],
)
def test_parameters_are_aligned_whatever_their_order_and_case(sent: str, how: tuple[str, ...]) -> None:
    case = checks.example(template=SAVED, sent_request=sent, click_id="c1f7", payout="9.50").case
    assert tuple(item.how for item in aligned(case)) == how


def test_two_that_changed_places_are_one_finding() -> None:
    found = alarms(
        template=f"{BASE}?cid={{clickid}}&txid={{txid}}",
        sent_request=f"{BASE}?cid=A-1&txid=c1f7",
        click_id="c1f7",
        transaction_id="A-1",
    )
    assert [finding.code for finding in found] == ["template-value-in-wrong-param"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sender_that_encodes_loses_no_sample(sample: str) -> None:
    assert trip(SAVED, "cid", sample).arrives


@pytest.mark.parametrize(
    ("sample", "form", "strict"),
    [("a&b=c", "a", "a"), ("a+b", "a b", "a+b"), ("a#b;c", "a", "a"), ("two words", "two words", "two words")],
)
def test_a_sender_that_does_not_encode_is_told_by_what_is_read(sample: str, form: str, strict: str) -> None:
    way = trip(SAVED, "cid", sample, encodes=False)
    assert (way.form, way.strict) == (form, strict)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_value_a_sender_encodes_is_read_as_it_was(value: str) -> None:
    assert trip(SAVED, "cid", value).strict == value


def test_versions_are_compared_canonically() -> None:
    before = f"{BASE}?cid={{clickid}}&sum={{payout}}&a=%2f&gone=1"
    after = "https://TRK.example/postback?payout={payout}&a=%2F&cid={subid}&new=2"
    assert [str(change) for change in compare(before, after)] == [
        "sum → payout",
        "cid={clickid} → cid={subid}",
        "−gone=1",
        "+new=2",
        "⇅ a, cid",
    ]


def test_a_request_of_the_version_before_is_told_so() -> None:
    found = judge(
        template=SAVED, previous_template=f"{BASE}?cid={{clickid}}&p={{x}}", sent_request=f"{BASE}?cid=c1&p=2"
    )
    assert "template-previous-in-force" in [finding.code for finding in found]


def test_a_secret_is_told_without_being_shown() -> None:
    (found,) = [item for item in judge(template=f"{SAVED}&token=k3v9x7q2m4w8z6t1") if "secret" in item.code]
    assert "k3v9x7q2m4w8z6t1" not in str(found.values)


@given(URLISH)
def test_any_text_taken_apart_is_the_same_text_put_together(text: str) -> None:
    assert str(split_url(text)) == text


@given(URLISH)
def test_values_stand_where_they_say(text: str) -> None:
    values = read_values(f"https://trk.example/{text}")
    whole = f"https://trk.example/{text}"
    assert [value.text for value in values if value.start >= 0] == [
        whole[value.start : value.end] for value in values if value.start >= 0
    ]


@given(URLISH)
def test_no_text_stops_a_check(text: str) -> None:
    for template in (text, f"https://{text}", f"https://trk.example/p?{text}"):
        assert isinstance(judge(template=template, sent_request=text), list)
        assert all(0 <= odd.start <= odd.end <= len(template) for odd in oddities(template))
        faults(template)

"""Every kind of difference between a template and what really left has its finding, at the exact place."""

from collections.abc import Iterator
from typing import Any

import pytest

from postback_wizard import checks
from postback_wizard.domain.finding import Level

BASE = "https://trk.example/postback"
SAVED = f"{BASE}?cid={{clickid}}&payout={{payout}}"
KNOWN = {"template": SAVED, "click_id": "c1f7", "payout": "9.50"}

#: A kind of difference: what is known beside KNOWN, the finding, and the text it points at.
LIVE: dict[str, tuple[dict[str, str], str, str]] = {
    "literal macro": ({"sent_request": f"{BASE}?cid={{clickid}}&payout=9.50"}, "macro-literal", "{clickid}"),
    "literal macro, encoded": (
        {"sent_request": f"{BASE}?cid=%7Bclickid%7D&payout=9.50"},
        "macro-literal",
        "%7Bclickid%7D",
    ),
    "empty value": ({"sent_request": f"{BASE}?cid=&payout=9.50"}, "macro-empty", "cid="),
    "value in the wrong parameter": (
        {"sent_request": f"{BASE}?cid=9.50&payout=c1f7"},
        "template-value-in-wrong-param",
        "9.50",
    ),
    "extra": ({"sent_request": f"{BASE}?cid=c1f7&payout=9.50&x=2"}, "template-version-drift", "2"),
    "missing": ({"sent_request": f"{BASE}?cid=c1f7"}, "template-version-drift", ""),
    "renamed": ({"sent_request": f"{BASE}?click=c1f7&payout=9.50"}, "template-version-drift", "c1f7"),
    "renamed by case alone": ({"sent_request": f"{BASE}?CID=c1f7&payout=9.50"}, "template-version-drift", "c1f7"),
    "changed value": (
        {"template": f"{SAVED}&goal=lead", "sent_request": f"{BASE}?cid=c1f7&payout=9.50&goal=sale"},
        "template-version-drift",
        "sale",
    ),
    "wrong format": ({"sent_request": f"{BASE}?cid=c1f7&payout=9,50"}, "payout-format-unit", "9,50"),
    "encoded twice": (
        {"click_id": "a+b", "sent_request": f"{BASE}?cid=a%252Bb&payout=9.50"},
        "value-double-encoded",
        "a%252Bb",
    ),
    "not encoded": ({"click_id": "a+b", "sent_request": f"{BASE}?cid=a+b&payout=9.50"}, "value-not-encoded", "a+b"),
    "encoded braces": (
        {"template": SAVED.replace("{clickid}", "%7Bclickid%7D"), "sent_request": f"{BASE}?cid=%7Bclickid%7D&payout=1"},
        "macro-braces-encoded",
        "%7Bclickid%7D",
    ),
    "plus against %20": (
        {"template": f"{SAVED}&goal=first+sale", "sent_request": f"{BASE}?cid=c1f7&payout=9.50&goal=first%20sale"},
        "template-version-drift",
        "first%20sale",
    ),
    "raw &": ({"click_id": "a&b", "sent_request": f"{BASE}?cid=a&b&payout=9.50"}, "value-not-encoded", "a"),
    "raw #": ({"click_id": "a#b", "sent_request": f"{BASE}?cid=a#b&payout=9.50"}, "value-not-encoded", "a"),
    "raw ;": ({"click_id": "a;b", "sent_request": f"{BASE}?cid=a;b&payout=9.50"}, "value-not-encoded", "a;b"),
    "raw space": ({"click_id": "a b", "sent_request": f"{BASE}?cid=a b&payout=9.50"}, "value-not-encoded", "a b"),
    "invalid UTF-8": ({"sent_request": f"{BASE}?cid=%C3%28&payout=9.50"}, "template-escape-broken", "%C3"),
    "doubled key": (
        {"sent_request": f"{BASE}?cid=c1f7&cid=c2&payout=9.50"},
        "template-version-drift",
        "c2",
    ),
    "word of the documentation": (
        {"sent_request": f"{BASE}?cid=CLICK_ID&payout=9.50"},
        "placeholder-left-in",
        "CLICK_ID",
    ),
    "another currency": (
        {"currency": "USD", "sent_request": f"{BASE}?cid=c1f7&payout=9.50&currency=EUR"},
        "currency-mismatch",
        "EUR",
    ),
    "invisible character": (
        {"sent_request": f"{BASE}?cid=c1\u200bf7&payout=9.50"},
        "template-invisible-characters",
        "\u200b",
    ),
}

#: The same of a template nobody has sent yet.
SAVED_SO = {
    "mixed-case hex": (f"{SAVED}&goal=a%2fb%2Fc", "template-escape-case-mixed", "%2f"),
    "invalid UTF-8": (f"{SAVED}&goal=%C3%28", "template-escape-broken", "%C3"),
    "plus that two decoders read apart": (f"{SAVED}&goal=a+b", "template-decoders-disagree", "a+b"),
    "second ?": (f"{BASE}?payout={{payout}}?cid={{clickid}}", "template-structure-broken", "?cid="),
    "doubled key": (f"{SAVED}&cid={{sub}}", "template-param-twice", "cid={sub}"),
    "key that differs by case": (f"{SAVED}&CID={{sub}}", "template-param-twice", "CID={sub}"),
    "fragment": (f"{SAVED}#top", "template-structure-broken", "#top"),
    "missing scheme": ("trk.example/p?cid={clickid}", "template-scheme", "trk.example"),
    "trailing spaces": (f"{SAVED}  ", "template-invisible-characters", "  "),
    "no-break space": (SAVED.replace("cid=", "cid=\u00a0"), "template-invisible-characters", "\u00a0"),
    "zero-width space": (SAVED.replace("cid=", "cid=\u200b"), "template-invisible-characters", "\u200b"),
    "byte order mark": (f"\ufeff{SAVED}", "template-invisible-characters", "\ufeff"),
    "curly quotes": (
        SAVED.replace("{clickid}", "\u201c{clickid}\u201d"),
        "template-look-alike-characters",
        "\u201c",
    ),
    "look-alike letter": (SAVED.replace("cid=", "\u0441id="), "template-look-alike-characters", "\u0441"),
    "line break": (SAVED.replace("&", "&\n"), "template-invisible-characters", "\n"),
}


@pytest.fixture(autouse=True)
def _crashes_are_raised() -> Iterator[None]:
    checks.guard_checks = False
    yield
    checks.guard_checks = True


def pointed_at(code: str, **facts: Any) -> list[str]:
    """What the findings of this code point at, in the text they name."""
    found = checks.findings_of("template", checks.example(**facts).case)
    return [
        facts[item.where.partition(":")[0]][int(item.values["start"]) : int(item.values["end"])]
        for item in found
        if item.code == code and item.level is not Level.GOOD and "start" in item.values
    ]


@pytest.mark.parametrize("kind", LIVE)
def test_a_difference_of_the_live_request_is_found_at_its_place(kind: str) -> None:
    facts, code, place = LIVE[kind]
    assert place in pointed_at(code, **{**KNOWN, **facts})


@pytest.mark.parametrize("kind", SAVED_SO)
def test_a_fault_of_the_template_alone_is_found_at_its_place(kind: str) -> None:
    template, code, place = SAVED_SO[kind]
    assert place in pointed_at(code, template=template)

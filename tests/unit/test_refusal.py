"""Everyday words of refusal: what they are about, and which ordinary sentences are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.domain.refusal import RefusalKind, refusal_kind

WORDS: list[tuple[str, RefusalKind, str]] = [
    ("invalid token", "token", ""),
    ("auth_token mismatch", "token", ""),
    ("Security token is invalid", "token", ""),
    ("API key is missing", "token", ""),
    ("Неверный токен", "token", ""),
    ("Invalid signature", "signature", ""),
    ("bad hash", "signature", ""),
    ("Checksum does not match", "signature", ""),
    ("Неверная подпись", "signature", ""),
    ("IP is not in the whitelist", "allowlist", ""),
    ("Your IP 1.2.3.4 is not allowed", "allowlist", ""),
    ("IP denied", "allowlist", ""),
    ("domain shop.example not whitelisted", "allowlist", ""),
    ("missing required parameter clickid", "missing", "clickid"),
    ("Missing parameter: goal", "missing", "goal"),
    ("cid is missing", "missing", "cid"),
    ('Parameter "goal" is required', "missing", "goal"),
    ("required: click_id", "missing", "click_id"),
    ("Missing required parameters", "missing", ""),
    ("Параметр clickid не передан", "missing", "clickid"),
    ("Unknown offer", "account", ""),
    ("Wrong network id", "account", ""),
    ("Advertiser not found", "account", ""),
]
ORDINARY = [
    "",
    "ok",
    "conversion recorded",
    "click not found",
    "no such click",
    "The offer is paused",
    "Goal not found in campaign",
    "duplicate conversion",
    "Conversion is required to be unique",
    "payout is not an amount",
    "your token was accepted",
    "Hello from the partner network",
]


@pytest.mark.parametrize(("words", "kind", "name"), WORDS)
def test_words_of_refusal_are_understood(words: str, kind: RefusalKind, name: str) -> None:
    assert refusal_kind(words) == (kind, name)


@pytest.mark.parametrize("words", ORDINARY)
def test_other_words_are_left_alone(words: str) -> None:
    assert refusal_kind(words) == (None, "")


@given(st.text(max_size=800))
def test_any_text_is_read_without_an_error(words: str) -> None:
    kind, name = refusal_kind(words)
    assert name == "" or kind == "missing"

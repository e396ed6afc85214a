"""Customer data: normalised as Meta documents it, and each wrong digest called by its mistake."""

import hashlib

import pytest

from postback_wizard.catalogue import meta
from postback_wizard.domain.customer import (
    HASHED_KEYS,
    OPEN_KEYS,
    RAW_KEYS,
    hash_mistake,
    hash_value,
    looks_hashed,
    normalise,
    raw_value,
)

RAW = "  Jane.Doe+news@Gmail.com "


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("key", "raw", "expected"),
    [
        ("em", RAW, "jane.doe+news@gmail.com"),
        ("ph", "+1 (650) 555-12-12", "16505551212"),
        ("ph", "0044 7911 123456", "447911123456"),
        ("fn", " Mary-Ann. ", "maryann"),
        ("ln", "Valéry", "valéry"),
        ("ct", "New York", "newyork"),
        ("st", "CA", "ca"),
        ("zp", "SW1A 1AA", "sw1a1aa"),
        ("country", "US", "us"),
        ("db", "1990-02-28", "19900228"),
        ("ge", "Female", "f"),
        ("external_id", " User 42 ", "user42"),
    ],
)
def test_a_value_is_brought_into_the_documented_form(key: str, raw: str, expected: str) -> None:
    assert normalise(key, raw) == expected


def test_the_digest_is_that_of_the_normalised_value() -> None:
    assert hash_value("em", RAW).startswith("f41439c944a763c9")


@pytest.mark.parametrize(
    ("value", "mistake"),
    [
        (sha256("jane.doe+news@gmail.com"), ""),
        (sha256("jane.doe+news@gmail.com") + ".AQYBAQIA", ""),
        (RAW, "not-hashed"),
        (hashlib.md5(b"x").hexdigest(), "md5"),  # noqa: S324 - the mistake itself
        (hashlib.sha1(b"x").hexdigest(), "sha1"),  # noqa: S324 - the mistake itself
        (sha256("jane.doe+news@gmail.com").upper(), "upper-case"),
        (sha256("jane.doe+news@gmail.com")[:-1], "wrong-length"),
        (sha256(sha256("jane.doe+news@gmail.com")), "hashed-twice"),
        (sha256(RAW), "hashed-before-normalising"),
        (sha256(RAW.strip()), "hashed-before-normalising"),
        ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "empty-string"),
        (sha256("somebody@else.example"), "other-value"),
        ("SLOqDAtRNNtzeCHoGpJTDnSGoUUZ7r9vNQVLvPqGuLE=", "base64"),
    ],
)
def test_each_wrong_digest_is_called_by_its_mistake(value: str, mistake: str) -> None:
    assert hash_mistake(value, RAW, "em") == mistake


def test_without_the_raw_value_a_well_formed_digest_is_taken_as_right() -> None:
    assert hash_mistake(sha256(RAW), "", "em") == ""


@pytest.mark.parametrize("form", ["mary ann", "maryann"])
def test_inner_spaces_of_a_name_may_stay_or_go(form: str) -> None:
    assert hash_mistake(sha256(form), "Mary Ann", "fn") == ""


def test_an_external_id_may_be_plain() -> None:
    assert hash_mistake("user-42", "", "external_id") == ""


def test_a_hashed_user_agent_is_a_mistake() -> None:
    assert hash_mistake(sha256("Mozilla/5.0"), "", "client_user_agent") == "raw-field-hashed"


@pytest.mark.parametrize(
    ("value", "expected"), [(sha256("a"), True), (sha256("a").upper(), False), ("a@b.example", False)]
)
def test_only_lower_case_sha_256_looks_hashed(value: str, expected: bool) -> None:
    assert looks_hashed(value) is expected


def test_raw_data_is_found_by_short_and_by_plain_names() -> None:
    assert (raw_value({"email": "a@b"}, "em"), raw_value({"ph": "7"}, "ph")) == ("a@b", "7")


def test_the_catalogue_names_the_same_keys() -> None:
    api = meta()
    assert (set(api.hashed), set(api.may_be_hashed), set(api.raw)) == (set(HASHED_KEYS), set(OPEN_KEYS), set(RAW_KEYS))

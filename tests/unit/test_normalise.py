"""Customer data is made uniform as each platform documents it; unknown stays blank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.catalogue import upload_apis
from postback_wizard.domain.normalise import (
    KINDS,
    STEP_NAMES,
    KeyRule,
    hashed,
    normalise,
    normaliser,
    raw_value,
    sha256,
    valid,
)
from postback_wizard.domain.phones import e164

JANE = "  Jane.Doe+news@Gmail.com "
RULES = {
    (api.id, rule.at): rule
    for api in upload_apis().values()
    for rule in (api.hashing.keys if api.hashing else ())
    if rule.recipe
}
META, TIKTOK, GOOGLE, MANAGER = "meta_capi", "tiktok_events_api", "google_ads_click_conversions", "google_data_manager"
UET, SNAP, PIN, LINKEDIN = "microsoft_uet_capi", "snapchat_capi_v3", "pinterest_capi_v5", "linkedin_capi"
REDDIT, X = "reddit_capi_v3", "x_capi"
EMAILS = {
    META: "user_data.em",
    TIKTOK: "user.email",
    GOOGLE: "userIdentifiers[].hashedEmail",
    MANAGER: "userData.userIdentifiers[].emailAddress",
    UET: "userData.em",
    SNAP: "user_data.em",
    PIN: "user_data.em",
    LINKEDIN: "user.userIds[idType=SHA256_EMAIL].idValue",
    REDDIT: "user.email",
    X: "identifiers[].hashed_email",
}
PHONES = {
    META: "user_data.ph",
    SNAP: "user_data.ph",
    PIN: "user_data.ph",
    TIKTOK: "user.phone",
    GOOGLE: "userIdentifiers[].hashedPhoneNumber",
    MANAGER: "userData.userIdentifiers[].phoneNumber",
    UET: "userData.ph",
    REDDIT: "user.phone_number",
    X: "identifiers[].hashed_phone_number",
}
WITHOUT_PLUS = (META, SNAP, PIN)


def made(api: str, at: str, raw: str, region: str = "") -> str:
    rule = RULES[api, at]
    return normalise(rule.kind, rule.recipe, raw, region)


@pytest.mark.parametrize(
    ("apis", "expected", "digest"),
    [
        ((META, SNAP, PIN, TIKTOK, LINKEDIN, X), "jane.doe+news@gmail.com", "f41439c944a763c9"),
        ((GOOGLE, MANAGER), "janedoe+news@gmail.com", "d3b270ea0941753c"),
        ((UET, REDDIT), "janedoe@gmail.com", "d6117306485ed0e5"),
    ],
)
def test_one_e_mail_has_three_digests(apis: tuple[str, ...], expected: str, digest: str) -> None:
    for api in apis:
        rule = RULES[api, EMAILS[api]]
        assert (made(api, EMAILS[api], JANE), hashed("email", rule.recipe, JANE)[:16]) == (expected, digest)


@pytest.mark.parametrize(
    ("raw", "kept", "google", "bare"),
    [
        ("A.B@googlemail.com", "a.b@googlemail.com", "ab@googlemail.com", "ab@googlemail.com"),
        ("a.b+c@Corp.example", "a.b+c@corp.example", "a.b+c@corp.example", "ab@corp.example"),
        ("\tann@example.com\n", "ann@example.com", "ann@example.com", "ann@example.com"),
        ("Müller@Beispiel.de", "müller@beispiel.de", "müller@beispiel.de", "müller@beispiel.de"),
        ("ИВАН@почта.рф", "иван@почта.рф", "иван@почта.рф", "иван@почта.рф"),
        ("a.b@gmail.com.example", "a.b@gmail.com.example", "a.b@gmail.com.example", "ab@gmail.com.example"),
        ("+@gmail.com", "+@gmail.com", "+@gmail.com", ""),
        (".@gmail.com", ".@gmail.com", "", ""),
        ("no at sign", "", "", ""),
        ("   ", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_e_mails_by_the_rule_of_each_platform(raw: str, kept: str, google: str, bare: str) -> None:
    expected = {**dict.fromkeys((META, SNAP, PIN, TIKTOK, X), kept), GOOGLE: google, MANAGER: google, UET: bare}
    assert {api: made(api, EMAILS[api], raw) for api in expected} == expected


def test_white_space_inside_an_address_goes_only_where_the_platform_says_so() -> None:
    assert (made(LINKEDIN, EMAILS[LINKEDIN], "ann @ example.com"), made(META, EMAILS[META], "ann @ example.com")) == (
        "ann@example.com",
        "",
    )


@pytest.mark.parametrize(
    ("raw", "region", "expected"),
    [
        ("+1 (650) 555-12-12", "", "16505551212"),
        ("1-650-555-1212", "", "16505551212"),
        ("(650) 555-1212", "US", "16505551212"),
        ("(650) 555-1212", "", ""),
        ("0044 7911 123456", "", "447911123456"),
        ("+44 (0)7911 123456", "", "447911123456"),
        ("07911 123456", "GB", "447911123456"),
        ("8 (912) 345-67-89", "RU", "79123456789"),
        ("89123456789", "", ""),
        ("+7 912 345 67 89", "", "79123456789"),
        ("079 123 45 67", "ch", "41791234567"),
        ("+49 1512 3456789", "", "4915123456789"),
        ("+55 (11) 91234-5678", "", "5511912345678"),
        ("+91 98765 43210", "", "919876543210"),
        ("+39 06 698 12345", "", "390669812345"),
        ("+1 650 555 1212 ext. 7", "", "16505551212"),
        ("٠٩١٢٣٤٥٦٧٨٩", "IR", "989123456789"),
        ("call me", "", ""),
        ("123", "US", ""),
        ("", "US", ""),
        ("+999 123 456 789", "", ""),
    ],
)
def test_one_phone_has_two_forms(raw: str, region: str, expected: str) -> None:
    made_of = {api: made(api, at, raw, region) for api, at in PHONES.items()}
    plus = f"+{expected}" if expected else ""
    assert made_of == {api: expected if api in WITHOUT_PLUS else plus for api in PHONES}


@pytest.mark.parametrize(
    ("api", "at", "raw", "expected"),
    [
        (META, "user_data.fn", " Mary-Ann. ", "maryann"),
        (META, "user_data.fn", "José", "josé"),
        (META, "user_data.ln", "Valéry", "valéry"),
        (META, "user_data.ln", "О'Нил", "онил"),
        (META, "user_data.fn", "정", "정"),
        (META, "user_data.ln", "ΑΛΕΞΊΟΥ", "αλεξίου"),
        (META, "user_data.ct", "New York", "newyork"),
        (META, "user_data.ct", "Saint-Étienne", "saintétienne"),
        (META, "user_data.st", "CA", "ca"),
        (META, "user_data.st", "Île-de-France", "îledefrance"),
        (META, "user_data.zp", "94035-1234", "94035"),
        (META, "user_data.zp", "SW1A 1AA", "sw1a1"),
        (META, "user_data.zp", "101000", "101000"),
        (META, "user_data.country", "US", "us"),
        (META, "user_data.country", "Germany", ""),
        (META, "user_data.db", "1990-02-28", "19900228"),
        (META, "user_data.db", "28.02.1990", "19900228"),
        (META, "user_data.db", "19900228", "19900228"),
        (META, "user_data.db", "02/03/1990", ""),
        (META, "user_data.db", "1990-02-30", ""),
        (META, "user_data.ge", "Female", "f"),
        (META, "user_data.ge", "m", "m"),
        (META, "user_data.ge", "x", ""),
        (META, "user_data.external_id", " User 42 ", "user42"),
        (TIKTOK, "user.first_name", " Mary Ann ", "maryann"),
        (TIKTOK, "user.zip_code", "SW1A 1AA", "sw1a1aa"),
        (TIKTOK, "user.external_id", " User42 ", "user42"),
        (GOOGLE, "userIdentifiers[].addressInfo.hashedFirstName", " Anne-Marie ", "anne-marie"),
        (GOOGLE, "userIdentifiers[].addressInfo.hashedStreetAddress", " 1 Main St. ", "1 main st."),
        (MANAGER, "userData.userIdentifiers[].address.familyName", "Šmíd", "šmíd"),
        (SNAP, "user_data.fn", " Ann ", "ann"),
        (SNAP, "user_data.ct", "Los Angeles", "los angeles"),
        (SNAP, "user_data.ge", "Male", "m"),
        (PIN, "user_data.ct", "St. Louis", "stlouis"),
        (PIN, "user_data.zp", "94035-1234", "940351234"),
        (PIN, "user_data.ln", "O'Neil", "o'neil"),
        (PIN, "user_data.ge", "n", "n"),
    ],
)
def test_other_keys_by_the_rule_of_each_platform(api: str, at: str, raw: str, expected: str) -> None:
    assert made(api, at, raw) == expected


@pytest.mark.parametrize("key", RULES, ids=lambda key: ":".join(key))
def test_a_digest_is_never_hashed_again(key: tuple[str, str]) -> None:
    digest = sha256("jane.doe@gmail.com")
    assert hashed(RULES[key].kind, RULES[key].recipe, f" {digest.upper()} ") == digest


@pytest.mark.parametrize("key", RULES, ids=lambda key: ":".join(key))
@pytest.mark.parametrize("raw", ["", "   ", "\t\n", "\u00a0"])
def test_blank_stays_blank(key: tuple[str, str], raw: str) -> None:
    assert hashed(RULES[key].kind, RULES[key].recipe, raw) == ""


def test_without_a_documented_rule_nothing_is_made() -> None:
    assert hashed("email", (), JANE) == ""


def test_placeholders_are_values_like_any_other_to_a_recipe() -> None:
    assert [made(META, at, "null") for at in ("user_data.em", "user_data.ph", "user_data.fn")] == ["", "", "null"]


WORDS = (
    st.text(max_size=30)
    | st.text(st.sampled_from("aZ.+@ -gmailco\tпÉ ıİßς'1\u0301"), max_size=24)
    | st.from_regex(r"[ ]?[A-Za-z.+]{1,12}@(gmail|googlemail|corp)\.com[ ]?", fullmatch=True)
    | st.from_regex(r"\+?[0-9][0-9 ()\-]{5,16}", fullmatch=True)
)
REGIONS = st.sampled_from(("", "US", "GB", "RU", "de", "zz", "éé", "USA"))


@given(key=st.sampled_from(sorted(RULES)), raw=WORDS, region=REGIONS)
def test_a_second_time_changes_nothing_and_the_form_is_always_valid(
    key: tuple[str, str], raw: str, region: str
) -> None:
    rule = RULES[key]
    once = normalise(rule.kind, rule.recipe, raw, region)
    assert once == "" or valid(rule.kind, once) or len(once) == 64
    assert normalise(rule.kind, rule.recipe, once, region) == once


@given(kind=st.sampled_from(sorted(KINDS)), recipe=st.lists(st.sampled_from(STEP_NAMES), max_size=5), raw=st.text())
def test_no_recipe_and_no_text_makes_it_raise(kind: str, recipe: list[str], raw: str) -> None:
    found = normalise(kind, tuple(recipe), raw)
    assert found == "" or valid(kind, found) or len(found) == 64


@given(st.from_regex(r"\+(1|7|44|49|33|39|55|91|971|998)[0-9]{6,11}", fullmatch=True))
def test_the_short_way_of_reading_a_phone_agrees_with_the_library(number: str) -> None:
    assert e164(number) == e164(f" {number}")


def test_every_documented_e_mail_and_phone_key_is_in_the_tables_above() -> None:
    kinds = {key: rule.kind for key, rule in RULES.items()}
    assert {key for key, kind in kinds.items() if kind == "email"} == set(EMAILS.items())
    assert {key for key, kind in kinds.items() if kind == "phone"} == set(PHONES.items())


def test_raw_data_is_found_by_short_and_by_plain_names() -> None:
    customer = {"email": " ", "em": "a@b", "tel": "7"}
    assert (raw_value(customer, "email"), raw_value(customer, "phone"), raw_value(customer, "city")) == ("a@b", "7", "")


def test_a_recipe_runs_its_steps_in_order() -> None:
    assert normaliser(("digits", "first-letter"))("a12") == "1"


def test_a_key_without_recipe_is_never_compared() -> None:
    assert KeyRule("x", "email").recipe == ()

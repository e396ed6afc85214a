"""Every wrong digest is called by the mistake that made it, and no right one is accused."""

import base64
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.catalogue import upload_apis
from postback_wizard.catalogue.matching import others_of
from postback_wizard.checks.hash_words import MEND, WRONG
from postback_wizard.domain.hash_mistake import MISTAKES, HashMistake, Other, name_mistake, wrong_rows
from postback_wizard.domain.normalise import KeyRule, normalise, normaliser, sha256
from postback_wizard.domain.phones import without_country

RULES = [(api, rule) for api in upload_apis().values() for rule in (api.hashing.keys if api.hashing else ())]
COMPARED = [(api.id, rule) for api, rule in RULES if rule.recipe]
EM = KeyRule("user_data.em", "email", recipe=("trim", "lower"), appendix=True)
GMAIL = KeyRule("email", "email", recipe=("trim", "lower", "gmail-dots"))
BARE = KeyRule("em", "email", recipe=("trim", "dots", "plus-part", "lower"))
PH = KeyRule("user_data.ph", "phone", recipe=("e164-digits",))
PLUS = KeyRule("user.phone", "phone", recipe=("e164",))
FN = KeyRule("user.first_name", "first_name", recipe=("lower", "no-spaces"))
CT = KeyRule("user_data.ct", "city", recipe=("lower", "no-punctuation", "no-spaces"))
DB = KeyRule("user_data.db", "birth_date", recipe=("date",))
ZP = KeyRule("user_data.zp", "postal_code", recipe=("lower", "no-spaces", "no-dashes", "short-postcode"))
ID = KeyRule("user_data.external_id", "external_id", "may", ("lower", "no-spaces"))
AGENT = KeyRule("user_data.client_user_agent", "", "no")
JANE = "  Jane.Doe+news@Gmail.com "
FORM = "jane.doe+news@gmail.com"
PHONE = "+44 (0)7911 123456"


def code(rule: KeyRule, sent: str, raw: str = "", api: str = "meta_capi", region: str = "") -> str:
    others = tuple(Other(*item) for item in others_of(rule.kind, api))
    return "".join(item.code for _, item in wrong_rows(rule, [sent], [raw], others=others, region=region))


def hexed(algorithm: str, text: str) -> str:
    return hashlib.new(algorithm, text.encode()).hexdigest()


def base64_of(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.mark.parametrize(
    ("rule", "sent", "raw", "expected"),
    [
        (EM, sha256(FORM), JANE, ""),
        (EM, sha256(FORM) + ".AQYBAQIA", JANE, ""),
        (EM, FORM, "", "not-hashed"),
        (EM, hexed("md5", FORM), "", "md5"),
        (EM, hexed("sha1", FORM), "", "sha1"),
        (EM, hexed("sha512", FORM), "", "other-algorithm"),
        (EM, sha256(FORM).upper(), "", "upper-case"),
        (EM, sha256(FORM)[:-1], "", "wrong-length"),
        (EM, f"sha256:{sha256(FORM)}", "", "decorated"),
        (EM, base64_of(FORM), "", "base64"),
        (EM, base64_of(FORM).rstrip("="), "", "base64"),
        (EM, base64.b64encode(sha256(FORM).encode()).decode(), "", "base64"),
        (EM, sha256(""), "", "empty-string"),
        (EM, sha256("null"), "", "placeholder"),
        (EM, sha256("undefined"), "", "placeholder"),
        (EM, sha256("test@test.com"), "", "placeholder"),
        (EM, sha256("{{email}}"), JANE, "placeholder"),
        (EM, "{{email}}", "", "placeholder"),
        (EM, "null", "", "placeholder"),
        (EM, sha256("em"), "", "field-name"),
        (EM, sha256("email"), JANE, "field-name"),
        (EM, sha256(sha256(FORM)), JANE, "hashed-twice"),
        (EM, sha256(hexed("md5", FORM)), JANE, "hashed-twice"),
        (EM, sha256(JANE.lower()), JANE, "not-trimmed"),
        (EM, sha256(JANE.strip()), JANE, "not-lower-cased"),
        (EM, sha256(JANE), JANE, "hashed-before-normalising"),
        (EM, sha256("janedoe+news@gmail.com"), JANE, "dots-removed"),
        (EM, sha256("jane.doe@gmail.com"), JANE, "plus-part-removed"),
        (EM, sha256("janedoe@gmail.com"), JANE, "other-platform"),
        (EM, sha256(json.dumps([FORM])), JANE, "wrapped"),
        (EM, sha256(json.dumps({"em": FORM})), JANE, "wrapped"),
        (EM, sha256(f'"{FORM}"'), JANE, "wrapped"),
        (EM, sha256("somebody@else.example"), JANE, "other-value"),
        (EM, sha256(sha256(FORM)), sha256(FORM), "hashed-twice"),
        (EM, sha256(FORM), sha256(FORM).upper(), ""),
        (GMAIL, sha256("janedoe+news@gmail.com"), JANE, ""),
        (GMAIL, sha256(FORM), JANE, "dots-kept"),
        (GMAIL, sha256("janedoe@gmail.com"), JANE, "plus-part-removed"),
        (BARE, sha256("janedoe+news@gmail.com"), JANE, "plus-part-kept"),
        (BARE, sha256("jane.doe@gmail.com"), JANE, "dots-kept"),
        (BARE, sha256(FORM), JANE, "other-platform"),
        (PH, sha256("447911123456"), PHONE, ""),
        (PH, sha256("+447911123456"), PHONE, "plus-sign-kept"),
        (PLUS, sha256("447911123456"), PHONE, "plus-sign-missing"),
        (PH, sha256("07911123456"), PHONE, "country-code-missing"),
        (PLUS, sha256("7911123456"), PHONE, "country-code-missing"),
        (PH, sha256("00447911123456"), PHONE, "leading-zeros-kept"),
        (PH, sha256("4407911123456"), PHONE, "trunk-zero-kept"),
        (PLUS, sha256(PHONE), PHONE, "separators-kept"),
        (PH, sha256("6505551212"), "(650) 555-1212", "country-code-missing"),
        (PH, sha256("1234567890"), "", "placeholder"),
        (FN, sha256("mary ann"), "Mary Ann", "spaces-kept"),
        (FN, sha256("MaryAnn"), "Mary Ann", "not-lower-cased"),
        (FN, sha256("jose"), "José", "accents-removed"),
        (FN, hashlib.sha256("josé".encode("latin-1")).hexdigest(), "José", "wrong-encoding"),
        (FN, hashlib.sha256("иван".encode("cp1251")).hexdigest(), "Иван", "wrong-encoding"),
        (FN, sha256("jose\u0301"), "José", ""),
        (CT, sha256("st.louis"), "St. Louis", "punctuation-kept"),
        (DB, sha256("1990-02-28"), "28.02.1990", "wrong-date-form"),
        (DB, sha256("02/28/1990"), "1990-02-28", "wrong-date-form"),
        (ZP, sha256("940351234"), "94035-1234", "postcode-form"),
        (ID, "user-42", "", ""),
        (ID, sha256("User 42"), "User 42", "hashed-before-normalising"),
        (AGENT, sha256("Mozilla/5.0"), "", "raw-field-hashed"),
        (AGENT, "Mozilla/5.0", "", ""),
    ],
)
def test_each_wrong_digest_is_called_by_its_mistake(rule: KeyRule, sent: str, raw: str, expected: str) -> None:
    assert code(rule, sent, raw, "x") == expected


def test_the_platforms_whose_form_it_is_are_named() -> None:
    others = tuple(Other(*item) for item in others_of("email", "meta_capi"))
    found = name_mistake(EM, sha256("janedoe@gmail.com"), JANE, others=others)
    assert found == HashMistake("other-platform", "Microsoft Advertising, Reddit")


def test_base64_is_right_where_the_upload_declares_it() -> None:
    sent = [base64_of("janedoe+news@gmail.com"), base64_of(FORM)]
    assert list(wrong_rows(GMAIL, sent, [JANE] * 2, base64_fits=True)) == [(1, HashMistake("dots-kept"))]


def test_what_one_source_allows_and_another_does_not_is_no_certain_mistake() -> None:
    rule = KeyRule("e", "email", recipe=GMAIL.recipe, disputed=(BARE.recipe,))
    found = name_mistake(rule, sha256("janedoe@gmail.com"), JANE)
    assert found is not None
    assert not found.sure


def test_without_the_raw_value_a_well_formed_digest_is_taken_as_right() -> None:
    assert code(EM, sha256(JANE)) == ""


@pytest.mark.parametrize("name", ["Null", "Test", "Na", "None", "Nan"])
def test_a_real_name_that_looks_like_a_placeholder_is_right_against_its_raw_value(name: str) -> None:
    assert code(FN, sha256(name.lower()), name) == ""


def test_a_short_country_code_is_no_placeholder() -> None:
    country = KeyRule("user_data.country", "country", recipe=("trim", "lower"))
    assert (code(country, sha256("na")), code(country, sha256("no"))) == ("", "")


def test_every_mistake_has_its_words() -> None:
    assert set(MISTAKES) == set(WRONG) == set(MEND)


# -- 500 wrong digests ---------------------------------------------------------------------------------------------

NAMES = ("ann", "jane.doe", "ivan.petrov", "m.o.x", "li.wei", "maría.sol", "bob", "k.smith")
DOMAINS = ("gmail.com", "googlemail.com", "corp.example", "mail.ru", "yahoo.com")
NUMBERS = ("+16505550", "+44791112", "+7912345", "+4915123456", "+9198765", "+5511912345", "+3361234")

Maker = Callable[[str], str]


def email(rng: random.Random) -> str:
    """An address as people type it: with blanks around it, capitals, dots and a plus part."""
    name = f"{rng.choice(NAMES)}.{rng.randrange(10_000)}+shop{rng.randrange(100)}"
    return f"  {name.title()}@{rng.choice(DOMAINS).title()} "


def phone(rng: random.Random) -> str:
    """A number in use, with blanks and dashes."""
    while True:
        start = rng.choice(NUMBERS)
        digits = f"{start}{rng.randrange(10 ** (13 - len(start))):0{13 - len(start)}d}"[: 12 + (start[1] != "1")]
        raw = f"{digits[:-7]} {digits[-7:-4]}-{digits[-4:]}"
        if normaliser(("e164",))(raw):
            return raw


def spoiled(digest: str) -> dict[str, str]:
    """What goes wrong after hashing."""
    return {
        "upper-case": digest.upper(),
        "base64": base64.b64encode(bytes.fromhex(digest)).decode(),
        "hashed-twice": sha256(digest),
        "wrong-length": digest[:-2],
        "decorated": f"sha256:{digest}",
    }


def wrong_emails(rng: random.Random, rule: KeyRule) -> dict[str, tuple[str, str]]:
    """Each mistake that makes a difference to this platform: the raw address and what was sent."""
    raw = email(rng)
    right = normalise("email", rule.recipe, raw)
    low = raw.strip().lower()
    name, _, domain = low.partition("@")
    plain = {
        "not-trimmed": normaliser(tuple(item for item in rule.recipe if item != "trim"))(raw),
        "not-lower-cased": normaliser(tuple(item for item in rule.recipe if item != "lower"))(raw),
        "hashed-before-normalising": raw,
        "wrapped": json.dumps({"email": right}),
        "placeholder": rng.choice(("null", "undefined", "test@test.com", "{email}", "[email]", "{{email}}")),
        "empty-string": "",
        "field-name": rng.choice(("email", "em", "mail")),
    }
    if "dots" in rule.recipe:
        plain["dots-kept"] = f"{name.partition('+')[0]}@{domain}"
        plain["plus-part-kept"] = f"{name.replace('.', '')}@{domain}"
        plain["other-platform"] = low
    elif "gmail-dots" in rule.recipe:
        plain["plus-part-removed"] = normaliser(("plus-part",))(right)
        if domain.startswith("g"):
            plain["dots-kept"] = low
    else:
        plain["plus-part-removed"] = f"{name.partition('+')[0]}@{domain}"
        plain["dots-removed"] = f"{name.replace('.', '')}@{domain}"
        plain["other-platform"] = f"{name.partition('+')[0].replace('.', '')}@{domain}"
    sent = {mistake: sha256(text) for mistake, text in plain.items() if text != right}
    algorithms = {"md5": hexed("md5", right), "sha1": hexed("sha1", right), "not-hashed": right}
    return {mistake: (raw, text) for mistake, text in {**sent, **spoiled(sha256(right)), **algorithms}.items()}


def wrong_phones(rng: random.Random, rule: KeyRule) -> dict[str, tuple[str, str]]:
    raw = phone(rng)
    right = normalise("phone", rule.recipe, raw)
    bare = right.lstrip("+")
    plain = {
        "plus-sign-missing" if right.startswith("+") else "plus-sign-kept": bare
        if right.startswith("+")
        else f"+{bare}",
        "country-code-missing": without_country(f"+{bare}")[0],
        "leading-zeros-kept": f"00{bare}",
        "separators-kept": raw,
        "wrapped": json.dumps([right]),
        "placeholder": rng.choice(("null", "undefined", "1234567890", "{phone}", "+10000000000")),
        "empty-string": "",
    }
    sent = {mistake: sha256(text) for mistake, text in plain.items()}
    algorithms = {"md5": hexed("md5", right), "sha1": hexed("sha1", right), "not-hashed": right}
    return {mistake: (raw, text) for mistake, text in {**sent, **spoiled(sha256(right)), **algorithms}.items()}


def generated(count: int) -> list[tuple[str, KeyRule, str, str, str]]:
    """API, rule, mistake, raw value and what was sent; every platform and every mistake in turn."""
    rng = random.Random(20_260_301)
    rules = [(api, rule) for api, rule in COMPARED if rule.kind in ("email", "phone")]
    found: list[tuple[str, KeyRule, str, str, str]] = []
    while len(found) < count:
        api, rule = rng.choice(rules)
        made = wrong_emails(rng, rule) if rule.kind == "email" else wrong_phones(rng, rule)
        mistake = rng.choice(sorted(made))
        also = {sha256(normaliser(recipe)(made[mistake][0])) for recipe in rule.also}
        if made[mistake][1] not in also:  # what a platform accepts as well is no mistake there
            found.append((api, rule, mistake, *made[mistake]))
    return found


def test_at_least_99_in_100_of_500_wrong_digests_are_named_right() -> None:
    cases = generated(500)
    named = [(mistake, code(rule, sent, raw, api)) for api, rule, mistake, raw, sent in cases]
    wrong = Counter(pair for pair in named if pair[0] != pair[1])
    assert len({mistake for mistake, _ in named}) >= 20
    assert sum(wrong.values()) <= 5, wrong


@given(
    key=st.sampled_from(range(len(COMPARED))),
    raw=st.text(max_size=30)
    | st.from_regex(r"[ ]?[A-Za-z.+]{1,12}@(gmail|googlemail|corp)\.com[ ]?", fullmatch=True)
    | st.from_regex(r"\+?[0-9][0-9 ()\-]{5,16}", fullmatch=True)
    | st.sampled_from(("null", "test@test.com", "Test", "1990-01-02", "F", "us", "94035-1234")),
    region=st.sampled_from(("", "US", "RU")),
)
def test_a_right_digest_is_never_accused(key: int, raw: str, region: str) -> None:
    api, rule = COMPARED[key]
    right = normalise(rule.kind, rule.recipe, raw, region)
    if right and len(right) < 64:
        assert code(rule, sha256(right), raw, api, region) == ""


@given(rule=st.sampled_from([rule for _, rule in RULES]), sent=st.text(max_size=80), raw=st.text(max_size=40))
def test_nothing_sent_makes_it_raise(rule: KeyRule, sent: str, raw: str) -> None:
    found = name_mistake(rule, sent, raw)
    assert found is None or found.code in MISTAKES


@given(raw=st.text(min_size=3, max_size=30), text=st.text(max_size=20))
def test_a_mistake_never_carries_the_raw_value(raw: str, text: str) -> None:
    found = [name_mistake(rule, sent, f"q{raw}q@x") for rule in (EM, FN) for sent in (sha256(text), text, f"q{raw}q@x")]
    assert not [item for item in found if item and f"q{raw}q@x" in item.detail]

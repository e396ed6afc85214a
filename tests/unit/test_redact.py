"""What is masked, what stays readable, and that no text breaks it."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postback_wizard.domain.private_names import kind_of
from postback_wizard.domain.redact import Redactor, find_leaks

TOKEN = "q7Zx-93kd0-canary"
EMAIL = "ann.canary@corp.example"


def hidden(secret: str, text: str) -> bool:
    return find_leaks(text, (secret,)) == ()


@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "apikey", "secret", "sig", "hash", "auth", "key"])
def test_a_parameter_named_after_a_secret_is_masked(name: str) -> None:
    assert hidden(TOKEN, Redactor().mask_url(f"https://p.example/pb?cid=1&{name}={TOKEN}"))


@pytest.mark.parametrize(
    "name",
    ["Authorization", "Cookie", "Set-Cookie", "X-Api-Key", "Access-Token", "Proxy-Authorization", "X-Hub-Signature"],
)
def test_a_header_named_after_a_secret_is_masked(name: str) -> None:
    ((_, value),) = Redactor().mask_headers([(name, f"s={TOKEN}" if "Cookie" in name else TOKEN)])
    assert hidden(TOKEN, value)


def test_the_same_secret_has_the_same_label_in_every_encoding() -> None:
    redactor = Redactor()
    plain = redactor.mask_url(f"https://p.example/?token={TOKEN}/+")
    encoded = redactor.mask_url(f"https://p.example/?token={quote(quote(TOKEN + '/+', safe=''), safe='')}")
    assert plain == encoded == "https://p.example/?token=[token 1]"


def test_an_address_in_capitals_has_the_label_of_the_small_one() -> None:
    redactor = Redactor()
    assert redactor.mask_text(f"{EMAIL} {EMAIL.upper()}") == "[email 1] [email 1]"


def test_a_secret_seen_in_one_place_is_masked_in_free_text_later() -> None:
    redactor = Redactor()
    redactor.mask_url(f"https://p.example/?token={TOKEN}")
    assert redactor.mask_text(f"the value {TOKEN} is wrong") == "the value [token 1] is wrong"


@pytest.mark.parametrize("macro", ["{token}", "[token]", "%token%", "${token}", "#token#", "__TOKEN__", "{{token}}"])
def test_a_macro_in_the_place_of_a_secret_stays_readable(macro: str) -> None:
    url = f"https://p.example/?token={macro}"
    assert Redactor().mask_url(url) == url


def test_values_to_keep_stay_readable_in_a_secret_place() -> None:
    url = "https://p.example/?hash=click-778899"
    assert Redactor(keep=["click-778899"]).mask_url(url) == url


@pytest.mark.parametrize("name", ["em", "email", "ph", "phone_number", "sha256_email_address"])
def test_a_digest_in_a_customer_place_is_personal(name: str) -> None:
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    assert hidden(digest, Redactor().mask_json_text(json.dumps({"user_data": {name: [digest]}})))


def test_the_digest_of_a_known_address_is_masked_too() -> None:
    import hashlib

    digest = hashlib.sha256(EMAIL.encode()).hexdigest()
    assert Redactor().mask_text(f"{EMAIL} {digest}") == "[email 1] [email 1]"


def test_every_value_of_a_person_is_masked_but_the_click_ids() -> None:
    masked = Redactor().mask_json_text('{"user_data": {"ct": "oslo", "fbc": "fb.1.2.IwAR"}, "currency": "USD"}')
    assert json.loads(masked) == {"user_data": {"ct": "[personal 1]", "fbc": "fb.1.2.IwAR"}, "currency": "USD"}


def test_a_body_without_secrets_stays_byte_for_byte() -> None:
    body = '{ "cid":"a1",\n "sum": 1.50 , "caf\\u00e9": "\\/x" }'
    assert Redactor().mask_body(body) == body


def test_a_url_without_secrets_stays_byte_for_byte() -> None:
    url = "https://p.example/a%2fb/?x=%7Bq%7D&&y&z=a+b%20c#frag"
    assert Redactor().mask_url(url) == url


def test_a_number_in_a_private_place_is_masked() -> None:
    assert "79161234567" not in Redactor().mask_json_text('{"phone": 79161234567}')


def test_both_values_of_a_key_written_twice_are_masked() -> None:
    masked = Redactor().mask_json_text(f'{{"token": "{TOKEN}", "token": "second-{TOKEN}"}}')
    assert hidden(TOKEN, masked)


def test_a_browser_version_is_no_address() -> None:
    assert Redactor().mask_text("Chrome/120.0.0.0 from 198.51.100.7") == "Chrome/120.0.0.0 from [ip 1]"


def test_a_clock_is_no_address() -> None:
    assert Redactor().mask_text("12:03:01 2001:db8::7") == "12:03:01 [ip 1]"


def test_loopback_names_nobody() -> None:
    assert Redactor().mask_text("127.0.0.1 ::1") == "127.0.0.1 ::1"


def test_the_password_of_a_url_is_masked_and_its_host_stays() -> None:
    assert Redactor().mask_url(f"https://ann:{TOKEN}@p.example/") == "https://[user 1]@p.example/"


def test_base64_that_hides_private_data_is_masked_whole() -> None:
    inside = base64.b64encode(json.dumps({"email": EMAIL}).encode()).decode()
    assert Redactor().mask_text(f"data {inside}") == "data [encoded 1]"


def test_a_name_that_speaks_about_a_secret_holds_none() -> None:
    assert kind_of("token_type") is None


def test_a_secret_key_of_a_nested_name_is_found() -> None:
    assert kind_of("customer[homeEmail]") == "email"


def test_a_plain_word_is_masked_where_it_stood_and_not_in_sentences() -> None:
    redactor = Redactor()
    url = redactor.mask_url("https://p.example/?key=conversion")
    assert (url, redactor.mask_text("no conversion")) == ("https://p.example/?key=[token 1]", "no conversion")


def test_a_short_secret_is_masked_as_a_whole_word_only() -> None:
    redactor = Redactor()
    redactor.mask_url("https://p.example/?pass=abc123")
    assert redactor.mask_text("abc123 and xabc123y") == "[password 1] and xabc123y"


def test_the_manifest_counts_without_telling_the_value() -> None:
    redactor = Redactor()
    redactor.mask_text(f"{EMAIL} and {EMAIL}", "answer")
    (entry,) = redactor.manifest()
    assert (entry.label, entry.kind, entry.where, entry.count) == ("[email 1]", "email", ("answer",), 2)


@pytest.mark.parametrize(
    "form",
    [
        TOKEN,
        quote("".join(f"%{ord(character):02x}" for character in TOKEN)),
        "".join(f"%{ord(character):02X}" for character in TOKEN),
        TOKEN.encode().hex(),
        TOKEN.encode().hex().upper(),
        base64.b64encode(TOKEN.encode()).decode(),
        base64.b64encode(b"x" + TOKEN.encode() + b"yy").decode(),
        base64.urlsafe_b64encode(b"xy" + TOKEN.encode() + b"y").decode(),
        "".join(f"\\u{ord(character):04x}" for character in TOKEN),
        "".join(f"\\\\u{ord(character):04X}" for character in TOKEN),
    ],
)
def test_a_known_secret_is_found_and_masked_in_every_disguise(form: str) -> None:
    text = f"before {form} after"
    assert (find_leaks(text, (TOKEN,)) != (), find_leaks(Redactor([TOKEN]).mask_text(text), (TOKEN,))) == (True, ())


def test_a_leak_is_named_without_the_secret() -> None:
    assert find_leaks(f"x {TOKEN}", ("other-secret", TOKEN)) == ("secret 2 (raw)",)


def test_markdown_escapes_hide_no_secret() -> None:
    assert find_leaks("my\\_secret\\|value", ("my_secret|value",)) != ()


HOSTILE = st.text(st.characters(), max_size=200) | st.text("{}[]\"'\\%&=?#:/@<>~- \n\r\t\x00\ud800aA1.", max_size=200)


@settings(max_examples=300, deadline=None)
@given(HOSTILE, st.lists(HOSTILE, max_size=3))
def test_no_text_makes_masking_raise(text: str, secrets: list[str]) -> None:
    redactor = Redactor(secrets)
    redactor.mask_text(text)
    redactor.mask_url(text)
    redactor.mask_body(text)
    redactor.mask_json_text(text)
    redactor.mask_headers([("Authorization", text), ("Cookie", text), ("X", text)])
    assert redactor.mask_table([(text, text)])[0][0] == text


@settings(max_examples=300, deadline=None)
@given(
    st.text('abcXYZ019-_.~+/=%&"\\ é', min_size=8, max_size=40),
    st.sampled_from(["{}", "a={}&b=1", '{{"x": "{}"}}', "https://h.example/?u={}", "<a>{}</a>"]),
    st.sampled_from(["raw", "percent", "double", "json", "base64", "hex"]),
)
def test_a_known_secret_never_survives(secret: str, around: str, form: str) -> None:
    forms = {
        "raw": secret,
        "percent": quote(secret, safe=""),
        "double": quote(quote(secret, safe=""), safe=""),
        "json": json.dumps(secret)[1:-1],
        "base64": base64.b64encode(secret.encode()).decode(),
        "hex": secret.encode().hex(),
    }
    redactor = Redactor([secret])
    text = around.format(forms[form])
    assert all(find_leaks(mask(text), (secret,)) == () for mask in (redactor.mask_text, redactor.mask_body))

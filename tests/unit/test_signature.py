"""Signatures recomputed from a secret: the recipe is found, the mistake is named, the secret stays out."""

import base64
import hashlib
import hmac
from dataclasses import asdict
from urllib.parse import quote

import pytest

from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.finding import Confidence, Finding, Level
from postback_wizard.domain.probe import Evidence, SignEvidence
from postback_wizard.domain.recipes import MOST, search
from postback_wizard.domain.signature import find_signature

SECRET = "s3cr3t-canary-91"
FIELDS = "cid=w7k2m9x4q1&payout=12.50&status=approved"


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def keyed(text: str, algorithm: str = "sha256", key: str = SECRET) -> bytes:
    return hmac.digest(key.encode(), text.encode(), algorithm)


def signed(digest: str, fields: str = FIELDS, name: str = "sig") -> ExactRequest:
    return ExactRequest("GET", f"https://track.example/postback?{fields}&{name}={quote(digest, safe='')}")


RECIPES = {
    "md5(cid + secret)": signed(md5(f"w7k2m9x4q1{SECRET}")),
    "md5(secret + cid)": signed(md5(f"{SECRET}w7k2m9x4q1")),
    "md5(cid:payout:secret)": signed(md5(f"w7k2m9x4q1:12.50:{SECRET}")),
    "sha1(secret|cid|payout|status)": signed(sha1(f"{SECRET}|w7k2m9x4q1|12.50|approved"), name="hash"),
    "sha256(cid + payout + status + secret)": signed(sha256(f"w7k2m9x4q112.50approved{SECRET}"), name="signature"),
    "hmac-sha256(secret, query)": signed(keyed(FIELDS).hex()),
    "hmac-sha1(secret, cid)": signed(keyed("w7k2m9x4q1", "sha1").hex()),
    "hmac-md5(secret, cid-payout)": signed(keyed("w7k2m9x4q1-12.50", "md5").hex(), name="checksum"),
    "hmac-sha512(secret, cid)": signed(keyed("w7k2m9x4q1", "sha512").hex()),
    "hmac-sha256(secret, url)": signed(keyed(f"https://track.example/postback?{FIELDS}").hex()),
    "hmac-sha256(secret, path?query)": signed(keyed(f"/postback?{FIELDS}").hex(), name="hmac"),
}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_is_found(recipe: str) -> None:
    found = search(RECIPES[recipe], SECRET)
    assert found is not None
    assert found.recipe is not None
    assert (found.recipe.text, found.recipe.mistakes) == (recipe, ())


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_base64_is_read_like_hex(encode) -> None:  # type: ignore[no-untyped-def]
    found = search(signed(encode(keyed("w7k2m9x4q1")).decode()), SECRET)
    assert found is not None
    assert found.recipe is not None
    assert found.recipe.text == "hmac-sha256(secret, cid)"


def test_a_header_over_the_body_is_read() -> None:
    body = '{"cid": "w7k2m9x4q1"}'
    headers = (("X-Hub-Signature-256", f"sha256={keyed(body).hex()}"),)
    found = search(ExactRequest("POST", "https://track.example/p", headers, body), SECRET)
    assert found is not None
    assert found.recipe is not None
    assert found.recipe.text == "hmac-sha256(secret, body)"


def test_a_timestamp_header_may_be_signed_with_the_body() -> None:
    body = '{"cid": "w7k2m9x4q1"}'
    headers = (("X-Timestamp", "1772355600"), ("X-Signature", keyed(f"1772355600.{body}").hex()))
    found = search(ExactRequest("POST", "https://track.example/p", headers, body), SECRET)
    assert found is not None
    assert found.recipe is not None
    assert found.recipe.text == "hmac-sha256(secret, X-Timestamp.body)"


ENCODED = "cid=w7k2m9x4q1&goal=first%20sale"
MISTAKES = {
    "encoded": signed(md5(f"w7k2m9x4q1:first%20sale:{SECRET}"), ENCODED),
    "number": signed(md5(f"w7k2m9x4q1:12:{SECRET}")),
    "order": signed(md5(f"12.50:w7k2m9x4q1:{SECRET}")),
    "spaces": signed(md5(f"w7k2m9x4q1:12.50:{SECRET}\n")),
    "no-secret": signed(md5("w7k2m9x4q1:12.50")),
    "swapped": signed(hmac.digest(b"w7k2m9x4q1", SECRET.encode(), "sha256").hex()),
    "upper": signed(md5(f"w7k2m9x4q1:12.50:{SECRET}").upper()),
    "case": signed(md5(f"W7K2M9X4Q1:12.50:{SECRET}")),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_common_mistake_is_named(mistake: str) -> None:
    found = search(MISTAKES[mistake], SECRET)
    assert found is not None
    assert found.recipe is not None
    assert found.recipe.mistakes == (mistake,)


def test_a_trimmed_decimal_is_another_spelling() -> None:
    found = search(signed(md5(f"w7k2m9x4q1:12.5:{SECRET}")), SECRET)
    assert found is not None
    assert found.recipe is not None
    assert found.recipe.mistakes == ("number",)


def test_another_secret_fits_nothing() -> None:
    found = search(signed(md5("w7k2m9x4q1:12.50:another")), SECRET)
    assert found is not None
    assert found.recipe is None


def test_the_search_has_an_end() -> None:
    many = "&".join(f"p{number}={number}.5" for number in range(8))
    found = search(signed("0" * 32, many), SECRET)
    assert found is not None
    assert (found.recipe, found.tried) == (None, MOST)


@pytest.mark.parametrize(
    "url",
    [
        "https://t.example/p?cid=1",
        "https://t.example/p?cid=9e107d9d372bb6826bd81d3542a419d6",
        "https://t.example/p?sig=short",
        "https://t.example/p?token=9e107d9d372bb6826bd81d3542a419d6",
        "https://t.example/p?sig={sig}",
    ],
)
def test_what_is_no_signature_is_left_alone(url: str) -> None:
    assert find_signature(ExactRequest("GET", url)) is None


@pytest.mark.parametrize("request_", [*RECIPES.values(), *MISTAKES.values()])
def test_the_secret_is_in_no_result(request_: ExactRequest) -> None:
    found = search(request_, SECRET)
    assert found is not None
    assert found.recipe is not None
    assert SECRET not in str(asdict(found.recipe))


def judged(*evidence: Evidence) -> dict[str, Finding]:
    case = example(*evidence, sent_request=MISTAKES["number"].url).case
    return {item.code: item for item in findings_of("callback", case)}


def shown(*mistakes: str) -> SignEvidence:
    return SignEvidence("signature", "2026-03-01T10:00:00.000Z", ("FITS",), "sig", "md5(cid:payout:secret)", mistakes)


def test_a_refused_signature_with_a_named_mistake_is_certain() -> None:
    found = judged(shown("number"), replayed(403, "Invalid signature"))
    assert found["signature-mismatch"].confidence is Confidence.CERTAIN
    assert found["signature-number-spelled"].level is Level.WARN


def test_a_mistake_nobody_complains_of_is_no_alarm() -> None:
    assert judged(shown("number"), replayed(200, "OK"))["signature-number-spelled"].level is Level.INFO


def test_a_signature_that_fits_is_said_aloud() -> None:
    assert judged(shown(), replayed(200, "OK"))["signature-fits"].level is Level.GOOD


def test_a_fitting_signature_that_is_refused_leaves_the_mismatch_open() -> None:
    found = judged(shown(), replayed(403, "Invalid signature"))
    assert found["signature-mismatch"].confidence is Confidence.LIKELY

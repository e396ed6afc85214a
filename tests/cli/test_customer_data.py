"""Raw customer data is compared in memory: no output, no file and no screen holds it in any writing."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from postback_wizard.catalogue.matching import others_of
from postback_wizard.checks import example as made
from postback_wizard.checks import findings_of, rules
from postback_wizard.domain.normalise import normalise
from postback_wizard.effects.codec import dump_case
from postback_wizard.report.masked import mask_case
from postback_wizard.tui.copies import copy_rows

RAW = {"email": " Canary.Person+x@Gmail.com", "phone": "+44 (0)7400 123456", "first_name": "Canaryname"}
SENT = hashlib.sha256(b"canaryperson@gmail.com").hexdigest()
EVENT = {
    "event_name": "Lead",
    "event_time": 1772355600,
    "event_id": "o-1",
    "action_source": "system_generated",
    "user_data": {"em": [SENT], "ph": [hashlib.sha256(b"+447400123456").hexdigest()]},
}


def writings(text: str) -> set[str]:
    """A text raw, percent-encoded, in Base64 and in hex."""
    data = text.encode()
    return {text, quote(text, safe=""), base64.b64encode(data).decode(), data.hex()}


def canaries() -> set[str]:
    """Every raw value and what each platform makes of it, and their digests, except those the upload itself holds."""
    texts = {form for raw in RAW.values() for form in (raw, raw.strip(), raw.strip().lower())}
    for kind, raw in RAW.items():
        texts |= {normalise(kind, recipe, raw) for _, recipe in others_of(kind, "")} - {""}
    digests = {hashlib.sha256(text.encode()).hexdigest() for text in texts} - set(json.dumps(EVENT).split('"'))
    return {form for text in texts for form in writings(text)} | digests


def test_findings_name_the_mistakes_without_the_data() -> None:
    known = made(upload_event=json.dumps({"data": [EVENT]}), browser_event='{"eventID": "o-2"}', customer=RAW).case
    found = list(findings_of("upload", known))
    words = [rules()[item.code].title.say(lang, item.values) for item in found for lang in ("en", "ru")]
    said = json.dumps([dict(item.values) for item in found]) + "\n".join(words) + repr(list(copy_rows(known, "en")))
    assert {"other-platform", "plus-sign-kept"} <= {item.values.get("mistake", "") for item in found}
    assert not {text for text in canaries() if text in said}


def test_the_stored_case_and_the_masked_one_hold_none_of_it() -> None:
    known = made(upload_event=json.dumps({"data": [EVENT]}), customer=RAW).case
    masked, _ = mask_case(known)
    written = dump_case(known).decode() + dump_case(masked).decode() + repr(masked)
    assert not {text for text in canaries() if text in written}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_check_and_its_reports_hold_none_of_it(program: Any, tmp_path: Path, lang: str) -> None:
    facts, report = tmp_path / "facts.json", tmp_path / "report.md"
    facts.write_text(json.dumps({"upload_event": {"data": [EVENT]}, "customer": RAW}), encoding="utf-8")
    words = ("check", str(facts), "--json", "--save", "--offline", "--report", str(report), "--lang", lang)
    done = program.run(*words)
    paths = [path for path in tmp_path.rglob("*") if path.is_file() and path != facts]
    files = [path.read_bytes().decode("utf-8", "replace") for path in paths]
    everything = "\n".join((done.out, done.err, *files))
    assert "pii-hash-invalid" in done.out
    assert report in paths
    assert not {text for text in canaries() if text in everything}

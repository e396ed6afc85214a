"""Everything that leaves: no planted secret in any of it, a bundle that verifies, the marks of what is unmasked."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import pytest

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.leaks import find_leaks
from postback_wizard.domain.probe import LogEvidence, LogSource
from postback_wizard.domain.reconciliation import Reconciliation, Sample, SampleRow
from postback_wizard.report.backfill import owed
from postback_wizard.report.bundle import SUMS, bundle
from postback_wizard.report.forms import FORMS, exported
from postback_wizard.report.leak import ReportLeak, refuse_leaks
from postback_wizard.report.markdown import Audience, render
from postback_wizard.report.message import short_message
from postback_wizard.report.unmasked import marked_name
from postback_wizard.report.wanted import missing
from tests.unit.test_report_exports import planted, simple
from tests.unit.test_report_markdown import PIECES, sample, structure

AT = "2026-03-01T10:00:00.000Z"
AUDIENCES: tuple[Audience, ...] = ("partner", "internal", "client")


def to_json(value: object) -> object:
    return asdict(value)  # type: ignore[call-overload]  # evidence is always a dataclass here


@cache
def everything() -> Mapping[str, str]:
    """Every form for every reader in both languages, and every file of every bundle."""
    case, _ = planted()
    found: dict[str, str] = {}
    for audience in AUDIENCES:
        for lang in ("en", "ru"):
            files = bundle(case, lang, audience, to_json)
            found |= {f"{audience} {lang} {name}": data.decode() for name, data in files.items()}
    found |= {form: exported(case, form, "partner", "en", to_json) for form in FORMS}
    return found


def test_no_planted_secret_leaves_in_any_form_and_any_disguise() -> None:
    secrets = tuple(planted()[1].values())
    assert [name for name, text in everything().items() if find_leaks(text, secrets)] == []


#: In the shapes that scanners of other people look for; put together here so that none of them finds this file.
SHAPED = (
    "AKIA" + "IOSFODNN7EXAMPLQ",
    "xoxb-" + "263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1",
    "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "ghp_" + "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx",
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJVadQssw5c0",
)
PASSWORD = "https://ann:" + "s3cretpassw0rd@p.example/pb?cid=1"


def shaped() -> Case:
    """Such secrets in an address, a header, a body, an answer and what a person wrote."""
    one, two, three, four, five = SHAPED
    case = simple(
        method="POST", url=PASSWORD, headers=(("x-note", two), ("authorization", f"Bearer {five}")), body=f"t={three}"
    )
    return case.learn({"partner_message": f"use {one}", "answer_body": f"refused {four}", "title": four}, "typed")


def scanned(texts: Mapping[str, str]) -> set[tuple[str, str]]:
    """What an independent scanner finds, by text and kind."""
    from detect_secrets.core.scan import scan_line
    from detect_secrets.settings import transient_settings

    kinds = ("AWSKey", "BasicAuth", "GitHubToken", "JwtToken", "PrivateKey", "Slack", "Stripe")
    names = [{"name": f"{kind}Detector"} for kind in kinds]
    lines = [(name, line) for name, text in texts.items() for line in dict.fromkeys(text.splitlines())]
    with transient_settings({"plugins_used": names}):
        return {(name, hit.type) for name, line in lines for hit in scan_line(line)}


def written(*, masked: bool) -> dict[str, str]:
    return {str(form): exported(shaped(), form, "internal", "en", to_json, masked=masked) for form in FORMS}


def test_an_independent_scanner_finds_no_secret_in_anything_that_leaves() -> None:
    assert scanned({**everything(), **written(masked=True)}) == set()


def test_that_scanner_finds_what_is_left_in_on_purpose() -> None:
    kinds = {kind for _, kind in scanned(written(masked=False))}
    assert len(kinds) >= 5


@pytest.mark.parametrize("form", FORMS)
def test_an_unmasked_form_says_so_in_its_first_line(form: Any) -> None:
    assert "UNMASKED" in exported(simple(), form, "partner", "en", to_json, masked=False).splitlines()[0]


@pytest.mark.parametrize("form", ["json", "har"])
def test_an_unmasked_form_for_programs_is_still_json(form: Any) -> None:
    assert "_unmasked" in json.loads(exported(simple(), form, "partner", "ru", to_json, masked=False))


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("r.md", "r.UNMASKED.md"),
        ("a/b.zip", "a/b.UNMASKED.zip"),
        ("x.UNMASKED.md", "x.UNMASKED.md"),
        ("f", "f.UNMASKED"),
    ],
)
def test_an_unmasked_file_has_the_mark_in_its_name(name: str, marked: str) -> None:
    assert marked_name(name) == marked


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_sums_of_a_bundle_are_those_of_its_files(audience: Audience) -> None:
    files = dict(bundle(sample(), "en", audience, to_json))
    lines = files.pop(SUMS).decode().splitlines()
    assert {line[66:]: line[:64] for line in lines} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }


def test_the_manifest_of_a_bundle_names_program_and_catalogue() -> None:
    manifest = json.loads(bundle(sample(), "en", "partner", to_json)["manifest.json"])
    assert (len(manifest["catalogue"]["sha256"]), manifest["program"]["name"]) == (64, "postback-wizard")


def test_the_manifest_lists_label_kind_and_place_and_never_a_value() -> None:
    case, secrets = planted()
    hidden = json.loads(bundle(case, "en", "partner", to_json)["manifest.json"])["hidden"]
    assert all({"label", "kind", "where"} == set(item) for item in hidden)
    assert not find_leaks(json.dumps(hidden), tuple(secrets.values()))


def test_a_partner_s_bundle_names_no_folder_and_no_reporter() -> None:
    case = sample().learn({"reporter": "reporter-note"}, "typed")
    text = b"\n".join(bundle(case, "en", "partner", to_json).values())
    assert (b"secret-folder" in text, b"reporter-note" in text) == (False, False)


def test_a_refusal_says_in_which_line() -> None:
    with pytest.raises(ReportLeak) as refused:
        refuse_leaks("one\ntwo\nthe canary-secret stands here\n", ("other-secret", "canary-secret"))
    assert refused.value.say("en") == "secret 2 (as it is) in line 3"


def test_a_digest_of_a_secret_is_a_leak_as_well() -> None:
    digest = hashlib.sha256(b"canary-secret").hexdigest()
    assert find_leaks(f"x {digest} y", ("canary-secret",)) == ("secret 1 (hashed)",)


def test_a_digest_of_a_known_secret_is_masked_in_a_report() -> None:
    digest = hashlib.sha256(b"tok-12345678").hexdigest()
    case = sample().learn({"sent_request": f"https://p.example/pb?token=tok-12345678&x={digest}"}, "typed")
    assert digest not in render(replace(case, records={}), "en", "internal").text


# -- the short message ------------------------------------------------------------------------------------------------


def test_a_message_is_short_and_without_markup() -> None:
    text = short_message(sample(), "en")
    assert (len(text.splitlines()) < 25, "`" in text, "**" in text, "\\" in text) == (True, False, False, False)


def test_a_message_names_the_click_and_asks_for_its_line() -> None:
    assert "log line for the click clk-998877 at 2026-03-01 10:03 UTC" in short_message(sample(), "en")


def test_a_hostile_value_stays_on_its_line_of_a_message() -> None:
    assert len(short_message(sample("a\nb\x1b[31m"), "ru").splitlines()) == len(
        short_message(sample("ab"), "ru").splitlines()
    )


# -- what partners ask for --------------------------------------------------------------------------------------------


def names(case: Case) -> set[str]:
    return {item.name for item in missing(case)}


def test_an_empty_case_lacks_all_that_partners_ask_for() -> None:
    assert {"click_id", "transaction_id", "conversion_time", "request", "answer", "offer"} <= names(Case("c", AT))


def test_what_is_known_is_not_missing() -> None:
    assert not {"click_id", "transaction_id", "request", "answer"} & names(sample())


def test_a_parameter_the_receiver_requires_is_named() -> None:
    facts = Facts(receiver="everflow", sent_request="https://t.example/?transaction_id=x")
    assert "nid" in names(Case("c", AT, facts))


# -- whose words ------------------------------------------------------------------------------------------------------


def test_a_partner_reads_its_own_name_of_the_click_id() -> None:
    facts = Facts(receiver="everflow", click_id="clk-998877")
    text = render(Case("c", AT, facts), "en").text
    assert "| tracker | click ID | `transaction_id` | `clk-998877` |" in text


def test_a_partner_reads_where_its_own_log_is() -> None:
    facts = Facts(receiver="keitaro", click_id="clk-998877")
    assert "Received postbacks" in render(Case("c", AT, facts), "ru").text


# -- differences of logs ----------------------------------------------------------------------------------------------


def row(number: int, **more: str) -> SampleRow:
    return SampleRow(
        "conversion_log", number, {"click_id": f"clk{number:06d}", "payout": "1.5", "currency": "USD", **more}
    )


def reconciled(count: int, **more: str) -> Case:
    samples = tuple(Sample("only_tracker", f"clk{number:06d}", row(number, **more)) for number in range(count))
    keys = {"only_tracker": tuple(item.key for item in samples)}
    logs = LogEvidence(
        "reconcile",
        AT,
        ("OK",),
        (LogSource("conversion_log", "c.csv"), LogSource("partner_log", "p.csv")),
        classes={"matched": 5, "only_tracker": count},
        samples=keys,
        reconciliation=Reconciliation(samples=samples),
    )
    return Case("c", AT).merge(StepRecord("event", Facts(), AT, Verdict.BROKEN, "", (logs,)))


def test_ten_thousand_differences_stay_readable() -> None:
    text = render(reconciled(10_000), "en").text
    assert (len(text.splitlines()) < 200, "10000" in text) == (True, True)


def test_every_difference_the_case_keeps_is_in_the_bundle() -> None:
    files = bundle(reconciled(3_000), "en", "partner", to_json)
    assert len(list(csv.reader(io.StringIO(files["backfill.csv"].decode())))) == 3_001


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed() -> None:
    files = bundle(reconciled(1, status="=cmd|' /C calc'!A0"), "en", "partner", to_json)
    assert "'=cmd" in files["backfill.csv"].decode()


def test_nothing_is_owed_where_no_logs_were_compared() -> None:
    assert owed(sample()).total == 0


def test_no_value_of_a_log_changes_the_structure_of_a_report() -> None:
    expected = structure(render(reconciled(2, status="x", click_id="y"), "en", masked=False).text)
    changed = [
        value
        for value in PIECES
        if structure(render(reconciled(2, status=value, click_id=value), "en", masked=False).text) != expected
    ]
    assert changed == []

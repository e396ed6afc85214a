"""Cases as bytes: nothing is lost, nothing private is written, and no bytes whatever end in a traceback."""

import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import postback_wizard
from postback_wizard.domain.case import SCHEMA_VERSION, Case
from postback_wizard.domain.facts import Facts
from postback_wizard.effects.codec import CaseError, dump_case, load_case, to_json


def without_customer(case: Case) -> Case:
    records = {step: replace(item, saw=replace(item.saw, customer={})) for step, item in case.records.items()}
    return replace(case, facts=replace(case.facts, customer={}), records=records)


def changed(data: bytes, change: Callable[[dict[str, object]], object], *, signed: bool = False) -> bytes:
    content = json.loads(data)
    if not signed:
        del content["digest"]
    change(content)
    return json.dumps(content).encode()


def test_a_rich_case_comes_back_equal(rich_case: Case) -> None:
    assert load_case(dump_case(rich_case)) == without_customer(rich_case)


def test_a_case_dumped_twice_is_the_same_bytes(rich_case: Case) -> None:
    assert dump_case(load_case(dump_case(rich_case))) == dump_case(rich_case)


def test_raw_customer_data_is_never_written(rich_case: Case) -> None:
    assert b"canary@example.com" not in dump_case(rich_case)
    assert b'"customer"' not in dump_case(rich_case)


def test_json_of_facts_leaves_raw_customer_data_out() -> None:
    assert "canary" not in repr(to_json(Facts(customer={"em": "canary"})))


def test_json_of_evidence_says_its_kind_first(rich_case: Case) -> None:
    found = to_json(rich_case.trace()[0])
    assert isinstance(found, dict)
    assert next(iter(found.items())) == ("kind", "http")


def test_json_of_what_no_case_holds_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json({"a": object()})


def test_importing_the_codec_does_not_import_pydantic() -> None:
    code = "import sys, postback_wizard.effects.codec; sys.exit('pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=Path(postback_wizard.__file__).parents[1], capture_output=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("seed", range(300))
def test_a_flipped_bit_gives_the_same_case_or_a_case_error(rich_case: Case, seed: int) -> None:
    data = bytearray(dump_case(rich_case))
    chance = random.Random(seed)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    try:
        found: Case | CaseError = load_case(bytes(data))
    except CaseError as error:
        found = error
    assert isinstance(found, CaseError) or found == without_customer(rich_case)


def test_every_truncation_gives_a_case_error(rich_case: Case) -> None:
    data = dump_case(rich_case).rstrip()
    for length in range(0, len(data), 37):
        with pytest.raises(CaseError):
            load_case(data[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"schema_version": ' + b"9" * 5000 + b"}",
        b'{"schema_version": true}',
        b'{"schema_version": 0}',
        b'{"schema_version": NaN}',
        b'{"schema_version": 1e999}',
        b'{"schema_version": 1, "id": "\\ud800"}',
        b'{"schema_version": 1, "digest": []}',
        b'{"schema_version": 1, "id": "a", "id": "b", "opened_at": ""}',
        b"\x00" * 4096,
        b"SQLite format 3\x00",
    ],
    ids=lambda data: repr(data[:24]),
)
def test_bytes_that_are_no_case_are_corrupt(data: bytes) -> None:
    with pytest.raises(CaseError) as caught:
        load_case(data)
    assert caught.value.kind == "corrupt"


def test_a_newer_version_is_told_from_damage(rich_case: Case) -> None:
    def newer(content: dict[str, object]) -> None:
        content.update(schema_version=SCHEMA_VERSION + 1, surprise=[1])

    with pytest.raises(CaseError) as caught:
        load_case(changed(dump_case(rich_case), newer, signed=True))
    assert caught.value.kind == "newer"


@pytest.mark.parametrize("place", [(), ("facts",), ("records", "click"), ("records", "click", "saw")])
def test_an_unknown_key_at_any_depth_is_refused(rich_case: Case, place: tuple[str, ...]) -> None:
    def add(content: dict[str, object]) -> None:
        inner = content
        for name in place:
            inner = inner[name]  # type: ignore[assignment]  # tables all the way down
        inner["surprise"] = ""

    with pytest.raises(CaseError):
        load_case(changed(dump_case(rich_case), add))


def test_an_unknown_key_inside_evidence_is_refused(rich_case: Case) -> None:
    data = changed(dump_case(rich_case), lambda _: None).replace(b'"delivery"', b'"surprise": 1, "delivery"', 1)
    with pytest.raises(CaseError):
        load_case(data)


def test_an_edit_that_kept_the_digest_is_refused(rich_case: Case) -> None:
    with pytest.raises(CaseError, match="digest"):
        load_case(changed(dump_case(rich_case), lambda content: content.update(id="other"), signed=True))


def test_an_edit_without_the_digest_is_read(rich_case: Case) -> None:
    assert load_case(changed(dump_case(rich_case), lambda content: content.update(id="other"))).id == "other"


def test_evidence_without_a_place_it_left_from_is_read(rich_case: Case) -> None:
    data = changed(dump_case(rich_case), lambda _: None)
    older = data.replace(b', "egress": ""', b"")
    assert older != data
    assert load_case(older) == load_case(data)


def test_a_record_under_another_steps_name_is_refused(rich_case: Case) -> None:
    def swap(content: dict[str, object]) -> None:
        records = content["records"]
        assert isinstance(records, dict)
        records["upload"] = records["click"]

    with pytest.raises(CaseError):
        load_case(changed(dump_case(rich_case), swap))


def test_an_error_never_quotes_the_content() -> None:
    data = b'{"schema_version": 1, "id": {"a": "canary"}, "opened_at": "canary", "canary": 1}'
    with pytest.raises(CaseError) as caught:
        load_case(data.replace(b', "canary": 1', b""))
    assert "canary" not in str(caught.value)

"""Facts files: what they may hold, and for everything else one sentence that names key, value and what is accepted."""

import io
import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from postback_wizard.domain.facts import Facts
from postback_wizard.effects.facts_values import FactsError
from postback_wizard.effects.factsfile import MAX_BYTES, read_facts


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str | bytes], Facts]:
    """Reads facts from a file with the given content."""

    def read_content(content: str | bytes) -> Facts:
        path = tmp_path / "facts"
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return read_facts(str(path))

    return read_content


def refusal(source: str, stdin: bytes = b"") -> str:
    with pytest.raises(FactsError) as caught:
        read_facts(source, io.BytesIO(stdin))
    return caught.value.message.say("en")


Read = Callable[[str | bytes], Facts]


# -- what is read -----------------------------------------------------------------------------------------------


def test_json_is_read(read: Read) -> None:
    assert read('\n {"click_id": "abc", "allow": ["127.0.0.0/8"]}') == Facts(click_id="abc", allow=("127.0.0.0/8",))


def test_toml_is_read(read: Read) -> None:
    facts = read('click_id = "abc"\n[headers]\nx-a = "1"\n')
    assert facts == Facts(click_id="abc", headers={"x-a": "1"})


def test_an_empty_file_holds_no_facts(read: Read) -> None:
    assert read("") == Facts()


def test_a_byte_order_mark_is_no_obstacle(read: Read) -> None:
    assert read(b'\xef\xbb\xbf{"goal": "\xd0\xb4\xd0\xb0"}').goal == "да"


def test_standard_input_is_read_for_a_dash() -> None:
    assert read_facts("-", io.BytesIO(b'{"goal": "lead"}')).goal == "lead"


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b'{"goal": "lead"}',))
    writer.start()
    assert read_facts(str(pipe)).goal == "lead"
    writer.join()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('{"payout": 12.50}', "12.50"),
        ('{"payout": 12}', "12"),
        ('{"payout": 0.1000}', "0.1000"),
        ("payout = 12.50", "12.50"),
        ("payout = 1_000.5", "1000.5"),
        ('payout = "12,50"', "12,50"),
    ],
)
def test_an_amount_stays_as_it_was_written(read: Read, content: str, text: str) -> None:
    assert read(content).payout == text


@pytest.mark.parametrize("content", ['{"answer_status": 200}', "answer_status = 200", '{"answer_status": "200"}'])
def test_a_status_may_be_a_number(read: Read, content: str) -> None:
    assert read(content).answer_status == "200"


@pytest.mark.parametrize(
    "content",
    ['click_time = "2026-03-01T10:00:00Z"', "click_time = 2026-03-01T10:00:00Z", '{"click_time": "2026-03-01"}'],
)
def test_times_may_be_text_or_toml_times(read: Read, content: str) -> None:
    assert read(content).click_time.startswith("2026-03-01")


def test_text_is_not_changed(read: Read) -> None:
    url = "https://t.example/p?cid={clickid}&a=[b]&c=%7Bd%7D+e"
    assert read(json.dumps({"template": url})).template == url


def test_text_with_many_dots_is_no_nesting(read: Read) -> None:
    assert len(read(f'body = """\n{"." * 5000}"""').body) == 5000


def test_a_relative_path_counts_from_the_files_folder(read: Read, tmp_path: Path) -> None:
    assert read('{"click_log": "logs/c.csv"}').click_log == str(tmp_path / "logs" / "c.csv")


def test_a_relative_path_on_standard_input_counts_from_here() -> None:
    facts = read_facts("-", io.BytesIO(b'{"har": "a.har"}'))
    assert facts.har == str(Path.cwd() / "a.har")


def test_an_absolute_path_stays(read: Read) -> None:
    assert read('{"har": "/logs/a.har"}').har == "/logs/a.har"


def test_an_empty_path_stays_empty(read: Read) -> None:
    assert read('{"har": ""}').har == ""


def test_an_event_given_as_a_table_becomes_json_text(read: Read) -> None:
    facts = read('[upload_event]\nevent_name = "Purchase"\n[upload_event.custom_data]\nvalue = 12.5\n')
    assert json.loads(facts.upload_event) == {"event_name": "Purchase", "custom_data": {"value": 12.5}}


def test_an_event_given_as_text_stays_as_it_is(read: Read) -> None:
    assert read(json.dumps({"upload_event": '{"a" : 1'})).upload_event == '{"a" : 1'


def test_an_event_given_as_a_path_is_read_from_there(read: Read, tmp_path: Path) -> None:
    (tmp_path / "event.json").write_text('{"event_id": "7"}')
    assert read('{"upload_event": "event.json"}').upload_event == '{"event_id": "7"}'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("event.sh", """curl 'https://graph.facebook.com/v25.0/7/events' -d '{"data": [{"event_name": "Lead"}]}'"""),
        ("offline.csv", "Yclid,Target,DateTime\n15,buy,1772355600\n"),
        ("one.har", '{"log": {"version": "1.2", "entries": []}}'),
        ("request.txt", 'POST /v25.0/7/events HTTP/1.1\nHost: graph.facebook.com\n\n{"data": []}'),
    ],
)
def test_an_event_may_be_a_file_of_any_form_an_upload_has(read: Read, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert read(json.dumps({"upload_event": name})).upload_event == content


def test_an_event_that_names_no_file_is_left_to_the_checks(read: Read) -> None:
    assert read('{"upload_event": "missing.json"}').upload_event == "missing.json"


@pytest.mark.parametrize("entry", ["127.0.0.1", "10.0.0.0/8", "10.1.2.3/8", "::1", "fd00::/8"])
def test_addresses_and_networks_may_be_allowed(read: Read, entry: str) -> None:
    assert len(read(json.dumps({"allow": [entry]})).allow) == 1


def test_tables_of_numbers_become_texts(read: Read) -> None:
    assert read('{"macro_values": {"payout": 1.50, "n": 2}}').macro_values == {"payout": "1.50", "n": "2"}


# -- what is refused, and how -----------------------------------------------------------------------------------


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "none.json") in refusal(str(tmp_path / "none.json"))


def test_a_folder_is_told_from_a_file(tmp_path: Path) -> None:
    assert "is a folder" in refusal(str(tmp_path))


def test_a_file_without_permission_says_so(nobody: Callable[[], AbstractContextManager[None]], tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.touch()
    path.chmod(0)
    with nobody():
        assert "permission" in refusal(str(path))


@pytest.mark.parametrize("source", ["a\0b", "a" * 300, "", "\ud800"], ids=ascii)
def test_a_name_no_file_can_have_is_refused(source: str) -> None:
    assert refusal(source)


def test_bytes_that_are_not_utf8_are_named_with_their_offset(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b'{"goal": "\xe4"}')
    assert "0xe4 at offset 10" in refusal(str(tmp_path / "f"))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "f").open("wb") as file:
        file.truncate(1 << 40)
    assert "10 MiB" in refusal(str(tmp_path / "f"))


def test_standard_input_that_does_not_end_is_refused() -> None:
    assert "10 MiB" in refusal("-", b" " * (MAX_BYTES + 1))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs an endless file")
def test_an_endless_file_is_refused() -> None:
    assert "10 MiB" in refusal("/dev/zero")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"goal": "a",\n  "status" "b"}', "line 2, column 12"),
        ('{"goal": "a"', "line 1, column 13"),
        ("{'goal': 'a'}", "line 1, column 2"),
        ('{"goal": "a"} x', "line 1, column 15"),
        ('{"goal": "a\nb"}', "line 1, column 12"),
        ('goal = "a"\nstatus = b\n', "line 2, column 10"),
        ('goal = "a', "line 1, column 10"),
        ('goal = """a', "the end of the file"),
        ("click_id: abc", "line 1, column 9"),
        ('goal = "a"\ngoal = "b"', "line 2"),
        ("[1, 2]", "[1, 2]"),
        ('"text"', "text"),
        ("17", "17"),
        ('{"goal": "a", "goal": "b"}', "the key goal is given twice"),
        ('{"headers": {"a": "1", "a": "2"}}', "the key a is given twice"),
        ('{"payout": NaN}', "NaN"),
        ('{"payout": -Infinity}', "-Infinity"),
        ('{"payout": 1e999}', "1e999"),
        ("payout = nan", "nan"),
        ("payout = inf", "inf"),
        ('{"payout": ' + "9" * 5000 + "}", "99999999…"),
        ('{"payout": 0.' + "9" * 5000 + "}", "0.999999999999999999…"),
        ("payout = " + "9" * 5000, "number"),
        ("payout = 0x" + "f" * 9000, "payout is int"),
        ('{"upload_event": ' + '{"a":' * 200_000, "nested too deeply"),
        ('{"a":' + "[" * 200_000, "nested too deeply"),
        ("goal = " + "[" * 200_000, "nested too deeply"),
        ("a" + ".a" * 1_000_000 + " = 1", "nested too deeply"),
        ("goal = {a" + ".a" * 1_000_000 + " = 1}", "nested too deeply"),
        ("click_time = 2026-13-45T10:00:00Z", "line 1"),
        ('{"cick_id": "a"}', "cick_id; did you mean click_id?"),
        ('{"Click_ID": "a"}', "did you mean click_id?"),
        ('{"qqqqqqqq": "a"}', "accepted: title, reporter"),
        ('[click]\nclick_id = "a"', "without [click]"),
        ('{"access_token": "canary"}', "POSTBACK_WIZARD_TOKEN"),
        ('{"secret": "canary"}', "POSTBACK_WIZARD_SECRET"),
        ('{"goal": true}', "goal is true; accepted: text"),
        ('{"goal": null}', "goal is null; accepted: text"),
        ('{"goal": []}', "goal is []; accepted: text"),
        ('{"template": {"a": "b"}}', "accepted: text"),
        ('{"goal": "\\ud800"}', "lone surrogates"),
        ('{"headers": {"\\ud800": "a"}}', "lone surrogates"),
        ('{"role": "boss"}', "role is boss; accepted: affiliate, tracker, network, advertiser"),
        ('{"symptom": "sad"}', "accepted: nothing-arrives, refused"),
        ('{"attempt_seen": true}', "accepted: yes, no"),
        ('{"click_time": "yesterday"}', "click_time is yesterday; accepted: an ISO 8601 time"),
        ('{"click_time": 1772359200}', "click_time is 1772359200; accepted: an ISO 8601 time"),
        ("click_time = 10:00:00", "accepted: an ISO 8601 time"),
        ("goal = 2026-03-01", "accepted: text"),
        ('{"allow": "127.0.0.1"}', "allow is 127.0.0.1; accepted: a list"),
        ('{"allow": ["tracker.example"]}', "allow is tracker.example; accepted: a list"),
        ('{"allow": ["127.0.0.1/99"]}', "127.0.0.1/99"),
        ('{"allow": [2130706433]}', "2130706433"),
        ('{"method": "GE T"}', "method is GE T; accepted: an HTTP method"),
        ('{"method": "GET\\r\\nX: y"}', "GET\\r\\nX: y"),
        ('{"columns": "a"}', "columns is a; accepted: a table"),
        ('{"columns": {"click_id": []}}', "columns.click_id is []"),
        ('{"har": "a\\u0000b"}', "har is a\\x00b; accepted: the path"),
        ('{"upload_event": 7}', "upload_event is 7; accepted: a table, or as text"),
        ('{"upload_event": true}', "upload_event is true; accepted: a table"),
    ],
    ids=lambda value: ascii(value[:40]),
)
def test_what_is_wrong_is_said_in_one_sentence(read: Read, content: str, said: str) -> None:
    with pytest.raises(FactsError) as caught:
        read(content)
    sentence = caught.value.message.say("en")
    assert said in sentence
    assert len(sentence) < 900
    assert sentence.isprintable()


def test_every_refusal_is_also_said_in_russian(read: Read) -> None:
    with pytest.raises(FactsError) as caught:
        read('{"role": "{boss}"}')
    assert caught.value.message.say("ru") == "role = {boss}; допускается: affiliate, tracker, network, advertiser."


@pytest.mark.parametrize(
    "content",
    [
        '{"customer": {"em": ["canary@example.com"]}}',
        '{"customer": "canary"}',
        '{"headers": {"authorization": ["canary"]}}',
    ],
)
def test_private_values_are_not_repeated(read: Read, content: str) -> None:
    with pytest.raises(FactsError) as caught:
        read(content)
    assert "canary" not in caught.value.message.say("en")


def test_a_payload_file_that_is_no_json_is_refused(read: Read, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("canary")
    with pytest.raises(FactsError) as caught:
        read('{"upload_event": "notes.txt"}')
    assert "canary" not in caught.value.message.say("en")


def test_a_payload_file_that_is_too_large_is_refused(read: Read, tmp_path: Path) -> None:
    with (tmp_path / "event.json").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(FactsError, match="10 MiB"):
        read('{"upload_event": "event.json"}')

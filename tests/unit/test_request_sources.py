"""The exact request out of archives, log records, server logs and tables, and out of the template."""

import json

import pytest

from postback_wizard.domain.asked import asked, known_values
from postback_wizard.domain.edited import changes, is_another
from postback_wizard.domain.exact import ExactRequest, RequestProblem
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.forbidden import encoded, forbidden_in
from postback_wizard.domain.request import read_request

U = "https://track.example/postback?cid=w7k2&payout=12.50"
TEMPLATE = "https://track.example/postback?cid={clickid}&payout={payout}"


def read(text: str, base: str = "") -> ExactRequest:
    found = read_request(text, base)
    assert isinstance(found, ExactRequest), found
    return found


def refused(text: str, base: str = "") -> RequestProblem:
    found = read_request(text, base)
    assert isinstance(found, RequestProblem), found
    return found


def entry(url: str = U, method: str = "GET", **more: object) -> dict[str, object]:
    headers = [
        {"name": ":authority", "value": "track.example"},
        {"name": "host", "value": "track.example"},
        {"name": "x-key", "value": "a b"},
        {"name": "content-length", "value": "3"},
    ]
    return {"startedDateTime": "x", "request": {"method": method, "url": url, "headers": headers, **more}}


def archive(*entries: object) -> str:
    return json.dumps({"log": {"version": "1.2", "entries": list(entries)}})


def test_one_entry_of_an_archive_is_read_as_it_was_sent() -> None:
    found = read(json.dumps(entry(method="POST", postData={"mimeType": "text/plain", "text": "a=b"})))
    assert (found.method, found.url, found.headers, found.body) == ("POST", U, (("x-key", "a b"),), "a=b")


def test_an_archive_with_one_entry_needs_no_choice() -> None:
    assert read(archive(entry())).url == U


def test_the_one_entry_that_looks_like_a_postback_is_taken_and_said() -> None:
    others = (
        entry("https://shop.example/"),
        entry("https://shop.example/pb.js?cid=1"),
        entry("https://a.example/x?q=1"),
    )
    found = read(archive(*others, entry()))
    assert found.url == U
    assert "4" in found.notes[0].say("en")


def test_several_likely_entries_are_offered_by_number() -> None:
    problem = refused(archive(entry(), entry("https://other.example/postback?cid=2")))
    assert "#1 GET track.example/postback" in problem.at
    assert "#2 GET other.example/postback" in problem.at


def test_a_number_before_the_text_picks_the_entry() -> None:
    text = archive(entry(), entry("https://other.example/postback?cid=2"))
    assert read(f"#2 {text}").url == "https://other.example/postback?cid=2"


def test_a_number_that_is_not_there_is_refused() -> None:
    assert refused(f"#3 {archive(entry(), entry())}").at == "#3"


def test_a_form_whose_bytes_were_not_kept_is_refused() -> None:
    posted = {"mimeType": "x", "params": [{"name": "cid", "value": "1"}]}
    assert refused(json.dumps(entry(method="POST", postData=posted))).at == "cid"


def test_a_packed_body_is_unpacked() -> None:
    found = read(json.dumps(entry(method="POST", postData={"text": "YT1i", "encoding": "base64"})))
    assert found.body == "a=b"


@pytest.mark.parametrize(
    "record",
    [
        {"url": U, "method": "POST", "headers": {"X-Key": "a"}, "body": "a=b"},
        {"request_url": U, "http_method": "post", "request_headers": [["X-Key", "a"]], "request_body": "a=b"},
        {"msg": "sent", "request": {"url": U, "method": "POST", "headers": {"X-Key": "a"}, "payload": "a=b"}},
        {"requestUrl": U, "verb": "POST", "headers": [{"name": "X-Key", "value": "a"}], "postData": "a=b"},
        {
            "host": "track.example",
            "path": "/postback",
            "query": "cid=w7k2&payout=12.50",
            "scheme": "https",
            "method": "POST",
            "headers": {"X-Key": "a"},
            "body": "a=b",
        },
    ],
)
def test_a_log_record_is_read_under_the_usual_names(record: dict[str, object]) -> None:
    found = read(json.dumps(record))
    assert (found.method, found.url, found.headers, found.body) == ("POST", U, (("X-Key", "a"),), "a=b")


def test_a_body_kept_as_a_structure_says_that_its_bytes_are_not_known() -> None:
    found = read(json.dumps({"url": U, "body": {"a": 1}}))
    assert (found.method, found.body) == ("POST", '{"a":1}')
    assert found.notes


def test_records_one_a_line_are_offered_by_number() -> None:
    lines = [json.dumps({"url": U}), json.dumps({"url": f"{U}&n=2"})]
    assert "#2" in refused("\n".join(lines)).at
    assert read("#1\n" + "\n".join(lines)).url == U


def test_two_addresses_in_one_record_without_a_usual_name_are_refused() -> None:
    assert U in refused(json.dumps({"a": U, "b": "https://b.example/"})).at


def test_one_address_under_any_name_is_taken() -> None:
    assert read(json.dumps({"deep": [{"x": U}]})).url == U


COMBINED = (
    '203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "POST /postback?cid=1&n=\\x22x\\x22 HTTP/1.1" 200 5 "-" "Agent/1"'
)


def test_a_line_of_a_web_server_takes_its_host_from_the_template() -> None:
    found = read(COMBINED, TEMPLATE)
    assert (found.method, found.url) == ("POST", 'https://track.example/postback?cid=1&n="x"')
    assert found.headers == (("User-Agent", "Agent/1"),)
    assert any("https://track.example" in note.say("ru") for note in found.notes)


def test_a_line_of_a_web_server_without_a_template_asks_for_the_host() -> None:
    assert "POST /postback" in refused(COMBINED).at


def test_a_virtual_host_before_the_line_is_its_host() -> None:
    line = 'track.example:443 203.0.113.9 - - [01/Mar/2026:10:00:00 +0000] "GET /p?a=1 HTTP/1.1" 200 5'
    assert read(line).url == "https://track.example/p?a=1"


def test_bytes_a_web_server_wrote_by_number_come_back() -> None:
    line = '203.0.113.9 - - [x] "GET /p?n=\\xD0\\x96\\\\ HTTP/1.0" 200 5'
    assert read(line, TEMPLATE).url == "https://track.example/p?n=\u0416\\"


def test_a_row_of_a_table_keeps_doubled_quotes_as_one() -> None:
    row = '2026-03-01;"https://t.example/p?n=""a;b""&c=1";GET;200'
    assert read(row).url == 'https://t.example/p?n="a;b"&c=1'


def test_a_row_of_a_table_has_its_method_in_a_column() -> None:
    assert read(f"time,method,url,status\n10:00,POST,{U},200").method == "POST"


# -- the template ------------------------------------------------------------------------------------------------

KNOWN = Facts(template=TEMPLATE, click_id="w7k2", payout="12.50")


def test_the_template_is_filled_with_what_the_case_knows_and_says_so() -> None:
    values = known_values(KNOWN)
    found = asked(KNOWN.with_values({"macro_values": values}))
    assert isinstance(found, ExactRequest)
    assert found.url == U
    assert "clickid = w7k2" in found.notes[0].say("en")


def test_given_values_win_over_facts() -> None:
    assert known_values(KNOWN.with_values({"macro_values": {"payout": "1"}}))["payout"] == "1"


def test_a_template_with_an_unknown_macro_is_no_request() -> None:
    found = asked(KNOWN.with_values({"macro_values": {"clickid": "w7k2"}}))
    assert isinstance(found, RequestProblem)
    assert found.at == "{payout}"


def test_a_pasted_request_wins_over_the_template() -> None:
    found = asked(KNOWN.with_values({"macro_values": {"clickid": "1"}, "sent_request": "https://a.example/p"}))
    assert isinstance(found, ExactRequest)
    assert found.url == "https://a.example/p"


# -- what HTTP forbids, and what was changed ----------------------------------------------------------------------


def test_every_forbidden_byte_is_named_with_its_place() -> None:
    found = forbidden_in(ExactRequest("GET", "https://t.example/p?n=a b&c=\u0416", (("X", "a\x01"),)))
    assert [(item.name, item.offset, item.part, item.encoded) for item in found] == [
        ("U+0020", 6, "n=a b", "n=a%20b"),
        ("U+0416", 11, "c=\u0416", "c=%D0%96"),
        ("U+0001", 1, "X", ""),
    ]


def test_encoding_changes_nothing_but_the_forbidden_bytes() -> None:
    before = ExactRequest("GET", "https://t.example/a b?n=%20 {x}#frag ment")
    assert encoded(before).url == "https://t.example/a%20b?n=%20%20{x}#frag ment"


def test_a_request_without_forbidden_bytes_stays_the_same() -> None:
    request = ExactRequest("GET", U)
    assert encoded(request) is request


def test_changes_are_told_parameter_by_parameter() -> None:
    before = ExactRequest("GET", f"{U}&gone=1", (("X", "1"),), "a=1&b=2")
    after = ExactRequest("POST", U.replace("w7k2", "other"), (("x", "2"),), "a=1&b=3")
    told = [(item.place, item.name, item.before, item.after) for item in changes(before, after)]
    assert told == [
        ("method", "", "GET", "POST"),
        ("query", "cid", "w7k2", "other"),
        ("query", "gone", "1", None),
        ("header", "x", "1", "2"),
        ("body", "b", "2", "3"),
    ]


def test_the_same_request_has_no_changes() -> None:
    assert changes(ExactRequest("GET", U), ExactRequest("GET", U)) == ()


def test_a_renamed_parameter_is_one_gone_and_one_new() -> None:
    told = changes(ExactRequest("GET", U), ExactRequest("GET", U.replace("cid=", "subid=")))
    assert [(item.name, item.before, item.after) for item in told] == [("cid", "w7k2", None), ("subid", None, "w7k2")]


@pytest.mark.parametrize(
    ("before", "after", "another"),
    [
        ("", U, True),
        (U, f"{U}&x=1", False),
        (U, U.replace("w7k2", "zz"), False),
        (U, "curl -d a http://b.example", True),
    ],
)
def test_an_edit_is_told_from_another_paste(before: str, after: str, another: bool) -> None:
    assert is_another(before, after) is another

"""A pasted text becomes one exact request, or a word why not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.domain.request import ExactRequest, RequestProblem, read_request


def read(text: str) -> ExactRequest:
    found = read_request(text)
    assert isinstance(found, ExactRequest), found
    return found


def refused(text: str) -> RequestProblem:
    found = read_request(text)
    assert isinstance(found, RequestProblem), found
    return found


@pytest.mark.parametrize(
    "url",
    [
        "https://track.example/postback?cid={clickid}&a=[x]&b=${x}&c=#s2#",
        "http://127.0.0.1:8080/p?x=%7Bclickid%7D&y=a+b%20c",
        "https://track.example/p?name=John Smith&cid=1",
        "https://track.example/../p?x=<1>&y=\u043f",
    ],
)
def test_a_url_stays_as_it_is(url: str) -> None:
    assert read(f"  {url}\n") == ExactRequest("GET", url)


RAW = "POST /p?cid=1 HTTP/1.1\r\nHost: track.example\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b"


def test_a_raw_request_gives_method_url_headers_and_body() -> None:
    found = read(RAW)
    assert (found.method, found.url, found.headers, found.body) == (
        "POST",
        "https://track.example/p?cid=1",
        (("Content-Type", "text/plain"),),
        "a=b",
    )


def test_a_raw_request_says_which_scheme_was_assumed() -> None:
    assert any("https" in note.say("en") for note in read(RAW).notes)


def test_a_raw_request_to_this_machine_is_plain_http() -> None:
    assert read("GET /p HTTP/1.1\nHost: 127.0.0.1:8080").url == "http://127.0.0.1:8080/p"


def test_a_raw_request_with_a_full_target_needs_no_host() -> None:
    assert read("GET http://track.example/p HTTP/1.1\n").url == "http://track.example/p"


def test_a_host_header_that_differs_from_the_target_is_kept() -> None:
    found = read("GET http://198.51.100.7/p HTTP/1.1\nHost: track.example")
    assert found.headers == (("Host", "track.example"),)


def test_line_ends_pasted_after_the_body_are_cut_where_its_length_is_known() -> None:
    assert read(RAW + "\n\n").body == "a=b"


def test_a_raw_request_without_a_host_is_refused() -> None:
    assert "/p?cid=1" in refused("GET /p?cid=1 HTTP/1.1\nAccept: */*").at


def test_a_chunked_body_is_refused_by_name() -> None:
    problem = refused("POST /p HTTP/1.1\nHost: a.example\nTransfer-Encoding: chunked\n\n3\na=b\n0\n")
    assert problem.at == "Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    ("line", "method", "url"),
    [
        (
            '1.2.3.4 - - [x] "GET https://t.example/p?cid=1 HTTP/1.1" 200 5 "https://ref.example/"',
            "GET",
            "https://t.example/p?cid=1",
        ),
        ("2026-03-01 10:00:00 POST https://t.example/p?cid=1 200", "POST", "https://t.example/p?cid=1"),
        ("sent https://t.example/p?cid=1, answer 200", "GET", "https://t.example/p?cid=1"),
        ("2026-03-01,https://t.example/p?cid=1,200,ok", "GET", "https://t.example/p?cid=1"),
        ("(https://t.example/p?cid=(x))", "GET", "https://t.example/p?cid=(x)"),
        ("url='https://t.example/p?n=John Smith' status=200", "GET", "https://t.example/p?n=John Smith"),
        ("https://t.example/p?cid={clickid}\t200\tOK", "GET", "https://t.example/p?cid={clickid}"),
        ("10:00 https://t.example/p?cid=[x] again https://t.example/p?cid=[x]", "GET", "https://t.example/p?cid=[x]"),
    ],
)
def test_a_log_line_gives_its_one_request(line: str, method: str, url: str) -> None:
    found = read(line)
    assert (found.method, found.url) == (method, url)


def test_a_json_log_line_is_read_as_json() -> None:
    found = read(json.dumps({"ts": 1, "method": "POST", "url": "https://t.example/p?a=1&b={x}"}).replace("/", "\\/"))
    assert (found.method, found.url) == ("POST", "https://t.example/p?a=1&b={x}")


def test_a_log_line_says_what_was_taken_from_it() -> None:
    assert "https://t.example/p" in read("sent https://t.example/p 200").notes[0].say("ru")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", ""),
        ("nothing here", "nothing here"),
        ("https://a.example/1 and https://a.example/2 302", "https://a.example/1  https://a.example/2"),
        ('1.2.3.4 "GET /postback?cid=1 HTTP/1.1" 200', "GET /postback?cid=1"),
        ("https://t.example/p?cid=1&\npayout=2", "payout=2"),
    ],
)
def test_a_text_without_one_request_says_where_the_trouble_is(text: str, at: str) -> None:
    assert refused(text).at == at


def test_a_problem_speaks_both_languages() -> None:
    problem = refused("curl -n https://t.example/p")
    assert "-n" in problem.message.say("en", problem.values)
    assert "-n" in problem.message.say("ru", problem.values)


FRAGMENTS = st.sampled_from(
    [
        *(
            "curl ",
            "-H ",
            "-d ",
            "--json ",
            "-X",
            "POST ",
            "'",
            '"',
            "$'",
            "\\",
            "\n",
            "\r\n",
            "\\x",
            "\\u",
            " ",
            "&",
            "|",
        ),
        *(
            "https://t.example/p?a=1",
            "http://[::1",
            "{x}",
            "[x]",
            "${x}",
            "$(",
            "`",
            "{",
            "[",
            ":",
            "GET / HTTP/1.1",
            "Host: a",
        ),
        *(
            "--url ",
            "@f",
            "\x00",
            "\x1b",
            "\ud800",
            "\udcff",
            "\ufeff",
            "--data-urlencode ",
            "=",
            ";",
            "-",
            "--",
            "Content-Length: 3",
        ),
    ]
)


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=14).map("".join), st.text(alphabet=st.characters())))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert isinstance(read_request(text), ExactRequest | RequestProblem)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1))
def test_whatever_follows_the_scheme_of_one_url_is_kept(rest: str) -> None:
    url = f"https://t.example/p?x={rest}"
    assert read(url).url == url.strip()


def test_deep_json_is_no_request() -> None:
    assert isinstance(read_request("[" * 100_000), RequestProblem)

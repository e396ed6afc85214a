"""curl commands in and out."""

import shutil
import subprocess

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from postback_wizard.domain.curl_flags import FORM
from postback_wizard.domain.curl_out import as_curl
from postback_wizard.domain.request import ExactRequest, RequestProblem, read_request

U = "https://t.example/p"
FORM_HEADER = (("Content-Type", FORM),)


def read(text: str) -> ExactRequest:
    found = read_request(text)
    assert isinstance(found, ExactRequest), found
    return found


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (f"curl {U}", ExactRequest("GET", U)),
        (f"$ curl {U}", ExactRequest("GET", U)),
        (f"curl '{U}?cid={{clickid}}&a=[x]&b=${{x}}'", ExactRequest("GET", f"{U}?cid={{clickid}}&a=[x]&b=${{x}}")),
        (f'curl "{U}?a=\\"q\\"&b=\\$x&c=\\y"', ExactRequest("GET", f'{U}?a="q"&b=$x&c=\\y')),
        (f"curl {U}?a=1\\&b=2", ExactRequest("GET", f"{U}?a=1&b=2")),
        (f"curl --url {U} -X PUT", ExactRequest("PUT", U)),
        (f"curl -XDELETE {U}", ExactRequest("DELETE", U)),
        (f"curl -I {U}", ExactRequest("HEAD", U)),
        (f"curl {U} \\\n  -H 'X-A: b' \\\r\n  -H 'X-E;'", ExactRequest("GET", U, (("X-A", "b"), ("X-E", "")))),
        (f"curl -d a=1 -d 'b=2 3' {U}", ExactRequest("POST", U, FORM_HEADER, "a=1&b=2 3")),
        (f"curl --data-raw @f {U}", ExactRequest("POST", U, FORM_HEADER, "@f")),
        (f"curl --data-binary $'a\\tb\\'\\x41\\u0416\\101' {U}", ExactRequest("POST", U, FORM_HEADER, "a\tb'A\u0416A")),
        (f"curl -d '' {U}", ExactRequest("POST", U, FORM_HEADER, "")),
        (f"curl -H 'Content-Type:' -d a {U}", ExactRequest("POST", U, (), "a")),
        (
            f"curl -H 'content-type: text/plain' -d a {U}",
            ExactRequest("POST", U, (("content-type", "text/plain"),), "a"),
        ),
        (
            f"curl --json '{{\"a\":1}}' {U}",
            ExactRequest("POST", U, (("Content-Type", "application/json"), ("Accept", "application/json")), '{"a":1}'),
        ),
        (f"curl --data-urlencode 'a=b c+d/\u00e9' {U}", ExactRequest("POST", U, FORM_HEADER, "a=b+c%2Bd%2F%C3%A9")),
        (f"curl --data-urlencode '=b c' {U}", ExactRequest("POST", U, FORM_HEADER, "b+c")),
        (f"curl -G -d a=1 -d b=2 '{U}?q=0#end'", ExactRequest("GET", f"{U}?q=0&a=1&b=2#end")),
        (f"curl -G -d a=1 {U}", ExactRequest("GET", f"{U}?a=1")),
        (
            f"curl -A UA -e {U}/ref -b 'a=1; b=2' {U}",
            ExactRequest("GET", U, (("User-Agent", "UA"), ("Referer", f"{U}/ref"), ("Cookie", "a=1; b=2"))),
        ),
        (f"curl -- {U}", ExactRequest("GET", U)),
    ],
)
def test_a_command_is_read_as_the_request_it_sends(command: str, expected: ExactRequest) -> None:
    found = read(command)
    assert (found.method, found.url, found.headers, found.body) == (
        expected.method,
        expected.url,
        expected.headers,
        expected.body,
    )


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        ("-s -S -v -i --compressed", "--compressed"),
        ("-sSL", "-L"),
        ("-k", "-k"),
        ("-m 5 -o out.txt", "-m, -o"),
    ],
)
def test_flags_that_do_not_change_the_request_are_named_in_a_note(flags: str, named: str) -> None:
    found = read(f"curl {flags} {U}")
    assert named in " ".join(note.say("en") for note in found.notes)


@pytest.mark.parametrize("rest", ["| jq .", "> out.txt", "2>&1", "; rm -rf /", "&& echo done"])
def test_what_follows_the_command_is_left_out_and_said(rest: str) -> None:
    found = read(f"curl '{U}?a=1' {rest}")
    assert (found.url, rest[:4] in found.notes[-1].say("ru")) == (f"{U}?a=1", True)


@pytest.mark.parametrize(
    ("command", "at"),
    [
        (f"curl -u user {U}", "-u"),
        (f"curl -n {U}", "-n"),
        (f"curl --proxy-user user:secret {U}", "--proxy-user"),
        (f"curl -F a=@b {U}", "-F a=@b"),
        (f"curl -F 'a=b;c=d' {U}", "-F a=b;c=d"),
        (f"curl -d @body.json {U}", "-d @body.json"),
        (f"curl --data-urlencode a@f {U}", "--data-urlencode a@f"),
        (f"curl -b jar.txt {U}", "-b jar.txt"),
        (f"curl -H @headers.txt {U}", "-H @headers.txt"),
        (f"curl -H 'no header' {U}", "no header"),
        (f"curl --unknown {U}", "--unknown"),
        (f"curl -x proxy:8080 {U}", "-x"),
        (f"curl --request=POST {U}", "--request=POST"),
        (f"curl -K config {U}", "-K"),
        (f"curl {U} -X", "-X"),
        (f"curl {U} {U}/2", f"{U}  {U}/2"),
        ("curl -s", "curl"),
        (f"curl '{U}", f"'{U}"),
        (f"curl {U}?a=1&b=2", f"{U}?a=1&"),
        (f'curl "{U}?a=$(id)"', '$(id)"'),
        (f"curl {U}?a=`id`", "`id`"),
        (f"curl {U} --next {U}", "--next"),
        (f"curl {U}/{{a,b}}", "{a,b}"),
        (f"curl '{U}/[1-3]'", "[1-3]"),
        (f"curl -T f {U}", "-T"),
        (f"curl --digest -u a:b {U}", "--digest"),
        (f"curl -G -d a --url-query b {U}", "-G --url-query"),
        (f"curl -H 'Transfer-Encoding: chunked' -d a {U}", "Transfer-Encoding: chunked"),
    ],
)
def test_what_cannot_be_read_exactly_is_refused_by_name(command: str, at: str) -> None:
    found = read_request(command)
    assert isinstance(found, RequestProblem)
    assert found.at == at


def test_a_secret_is_not_repeated_in_the_refusal() -> None:
    found = read_request(f"curl --proxy-user user:secret {U}")
    assert isinstance(found, RequestProblem)
    assert "secret" not in found.message.say("en", found.values)


WORDS = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
LINES = st.text(alphabet=st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]), max_size=40)
NAMES = st.sampled_from(["X-A", "Content-Type", "Cookie", "accept", "X_b"])
REQUESTS = st.builds(
    ExactRequest,
    st.sampled_from(["GET", "POST", "PUT", "HEAD", "DELETE"]),
    WORDS.map(lambda rest: f"https://t.example/p?x={rest}"),
    st.lists(st.tuples(NAMES, LINES.map(lambda value: value.strip(" \t"))), max_size=3).map(tuple),
    WORDS,
)


@given(REQUESTS)
def test_a_written_command_is_read_back_as_the_same_request(request: ExactRequest) -> None:
    found = read(as_curl(request))
    assert (found.method, found.url, found.headers, found.body) == (
        request.method,
        request.url,
        request.headers,
        request.body,
    )


@given(WORDS)
def test_a_written_command_shows_no_control_characters(body: str) -> None:
    command = as_curl(ExactRequest("POST", U, (), body))
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in command)


BASH = shutil.which("bash") or ""


@pytest.mark.skipif(not BASH, reason="bash is not installed")
@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_bash_hands_curl_the_words_that_were_meant(bodies: list[str]) -> None:
    assume(all(bodies))
    commands = [as_curl(ExactRequest("POST", f"{U}?x={body}", (), body)) for body in bodies]
    script = 'curl() { printf "%s\\0" "$@"; }\n' + "\n".join(commands)
    done = subprocess.run([BASH, "--norc", "-c", script], capture_output=True, check=True, env={"LC_ALL": "C"})
    sent = done.stdout.decode("utf-8").split("\0")
    expected = [
        word
        for body in bodies
        for word in (
            *("--globoff", "--path-as-is", "--header", "Content-Type:"),
            *("--data-raw", body, "--url", f"{U}?x={body}"),
        )
    ]
    assert sent[:-1] == expected

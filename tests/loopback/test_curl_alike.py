"""A pasted curl command and the same command run by curl send the same request."""

import re
from collections.abc import Iterator

import pytest

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import DnsEvidence, HttpEvidence, HttpProbe
from postback_wizard.domain.request import read_request
from postback_wizard.domain.step import Settings
from postback_wizard.effects.world import LiveWorld
from postback_wizard.steps.replay import plan
from tests.loopback.recorder import BASH, CURL, Meaning, Recorder, meaning, recording, run_bash

pytestmark = pytest.mark.skipif(not (CURL and BASH), reason="curl and bash are needed")

#: Commands that bash runs as they stand; U stands for the recorder's address.
BASH_COMMANDS = (
    "curl U/p",
    "curl U/p?a=1\\&b=2",
    "curl 'U/p?cid=w7k2&payout=12.50&x=%7Bclickid%7D&y=a+b%20c'",
    'curl "U/p?a=1&b=\\$x&c=%22"',
    "curl \"U/p?a='x'&b=2\"",
    "curl $'U/p?a=\\x41\\u0042\\103&b=\\''",
    "curl 'U/p?a=it'\\''s'",
    "curl 'U'/p\"?a=1\"'&b=2'",
    'curl $"U/p?a=1"',
    "curl U/p \\\n  -H 'X-A: b' \\\n  -H 'X-B: c'",
    "curl --url U/p -X PUT",
    "curl -XDELETE U/p",
    "curl -X PATCH --data a=1 U/p",
    "curl -X post -d a U/p",
    "curl -I U/p",
    "curl U",
    "curl 'U?x=1'",
    "curl 'U/p?x=1#part'",
    "curl 'U/a/../b/./c?x=/../'",
    "curl --path-as-is 'U/a/../b'",
    "curl -g 'U/p?a={clickid}&b=[x]&c=<\">|^`'",
    "curl -g 'U/p?sub=${SUBID}&b=##X##'",
    "curl -d a=1 -d 'b=2 3' U/p",
    "curl -d a=b -d '' -d c U/p",
    "curl -d '' -d c U/p",
    "curl --data-raw '@f&x=1' U/p",
    "curl --data-raw $'a\\tb\\'\\x41\\n' U/p",
    "curl --data-binary $'line\\r\\nline' U/p",
    "curl --data-binary $'\\xff\\xfe' U/p",
    "curl --data-ascii 'a=\u0416\u00e9' U/p",
    "curl --data-urlencode 'a=b c+d/\u00e9~*' U/p",
    "curl --data-urlencode '=x y&z' U/p",
    "curl --data-urlencode 'x y' --data-urlencode 'n a=b=c' U/p",
    "curl -d a=1 --data-urlencode 'b=&' --data-raw c U/p",
    'curl --json \'{"click_id":"w7","payout":12.5}\' U/p',
    "curl --json '{\"a\":1' --json ',\"b\":2}' U/p",
    "curl --json '{}' -d x=1 U/p",
    "curl -d x=1 --json '{}' -H 'Accept:' U/p",
    "curl -H 'Content-Type: application/json' -d '{\"a\": \"b c\"}' U/p",
    "curl -H 'Content-Type:' -d a U/p",
    "curl -G -d a=1 -d b=2 'U/p?q=0'",
    "curl -G --data-urlencode 'a=b c' U/p",
    "curl -G -d a=1 'U/p#end'",
    "curl --get -d a=1 'U/p?'",
    "curl --url-query 'a=b c' 'U/p?q=1'",
    "curl --url-query x --url-query '=y z' U/p",
    "curl --url-query '+raw=%20x' U/p",
    "curl -d a=1 --url-query b=2 U/p",
    "curl -F a=b -F 'c=d e' U/p",
    'curl -F \'c="x;y\\"z";type=text/plain\' U/p',
    "curl --form-string 'a=@b;type=x' -F 'd\"e=f' U/p",
    "curl -F 'j={\"a\":1};type=application/json' U/p",
    "curl -u user:pa:ss U/p",
    "curl -u 'us er:p\u00e4\"' U/p",
    "curl --user a:b -H 'Authorization: Bearer t' U/p",
    "curl --oauth2-bearer tok U/p",
    "curl http://me%40x:pw@127.0.0.1:PORT/p",
    "curl http://me:pw@127.0.0.1:PORT/p -u other:word",
    "curl -b 'a=1; b=2' U/p",
    "curl -b a=1 --cookie b=2 U/p",
    "curl -b a=1 -H 'Cookie: z=1' U/p",
    "curl -A 'Agent/1 (x)' U/p",
    "curl -A Agent -H 'User-Agent: Other' U/p",
    "curl -A '' U/p",
    "curl -H 'User-Agent:' -H 'Accept:' U/p",
    "curl -e 'https://ref.example/?a=b' U/p",
    "curl -e 'x;auto' U/p",
    "curl -H 'X-A:   v ' -H 'X-E;' -H 'X-A: w' U/p",
    "curl -H 'Host: track.example' U/p",
    "curl -r 0-99 U/p",
    "curl -sSiXPOST -dx U/p --data-raw y < /dev/null",
    "curl -sSkL --http1.1 -m 5 -o /dev/null -w '%{http_code}\\n' U/p",
    "curl --max-redirs 0 -sfHX-A:b U/p",
    "curl -- U/p",
    'curl U/p -H "X-A: a\\\\b\\"c\\`d\\$e\\z"',
    "curl U/p # a comment",
    "/usr/bin/curl U/p",
    "curl -X GET -d a U/p",
    "curl -H 'Expect:' -H 'content-type: text/plain; charset=utf-8' --data-binary 'a&b=c' U/p",
    "curl 127.0.0.1:PORT/p",
)
#: A command for another shell, and the command for bash that means the same.
WINDOWS = (
    ('C:\\Users\\me>curl "U/p?a=1&b=2"', "curl 'U/p?a=1&b=2'"),
    ('curl ^"U/p?a=1^&b=2^"', "curl 'U/p?a=1&b=2'"),
    ('curl ^"U/p?x=^%^7Bid^%^7D^&y=a^%^20b^"', "curl 'U/p?x=%7Bid%7D&y=a%20b'"),
    ('curl ^"U/p^" ^\r\n  -H ^"X-A: b c^" ^\r\n  -H ^"accept: ^*/^*^"', "curl U/p -H 'X-A: b c' -H 'accept: */*'"),
    (
        'curl ^"U/p^" -H ^"content-type: application/json^" ^\n --data-raw ^"^{^\\^"a^\\^":^\\^"b c^\\^"^}^"',
        "curl U/p -H 'content-type: application/json' --data-raw '{\"a\":\"b c\"}'",
    ),
    ('curl ^"U/p^" --data-raw ^"a^\n\nb^"', "curl U/p --data-raw $'a\\nb'"),
    ('curl U/p?a=1^&b=2 -d "x=\\"1\\""', "curl 'U/p?a=1&b=2' -d 'x=\"1\"'"),
    ('C:\\>curl.exe -d "{""a"":1}" "U/p"', "curl -d '{\"a\":1}' U/p"),
    ('C:\\>curl -d "a\\\\b\\c" U/p', "curl -d 'a\\\\b\\c' U/p"),
    ('C:\\>curl -d "a\\\\\\"b" U/p', "curl -d 'a\\\"b' U/p"),
    ('C:\\>curl -d "a^&b%20" U/p', "curl -d 'a^&b%20' U/p"),
    ("PS C:\\> curl.exe 'U/p?a=1&b=2' -H 'X-A: it''s'", "curl 'U/p?a=1&b=2' -H \"X-A: it's\""),
    ("curl.exe `\n  -X POST `\n  -d 'a=1' `\n  'U/p'", "curl -X POST -d 'a=1' U/p"),
    ('curl.exe `\r\n -d "{`"a`":1}" U/p', "curl -d '{\"a\":1}' U/p"),
    ('PS C:\\> curl.exe -d \'{\\"a\\":\\"b c\\"}\' U/p', 'curl -d \'{"a":"b c"}\' U/p'),
    ('PS C:\\> curl.exe -d "a`tb`$c`n""d""" U/p', "curl -d $'a\\tb$c\\n\"d\"' U/p"),
    ("PS C:\\> curl.exe U/p`?a=1`&b=2", "curl 'U/p?a=1&b=2'"),
    ("PS C:\\> & 'C:\\Windows\\System32\\curl.exe' U/p", "curl U/p"),
    ("PS C:\\> curl.exe -H 'X-A: a\u2019\u2019b' U/p", "curl -H 'X-A: a\u2019b' U/p"),
)


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with recording() as found:
        yield found


def addressed(command: str, recorder: Recorder) -> str:
    url = recorder.url()
    return re.sub(r"(?<![A-Za-z\-])U(?=[/?'\"^]|$)", url, command).replace("PORT", str(recorder.port))


def probe_of(text: str) -> HttpProbe:
    case = Case(id="c", opened_at="2026-03-01T10:00:00Z", facts=Facts(sent_request=text))
    looked_up = DnsEvidence("endpoint", "", "127.0.0.1", ("OK",), ("127.0.0.1",))
    found = [item for item in plan(case, (looked_up,), Settings()) if isinstance(item, HttpProbe)]
    assert found, read_request(text)
    return found[0]


async def ours(text: str, recorder: Recorder) -> Meaning:
    probe = probe_of(text)
    world = LiveWorld(allow=["127.0.0.0/8"])
    recorder.seen.clear()
    try:
        evidence = await world.perform(probe)
    finally:
        await world.aclose()
    assert isinstance(evidence, HttpEvidence)
    assert recorder.seen, evidence
    return meaning(recorder.seen[-1], written(probe))


def written(probe: HttpProbe) -> tuple[str, ...]:
    return (*(name.lower() for name, _ in probe.headers), *probe.without)


def theirs(command: str, recorder: Recorder, probe: HttpProbe) -> Meaning:
    recorder.seen.clear()
    run_bash(command)
    assert recorder.seen, command
    return meaning(recorder.seen[-1], written(probe))


@pytest.mark.parametrize("command", BASH_COMMANDS)
async def test_the_replay_of_a_command_is_what_curl_sends(command: str, recorder: Recorder) -> None:
    text = addressed(command, recorder)
    assert await ours(text, recorder) == theirs(text, recorder, probe_of(text))


@pytest.mark.parametrize(("command", "twin"), WINDOWS)
async def test_a_command_for_windows_is_its_twin_for_bash(command: str, twin: str, recorder: Recorder) -> None:
    text = addressed(command, recorder)
    assert await ours(text, recorder) == theirs(addressed(twin, recorder), recorder, probe_of(text))

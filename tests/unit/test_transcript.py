"""Pasted output of curl and wget, and pasted headers: which chain they show, and what they leave open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import AT
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.ledger import ledger
from postback_wizard.domain.probe import HarEvidence
from postback_wizard.domain.recorded import ADDRESS_UNKNOWN, ENDS_HERE, HEAD_REQUEST, STATUS_UNKNOWN
from postback_wizard.domain.transcript import MAX_CHARS, Transcript, parse
from postback_wizard.domain.transcript_shapes import of_command

START = "https://trk.example/c/7?source=12"
OFFER = "https://go.example/offer?cid=w7k2m9x4q1"
SHOP = "https://go.example/offer/"

VERBOSE = f"""\
me@box:~$ curl -sv -L -o /dev/null '{START}'
*   Trying 203.0.113.7:443...
* Connected to trk.example (203.0.113.7) port 443 (#0)
* ALPN: offers h2,http/1.1
* TLSv1.3 (OUT), TLS handshake, Client hello (1):
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* h2h3 [:authority: trk.example]
> GET /c/7?source=12 HTTP/2
> Host: trk.example
> user-agent: curl/7.88.1
> accept: */*
>
< HTTP/2 302
< server: nginx
< location: {OFFER}
< set-cookie: uid=1; Path=/
<
{{ [5 bytes data]
* Connection #0 to host trk.example left intact
* Issue another request to this URL: '{OFFER}'
*   Trying 203.0.113.8:443...
* Connected to go.example (203.0.113.8) port 443 (#1)
> GET /offer?cid=w7k2m9x4q1 HTTP/1.1
> Host: go.example
> Accept: */*
>
< HTTP/1.1 301 Moved Permanently
< Location: /offer/
<
* Issue another request to this URL: '{SHOP}'
* Found bundle for host: 0x1
* Re-using existing connection #1 with host go.example
> GET /offer/ HTTP/1.1
> Host: go.example
>
< HTTP/1.1 200 OK
< Content-Type: text/html
<
<title>shop</title>* Connection #1 to host go.example left intact
"""

HEADERS = f"""\
HTTP/1.1 302 Found
Date: Mon, 02 Mar 2026 10:00:00 GMT
Location: {OFFER}

HTTP/1.1 301 Moved Permanently
Location: /offer/

HTTP/1.1 200 OK
Content-Type: text/html

"""

WGET = f"""\
--2026-03-02 10:00:00--  {START}
Resolving trk.example (trk.example)... 203.0.113.7
Connecting to trk.example (trk.example)|203.0.113.7|:443... connected.
HTTP request sent, awaiting response...
  HTTP/1.1 302 Found
  Location: {OFFER}
  Set-Cookie: uid=1
Location: {OFFER} [following]
--2026-03-02 10:00:01--  {OFFER}
HTTP request sent, awaiting response... 301 Moved Permanently
Location: /offer/ [following]
--2026-03-02 10:00:01--  {SHOP}
HTTP request sent, awaiting response...
  HTTP/1.1 200 OK
  Content-Type: text/html
Length: unspecified [text/html]
"""

PANEL = f"""\
Request URL: {START}
Request Method: GET
Status Code: 302 Found
Location: {OFFER}

"""

CHAIN = [START, OFFER, SHOP]


def urls(found: Transcript) -> list[str]:
    return [hop.request.url for hop in found.hops]


def statuses(found: Transcript) -> list[int]:
    return [hop.answer.status for hop in found.hops if hop.answer]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (VERBOSE, "curl"),
        (f"$ curl -sIL '{START}'\n{HEADERS}", "curl"),
        (f"PS C:\\Users\\me> curl.exe -sIL \"{START}\"\n{HEADERS}", "curl"),
        (f"C:\\Users\\me>curl -sIL \"{START}\"\n{HEADERS}", "curl"),
        (f"➜  ~ curl -siL '{START}' \\\n  -H 'Accept: */*'\n{HEADERS}<title>shop</title>", "curl"),
        (f"{START}\n{HEADERS}", "headers"),
        (f"{START}\n\n{HEADERS}", "headers"),
        (WGET, "wget"),
        (f"$ wget -S -O /dev/null '{START}'\n{WGET}", "wget"),
        (PANEL + HEADERS.partition("\n\n")[2], "headers"),
    ],
    ids=["curl -v", "curl -I", "powershell", "cmd", "two lines", "url", "url, gap", "wget", "wget command", "panel"],
)  # fmt: skip
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_chain_is_read_whatever_printed_it(text: str, form: str, ends: str) -> None:
    found = parse(text.replace("\n", ends))
    assert (found.form, urls(found), statuses(found)) == (form, CHAIN, [302, 301, 200])


def test_requests_headers_peers_and_pages_are_kept() -> None:
    first, second, third = parse(VERBOSE).hops
    assert first.request.headers == (("Host", "trk.example"), ("user-agent", "curl/7.88.1"), ("accept", "*/*"))
    assert first.answer is not None
    assert first.answer.header("Set-Cookie") == "uid=1; Path=/"
    assert [hop.peer for hop in (first, second, third)] == ["203.0.113.7:443", "203.0.113.8:443", ""]
    assert third.answer is not None
    assert third.answer.body == "<title>shop</title>"


def test_times_are_unknown_and_not_made_up() -> None:
    assert {hop.at for hop in parse(VERBOSE).hops} == {""}
    assert {hop.timing_ms.total for hop in parse(VERBOSE).hops} == {0.0}


def test_hops_are_judged_like_live_ones() -> None:
    assert [hop.outcome for hop in parse(VERBOSE).hops] == [("REDIRECT",), ("REDIRECT",), ("OK_2XX",)]
    assert [hop.verdicts.http for hop in parse(VERBOSE).hops] == ["redirect", "redirect", "success"]


@pytest.mark.parametrize("meter", ["100   162    0   162    0     0    512      0 --:--:-- --:--:-- --:--:--   512"])
def test_a_progress_meter_is_noise(meter: str) -> None:
    head = "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
    noisy = head + VERBOSE.replace("*   Trying", f"\r{meter}*   Trying").replace("{ [5", f"\r{meter}\n{{ [5")
    assert urls(parse(noisy)) == CHAIN


def test_colours_and_links_of_a_terminal_are_noise() -> None:
    coloured = HEADERS.replace("Location: ", "\x1b[1mLocation\x1b[0m: \x1b]8;;x\x1b\\").replace(OFFER, f"{OFFER}")
    assert urls(parse(f"{START}\n{coloured}")) == CHAIN


def test_curl_v_i_which_says_everything_twice_makes_each_hop_once() -> None:
    assert urls(parse(f"{VERBOSE}\n{HEADERS}")) == CHAIN


@pytest.mark.parametrize("flags", ["-I", "-sIL", "-sSI -L", "--head -L"])
def test_head_requests_are_marked_on_every_hop(flags: str) -> None:
    found = parse(f"$ curl {flags} '{START}'\n{HEADERS}")
    assert [HEAD_REQUEST in hop.outcome for hop in found.hops] == [True] * 3


def test_a_chain_cut_off_says_so() -> None:
    only = parse(f"$ curl -I '{START}'\n{HEADERS.partition(chr(10) * 2)[0]}\n")
    assert ENDS_HERE in only.hops[-1].outcome


def test_headers_alone_leave_the_first_address_unknown() -> None:
    found = parse(HEADERS)
    assert (found.url, urls(found)) == ("", ["", OFFER, SHOP])
    assert [ADDRESS_UNKNOWN in hop.outcome for hop in found.hops] == [True, False, False]


def test_relative_addresses_keep_their_parameters_when_the_host_is_unknown() -> None:
    found = parse("HTTP/1.1 302 Found\nLocation: /offer?cid=w7k2m9x4q1\n\nHTTP/1.1 200 OK\n\n")
    assert urls(found) == ["", "/offer?cid=w7k2m9x4q1"]


def test_a_start_from_elsewhere_names_the_first_address() -> None:
    assert urls(parse(HEADERS, START)) == CHAIN


@pytest.mark.parametrize(
    "text",
    [
        f"Location: {OFFER}",
        f"server: nginx\nlocation: {OFFER}\nset-cookie: a=b",
        f"server:\nnginx\nlocation:\n{OFFER}\ndate:\nMon, 02 Mar 2026 10:00:00 GMT",
    ],
    ids=["one line", "no status line", "names above values"],
)
def test_headers_without_a_status_line_are_read_and_the_guess_is_marked(text: str) -> None:
    (hop,) = parse(text).hops
    assert hop.answer is not None
    assert (hop.answer.status, hop.answer.header("location")) == (302, OFFER)
    assert STATUS_UNKNOWN in hop.outcome


def test_a_panel_names_the_request_above_the_headers() -> None:
    text = f"Request URL\n{START}\nRequest Method\nGET\nStatus Code\n302 Found\nRemote Address\n203.0.113.7:443\n"
    (hop,) = parse(f"{text}location:\n{OFFER}\nserver:\nnginx\n").hops
    assert (hop.request.url, hop.peer, hop.outcome) == (START, "203.0.113.7:443", ("REDIRECT", ENDS_HERE))


def test_what_wget_asked_again_after_a_reset_is_one_hop() -> None:
    second = f"--2026-03-02 10:00:01--  {OFFER}\n"
    reset = "HTTP request sent, awaiting response... Read error (Connection reset by peer) in headers.\nRetrying.\n\n"
    again = f"{second}{reset}--2026-03-02 10:00:02--  (try: 2)  {OFFER}\n"
    assert urls(parse(WGET.replace(second, again))) == CHAIN


def test_what_curl_asked_again_after_a_reset_is_one_hop() -> None:
    asked = "> GET /offer/ HTTP/1.1\n> Host: go.example\n>\n"
    again = (
        f"{asked}* Connection died, retrying a fresh connect\n* Issue another request to this URL: '{SHOP}'\n{asked}"
    )
    assert urls(parse(VERBOSE.replace(asked, again))) == CHAIN


def test_a_second_command_is_no_part_of_the_chain() -> None:
    other = "$ curl -I https://other.example/\nHTTP/1.1 200 OK\nServer: x\n\n"
    found = parse(f"$ curl -sIL '{START}'\n{HEADERS}{other}")
    assert (urls(found), found.left_out) == (CHAIN, 1)


def test_one_command_a_hop_makes_one_chain() -> None:
    parts = HEADERS.strip().split("\n\n")
    text = "\n".join(f"$ curl -I '{url}'\n{part}\n" for url, part in zip(CHAIN, parts, strict=True))
    assert urls(parse(text)) == CHAIN


def test_interim_answers_and_tunnels_are_no_hops() -> None:
    text = f"HTTP/1.1 200 Connection established\n\nHTTP/1.1 103 Early Hints\nLink: </a.css>\n\n{HEADERS}"
    assert statuses(parse(f"{START}\n{text}")) == [302, 301, 200]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        ("curl: (6) Could not resolve host: go.example", "DNS_FAIL"),
        ("curl: (7) Failed to connect to go.example port 443: Connection refused", "CONNECT_REFUSED"),
        ("curl: (28) Connection timed out after 10001 milliseconds", "CONNECT_TIMEOUT"),
        ("curl: (28) Operation timed out after 10001 milliseconds with 0 bytes received", "NO_ANSWER"),
        ("curl: (52) Empty reply from server", "CLOSED_NO_ANSWER"),
        ("curl: (60) SSL certificate problem: certificate has expired", "TLS_EXPIRED"),
        ("curl: (60) SSL: no alternative certificate subject name matches target host", "TLS_NAME_MISMATCH"),
    ],
)
def test_what_curl_failed_at_is_the_last_hop(error: str, outcome: str) -> None:
    found = parse(f"$ curl -sSIL '{START}'\n{HEADERS.partition(chr(10) * 2)[0]}\n\n{error}")
    assert [(hop.request.url, hop.outcome[0]) for hop in found.hops] == [(START, "REDIRECT"), (OFFER, outcome)]


@pytest.mark.parametrize(
    "command",
    [
        f"curl '{START}'",
        f"curl '{START}' \\\n  -H 'Accept: text/html' \\\n  --compressed",
        f'$ curl -sIL "{START}"',
        f"wget -S '{START}'",
    ],
)
def test_a_command_alone_is_no_trace_but_names_its_url(command: str) -> None:
    assert parse(command) == Transcript("command", START)


def test_an_unquoted_ampersand_ends_the_url_as_in_a_shell() -> None:
    assert of_command("curl -sI https://trk.example/c?a=1&cid=2")[0] == "https://trk.example/c?a=1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        START,
        "trk.example/c/7",
        f"{START}\n",
        f"{START}\n{OFFER}",
        "click 7",
        "Note: see the link\nTitle: offer",
        "GET /c/7 HTTP/1.1\nHost: trk.example\n",
        "{clickid}",
    ],
)
def test_a_link_or_other_text_is_no_transcript(text: str) -> None:
    assert parse(text).form == "none"


def test_a_paste_over_the_cap_is_refused_whole() -> None:
    assert parse(VERBOSE + "x" * MAX_CHARS) == Transcript("too-large")


@pytest.mark.parametrize(
    "line", ["< HTTP/1.1 302 Found\n", "a: b\n", "* x * y\n", "curl \\\n", "$ curl -I x\n", "%>$ "]
)
def test_a_paste_as_long_as_the_cap_comes_to_an_end(line: str) -> None:
    assert parse("HTTP/1.1 200 OK\n" + (line * (MAX_CHARS // len(line)))[: MAX_CHARS - 20]).form != "too-large"


def test_the_click_url_of_a_paste_is_where_it_begins() -> None:
    assert click_url(Facts(click_url=VERBOSE)) == START
    assert click_url(Facts(click_url=HEADERS)) == ""
    assert click_url(Facts(click_url=" trk.example/c/7 ")) == "https://trk.example/c/7"


ODD = (
    *("> ", "< ", "* ", "\r", "\x1b[2J", "HTTP/1.1 302", "Location: //", "Location: http://[", "curl: (6)", "curl 'x"),
    *("> CONNECT x:1 HTTP/1.1", "\ud800", "Host: \x00", "Location: \x00", "Status Code: 302", "Request URL:"),
)
PIECES = st.sampled_from([*VERBOSE.splitlines(), *HEADERS.splitlines(), *WGET.splitlines(), *ODD])


@given(st.text(max_size=400))
def test_no_text_is_too_odd(text: str) -> None:
    assert parse(text).form in ("none", "command", "curl", "wget", "headers")


@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
def test_no_mixture_of_lines_is_too_odd(lines: list[str]) -> None:
    found = parse("\n".join(lines))
    assert [hop.hop for hop in found.hops] == list(range(1, len(found.hops) + 1))


@given(st.lists(PIECES, max_size=40))
def test_what_is_read_can_be_stored(lines: list[str]) -> None:
    for hop in parse("\n".join(lines)).hops:
        assert f"{hop.request.url}{hop.request.target}{hop.detail}".encode()


@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
def test_no_check_stumbles_over_what_was_read(lines: list[str]) -> None:
    found = parse("\n".join(lines))
    shown = HarEvidence("har", AT, "", ("OK",), found.hops, start=found.url, chosen="only", left_out=found.left_out)
    case = example(shown, click_url="\n".join(lines)).case
    assert [item.code for item in findings_of("click", case) if item.code == "check-crashed"] == []
    assert ledger(case) is not None


def test_a_paste_is_judged_by_the_checks_of_the_live_trace() -> None:
    found = parse(VERBOSE)
    shown = HarEvidence("har", AT, "", ("OK",), found.hops, start=found.url, chosen="only")
    (lost,) = findings_of("click", example(shown, click_url=VERBOSE).case)
    assert (lost.code, lost.where, lost.confidence) == ("redirect-drops-query", "hop 2", "certain")

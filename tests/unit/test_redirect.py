"""Where a trace goes next, and where it ends."""

from dataclasses import replace

import pytest

from postback_wizard.domain.jar import cookies_for
from postback_wizard.domain.location import resolve
from postback_wizard.domain.probe import Answer, Headers, HttpEvidence, SentRequest, Timing
from postback_wizard.domain.redirect import chain_end, judge_redirect, next_request

HTML: Headers = (("Content-Type", "text/html"),)


def hop(
    url: str,
    location: str = "",
    *,
    number: int = 1,
    status: int = 302,
    outcome: tuple[str, ...] = ("REDIRECT",),
    cookies: tuple[str, ...] = (),
    body: str = "",
    ms: float = 1.0,
) -> HttpEvidence:
    headers = (*((("Location", location),) if location else ()), *(("Set-Cookie", value) for value in cookies), *HTML)
    request = SentRequest("GET", url, "/")
    return HttpEvidence(
        "trace", "", "answered", outcome, request, Answer(status, headers, body), timing_ms=Timing(total=ms), hop=number
    )


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("http://b.example/x?a={cid}|\"'", "http://b.example/x?a={cid}|\"'"),
        ("//b.example/x", "https://b.example/x"),
        ("/x/../y?q=/../z", "https://a.example/y?q=/../z"),
        ("y", "https://a.example/d/y"),
        ("../y", "https://a.example/y"),
        ("?q=1", "https://a.example/d/x?q=1"),
        ("#top", "https://a.example/d/x?k=v#top"),
        ("/a%20b%2Fc", "https://a.example/a%20b%2Fc"),
        ("HTTP://B.example/X", "HTTP://B.example/X"),
    ],
)
def test_a_reference_becomes_absolute_without_changing_a_byte(reference: str, target: str) -> None:
    assert resolve(reference, "https://a.example/d/x?k=v#f") == (target, "")


@pytest.mark.parametrize(
    ("reference", "fault"),
    [
        ("", "REDIRECT_INVALID(empty)"),
        ("http://u:p@b.example/", "REDIRECT_INVALID(userinfo)"),
        ("http://b.example:99999/", "REDIRECT_INVALID(port)"),
        ("http://[::1/", "REDIRECT_INVALID(url)"),
        ("http:////127.0.0.1/", "REDIRECT_INVALID(url)"),
        ("/caf\udce9", "REDIRECT_INVALID(bytes)"),
        ("/a\x1bb", "REDIRECT_INVALID(bytes)"),
        ("/" + "a" * 20_000, "REDIRECT_INVALID(too long)"),
        ("javascript:alert(1)", "BLOCKED_SCHEME(javascript)"),
        ("itms-apps://x", "APP_LINK(itms-apps)"),
    ],
)
def test_a_reference_that_cannot_be_followed_says_why(reference: str, fault: str) -> None:
    assert resolve(reference, "https://a.example/") == ("", fault)


def test_a_redirect_to_a_visited_address_is_a_loop() -> None:
    found = judge_redirect(302, (("Location", "/a"),), "http://h/b", ("http://h/a",), "")
    assert found == (("REDIRECT_LOOP",), "")


def test_a_redirect_to_itself_with_a_cookie_is_tried_once_more() -> None:
    headers = (("Location", "/a"), ("Set-Cookie", "k=v"))
    assert judge_redirect(302, headers, "http://h/a", (), "") == (("COOKIE_GATE",), "http://h/a")


def test_a_cookie_gate_that_stays_shut_is_a_loop() -> None:
    headers = (("Location", "/a"), ("Set-Cookie", "k=v"))
    assert judge_redirect(302, headers, "http://h/a", ("http://h/a",), "") == (("REDIRECT_LOOP",), "")


def test_a_cookie_set_earlier_opens_a_way_back() -> None:
    found = judge_redirect(302, (("Location", "/a"),), "http://h/check", ("http://h/a",), "", cookie_sent=True)
    assert found == (("COOKIE_GATE",), "http://h/a")


def test_the_same_location_twice_is_one() -> None:
    headers = (("Location", "/a"), ("location", "/a"))
    assert judge_redirect(302, headers, "http://h/", (), "")[0] == ("REDIRECT",)


def test_a_step_down_from_https_is_named() -> None:
    assert judge_redirect(302, (("Location", "http://h/a"),), "https://h/", (), "")[0] == ("REDIRECT", "DOWNGRADE")


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("0; url=/x", "http://h/x"),
        ("0;URL='/x?a=1'", "http://h/x?a=1"),
        ('3, url = "/x"', "http://h/x"),
        ("0;/x", "http://h/x"),
        ("1.5; url=/x", "http://h/x"),
        ("5", ""),
        ("", ""),
        ("abc", ""),
    ],
)
def test_a_refresh_is_read_like_a_browser_does(value: str, target: str) -> None:
    assert judge_redirect(200, (("Refresh", value),), "http://h/", (), "")[1] == target


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ('<META content="0; url=/x" HTTP-EQUIV=Refresh>', "http://h/x"),
        ('<meta http-equiv="refresh" content="0;url=/x?a=1&amp;b=2">', "http://h/x?a=1&b=2"),
        ('<!-- <meta http-equiv="refresh" content="0;url=/x"> -->', ""),
        ('<noscript><meta http-equiv="refresh" content="0;url=/x"></noscript>', ""),
        ('<meta name="refresh" content="0;url=/x">', ""),
    ],
)
def test_a_meta_refresh_is_followed_where_a_browser_would(body: str, target: str) -> None:
    assert judge_redirect(200, HTML, "http://h/", (), body)[1] == target


def test_a_page_that_reloads_itself_is_no_redirect() -> None:
    assert judge_redirect(200, (("Refresh", "60; url=/a"),), "http://h/a", (), "") == ((), "")


def test_a_script_redirect_is_named_and_not_followed() -> None:
    found = judge_redirect(200, HTML, "http://h/", (), '<script>window.location.href = "/x"</script>')
    assert found == (("BROWSER_REDIRECT(script)",), "")


def test_a_long_page_redirects_by_script_only_when_it_says_where_to() -> None:
    page = "<p>text</p>" * 2000 + "<script>document.location = next</script>"
    assert judge_redirect(200, HTML, "http://h/", (), page) == ((), "")


@pytest.mark.parametrize(
    "page", ["<!--refresh" * 6000, "<meta refresh " * 5000, "<meta a='" * 7000 + "refresh", "<script>location" * 400]
)
def test_hostile_pages_are_read_without_an_exception(page: str) -> None:
    assert judge_redirect(200, HTML, "http://h/", (), page)[1] == ""


def test_the_next_request_carries_agent_hop_and_history() -> None:
    found = next_request([hop("http://h/a", "/b")], "Agent", 10, 15.0, 30.0)
    assert found is not None
    assert (found.url, found.hop, found.seen, found.headers) == (
        "http://h/b",
        2,
        ("http://h/a",),
        (("User-Agent", "Agent"),),
    )


def test_a_hop_gets_what_is_left_of_the_chains_time() -> None:
    found = next_request([hop("http://h/a", "/b", ms=28_000)], "", 10, 15.0, 30.0)
    assert found is not None
    assert found.deadline_s == pytest.approx(2.0)


def test_a_chain_ends_when_its_time_is_spent() -> None:
    chain = [hop("http://h/a", "/b", ms=31_000)]
    assert (next_request(chain, "", 10, 15.0, 30.0), chain_end(chain, 10)) == (None, "time")


def test_a_chain_ends_at_the_hop_limit() -> None:
    chain = [hop("http://h/a", "/b"), hop("http://h/b", "/c", number=2)]
    assert (next_request(chain, "", 2, 15.0, 30.0), chain_end(chain, 2)) == (None, "hop-limit")


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (hop("http://h/a", status=200, outcome=("OK_2XX",)), "landing"),
        (hop("http://h/a", status=404, outcome=("REJECTED_404",)), "dead"),
        (hop("http://h/a", "/a", outcome=("REDIRECT_LOOP",)), "loop"),
        (hop("http://h/a", "market://x", outcome=("APP_LINK(market)",)), "app-link"),
        (hop("http://h/a", outcome=("REDIRECT_INVALID(missing)",)), "invalid"),
        (hop("http://h/a", "file:///x", outcome=("BLOCKED_SCHEME(file)",)), "invalid"),
        (
            hop(
                "http://h/a",
                status=200,
                outcome=("OK_2XX", "BROWSER_REDIRECT(script)"),
                body="<script>location='/x'</script>",
            ),
            "script",
        ),
        (replace(hop("http://h/a"), answer=None, outcome=("NO_ANSWER",)), "dead"),
    ],
)
def test_the_end_of_a_chain_has_a_name(last: HttpEvidence, end: str) -> None:
    assert (chain_end([last], 10), next_request([last], "", 10, 15.0, 30.0)) == (end, None)


def test_cookies_go_back_to_the_host_that_set_them() -> None:
    chain = [hop("https://h/a", "/b", cookies=("k=v; Path=/", "s=1; Path=/; Secure"))]
    assert (cookies_for("https://h/b", chain), cookies_for("https://other/b", chain)) == ("k=v; s=1", "")


def test_a_secure_cookie_stays_off_plain_http() -> None:
    assert cookies_for("http://h/b", [hop("https://h/a", cookies=("k=v; Path=/", "s=1; Path=/; Secure"))]) == "k=v"


def test_a_deleted_cookie_is_not_sent() -> None:
    chain = [hop("http://h/a", cookies=("k=v; Path=/",)), hop("http://h/b", cookies=("k=; Max-Age=0; Path=/",))]
    assert cookies_for("http://h/c", chain) == ""


def test_a_cookie_jar_is_capped() -> None:
    chain = [hop("http://h/a", cookies=tuple(f"c{number}=v; Path=/" for number in range(1000)))]
    assert cookies_for("http://h/c", chain).count("=") == 50


def test_a_cookie_keeps_to_its_path() -> None:
    assert cookies_for("http://h/other", [hop("http://h/a/b", cookies=("k=v",))]) == ""

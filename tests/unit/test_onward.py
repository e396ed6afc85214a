"""What scripts and forms of a page lead on to, and the many pages that lead nowhere by themselves."""

import base64

import pytest

from postback_wizard.checks.samples import hop
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.onward import Way, fallback_of, ways_on
from postback_wizard.domain.probe import Headers
from postback_wizard.domain.redirect import chain_end, judge_redirect, next_request, request_by_hand, way_by_hand

HTML: Headers = (("Content-Type", "text/html"),)
URL = "https://go.example/w/page?cid=abc&x=1"
NEXT = "https://shop.example/l?a=1"


def ways(body: str) -> tuple[Way, ...]:
    return ways_on(200, HTML, body, URL)


def script(code: str) -> str:
    return f"<html><head><title>x</title></head><body>\n<script>\n{code}\n</script></body></html>"


#: Code that runs with the page, and what it uses.
AT_LOAD = {
    f"location = '{NEXT}'": "location",
    f'window.location="{NEXT}";': "location",
    f"document.location.href = `{NEXT}`": "location.href",
    f"top.location.replace('{NEXT}')": "location.replace",
    f"self.window.location.assign( '{NEXT}' );": "location.assign",
    f'location["href"]="{NEXT}"': "location.href",
    "location.replace('https:\\/\\/shop.example\\/l?a\\x3d\\u0031')": "location.replace",
    "location.href = 'https://' + 'shop.example' + \"/l?a=\" + 1;": "location.href",
    f"var next = '{NEXT}';\nlocation.href = next;": "location.href",
    "const a = 'https://shop.example', b = a + '/l?a=1'; location = b": "location",
    f"location.href = atob('{base64.b64encode(NEXT.encode()).decode()}')": "location.href",
    "location.href = decodeURIComponent('https%3A%2F%2Fshop.example%2Fl%3Fa%3D1')": "location.href",
    "location.href = location.protocol + '//shop.example/l?a=1'": "location.href",
    f"setTimeout(function () {{ location.href = '{NEXT}'; }}, 3000)": "location.href",
    f"setTimeout(() => location.replace('{NEXT}'), 0)": "location.replace",
    f"setTimeout(\"location.href='{NEXT}'\", 500)": "location.href",
    f"window.setTimeout(go, 100); function go() {{ location = '{NEXT}' }}": "location",
    f"function go() {{ location = '{NEXT}' }}\ngo();": "location",
    f"var go = function () {{ location = '{NEXT}' }}; window.onload = go": "location",
    f"window.onload = function () {{ location = '{NEXT}' }}": "location",
    f"window.addEventListener('load', () => {{ location = '{NEXT}' }})": "location",
    f"document.addEventListener('DOMContentLoaded', function () {{ location = '{NEXT}' }})": "location",
    f"$(function () {{ window.location = '{NEXT}' }})": "location",
    f"$(document).ready(function () {{ window.location = '{NEXT}' }})": "location",
    f"(function () {{ location = '{NEXT}' }})();": "location",
    f"(function () {{ location = '{NEXT}' }}());": "location",
    f"!function () {{ location = '{NEXT}' }}()": "location",
    f"(() => {{ location = '{NEXT}' }})()": "location",
    f"(async () => {{ location = '{NEXT}' }})()": "location",
    f"try {{ location = '{NEXT}' }} catch (e) {{}}": "location",
    f"track()\nlocation.href = '{NEXT}' // and on": "location.href",
    f"/* now */ location.href = /* to */ '{NEXT}'": "location.href",
    f"<!-- \nlocation.href = '{NEXT}'\n//-->": "location.href",
    f"window.open('{NEXT}', '_self')": "window.open",
}


@pytest.mark.parametrize("code", AT_LOAD)
def test_code_that_runs_with_the_page_leads_on(code: str) -> None:
    (way,) = ways(script(code))
    assert (way.kind, way.how, way.target) == ("script", AT_LOAD[code], NEXT)


def test_the_page_may_hand_on_its_own_query() -> None:
    (way,) = ways(
        script("location.href = 'https://shop.example/l' + location.search + '&r=' + encodeURIComponent('a b')")
    )
    assert way.target == "https://shop.example/l?cid=abc&x=1&r=a%20b"


def test_an_unknown_part_of_an_address_is_left_open() -> None:
    (way,) = ways(script("location.href = 'https://shop.example/l?id=' + id()"))
    assert (way.kind, way.target, way.shown) == ("script", "", "https://shop.example/l?id=…")


def test_a_way_knows_its_line_and_the_code_there() -> None:
    (way,) = ways(script(f"var a\n  location.href = '{NEXT}'"))
    assert (way.line, way.code) == (4, f"location.href = '{NEXT}'")


def test_onload_of_the_body_runs_with_the_page() -> None:
    body = f"<script>function go() {{ location = '{NEXT}' }}</script><body onload='go()'>"
    assert [(way.kind, way.target) for way in ways(body)] == [("script", NEXT)]


def test_a_function_of_one_script_may_be_called_by_another() -> None:
    body = f"<script>function go() {{ location = '{NEXT}' }}</script><p>x</p><script>go()</script>"
    assert [(way.kind, way.target) for way in ways(body)] == [("script", NEXT)]


def test_an_address_that_can_be_read_goes_before_one_that_cannot() -> None:
    assert ways(script(f"location = other; setTimeout(function () {{ location = '{NEXT}' }}, 9)"))[0].target == NEXT


# -- forms and links ------------------------------------------------------------------------------------------

FIELDS = "<input type=hidden name=a value='1 2'><input name=b value=&amp;><input type=submit name=s value=Go>"


@pytest.mark.parametrize(
    "submits",
    [
        "<script>document.forms[0].submit()</script>",
        "<script>document.getElementById('f').submit();</script>",
        "<script>document.f.submit()</script>",
        "<script>var el = document.querySelector('#f'); el.submit()</script>",
        "<script>$('#f').submit()</script>",
        "<script>HTMLFormElement.prototype.submit.call(document.getElementById('f'))</script>",
        "<script>window.onload = function () { document.f.requestSubmit() }</script>",
        "<body onload='document.f.submit()'>",
    ],
)
def test_a_form_that_submits_itself_leads_on_with_its_fields(submits: str) -> None:
    (way,) = ways(f"<form id=f action='//shop.example/l?old=1'>{FIELDS}</form>{submits}")
    assert (way.kind, way.how, way.target) == ("form", "GET form", "https://shop.example/l?a=1+2&b=%26")


def test_a_form_by_post_names_its_fields_and_keeps_its_address() -> None:
    (way,) = ways(f"<form method=POST action='/pay?k=1'>{FIELDS}</form><script>document.forms[0].submit()</script>")
    assert (way.how, way.target, way.fields) == ("POST form", "https://go.example/pay?k=1", ("a", "b"))


def test_the_form_that_is_named_is_meant() -> None:
    forms = "<form id=search action=/s></form><form id=f action=/pay></form>"
    (way,) = ways(f"{forms}<script>document.getElementById('f').submit()</script>")
    assert way.target == "https://go.example/pay?"


def test_a_link_that_is_clicked_by_script_leads_on() -> None:
    (way,) = ways(f"<a id=go href='{NEXT}'>x</a><script>document.getElementById('go').click()</script>")
    assert (way.kind, way.how, way.target) == ("script", "link.click()", NEXT)


# -- what is only a hint --------------------------------------------------------------------------------------

HINTS = {
    "a button": f"<button onclick=\"location.href='{NEXT}'\">Buy</button>",
    "a listener": script(f"b.addEventListener('click', function () {{ location.href = '{NEXT}' }})"),
    "a handler": script(f"b.onclick = () => {{ location.href = '{NEXT}' }}"),
    "jquery": script(f"$('#b').on('click', function () {{ location = '{NEXT}' }})"),
    "a condition": script(f"if (mobile()) {{ location.href = '{NEXT}' }}"),
    "a bare condition": script(f"if (mobile()) location.href = '{NEXT}'"),
    "an else": script(f"if (a) {{ b() }} else location.href = '{NEXT}'"),
    "a short circuit": script(f"mobile() && (location.href = '{NEXT}')"),
    "a choice": script(f"mobile() ? location.replace('{NEXT}') : 0"),
    "a loop": script(f"for (var i in a) {{ location.href = '{NEXT}' }}"),
    "a switch": script(f"switch (a) {{ case 1: location.href = '{NEXT}' }}"),
    "a catch": script(f"try {{ a() }} catch (e) {{ location.href = '{NEXT}' }}"),
    "an early way out": script(f"(function () {{ if (!a) return; location.href = '{NEXT}' }})()"),
    "a function nobody calls": script(f"function go() {{ location.href = '{NEXT}' }}"),
    "a method": script(f"var app = {{ go: function () {{ location.href = '{NEXT}' }} }}"),
    "a promise": script(f"fetch('/a').then(function () {{ location.href = '{NEXT}' }})"),
    "a pop-up": script(f"window.open('{NEXT}')"),
    "a session's end": script(f"setTimeout(function () {{ location.href = '{NEXT}' }}, 15 * 60 * 1000)"),
    "a written refresh": script(f'document.write(\'<meta http-equiv="refresh" content="0;url={NEXT}">\')'),
    "no scripts": f"<noscript><meta http-equiv=refresh content='0;url={NEXT}'></noscript>",
}


@pytest.mark.parametrize("case", HINTS)
def test_what_waits_for_something_is_only_a_hint(case: str) -> None:
    (way,) = ways(HINTS[case])
    assert (way.kind, way.target, judge_redirect(200, HTML, URL, (), HINTS[case])) == ("hint", NEXT, ((), ""))


# -- ordinary pages -------------------------------------------------------------------------------------------

ORDINARY = {
    "analytics": script(
        "(function(i,s,o,g,r,a,m){i['GoogleAnalyticsObject']=r;i[r]=i[r]||function(){(i[r].q=i[r].q||[]).push(arguments)};"
        "a=s.createElement(o);a.src=g})(window,document,'script','//www.google-analytics.com/analytics.js','ga');"
        "ga('set','page',location.pathname);ga('send','pageview',{location:location.href});"
    ),
    "tag manager": script(
        "(function(w,d,s,l){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime()});var u=d.location.href;})"
        "(window,document,'script','dataLayer');"
    ),
    "pixel": script("fbq('init','1');fbq('track','PageView',{url:window.location.href})"),
    "frame buster": script("if (top !== self) { top.location = self.location }"),
    "frame buster, short": script("if(window!=top)top.location.href=location.href;"),
    "https only": script("if (location.protocol !== 'https:') location.protocol = 'https:'"),
    "anchor": script("document.querySelector('a').onclick = function () { location.hash = '#order' }"),
    "reload": script("setTimeout(function () { location.reload() }, 500000)"),
    "read only": script("var q = new URLSearchParams(location.search), h = location.host == 'a' ? 1 : 2;"),
    "history": script("history.replaceState(null, '', location.pathname + location.hash)"),
    "comments": script(f"// location.href = '{NEXT}'\n/* location = '{NEXT}' */"),
    "texts": script(f"var s = \"location.href = '{NEXT}'\", t = `location='{NEXT}'`, r = /location='x'/;"),
    "json": f'<script type="application/ld+json">{{"url": "location=\'{NEXT}\'"}}</script>',
    "template": f"<script type=text/template><script>location='{NEXT}'<\\/script></script>",
    "markup template": f"<template><script>location = '{NEXT}'</script></template>",
    "style": f"<style>a {{ content: \"location='{NEXT}'\" }}</style>",
    "other object": script(f"map.location = '{NEXT}'; frame.contentWindow.location = '{NEXT}'; var location2 = 'x'"),
    "local variable": script("function f() { var location = 'Moscow'; return location }"),
    "order form": "<form action=/order method=post><input name=phone><button>Order now</button></form>"
    + script("document.forms[0].onsubmit = function () { return check(this) }"),
    "search form": "<form action=/s id=s><input name=q></form>"
    + script("b.addEventListener('click', function () { s.submit() })").replace("go.example", ""),
    "bound form": "<form action=/s></form>" + script("$('form').submit(function (e) { e.preventDefault() })"),
    "bound clicks": "<a href=/x class=more>x</a>" + script("$('.more').click(function () { show() })"),
    "links": f"<a href='{NEXT}'>Continue</a><a href='javascript:location=1'>x</a>",
    "external": f"<script src='{NEXT}'>location = 'x'</script>",
    "old browsers": f"<script nomodule>location = '{NEXT}'</script>",
}


@pytest.mark.parametrize("page", ORDINARY)
def test_an_ordinary_page_does_not_lead_on_by_itself(page: str) -> None:
    found = ways(ORDINARY[page])
    assert (judge_redirect(200, HTML, URL, (), ORDINARY[page]), {way.kind for way in found} <= {"hint"}) == (
        ((), ""),
        True,
    )


@pytest.mark.parametrize("page", sorted(set(ORDINARY) - {"search form"}))
def test_an_ordinary_page_offers_nothing_to_go_on_to(page: str) -> None:
    assert ways(ORDINARY[page]) == ()


@pytest.mark.parametrize(
    "code",
    [
        "location='/x';" * 5000,
        "(" * 60_000 + "location='/x'",
        "function go(){location='/x'}" * 2000,
        "go();" * 10_000 + "function go(){location='/x'}",
        "var a=function(){" * 3000 + "location='/x'" + "}" * 3000,
        "location=" + "a+" * 30_000,
        "location=" + "(" * 60_000,
        "=/[a" * 15_000 + "location='/x'",
        "'" * 60_000 + "location",
        "`" * 60_001 + "location",
        "/*" * 30_000 + "location",
        "\\" * 60_000 + "location='/x'",
        "location='\\u{110000}\\ud800'",
        "function a(){b()}function b(){a()}function c(){location='/x'}a=b;b=c;c=a",
    ],
)
def test_hostile_code_is_read_to_its_end(code: str) -> None:
    assert all(way.target.startswith("https://go.example/") for way in ways(script(code)) if way.target)


# -- going on by hand -----------------------------------------------------------------------------------------

PAGE = script(f"location.replace('{NEXT}')")
WAIT = hop(1, URL, body=PAGE, outcome="BROWSER_REDIRECT(script)")


def test_a_chain_that_ended_at_a_script_offers_its_address() -> None:
    way = way_by_hand((WAIT,), 10)
    assert (chain_end((WAIT,), 10), way and way.target) == ("script", NEXT)


def test_a_request_by_hand_continues_the_chain() -> None:
    found = request_by_hand((WAIT,), NEXT, "Agent", Limits())
    assert found is not None
    assert (found.name, found.url, found.hop, found.seen) == ("by-hand", NEXT, 2, (URL,))


def test_no_request_goes_by_hand_where_the_page_does_not_lead() -> None:
    assert request_by_hand((WAIT,), "https://evil.example/", "Agent", Limits()) is None


def test_no_address_is_taken_by_hand_twice() -> None:
    again = hop(2, NEXT, body=PAGE.replace("l?a=1", "l?b=1"), outcome="BROWSER_REDIRECT(script)", asked_as="by-hand")
    back = hop(3, URL, body=PAGE, outcome="BROWSER_REDIRECT(script)", asked_as="by-hand")
    assert request_by_hand((WAIT, again, back), NEXT, "Agent", Limits()) is None


def test_nothing_is_offered_at_the_hop_limit() -> None:
    assert way_by_hand((WAIT,), 1) is None


def test_a_script_is_never_followed_by_itself() -> None:
    assert next_request((WAIT,), "Agent", 10, 15.0, 30.0) is None


def test_a_page_that_opens_an_app_ends_the_chain_there() -> None:
    outcome, target = judge_redirect(200, HTML, URL, (), script("location = 'itms-apps://itunes.example/app/id1'"))
    assert (outcome, target) == (("BROWSER_REDIRECT(script)", "APP_LINK(itms-apps)"), "")


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (
            "intent://x#Intent;scheme=a;S.browser_fallback_url=https%3A%2F%2Fs.example%2F%3Fa%3D1;end",
            "https://s.example/?a=1",
        ),
        ("intent://x#Intent;S.browser_fallback_url=https://s.example/;package=a;end", "https://s.example/"),
        ("intent://x#Intent;scheme=a;end", ""),
        ("intent://x#Intent;S.browser_fallback_url=javascript%3Aalert(1);end", ""),
        ("market://details?id=a&S.browser_fallback_url=https://s.example/", ""),
    ],
)
def test_an_intent_may_name_a_page_for_browsers(link: str, target: str) -> None:
    way = fallback_of(link, URL)
    assert (way.target if way else "") == target

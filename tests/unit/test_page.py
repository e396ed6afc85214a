"""Which refresh of a page counts, what it is relative to, and where markup hides one."""

import pytest

from postback_wizard.domain.answer import decode_body
from postback_wizard.domain.html import read_tags
from postback_wizard.domain.onward import ways_on
from postback_wizard.domain.page import read_page
from postback_wizard.domain.probe import Headers
from postback_wizard.domain.redirect import judge_redirect

HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)
URL = "https://h.example/dir/page?k=v"
META = '<meta http-equiv="refresh" content="0;url=/to">'
TO = "https://h.example/to"


def followed(body: str, headers: Headers = HTML, status: int = 200) -> str:
    return judge_redirect(status, headers, URL, (), body)[1]


#: Markup, and where a browser goes.
COUNTS = {
    # attributes
    "<META CONTENT='0;url=/to' HTTP-EQUIV=REFRESH>": TO,
    "<meta content=0;url=/to http-equiv=refresh />": TO,
    "<meta content=0;url=/to http-equiv=refresh/>": "",
    '<meta http-equiv="refresh" content="0;url=/to" content="0;url=/no">': TO,
    '<meta http-equiv="refresh" http-equiv="x" content="0;url=/to">': TO,
    "<meta name=\"a>b\" http-equiv='Refresh' content='0;url=\"/to\"'>": TO,
    '<meta\nhttp-equiv\t=\n"refresh"\fcontent = "0;\nurl=/to"\n>': TO,
    '<meta/http-equiv="refresh"/content="0;url=/to"/>': TO,
    # character references
    '<meta http-equiv="refresh" content="0;url=/to?a=1&amp;b=2">': f"{TO}?a=1&b=2",
    '<meta http-equiv="refresh" content="0;url=/to?a=1&b=2&copy=3&sub=4&reg5=6">': f"{TO}?a=1&b=2&copy=3&sub=4&reg5=6",
    '<meta http-equiv="refresh" content="0;url=&#39;/to&#x27;">': TO,
    '<meta http-equiv="refresh" content="0&semi;url&equals;/to">': TO,
    '<meta http-equiv="&#114;efresh" content="0;url=/to">': TO,
    # relative addresses
    '<meta http-equiv="refresh" content="0;url=to">': "https://h.example/dir/to",
    '<meta http-equiv="refresh" content="0;url=?x=1">': "https://h.example/dir/page?x=1",
    '<meta http-equiv="refresh" content="0;url=../to">': TO,
    '<meta http-equiv="refresh" content="0;url=//b.example/to">': "https://b.example/to",
    f"<base href='/base/'>{META.replace('/to', 'to')}": "https://h.example/base/to",
    f"<base target=_top><base href=https://b.example/x/y><base href=/no/>{META.replace('/to', 'to')}": (
        "https://b.example/x/to"
    ),
    f"{META.replace('/to', 'to')}<base href='/late/'>": "https://h.example/dir/to",
    f"<base href='javascript:x'>{META.replace('/to', 'to')}": "https://h.example/dir/to",
    # broken markup
    f"<!doctype html><p><b><i></p></div></b><table><tr>{META}": TO,
    f"< b <1> <> </> </ x><?php ?><!x>{META}": TO,
    f"<p title='>'>{META}": TO,
    f"</head><body>{META}": TO,
    f"<meta charset=utf-8><link rel=x><script>a < b</script>{META}": TO,
    f"<noscript>a</noscript>{META}": TO,
    f"<!-- a --!>{META}": TO,
    f"<!-->{META}": TO,
    f"<!--->{META}": TO,
    f"<!-- <!-- -->{META}": TO,
    f"<script><!-- x --></script>{META}": TO,
    f"<script><!--> <script></script>{META}": TO,
    f"<svg><title/></svg>{META}": TO,
    f"<textarea></textareax></textarea >{META}": TO,
    f"<template><template></template></template>{META}": TO,
    # only the first that is one counts
    f'<meta http-equiv="refresh" content="x">{META}': TO,
    f'<meta http-equiv="refresh">{META}': TO,
    f'<meta http-equiv="refresh" content="0;url=http://[::1/">{META}': TO,
    f'<meta http-equiv="refresh" content="0;url=http://a:99999/">{META}': TO,
    f'<meta http-equiv="refresh" content="0;url=javascript:x()">{META}': TO,
    f'{META}<meta http-equiv="refresh" content="0;url=/no">': TO,
    f'<meta http-equiv="refresh" content="0">{META}': "",
    f'<meta http-equiv="refresh" content="300;url=/late">{META}': "",
    '<meta http-equiv="refresh" content="60;url=/to">': TO,
    # hidden, or no refresh at all
    f"<!-- {META} -->": "",
    f"<!-- {META}": "",
    f"<!-- a -- > {META} -->": "",
    f"<script>'{META}'</script>": "",
    f"<script>{META}": "",
    f"<script><!-- <script> </script> {META} --></script>": "",
    f"<style>{META}</style>": "",
    f"<textarea>{META}</textarea>": "",
    f"<title>{META}</title>": "",
    f"<TITLE>{META}</titlex>": "",
    f"<iframe>{META}</iframe>": "",
    f"<xmp>{META}</xmp>": "",
    f"<noembed>{META}</noembed>": "",
    f"<noframes>{META}</noframes>": "",
    f"<plaintext>{META}</plaintext>{META}": "",
    f"<template>{META}</template>": "",
    f"<template><template></template>{META}</template>": "",
    f"<noscript>{META}</noscript>": "",
    f"<p title='{META}'>": "",
    f"<p title='>{META}": "",
    '<meta http-equiv="refresh" content="0;url=/to"': "",
    '<meta http-equiv=" refresh" content="0;url=/to">': "",
    '<meta http-equiv="refresh "content="0;url=/to">': "",
    '<meta name="refresh" content="0;url=/to">': "",
    '<metas http-equiv="refresh" content="0;url=/to">': "",
    '</meta http-equiv="refresh" content="0;url=/to">': "",
    '<?meta http-equiv="refresh" content="0;url=/to">': "",
    "&lt;meta http-equiv=refresh content=0;url=/to>": "",
    # the page itself
    '<meta http-equiv="refresh" content="5">': "",
    '<meta http-equiv="refresh" content="0;url=">': "",
    '<meta http-equiv="refresh" content="0;url=#top">': "",
    '<meta http-equiv="refresh" content="0;url=page?k=v">': "",
}


@pytest.mark.parametrize("body", COUNTS)
def test_a_page_goes_on_where_a_browser_with_scripts_does(body: str) -> None:
    assert followed(body) == COUNTS[body]


@pytest.mark.parametrize("filler", ["<!-- a -->", "<link rel=x href='/y'>\n", "<style>a{}</style>", " ", "<b", "&amp;"])
def test_a_refresh_after_a_megabyte_of_head_is_found(filler: str) -> None:
    page = f"<html><head>{filler * ((1_048_576 - 400) // len(filler))}>{META}"
    assert (len(page) < 1_048_576, followed(page)) == (True, TO)


HOSTILE = (
    *("<", "<b>", "<!--", "<script>", "<script><!--<script>", "<a b='", "<meta ", "<form><input name=a>", "&amp", "</"),
    *("<template>", "<noscript>", f"<noscript>{META[:-1]}", "<title>", "<!", "<meta http-equiv=refresh content=x>"),
)


@pytest.mark.parametrize("part", HOSTILE)
def test_a_megabyte_of_anything_is_read_to_its_end(part: str) -> None:
    page = read_page(part * (1_048_576 // len(part)) + "location", URL)
    assert page.refresh is None


def test_a_header_goes_before_the_page() -> None:
    assert followed(META, (*HTML, ("Refresh", "0;url=/header"))) == "https://h.example/header"


def test_a_header_browsers_do_not_understand_leaves_it_to_the_page() -> None:
    assert followed(META, (*HTML, ("Refresh", "x"))) == TO


def test_two_headers_are_one_value() -> None:
    assert followed("", (("Refresh", "0;url=/a"), ("refresh", "1"))) == "https://h.example/a, 1"


def test_a_header_counts_on_any_page() -> None:
    assert followed("text", (("Content-Type", "text/plain"), ("Refresh", "0;url=/to"))) == TO


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "text/css", "image/png"])
def test_markup_counts_in_html_only(kind: str) -> None:
    assert followed(META, (("Content-Type", kind),)) == ""


def test_a_download_shows_no_page() -> None:
    assert followed(META, (*HTML, ("Content-Disposition", "attachment; filename=a.html"))) == ""


@pytest.mark.parametrize(("status", "target"), [(204, ""), (205, ""), (300, ""), (404, TO), (503, TO)])
def test_a_refresh_counts_on_every_status_that_shows_a_page(status: int, target: str) -> None:
    assert followed(META, status=status) == target


def test_a_late_refresh_is_only_offered() -> None:
    (way,) = ways_on(200, (*HTML, ("Refresh", "61;url=/to")), "", URL)
    assert (way.kind, way.how, way.seconds, way.target) == ("hint", "Refresh", 61, TO)


def test_a_refresh_without_scripts_is_only_offered_with_its_line() -> None:
    (way,) = ways_on(200, HTML, f"<head>\n<noscript>\n{META}</noscript>", URL)
    assert (way.kind, way.how, way.line, way.target) == ("hint", "noscript", 3, TO)


def test_a_refresh_to_an_app_ends_the_chain() -> None:
    body = META.replace("/to", "market://details?id=a")
    assert judge_redirect(200, HTML, URL, (), body) == (("BROWSER_REDIRECT(meta)", "APP_LINK(market)"), "")


def test_a_refresh_from_https_to_http_is_a_step_down() -> None:
    body = META.replace("/to", "http://b.example/")
    assert judge_redirect(200, HTML, URL, (), body)[0] == ("BROWSER_REDIRECT(meta)", "DOWNGRADE")


def test_a_tag_knows_its_line() -> None:
    tags = list(read_tags("<p>\n<!-- \n -->\n<meta a=b>\n<script\n>\nx</script>", ("meta", "script")))
    assert [(tag.name, tag.line, tag.content_line) for tag in tags] == [
        ("meta", 4, 4),
        ("script", 5, 6),
        ("script", 7, 7),
    ]


CYRILLIC = '<meta charset=windows-1251><meta http-equiv="refresh" content="0;url=/п?имя=я">'


def test_a_page_may_name_its_character_set_itself() -> None:
    assert decode_body(CYRILLIC.encode("cp1251"), "text/html") == (CYRILLIC, ())


def test_an_unbelievable_character_set_of_a_page_is_not_used() -> None:
    body = CYRILLIC.replace("windows-1251", "zlib_codec").encode("cp1251")
    assert decode_body(body, "text/html")[1] == ("NOT_UTF8",)


def test_a_query_leaves_in_the_pages_character_set() -> None:
    assert followed(CYRILLIC, (("Content-Type", "text/html"),)) == "https://h.example/п?%E8%EC%FF=%FF"


def test_the_headers_character_set_goes_before_the_pages() -> None:
    assert followed(CYRILLIC) == "https://h.example/п?имя=я"

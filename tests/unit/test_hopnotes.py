"""What is worth knowing about a hop besides its parameters."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.checks.samples import hop
from postback_wizard.domain.hopnotes import SetCookie, cookies_set, notes_on
from postback_wizard.domain.probe import Answer, Headers, HttpEvidence
from postback_wizard.report.hopwords import NOTES


def answered(url: str, to: str, status: int = 302, headers: Headers = ()) -> HttpEvidence:
    found = hop(1, url, to, status=status)
    assert found.answer is not None
    return replace(found, answer=replace(found.answer, headers=(*found.answer.headers, *headers)))


def codes(url: str, to: str, status: int = 302, headers: Headers = ()) -> list[str]:
    return [note.code for note in notes_on(answered(url, to, status, headers), to)]


HSTS: Headers = (("Strict-Transport-Security", "max-age=31536000"),)


@pytest.mark.parametrize(
    ("url", "to", "status", "headers", "expected"),
    [
        ("https://a.example/", "https://b.example/", 302, (), []),
        ("https://a.example/", "http://b.example/", 302, (), ["downgrade"]),
        ("HTTPS://a.example/", "HTTP://b.example/", 302, (), ["downgrade"]),
        ("https://a.example/", "http://A.example/", 302, HSTS, ["downgrade", "hsts-hides"]),
        ("https://a.example/", "http://b.example/", 302, HSTS, ["downgrade"]),
        ("http://a.example/", "https://a.example/", 302, HSTS, ["hsts-ignored"]),
        ("https://a.example/", "https://b.example/", 302, HSTS, []),
        ("https://a.example/", "https://b.example/", 301, (), ["permanent"]),
        ("https://a.example/", "https://b.example/", 308, (), ["permanent"]),
        ("https://a.example/", "https://b.example/", 301, (("cache-control", "No-Store"),), ["permanent-not-kept"]),
        ("https://a.example:8443/", "https://b.example/", 302, (), ["port"]),
        ("https://a.example:443/", "https://b.example/", 302, (), []),
        ("http://a.example:80/", "http://b.example/", 302, (), []),
        ("https://a.example:99999/", "https://b.example/", 302, (), []),
    ],
)
def test_each_oddity_has_its_note(url: str, to: str, status: int, headers: Headers, expected: list[str]) -> None:
    assert codes(url, to, status, headers) == expected


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_note_has_words_for_its_values(lang: str) -> None:
    url, to = "https://a.example:8443/", "http://a.example/"
    notes = tuple(notes_on(answered(url, to, 301, HSTS), to))
    assert [note.code for note in notes] == ["downgrade", "hsts-hides", "permanent", "port"]
    assert "—" not in "".join(NOTES[note.code].say("en", note.values) for note in notes)
    assert all(NOTES[note.code].say(lang, note.values) for note in notes)


@pytest.mark.parametrize(
    ("header", "cookie"),
    [
        ("a=1", SetCookie("a", "1")),
        ("a=1; Domain=.x.example; Path=/", SetCookie("a", "1", ".x.example")),
        ("a=b=c; Expires=Wed, 01 Jan 2030 00:00:00 GMT", SetCookie("a", "b=c", "", "Wed, 01 Jan 2030 00:00:00 GMT")),
        ("a=1; Expires=x; Max-Age=60", SetCookie("a", "1", "", "Max-Age=60")),
        ("lonely", SetCookie("", "lonely")),
        ("", SetCookie("", "")),
    ],
)
def test_a_cookie_is_read_as_it_is_set(header: str, cookie: SetCookie) -> None:
    assert cookies_set(Answer(200, (("set-cookie", header),))) == (cookie,)


def test_every_cookie_counts_and_no_other_header() -> None:
    answer = Answer(200, (("Set-Cookie", "a=1"), ("Cookie", "b=2"), ("SET-COOKIE", "c=3")))
    assert [cookie.name for cookie in cookies_set(answer)] == ["a", "c"]


def test_no_answer_sets_no_cookies() -> None:
    assert cookies_set(None) == ()


@given(st.text(), st.text(), st.text())
def test_nothing_raises_whatever_the_texts(url: str, to: str, header: str) -> None:
    found = replace(hop(1, "https://a.example/", to, 301), answer=Answer(301, (("Set-Cookie", header),)))
    found = replace(found, request=replace(found.request, url=url))
    assert len(cookies_set(found.answer)) == 1
    assert all(note.code in NOTES for note in notes_on(found, to))

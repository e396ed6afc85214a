"""Refresh values are read as the HTML standard tells browsers to."""

import pytest

from postback_wizard.domain.refresh import read_refresh

HUGE = 10**9

#: A value, and the delay and the reference a browser takes from it.
READ = {
    # a bare delay reloads the page
    "7": (7, ""),
    "07": (7, ""),
    "7 ": (7, ""),
    "7\f": (7, ""),
    "7;": (7, ""),
    "7,": (7, ""),
    "7 ; ": (7, ""),
    "7.25": (7, ""),
    ".": (0, ""),
    # separators
    "3; url=/to": (3, "/to"),
    "3, url=/to": (3, "/to"),
    "3 url=/to": (3, "/to"),
    "3;url=/to": (3, "/to"),
    "3\turl=/to": (3, "/to"),
    "3\nurl=/to": (3, "/to"),
    "3\rurl=/to": (3, "/to"),
    "3;\f\t url=/to": (3, "/to"),
    " \n3 \t; url=/to": (3, "/to"),
    "3;;url=/to": (3, ";url=/to"),
    "3,;url=/to": (3, ";url=/to"),
    "3 x;url=/to": (3, "x;url=/to"),
    # the word url
    "3; URL=/to": (3, "/to"),
    "3; uRl \t= \n /to": (3, "/to"),
    "3;/to": (3, "/to"),
    "3 /to": (3, "/to"),
    "3; https://b.example/?url=c": (3, "https://b.example/?url=c"),
    "3; url": (3, "url"),
    "3; url=": (3, ""),
    "3; url /to": (3, "url /to"),
    "3; urn:x": (3, "urn:x"),
    "3; u'/to'": (3, "u'/to'"),
    "3; url=url=/to": (3, "url=/to"),
    "3; href=/to": (3, "href=/to"),
    # quotes
    "3; url='/to'": (3, "/to"),
    '3; url="/to"': (3, "/to"),
    "3; url='/to' and more": (3, "/to"),
    "3; url='/to": (3, "/to"),
    "3; url=\"/it's": (3, "/it's"),
    "3; '/to'x": (3, "/to"),
    '3;"/to': (3, "/to"),
    "3; url=/it's": (3, "/it's"),
    "3; url=''": (3, ""),
    "3; url='": (3, ""),
    # fractions are cut off
    "0.5; url=/to": (0, "/to"),
    ".5; url=/to": (0, "/to"),
    "2.9.9..; url=/to": (2, "/to"),
    "2.; url=/to": (2, "/to"),
    # odd but valid
    "3; url= /to \t": (3, "/to"),
    "3; url=/t\to\n": (3, "/to"),
    "3; url=/a b": (3, "/a b"),
    "3; url=ключ": (3, "ключ"),
    "3; url=\u00a0/to": (3, "\u00a0/to"),
    "9" * 5000 + ";url=/to": (HUGE, "/to"),
    "0" * 5000 + ";url=/to": (0, "/to"),
}

#: Values a browser takes no notice of.
IGNORED = (
    *("", " ", ";", "; url=/to", ", /to", "/to", "url=/to", "x3; url=/to", "\u00a03; url=/to", "3\u00a0url=/to"),
    *("-1; url=/to", "+1; url=/to", "-0", "+0; /to", "3url=/to", "3x; url=/to", "1e3; url=/to", "3:/to", "٣; url=/to"),
    "3\x00;url=/to",
)


@pytest.mark.parametrize("value", READ)
def test_a_refresh_value_is_read_by_the_standard(value: str) -> None:
    found = read_refresh(value)
    assert found is not None
    assert (found.seconds, found.reference) == READ[value]


@pytest.mark.parametrize("value", IGNORED)
def test_a_value_that_is_no_refresh_is_ignored(value: str) -> None:
    assert read_refresh(value) is None

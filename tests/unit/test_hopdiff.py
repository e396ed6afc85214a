"""What became of every parameter between two URLs: each is told once, and the value is followed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.domain.altered import altered
from postback_wizard.domain.hopdiff import ParamFate, diff_hops, names_of
from postback_wizard.domain.url import split_url

A, B = "https://a.example/go", "https://b.example/in"
ID = "w7k2m9x4q1"


def fates(before: str, after: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(item.fate, item.name, item.hows) for item in diff_hops(f"{A}?{before}", f"{B}?{after}")]


def only(before: str, after: str) -> ParamFate:
    (found,) = diff_hops(f"{A}?{before}", f"{B}?{after}")
    return found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("cid=1&x=2", "cid=1&x=2", [("kept", "cid", ()), ("kept", "x", ())]),
        ("cid=1&x=2", "cid=1", [("kept", "cid", ()), ("lost", "x", ())]),
        ("cid=1", "cid=1&x=2", [("kept", "cid", ()), ("added", "x", ())]),
        (f"cid={ID}", f"aff_sub={ID}", [("renamed", "cid", ())]),
        (f"cid={ID}", f"cid=zzzzzzzz&sub1={ID}", [("renamed", "cid", ()), ("added", "cid", ())]),
        ("cid=abcdef1&sub=ghijkl2", "cid=ghijkl2&sub=abcdef1", [("renamed", "cid", ()), ("renamed", "sub", ())]),
        ("a=1&b=1", "c=1", [("lost", "a", ()), ("lost", "b", ()), ("added", "c", ())]),
        ("cid=AbCdEf1&l=en", "cid=abcdef1&l=en", [("changed", "cid", ("lower",)), ("kept", "l", ())]),
        (f"cid={ID.upper()}", f"sub1={ID}", [("renamed", "cid", ("lower",))]),
        ("cid=abc", "cid=", [("changed", "cid", ("emptied",))]),
        ("cid=old", "cid=new", [("changed", "cid", ("replaced",))]),
        ("cid=%7Bclickid%7D", "cid=w7k2m9x4q1", [("changed", "cid", ("macro-filled",))]),
        ("a=1&a=2&a=3", "a=2", [("lost", "a", ()), ("kept", "a", ()), ("lost", "a", ())]),
        ("x=a%2fb", "x=a%2Fb", [("kept", "x", ("respelled",))]),
        ("x=a/b", "x=a%2Fb", [("kept", "x", ("escaped",))]),
        ("flag", "flag", [("kept", "flag", ())]),
    ],
)
def test_every_parameter_has_its_fate(before: str, after: str, expected: object) -> None:
    assert fates(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "hows"),
    [
        ("AbCdEf", "abcdef", ("lower",)),
        ("AbCdEf", "ABCDEF", ("upper",)),
        ("AbCdEf", "aBcDeF", ("case",)),
        ("w7k2m9x4q1", "w7k2m9", ("cut",)),
        ("w7k2m9x4q1", "9x4q1", ("cut-start",)),
        ("W7k2M9x4q1", "w7k2m9", ("lower", "cut")),
        ("w7k2m9x4q1", "w7k2m9x4q1?utm=1", ("extended",)),
        ("a%2Fb", "a%252Fb", ("encoded",)),
        ("a%2Fb", "a%25252Fb", ("encoded-twice",)),
        ("a%252Fb", "a%2Fb", ("decoded",)),
        ("a%25252Fb", "a%2Fb", ("decoded-twice",)),
        ("A%2FB", "a%252Fb", ("encoded", "lower")),
        ("a+b", "a%20b", ("plus-to-20",)),
        ("a%20b", "a+b", ("20-to-plus",)),
        ("a%2Bb", "a+b", ("plus-lost",)),
        ("a+b", "a%2Bb", ("plus-gained",)),
        ("%20abc+", "abc", ("trimmed",)),
        ("a/b", "a%2Fb", ("escaped",)),
        ("a%2Fb", "a/b", ("unescaped",)),
        ("same", "same", ()),
    ],
)
def test_a_changed_value_says_how(before: str, after: str, hows: tuple[str, ...]) -> None:
    assert altered(before, after) == hows


@pytest.mark.parametrize(
    ("after", "place"),
    [
        (f"https://b.example/l/{ID}/", "path"),
        (f"https://b.example/#cid={ID}", "fragment"),
        (f"https://{ID}.b.example/", "host"),
        (f"https://b.example/?u=https%3A%2F%2Fc.example%2F%3Fcid%3D{ID}", "in:u"),
        (f"https://b.example/?u=https%253A%252F%252Fc.example%252F%253Fcid%253D{ID}", "in:u"),
    ],
)
def test_a_value_that_leaves_the_query_is_followed(after: str, place: str) -> None:
    found = diff_hops(f"{A}?cid={ID}", after)
    assert [(item.fate, item.place) for item in found if item.before] == [("moved", place)]


@pytest.mark.parametrize(
    ("before", "place"),
    [(f"https://a.example/c/{ID}", "path"), (f"https://a.example/?u=https%3A%2F%2Fb.example%2F%3Fcid%3D{ID}", "in:u")],
)
def test_a_value_that_comes_out_of_a_path_or_a_nested_url_says_so(before: str, place: str) -> None:
    (found,) = [item for item in diff_hops(before, f"{B}?cid={ID}") if item.after]
    assert (found.fate, found.name, found.place) == ("added", "cid", place)


def test_only_those_that_left_the_row_are_reordered() -> None:
    found = diff_hops(f"{A}?a=1&b=2&c=3&d=4", f"{B}?d=4&a=1&b=2&c=3")
    assert [item.name for item in found if item.reordered] == ["d"]


def test_names_are_told_once() -> None:
    assert names_of(diff_hops(f"{A}?x=1&x=2&y=3", B), "lost") == ("x", "y")


def test_a_renamed_parameter_names_both_sides() -> None:
    found = only(f"cid={ID}", f"aff_sub={ID}")
    assert found.before is not None
    assert found.after is not None
    assert (found.before.name, found.after.name) == ("cid", "aff_sub")


PIECES = st.text(alphabet="ab%2FB5+ &=?#/:{}[]\u202e\x1b\udc80Я", max_size=30)
URLS = st.one_of(st.text(max_size=60), st.builds("https://h.example/p?{}".format, PIECES))


@given(URLS, URLS)
def test_every_parameter_of_both_urls_appears_exactly_once(before: str, after: str) -> None:
    found = diff_hops(before, after)
    assert Counter(item.before for item in found if item.before) == Counter(split_url(before).params())
    assert Counter(item.after for item in found if item.after) == Counter(split_url(after).params())


@given(URLS)
def test_a_url_and_itself_keep_everything(url: str) -> None:
    assert {(item.fate, item.hows, item.reordered) for item in diff_hops(url, url)} <= {("kept", (), False)}


@given(PIECES, PIECES)
def test_values_are_the_same_only_where_nothing_changed(before: str, after: str) -> None:
    assert (altered(before, after) == ()) is (before == after)


@given(st.text(), st.text())
def test_a_side_is_missing_only_where_the_fate_says_so(before: str, after: str) -> None:
    for item in diff_hops(f"{A}?{before}", f"{B}?{after}"):
        assert (item.before is None) is (item.fate == "added")
        assert (item.after is None) is (item.fate in ("lost", "moved"))


def test_ten_thousand_parameters_are_told_without_comparing_each_with_each() -> None:
    left = "&".join(f"a{number}=value{number}" for number in range(10_000))
    right = "&".join(f"b{number}=VALUE{number}" for number in range(10_000))
    found = diff_hops(f"{A}?{left}", f"{B}?{right}")
    assert len(found) == 20_000

"""Which parameters are identifiers, and how their values are followed."""

import pytest

from postback_wizard.checks.samples import chain
from postback_wizard.domain.identifiers import alteration, carries, find_click_id, has_macro, identifiers_in
from postback_wizard.domain.url import split_url


def test_an_ad_click_id_is_named_with_its_platform_whatever_its_case() -> None:
    found = identifiers_in(split_url("https://l.example/?ScCid=abc&GCLID=def"))
    assert [(item.name, item.platform) for item in found] == [("ScCid", "Snapchat"), ("GCLID", "Google Ads")]


def test_an_identifier_says_where_it_stands_in_the_text() -> None:
    url = "https://l.example/?a=1&sub_id=x%2By#end"
    (found,) = identifiers_in(split_url(url))
    assert url[found.start : found.end] == "sub_id=x%2By"


def test_a_parameter_of_any_name_is_an_identifier_when_it_holds_the_known_value() -> None:
    found = identifiers_in(split_url("https://l.example/?xid=w7k2m9x4q1"), "w7k2m9x4q1")
    assert [item.name for item in found] == ["xid"]


def test_other_parameters_are_no_identifiers() -> None:
    assert identifiers_in(split_url("https://l.example/?utm_source=a&lang=en&page=2")) == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://l.example/?other=w7k2m9x4q1",
        "https://l.example/go/w7k2m9x4q1/x",
        "https://l.example/?u=https%3A%2F%2Fshop.example%2F%3Fcid%3Dw7k2m9x4q1",
        "https://l.example/?u=https%253A%252F%252Fshop.example%252F%253Fcid%253Dw7k2m9x4q1",
        "https://l.example/?sub=aff_w7k2m9x4q1",
    ],
)
def test_a_value_is_found_under_any_name_and_in_any_encoding(url: str) -> None:
    assert carries(url, "w7k2m9x4q1")


def test_a_short_value_inside_a_longer_word_is_not_carried() -> None:
    assert not carries("https://l.example/?page=1234", "12")


def test_a_short_value_that_stands_alone_is_carried() -> None:
    assert carries("https://l.example/?page=12", "12")


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        ("W7k2M9", "w7k2m9", "case"),
        ("w7k2m9x4q1", "w7k2m9", "cut"),
        ("w7k2m9x4q1", "m9x4q1", "cut"),
        ("a%2Fb", "a%252Fb", "encoded"),
        ("a%252Fb", "a%2Fb", "decoded"),
        ("a%2Bb", "a+b", "plus"),
        ("a+b", "a%20b", "plus"),
    ],
)
def test_a_changed_value_is_named_by_what_was_done_to_it(before: str, after: str, how: str) -> None:
    assert alteration(before, after) == how


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("abc", "abc"),
        ("a%2fb", "a%2Fb"),
        ("a%2Fb", "a/b"),
        ("a%20b", "a+b"),
        ("a+b", "a%2Bb"),
        ("w7k2m9x4q1", "T99887766"),
    ],
)
def test_the_same_value_written_otherwise_and_a_new_value_are_no_alteration(before: str, after: str) -> None:
    assert alteration(before, after) is None


@pytest.mark.parametrize(
    "value", ["{clickid}", "%7Bclickid%7D", "%257Bclickid%257D", "${SUBID}", "[clickid]", "__CLICK__"]
)
def test_a_literal_macro_is_told_from_a_value(value: str) -> None:
    assert has_macro(value)


def test_the_trackers_click_id_is_the_one_that_first_appears_in_a_location_and_lands() -> None:
    hops = chain(
        "https://trk.example/c/7?source=12345678&sub1=google77",
        "https://go.example/offer?sub1=google77&clickid=w7k2m9x4q1",
        "https://shop.example/?aff=w7k2m9x4q1",
    )
    assert find_click_id(hops) == ("w7k2m9x4q1", 2)


def test_a_name_that_means_click_id_wins_over_an_earlier_sub_id() -> None:
    hops = chain("https://t.example/", "https://t.example/?sub2=placement9&clickid=w7k2m9x4q1")
    assert find_click_id(hops)[0] == "w7k2m9x4q1"


@pytest.mark.parametrize(
    "landing",
    [
        "https://s.example/?clickid=abc12",
        "https://s.example/?clickid=%7Bclickid%7D",
        "https://s.example/?page=w7k2m9x4q1",
    ],
)
def test_short_values_macros_and_other_names_are_no_click_id(landing: str) -> None:
    assert find_click_id(chain("https://t.example/", landing)) == ("", 0)


def test_a_click_id_that_is_lost_on_the_way_is_still_the_click_id() -> None:
    hops = chain("https://t.example/", "https://t.example/?clickid=w7k2m9x4q1", "https://s.example/")
    assert find_click_id(hops) == ("w7k2m9x4q1", 2)


def test_no_hops_give_no_click_id() -> None:
    assert find_click_id(()) == ("", 0)

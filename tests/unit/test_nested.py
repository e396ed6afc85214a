"""Addresses inside addresses: found at every depth and in every wrapping, and never at any price."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.domain.nested import INSIDE, LONGEST, MOST, find

SHOP = "https://shop.example/landing?cid=w7k2m9x4q1&lang=en"


def encoded(url: str, times: int) -> str:
    for _ in range(times):
        url = quote(url, safe="")
    return url


def base64url(url: str) -> str:
    return base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")


planted = st.builds(
    "https://{}.example/{}?cid={}".format,
    st.text("abcdefghij", min_size=1, max_size=10),
    st.text("klmnop/-_", max_size=20),
    st.text("0123456789abcdef", min_size=1, max_size=40),
)


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    assert len(find(text)) <= MOST


@given(st.text("htps:/?&=%2FBaHR0c.#u", max_size=300))
def test_no_text_that_is_nearly_an_address_makes_it_raise(text: str) -> None:
    assert len(find(f"https://go.example/out?u={text}")) <= MOST


@given(planted, st.integers(min_value=1, max_value=5))
def test_a_planted_address_is_found_at_every_depth(url: str, depth: int) -> None:
    first = find(f"https://go.example/out?id=7&u={encoded(url, depth)}&x=1")[0]
    assert (first.url, first.param, first.depth, first.encoding) == (url, "u", depth, "percent")


@given(planted, st.integers(min_value=0, max_value=3))
def test_a_planted_address_is_found_in_base64(url: str, depth: int) -> None:
    padded = encoded(base64.b64encode(url.encode()).decode(), depth + 1)
    found = [find(f"https://go.example/out?r={value}")[0] for value in (base64url(url), padded)]
    assert [(item.url, item.encoding) for item in found] == [(url, "base64")] * 2


@given(planted, st.lists(st.sampled_from(["percent", "base64"]), min_size=1, max_size=INSIDE - 1))
def test_an_address_inside_an_address_is_found_too(url: str, wrappings: list[str]) -> None:
    link = url
    for number, how in enumerate(wrappings):
        link = f"https://hop{number}.example/out?url={encoded(link, 1) if how == 'percent' else base64url(link)}"
    assert find(link)[-1].url == url


def test_a_raw_address_ends_where_the_link_around_it_goes_on() -> None:
    (found,) = find("https://go.example/out?u=https://shop.example/l?a=1&cid=w7k2m9x4q1")
    assert (found.url, found.encoding, found.depth) == ("https://shop.example/l?a=1", "raw", 0)


def test_a_query_that_is_an_address_is_one_as_a_whole() -> None:
    (found,) = find("https://ads.example/clk;7?https://shop.example/l?a=1&cid=w7k2m9x4q1")
    assert (found.url, found.param) == ("https://shop.example/l?a=1&cid=w7k2m9x4q1", "")


@pytest.mark.parametrize("param", ["u", "url", "adurl", "redirect", "redirect_url", "dest", "r", "target", "lp", "URL"])
def test_a_parameter_named_after_its_purpose_says_where_the_click_goes(param: str) -> None:
    assert find(f"https://go.example/out?{param}={encoded(SHOP, 1)}")[0].is_named


@pytest.mark.parametrize("param", ["referrer", "install_callback", "postback", "site", "img"])
def test_an_address_of_another_purpose_is_no_destination(param: str) -> None:
    assert not find(f"https://go.example/out?{param}={encoded(SHOP, 1)}")[0].is_named


@pytest.mark.parametrize(
    "value",
    ["w7k2m9x4q1", "aHR0cHM6", "aHR0cDovLw%%%%%%", "httpscloud", "https%3A%2F%2F", "//shop.example/", "mailto:a@b.c"],
)
def test_a_value_that_is_no_address_is_none(value: str) -> None:
    assert find(f"https://go.example/out?u={value}") == ()


def test_addresses_wrapped_without_end_are_told_up_to_the_cap() -> None:
    link = SHOP
    for _ in range(20):
        link = f"https://a.example/?u={base64url(link)}" if len(link) < LONGEST // 2 else link
    assert len(find(link)) == INSIDE


def test_a_link_of_a_megabyte_is_read_up_to_its_cap() -> None:
    link = "https://go.example/out?" + "&".join(f"u{number}={encoded(SHOP, 1)}" for number in range(20_000))
    assert len(find(link)) == MOST


def test_percent_signs_without_end_are_decoded_a_few_times_only() -> None:
    assert find("https://go.example/out?u=" + "%25" * 20_000 + "https://shop.example/") == ()

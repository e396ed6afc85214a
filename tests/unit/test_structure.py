"""How a link is put together: every fault of structure by its kind, and ordinary links without one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.domain.structure import cut_off, faults, params_of

GO = "https://go.example/c/7"


def kinds(url: str) -> list[tuple[str, str, bool]]:
    return [(fault.kind, fault.param, fault.matters) for fault in faults(url)]


@pytest.mark.parametrize(
    ("url", "kind", "param"),
    [
        (f"{GO}?source=12?sub_id=w7k2m9x4q1", "second-question", "sub_id"),
        (f"{GO}?clickid=w7k2m9x4q1?lang=en", "second-question", "clickid"),
        (f"{GO}??clickid=w7k2m9x4q1", "second-question", "clickid"),
        (f"{GO}?source=12&?clickid={{clickid}}", "second-question", "clickid"),
        (f"{GO}?source=12&amp;clickid=w7k2m9x4q1", "entity", "clickid"),
        (f"{GO}&clickid=w7k2m9x4q1", "question-missing", "clickid"),
        (f"{GO}%3Fclickid%3Dw7k2m9x4q1", "question-missing", "clickid"),
        (f"{GO}?source=12#clickid=w7k2m9x4q1", "behind-hash", "clickid"),
        (f"{GO}?source=12#buy?sub1={{clickid}}", "behind-hash", "sub1"),
        (f"{GO}?clickid=w7k2m9x4q1&clickid=zzz", "twice", "clickid"),
        (f"{GO}?sub1=&sub1={{clickid}}", "twice", "sub1"),
        (f"{GO}?u=https://shop.example/?a=1&clickid=w7k2m9x4q1", "nested-raw", "clickid"),
        (f"{GO}?source=12&sub1=my click", "space", "sub1"),
    ],
)
def test_a_fault_is_named_with_the_parameter_it_strikes(url: str, kind: str, param: str) -> None:
    assert kinds(url) == [(kind, param, True)]


@pytest.mark.parametrize(
    "url",
    [
        GO,
        f"{GO}?source=12&clickid=w7k2m9x4q1",
        f"{GO}?q=what?&clickid=w7k2m9x4q1",
        f"{GO}?u=https%3A%2F%2Fshop.example%2F%3Fa%3D1%26b%3D2&clickid=w7k2m9x4q1",
        f"{GO}?clickid=w7k2m9x4q1&u=https://shop.example/?a=1",
        "https://ads.example/clk;123;456?https://shop.example/?utm_source=a&utm_medium=b",
        "https://www.example/aclk?sa=l&ai=abc&adurl=https://shop.example/?gclid=Cj0KCQ&utm_source=a",
        "https://shop.example/a?color[]=1&color[]=2",
        "https://shop.example/a?cid=w7k2m9x4q1&cid=w7k2m9x4q1",
        "https://shop.example/#/landing?step=2",
        "https://shop.example/a#:~:text=sub1=2",
        "https://shop.example/?sub1=#s2#&sub2=##CLICK_ID##&s=[clickid]&z={status:lead=0 sale=1}",
        "https://shop.example/?sub1=w7k2m9x4q1#sub1=w7k2m9x4q1",
        "https://shop.example/black&white/lamp?clickid=w7k2m9x4q1",
        "not a url",
        "",
    ],
)
def test_an_ordinary_link_has_no_fault(url: str) -> None:
    assert kinds(url) == []


def test_the_same_name_twice_without_an_identifier_is_a_note() -> None:
    assert kinds(f"{GO}?source=1&source=2") == [("twice", "source", False)]


def test_what_a_raw_nested_address_loses_is_named() -> None:
    assert cut_off(f"{GO}?u=https://shop.example/?a=1&clickid=w7k2m9x4q1&lang=en") == {"clickid", "lang"}


def test_a_macro_between_hashes_stays_in_its_parameter() -> None:
    assert [(param.key, param.value) for param in params_of(f"{GO}?sub1=#s2#&b={{x}}")] == [
        ("sub1", "#s2#"),
        ("b", "{x}"),
    ]


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    assert isinstance(faults(f"https://go.example/{text}"), tuple)


@given(st.text("ab?&=#%3FD{}[]/: ", max_size=80))
def test_no_text_of_marks_makes_it_raise(text: str) -> None:
    assert isinstance(faults(f"https://go.example/{text}"), tuple)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"{GO}?clickid={{clickid}}?lang=en", "clickid={clickid}?lang="),
        (f"{GO}/{{campaign}}&clickid={{clickid}}", "/c/7/{campaign}&clickid={clickid}"),
        (f"{GO}?sub1={{clickid}} x", "sub1={clickid} x"),
        (f"{GO}?sub1={{clickid}}&sub1=[zone]", "sub1={clickid} … sub1=[zone]"),
        (f"{GO}?u=https://shop.example/?a={{a}}&sub1={{clickid}}", "u=https://shop.example/?a={a} | &sub1="),
    ],
)
def test_a_fault_is_shown_as_it_stands_macros_and_all(url: str, shown: str) -> None:
    (fault,) = faults(url)
    assert fault.shown == shown

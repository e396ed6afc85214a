"""Macros of every dialect: found where they are, not found where they are not, filled without touching the rest."""

from itertools import pairwise
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from postback_wizard.catalogue import platforms
from postback_wizard.domain.macros import DIALECTS, Macro, fill, find_macros, is_placeholder
from postback_wizard.domain.probe import TOKEN

SPELLINGS = {
    "{x}": "{%s}",
    "{{x}}": "{{%s}}",
    "[x]": "[%s]",
    "[[[x]]]": "[[[%s]]]",
    "#x#": "#%s#",
    "##X##": "##%s##",
    "##X(arg)##": "##%s(action)##",
    "%x%": "%%%s%%",
    "%%x%%": "%%%%%s%%%%",
    "$x$": "$%s$",
    "${x}": "${%s}",
    "${(x)!}": "${(%s)!}",
    "#{x}": "#{%s}",
    "(x)": "(%s)",
    "{!x!}": "{!%s!}",
    "{_x}": "{_%s}",
    "{url(x)}": "{url(%s)}",
    "__X__": "__%s__",
    "{x:…}": "{%s:lead=0 sale=1}",
    "{x50%}": "{%s50%%}",
}
#: Texts a macro may stand in: other parameters hold any text at all, the value itself anything but marks.
any_text = st.text(max_size=20).map(lambda text: quote(text, safe="", errors="replace"))
words = st.text("abcXYZ0189-~.,:;|@!*+éя_", max_size=8)
#: Letters that are no hexadecimal digits, so that ``%x%`` is never read as an escape.
names = st.from_regex(r"[G-Z]{1,6}(_[G-Z]{1,4})?", fullmatch=True)
dialects = st.sampled_from(sorted(SPELLINGS))
surroundings = st.text("ghijkxyzGHXYZ0123456789-~.", max_size=8)
other_values = st.text(max_size=20).map(lambda text: quote(text, safe="", errors="replace"))


def spans(text: str) -> list[tuple[str, str]]:
    return [(macro.text, macro.name) for macro in find_macros(text)]


def test_every_dialect_has_a_spelling_here() -> None:
    assert set(SPELLINGS) == set(DIALECTS)


@given(dialect=dialects, name=names, before=other_values, after=other_values, left=surroundings, right=surroundings)
def test_a_macro_planted_in_a_query_value_is_found_with_its_exact_span(
    dialect: str, name: str, before: str, after: str, left: str, right: str
) -> None:
    written = SPELLINGS[dialect] % name
    left, right = ("", "") if dialect == "(x)" else (left, right)
    head = f"https://t.example/p/{before}?a={before}&k={left}"
    text = f"{head}{written}{right if not right[:1].isdigit() else '-' + right}&b={after}"
    assert Macro(written, name, dialect, len(head), len(head) + len(written), 0) in find_macros(text)


@given(dialect=dialects, name=names, outer=any_text, left=words, right=words)
def test_a_planted_macro_is_found_with_its_exact_span_whatever_stands_around_it(
    dialect: str, name: str, outer: str, left: str, right: str
) -> None:
    written = SPELLINGS[dialect] % name
    assume(dialect != "(x)" or not left + right)
    assume(dialect != "%x%" or not set(right[:2]) & set("abcXYZ0189é"))
    head = f"https://t.example/p/{outer}?{outer}=1&a={outer}&k={left}"
    found = [macro for macro in find_macros(f"{head}{written}{right}&b={outer}#{outer}") if macro.start == len(head)]
    assert [(macro.text, macro.name, macro.dialect) for macro in found] == [(written, name, dialect)]


@given(dialect=dialects, name=names, outer=any_text, left=words, right=words, value=st.text(max_size=8))
def test_filling_a_planted_macro_changes_nothing_around_it(
    dialect: str, name: str, outer: str, left: str, right: str, value: str
) -> None:
    assume(dialect != "(x)" or not left + right)
    assume(dialect != "%x%" or not set(right[:2]) & set("abcXYZ0189é"))
    head, tail = f"https://t.example/p?a={outer}&k={left}", f"{right}&b={outer}"
    written = SPELLINGS[dialect] % name
    filled = fill(f"{head}{written}{tail}", {name: value})
    assert filled == f"{head}{quote(value, safe='', errors='surrogatepass')}{tail}"


@given(dialect=dialects, name=names, level=st.integers(1, 3), before=other_values)
def test_a_percent_encoded_macro_is_found_with_its_exact_span_and_level(
    dialect: str, name: str, level: int, before: str
) -> None:
    written = SPELLINGS[dialect] % name
    encoded = written.replace("_", "%5F") if dialect == "__X__" else written
    for turn in range(level):
        encoded = encoded.replace("%", "%25") if turn and dialect == "__X__" else encoded
        encoded = encoded if dialect == "__X__" else quote(encoded, safe="")
    head = f"https://t.example/p?a={before}&cid="
    found = [macro for macro in find_macros(f"{head}{encoded}&z=1") if macro.start == len(head)]
    assert [(macro.text, macro.dialect, macro.encoded, macro.written) for macro in found] == [
        (encoded, dialect, level, written)
    ]


@given(dialect=dialects, name=names)
def test_a_macro_planted_in_a_path_segment_is_found(dialect: str, name: str) -> None:
    written = SPELLINGS[dialect] % name
    expected = [] if dialect == "(x)" else [(written, name)]
    assert spans(f"https://t.example/conv/{written}/end?a=1") == expected


@given(st.text(max_size=200))
def test_nothing_raises_and_every_span_holds_its_text(text: str) -> None:
    for macro in find_macros(text):
        assert text[macro.start : macro.end] == macro.text


@given(st.text("{}[]#%$()!_:25=&/?\"' aBD7x", max_size=80))
def test_nothing_raises_on_marks_alone_and_macros_never_overlap(text: str) -> None:
    found = find_macros(text)
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(text=st.text("{}[]#%$()!_=&/?ab7BD25", max_size=60), value=st.text(max_size=6))
def test_filling_changes_no_byte_outside_the_macros(text: str, value: str) -> None:
    found = find_macros(text)
    written = quote(value, safe="", errors="surrogatepass")
    expected, done = "", 0
    for macro in found:
        expected += text[done : macro.start] + written
        done = macro.end
    assert fill(text, {macro.name: value for macro in found}) == expected + text[done:]


@pytest.mark.parametrize(
    "text",
    [
        "https://t.example/p?color=#fff&bg=#a1b2c3",
        "https://t.example/p?q=%20x%20&r=%C3%A9x%C3%A9",
        "https://t.example/p?filter[name]=1&f%5Bname%5D=2",
        "https://t.example/p?next=https%3A%2F%2Fx.example%2F%3Ffilter%5Bname%5D%3D1",
        '{"data": [{"a": 1, "b": [null, true], "c": {"d": "x"}}], "e": "see [note] (really)"}',
        "ordinary [brackets] and (others) in prose, 100% of it, $5 and 7$",
        "https://[::1]:8080/p?a=1",
        "https://t.example/p?utm_medium=(none)&utm_source=%28direct%29",
        "https://t.example/p(old)/(x)?y=1",
        "https://t.example/p?__init__=a__b__c",
        f"https://t.example/p?access_token={TOKEN}",
    ],
)
def test_what_only_looks_like_a_macro_is_left_alone(text: str) -> None:
    assert spans(text) == []


def test_a_colour_closed_by_another_mark_is_a_macro() -> None:
    assert spans("https://t.example/p?s=#fff#") == [("#fff#", "fff")]


def test_macros_with_nothing_but_an_underscore_between_them_are_both_found() -> None:
    text = "https://t.example/p?s=__CAMPAIGN_ID_____CLICKID__"
    assert spans(text) == [("__CAMPAIGN_ID__", "CAMPAIGN_ID"), ("__CLICKID__", "CLICKID")]


def test_a_round_bracket_macro_inside_a_value_is_told_by_the_underscore_in_its_name() -> None:
    assert spans("https://t.example/p?v=USD-(event_revenue)&u=iPhone (64gb)&f=call(my_var)") == [
        ("(event_revenue)", "event_revenue")
    ]


@pytest.mark.parametrize("written", sorted({text for item in platforms().values() for text in item.sends.macros}))
@pytest.mark.parametrize("encodings", [0, 1, 2])
def test_every_macro_of_the_catalogue_is_found_raw_encoded_and_encoded_twice(written: str, encodings: int) -> None:
    text = written
    for _ in range(encodings):
        text = quote(text, safe="")
    head = "https://t.example/p?a=1&k="
    found = find_macros(f"{head}{text}&b=2")
    assert [(macro.text, macro.start, macro.written) for macro in found] == [(text, len(head), written)]


def test_two_dialects_in_one_link_are_both_found() -> None:
    assert spans("https://t.example/p?v=${SUBID}&p={cost}") == [("${SUBID}", "SUBID"), ("{cost}", "cost")]


def test_javascript_encoding_leaves_the_dollar_and_is_seen_through() -> None:
    assert [(macro.dialect, macro.written) for macro in find_macros("/p?a=$%7Bx%7D")] == [("${x}", "${x}")]


def test_a_cyrillic_letter_in_an_encoded_macro_shows_in_its_name() -> None:
    assert find_macros("/p?cid=%7B%D1%81lickid%7D")[0].name == "\N{CYRILLIC SMALL LETTER ES}lickid"


def test_macros_in_a_json_body_are_found_in_its_strings() -> None:
    assert spans('{"cid": "[clickid]", "sum": "(payout)"}') == [("[clickid]", "clickid"), ("(payout)", "payout")]


def test_unknown_macros_stay_and_known_values_are_percent_encoded() -> None:
    assert fill("/p?a={x}&b={y}", {"x": "1 & 2"}) == "/p?a=1%20%26%202&b={y}"


def test_a_value_can_be_given_by_the_macro_as_written() -> None:
    assert fill("/p?a=%7Bx%7D", {"{x}": "7"}) == "/p?a=7"


@pytest.mark.parametrize(
    ("value", "param"),
    [
        ("REPLACE", "cid"),
        ("OPTIONAL", "payout"),
        ("CLICK_ID", "click-id"),
        ("YOUR_TRACKER_ID", "t"),
        ("AMOUNT", "amount"),
        ("VISITOR", "visitorId"),
        ("ORDER", "order_id"),
        ("CODE", "campaign_code"),
        ("REVENUE", "r"),
        ("{order id}", "rdtk_event_id"),
        ("<click id>", "cid"),
    ],
)
def test_words_from_documentation_are_placeholders(value: str, param: str) -> None:
    assert is_placeholder(value, param)


@pytest.mark.parametrize(
    ("value", "param"),
    [
        *(("LEAD", "lead"), ("ORDER", "goal"), ("ORDER", "order_type"), ("replace", "cid"), ("USD", "currency")),
        *(("ID", "geo"), ("VALUE", ""), ("{clickid}", "cid")),
    ],
)
def test_ordinary_values_are_no_placeholders(value: str, param: str) -> None:
    assert not is_placeholder(value, param)

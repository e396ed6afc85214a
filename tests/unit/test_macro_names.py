"""Which macros a sender has: its own are known, near ones are proposed, foreign ones are told from both."""

import pytest

from postback_wizard.catalogue import platform, platforms
from postback_wizard.catalogue.fact import Fact
from postback_wizard.catalogue.names import find_platform, has, nearest, owners, read_macro, speaks
from postback_wizard.catalogue.platform import Platform, Sends
from postback_wizard.domain.macros import Macro

CYRILLIC_S = "\N{CYRILLIC SMALL LETTER ES}"
CYRILLIC_A = "\N{CYRILLIC SMALL LETTER A}"


def macro(written: str) -> Macro:
    found = read_macro(written)
    assert found is not None
    return found


def sender(*written: str, dialects: tuple[str, ...] = ("{x}",), click_id: tuple[str, ...] = ()) -> Platform:
    sends = Sends(dialects=Fact(dialects), click_id=Fact(click_id), other=Fact(written))
    return Platform("mine", "Mine", "tracker", (), sends=sends)


@pytest.mark.parametrize("item", platforms().values(), ids=list(platforms()))
def test_every_macro_of_a_platform_is_its_own_and_in_its_dialect(item: Platform) -> None:
    assert [text for text in item.sends.macros if not (has(macro(text), item) and speaks(macro(text), item))] == []


@pytest.mark.parametrize("item", platforms().values(), ids=list(platforms()))
def test_nothing_is_proposed_for_a_platforms_own_macro(item: Platform) -> None:
    assert [text for text in item.sends.macros if nearest(macro(text), item)] == []


@pytest.mark.parametrize(
    ("written", "proposed", "reason"),
    [
        ("{ClickId}", "{clickid}", "case"),
        ("[clickid]", "{clickid}", "dialect"),
        ("[CLICKID]", "{clickid}", "dialect"),
        ("${clickid}", "{clickid}", "dialect"),
        ("{_clickid}", "{clickid}", "dialect"),
        ("{click_id}", "{clickid}", "separator"),
        ("{click-id}", "{clickid}", "separator"),
        ("[click.id]", "{clickid}", "separator"),
        ("{clikid}", "{clickid}", "spelling"),
        ("{cilckid}", "{clickid}", "spelling"),
        ("{transacton_id}", "{transaction_id}", "spelling"),
        ("{sub_5}", "{sub5}", "separator"),
        ("{Sub5}", "{sub5}", "case"),
        (f"{{{CYRILLIC_S}lickid}}", "{clickid}", "look-alike"),
        (f"{{p{CYRILLIC_A}yout}}", "{payout}", "look-alike"),
    ],
)
def test_the_nearest_macro_of_the_sender_is_proposed_with_what_speaks_for_it(
    written: str, proposed: str, reason: str
) -> None:
    found = nearest(macro(written), sender("{clickid}", "{payout}", "{transaction_id}", "{sub1}", "{sub5}"))
    assert found is not None
    assert (found.written, found.reason) == (proposed, reason)


@pytest.mark.parametrize("written", ["{goal}", "{cost}", "{sub7}", "{ip}", "{zone}"])
def test_another_name_is_no_slip_of_a_known_one(written: str) -> None:
    assert nearest(macro(written), sender("{clickid}", "{payout}", "{sub1}", "{id}")) is None


def test_the_surer_of_two_likenesses_wins() -> None:
    found = nearest(macro("{Payout}"), sender("{payouts}", "{payout}"))
    assert found is not None
    assert found.written == "{payout}"


def test_a_name_of_a_numbered_row_is_known_with_any_number() -> None:
    assert has(macro("{sub12}"), sender("{sub1}", "{sub2}"))


@pytest.mark.parametrize("written", ["{status:lead=0 sale=1}", "{status50%}"])
def test_an_argument_does_not_make_another_macro(written: str) -> None:
    assert has(macro(written), sender("{status}"))


def test_a_raw_macro_belongs_to_senders_that_have_that_dialect() -> None:
    known = sender("{status}", dialects=("{x}", "{_x}")), sender("{status}")
    assert [has(macro("{_status}"), item) for item in known] == [True, False]


def test_one_vendor_with_two_dialects_has_each_macro_in_its_own() -> None:
    assert not has(macro("{SUBID}"), platform("clickadu"))


def test_what_the_value_stands_for_is_the_last_resort() -> None:
    found = nearest(macro("{foo}"), sender("{payout}", click_id=("{hit}",)), "click_id")
    assert found is not None
    assert (found.written, found.reason) == ("{hit}", "meaning")


def test_a_sibling_in_a_numbered_row_is_not_replaced_by_meaning() -> None:
    assert nearest(macro("{sub_id_2}"), sender(click_id=("{sub_id}",)), "click_id") is None


def test_without_known_macros_nothing_is_proposed() -> None:
    assert nearest(macro("{clickid}"), sender()) is None


def test_the_platforms_that_have_a_macro_are_named_dialect_and_all() -> None:
    assert {item.id for item in owners(macro("[clickid]"))} == {"adcash", "clickmagick", "mondiad"}


def test_a_macro_of_nobody_has_no_owner() -> None:
    assert owners(macro("{no_such_macro}")) == ()


def test_a_foreign_dialect_is_told_from_the_senders_own() -> None:
    assert [speaks(macro(text), platform("everflow")) for text in ("#token#", "{token}")] == [False, True]


@pytest.mark.parametrize("text", ["voluum", "Voluum", " VOLUUM ", "Admitad", "Dr.Cash", "binom v1"])
def test_a_platform_is_found_by_its_id_or_its_name(text: str) -> None:
    assert find_platform(text) is not None


@pytest.mark.parametrize("text", ["", " ", "our own tracker", "…"])
def test_other_words_are_no_platform(text: str) -> None:
    assert find_platform(text) is None

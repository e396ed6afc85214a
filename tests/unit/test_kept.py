"""What a proposal takes the place of is kept in the case, and comes back, also after the case was stored."""

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.effects.codec import dump_case, load_case

CASE = Case("c1", "2026-03-01T10:00:00.000Z", Facts(template="t1", sent_request="r1"))


def test_a_text_that_gave_way_is_kept() -> None:
    assert CASE.exchange("template", "t2").kept == (("template", "t1"),)


def test_it_is_put_back() -> None:
    assert CASE.exchange("template", "t2").put_back().facts == CASE.facts


def test_the_text_replaced_last_comes_back_first() -> None:
    case = CASE.exchange("template", "t2").exchange("sent_request", "r2").put_back()
    assert (case.facts.template, case.facts.sent_request) == ("t2", "r1")


def test_putting_back_again_and_again_loses_no_text() -> None:
    case, seen = CASE.exchange("template", "t2").exchange("template", "t3"), set[str]()
    for _ in range(3):
        case = case.put_back()
        seen.add(case.facts.template)
    assert seen == {"t1", "t2", "t3"}


def test_an_empty_field_leaves_nothing_to_keep() -> None:
    assert Case("c1", CASE.opened_at).exchange("template", "t1").kept == ()


def test_what_is_kept_survives_storing() -> None:
    case = CASE.exchange("sent_request", "r2")
    assert load_case(dump_case(case)) == case

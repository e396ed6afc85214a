"""Which closed cases come to mind, what their page says, and what changed since the fix."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.closing import ClosedCase, Conclusion, alike
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Verdict
from postback_wizard.report.closed import card_of, closed_markdown, compare
from postback_wizard.report.knowledge.closed import use_closed
from postback_wizard.report.knowledge.entries import Ref
from postback_wizard.report.knowledge.index import find
from postback_wizard.report.knowledge.pages import page_of

AT = "2026-03-01T10:00:00.000Z"
LITERAL = Finding("macro-literal", Level.BAD, Confidence.CERTAIN, Owner.TRACKER, {}, "sent_request: cid")


def card(name: str = "b", **values: object) -> ClosedCase:
    ended = Conclusion("The template was copied.", "Retyped it.", "Ann", "Ten sales came.", AT)
    found = ClosedCase(name, "Night", AT, ended, ("keitaro",), ("macro-literal",), "Click 123 not found")
    return replace(found, **values)  # type: ignore[arg-type]  # each test names fields of the card


@pytest.fixture
def shelf() -> Iterator[list[ClosedCase]]:
    cards: list[ClosedCase] = []
    use_closed(lambda: tuple(cards))
    yield cards
    use_closed(tuple)


def ill(*findings: Finding) -> Case:
    verdict = Verdict.BROKEN if findings else Verdict.CLEAR
    found = StepRecord("template", Facts(), AT, verdict, findings=findings)
    return replace(Case("a", AT), records={"template": found})


def test_the_same_words_of_a_partner_are_a_likeness_whatever_the_numbers() -> None:
    (found,) = alike(card("a", message="click 999  NOT found", codes=(), platforms=()), [card()])
    assert found.by == ("message",)


def test_the_same_cause_on_a_shared_platform_is_a_likeness() -> None:
    (found,) = alike(card("a", message=""), [card()])
    assert found.by == ("code", "platforms")


def test_the_same_cause_on_other_platforms_is_none() -> None:
    assert alike(card("a", message="", platforms=("voluum",)), [card()]) == ()


def test_the_same_platform_alone_is_no_likeness() -> None:
    assert alike(card("a", message="", codes=("macro-empty",)), [card()]) == ()


def test_nothing_known_is_like_nothing() -> None:
    cards = [replace(card(name), message="", codes=(), platforms=()) for name in "ab"]
    assert alike(cards[0], cards) == ()


def test_a_case_is_not_like_itself() -> None:
    assert alike(card(), [card()]) == ()


def test_the_likest_comes_first_and_then_the_latest() -> None:
    later = Conclusion("x", closed_at="2026-04-01T10:00:00.000Z")
    cards = [card("c", message=""), card("d", message="", conclusion=later), card("e")]
    assert [item.card.id for item in alike(card("a"), cards)] == ["e", "d", "c"]


def test_a_card_names_the_root_cause_of_before_the_fix() -> None:
    case = replace(ill(LITERAL).again(AT), conclusion=Conclusion("why", closed_at=AT))
    assert card_of(case).codes == ("macro-literal",)


def test_a_card_holds_no_secret() -> None:
    secret = "tok-4815162342-abcdef"
    case = replace(ill(LITERAL), conclusion=Conclusion(f"the token {secret} was old", closed_at=AT))
    assert secret not in str(card_of(case, (secret,)))


def test_what_went_away_after_the_fix_is_said() -> None:
    assert list(compare(ill(LITERAL), ill(), "en")) == [
        "Template: ✗ broken → ✓ clear",
        "Template: - macro-literal live request: cid",
    ]


def test_a_step_not_run_again_is_no_success() -> None:
    assert "not run again yet" in "\n".join(compare(ill(LITERAL), Case("a", AT), "en"))


def test_nothing_changed_says_nothing() -> None:
    assert list(compare(ill(LITERAL), ill(LITERAL), "ru")) == []


@pytest.mark.parametrize("words", ["night", "copied", "ann", "not found", "macro-literal keitaro", "закрытый случай"])
def test_a_closed_case_is_found_by_its_words(shelf: list[ClosedCase], words: str) -> None:
    shelf.append(card())
    assert Ref("closed", "b") in [hit.entry.ref for hit in find(words).hits]


def test_the_page_of_a_closed_case_tells_what_mended_it(shelf: list[ClosedCase]) -> None:
    shelf.append(card())
    page = page_of(Ref("closed", "b"), "en")
    assert ("Retyped it." in [line.text for line in page.lines], page.related[0].ref) == (
        True,
        Ref("code", "macro-literal"),
    )


def test_a_failure_mode_leads_to_the_cases_it_caused(shelf: list[ClosedCase]) -> None:
    shelf.append(card())
    assert page_of(Ref("code", "macro-literal"), "en").related[0].ref == Ref("closed", "b")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_team_s_knowledge_is_one_document_whatever_was_written(lang: str) -> None:
    hostile = card(title="# x\n# y", conclusion=Conclusion("<b>`|\x1b[31m\n- z", closed_at=AT))
    lines = closed_markdown([card(), hostile], lang).splitlines()
    assert [line[:2] for line in lines if line.startswith("#")] == ["# ", "##", "##"]
    assert "\x1b" not in "".join(lines)

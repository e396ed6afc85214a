"""Where in a platform's interface the questions of step 2 are answered."""

from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.steps.where_to_look import where_to_look


def places(**facts: str) -> dict[str, str]:
    return dict(where_to_look(Case(id="c", opened_at="", facts=Facts().with_values(facts)), "en"))


def test_one_place_for_both_questions_is_named_once() -> None:
    found = places(sender="everflow")
    assert list(found) == ["conversion_seen"]
    assert found["conversion_seen"].startswith("Everflow: ")


def test_a_platform_nobody_knows_has_no_place() -> None:
    assert places(sender="somebody's own tracker") == {}

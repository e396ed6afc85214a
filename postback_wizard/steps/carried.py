"""The time of the click, where nobody tells it and its ID does: a hint for the fact."""

from collections.abc import Mapping

from postback_wizard.checks.click_time import carried_moment
from postback_wizard.domain.case import Case
from postback_wizard.domain.times import stamp


def click_hints(case: Case) -> Mapping[str, str]:
    """The click time its ID carries, if the ID is of a kind that hardly anything else looks like."""
    found = carried_moment(case)
    return {"click_time": stamp(found.time.moment)} if found else {}

"""Every failure mode of templates has a check, an example of it, and is told first in three dialects and more."""

import random
from collections.abc import Iterator

import pytest

from postback_wizard import checks
from postback_wizard.catalogue.modes import MODES
from postback_wizard.domain.finding import Level, weight
from postback_wizard.domain.macros import find_macros
from tests.unit.made import SPELLINGS, of_catalogue, of_dialect
from tests.unit.planted import PLANTS

SEED = 20260303
#: So many catalogue pairs are made for faults that only parties of the catalogue can have.
OF_CATALOGUE = 400
ENOUGH = 3


def first_told(facts: dict[str, str]) -> str:
    """The code of the weightiest warning."""
    found = sorted(checks.findings_of("template", checks.example(**facts).case), key=weight)
    return next((item.code for item in found if item.level in (Level.BAD, Level.WARN)), "")


def dialects(mode: str) -> Iterator[set[str]]:
    """The spellings of each template whose planted fault of this mode is the first thing told."""
    rng = random.Random(SEED)
    plants = [how for code, how in PLANTS if code == mode]
    for pair in (*(of_dialect(rng, item) for item in SPELLINGS), *(of_catalogue(rng) for _ in range(OF_CATALOGUE))):
        for facts in (how(pair, rng) for how in plants):
            if facts is not None and first_told(facts) == mode:
                yield {macro.dialect for macro in find_macros(facts["template"])} or {pair.dialect}


@pytest.mark.parametrize("mode", MODES["template"])
def test_every_mode_has_a_check_with_an_example(mode: str) -> None:
    assert (checks.folder_of(mode), mode in checks.examples()) == ("template", True)


@pytest.mark.parametrize("mode", MODES["template"])
def test_every_mode_is_told_first_in_three_dialects_and_more(mode: str) -> None:
    found = set[str]()
    for some in dialects(mode):
        found |= some
        if len(found) >= ENOUGH:
            return
    pytest.fail(f"told in {sorted(found)} only")

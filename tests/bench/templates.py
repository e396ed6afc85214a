"""How many postback templates a second the whole lint takes on one core; goal: 5,000. Beside it: urlsplit alone.

Measured in processor time, so that other programs on the machine do not count.

Run: ``python tests/bench/templates.py``.
"""

import gc
from itertools import islice
from random import Random
from time import process_time
from urllib.parse import parse_qsl, urlsplit

from postback_wizard.checks import findings_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from tests.unit.planted import of_catalogue, of_dialect

TEMPLATES = 100_000
GOAL_PER_S = 5_000
SEED = 1


def cases(number: int) -> list[Case]:
    """So many different templates of every dialect and of known parties, one a case, one in ten with a fault."""
    rng = Random(SEED)
    made = [of_catalogue(rng) if index % 2 else of_dialect(rng) for index in range(2_000)]
    found: list[Case] = []
    for index in range(number):
        pair = made[index % len(made)]
        template = f"{pair.template}&sub{index % 30}=w{index:07d}"
        template = template.replace("&", "&amp;", 1) if index % 10 == 0 else template
        parties = {name: pair.facts[name] for name in ("sender", "receiver") if name in pair.facts}
        found.append(Case("bench", "2026-03-01T10:00:00.000Z", Facts().with_values({"template": template, **parties})))
    return found


def main() -> None:
    """Print templates a second."""
    asked = cases(TEMPLATES)
    for case in islice(asked, 2_000):
        list(findings_of("template", case))
    gc.collect()
    gc.freeze()  # the cases themselves are the benchmark's, and no lint waits for them to be looked through
    start = process_time()
    told = sum(len(list(findings_of("template", case))) for case in asked)
    linting = process_time() - start
    start = process_time()
    for case in asked:
        urlsplit(case.facts.template)
    splitting = process_time() - start
    start = process_time()
    for case in asked:
        parse_qsl(urlsplit(case.facts.template).query)
    parsing = process_time() - start
    size = sum(len(case.facts.template) for case in asked) / len(asked)
    print(f"{TEMPLATES:,} templates of {size:.0f} characters on average, {told:,} findings")
    print(f"lint                    {TEMPLATES / linting:12,.0f} a second   (goal: {GOAL_PER_S:,})")
    print(f"urllib urlsplit alone   {TEMPLATES / splitting:12,.0f} a second")
    print(f"urlsplit and parse_qsl  {TEMPLATES / parsing:12,.0f} a second")


if __name__ == "__main__":
    main()

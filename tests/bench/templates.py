"""How many postback templates a second the whole lint takes on one core; goal: 5,000. Beside it: urlsplit alone.

Measured in processor time, so that other programs on the machine do not count. No template comes twice, the cases are
made batch by batch outside the clock, and the collector of garbage runs as ever.

Run: ``python -m tests.bench.templates``.
"""

from collections.abc import Callable, Iterator
from random import Random
from time import process_time
from urllib.parse import parse_qsl, urlsplit

from postback_wizard.checks import findings_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from tests.unit.made import of_catalogue, of_dialect

TEMPLATES = 100_000
BATCH = 2_000
GOAL_PER_S = 5_000
SEED = 1


def batches(number: int) -> Iterator[list[Case]]:
    """So many different templates of every dialect and of known parties, one a case, one in ten with a fault."""
    rng = Random(SEED)
    made = [of_catalogue(rng) if index % 2 else of_dialect(rng) for index in range(BATCH)]
    for first in range(0, number, BATCH):
        found: list[Case] = []
        for index in range(first, first + BATCH):
            pair = made[index % BATCH]
            template = f"{pair.template}&sub{index % 30}=w{index:07d}"
            template = template.replace("&", "&amp;", 1) if index % 10 == 0 else template
            parties = {name: pair.facts[name] for name in ("sender", "receiver") if name in pair.facts}
            facts = Facts().with_values({"template": template, **parties})
            found.append(Case("bench", "2026-03-01T10:00:00.000Z", facts))
        yield found


def timed(work: Callable[[Case], object], cases: list[Case]) -> float:
    """Seconds of processor time that a work takes for all cases."""
    start = process_time()
    for case in cases:
        work(case)
    return process_time() - start


def lint(case: Case) -> int:
    """Everything the checks of templates have to say."""
    return len(list(findings_of("template", case)))


def split(case: Case) -> object:
    """The standard library's first step."""
    return urlsplit(case.facts.template)


def parse(case: Case) -> object:
    """The standard library as far as it goes."""
    return parse_qsl(urlsplit(case.facts.template).query)


def main() -> None:
    """Print templates a second."""
    works = {"lint": lint, "urllib urlsplit alone": split, "urlsplit and parse_qsl": parse}
    took, size = dict.fromkeys(works, 0.0), 0
    timed(lint, next(batches(BATCH)))
    for cases in batches(TEMPLATES):
        size += sum(len(case.facts.template) for case in cases)
        for name, work in works.items():
            took[name] += timed(work, cases)
    print(f"{TEMPLATES:,} templates of {size / TEMPLATES:.0f} characters on average; lint: goal {GOAL_PER_S:,}")
    for name, seconds in took.items():
        print(f"{name:24}{TEMPLATES / seconds:12,.0f} a second")


if __name__ == "__main__":
    main()

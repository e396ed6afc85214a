"""How long a report takes: 10,000 differences of two logs; an answer of 1 MB with 150 people in it.

    python -m tests.bench.report

Processor time of this process, the best of three runs, in seconds. The limits are 1 s for the first, and for the second
what a reader who waits for F9 bears.
"""

import json
import time
from collections.abc import Callable

from postback_wizard.checks import rules
from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.probe import Answer, HttpEvidence, LogEvidence, LogSource, SentRequest
from postback_wizard.domain.reconciliation import CLASSES, Reconciliation, Sample, SampleRow
from postback_wizard.report.markdown import render

AT = "2026-03-01T10:00:00.000Z"
DIFFERENCES = 10_000
PEOPLE = 150
ROWS = 6_800


def differing() -> Case:
    """Differences of every class, rows on both sides where there are two."""
    names = CLASSES[1:]
    samples = tuple(_sample(names[number % len(names)], number) for number in range(DIFFERENCES))
    keys = {name: tuple(item.key for item in samples if item.name == name) for name in names}
    files = (LogSource("conversion_log", "/exports/a.csv"), LogSource("partner_log", "/exports/b.csv"))
    logs = LogEvidence(
        "reconcile",
        AT,
        ("OK",),
        files,
        classes={name: len(found) for name, found in keys.items()},
        samples=keys,
        reconciliation=Reconciliation(samples=samples),
    )
    return Case("bench", AT).merge(StepRecord("event", Facts(), AT, Verdict.BROKEN, "", (logs,)))


def _sample(name: str, number: int) -> Sample:
    key = f"w{number:06d}k02mqz7yt51bnx4hj6c"
    ours = SampleRow("a.csv", number, {"click_id": key, "transaction_id": f"A-{number}", "payout": "12.50", "time": AT})
    theirs = SampleRow("b.csv", number, {"click_id": key, "transaction_id": f"A-{number}", "payout": "11.00"})
    match name.partition("_")[2]:
        case "tracker":
            return Sample(name, key, ours)
        case "partner":
            return Sample(name, key, None, theirs)
    return Sample(name, key, ours, theirs)


def crowded() -> Case:
    """A refusal that repeats a megabyte of rows, a seventh of them with an e-mail address."""
    rows = [
        {
            "id": number,
            "click_id": f"clk{number:06d}",
            "email": f"user{number % PEOPLE}@people.example" if number % 7 == 0 else None,
            "note": "lorem ipsum dolor sit amet %20 consectetur",
            "url": f"https://x.example/p?cid=abc{number}&sub=%7Bx%7D",
        }
        for number in range(ROWS)
    ]
    request = SentRequest("GET", "https://p.example/pb?cid=c1&token=tok-998877665544", "/pb?cid=c1")
    body = json.dumps({"rows": rows})
    item = HttpEvidence("replay", AT, "answered", ("OK_2XX",), request, Answer(200, (), body, len(body)))
    return Case("bench", AT).merge(StepRecord("replay", Facts(), AT, Verdict.BROKEN, "", (item,)))


def best(work: Callable[[], object]) -> float:
    """The least processor time of three runs."""
    found = []
    for _ in range(3):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return min(found)


def main() -> None:
    """Print both."""
    rules()  # the catalogue is read once a program
    many, crowd = differing(), crowded()
    text = render(many, "en").text
    print(f"{DIFFERENCES} differences: {best(lambda: render(many, 'en')):.2f} s, {len(text.splitlines())} lines")
    print(f"answer of 1 MB, {PEOPLE} people: {best(lambda: render(crowd, 'en', 'internal')):.2f} s")


if __name__ == "__main__":
    main()

"""What a log of attempts shows over time: runs of failures, blocks of outage, a day when everything changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from postback_wizard.domain.probe import LogShare, LogSource

#: Failures that make a run, attempts that make a side of a change, the shares that count as nearly none and nearly all.
FEWEST_FAILURES, FEWEST_ATTEMPTS, NEARLY_NONE, NEARLY_ALL = 5, 10, 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of time from the start of one span to the start of the one after it; ``end`` is empty at the log's end.

    ``rows`` attempts, of which ``failed`` were not accepted.
    """

    start: str
    end: str
    rows: int
    failed: int


def spans_of(file: LogSource, kind: str = "time") -> tuple[LogShare, ...]:
    """The spans of time of a log in their order."""
    return tuple(sorted(file.of(kind), key=lambda share: share.value))


def last_run(file: LogSource) -> Block | None:
    """The failures after the last success, where the log ends with at least five of them."""
    spans = spans_of(file)
    last = max((at for at, span in enumerate(spans) if span.lack < span.rows), default=-1)
    return _block(spans, last + 1, len(spans), FEWEST_FAILURES)


def change(file: LogSource) -> Block | None:
    """The moment from which nearly everything fails to the end, after nearly nothing did."""
    run = last_run(file)
    if run is None or run.rows < FEWEST_ATTEMPTS:
        return None
    before = [span for span in spans_of(file) if span.value < run.start]
    rows, failed = sum(span.rows for span in before), sum(span.lack for span in before)
    return run if rows >= FEWEST_ATTEMPTS and failed <= rows * NEARLY_NONE else None


def outage(file: LogSource) -> Block | None:
    """The longest stretch in which nearly all attempts met a server's error, while nearly none did outside it."""
    broken = {span.value: span.lack for span in file.of("time-5xx")}
    spans = spans_of(file)
    bad = [broken.get(span.value, 0) >= span.rows * NEARLY_ALL for span in spans]
    best = max(_stretches(bad), key=lambda part: sum(spans[at].rows for at in range(*part)), default=None)
    if best is None:
        return None
    found = _block(spans, *best, FEWEST_FAILURES)
    inside = sum(broken.get(span.value, 0) for span in spans[best[0] : best[1]])
    outside = sum(span.rows for span in spans) - sum(span.rows for span in spans[best[0] : best[1]])
    strays = sum(broken.values()) - inside
    return found if found and outside >= FEWEST_FAILURES and strays <= outside * NEARLY_NONE else None


def _stretches(bad: Sequence[bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at, is_bad in enumerate(bad):
        if is_bad and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        elif is_bad:
            found.append((at, at + 1))
    return found


def _block(spans: Sequence[LogShare], start: int, end: int, fewest: int) -> Block | None:
    inside = spans[start:end]
    rows, failed = sum(span.rows for span in inside), sum(span.lack for span in inside)
    after = spans[end].value if end < len(spans) else ""
    return Block(inside[0].value, after, rows, failed) if inside and failed >= fewest else None

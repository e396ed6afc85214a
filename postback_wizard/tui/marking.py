"""Where findings point at in a text, and the text cut into marked pieces. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Finding, Level
from postback_wizard.domain.template import sent_values, template_values


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text (offsets) and how bad it is."""

    start: int
    end: int
    level: Level


def spans(case: Case, findings: Iterable[Finding], where: str) -> tuple[Span, ...]:
    """The places of the template or the live request that findings name, without overlaps, in order."""
    found = sorted(_spans(case, findings, where), key=lambda span: (span.start, -list(Level).index(span.level)))
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def pieces(text: str, marks: Iterable[Span]) -> tuple[tuple[str, Level | None], ...]:
    """The text in pieces that join to it again, each with the level of its mark."""
    found: list[tuple[str, Level | None]] = []
    done = 0
    for span in marks:
        found += [(text[done : span.start], None), (text[span.start : span.end], span.level)]
        done = span.end
    return tuple(piece for piece in (*found, (text[done:], None)) if piece[0])


def _spans(case: Case, findings: Iterable[Finding], where: str) -> Iterator[Span]:
    values = template_values(case) if where == "template" else sent_values(case)
    for finding in findings:
        place, _, name = finding.where.partition(": ")
        lost = where == "template" and place == "sent_request" and finding.values.get("left") == "—"
        if (place != where and not lost) or finding.level not in (Level.WARN, Level.BAD):
            continue
        start, end = finding.values.get("start", ""), finding.values.get("end", "")
        if start.isdigit() and end.isdigit():
            yield Span(int(start), int(end), finding.level)
            continue
        value = next((item for item in values if item.param == name and item.start >= 0), None)
        if value is not None and value.text:
            yield Span(value.start, value.end, finding.level)
        elif value is not None:
            yield Span(value.start - len(name) - 1, value.start, finding.level)

"""Pages of the knowledge base on a terminal: wrapped, their sources in one piece."""

from collections.abc import Iterable, Iterator
from textwrap import fill

from postback_wizard.domain.visible import visible
from postback_wizard.report.knowledge.index import Found
from postback_wizard.report.knowledge.lines import Line

WIDTH = 100


def printed(lines: Iterable[Line]) -> Iterator[str]:
    """The lines of a page, foreign controls made visible."""
    for text, tone in lines:
        match tone:
            case "title" | "lead":
                yield _filled(text, "", "")
            case "head":
                yield from ("", visible(text)) if text else ("",)
            case "text":
                yield _filled(text, "  ", "  ")
            case "fact":
                yield _filled(text, "  ", "    ")
            case "source":
                yield f"  {visible(text)}"


def listed(found: Found, lang: str) -> Iterator[str]:
    """One line for each hit: what it is, its name, and why it was found."""
    kinds = max((len(hit.entry.kind(lang)) for hit in found.hits), default=0)
    names = min(max((len(hit.entry.name) for hit in found.hits), default=0), WIDTH // 3)
    for hit in found.hits:
        yield f"{hit.entry.kind(lang):{kinds}}  {visible(hit.entry.name):{names}}  {visible(hit.line(lang))}"


def _filled(text: str, first: str, rest: str) -> str:
    return fill(
        visible(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )

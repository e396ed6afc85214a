"""The only door through which foreign text reaches the screen, and the last filter before the terminal."""

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.style import Style

from postback_wizard.domain.visible import visible, visible_block

#: A view shows at most this much of one text; more would make the screen wait.
VIEW_CAP = 64 * 1024


def plain(value: object, style: str | Style = "") -> Content:
    """Foreign text on one line: never markup, nothing in it that acts."""
    text = visible(str(value)[:VIEW_CAP])
    return Content.styled(text, style, strip_control_codes=False) if style else Content(text, strip_control_codes=False)


def plain_block(value: str) -> Content:
    """Foreign text of many lines, cut at the cap of a view."""
    return Content(visible_block(value[:VIEW_CAP]), strip_control_codes=False)


class NoControls(LineFilter):
    """Drops every acting character that still stands in a segment: nothing from data steers the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the base's signature
        """The segments, with acting characters shown as a question mark."""
        if not any(not control and _acts(text) for text, _, control in segments):
            return segments
        return [segment if segment.control else Segment(_calm(segment.text), segment.style) for segment in segments]


def _acts(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) and visible(text) != text


def _calm(text: str) -> str:
    return "".join("?" if visible(character) != character else character for character in text)

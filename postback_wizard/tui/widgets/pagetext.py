"""A page of the knowledge base, wrapped so that what belongs together stays together."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from postback_wizard.report.knowledge.lines import Line
from postback_wizard.tui.look import TONES
from postback_wizard.tui.plain import plain

#: Columns before the first line of a tone, and before the lines it continues on.
INDENTS = {"text": (2, 2), "fact": (2, 4), "source": (2, 4)}


class PageText(Widget):
    """Lines with hanging indents; as high as they need at their width."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        super().__init__(id="page")
        self._lines = lines
        self._wrapped: tuple[int, list[Content]] = (0, [])

    def show(self, lines: tuple[Line, ...]) -> None:
        """Another page."""
        self._lines = lines
        self._wrapped = (0, [])
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's own
        """Rows the page takes at that width."""
        return len(self._at(width))

    def render(self) -> Content:
        return Content("\n").join(self._at(self.content_size.width))

    def _at(self, width: int) -> list[Content]:
        if self._wrapped[0] != width:
            self._wrapped = (width, [row for line in self._lines for row in _rows(line, width)])
        return self._wrapped[1]


def _rows(line: Line, width: int) -> list[Content]:
    content = plain(line.text, TONES.get(line.tone, ""))
    first, rest = INDENTS.get(line.tone, (0, 0))
    rows = content.wrap(max(width - rest, 1)) if line.text else []
    indented = [Content.assemble(" " * (rest if place else first), row) for place, row in enumerate(rows)]
    return [Content(""), *indented] if line.tone == "head" else indented

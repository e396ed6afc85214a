"""The report: exactly what leaves, to save, copy, or turn into the partner's language."""

from typing import Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from postback_wizard.domain.case import Case
from postback_wizard.tui import words
from postback_wizard.tui.keys import ANSWER, AUDIENCE, BACK, COPY, ESCAPE, FIXED, SAVE, SPEECH, Key
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rail import Rail, stops

ReportWish = Literal["save", "copy", "speech", "audience", "previous", "answer", "fixed", "leave"]


class ReportWished(Message):
    """What is to become of the report."""

    def __init__(self, wish: ReportWish) -> None:
        super().__init__()
        self.wish = wish


class ReportScreen(WizardScreen):
    """The Markdown as it will be written, scrollable."""

    KEYS = (SAVE, COPY, SPEECH, AUDIENCE, BACK, FIXED, ESCAPE)
    BINDINGS = [key.binding() for key in KEYS]

    def __init__(self, case: Case, text: str, masked: int, audience: str, lang: str, practice: bool) -> None:
        super().__init__()
        self._case = case
        self._text = text
        self._masked = masked
        self._audience = audience
        self._lang = lang
        self._practice = practice

    def compose(self) -> ComposeResult:
        lang = self._lang
        audience = words.AUDIENCES[self._audience].say(lang)
        yield TitleLine(words.REPORT_TITLE.say(lang, audience=audience))
        yield Rail(stops(self._case, "report", None, lang), words.RAIL_REPORT.say(lang), at_report=True)
        hint = words.REPORT_HINT.say(lang, n=self._masked) if self._text else words.REPORT_LEAK.say(lang)
        yield Static(plain(hint, "$foreground 60%"), id="question")
        with VerticalScroll(id="markdown"):
            yield Static(markdown_lines(self._text))
        keys: tuple[Key, ...] = (
            tuple(ANSWER if key is FIXED else key for key in self.KEYS) if self._practice else self.KEYS
        )
        yield KeyBar(keys, lang)

    def on_mount(self) -> None:
        self.query_one("#markdown").focus()

    def action_save(self) -> None:
        """Write the file."""
        self.post_message(ReportWished("save"))

    def action_copy(self) -> None:
        """Put it into the clipboard."""
        self.post_message(ReportWished("copy"))

    def action_speech(self) -> None:
        """The other language."""
        self.post_message(ReportWished("speech"))

    def action_audience(self) -> None:
        """For the partner, the team, the client."""
        self.post_message(ReportWished("audience"))

    def action_previous(self) -> None:
        """Back to the last step."""
        self.post_message(ReportWished("previous"))

    def action_fixed(self) -> None:
        """After the fix: write down what was learned, close the case. In practice: give one's own diagnosis."""
        self.post_message(ReportWished("answer" if self._practice else "fixed"))

    def action_leave(self) -> None:
        """Go home."""
        self.post_message(ReportWished("leave"))


def markdown_lines(text: str) -> Content:
    """Markdown as text, headings in bold, nothing interpreted."""
    lines = [plain(line, "bold $text-accent" if line.startswith("#") else "") for line in text.split("\n")[:4000]]
    return Content("\n").join(lines)

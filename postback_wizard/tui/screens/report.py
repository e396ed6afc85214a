"""The report: exactly what leaves, to save, copy, open elsewhere, or turn into another form or language."""

from dataclasses import dataclass
from typing import Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.tui import words
from postback_wizard.tui.keys import (
    ANSWER,
    AUDIENCE,
    BACK,
    COPY,
    ESCAPE,
    FIXED,
    FORM,
    LACKING,
    READ,
    SAVE,
    SPEECH,
)
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.exporting import FORMS
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rail import Rail, stops

ReportWish = Literal[
    "save", "copy", "form", "speech", "audience", "read", "lacking", "previous", "answer", "fixed", "leave"
]

HINT_MISSING = Text(en="Missing: {what}; F12 says where to get it.", ru="Не хватает: {what}; F12 подскажет, где взять.")
HINT_OPEN = Text(en="Secrets and personal data stand in this text.", ru="В этом тексте стоят секреты и личные данные.")
TITLE_FORM = Text(en="{title}, {form}", ru="{title}, {form}")


class ReportWished(Message):
    """What is to become of the report."""

    def __init__(self, wish: ReportWish) -> None:
        super().__init__()
        self.wish = wish


@dataclass(frozen=True, slots=True)
class Shown:
    """One report as it is to be seen. ``text`` is empty where it would hold a secret; ``leak`` then says where.

    ``hidden`` counts what was masked; ``lacking`` names what partners ask for and the case has not.
    """

    text: str
    hidden: int = 0
    leak: str = ""
    audience: str = "partner"
    form: str = "md"
    masked: bool = True
    lacking: tuple[str, ...] = ()


class ReportScreen(WizardScreen):
    """The text as it will be written, scrollable."""

    KEYS = (SAVE, COPY, FORM, SPEECH, AUDIENCE, BACK, FIXED, READ, LACKING, ESCAPE)
    BINDINGS = [key.binding() for key in KEYS]

    def __init__(self, case: Case, shown: Shown, lang: str, practice: bool) -> None:
        super().__init__()
        self._case = case
        self._shown = shown
        self._lang = lang
        self._practice = practice

    def compose(self) -> ComposeResult:
        lang, shown = self._lang, self._shown
        title = words.REPORT_TITLE.say(lang, audience=words.AUDIENCES[shown.audience].say(lang))
        if shown.form != "md":
            title = TITLE_FORM.say(lang, title=title, form=FORMS[shown.form])
        yield TitleLine(title)
        yield Rail(stops(self._case, "report", None, lang), words.RAIL_REPORT.say(lang), at_report=True)
        yield Static(Content("\n").join(self._hints()), id="question")
        with VerticalScroll(id="markdown"):
            yield Static(markdown_lines(shown.text) if shown.form == "md" else plain_lines(shown.text))
        keys = tuple(ANSWER if key is FIXED and self._practice else key for key in self.KEYS)
        yield KeyBar(keys, lang)

    def _hints(self) -> list[Content]:
        lang, shown = self._lang, self._shown
        if not shown.text:
            return [plain(f"{words.REPORT_LEAK.say(lang)} {shown.leak}".rstrip(), "$text-error")]
        if not shown.masked:
            return [plain(HINT_OPEN.say(lang), "$text-warning")]
        hints = [plain(words.REPORT_HINT.say(lang, n=shown.hidden), "$foreground 60%")]
        if shown.lacking and shown.audience != "client":
            hints.append(plain(HINT_MISSING.say(lang, what=", ".join(shown.lacking)), "$text-warning"))
        return hints

    def on_mount(self) -> None:
        self.query_one("#markdown").focus()

    def action_save(self) -> None:
        """Write the file."""
        self.post_message(ReportWished("save"))

    def action_copy(self) -> None:
        """Put it into the clipboard."""
        self.post_message(ReportWished("copy"))

    def action_form(self) -> None:
        """As a document, a message, HAR …"""
        self.post_message(ReportWished("form"))

    def action_speech(self) -> None:
        """The other language."""
        self.post_message(ReportWished("speech"))

    def action_audience(self) -> None:
        """For the partner, the team, the client."""
        self.post_message(ReportWished("audience"))

    def action_read(self) -> None:
        """In the user's own editor or pager."""
        self.post_message(ReportWished("read"))

    def action_lacking(self) -> None:
        """What is missing and what was masked."""
        self.post_message(ReportWished("lacking"))

    def action_previous(self) -> None:
        """Back to the last step."""
        self.post_message(ReportWished("previous"))

    def action_fixed(self) -> None:
        """After the fix: write down what was learned, close the case. In practice: give one's own diagnosis."""
        self.post_message(ReportWished("answer" if self._practice else "fixed"))

    def action_leave(self) -> None:
        """Go home."""
        self.post_message(ReportWished("leave"))


#: Lines on screen; a file holds them all.
_LINES = 4000


def markdown_lines(text: str) -> Content:
    """Markdown as text, headings in bold, nothing interpreted."""
    lines = [plain(line, "bold $text-accent" if line.startswith("#") else "") for line in text.split("\n")[:_LINES]]
    return Content("\n").join(lines)


def plain_lines(text: str) -> Content:
    """Any other form, nothing interpreted."""
    return Content("\n").join(plain(line) for line in text.split("\n")[:_LINES])

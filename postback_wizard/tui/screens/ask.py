"""The first question of a case: what does the platform itself say? Its meaning appears while one types."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static, TextArea

from postback_wizard.domain.case import Case
from postback_wizard.tui import ask_words, words
from postback_wizard.tui.keys import ESCAPE, HELP, NEXT, PLATFORM, Key
from postback_wizard.tui.meanings import Meaning, Paragraph, meaning, offer_line
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.widgets.form import FactTyped
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rail import Rail, stops

#: Seconds of quiet after a keystroke before the message is read.
READ_AFTER = 0.15

#: The platforms somebody said yes or no to.
Choices = dict[str, bool]


class AskWish(Message):
    """What the person at the keys wants of the first question; ``choices`` are theirs about platforms."""

    def __init__(self, wish: Literal["next", "leave", "help"], choices: Choices) -> None:
        super().__init__()
        self.wish = wish
        self.choices = choices


class Understood(Message):
    """A message has been read."""

    def __init__(self, text: str, found: Meaning) -> None:
        super().__init__()
        self.text = text
        self.found = found


@dataclass(frozen=True, slots=True)
class AskView:
    """Everything the first question shows."""

    case: Case
    lang: str
    read_only: bool = False
    choices: tuple[tuple[str, bool], ...] = ()


class AskScreen(WizardScreen):
    """One field, its meaning below or beside it, and the way on."""

    KEYS = (HELP, PLATFORM, NEXT, ESCAPE)
    BINDINGS = [*(key.binding() for key in KEYS), Binding("f5", "next", show=False, priority=True)]

    def __init__(self, view: AskView) -> None:
        super().__init__()
        self._view = view
        self._choices: Choices = dict(view.choices)
        self._found = Meaning(())

    def compose(self) -> ComposeResult:
        view, lang = self._view, self._view.lang
        title = view.case.facts.title or words.UNTITLED.say(lang)
        yield TitleLine(title, words.READ_ONLY.say(lang) if view.read_only else "")
        yield Rail(stops(view.case, "", None, lang), words.RAIL_REPORT.say(lang), at_report=False)
        yield Static(plain(ask_words.QUESTION.say(lang), "bold"), id="question")
        yield Static(plain(ask_words.WHY.say(lang), "$foreground 60%"), id="why")
        with Container(id="ask"):
            area = TextArea(view.case.facts.partner_message, id="message", compact=True, highlight_cursor_line=False)
            area.read_only = view.read_only
            area.placeholder = ask_words.EXAMPLE
            yield area
            with VerticalScroll(id="meaning"):
                yield Static(id="offer")
                yield Vertical(id="meant")
        yield KeyBar(self.KEYS, lang)

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()
        self._show_offer()
        self._understand(self.query_one(TextArea).text)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        text = event.text_area.text
        self.post_message(FactTyped("partner_message", text))
        self._understand(text)

    @work(group="meaning", exclusive=True)
    async def _understand(self, text: str) -> None:
        await asyncio.sleep(READ_AFTER)
        found = await asyncio.to_thread(meaning, self._view.case, text, self._view.lang)
        self.post_message(Understood(text, found))

    async def on_understood(self, news: Understood) -> None:
        """Show the meaning, unless something else stands in the field by now."""
        news.stop()
        if news.text != self.query_one(TextArea).text:
            return
        self._found = news.found
        self._show_offer()
        pane = self.query_one("#meant", Vertical)
        await pane.remove_children()
        await pane.mount_all(map(_shown, news.found.paragraphs))
        self.query_one("#meaning", VerticalScroll).scroll_home(animate=False)

    def _show_offer(self) -> None:
        offer, line = self._found.offer, self.query_one("#offer", Static)
        line.display = offer is not None
        if offer:
            line.update(offer_line(offer, self._takes(), self._view.lang))
        self.query_one(KeyBar).show(self._keys())

    def _keys(self) -> tuple[Key, ...]:
        return tuple(key for key in self.KEYS if key is not PLATFORM or self._found.offer)

    def _takes(self) -> bool:
        offer = self._found.offer
        return offer is not None and self._choices.get(offer.platform, offer.certain)

    def action_platform(self) -> None:
        """Take over the platform whose words these are, or do not."""
        if self._found.offer and not self._view.read_only:
            self._choices[self._found.offer.platform] = not self._takes()
            self._show_offer()

    def action_help(self) -> None:
        """Explain what this is for."""
        self.post_message(AskWish("help", self._choices))

    def action_next(self) -> None:
        """On to the first step."""
        self.post_message(AskWish("next", self._choices))

    def action_leave(self) -> None:
        """Home."""
        self.post_message(AskWish("leave", self._choices))


def _shown(paragraph: Paragraph) -> Static:
    line = Static(paragraph.text)
    line.styles.padding = (0, 0, 0, paragraph.indent)
    return line

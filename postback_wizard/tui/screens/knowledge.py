"""The search over everything the program knows: results as one types, opened with Enter."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.tui import knowledge_words, words
from postback_wizard.tui.keys import KEEP_CLOSED, OPEN, RETURN
from postback_wizard.tui.listing import Item, Listing
from postback_wizard.tui.lookup import KeepClosed, LibraryNews, Opened, Typed
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rows import Rows

#: Rows a page key moves by.
PAGE = 10


class KnowledgeScreen(WizardScreen):
    """A search field that keeps the focus, and a list that the arrow keys move in meanwhile."""

    KEYS = (OPEN, RETURN)
    BINDINGS = [
        RETURN.binding(),
        KEEP_CLOSED.binding(),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", f"move(-{PAGE})", show=False),
        Binding("pagedown", f"move({PAGE})", show=False),
    ]

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._lang = lang
        self._items: tuple[Item, ...] = ()
        self._listed: str | None = None
        self._open_first = False

    def compose(self) -> ComposeResult:
        yield TitleLine(words.KNOWLEDGE.say(self._lang))
        yield Input(placeholder=knowledge_words.ASK.say(self._lang), id="search", max_length=200, compact=True)
        yield Static(plain(knowledge_words.READING.say(self._lang), "$foreground 60%"), id="summary")
        yield Rows(id="results", markup=False)
        yield KeyBar(self.KEYS, self._lang)

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self.post_message(LibraryNews(Typed("")))

    def show(self, text: str, listing: Listing) -> None:
        """The results for a text; late ones, for a text that has changed since, are dropped."""
        if text != self.query_one(Input).value:
            return
        self._items, self._listed = listing.items, text
        self.query_one("#summary", Static).update(plain(listing.summary, "$foreground 60%"))
        results = self.query_one(Rows)
        results.clear_options()
        results.add_options(Option(item.content, disabled=item.ref is None) for item in listing.items)
        self._show_keys()
        results.highlighted = next((place for place, item in enumerate(listing.items) if item.ref), None)
        results.scroll_home(animate=False)
        if self._open_first:
            self.action_open()

    def action_move(self, by: int) -> None:
        """Mark another result; headings are passed over."""
        results = self.query_one(Rows)
        places = [place for place, item in enumerate(self._items) if item.ref]
        if not places:
            return
        at = results.highlighted
        now = places.index(at) if at in places else 0
        results.highlighted = places[max(0, min(now + by, len(places) - 1))]
        if results.highlighted == places[0]:
            results.scroll_home(animate=False)

    def action_open(self) -> None:
        """Open the marked result, once there are results for what was typed."""
        self._open_first = self._listed != self.query_one(Input).value
        marked = self.query_one(Rows).highlighted
        if not self._open_first and marked is not None:
            self._open(marked)

    def _has_closed(self) -> bool:
        return any(item.ref is not None and item.ref.kind == "closed" for item in self._items)

    def _show_keys(self) -> None:
        """Closed cases can be kept as a document where some are listed."""
        self.query_one(KeyBar).show((OPEN, KEEP_CLOSED, RETURN) if self._has_closed() else self.KEYS)

    def action_save_closed(self) -> None:
        """Write the team's closed cases as one document."""
        if self._has_closed():
            self.post_message(LibraryNews(KeepClosed()))

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()

    def _open(self, place: int) -> None:
        ref = self._items[place].ref
        if ref is not None:
            self.post_message(LibraryNews(Opened(ref)))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._listed:
            self.post_message(LibraryNews(Typed(event.value)))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_open()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._open(event.option_index)

"""Every difference of two compared logs: one screenful at a time, however many there are."""

from collections.abc import Awaitable, Callable
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.differences import Difference, Listed, Narrowing
from postback_wizard.domain.text import Text
from postback_wizard.tui import differences as shown
from postback_wizard.tui.keys import BACKFILL, EVERYTHING, KIND, NARROW, OPEN, RETURN, SAVE_LIST
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import TitleLine, WizardScreen
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.rows import Rows

TITLE = Text(en="Differences of the two logs", ru="Отличия двух логов")
READING = Text(
    en="Reading both logs once more and finding every difference … Esc stops.",
    ru="Оба лога читаются ещё раз, чтобы найти каждое отличие … Esc остановит.",
)
WORKING = Text(en="Working … Esc stops.", ru="Подождите … Esc остановит.")
Wish = Literal["open", "kind", "narrow", "everything", "save_list", "backfill", "leave"]


class ListWish(Message):
    """What the person at the keys wants of the list."""

    def __init__(self, wish: Wish, item: Difference | None = None) -> None:
        super().__init__()
        self.wish = wish
        self.item = item


class Turned(Message):
    """The list is to show other rows; ``first`` is the place of the first, ``mark`` the row to be marked in them."""

    def __init__(self, first: int, count: int, mark: int) -> None:
        super().__init__()
        self.first = first
        self.count = count
        self.mark = mark


class PagedRows(Rows):
    """A list of one screenful; moving past its ends asks for the next one."""

    BINDINGS = [
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("home", "end('first')", show=False),
        Binding("end", "end('last')", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="differences", markup=False)
        self.first = 0
        self.total = 0

    def on_resize(self) -> None:
        """Another size has room for other rows."""
        if self.total:
            self.post_message(Turned(self.first, self.room, self.highlighted or 0))

    @property
    def room(self) -> int:
        """Rows that fit."""
        return max(1, self.size.height)

    def action_cursor_up(self) -> None:
        """One row up, over the edge of the page."""
        if self.highlighted == 0 and self.first:
            first = max(0, self.first - self.room)
            self.post_message(Turned(first, self.room, self.first - first - 1))
        elif self.highlighted:
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        """One row down, over the edge of the page."""
        at = self.highlighted or 0
        if at + 1 < self.option_count:
            super().action_cursor_down()
        elif self.first + at + 1 < self.total:
            self.post_message(Turned(self.first + at + 1, self.room, 0))

    def action_turn(self, by: int) -> None:
        """A page up or down; at an end the first or last row is marked."""
        first = max(0, min(self.first + by * self.room, max(0, self.total - self.room)))
        if first == self.first and self.option_count:
            self.highlighted = 0 if by < 0 else self.option_count - 1
        else:
            self.post_message(Turned(first, self.room, self.highlighted or 0))

    def action_end(self, which: str) -> None:
        """The first or the last of all rows."""
        last = max(0, self.total - self.room)
        self.post_message(Turned(0 if which == "first" else last, self.room, 0 if which == "first" else self.room - 1))


class DifferencesScreen(WizardScreen):
    """Shows what it is handed; every question goes to its owner as a message."""

    KEYS = (OPEN, KIND, NARROW, EVERYTHING, SAVE_LIST, BACKFILL, RETURN)
    BINDINGS = [key.binding() for key in KEYS]

    def __init__(
        self, lang: str, tell: Callable[[Message], Awaitable[None]], let_go: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__()
        self._let_go = let_go
        self._lang = lang
        self._tell = tell
        self._items: tuple[Difference, ...] = ()
        self._listed = Listed(0)
        self._wanted = Narrowing()

    def compose(self) -> ComposeResult:
        yield TitleLine(TITLE.say(self._lang))
        yield Static(plain(READING.say(self._lang), "$text-accent"), id="differences-summary")
        yield Static(id="differences-head")
        yield PagedRows()
        yield Static(id="differences-detail")
        yield KeyBar(self.KEYS, self._lang)

    def on_mount(self) -> None:
        self.query_one(PagedRows).focus()

    async def on_unmount(self) -> None:
        """Whoever keeps the list may let go of it."""
        await self._let_go()

    @property
    def room(self) -> int:
        """Rows that fit on the screen."""
        return self.query_one(PagedRows).room

    @property
    def mark(self) -> int:
        """The row of the page that is marked."""
        return self.query_one(PagedRows).highlighted or 0

    def work(self) -> None:
        """Say that something is under way."""
        self.query_one("#differences-summary", Static).update(plain(WORKING.say(self._lang), "$text-accent"))

    def show(
        self, items: tuple[Difference, ...], first: int, mark: int, listed: Listed, wanted: Narrowing, warning: str
    ) -> None:
        """Another page, or another part of the list."""
        self._items, self._listed, self._wanted = items, listed, wanted
        rows, width = self.query_one(PagedRows), self.size.width - 2
        rows.first, rows.total = first, listed.total
        text = shown.summary(first, len(items), listed, wanted, self._lang)
        summary = self.query_one("#differences-summary", Static)
        summary.update(plain(f"{text} · {warning}" if warning else text, "$text-warning" if warning else ""))
        self.query_one("#differences-head", Static).update(plain(shown.heading(width, self._lang), "$foreground 60%"))
        rows.clear_options()
        rows.add_options(Option(shown.line_of(item, width, self._lang)) for item in items)
        rows.highlighted = min(mark, len(items) - 1) if items else None
        self._detail()

    def _detail(self) -> None:
        item = self._marked()
        self.query_one("#differences-detail", Static).update(shown.detail_of(item, self._lang) if item else "")

    def _marked(self) -> Difference | None:
        at = self.query_one(PagedRows).highlighted
        return self._items[at] if at is not None and at < len(self._items) else None

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._detail()

    @on(OptionList.OptionSelected)
    async def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self._wish("open")

    @on(Turned)
    async def _turned(self, news: Turned) -> None:
        news.stop()
        await self._tell(news)

    async def action_open(self) -> None:
        """The rows of both files."""
        await self._wish("open")

    async def action_kind(self) -> None:
        """Pick a class."""
        await self._wish("kind")

    async def action_narrow(self) -> None:
        """Type a filter."""
        await self._wish("narrow")

    async def action_everything(self) -> None:
        """Take the filter away."""
        await self._wish("everything")

    async def action_save_list(self) -> None:
        """Write what is listed as CSV."""
        await self._wish("save_list")

    async def action_backfill(self) -> None:
        """Write what the tracker misses for its import."""
        await self._wish("backfill")

    async def action_leave(self) -> None:
        """Stop what is under way, or go back."""
        await self._wish("leave")

    async def _wish(self, wish: Wish) -> None:
        await self._tell(ListWish(wish, self._marked()))

"""One thing in full: a page of the knowledge base with what it leads to, and a finding with the way there."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.finding import Finding
from postback_wizard.report.knowledge.lines import Page
from postback_wizard.tui import knowledge_words, words
from postback_wizard.tui.keys import CLOSE, KNOWN, RELATED, RETURN, SEARCH
from postback_wizard.tui.listing import lines_of
from postback_wizard.tui.lookup import Known, LibraryNews, Opened, SearchWished
from postback_wizard.tui.readings import explained
from postback_wizard.tui.screens.frame import Reading, TitleLine, WizardScreen
from postback_wizard.tui.widgets.keybar import KeyBar
from postback_wizard.tui.widgets.pagetext import PageText
from postback_wizard.tui.widgets.rows import Rows


class FindingReading(Reading):
    """A finding explained; one key leads to what is known around it."""

    KEYS = (KNOWN, CLOSE)
    BINDINGS = [KNOWN.binding()]

    def __init__(self, finding: Finding, lang: str) -> None:
        super().__init__(words.FINDING.say(lang), explained(finding, lang), lang)
        self._finding = finding

    def action_known(self) -> None:
        """The platforms it concerns, and what others say about the same trouble."""
        self.post_message(LibraryNews(Known(self._finding)))


class EntryScreen(WizardScreen):
    """A page, and below it what it leads to; pages opened from it are left again in the order they were opened."""

    KEYS = (RELATED, SEARCH, RETURN)
    BINDINGS = [
        *(key.binding() for key in KEYS),
        *(Binding(str(number), f"follow({number})", show=False) for number in range(1, 10)),
        Binding("pageup", "page('up')", show=False),
        Binding("pagedown", "page('down')", show=False),
    ]

    def __init__(self, page: Page, lang: str) -> None:
        super().__init__()
        self._lang = lang
        self._page = page
        self._before: list[tuple[Page, float, int | None]] = []

    def compose(self) -> ComposeResult:
        yield TitleLine(words.KNOWLEDGE.say(self._lang))
        with VerticalScroll(id="reading"):
            yield PageText(self._page.lines)
        yield Static(knowledge_words.LEADS_TO.say(self._lang), id="leads-to", classes="section")
        yield Rows(id="related", markup=False)
        yield KeyBar(self.KEYS, self._lang)

    def on_mount(self) -> None:
        self._fill(None)

    async def show(self, page: Page) -> None:
        """Another page; Esc leads back to this one."""
        self._before.append((self._page, self._text.scroll_y, self._related.highlighted))
        self._page = page
        self._turn(0, None)

    def action_leave(self) -> None:
        """Back to the page before, or to where one came from."""
        if not self._before:
            self.dismiss()
            return
        self._page, scrolled, marked = self._before.pop()
        self._turn(scrolled, marked)

    def action_follow(self, number: int) -> None:
        """Open what has that number."""
        if number <= len(self._page.related):
            self.post_message(LibraryNews(Opened(self._page.related[number - 1].ref)))

    def action_related(self) -> None:
        """To the list of what this leads to, and back to the text."""
        (self._text if self._related.has_focus else self._related).focus()

    def action_search(self) -> None:
        """Look for something else."""
        self.post_message(LibraryNews(SearchWished()))

    def action_page(self, way: str) -> None:
        """Move the text by its height."""
        self._text.scroll_page_up(animate=False) if way == "up" else self._text.scroll_page_down(animate=False)

    @property
    def _text(self) -> VerticalScroll:
        return self.query_one("#reading", VerticalScroll)

    @property
    def _related(self) -> Rows:
        return self.query_one("#related", Rows)

    def _turn(self, scrolled: float, marked: int | None) -> None:
        self.query_one(PageText).show(self._page.lines)
        self._fill(marked)
        self.call_after_refresh(self._text.scroll_to, y=scrolled, animate=False)

    def _fill(self, marked: int | None) -> None:
        related = self._related
        related.clear_options()
        related.add_options(Option(line) for line in lines_of(self._page.related, self._lang))
        for widget in (related, self.query_one("#leads-to")):
            widget.display = bool(self._page.related)
        related.highlighted = marked
        (self._text if marked is None else related).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(LibraryNews(Opened(self._page.related[event.option_index].ref)))

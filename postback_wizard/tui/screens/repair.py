"""The corrected template as a proposal: what changes and why, the diff, and the request it would make."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from postback_wizard.checks.repair import REASONS, Proposal
from postback_wizard.domain.text import Text
from postback_wizard.tui.keys import APPLY, CLOSE, COPY, TRY, UNDO, Key
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import Dialog
from postback_wizard.tui.widgets.keybar import KeyBar

TITLE = Text(
    en="Corrected template, a proposal: nothing is applied yet", ru="Исправленный шаблон, предложение: пока не применён"
)
BUILT = Text(
    en="A template built from the documentation of both parties", ru="Шаблон, собранный по документации обеих сторон"
)
UNCHANGED = Text(
    en="Nothing to mend; F4 puts the version before back", ru="Исправлять нечего; F4 вернёт прежнюю версию"
)
WHY = Text(en="What changes, and why", ru="Что меняется и почему")
NOW, THEN = Text(en="as saved", ru="сейчас"), Text(en="as proposed", ru="станет")
OPEN = Text(en="Not documented, to be filled in by hand: {names}", ru="Не документировано, впишите вручную: {names}")
REQUEST = Text(en="The request it makes for this case", ru="Запрос, который из него получится")
TESTED = Text(en="Test values stand for: {names}", ru="Пробные значения вместо: {names}")
GONE = Text(en="(removed)", ru="(убрано)")
ADDED = Text(en="(added)", ru="(добавлено)")


class RepairWindow(Dialog):
    """Answers ``apply``, ``undo``, ``copy`` or ``try``; Esc answers nothing."""

    BINDINGS = [
        *(key.binding() for key in (APPLY, COPY, UNDO, TRY)),
        Binding("up,k", "scroll('up')", show=False),
        Binding("down,j", "scroll('down')", show=False),
    ]

    def __init__(
        self, saved: str, proposal: Proposal, request: str, tested: tuple[str, ...], lang: str, *, can_undo: bool
    ) -> None:
        super().__init__()
        self._saved = saved
        self._proposal = proposal
        self._request = request
        self._tested = tested
        self._lang = lang
        self._can_undo = can_undo

    @property
    def _is_new(self) -> bool:
        return self._proposal.template != self._saved

    def compose(self) -> ComposeResult:
        title = BUILT if not self._saved else TITLE if self._is_new else UNCHANGED
        keys: tuple[Key, ...] = (APPLY, COPY) if self._is_new else (COPY,)
        with Vertical(classes="window tall"):
            yield Static(plain(title.say(self._lang), "bold"), classes="window-title")
            with VerticalScroll(classes="window-body fill"):
                yield Static(Content("\n").join(self._lines()), id="repair")
            yield KeyBar((*keys, *((UNDO,) if self._can_undo else ()), TRY, CLOSE), self._lang)

    def _lines(self) -> Iterator[Content]:
        lang, proposal = self._lang, self._proposal
        if self._saved and self._is_new:
            yield plain(f"− {NOW.say(lang)}", "bold $text-error")
            yield plain(self._saved, "$text-error")
        if self._is_new:
            yield plain(f"+ {THEN.say(lang)}", "bold $text-success")
        yield plain(proposal.template, "$text-success" if self._is_new else "")
        if proposal.changes:
            yield Content("")
            yield plain(WHY.say(lang), "bold $text-accent")
        for change in proposal.changes:
            before, after = change.before or ADDED.say(lang), change.after or GONE.say(lang)
            yield Content.assemble(
                "  ",
                plain(before, "$text-error"),
                " → ",
                plain(after, "$text-success"),
                plain(f"  {REASONS[change.reason].say(lang)}", "$foreground 70%"),
            )
        if proposal.open:
            yield plain(OPEN.say(lang, names=", ".join(proposal.open)), "$text-warning")
        yield Content("")
        yield plain(REQUEST.say(lang), "bold $text-accent")
        yield plain(self._request)
        if self._tested:
            yield plain(TESTED.say(lang, names=", ".join(self._tested)), "$foreground 70%")

    def action_scroll(self, way: str) -> None:
        """Move the text by a line."""
        body = self.query_one(VerticalScroll)
        body.scroll_up(animate=False) if way == "up" else body.scroll_down(animate=False)

    def action_apply(self) -> None:
        """Take the proposal over."""
        if self._is_new:
            self.dismiss("apply")

    def action_undo(self) -> None:
        """Put the version before back."""
        if self._can_undo:
            self.dismiss("undo")

    def action_copy(self) -> None:
        """Copy the proposal."""
        self.dismiss("copy")

    def action_try(self) -> None:
        """Use its request in the replay."""
        self.dismiss("try")

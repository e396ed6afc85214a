"""The corrected template or offer link as a proposal: the diff, what changes and why, and what F4 puts back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from postback_wizard.checks.mends import REASONS, Proposal
from postback_wizard.domain.text import Text
from postback_wizard.tui.keys import APPLY, CLOSE, COPY_TEXT, OTHER_LINK, OTHER_TEMPLATE, TRY, UNDO, Key
from postback_wizard.tui.plain import plain
from postback_wizard.tui.screens.frame import Dialog
from postback_wizard.tui.widgets.keybar import KeyBar

Mendable = Literal["template", "offer_url"]
NAMES: Mapping[str, Text] = {
    "template": Text(en="the template", ru="шаблон"),
    "offer_url": Text(en="the offer link", ru="ссылка оффера"),
    "sent_request": Text(en="the live request", ru="живой запрос"),
}
TITLES: Mapping[Mendable, Text] = {
    "template": Text(
        en="Corrected template, a proposal: nothing is applied yet",
        ru="Исправленный шаблон, предложение: пока не применён",
    ),
    "offer_url": Text(
        en="Corrected offer link, a proposal: nothing is applied yet",
        ru="Исправленная ссылка оффера, предложение: пока не применена",
    ),
}
BUILT = Text(
    en="A template built from the documentation of both parties", ru="Шаблон, собранный по документации обеих сторон"
)
UNCHANGED = Text(
    en="Nothing to mend; F4 puts back what was replaced", ru="Исправлять нечего; F4 вернёт то, что было заменено"
)
WHY = Text(en="What changes, and why", ru="Что меняется и почему")
NOW, THEN = Text(en="as saved", ru="сейчас"), Text(en="as proposed", ru="станет")
OPEN = Text(en="Not documented, to be filled in by hand: {names}", ru="Не документировано, впишите вручную: {names}")
FOREIGN = Text(
    en="Left as it is, because the tracker has no such macro: {names}",
    ru="Оставлено как есть, такого макроса у трекера нет: {names}",
)
REQUEST = Text(en="The request it makes for this case", ru="Запрос, который из него получится")
TESTED = Text(en="Test values stand for: {names}", ru="Пробные значения вместо: {names}")
BACK = Text(en="F4 puts back {what}", ru="F4 вернёт: {what}")
GONE = Text(en="(removed)", ru="(убрано)")
ADDED = Text(en="(added)", ru="(добавлено)")
#: Longer texts are shown without marks: comparing them letter by letter takes too long.
_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class PutBack:
    """What F4 would put back: a fact's name and its text."""

    fact: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the window shows of one text; ``request`` is what a template makes of this case."""

    fact: Mendable
    saved: str
    proposal: Proposal
    request: str
    tested: tuple[str, ...]
    back: PutBack | None


class RepairWindow(Dialog):
    """Answers ``apply``, ``undo``, ``copy``, ``try`` or ``other``; Esc answers nothing."""

    BINDINGS = [
        *(key.binding() for key in (APPLY, COPY_TEXT, UNDO, TRY, OTHER_LINK)),
        Binding("up,k", "scroll('up')", show=False),
        Binding("down,j", "scroll('down')", show=False),
    ]

    def __init__(self, shown: Shown, lang: str, *, other: Mendable | None = None) -> None:
        super().__init__()
        self._shown = shown
        self._lang = lang
        self._other = other

    @property
    def _is_new(self) -> bool:
        return self._shown.proposal.template != self._shown.saved

    def compose(self) -> ComposeResult:
        shown = self._shown
        title = BUILT if not shown.saved else TITLES[shown.fact] if self._is_new else UNCHANGED
        with Vertical(classes="window tall"):
            yield Static(plain(title.say(self._lang), "bold"), classes="window-title")
            with VerticalScroll(classes="window-body fill"):
                yield Static(Content("\n").join(self._lines()), id="repair")
            yield KeyBar(tuple(self._keys()), self._lang)

    def _keys(self) -> Iterator[Key]:
        shown = self._shown
        if self._is_new:
            yield APPLY
        yield COPY_TEXT
        if shown.back:
            yield UNDO
        if shown.request:
            yield TRY
        if self._other:
            yield OTHER_LINK if self._other == "offer_url" else OTHER_TEMPLATE
        yield CLOSE

    def _lines(self) -> Iterator[Content]:
        lang, shown = self._lang, self._shown
        yield from self._texts()
        yield from self._reasons()
        if shown.proposal.open:
            words = OPEN if shown.fact == "template" else FOREIGN
            yield plain(words.say(lang, names=", ".join(shown.proposal.open)), "$text-warning")
        if shown.request:
            yield Content("")
            yield plain(REQUEST.say(lang), "bold $text-accent")
            yield plain(shown.request)
        if shown.tested:
            yield plain(TESTED.say(lang, names=", ".join(shown.tested)), "$foreground 70%")
        if shown.back:
            yield Content("")
            yield plain(BACK.say(lang, what=NAMES[shown.back.fact].say(lang)), "bold $text-accent")
            yield plain(shown.back.text, "$foreground 70%")

    def _texts(self) -> Iterator[Content]:
        """The saved text and the proposed one, each with what only it has marked."""
        shown, then = self._shown, self._shown.proposal.template
        if not self._is_new:
            yield plain(then)
            return
        before, after = marked(shown.saved, then)
        if shown.saved:
            yield plain(f"− {NOW.say(self._lang)}", "bold $text-error")
            yield _painted(before, "$text-error")
        yield plain(f"+ {THEN.say(self._lang)}", "bold $text-success")
        yield _painted(after if shown.saved else ((then, False),), "$text-success")

    def _reasons(self) -> Iterator[Content]:
        lang, changes = self._lang, self._shown.proposal.changes
        if changes:
            yield Content("")
            yield plain(WHY.say(lang), "bold $text-accent")
        for change in changes:
            before, after = change.before or ADDED.say(lang), change.after or GONE.say(lang)
            yield Content.assemble("• ", plain(before, "$text-error"), " → ", plain(after, "$text-success"))
            yield plain(f"  {REASONS[change.reason].say(lang)}", "$foreground 70%")

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
        if self._shown.back:
            self.dismiss("undo")

    def action_copy(self) -> None:
        """Copy the proposal."""
        self.dismiss("copy")

    def action_try(self) -> None:
        """Use its request in the replay."""
        if self._shown.request:
            self.dismiss("try")

    def action_other(self) -> None:
        """Show the proposal for the other text."""
        if self._other:
            self.dismiss("other")


Piece = tuple[str, bool]


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces that join to them again, each with whether only this text has it."""
    if len(before) + len(after) > _COMPARED:
        return ((before, False),), ((after, False),)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    left = tuple((before[i:j], how != "equal") for how, i, j, _, _ in codes if j > i)
    right = tuple((after[i:j], how != "equal") for how, _, _, i, j in codes if j > i)
    return left, right


def _painted(pieces: tuple[Piece, ...], style: str) -> Content:
    return Content("").join(plain(text, f"{style} reverse" if only else style) for text, only in pieces)

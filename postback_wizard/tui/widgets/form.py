"""The form of a step: few fields, the rest folded, each value with where it came from."""

from collections.abc import Iterator
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static, TextArea

from postback_wizard.domain.case import Case, typed_over
from postback_wizard.domain.customer import customer_text, read_customer
from postback_wizard.domain.step import Field, Step
from postback_wizard.domain.text import Text
from postback_wizard.steps.words import origin
from postback_wizard.tui import words
from postback_wizard.tui.plain import plain
from postback_wizard.tui.widgets.discreet import CustomerArea, DiscreetArea, customer_note, hider, secrecy
from postback_wizard.tui.widgets.party import CLEARED, SURE, PartiesRead, PartyNote, parties_named, read_parties
from postback_wizard.tui.widgets.where import PlacesRead, WhereNote, asks_where, read_places


class FactTyped(Message):
    """Somebody changed a fact."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self.name = name
        self.value = value


class YesNo(Static, can_focus=True):
    """Yes, no, or don't know: left and right or space change it."""

    OPTIONS: tuple[tuple[str, Text], ...] = (("", words.DONT_KNOW), ("yes", words.YES), ("no", words.NO))

    def __init__(self, fact: str, value: str, lang: str, disabled: bool) -> None:
        super().__init__(id=f"fact-{fact}", disabled=disabled, classes="choice")
        self._fact = fact
        self._at = next((i for i, (code, _) in enumerate(self.OPTIONS) if code == value), 0)
        self._lang = lang

    @property
    def value(self) -> str:
        """``yes``, ``no`` or empty."""
        return self.OPTIONS[self._at][0]

    def show(self, value: str) -> None:
        """Another value, without news."""
        self._at = next((i for i, (code, _) in enumerate(self.OPTIONS) if code == value), 0)
        self.refresh()

    def render(self) -> Content:
        parts = [
            Content.assemble(
                (f"({'●' if i == self._at else ' '}) {text.say(self._lang)}", "bold" if i == self._at else "")
            )
            for i, (_, text) in enumerate(self.OPTIONS)
        ]
        return Content("   ").join(parts)

    def on_key(self, event: events.Key) -> None:
        step = {"left": -1, "right": 1, "space": 1}.get(event.key)
        if step is None:
            return
        event.stop()
        self._at = (self._at + step) % len(self.OPTIONS)
        self.refresh()
        self.post_message(FactTyped(self._fact, self.value))

    def on_click(self) -> None:
        self._at = (self._at + 1) % len(self.OPTIONS)
        self.refresh()
        self.post_message(FactTyped(self._fact, self.value))


class FieldRow(Vertical):
    """One field: its label, where its value came from, and the place to type."""

    def __init__(self, field: Field, case: Case, lang: str, locked: bool) -> None:
        super().__init__(classes="field more" if field.more else "field")
        self.field = field
        self._value = _text_of(case, field)
        self._case = case
        self._hide = hider(case, field.fact) if field.private else str
        self._origin = case.origins.get(field.fact, "")
        self._lang = lang
        self._locked = locked
        self._sure = ""

    def compose(self) -> ComposeResult:
        yield Static(self._label(), classes="label")
        match self.field.form:
            case "yes-no":
                yield YesNo(self.field.fact, self._value, self._lang, self._locked)
            case "block":
                yield self._area(DiscreetArea if self.field.private else TextArea)
            case "customer":
                yield self._area(CustomerArea)
            case "line" | "path" | "party":
                yield Input(
                    self._value,
                    placeholder=self.field.example,
                    id=f"fact-{self.field.fact}",
                    compact=True,
                    disabled=self._locked,
                    select_on_focus=False,
                )
        if self.field.form == "party":
            yield PartyNote(self.field.fact, self._lang)
        if self.field.form == "yes-no":
            yield WhereNote(self.field.help.say(self._lang))

    def _area(self, kind: type[TextArea]) -> TextArea:
        area = kind(id=f"fact-{self.field.fact}", compact=True, highlight_cursor_line=False)
        if isinstance(area, DiscreetArea):
            area.hide = self._hide
        area.text = self._value
        area.read_only = self._locked
        area.placeholder = self.field.example
        return area

    def _secrecy(self) -> str:
        """What is said about the secret parts of what stands here."""
        if self.field.form == "customer":
            note, names = customer_note(self._case)
            return note.say(self._lang, names=names)
        said = secrecy(self._value, self._hide) if self.field.private and self._value else None
        return said.say(self._lang) if said else ""

    def _label(self) -> Content:
        parts: list[Content] = [Content.styled(self.field.label.say(self._lang), "bold")]
        said = self._secrecy()
        if said:
            parts.append(Content.styled(f"  {said}", "$text-warning"))
        typed, _, over = self._origin.partition(":")
        if self._value and self._origin and typed != "typed":
            parts.append(Content.styled(f"  {origin(self._origin, self._lang)}{self._sure}", "$text-accent"))
        elif over and not self._value:
            parts.append(Content.styled(f"  {CLEARED.say(self._lang)}", "$text-accent"))
        return Content("").join(parts)

    def retype(self, value: str, news: PartiesRead | None) -> None:
        """Somebody types: from the first letter on the value is theirs. A field that only appears types nothing."""
        if value == self._value:
            return
        self._value, self._origin = value, typed_over(self._origin)
        if self.field.form == "customer":
            self._case = self._case.learn({"customer": read_customer(value)}, "typed")
        self.query_one(".label", Static).update(self._label())
        if news:
            self.inform(news)

    def inform(self, news: PartiesRead) -> None:
        """What the catalogue knows of a party: whom to suggest, who this is and why it is proposed."""
        names = news.names.get(self.field.fact)
        if names is None:
            return
        field = self.query_one(Input)
        field.suggester = field.suggester or SuggestFromList(names, case_sensitive=False)
        why = None if self._origin.startswith("typed") else news.reasons.get(self.field.fact)
        self._sure = f" · {SURE[why[1]].say(self._lang)}" if why else ""
        self.query_one(".label", Static).update(self._label())
        self.query_one(PartyNote).tell(self._value, why[0] if why else None)

    def update(self, case: Case) -> None:
        """Another value and origin; what is being typed is never touched."""
        self._case, value = case, _text_of(case, self.field)
        self._origin = case.origins.get(self.field.fact, "")
        if self.field.form == "customer" and read_customer(self.query_one(TextArea).text) == case.facts.customer:
            value = self.query_one(TextArea).text
        self._show_value(value)
        self._value = value
        self.query_one(".label", Static).update(self._label())

    def _show_value(self, value: str) -> None:
        widget = self.query_one(f"#fact-{self.field.fact}")
        with self.prevent(Input.Changed, TextArea.Changed):
            match widget:
                case Input() if widget.value != value:
                    widget.value = value
                case TextArea() if widget.text != value:
                    widget.text = value
                case YesNo():
                    widget.show(value)
                case _:
                    pass


def _text_of(case: Case, field: Field) -> str:
    return customer_text(case.facts.customer) if field.form == "customer" else case.facts.get(field.fact)


class Form(Vertical):
    """All fields of a step, the rarer ones folded."""

    def __init__(self, step: Step, case: Case, lang: str, locked: bool) -> None:
        super().__init__(id="form")
        self._step = step
        self._case = case
        self._lang = lang
        self._locked = locked
        self._open = any(_text_of(case, item) for item in step.fields if item.more and self._unfolds(item))
        self._parties: PartiesRead | None = None

    def compose(self) -> ComposeResult:
        for item in self._step.fields:
            yield FieldRow(item, self._case, self._lang, self._locked)
        if self._folded():
            yield Static(self._hint(), id="fold")

    def _unfolds(self, item: Field) -> bool:
        """Whether a known value is worth the room: not the case's title, nor what the program filled in itself."""
        return item.fact not in ("user_agent", "title") and not self._case.is_proposed(item.fact)

    def on_mount(self) -> None:
        self._apply()
        self._read_parties(only_if=parties_named(self._step, self._case))
        self._read_places(only_if=asks_where(self._step, self._case))

    def _read_places(self, *, only_if: object) -> None:
        if only_if:
            work = partial(read_places, self, self._case, self._lang)
            self.run_worker(work, thread=True, group="places", exclusive=True)

    @on(PlacesRead)
    def _tell_places(self, news: PlacesRead) -> None:
        news.stop()
        for row in self._rows():
            for note in row.query(WhereNote):
                note.tell(news.places.get(row.field.fact, ""))

    def _read_parties(self, *, only_if: object) -> None:
        """Ask the catalogue, in a thread, because it is not read before somebody names a party."""
        if only_if:
            work = partial(read_parties, self, self._step, self._case)
            self.run_worker(work, thread=True, group="parties", exclusive=True)

    @on(events.DescendantFocus)
    def _entered(self, event: events.DescendantFocus) -> None:
        row = event.widget.parent
        if isinstance(row, FieldRow):
            self._read_parties(only_if=row.field.form == "party" and self._parties is None)

    @on(PartiesRead)
    def _inform(self, news: PartiesRead) -> None:
        news.stop()
        self._parties = news
        for row in self._rows():
            row.inform(news)

    def toggle(self) -> None:
        """Fold or unfold the rarer fields."""
        self._open = not self._open
        self._apply()
        if self._folded():
            self.query_one("#fold", Static).update(self._hint())

    def show(self, case: Case) -> None:
        """The values of a case, where they differ from what stands here."""
        named, asked = parties_named(self._step, self._case), asks_where(self._step, self._case)
        self._case = case
        for row in self._rows():
            row.update(case)
        self._read_parties(only_if=named != parties_named(self._step, case))
        self._read_places(only_if=asked != asks_where(self._step, case))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell(event.input.id, event.value)

    @on(TextArea.Changed)
    def _typed_block(self, event: TextArea.Changed) -> None:
        event.stop()
        self._tell(event.text_area.id, event.text_area.text)

    def _tell(self, field: str | None, value: str) -> None:
        if field is None:
            return
        fact = field.removeprefix("fact-")
        for row in self._rows():
            if row.field.fact == fact:
                row.retype(value, self._parties)
        self.post_message(FactTyped(fact, value))

    def _apply(self) -> None:
        for row in self._rows():
            row.display = self._open or not row.field.more

    def _rows(self) -> Iterator[FieldRow]:
        return iter(self.query(FieldRow))

    def _folded(self) -> int:
        return sum(item.more for item in self._step.fields)

    def _hint(self) -> Content:
        text = words.UNFOLDED.say(self._lang) if self._open else words.FOLDED.say(self._lang, n=self._folded())
        return plain(text, "$foreground 60%")

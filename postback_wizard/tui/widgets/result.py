"""What a step amounts to: the next action first, then the findings, then the evidence they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from postback_wizard.domain.asked import asked
from postback_wizard.domain.case import STEP_ORDER, Case, StepRecord
from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.finding import Finding, Level, Verdict
from postback_wizard.domain.probe import Evidence
from postback_wizard.domain.step import Step, is_stale
from postback_wizard.domain.text import Text
from postback_wizard.report.diagnosis import diagnose
from postback_wizard.report.words import finding_fix, finding_title
from postback_wizard.steps.words import CONFIDENCES, OWNERS, REASONS, VERDICTS, place
from postback_wizard.tui import words
from postback_wizard.tui.hops import clip
from postback_wizard.tui.look import VERDICT_SYMBOLS, symbol, toned
from postback_wizard.tui.onward import LEADS_ON, host_of
from postback_wizard.tui.plain import plain
from postback_wizard.tui.rows import Row
from postback_wizard.tui.views import rows_of
from postback_wizard.tui.widgets.rows import RowHovered, Rows

#: Columns of one value in a list of findings.
LONGEST = 200


class FindingOpened(Message):
    """Somebody wants a finding explained."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


class RowOpened(Message):
    """Somebody wants to see a piece of evidence in full."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row


class FindingItem(Static, can_focus=True):
    """One finding: title, next action, who mends it and how sure it is."""

    def __init__(self, finding: Finding, lang: str) -> None:
        super().__init__(classes=f"finding level-{finding.level}")
        self.finding = finding
        self._lang = lang

    def render(self) -> Content:
        finding, lang = self.finding, self._lang
        finding = shortened(finding)
        lines = [Content.assemble(symbol(finding.level), " ", plain(finding_title(finding, lang), "bold"))]
        if finding.level in (Level.WARN, Level.BAD):
            lines.append(Content.assemble("  → ", plain(finding_fix(finding, lang))))
            sure = CONFIDENCES[finding.confidence].say(lang)
            owner = words.MENDS.say(lang, owner=OWNERS[finding.owner].say(lang), confidence=sure)
            where = f" · {place(finding.where, lang)}" if finding.where else ""
            lines.append(plain(f"  {owner}{where}", "$foreground 60%"))
        return Content("\n").join(lines)

    def on_key(self, event: events.Key) -> None:
        match event.key:
            case "enter":
                event.stop()
                self.post_message(FindingOpened(self.finding))
            case "down":
                event.stop()
                self.screen.focus_next()
            case "up":
                event.stop()
                self.screen.focus_previous()
            case _:
                pass

    def on_click(self) -> None:
        self.post_message(FindingOpened(self.finding))


def shortened(finding: Finding) -> Finding:
    """The finding with its values cut to what a list has room for; its explanation shows them whole."""
    return replace(finding, values={name: clip(value, LONGEST) for name, value in finding.values.items()})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the result pane shows: a record, or a run under way with what was heard so far.

    ``onward`` is where a key takes the trace on to; empty when it ended for good. ``puzzling`` offers the harmless
    requests that tell a blocked sender from a broken endpoint. ``signed`` offers to recompute a
    signature whose secret is not known.
    """

    record: StepRecord | None = None
    running: bool = False
    heard: Sequence[Evidence] = ()
    asking: str = ""
    onward: str = ""
    #: The request as it was pasted, before anybody changed it.
    original: str = ""
    puzzling: bool = False
    signed: bool = False


#: Cells of the headline of another step: two lines of the narrowest terminal.
CAUSE = 90


class Result(Vertical):
    """The right-hand side of a step."""

    def __init__(self, step: Step, case: Case, outcome: Outcome, lang: str) -> None:
        super().__init__(id="result")
        self._step = step
        self._case = case
        self._outcome = outcome
        self._lang = lang
        self._rows: tuple[Row, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="headline")
        yield Vertical(id="findings")
        yield Static(words.EVIDENCE.say(self._lang), id="evidence-title", classes="section")
        yield Rows(id="evidence", markup=False)
        yield Static(id="tip")

    async def on_mount(self) -> None:
        await self.show(self._case, self._outcome)

    async def show(self, case: Case, outcome: Outcome) -> None:
        """Another outcome."""
        self._case, self._outcome = case, outcome
        self.query_one("#headline", Static).update(self._headline())
        await self._show_findings()
        self._show_evidence()

    def going(self, told: str) -> None:
        """The same run, further on."""
        if self._outcome.running:
            self.query_one("#headline", Static).update(plain(words.RUNNING.say(self._lang, what=told), "$text-accent"))

    def reread(self, case: Case, outcome: Outcome) -> None:
        """The same outcome of facts that are being typed."""
        self._case, self._outcome = case, outcome
        if outcome.record is None and not outcome.running:
            self.query_one("#headline", Static).update(self._headline())
        self._show_evidence()

    def first(self) -> Static | None:
        """The finding to look at first."""
        return next(iter(self.query(FindingItem)), None)

    async def _show_findings(self) -> None:
        pane = self.query_one("#findings", Vertical)
        record = self._outcome.record
        findings = record.findings if record and not self._outcome.running else ()
        await pane.remove_children()
        await pane.mount_all(FindingItem(finding, self._lang) for finding in findings)

    def _show_evidence(self) -> None:
        record = self._outcome.record
        heard = self._outcome.heard if self._outcome.running else record.evidence if record else ()
        shown = heard or record or self._step.id == "replay"
        original = self._outcome.original
        self._rows = rows_of(self._step.id, self._case, heard, self._lang, original) if shown else ()
        options = self.query_one("#evidence", OptionList)
        marked = options.highlighted
        options.clear_options()
        options.add_options(Option(self._line(row)) for row in self._rows)
        options.highlighted = marked if marked is not None and marked < len(self._rows) else None
        options.display = bool(self._rows)
        self.query_one("#evidence-title").display = bool(self._rows)
        if options.highlighted is None:
            self._tell("")

    def _line(self, row: Row) -> Content:
        line = Content.assemble(symbol(row.tone), " ", plain(row.head, "bold"), "  ", plain(row.text))
        if row.whole:
            whole = (plain(text, f"{toned(level)} reverse" if level else "") for text, level in row.whole)
            return Content.assemble(line, "\n     ", *whole)
        if not row.below:
            return line
        pieces = [plain(text, toned(level)) for text, level in row.below]
        return Content.assemble(line, "\n     ", Content(" · ").join(pieces))

    def _headline(self) -> Content:
        if self._outcome.running:
            return plain(words.RUNNING.say(self._lang, what=self._outcome.asking), "$text-accent")
        record = self._outcome.record
        if record is None or record.reason == "no-facts":
            return plain(self._invitation().say(self._lang), "$foreground 60%")
        mark, colour = VERDICT_SYMBOLS[record.verdict]
        head = Content.styled(f"{mark} {VERDICTS[record.verdict].say(self._lang)}", f"bold {colour}")
        lines = [Content.assemble(head, "  ", self._advice(record))]
        if self._outcome.onward:
            lines.append(plain(LEADS_ON.say(self._lang, host=host_of(self._outcome.onward)), "$text-accent"))
        if record.verdict in (Verdict.BROKEN, Verdict.SUSPECT):
            lines += self._cause()
        if record.verdict is not Verdict.NOT_CHECKED and is_stale(self._case, self._step):
            lines.append(plain(words.STALE.say(self._lang), "$text-warning"))
        lines += self._parties()
        return Content("\n").join(lines)

    def _invitation(self) -> Text:
        """What to do with a step that has not been run."""
        facts = self._case.facts
        if self._step.id == "replay":
            return words.READY_TO_SEND if isinstance(asked(facts), ExactRequest) else words.NOT_RUN
        return words.READY if any(facts.get(name) for name in self._step.needs) else words.NOT_RUN

    def _cause(self) -> list[Content]:
        """Where the case breaks, on any other step: what is seen here may only follow from it."""
        found = diagnose(self._case)
        if found.step is None or found.step == self._step.id or found.owner is None:
            return []
        step = STEP_ORDER.index(found.step) + 1
        what, owner = clip(found.headline.say(self._lang), CAUSE), OWNERS[found.owner].say(self._lang)
        return [plain(words.BREAKS_AT.say(self._lang, step=str(step), what=what, owner=owner), "$text-warning")]

    def _parties(self) -> list[Content]:
        """Who takes part, as far as this step asks for it: their fields may be folded away."""
        facts, lang = self._case.facts, self._lang
        named = [
            f"{item.label.say(lang)}: {value}"
            for item in self._step.fields
            if item.form == "party" and (value := facts.get(item.fact))
        ]
        return [plain(" · ".join(named), "$foreground 60%")] if named else []

    def _advice(self, record: StepRecord) -> Content:
        if record.reason == "not-public":
            return plain(words.BLOCKED.say(self._lang, host=blocked_host(record)))
        if record.reason == "not-sent":
            return plain(words.DRY.say(self._lang))
        if record.verdict is Verdict.CLEAR:
            return plain(words.ALL_CLEAR.say(self._lang))
        if record.reason:
            return plain(words.NOT_PROVEN.say(self._lang, reason=REASONS[record.reason].say(self._lang)))
        return Content("")

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        row = self._rows[event.option_index] if event.option_index < len(self._rows) else None
        self._tell(row.tip if row else "")

    @on(RowHovered)
    def _pointed_at(self, event: RowHovered) -> None:
        """What the mouse points at is told like what is marked; where it points at nothing, the marked row is."""
        event.stop()
        marked = self.query_one("#evidence", OptionList).highlighted
        index = event.index if event.index is not None else marked
        self._tell(self._rows[index].tip if index is not None and index < len(self._rows) else "")

    def _tell(self, text: str) -> None:
        tip = self.query_one("#tip", Static)
        tip.update(plain(text, "$text-accent"))
        tip.display = bool(text)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index < len(self._rows):
            self.post_message(RowOpened(self._rows[event.option_index]))


def blocked_host(record: StepRecord) -> str:
    """The host that was refused because its address is not public."""
    from postback_wizard.domain.url import split_url

    for evidence in record.evidence:
        if evidence.kind in ("http", "dns", "tls") and evidence.outcome[:1] == ("BLOCKED_ADDRESS",):
            return split_url(evidence.request.url).host if evidence.kind == "http" else evidence.host
    return ""


def blocked_addresses(record: StepRecord) -> tuple[str, ...]:
    """The addresses that were refused."""
    for evidence in record.evidence:
        if evidence.kind == "http" and evidence.has("BLOCKED_ADDRESS"):
            return tuple(part.strip() for part in evidence.detail.split(",") if part.strip())
    return ()

"""The rail of five steps and the report: where one is and what each amounts to."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from postback_wizard.domain.case import Case, StepId
from postback_wizard.domain.finding import Verdict
from postback_wizard.domain.step import is_stale
from postback_wizard.steps import STEPS
from postback_wizard.steps.words import VERDICTS
from postback_wizard.tui import words
from postback_wizard.tui.look import VERDICT_SYMBOLS


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the rail: its name, and its state as symbol, word and colour."""

    name: str
    mark: str
    word: str
    colour: str
    here: bool


def stops(case: Case, here: str, running: StepId | None, lang: str) -> list[Stop]:
    """The rail's stops for a case; ``here`` is the step on screen or ``report``."""
    found = []
    for number, step in enumerate(STEPS, 1):
        record = case.record(step.id)
        mark, colour = "○", "$foreground 60%"
        word = words.RAIL_OPEN.say(lang)
        if record is not None:
            mark, colour = VERDICT_SYMBOLS[record.verdict]
            word = VERDICTS[record.verdict].say(lang)
        if record is not None and record.verdict is not Verdict.NOT_CHECKED and is_stale(case, step):
            mark, word, colour = "↻", words.RAIL_STALE.say(lang), "$text-warning"
        if running == step.id:
            mark, word, colour = "●", words.RAIL_RUNNING.say(lang), "$text-accent"
        found.append(Stop(f"{number} {step.title.say(lang)}", mark, word, colour, here == step.id))
    return found


class Rail(Static):
    """Two lines: the steps' names and their states."""

    def __init__(self, stops: list[Stop], report: str, at_report: bool) -> None:
        super().__init__(id="rail")
        self._stops = stops
        self._report = report
        self._at_report = at_report

    def show(self, stops: list[Stop]) -> None:
        """Other states."""
        self._stops = stops
        self.refresh(layout=True)

    def render(self) -> Content:
        cells = [*self._stops, Stop(self._report, "", "F9", "$foreground 60%", self._at_report)]
        widths = [max(cell_len(stop.name), cell_len(f"{stop.mark} {stop.word}")) + 2 for stop in cells]
        first = [
            self._cell(stop.name, width, "bold reverse" if stop.here else "")
            for stop, width in zip(cells, widths, strict=True)
        ]
        second = [
            self._cell(f"{stop.mark} {stop.word}".strip(), width, stop.colour)
            for stop, width in zip(cells, widths, strict=True)
        ]
        return Content("\n").join([Content("").join(first), Content("").join(second)])

    def _cell(self, text: str, width: int, style: str) -> Content:
        padding = " " * max(0, width - 1 - cell_len(text))
        return Content.assemble((f" {text}", style) if style else f" {text}", padding)

"""Texts to read in full: a finding explained, the ledger, the help of a step."""

from textual.content import Content

from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Finding
from postback_wizard.domain.ledger import LedgerRow, ledger, unlooked
from postback_wizard.domain.step import Step
from postback_wizard.report.knowledge.codes import finding_lines
from postback_wizard.steps.words import place, row_name
from postback_wizard.tui import words
from postback_wizard.tui.desk import Marked
from postback_wizard.tui.look import TONES, symbol
from postback_wizard.tui.plain import plain


def explained(finding: Finding, lang: str) -> list[Content]:
    """A finding with everything that is known about its kind."""
    title, *rest = finding_lines(finding, lang)
    lines = [Content.assemble(symbol(finding.level), " ", plain(title.text, "bold"))]
    for line in rest:
        lines += [Content(""), plain(line.text, TONES["head"])] if line.tone == "head" else [plain(line.text)]
    return lines


def ledger_lines(case: Case, lang: str) -> list[Content]:
    """One block for each identifier: every place, what stood there, where it first broke."""
    lines: list[Content] = []
    for row in ledger(case):
        lines += [*_ledger_row(row, lang), Content("")]
    return lines or [plain(words.LEDGER_EMPTY.say(lang))]


def _ledger_row(row: LedgerRow, lang: str) -> list[Content]:
    state = words.LEDGER_WHOLE.say(lang) if not row.first_break else ""
    lines = [Content.assemble(plain(row_name(row.name, lang), "bold"), "  ", plain(state, "$text-success"))]
    width = max(len(place(seen.place, lang)) for seen in row.seen)
    for seen in row.seen:
        broken = seen.place == row.first_break
        value = words.LEDGER_MISSING.say(lang) if seen.value is None else seen.value
        mark = f"  {words.LEDGER_BREAK.say(lang)}" if broken else ""
        style = "bold $text-error" if broken else "$foreground 60%" if seen.value is None else ""
        lines.append(plain(f"  {place(seen.place, lang).ljust(width)}  {value}{mark}", style))
    others = unlooked(row)
    if others:
        said = words.LEDGER_UNLOOKED.say(lang, places=", ".join(place(other, lang) for other in others))
        lines.append(plain(f"  {said}", "$foreground 60%"))
    return lines


def help_lines(step: Step | None, lang: str, note: str = "") -> list[Content]:
    """The keys, the fields of a step in words, and a note where there is one."""
    lines = [plain(words.HELP_KEYS.say(lang)), plain(words.HELP_KNOWN.say(lang)), Content("")]
    lines += [plain(note, "$text-accent"), Content("")] if note else []
    if step is not None:
        lines.append(plain(words.HELP_FIELDS.say(lang), "bold $text-accent"))
        for field in step.fields:
            lines.append(plain(field.label.say(lang), "bold"))
            lines.append(plain(f"  {field.help.say(lang)}"))
            if field.example:
                lines.append(plain(f"  {field.example}", "$foreground 60%"))
    return lines


def marked_lines(marked: Marked, lang: str) -> list[Content]:
    """Whether a trainee's diagnosis was right, and, when it was, why."""
    head = plain(marked.remark.say(lang), "bold $text-success" if marked.right else "bold $text-warning")
    if not marked.right:
        return [head, Content(""), plain(words.PRACTICE_RETRY.say(lang), "$foreground 60%")]
    return [head, Content(""), plain(marked.explanation.say(lang)), Content(""), plain(words.PRACTICE_AGAIN.say(lang))]

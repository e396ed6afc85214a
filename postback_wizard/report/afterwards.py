"""After the fix, in the report: what changed since the run before, and how the case was closed."""

from collections.abc import Iterator

from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.report.closed import CAUSE, CLOSED_AT, FIX, VERIFIED, WHO, compare
from postback_wizard.report.md import bullets, cell, code, heading, words

BEFORE_AFTER = Text(en="Before and after the fix", ru="До и после исправления")
SAME = Text(en="The steps found the same as before.", ru="Шаги нашли то же самое, что и раньше.")
CLOSED = Text(en="How it ended", ru="Чем закончилось")


def compared(case: Case, lang: str) -> Iterator[str]:
    """What changed since the case was run again; nothing where it was not."""
    before = case.before()
    if before is None or not case.records:
        return
    yield heading(2, words(BEFORE_AFTER.say(lang)))
    yield bullets(words(visible(line)) for line in compare(before, case, lang)) or words(SAME.say(lang))


def ended(case: Case, lang: str) -> Iterator[str]:
    """How a closed case was closed; nothing for one that is open."""
    found = case.conclusion
    if found is None:
        return
    yield heading(2, words(CLOSED.say(lang)))
    rows = ((CAUSE, found.cause), (FIX, found.fix), (WHO, found.who), (VERIFIED, found.verified))
    lines = [f"{words(name.say(lang))}: {code(text)}" for name, text in rows if text]
    yield bullets([*lines, f"{words(CLOSED_AT.say(lang))}: {cell(found.closed_at)}"])

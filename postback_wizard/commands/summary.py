"""A judged case as plain text for a terminal: the verdict first, then step by step what was found and what to do."""

from collections.abc import Iterator, Sequence
from textwrap import fill

from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Finding, Level, Verdict
from postback_wizard.domain.step import Step
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.report.diagnosis import diagnose
from postback_wizard.report.headline import plain_lines
from postback_wizard.report.masked import mask_case
from postback_wizard.report.words import fix_of, title_of
from postback_wizard.steps import STEPS
from postback_wizard.steps.words import CONFIDENCES, LEVELS, OWNERS, REASONS, SYMBOLS, VERDICTS, place

MARKS = {Level.GOOD: "✓", Level.INFO: "·", Level.WARN: "!", Level.BAD: "✗"}
WIDTH = 100

NEXT = Text(en="Next: {action}", ru="Дальше: {action}")
WHO = Text(en="Who: {owner}", ru="Кто: {owner}")
MORE = Text(en="More on a finding: postback-wizard explain CODE", ru="Подробнее о выводе: postback-wizard explain CODE")


def summarize(case: Case, lang: str, secrets: Sequence[str] = ()) -> str:
    """The whole summary, secrets masked; control characters of foreign text are made visible."""
    case, _ = mask_case(case, secrets)
    diagnosis = diagnose(case)
    lines = [*_wrapped(diagnosis.headline.say(lang), "")]
    if diagnosis.verdict is not Verdict.CLEAR or diagnosis.not_checked:
        lines += _wrapped(NEXT.say(lang, action=diagnosis.next_action.say(lang)), "")
    for line in plain_lines(diagnosis, lang):
        lines += _wrapped(line, "")
    lines.append("")
    for number, step in enumerate(STEPS, 1):
        lines += _step(number, step, case, lang)
    if any(record.findings for record in case.done()):
        lines += ["", MORE.say(lang)]
    return "\n".join(lines)


def _step(number: int, step: Step, case: Case, lang: str) -> Iterator[str]:
    record = case.record(step.id)
    if record is None:
        return
    reason = REASONS[record.reason].say(lang)
    tail = f" ({reason})" if reason else ""
    verdict = VERDICTS[record.verdict].say(lang)
    yield f"{SYMBOLS[record.verdict]} {number}. {step.title.say(lang)}: {verdict}{tail}"
    for finding in record.findings:
        yield from finding_lines(finding, lang)


def finding_lines(finding: Finding, lang: str, indent: str = "    ") -> Iterator[str]:
    """One finding: what, how sure, where; and for faults and warnings what to do and who does it."""
    title = title_of(finding).say(lang)
    yield from _wrapped(f"{MARKS[finding.level]} {LEVELS[finding.level].say(lang)}: {title}", indent)
    inner = f"{indent}  "
    sure = CONFIDENCES[finding.confidence].say(lang)
    details = (f"[{finding.code}]", place(finding.where, lang), sure if finding.level is not Level.GOOD else "")
    yield from _wrapped(" · ".join(part for part in details if part), inner)
    if finding.level in (Level.BAD, Level.WARN):
        yield from _wrapped(NEXT.say(lang, action=fix_of(finding).say(lang)), inner)
        yield from _wrapped(WHO.say(lang, owner=OWNERS[finding.owner]), inner)


def _wrapped(text: str, indent: str) -> list[str]:
    """Lines of at most ``WIDTH`` characters; a URL is never cut."""
    lines = fill(
        visible(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines.split("\n")

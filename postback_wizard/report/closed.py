"""Closed cases: what is kept of one, how it compares with the run before, and the page that teaches the next team."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from postback_wizard.domain.case import STEP_ORDER, Case, StepRecord
from postback_wizard.domain.closing import Alike, ClosedCase, Conclusion, Likeness
from postback_wizard.domain.finding import Level, Verdict
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.report.diagnosis import diagnose
from postback_wizard.report.masked import mask_case
from postback_wizard.report.md import heading, words
from postback_wizard.steps import BY_ID
from postback_wizard.steps.words import SYMBOLS, VERDICTS, place

_PARTIES = ("source", "tracker", "network", "ad_platform", "sender", "receiver")

CAUSE = Text(en="Cause", ru="Причина")
FIX = Text(en="What mended it", ru="Что помогло")
WHO = Text(en="Who mended it", ru="Кто исправил")
VERIFIED = Text(en="How it was verified", ru="Как проверено")
CLOSED_AT = Text(en="Closed (UTC)", ru="Закрыт (UTC)")
PLATFORMS = Text(en="Platforms", ru="Платформы")
CODES = Text(en="Findings", ru="Выводы")
MESSAGE = Text(en="What the partner said", ru="Что сказал партнёр")
CASE = Text(en="Case", ru="Случай")
CLOSED = Text(en="Closed cases", ru="Закрытые случаи")
NOT_RUN = Text(en="not run again yet", ru="ещё не повторён")
BY: dict[Likeness, Text] = {
    "message": Text(en="the same message", ru="то же сообщение"),
    "code": Text(en="the same cause", ru="та же причина"),
    "platforms": Text(en="the same platform", ru="та же платформа"),
}


def card_of(case: Case, secrets: Sequence[str] = ()) -> ClosedCase:
    """What a team keeps of a case, masked like a report; the cause is the diagnosis where nobody wrote one."""
    seen, _ = mask_case(case, secrets)
    return ClosedCase(
        id=case.id,
        title=seen.facts.title,
        opened_at=case.opened_at,
        conclusion=seen.conclusion or Conclusion(""),
        platforms=tuple(dict.fromkeys(name for fact in _PARTIES if (name := seen.facts.get(fact)))),
        codes=tuple(_codes(case)),
        message=seen.facts.partner_message,
    )


def _codes(case: Case) -> Iterator[str]:
    """The root cause first, then what else was bad; the run before the fix counts where there was one."""
    found = diagnose(case.before() or case)
    codes = [found.code] if found.code else []
    codes += [other.finding.code for other in found.others]
    codes += [effect.code for _, effect in found.effects if effect.level is Level.BAD]
    yield from dict.fromkeys(codes)


def by_words(item: Alike, lang: str) -> str:
    """Why a closed case came to mind."""
    return ", ".join(BY[reason].say(lang) for reason in item.by)


def title_of(card: ClosedCase) -> str:
    """What a closed case is called."""
    return card.title or card.id


def card_rows(card: ClosedCase, lang: str) -> Iterator[tuple[str, str]]:
    """Everything known of a closed case: a name and a foreign text each; nothing for what nobody wrote."""
    ended = card.conclusion
    rows = (
        (CAUSE, ended.cause),
        (FIX, ended.fix),
        (WHO, ended.who),
        (VERIFIED, ended.verified),
        (CODES, ", ".join(card.codes)),
        (PLATFORMS, ", ".join(card.platforms)),
        (MESSAGE, card.message),
        (CLOSED_AT, ended.closed_at),
        (CASE, card.id),
    )
    yield from ((name.say(lang), text) for name, text in rows if text)


def closed_markdown(cards: Iterable[ClosedCase], lang: str) -> str:
    """The knowledge base of a team as one Markdown document, closed last first."""
    lines = [heading(1, CLOSED.say(lang)), ""]
    for card in cards:
        lines += [heading(2, words(visible(title_of(card)))), ""]
        lines += [f"- {name}: {words(visible(text))}" for name, text in card_rows(card, lang)]
        lines.append("")
    return "\n".join(lines)


def compare(before: Case, after: Case, lang: str) -> Iterator[str]:
    """A line for each verdict that changed, and for each finding that came or went. Values may hold anything."""
    for step in STEP_ORDER:
        old, new = before.record(step), after.record(step)
        if old is None and new is None:
            continue
        title = BY_ID[step].title.say(lang)
        if old is not None and new is None:
            yield f"{title}: {_verdict(old, lang)} → {NOT_RUN.say(lang)}"
            continue
        if _verdict(old, lang) != _verdict(new, lang):
            yield f"{title}: {_verdict(old, lang)} → {_verdict(new, lang)}"
        was, now = _findings(old), _findings(new)
        for sign, rest in (("-", was - now), ("+", now - was)):
            for code, where in rest.elements():
                yield f"{title}: {sign} {code} {place(where, lang)}".rstrip()


def _verdict(record: StepRecord | None, lang: str) -> str:
    verdict = record.verdict if record else Verdict.NOT_CHECKED
    return f"{SYMBOLS[verdict]} {VERDICTS[verdict].say(lang)}"


def _findings(record: StepRecord | None) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.where) for finding in (record.findings if record else ()))

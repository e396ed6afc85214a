"""The head of the report: the verdict, the action, the cost, the conversion, the timeline and the ledger."""

from collections.abc import Iterator

from postback_wizard.domain.case import Case
from postback_wizard.domain.times import clock
from postback_wizard.report import phrases
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.md import Ready, cell, code, heading, prose, sentence, spot, table, words
from postback_wizard.report.plainly import plainly
from postback_wizard.report.timeline import Moment, timeline
from postback_wizard.report.words import settle_of
from postback_wizard.steps import BY_ID
from postback_wizard.steps.words import CONFIDENCES, OWNERS, VERDICTS


def verdict(case: Case, diagnosis: Diagnosis, lang: str, *, plain: bool = False) -> Iterator[str]:
    """The title and the verdict in one sentence, with layer, owner and confidence; ``plain`` for readers of no trade.

    A client is told elsewhere who mends it and how sure it is.
    """
    name = case.facts.title or case.facts.click_id or case.id
    yield heading(1, prose(phrases.TITLE, lang, name=name))
    verdict = prose(phrases.VERDICT, lang, verdict=VERDICTS[diagnosis.verdict])
    parts = [f"**{verdict}** {sentence(plainly(case, diagnosis) if plain else diagnosis.headline, lang)}"]
    if not plain and diagnosis.step and diagnosis.owner and diagnosis.confidence:
        step, owner = BY_ID[diagnosis.step].title, OWNERS[diagnosis.owner]
        parts.append(prose(phrases.LAYER, lang, step=step, owner=owner, sure=CONFIDENCES[diagnosis.confidence]))
    yield " ".join(parts)


def action(diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """One action with one owner."""
    yield heading(2, words(phrases.NEXT_ACTION.say(lang)))
    owner = prose(phrases.ACTION_OF, lang, owner=phrases.READER_OWNERS[diagnosis.owner]) if diagnosis.owner else ""
    yield f"{sentence(diagnosis.next_action, lang)} {owner}".rstrip()
    settle = settle_of(diagnosis.finding) if diagnosis.finding else None
    if settle and settle.say(lang):
        # The sentence stands on its own: its values are already in code spans.
        yield words(phrases.SETTLE.say(lang, what="")) + sentence(settle, lang)


def cost(diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """What is known about how much is lost."""
    yield heading(2, words(phrases.COST.say(lang)))
    yield " ".join(sentence(said, lang) for said in diagnosis.cost) or words(phrases.COST_UNKNOWN.say(lang))


def happened(case: Case, lang: str) -> Iterator[str]:
    """Every known moment in UTC, with the time as it was written beside."""
    yield heading(2, words(phrases.TIMELINE.say(lang)))
    moments = timeline(case)
    if not moments:
        yield words(phrases.NO_TIMES.say(lang))
        return
    head = [words(text.say(lang)) for text in (phrases.WHEN, phrases.WHAT, phrases.AS_WRITTEN)]
    yield table(head, (_moment(moment, lang) for moment in moments))


def _moment(moment: Moment, lang: str) -> tuple[str, str, str]:
    when = clock(moment.utc) if moment.utc else phrases.UNREADABLE_TIME.say(lang) if moment.written else "—"
    values: dict[str, str | Ready] = {**moment.what.values}
    values |= {"place": spot(moment.place, lang)} if moment.place else {}
    zone = f" {words(phrases.NO_ZONE.say(lang))}" if moment.assumed else ""
    return (
        cell(when),
        prose(moment.what.text, lang, **values).replace("|", r"\|"),
        (cell(moment.written) if moment.written else "") + zone,
    )


def notes(case: Case, lang: str) -> Iterator[str]:
    """What stays in the house: who reported it, what the partner wrote, where the files are."""
    facts = case.facts
    yield heading(2, words(phrases.NOTES.say(lang)))
    lines = [prose(phrases.REPORTER, lang, reporter=facts.reporter)] if facts.reporter else []
    lines += [prose(phrases.PARTNER_SAYS, lang, said=facts.partner_message)] if facts.partner_message else []
    paths = {name: facts.get(name) for name in ("har", "click_log", "conversion_log", "attempt_log", "partner_log")}
    lines += [prose(phrases.FILES, lang, place=spot(name, lang), path=path) for name, path in paths.items() if path]
    yield "\n\n".join(lines) or code("—")

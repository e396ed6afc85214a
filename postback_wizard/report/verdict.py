"""The head of the report: the verdict, the action, the cost, the conversion, the timeline and the ledger."""

from collections.abc import Iterator

from postback_wizard.domain.case import Case
from postback_wizard.domain.identifiers import AD_CLICK_IDS
from postback_wizard.domain.ledger import LedgerRow, ledger, unlooked
from postback_wizard.domain.times import clock
from postback_wizard.report import headline, phrases
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.md import Ready, cell, code, heading, prose, sentence, spot, table, words
from postback_wizard.report.timeline import Moment, timeline
from postback_wizard.report.words import settle_of
from postback_wizard.steps import BY_ID
from postback_wizard.steps.words import CONFIDENCES, OWNERS, VERDICTS, origin

_PARTY = ("source", "tracker", "network", "ad_platform", "sender", "receiver")
_VALUES = (
    *(("tracker", "click_id"), ("network", "transaction_id"), ("all", "offer"), ("all", "goal"), ("all", "status")),
    *(("all", "payout"), ("all", "currency"), ("ad_platform", "dataset_id")),
)


def verdict(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """The title and the verdict in one sentence, with layer, owner and confidence."""
    name = case.facts.title or case.facts.click_id or case.id
    yield heading(1, prose(phrases.TITLE, lang, name=name))
    verdict = prose(phrases.VERDICT, lang, verdict=VERDICTS[diagnosis.verdict])
    parts = [f"**{verdict}** {sentence(diagnosis.headline, lang)}"]
    if diagnosis.step and diagnosis.owner and diagnosis.confidence:
        step, owner = BY_ID[diagnosis.step].title, OWNERS[diagnosis.owner]
        parts.append(prose(phrases.LAYER, lang, step=step, owner=owner, sure=CONFIDENCES[diagnosis.confidence]))
    yield " ".join(parts)
    yield from headline.markdown(diagnosis, lang)


def action(diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """One action with one owner."""
    yield heading(2, words(phrases.NEXT_ACTION.say(lang)))
    owner = prose(phrases.ACTION_OF, lang, owner=OWNERS[diagnosis.owner]) if diagnosis.owner else ""
    yield f"{sentence(diagnosis.next_action, lang)} {owner}".rstrip()
    settle = settle_of(diagnosis.finding) if diagnosis.finding else None
    if settle and settle.say(lang):
        # The sentence stands on its own: its values are already in code spans.
        yield words(phrases.SETTLE.say(lang, what="")) + sentence(settle, lang)


def cost(case: Case, lang: str) -> Iterator[str]:
    """What is known about how much is lost: counts at best, never a sum."""
    yield heading(2, words(phrases.COST.say(lang)))
    logs = case.logs()
    if logs and logs.classes:
        lost, foreign = logs.classes.get("only_tracker", 0), logs.classes.get("only_partner", 0)
        yield prose(phrases.COST_COUNTED, lang, lost=str(lost), foreign=str(foreign))
    else:
        yield words(phrases.COST_UNKNOWN.say(lang))


def conversion(case: Case, lang: str) -> Iterator[str]:
    """One conversion with the IDs every party knows it by."""
    yield heading(2, words(phrases.CONVERSION.say(lang)))
    head = [words(text.say(lang)) for text in (phrases.PARTY, phrases.KIND, phrases.VALUE, phrases.ORIGIN)]
    yield table(head, _parties(case, lang))


def _parties(case: Case, lang: str) -> Iterator[tuple[str, str, str, str]]:
    for fact in _PARTY:
        if case.facts.get(fact):
            yield _party(case, lang, fact, "id", fact)
    for party, fact in _VALUES:
        if case.facts.get(fact):
            yield _party(case, lang, party, fact, fact)
    for row in ledger(case):
        if row.name.lower() in AD_CLICK_IDS:
            value = next(seen.value for seen in row.seen if seen.value is not None)
            kind = f"{words(phrases.NAMES['ad_click_id'].say(lang))} {cell(row.name)}"
            yield words(phrases.PARTIES["ad_platform"].say(lang)), kind, cell(value), ""


def _party(case: Case, lang: str, party: str, kind: str, fact: str) -> tuple[str, str, str, str]:
    known = origin(case.origins.get(fact, ""), lang)
    who, what = words(phrases.PARTIES[party].say(lang)), words(phrases.NAMES[kind].say(lang))
    return who, what, cell(case.facts.get(fact)), words(known)


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
    return cell(when), prose(moment.what.text, lang, **values).replace("|", r"\|"), cell(moment.written) + zone


def seen(case: Case, lang: str) -> Iterator[str]:
    """The ledger: one row an identifier, one column a place, and the first break of each."""
    yield heading(2, words(phrases.LEDGER.say(lang)))
    rows = ledger(case)
    if not rows:
        yield words(phrases.NO_LEDGER.say(lang))
        return
    for row in rows:
        yield _break(row, lang)
        head = [words(phrases.PLACE.say(lang)), words(phrases.VALUE.say(lang))]
        missing = words(phrases.MISSING.say(lang))
        yield table(
            head, ((spot(at.place, lang).text, missing if at.value is None else cell(at.value)) for at in row.seen)
        )
        others = ", ".join(spot(other, lang).text for other in unlooked(row))
        if others:
            yield prose(phrases.UNLOOKED, lang, places=Ready(others))


def _break(row: LedgerRow, lang: str) -> str:
    if not row.first_break:
        return prose(phrases.NO_BREAK, lang, name=row.name)
    return prose(phrases.FIRST_BREAK, lang, name=row.name, place=spot(row.first_break, lang))


def notes(case: Case, lang: str) -> Iterator[str]:
    """What stays in the house: who reported it, what the partner wrote, where the files are."""
    facts = case.facts
    yield heading(2, words(phrases.NOTES.say(lang)))
    lines = [prose(phrases.REPORTER, lang, reporter=facts.reporter)] if facts.reporter else []
    lines += [prose(phrases.PARTNER_SAYS, lang, said=facts.partner_message)] if facts.partner_message else []
    paths = {name: facts.get(name) for name in ("har", "click_log", "conversion_log", "attempt_log", "partner_log")}
    lines += [prose(phrases.FILES, lang, place=spot(name, lang), path=path) for name, path in paths.items() if path]
    yield "\n\n".join(lines) or code("—")

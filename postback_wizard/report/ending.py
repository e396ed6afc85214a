"""The end of the report: what was excluded, not checked, how the fix is verified, questions, masking, origin."""

from collections import Counter
from collections.abc import Iterator, Sequence

from postback_wizard import __version__
from postback_wizard.domain.case import STEP_ORDER, Case, StepId, StepRecord
from postback_wizard.domain.finding import Level, Verdict
from postback_wizard.domain.labels import Masked
from postback_wizard.domain.ledger import carrier
from postback_wizard.domain.probe import HarEvidence, LogEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment
from postback_wizard.domain.url import split_url
from postback_wizard.report import phrases
from postback_wizard.report.addressee import addressee, their_name
from postback_wizard.report.diagnosis import Diagnosis, is_checked
from postback_wizard.report.md import bullets, cell, code, heading, prose, sentence, table, words
from postback_wizard.report.words import title_of
from postback_wizard.steps import BY_ID
from postback_wizard.steps.words import REASONS


def excluded(case: Case, lang: str) -> Iterator[str]:
    """The steps that are clear, what they rest on, and what they found to be in order."""
    yield heading(2, words(phrases.EXCLUDED.say(lang)))
    clear = [record for record in case.done() if record.verdict is Verdict.CLEAR and is_checked(case, record.step)]
    yield bullets(_excluded(record, lang) for record in clear) or words(phrases.NOTHING_EXCLUDED.say(lang))


def _excluded(record: StepRecord, lang: str) -> str:
    counts: Counter[str] = Counter()
    for item in record.evidence:
        match item:
            case LogEvidence(reconciliation=books) if books is not None:
                counts["compared"] += item.classes.get("matched", 0)
            case LogEvidence():
                counts["logs"] += len(item.rows_of_click)
            case HarEvidence():
                counts["har"] += len(item.hops)
            case _:
                counts[item.kind] += 1
    how = [prose(phrases.HOW[kind], lang, n=str(number)) for kind, number in counts.items() if number]
    good = [sentence(title_of(finding), lang) for finding in record.findings if finding.level is Level.GOOD]
    looked = ", ".join(how) or words(phrases.HOW["facts"].say(lang))
    return f"{words(BY_ID[record.step].title.say(lang))}: {looked}. {' '.join(good)}".rstrip()


def unchecked(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """The steps no health is claimed for, each with its reason."""
    yield heading(2, words(phrases.UNCHECKED.say(lang)))
    lines = [
        f"{words(BY_ID[step].title.say(lang))}: {words(_reason(case, step).say(lang))}"
        for step in STEP_ORDER
        if step in diagnosis.not_checked
    ]
    yield bullets(lines) or words(phrases.ALL_CHECKED.say(lang))


def _reason(case: Case, step: StepId) -> Text:
    record = case.record(step)
    if record is None:
        return phrases.NEVER_RUN
    return REASONS[record.reason] if record.reason else phrases.STALE


def verify(diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """How everybody will see that it is mended."""
    yield heading(2, words(phrases.VERIFY.say(lang)))
    yield words(phrases.VERIFY_STEP[diagnosis.step].say(lang))
    if diagnosis.code:
        yield prose(phrases.VERIFY_SAME, lang, code=diagnosis.code)


def questions(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """What the partner alone can know, asked with their own names and times, and where their platform shows it."""
    yield heading(2, words(phrases.QUESTIONS.say(lang)))
    asked = tuple(asked_of(case, diagnosis, lang))
    yield bullets(asked) or words(phrases.NO_QUESTIONS.say(lang))
    partner = addressee(case, diagnosis)
    if asked and partner and partner.log_location:
        where = partner.log_location.value.text
        yield prose(phrases.ASK_WHERE, lang, platform=partner.name, where=where)


def asked_of(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """Each question as Markdown on one line, the most telling first."""
    facts, sent = case.facts, case.replayed()
    told = "" if case.is_hint("click_time") else facts.click_time
    at = _minute(facts.attempt_time) or _minute(facts.conversion_time) or _minute(told)
    if facts.click_id:
        text = phrases.ASK_CLICK if at else phrases.ASK_CLICK_ANY
        yield prose(text, lang, click_id=facts.click_id, **({"at": at} if at else {}))
        yield from _field(case, diagnosis, lang)
    if sent is not None and sent.delivery != "not-sent":
        yield prose(phrases.ASK_ATTEMPT, lang, host=split_url(sent.request.url).host, at=_minute(sent.at) or sent.at)
    if facts.transaction_id:
        yield prose(phrases.ASK_CONVERSION, lang, transaction_id=facts.transaction_id)
    if diagnosis.step == "template" or not facts.template:
        yield words(phrases.ASK_TEMPLATE.say(lang))
    if facts.partner_message:
        yield prose(phrases.ASK_SAID, lang, said=facts.partner_message)


def _field(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """Where the click ID arrives: by the partner's own name where the catalogue knows it."""
    partner, param = addressee(case, diagnosis), carrier(case)
    theirs = their_name(case, partner, "click_id") if partner and partner.id != case.facts.sender else ""
    if theirs:
        yield prose(phrases.ASK_THEIRS, lang, theirs=theirs, click_id=case.facts.click_id)
    elif param:
        yield prose(phrases.ASK_PARAM, lang, param=param)


def _minute(text: str) -> str:
    moment = read_moment(text)
    return clock(moment.utc)[:16] if moment else ""


def hidden(manifest: Sequence[Masked], lang: str, *, masked: bool) -> Iterator[str]:
    """What was masked: label, kind and how often; never what."""
    yield heading(2, words(phrases.MASKED.say(lang)))
    if not masked:
        yield words(phrases.UNMASKED.say(lang))
    if manifest:
        head = [words(text.say(lang)) for text in (phrases.LABEL, phrases.KIND, phrases.PLACE, phrases.TIMES_MASKED)]
        yield table(head, (_hidden(item, lang) for item in manifest))
    elif masked:
        yield words(phrases.NOTHING_MASKED.say(lang))


def _hidden(item: Masked, lang: str) -> tuple[str, str, str, str]:
    kind = words(phrases.KINDS[item.kind].say(lang))
    return cell(item.label), kind, cell(", ".join(filter(None, item.where))), str(item.count)


def allowed(case: Case, lang: str) -> Iterator[str]:
    """Which inner addresses somebody allowed to be spoken to."""
    yield heading(2, words(phrases.ALLOWED.say(lang)))
    yield ", ".join(code(item) for item in case.facts.allow) or words(phrases.NONE_ALLOWED.say(lang))


def about(case: Case, lang: str) -> Iterator[str]:
    """Which program wrote this, and from which case."""
    yield heading(2, words(phrases.ABOUT.say(lang)))
    yield prose(
        phrases.MADE_BY, lang, version=__version__, schema=str(case.schema_version), id=case.id, at=case.opened_at
    )

"""The body of the report: findings with their evidence, and the exact exchange."""

from collections.abc import Iterator

from postback_wizard.checks import rules
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, weight
from postback_wizard.domain.probe import DnsEvidence, HarEvidence, HttpEvidence, TlsEvidence
from postback_wizard.domain.times import clock, read_moment
from postback_wizard.domain.visible import visible
from postback_wizard.report import phrases
from postback_wizard.report.caught import caught
from postback_wizard.report.curl import command, exchanges
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.hops import passage
from postback_wizard.report.md import bullets, code, fence, heading, prose, sentence, spot, words
from postback_wizard.report.words import fix_of, settle_of, title_of, why_of
from postback_wizard.steps.words import CONFIDENCES, LEVELS, RECORDINGS

#: Characters of a body shown to a partner; an internal report shows sixteen times as many.
BODY = 4_096


def findings(case: Case, diagnosis: Diagnosis, lang: str, *, full: bool) -> Iterator[str]:
    """Each finding, the root cause first: where, how sure, whose, what was seen, why it matters, what mends it."""
    yield heading(2, words(phrases.FINDINGS.say(lang)))
    found: list[Finding] = []
    for finding in (finding for record in case.done() for finding in record.findings):
        found += [finding] if finding not in found else []
    found.sort(key=lambda finding: (finding != diagnosis.finding, weight(finding)))
    shown = [finding for finding in found if full or finding == diagnosis.finding or _is_proven(finding)]
    if not shown:
        yield words(phrases.NO_FINDINGS.say(lang))
    for number, finding in enumerate(shown, start=1):
        yield heading(3, f"{number}. {words(LEVELS[finding.level].say(lang))}: {sentence(title_of(finding), lang)}")
        yield bullets(_facts(finding, lang, full=full))
        yield from (sentence(said, lang) for said in (why_of(finding), fix_of(finding)) if said.say(lang))


def _is_proven(finding: Finding) -> bool:
    """Whether a partner should read it: no guesses, and nothing that only the author of the report can mend."""
    serious = finding.level in (Level.BAD, Level.WARN)
    return serious and finding.confidence is not Confidence.HINT and finding.owner is not Owner.YOU


def _facts(finding: Finding, lang: str, *, full: bool) -> Iterator[str]:
    yield prose(phrases.CODE, lang, code=finding.code)
    if finding.where:
        yield prose(phrases.WHERE, lang, where=spot(finding.where, lang))
    yield prose(phrases.SURE, lang, sure=CONFIDENCES[finding.confidence])
    yield prose(phrases.WHO, lang, owner=phrases.READER_OWNERS[finding.owner])
    if finding.values:
        pairs = ", ".join(f"{code(name)} = {code(value)}" for name, value in finding.values.items())
        yield words(phrases.SEEN.say(lang, values="")) + pairs
    settle = settle_of(finding)
    if settle.say(lang):
        yield words(phrases.SETTLE.say(lang, what="")) + sentence(settle, lang)
    rule = rules().get(finding.code)
    if full and rule and rule.sources:
        yield words(phrases.SOURCES.say(lang, sources="")) + ", ".join(code(source) for source in rule.sources)


def exchange(case: Case, diagnosis: Diagnosis, lang: str, *, full: bool) -> Iterator[str]:
    """The requests a partner has to see, byte for byte, with their answers and as commands."""
    yield heading(2, words(phrases.EXCHANGE.say(lang)))
    shown = [item for item in exchanges(case) if full or _matters(item, diagnosis)]
    shown += _of_variant(case, diagnosis)
    yield from _origin(case, lang)
    for item in shown:
        yield from _exchange(item, lang, BODY * 16 if full else BODY)
        yield from passage(case, item, lang)
    if not any(not item.hop for item in shown) and case.facts.sent_request:
        yield from _as_logged(case, lang)
    elif not shown:
        yield words(phrases.NOTHING_SENT.say(lang))
    yield from caught(case, lang, BODY * 16 if full else BODY)
    if full:
        yield from _lookups(case, lang)


def _origin(case: Case, lang: str) -> Iterator[str]:
    """Where the hops of the click were read, when this program asked for none of them."""
    record = case.record("click")
    for item in record.evidence if record else ():
        if isinstance(item, HarEvidence) and item.hops:
            yield prose(phrases.NOT_ASKED, lang, what=RECORDINGS[item.form])


def _matters(item: HttpEvidence, diagnosis: Diagnosis) -> bool:
    where = diagnosis.finding.where if diagnosis.finding else ""
    if item.hop:
        return where.partition(":")[0] == f"hop {item.hop}"
    return item.name == "replay" or (item.name == "upload" and diagnosis.step in ("upload", None))


def _of_variant(case: Case, diagnosis: Diagnosis) -> Iterator[HttpEvidence]:
    """The hops of the variant of the click that the diagnosis rests on, if it does."""
    head, _, code_ = (diagnosis.finding.where if diagnosis.finding else "").partition(": ")
    record = case.record("click") if head == "variant" else None
    for item in record.evidence if record else ():
        if isinstance(item, HttpEvidence) and item.variant == code_:
            yield item


def _exchange(item: HttpEvidence, lang: str, longest: int) -> Iterator[str]:
    moment = read_moment(item.at)
    name = spot(f"variant: {item.variant}" if item.variant else f"hop {item.hop}" if item.hop else item.name, lang)
    delivery = phrases.DELIVERY[item.delivery]
    if item.at:
        at = clock(moment.utc) if moment else item.at
        yield prose(phrases.REQUEST_AT, lang, at=at, name=name, delivery=delivery)
    else:
        yield prose(phrases.REQUEST_READ, lang, name=name, delivery=delivery)
    request = item.request
    start = f"{visible(request.method)} {visible(request.target or request.url)} HTTP/1.1"
    yield fence("\n".join([start, *_lines(request.headers), "", request.body[:longest]]).rstrip("\n"), "http")
    yield from _cut(request.body, lang, longest)
    if item.egress:
        said = prose(phrases.ASKED_FROM, lang, egress=item.egress, agent=_agent(item))
        yield f"{said} {words(phrases.ONE_BRANCH.say(lang))}" if item.hop else said
    yield words(phrases.AS_CURL.say(lang))
    yield fence(command(request), "bash")
    if not item.hop:
        yield words(phrases.TO_FILL.say(lang))
    yield from _answered(item, lang, longest)


def _agent(item: HttpEvidence) -> str:
    return next((value for name, value in item.request.headers if name.lower() == "user-agent"), "—")


def _answered(item: HttpEvidence, lang: str, longest: int) -> Iterator[str]:
    outcome = ", ".join(item.outcome)
    answer = item.answer
    if answer is None:
        yield prose(phrases.NO_ANSWER, lang, outcome=outcome)
    else:
        took = str(round(item.timing_ms.total))
        if item.at:
            yield prose(phrases.ANSWER, lang, peer=item.peer, took=took, outcome=outcome)
        else:
            yield prose(phrases.ANSWER_READ, lang, outcome=outcome)
        lines = [f"HTTP/1.1 {answer.status}", *_lines(answer.headers), "", answer.body[:longest]]
        yield fence("\n".join(lines).rstrip("\n"), "http")
        yield from _cut(answer.body, lang, longest)
    judged = item.verdicts
    yield prose(phrases.THREE_VERDICTS, lang, transport=judged.transport, http=judged.http, business=judged.business)


def _lines(headers: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"{visible(name)}: {visible(value)}" for name, value in headers]


def _cut(body: str, lang: str, longest: int) -> Iterator[str]:
    if len(body) > longest:
        yield prose(phrases.CUT, lang, n=str(longest))


def _as_logged(case: Case, lang: str) -> Iterator[str]:
    facts = case.facts
    yield words(phrases.FROM_SENDER.say(lang))
    yield fence(facts.sent_request[: BODY * 4], "text")
    if facts.answer_status or facts.answer_body:
        yield prose(phrases.SENDER_ANSWER, lang, status=facts.answer_status)
        yield fence(facts.answer_body[:BODY], "text")


def _lookups(case: Case, lang: str) -> Iterator[str]:
    asked = [item for record in case.done() for item in record.evidence if isinstance(item, DnsEvidence | TlsEvidence)]
    if asked:
        yield bullets(
            prose(phrases.LOOKUP, lang, kind=item.kind.upper(), host=item.host, outcome=", ".join(item.outcome))
            for item in asked
        )

"""What a partner's support reads first: which request this is about, in few lines."""

from collections.abc import Iterator

from postback_wizard.domain.case import Case
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment
from postback_wizard.domain.url import split_url
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.md import Ready, code, heading, prose, spot, words

#: Characters of an answer on the first page.
GLANCE = 300

IN_SHORT = Text(en="The request in short", ru="Запрос коротко")
SENT_AT = Text(
    en="At {at} UTC this program sent {method} {url} to {host}.",
    ru="В {at} UTC программа отправила {method} {url} на {host}.",
)
HOP_AT = Text(
    en="At {at} UTC, {place} of the click: {method} {url}.",
    ru="В {at} UTC, {place} при проходе по клику: {method} {url}.",
)
NOT_SENT = Text(
    en="The request was built and not sent: {method} {url}.", ru="Запрос собран и не отправлялся: {method} {url}."
)
LOGGED = Text(en="As the sender's log has it: {url}.", ru="Как записано у отправителя: {url}.")
ANSWERED = Text(en="Answer: status {status}, {body}.", ru="Ответ: статус {status}, {body}.")
EMPTY = Text(en="an empty body", ru="пустое тело")
UNANSWERED = Text(en="No answer was read: {outcome}.", ru="Ответ не получен: {outcome}.")
APPENDIX = Text(en="Appendix", ru="Приложение")
APPENDIX_SAYS = Text(
    en="What follows is the evidence: timeline, every place each value was seen, findings, exact bytes.",
    ru="Дальше идут доказательства: хронология, где встретилось каждое значение, выводы, точные байты.",
)


def in_short(case: Case, diagnosis: Diagnosis, lang: str) -> Iterator[str]:
    """The request the verdict rests on, with its time and its answer; nothing where there is none."""
    item = _telling(case, diagnosis)
    facts = case.facts
    if item is None and not facts.sent_request:
        return
    yield heading(2, words(IN_SHORT.say(lang)))
    if item is not None:
        yield _asked(item, lang)
        yield _answered(item, lang)
        return
    yield prose(LOGGED, lang, url=facts.sent_request[: GLANCE * 4])
    if facts.answer_status or facts.answer_body:
        body = facts.answer_body[:GLANCE] or EMPTY
        yield prose(ANSWERED, lang, status=Ready(code(facts.answer_status or "—")), body=body)


def _telling(case: Case, diagnosis: Diagnosis) -> HttpEvidence | None:
    where = diagnosis.finding.where.partition(":")[0] if diagnosis.finding else ""
    at_hop = next((hop for hop in case.trace() if where == f"hop {hop.hop}"), None)
    if at_hop is not None:
        return at_hop
    return case.uploaded() if diagnosis.step == "upload" else case.replayed()


def _asked(item: HttpEvidence, lang: str) -> str:
    moment = read_moment(item.at)
    at, method, url = clock(moment.utc) if moment else item.at or "—", item.request.method, item.request.url
    if item.hop:
        return prose(HOP_AT, lang, at=at, place=spot(f"hop {item.hop}", lang), method=method, url=url)
    if item.delivery == "not-sent":
        return prose(NOT_SENT, lang, method=method, url=url)
    return prose(SENT_AT, lang, at=at, method=method, url=url, host=split_url(url).host)


def _answered(item: HttpEvidence, lang: str) -> str:
    if item.answer is None:
        return prose(UNANSWERED, lang, outcome=", ".join(item.outcome))
    body = item.answer.body[:GLANCE] or EMPTY
    return prose(ANSWERED, lang, status=Ready(code(str(item.answer.status))), body=body)


def appendix(lang: str) -> Iterator[str]:
    """Where the first page ends."""
    yield heading(2, words(APPENDIX.say(lang)))
    yield words(APPENDIX_SAYS.say(lang))

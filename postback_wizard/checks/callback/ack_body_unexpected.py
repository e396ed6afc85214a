"""Does the receiver confirm the postback in the words its sender waits for?"""

from collections.abc import Iterator

from postback_wizard.catalogue import Platform, Reply, platform, platform_ids
from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import Heard, heard
from postback_wizard.domain.text import Text

ACK_BODY_UNEXPECTED = Rule(
    code="ack-body-unexpected",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.RECEIVER,
    title=Text(
        en="{sender} waits for the answer {expected} and gets {got}: it takes the postback for failed.",
        ru="{sender} ждёт ответа {expected}, а получает {got}: постбек считается неудачным.",
    ),
    why=Text(
        en="The receiver may well have recorded the conversion, but the sender counts only its agreed answer: it "
        "reports an error, sends again, or stops sending.",
        ru="Получатель вполне мог записать конверсию, но отправитель верит только условленному ответу: сообщает об "
        "ошибке, повторяет или перестаёт отправлять.",
    ),
    fix=Text(
        en="Let the receiver answer {expected}, exactly so, also when it already has the conversion.",
        ru="Получатель должен отвечать {expected}, именно так, и тогда, когда конверсия у него уже есть.",
    ),
    settle=Text(
        en="The sender's log: does it mark this postback as failed?",
        ru="Лог отправителя: помечен ли этот постбек как неудачный?",
    ),
    sources=("https://docs.revtoo.com/s2s-postback/postback-security", "https://adrevmedia.gitbook.io/docs/postback"),
)


def check(case: Case) -> Iterator[Finding]:
    """Only a sender whose expected answer is documented, and only an answer that came with success."""
    if case.facts.sender not in platform_ids():
        return
    known = platform(case.facts.sender)
    expects = known.sends.expects
    if expects is None:
        return
    for answer in heard(case):
        if answer.verdicts.http == "success" and not _is_expected(expects.value, answer):
            yield _finding(known, expects.value, answer)


def _is_expected(wanted: Reply, answer: Heard) -> bool:
    status = str(answer.status)
    fits = not wanted.status or status == wanted.status or (wanted.status == f"{status[0]}xx")
    return fits and wanted.body_contains in answer.body


def _finding(known: Platform, wanted: Reply, answer: Heard) -> Finding:
    body = " ".join(answer.body.split())
    return ACK_BODY_UNEXPECTED(
        answer.where,
        sender=known.name,
        expected=" ".join(part for part in (wanted.status, wanted.body_contains) if part),
        got=f"{answer.status} {body[:60]}".strip() if wanted.body_contains else str(answer.status),
    )


EXAMPLES = {
    ACK_BODY_UNEXPECTED: example(
        replayed(204), sent_request="https://track.example/postback?cid=w7k2m9x4q1", sender="appmetrica"
    ),
}

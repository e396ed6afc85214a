"""Did the partner answer us otherwise than the sender?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import Heard, heard
from postback_wizard.domain.text import Text

ANSWERS_DIFFER = Rule(
    code="answers-differ",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} answered us {ours} and the sender {theirs}.",
        ru="{host} ответил нам {ours}, а отправителю {theirs}.",
    ),
    why=Text(
        en="The same request met another door: another address or User-Agent, another moment, or a conversion that was "
        "known by then. The sender's answer is the one that counts for its postbacks.",
        ru="Тот же запрос встретили иначе: другой адрес или User-Agent, другое время или конверсия, уже известная к "
        "этому времени. Для постбеков отправителя важен ответ, который получил он.",
    ),
    fix=Text(
        en="Compare the two requests byte for byte and their times, then ask the owner of {host} for both lines of its "
        "log.",
        ru="Сравните оба запроса байт в байт и время отправки, затем запросите у владельца {host} обе строки лога.",
    ),
    sources=("https://www.rfc-editor.org/rfc/rfc9110#section-9.2",),
)


def check(case: Case) -> Iterator[Finding]:
    """Two answers that mean different things; a repeat that is taken for one after a record is as it should be."""
    answers = {answer.where == "answer": answer for answer in heard(case)}
    own, theirs = answers.get(True), answers.get(False)
    if own is None or theirs is None or not _differ(own, theirs, said_status=_said_status(case)):
        return
    if (theirs.verdicts.business, own.verdicts.business) == ("recorded", "duplicate"):
        return
    yield ANSWERS_DIFFER(
        theirs.where, host=own.host or "—", ours=_shown(own), theirs=_shown(theirs, status=_said_status(case))
    )


def _said_status(case: Case) -> bool:
    """Whether the sender's log names a status; without one only the words can be compared."""
    return any(character.isdigit() for character in case.facts.answer_status)


def _differ(own: Heard, theirs: Heard, *, said_status: bool) -> bool:
    if said_status and own.verdicts.http != theirs.verdicts.http:
        return True
    known = {own.verdicts.business, theirs.verdicts.business} - {"none", "unproven"}
    spoken = bool(theirs.body.strip())
    return spoken and own.verdicts.business != theirs.verdicts.business and bool(known)


def _shown(answer: Heard, *, status: bool = True) -> str:
    """The status and the first words of the body."""
    words = " ".join((answer.reason or answer.body).split())[:80]
    return " ".join(part for part in (str(answer.status) if status else "", words) if part) or "—"


EXAMPLES = {
    ANSWERS_DIFFER: example(
        replayed(200, '{"status": "recorded"}'),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
        answer_status="403",
        answer_body="Forbidden",
    ),
}

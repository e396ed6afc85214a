"""What does the platform itself say, and what does that mean?"""

from collections.abc import Iterator

from postback_wizard.catalogue.decoding import Reading, decode
from postback_wizard.catalogue.modes import ModeText, modes
from postback_wizard.checks import example
from postback_wizard.checks.callback import is_explained
from postback_wizard.domain.business import reads_as_html
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.text import Text

PARTNER_MESSAGE_DECODED = Rule(
    code="partner-message-decoded",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.YOU,
    title=ModeText(
        en='"{said}", in the words of {platform}: {modes}',
        ru="«{said}», по словарю {platform}: {modes}",
    ),
    why=Text(
        en="The platform has seen the request and names its reason; that is nearer to the cause than any status. "
        "Where several meanings are given, these words alone do not tell which it is.",
        ru="Платформа видела запрос и называет причину; это ближе к поломке, чем любой статус. Если значений "
        "несколько, по одним этим словам не решить, какое верно.",
    ),
    fix=ModeText(en="{modes}", ru="{modes}", aspect="fix"),
    settle=Text(
        en="The whole row of the platform's log for this conversion, with the value that arrived.",
        ru="Полная строка лога платформы по этой конверсии, со значением, которое пришло.",
    ),
    sources=(
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
        "https://help-center.affise.com/en/articles/6476587-postback-errors",
    ),
)

PARTNER_MESSAGE_UNKNOWN = Rule(
    code="partner-message-unknown",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.YOU,
    title=Text(
        en="The platform's message holds no words known here: {said}",
        ru="В сообщении платформы нет известных здесь слов: {said}",
    ),
    why=Text(
        en="Nothing else about the answer is known, so the platform's reason stays open.",
        ru="Больше об ответе ничего не известно, поэтому причина платформы остаётся невыясненной.",
    ),
    fix=Text(
        en="Copy the error code or the line of the platform's log as it stands, and name the platform in the case.",
        ru="Скопируйте код ошибки или строку лога платформы как есть и укажите платформу в данных случая.",
    ),
    settle=Text(
        en="The platform's support: what does this message mean?", ru="Поддержка платформы: что значит это сообщение?"
    ),
)

#: Meanings that are shown, characters of the message that are quoted.
MOST, QUOTED = 5, 120


def check(case: Case) -> Iterator[Finding]:
    """One finding for each phrase that means a failure; a warning where the message is all there is to go by.

    A message nobody knows is a note: it proves nothing wrong.
    """
    yield from _answered(case)
    facts = case.facts
    message = facts.partner_message.strip()
    if not message:
        return
    readings = decode(message, asked_about(facts))
    is_all = case.replayed() is None and not facts.known("sent_request", "answer_status", "answer_body")
    telling = [reading for reading in readings if reading.modes]
    for reading in telling[:MOST]:
        yield _finding(reading, Level.WARN if is_all else Level.INFO)
    if is_all and not readings:
        yield PARTNER_MESSAGE_UNKNOWN("partner_message", said=_quoted(message))


def _answered(case: Case) -> Iterator[Finding]:
    """What the answers themselves say in the receiver's own words, where no check of its own explains them."""
    facts = case.facts
    receiver = facts.receiver or facts.network
    if not receiver:
        return
    seen: set[str] = set()
    for answer in heard(case):
        if answer.verdicts.business in ("recorded", "duplicate") or reads_as_html(answer.body):
            continue
        if is_explained(case, answer):
            continue
        for reading in decode(answer.body, receiver):
            if reading.modes and not reading.elsewhere and reading.said not in seen and len(seen) < MOST:
                seen.add(reading.said)
                yield _finding(reading, Level.INFO, answer.where)


def asked_about(facts: Facts) -> str:
    """The parties of a case, whose everyday words and bare numbers count."""
    parties = (facts.receiver, facts.sender, facts.network, facts.tracker, facts.source, facts.ad_platform)
    return " ".join(dict.fromkeys(parties)).strip()


def _finding(reading: Reading, level: Level, where: str = "partner_message") -> Finding:
    return PARTNER_MESSAGE_DECODED(
        where,
        level=level,
        confidence=Confidence.HINT if reading.ambiguous else Confidence.LIKELY,
        owner=modes()[reading.modes[0]].owners[0],
        said=_quoted(reading.said),
        platform=reading.name,
        modes=" ".join(reading.modes),
    )


def _quoted(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


EXAMPLES = {
    PARTNER_MESSAGE_DECODED: example(partner_message="Goal not found in campaign", network="affise_reach"),
    PARTNER_MESSAGE_UNKNOWN: example(partner_message="We have forwarded your request to our engineers."),
}

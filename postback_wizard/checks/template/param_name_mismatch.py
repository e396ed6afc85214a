"""Does the receiver read the parameter under the name it is sent?"""

from collections.abc import Iterator, Mapping

from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import meanings_read, squashed
from postback_wizard.checks import example
from postback_wizard.checks.template import Part, parts, receiver_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.sought import CALLED, plain
from postback_wizard.domain.text import Text

PARAM_NAME_MISMATCH = Rule(
    code="param-name-mismatch",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{sent} is sent, but {receiver} reads {wanted}.",
        ru="Передаётся {sent}, а {receiver} читает {wanted}.",
    ),
    why=Text(
        en="To a server {sent} and {wanted} are two parameters. It takes the one it knows for missing and mostly says "
        "nothing.",
        ru="Для сервера {sent} и {wanted} — разные параметры. Знакомый ему он считает отсутствующим и чаще всего "
        "молчит.",
    ),
    fix=Text(
        en="Rename {sent} to {wanted} in the template, letter for letter, and keep its macro.",
        ru="Переименуйте {sent} в {wanted} в шаблоне, буква в букву, а макрос оставьте.",
    ),
    settle=Text(
        en="The parameter names on the receiver's page for this postback.",
        ru="Имена параметров на странице получателя об этом постбеке.",
    ),
    sources=("https://www.trackingaudit.online/how-to-test-postbacks?lang=en",),
)


def check(case: Case) -> Iterator[Finding]:
    """A documented parameter that is not there, while its value stands under another spelling or another name."""
    receiver = receiver_of(case)
    if receiver is None:
        return
    where = "template" if case.facts.template else "sent_request"
    found = parts(case, where)
    names = {part.value.name for part in found}
    for wanted, meaning in meanings_read(receiver).items():
        if wanted in names or not found:
            continue
        sent = _spelt_otherwise(found, wanted) or _meant(receiver, found, wanted, meaning)
        if sent:
            yield PARAM_NAME_MISMATCH(f"{where}: {sent}", sent=sent, wanted=wanted, receiver=receiver.name)


def _spelt_otherwise(found: tuple[Part, ...], wanted: str) -> str:
    return next((part.value.name for part in found if squashed(part.value.name) == squashed(wanted)), "")


def _meant(receiver: Platform, found: tuple[Part, ...], wanted: str, meaning: str) -> str:
    """For a required click ID: the parameter that carries one under a name the receiver does not read."""
    if meaning != "click_id" or wanted not in receiver.accepts.required_params.value:
        return ""
    read: Mapping[str, str] = meanings_read(receiver)
    strange = [part for part in found if part.value.name not in read]
    return next((part.value.name for part in strange if part.meaning == "click_id" or _is_slot(part)), "")


def _is_slot(part: Part) -> bool:
    """Whether a value is one macro of a slot: a network hands the click ID back in the slot it came in."""
    macros = part.value.macros()
    return len(macros) == 1 and plain(macros[0].name) in CALLED["click_id"]


EXAMPLES = {
    PARAM_NAME_MISMATCH: example(
        template="https://adxad.example/?click_id={clickid}&payout={payout}", receiver="adxad"
    ),
}

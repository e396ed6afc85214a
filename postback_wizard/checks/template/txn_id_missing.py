"""Can the receiver tell a repeated postback from a second sale?"""

from collections.abc import Iterator

from postback_wizard.catalogue.reads import meanings_read
from postback_wizard.checks import example
from postback_wizard.checks.template import parts, receiver_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

TXN_ID_MISSING = Rule(
    code="txn-id-missing",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="No transaction ID is sent, though {receiver} reads one in {param}.",
        ru="ID транзакции не передаётся, хотя {receiver} читает его в {param}.",
    ),
    why=Text(
        en="With the click ID alone a second sale of the same click looks like a repeat of the first, and a repeat "
        "like a second sale.",
        ru="По одному click ID вторая продажа того же клика выглядит повтором первой, а повтор — второй продажей.",
    ),
    fix=Text(
        en="Add {param} to the template with the sender's order or transaction macro.",
        ru="Добавьте в шаблон {param} с макросом заказа или транзакции отправителя.",
    ),
    settle=Text(
        en="How the receiver is set to treat a second conversion of one click.",
        ru="Настройка получателя: что он делает со второй конверсией одного клика.",
    ),
    sources=(
        "https://help.redtrack.io/knowledgebase/kb/tracker-setup-for-advertisers/brands/duplicate-postback-settings-in-brands/",
        "https://docs.bemob.com/en/performing-conversion-test",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Only a receiver that is documented to read one; worth a warning once the case has a transaction to tell apart."""
    receiver = receiver_of(case)
    if receiver is None:
        return
    where = "template" if case.facts.template else "sent_request"
    found = parts(case, where)
    read = meanings_read(receiver)
    name = next((name for name, meaning in read.items() if meaning == "transaction_id"), "")
    if found and name and all(part.meaning != "transaction_id" for part in found):
        doubled = case.facts.symptom in ("counted-twice", "accepted-not-counted")
        yield TXN_ID_MISSING(where, level=Level.WARN if doubled else None, receiver=receiver.name, param=name)


EXAMPLES = {
    TXN_ID_MISSING: example(template="https://trk.example/postback?cid={clickid}&payout={payout}", receiver="voluum"),
}

"""Does each value stand in the parameter it belongs to?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.aligned import aligned
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

VALUE_IN_WRONG_PARAM = Rule(
    code="template-value-in-wrong-param",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{param} carries {sent}, which is the value of {other}.",
        ru="В {param} ушло {sent}, а это значение параметра {other}.",
    ),
    why=Text(
        en="The macros of two parameters were mixed up, in this template or in the one that was in force: the receiver "
        "reads the right values under the wrong names.",
        ru="Макросы двух параметров перепутаны, в этом шаблоне или в том, что действовал тогда: получатель читает "
        "верные значения под чужими именами.",
    ),
    fix=Text(
        en="Give {param} and {other} each its own macro, save, and send one test conversion.",
        ru="Поставьте в {param} и {other} каждому свой макрос, сохраните и отправьте одну тестовую конверсию.",
    ),
    sources=("https://trackingaudit.online/knowledge-base/how-to-compare-postback-template-vs-live-request",),
)


def check(case: Case) -> Iterator[Finding]:
    """Only where the facts of the case name both values; two that changed places are told once."""
    told: set[str] = set()
    for item in aligned(case) if case.facts.template and case.facts.sent_request else ():
        if item.how == "swapped" and item.sent is not None and item.name not in told:
            told.add(item.other)
            yield VALUE_IN_WRONG_PARAM(
                f"sent_request: {item.name}",
                param=item.name,
                sent=item.sent.decoded,
                other=item.other,
                start=item.sent.start,
                end=item.sent.end,
            )


EXAMPLES = {
    VALUE_IN_WRONG_PARAM: example(
        template="https://trk.example/postback?cid={clickid}&txid={txid}",
        sent_request="https://trk.example/postback?cid=A-1001&txid=w7k2m9x4q1",
        click_id="w7k2m9x4q1",
        transaction_id="A-1001",
    )
}

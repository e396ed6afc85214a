"""Does the live request still carry a macro in place of a value?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.template import pairs, sent_values
from postback_wizard.domain.text import Text

MACRO_LITERAL = Rule(
    code="macro-literal",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{param} left as the macro {macro} itself, not as its value.",
        ru="{param} ушёл макросом {macro}, а не его значением.",
    ),
    why=Text(
        en="The sender replaces only the macros it knows, letter by letter and in its own brackets; {macro} went out "
        "as text ({sent}), so the receiver looks for a click with that text and finds none.",
        ru="Отправитель заменяет только те макросы, которые знает: буква в букву и в своих скобках. {macro} ушёл как "
        "текст ({sent}), получатель ищет клик с таким текстом и не находит.",
    ),
    fix=Text(
        en="Open the macro list of the platform that sends the postback, copy its exact macro for this value into "
        "{param}, save the template and send one test conversion.",
        ru="Откройте список макросов платформы, которая шлёт постбек, скопируйте в {param} её точный макрос для этого "
        "значения, сохраните шаблон и отправьте одну тестовую конверсию.",
    ),
    sources=("https://trackingaudit.online/fix/postback-macro-not-replaced?lang=en",),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for each macro in each value; a template pasted encoded explains itself in another check."""
    explained = {pair.sent for pair in pairs(case) if any(macro.encoded for macro in pair.macros)}
    for value in sent_values(case):
        if value in explained:
            continue
        for macro in value.macros():
            yield MACRO_LITERAL(
                f"sent_request: {value.param}",
                param=value.param,
                macro=macro.written,
                sent=macro.text,
                name=macro.name,
                **value.span(macro),
            )


EXAMPLES = {
    MACRO_LITERAL: example(
        template="https://trk.example/postback?cid={click_id}&payout={payout}",
        sent_request="https://trk.example/postback?cid=%7Bclick_id%7D&payout=12.50",
    )
}

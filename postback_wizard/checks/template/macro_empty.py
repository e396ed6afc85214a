"""Did a macro become nothing?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.template import fact_of, known_value, pairs
from postback_wizard.domain.text import Text

MACRO_EMPTY = Rule(
    code="macro-empty",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=Text(
        en="{param} left empty: the template writes {macro} there, the live request writes nothing.",
        ru="{param} ушёл пустым: в шаблоне там {macro}, в живом запросе ничего.",
    ),
    why=Text(
        en="The sender knew the macro but had no value for it. Value known for this conversion: {known}. Where one is "
        "known, the template asks for the wrong macro; where none is, the value was not captured at click time.",
        ru="Макрос отправителю знаком, но значения для него нет. Известное значение этой конверсии: {known}. Если оно "
        "известно, в шаблоне не тот макрос; если нет, значение не записали в момент клика.",
    ),
    fix=Text(
        en="Find this conversion's click at the sender. If the value is stored there, put the macro of that very field "
        "in place of {macro}; if the field is blank, make the click link pass the value and test with a new click.",
        ru="Найдите клик этой конверсии у отправителя. Если значение там есть, поставьте вместо {macro} макрос именно "
        "этого поля; если поле пустое, передайте значение в ссылке клика и проверьте новым кликом.",
    ),
    sources=(
        "https://help.aftrad.com/en/articles/15251838-troubleshooting-test-link-integration",
        "https://www.trackingaudit.online/knowledge-base/postback-macro-explained?lang=en",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A lost click ID breaks attribution; any other empty value is a warning."""
    for pair in pairs(case):
        if not pair.emptied or any(macro.encoded for macro in pair.macros):
            continue
        known = known_value(case, pair)
        yield MACRO_EMPTY(
            f"sent_request: {pair.template.param}",
            level=Level.BAD if fact_of(pair) == "click_id" else Level.WARN,
            owner=Owner.TEMPLATE_OWNER if known else Owner.AFFILIATE,
            param=pair.template.param,
            macro=pair.macros[0].written,
            known=known or "—",
            **(pair.sent.span() if pair.sent else {}),
        )


EXAMPLES = {
    MACRO_EMPTY: example(
        template="https://trk.example/postback?cid={sub1}&payout={payout}",
        sent_request="https://trk.example/postback?cid=&payout=12.50",
    )
}

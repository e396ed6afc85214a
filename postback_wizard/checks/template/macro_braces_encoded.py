"""Was the template saved with its macros percent-encoded?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.template import Pair, pairs
from postback_wizard.domain.text import Text

MACRO_BRACES_ENCODED = Rule(
    code="macro-braces-encoded",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="The template holds {written} for {param}: the brackets of {macro} are percent-encoded.",
        ru="В шаблоне для {param} стоит {written}: скобки макроса {macro} закодированы процентами.",
    ),
    why=Text(
        en="The sender looks for {macro} with its brackets as they are; in encoded form it is plain text and is sent "
        "along unchanged. This happens when the URL is copied from a browser's address bar or a messenger.",
        ru="Отправитель ищет {macro} с обычными скобками; в закодированном виде это просто текст, он уходит как есть. "
        "Так бывает, когда URL копируют из адресной строки браузера или из мессенджера.",
    ),
    fix=Text(
        en="Replace {written} with {macro} in the saved template, save, open it again to see that the brackets stayed, "
        "and send one test conversion.",
        ru="Замените в сохранённом шаблоне {written} на {macro}, сохраните, откройте снова и убедитесь, что скобки "
        "остались, затем отправьте одну тестовую конверсию.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6572950-integration-troubleshooting",
        "https://trackingaudit.online/fix/postback-macro-not-replaced?lang=en",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Only where the live request does not prove that the sender reads the encoded form."""
    for pair in pairs(case):
        if _was_filled(pair):
            continue
        for macro in pair.macros:
            if macro.encoded:
                yield MACRO_BRACES_ENCODED(
                    f"template: {pair.template.param}",
                    param=pair.template.param,
                    macro=macro.written,
                    written=macro.text,
                    **pair.template.span(macro),
                )


def _was_filled(pair: Pair) -> bool:
    return pair.sent is not None and not pair.emptied and not pair.sent.macros()


EXAMPLES = {
    MACRO_BRACES_ENCODED: example(
        template="https://trk.example/postback?cid=%7Bclickid%7D&payout={payout}",
        sent_request="https://trk.example/postback?cid=%7Bclickid%7D&payout=12.50",
    )
}

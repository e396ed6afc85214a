"""Does a word from the documentation stand where a value belongs?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import is_placeholder
from postback_wizard.domain.template import Value, sent_values, template_values
from postback_wizard.domain.text import Text

PLACEHOLDER_LEFT_IN = Rule(
    code="placeholder-left-in",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{param} still holds the documentation's placeholder {word}.",
        ru="В {param} осталась заглушка из документации: {word}.",
    ),
    why=Text(
        en="{word} shows where a macro belongs; no platform replaces it, so every conversion carries the same word "
        "and none of them finds its click.",
        ru="{word} лишь показывает, куда поставить макрос; ни одна платформа его не заменяет, и каждая конверсия "
        "уходит с одним и тем же словом и не находит свой клик.",
    ),
    fix=Text(
        en="Put the sending platform's own macro for this value in place of {word}; if the parameter is optional and "
        "not needed, remove {param} altogether.",
        ru="Поставьте вместо {word} макрос этого значения из списка отправляющей платформы; если параметр "
        "необязательный и не нужен, уберите {param} совсем.",
    ),
    sources=(
        "https://doc.voluum.com/en/tracking_conversions_postback.html",
        "https://support.tune.com/hc/en-us/articles/4413247665431-Receiving-Conversions-via-Postback-URL",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Once for each parameter and word, whether it stands in the template, in the live request or in both."""
    seen: set[tuple[str, str]] = set()
    for place, values in (("template", template_values(case)), ("sent_request", sent_values(case))):
        for value in values:
            if _holds_placeholder(value) and (value.param, value.decoded) not in seen:
                seen.add((value.param, value.decoded))
                yield PLACEHOLDER_LEFT_IN(
                    f"{place}: {value.param}", param=value.param, word=value.decoded, **value.span()
                )


def _holds_placeholder(value: Value) -> bool:
    return value.place in ("query", "path", "body") and is_placeholder(value.decoded, value.name)


EXAMPLES = {
    PLACEHOLDER_LEFT_IN: example(template="https://trk.example/postback?cid={clickid}&payout=REPLACE"),
}

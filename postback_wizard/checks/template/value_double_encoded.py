"""Was a value percent-encoded twice on its way out?"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.template import Value, sent_values
from postback_wizard.domain.text import Text

VALUE_DOUBLE_ENCODED = Rule(
    code="value-double-encoded",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="{param} looks encoded twice: {sent} arrives as {once} where {twice} was probably meant.",
        ru="{param}, похоже, закодирован дважды: {sent} придёт как {once}, а имелось в виду, вероятно, {twice}.",
    ),
    why=Text(
        en="A receiver decodes a value once. What is left after that still holds percent escapes, so it matches "
        "neither the click nor the order it came from.",
        ru="Получатель декодирует значение один раз. После этого в нём остаются проценты, и оно не совпадает ни с "
        "кликом, ни с заказом, откуда взято.",
    ),
    fix=Text(
        en="Have the sender encode {param} once only: use the plain macro instead of its encoding variant, or stop "
        "encoding the URL after the macros were filled. {twice} must leave as {right}.",
        ru="Попросите отправителя кодировать {param} один раз: взять обычный макрос вместо кодирующего или не "
        "кодировать URL после подстановки. {twice} должно уходить как {right}.",
    ),
    settle=Text(
        en="Compare with the value stored at the click: {twice} means encoded twice, {once} means it is right.",
        ru="Сравните со значением, записанным при клике: {twice} значит, что кодировали дважды, {once} — всё верно.",
    ),
    sources=("https://trackingaudit.online/fix/postback-macro-not-replaced?lang=en",),
)

_TWICE = re.compile(r"%25[0-9A-Fa-f]{2}")
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_COMPARED = ("click_id", "transaction_id", "goal", "status", "payout", "currency", "offer")


def check(case: Case) -> Iterator[Finding]:
    """Certain when two decodings give a known value; a link inside a value may well be encoded twice."""
    known = {case.facts.get(name) for name in _COMPARED} | set(case.facts.macro_values.values())
    known.discard("")
    for value in sent_values(case):
        once, twice = unquote(value.text), unquote(unquote(value.text))
        if not _suspicious(value, once, twice) or once in known:
            continue
        sure = twice in known
        yield VALUE_DOUBLE_ENCODED(
            f"sent_request: {value.param}",
            level=Level.BAD if sure else Level.WARN,
            confidence=Confidence.CERTAIN if sure else Confidence.LIKELY,
            param=value.param,
            sent=value.text,
            once=once,
            twice=twice,
            right=once,
            **value.span(),
        )


def _suspicious(value: Value, once: str, twice: str) -> bool:
    if value.place not in ("query", "path") or not _TWICE.search(value.text):
        return False
    return once != twice and not _LINK.match(once) and not value.macros()


EXAMPLES = {
    VALUE_DOUBLE_ENCODED: example(
        sent_request="https://trk.example/postback?cid=ab%252Bcd%253D&payout=12.50", click_id="ab+cd="
    )
}

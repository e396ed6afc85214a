"""Are percent escapes whole, and does every decoder read the same?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.template import value_not_encoded
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.oddities import oddities
from postback_wizard.domain.roundtrip import form_decoded, strictly_decoded
from postback_wizard.domain.template import Value, live_request, sent_values, template_values
from postback_wizard.domain.text import Text

_SOURCES = ("https://www.rfc-editor.org/rfc/rfc3986#section-2.1",)
ESCAPE_BROKEN = Rule(
    code="template-escape-broken",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{shown} is no whole escape: decoders disagree about what it stands for.",
        ru="{shown} — не полный процентный код: декодеры поймут его по-разному.",
    ),
    why=Text(
        en="After % come two hexadecimal digits, and the bytes they make must be UTF-8. Otherwise one receiver keeps "
        "the text, another drops it, a third refuses the request.",
        ru="После % идут две шестнадцатеричные цифры, а полученные байты должны быть UTF-8. Иначе один получатель "
        "оставит текст как есть, другой отбросит, третий откажет.",
    ),
    fix=Text(
        en="Write a percent sign that is meant as one as %25, and encode the value as UTF-8.",
        ru="Сам знак процента пишите как %25, а значение кодируйте в UTF-8.",
    ),
    sources=_SOURCES,
)
ESCAPE_CASE_MIXED = Rule(
    code="template-escape-case-mixed",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="Escapes are written in both cases: {shown} beside {meant}.",
        ru="Процентные коды записаны разным регистром: {shown} рядом с {meant}.",
    ),
    why=Text(
        en="Both mean the same, but a signature over the text, or a comparison of texts, tells them apart.",
        ru="Значат они одно и то же, но подпись по тексту или сравнение текстов их различает.",
    ),
    fix=Text(en="Where the request is signed, use capitals only.", ru="Если запрос подписывается, пишите заглавными."),
    sources=_SOURCES,
)
DECODERS_DISAGREE = Rule(
    code="template-decoders-disagree",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{param}: a form decoder reads {form}, a strict one reads {strict}.",
        ru="{param}: декодер форм прочитает {form}, строгий прочитает {strict}.",
    ),
    why=Text(
        en="In forms + is a space; by the URL standard it is a plus. Which of the two the receiver reads depends on "
        "its software.",
        ru="В формах + означает пробел, по стандарту URL это плюс. Что прочитает получатель, зависит от его программы.",
    ),
    fix=Text(
        en="Write a space as %20 and a plus as %2B: these read the same everywhere.",
        ru="Пробел пишите как %20, плюс как %2B: так их читают одинаково все.",
    ),
    sources=("https://url.spec.whatwg.org/#urlencoded-parsing", *_SOURCES),
)


def check(case: Case) -> Iterator[Finding]:
    """Broken escapes of either text once; of readings only what no other check explains."""
    request = live_request(case)
    texts = (("template", case.facts.template), ("sent_request", request.url if request else ""))
    told: set[str] = set()
    for where, text in texts:
        at = case.facts.sent_request.find(text) if where == "sent_request" else 0
        for odd in oddities(text) if "%" in text else ():
            start, end = odd.start + at, odd.end + at
            if odd.kind in ("escape", "utf8") and ESCAPE_BROKEN.code not in told:
                told.add(ESCAPE_BROKEN.code)
                yield ESCAPE_BROKEN(where, shown=odd.shown, meant=odd.meant or "—", start=start, end=end)
            elif odd.kind == "hex-case" and ESCAPE_CASE_MIXED.code not in told:
                told.add(ESCAPE_CASE_MIXED.code)
                yield ESCAPE_CASE_MIXED(where, shown=odd.shown, meant=odd.meant, start=start, end=end)
    yield from _readings(case)


def _readings(case: Case) -> Iterator[Finding]:
    where, values = (
        ("sent_request", sent_values(case)) if case.facts.sent_request else ("template", template_values(case))
    )
    if not any("+" in value.text for value in values) or any(True for _ in value_not_encoded.check(case)):
        return
    for value in values:
        if value.place == "query" and not value.macros() and _differs(value):
            yield DECODERS_DISAGREE(
                f"{where}: {value.param}",
                param=value.param,
                form=form_decoded(value.text),
                strict=strictly_decoded(value.text),
                start=value.start,
                end=value.end,
            )
            return


def _differs(value: Value) -> bool:
    return form_decoded(value.text) != strictly_decoded(value.text)


EXAMPLES = {
    ESCAPE_BROKEN: example(template="https://trk.example/postback?cid={clickid}&goal=50%off"),
    ESCAPE_CASE_MIXED: example(template="https://trk.example/postback?cid={clickid}&a=%2f&b=%2F"),
    DECODERS_DISAGREE: example(template="https://trk.example/postback?cid={clickid}&goal=sign+up"),
}

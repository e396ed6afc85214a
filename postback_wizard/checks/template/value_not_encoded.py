"""Does a reserved character stand raw inside a value, so that the receiver reads something else?"""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, unquote, unquote_plus

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import masked
from postback_wizard.domain.template import Value, live_request, sent_values
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

VALUE_NOT_ENCODED = Rule(
    code="value-not-encoded",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{param} should carry {meant}; the receiver reads {read}, because {sign} is not encoded.",
        ru="В {param} должно быть {meant}, а получатель прочитает {read}: знак {sign} не закодирован.",
    ),
    why=Text(
        en="& begins the next parameter, # ends the query, + and a space become each other: what comes after them is "
        "cut off or changed.",
        ru="Знак & начинает следующий параметр, # обрывает запрос, + и пробел переходят друг в друга: всё после них "
        "обрезается или меняется.",
    ),
    fix=Text(
        en="Have the sender percent-encode the value: {right}. Many platforms have an encoding variant of the macro.",
        ru="Попросите отправителя кодировать значение процентами: {right}. У многих платформ есть кодирующий вариант "
        "макроса.",
    ),
    settle=Text(
        en="The value as the receiver stored it.",
        ru="Значение в том виде, в каком его сохранил получатель.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6572454-wrong-http-code-in-affiliate-postbacks-solutions",
        "https://trackingaudit.online/knowledge-base/postback-not-working?lang=ru",
    ),
)

_COMPARED = ("click_id", "transaction_id", "goal", "status", "payout", "currency", "offer")
_BREAKING = "&#+ ;"


def check(case: Case) -> Iterator[Finding]:
    """Certain where the intended value is known; a raw space or a second part after # is seen without it."""
    request = live_request(case)
    if request is None:
        return
    known = {case.facts.get(name) for name in _COMPARED} | set(case.facts.macro_values.values())
    risky = [text for text in known if any(sign in text for sign in _BREAKING)]
    url = split_url(masked(request.url))
    told: set[str] = set()
    for value in sent_values(case):
        for meant in risky if value.place == "query" else ():
            if _starts_raw(value, meant, request.url):
                told.add(meant)
                yield _finding(value, meant, _read(value), next(sign for sign in _BREAKING if sign in meant))
    for value in sent_values(case):
        if (
            value.place == "query"
            and " " in value.text
            and not value.macros()
            and not any(value.text in text for text in told)
        ):
            told.add(value.decoded)
            yield _finding(value, value.decoded, value.text.partition(" ")[0], " ", Confidence.LIKELY)
    yield from _semicolons(case, known - told)
    if url.fragment and ("=" in url.fragment or "&" in url.fragment) and not any("#" in text for text in told):
        last = next((value for value in reversed(sent_values(case)) if value.place == "query"), None)
        if last is not None:
            meant = f"{last.decoded}#{url.fragment.partition('&')[0]}"
            yield _finding(last, meant, last.decoded, "#", Confidence.LIKELY)


def _semicolons(case: Case, known: set[str]) -> Iterator[Finding]:
    """A known value with a raw ``;``: it arrives whole today, but readers of older make divided parameters there."""
    for value in sent_values(case):
        if value.place == "query" and ";" in value.text and value.decoded in known:
            read = _read(value).partition(";")[0]
            finding = _finding(value, value.decoded, read, ";", Confidence.HINT)
            yield replace(finding, level=Level.INFO)


def _starts_raw(value: Value, meant: str, url: str) -> bool:
    """Whether this parameter was given the whole value raw, so that only its beginning, or another text, arrives."""
    return (
        f"{value.text}" != ""
        and _read(value) != meant
        and f"={meant}" in unquote(url)
        and (meant.startswith(value.text) or unquote(value.text) == meant)
    )


def _read(value: Value) -> str:
    return unquote_plus(value.text)


def _finding(value: Value, meant: str, read: str, sign: str, confidence: Confidence | None = None) -> Finding:
    return VALUE_NOT_ENCODED(
        f"sent_request: {value.param}",
        confidence=confidence,
        param=value.param,
        meant=meant,
        read=read or "—",
        sign="␠" if sign == " " else sign,
        right=quote(meant, safe=""),
        **value.span(),
    )


EXAMPLES = {
    VALUE_NOT_ENCODED: example(
        sent_request="https://trk.example/postback?cid=c1f7&goal=Sign up & pay&payout=12.50", goal="Sign up & pay"
    ),
}

"""Does fbc have its form, and does it carry the click ID of this very click?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.upload import events_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.text import Text
from postback_wizard.domain.upload import numbered
from postback_wizard.domain.url import split_url

FBC_MALFORMED = Rule(
    code="fbc-malformed",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="fbc of event {events} is {fbc}; it should be {expected}.",
        ru="fbc события {events} — {fbc}; должно быть {expected}.",
    ),
    why=Text(
        en="Meta takes fbc apart at its dots: fb, a subdomain index, the click's time in milliseconds, and the fbclid "
        "letter by letter. Anything else is received and credited to no ad.",
        ru="Meta разбирает fbc по точкам: fb, индекс поддомена, время клика в миллисекундах и fbclid буква в букву. "
        "Всё остальное будет принято и не отнесено ни к одному объявлению.",
    ),
    fix=Text(
        en="Store the fbclid of the landing URL untouched together with the click's time, and build fbc from these two "
        "as fb.1.<ms>.<fbclid>; never change its letter case, never hash it.",
        ru="Сохраняйте fbclid из URL посадочной без изменений вместе со временем клика и собирайте fbc из этих двух "
        "значений: fb.1.<ms>.<fbclid>; не меняйте регистр и не хешируйте.",
    ),
    sources=("https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/fbp-and-fbc",),
)

_FBC = re.compile(r"fb\.[012]\.([0-9]{13})\.([^.\s]+)((?:\.[^.\s]+)?)")
_DOTTED = re.compile(r"([^.]*)\.([^.]*)\.([0-9]+)\.(.+)")
_HASH = re.compile(r"[0-9a-fA-F]{64}")


def check(case: Case) -> Iterator[Finding]:
    """The form of every fbc; its tail only where one event and one click are at hand."""
    events = events_of(case)
    seen = _seen_fbclid(case) if len(events) == 1 else ""
    found: dict[tuple[str, str], list[int]] = {}
    for event in events:
        for fbc in event.texts("user_data.fbc"):
            expected = _expected(fbc, seen)
            if expected != fbc:
                found.setdefault((fbc, expected), []).append(event.number)
    for (fbc, expected), numbers in found.items():
        yield FBC_MALFORMED("upload_event: user_data.fbc", fbc=fbc[:300], expected=expected, events=numbered(numbers))


def _expected(fbc: str, seen: str) -> str:
    """The value as it should be, as far as it can be told; the value itself when nothing is wrong."""
    match = _FBC.fullmatch(fbc)
    if match:
        return fbc if not seen or match[2] == seen else f"{fbc[: match.start(2)]}{seen}{match[3]}"
    dotted = _DOTTED.fullmatch(fbc)
    if dotted is None:
        bare = "" if _HASH.fullmatch(fbc) or "." in fbc or not fbc.isascii() else fbc
        return f"fb.1.<ms>.{seen or bare or '<fbclid>'}"
    index = dotted[2] if dotted[2] in ("0", "1", "2") else "1"
    digits = dotted[3]
    time = digits if len(digits) == 13 else f"{digits}000" if len(digits) == 10 else "<ms>"
    tail = re.split(r"[.\s]", dotted[4].strip())[0]
    return f"fb.{index}.{time}.{seen or tail or '<fbclid>'}"


def _seen_fbclid(case: Case) -> str:
    """The fbclid as the ad platform wrote it: the first one on the way of the click."""
    urls = (click_url(case.facts), *(hop.request.url for hop in case.trace()))
    for url in urls:
        param = split_url(url).first("fbclid")
        if param and param.value and not find_macros(param.value):
            return param.text
    return ""


EXAMPLES = {
    FBC_MALFORMED: example(
        upload_event='{"data": [{"event_name": "Lead", "event_time": 1772355600, "action_source": "system_generated", '
        '"user_data": {"fbc": "IwAR0x1Y2z3"}}]}',
    )
}

"""Whose click IDs does the click carry?"""

from collections.abc import Iterator

from postback_wizard.catalogue.clickids import known
from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import has_macro
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import Param, split_url

CLICK_IDS_KNOWN = Rule(
    code="click-ids-known",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(en="Click IDs of platforms on this click: {ids}.", ru="Click ID платформ в этом клике: {ids}."),
    why=Text(
        en="Each of these parameters is put on links by one platform alone; its value is that platform's click, not "
        "the tracker's.",
        ru="Каждый из этих параметров добавляет в ссылки только одна платформа; значение — её клик, а не клик трекера.",
    ),
    fix=Text(
        en="Nothing to mend. Store the value with the click if conversions go back to that platform.",
        ru="Исправлять нечего. Сохраняйте значение вместе с кликом, если конверсии передаются обратно этой платформе.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding that names them all, in the order they are met."""
    shown = dict.fromkeys(
        f"{param.name} ({owner.of})"
        for param in params_of(case)
        if param.text and not has_macro(param.value) and (owner := known().by_name.get(param.name.lower()))
    )
    if shown:
        yield CLICK_IDS_KNOWN("click_url" if click_url(case.facts) else "", ids=", ".join(shown))


def params_of(case: Case) -> Iterator[Param]:
    """The parameters of the click's URLs, from the link to the landing page."""
    urls = dict.fromkeys((click_url(case.facts), *(hop.request.url for hop in case.trace())))
    return (param for url in urls if url for param in split_url(url).params())


EXAMPLES = {CLICK_IDS_KNOWN: example(click_url="https://trk.example/c/7?gclid=Cj0KCQiA5vx&fbclid=IwAR0x1Y2z3")}

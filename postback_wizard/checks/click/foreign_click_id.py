"""Does the click ID's place hold an ID of another system?"""

import re
from collections.abc import Iterator, Sequence

from postback_wizard.catalogue.clickids import recognise
from postback_wizard.catalogue.fact import Fact
from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.platform import Platform
from postback_wizard.checks import example
from postback_wizard.checks.offer_link import is_guessed
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import STEP_ORDER, Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import AD_CLICK_IDS, CLICK_NAMES, find_click_id, has_macro, is_followable
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import Param, split_url

FOREIGN_CLICK_ID = Rule(
    code="foreign-click-id",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="{param} holds {value}, which is no click ID of {expected}; it looks like one of {found}.",
        ru="В {param} стоит {value}: это не click ID {expected}; похоже на {found}.",
    ),
    why=Text(
        en="A tracker finds a click only by the ID it gave to it. The ID of an ad platform, a partner or an order in "
        "its place matches no click, although everything looks filled.",
        ru="Трекер находит клик только по тому ID, который сам выдал. ID рекламной платформы, партнёра или заказа на "
        "его месте не подойдёт ни к одному клику, хотя всё выглядит заполненным.",
    ),
    fix=Text(
        en="Put the click-ID macro of {expected} into {param}, keep the other ID in a parameter of its own, and make a "
        "fresh click.",
        ru="Поставьте в {param} макрос click ID {expected}, другой ID передавайте отдельным параметром и сделайте "
        "новый клик.",
    ),
    settle=Text(
        en="The click log of {expected}: is {value} listed there as a click ID?",
        ru="Лог кликов {expected}: есть ли в нём {value} в колонке click ID?",
    ),
    sources=(
        "https://docs.keitaro.io/en/conversions-and-postback/postback-troubleshooting.html",
        "https://knowledgebase.offer18.com/network/faqs/what-are-different-status-in-advertiser-postback-logs",
    ),
)

UNKNOWN = "—"
#: Names of a numbered row: an affiliate may well put the ad click ID there on purpose.
_NUMBERED = re.compile(r".*\d")


def check(case: Case) -> Iterator[Finding]:
    """One finding, the surest: an ID seen to come from elsewhere, or a typed one without its tracker's shape."""
    found = (*_handed_over(case), *_typed(case))
    yield from found[:1]


def _handed_over(case: Case) -> Iterator[Finding]:
    """The ad click ID in the click ID's place, while the tracker makes none of its own."""
    urls = [hop.request.url for hop in case.trace()]
    if not urls or find_click_id(case.trace())[0]:
        return
    given = {param.text: param.name for url in urls for param in _ad_params(url)}
    for index, url in enumerate(urls[1:], 2):
        for param in split_url(url).params():
            source = given.get(param.text)
            if source and param.name.lower() in CLICK_NAMES and not _NUMBERED.fullmatch(param.name):
                platform = AD_CLICK_IDS[source.lower()]
                tracker = find_platform(case.facts.tracker)
                yield FOREIGN_CLICK_ID(
                    f"hop {index}: {param.name}",
                    param=param.name,
                    value=param.text,
                    expected=tracker.name if tracker else UNKNOWN,
                    found=f"{platform} ({source})",
                )
                return


def _ad_params(url: str) -> Iterator[Param]:
    for param in split_url(url).params():
        if param.name.lower() in AD_CLICK_IDS and is_followable(param.value):
            yield param


def _typed(case: Case) -> Iterator[Finding]:
    """A click ID somebody gave us, against the shape its tracker states."""
    value, tracker = case.facts.click_id, find_platform(case.facts.tracker)
    if not value or tracker is None or is_guessed(case, "tracker") or has_macro(value):
        return
    if case.origins.get("click_id", "").partition(":")[0] in STEP_ORDER or not _breaks(tracker.click_id_pattern, value):
        return
    yield FOREIGN_CLICK_ID(
        "click_id", owner=Owner.YOU, param="click_id", value=value, expected=tracker.name, found=_looks_like(value)
    )


def _breaks(pattern: Fact[str] | None, value: str) -> bool:
    return pattern is not None and re.fullmatch(pattern.value, value) is None


def _looks_like(value: str) -> str:
    """The platforms whose shape the value has; no more than three, because more say nothing."""
    named: Sequence[str] = [_name(item.platform) for item in recognise("", value)]
    return ", ".join(named) if 0 < len(named) <= 3 else UNKNOWN


def _name(platform_id: str) -> str:
    platform: Platform | None = find_platform(platform_id)
    return platform.name if platform else platform_id


EXAMPLES = {
    FOREIGN_CLICK_ID: example(
        *chain(
            "https://trk.example/c/7?fbclid=IwAR2w7k2m9x4q1",
            "https://shop.example/landing?clickid=IwAR2w7k2m9x4q1",
        ),
        click_url="https://trk.example/c/7?fbclid=IwAR2w7k2m9x4q1",
        tracker="voluum",
    ),
}

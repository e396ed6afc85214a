"""Identifiers of a click: which parameters carry one, and what becomes of a value on its way."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.url import Param, Url, decode_levels, split_url

#: Parameters an ad platform or network puts on the landing URL, lower-cased, and whose they are.
AD_CLICK_IDS = {
    "gclid": "Google Ads",
    "gbraid": "Google Ads",
    "wbraid": "Google Ads",
    "dclid": "Google Campaign Manager",
    "fbclid": "Meta",
    "ttclid": "TikTok",
    "msclkid": "Microsoft Advertising",
    "yclid": "Yandex Direct",
    "ymclid": "Yandex Market",
    "rb_clickid": "VK Ads",
    "twclid": "X",
    "li_fat_id": "LinkedIn",
    "epik": "Pinterest",
    "sccid": "Snapchat",
    "rdt_cid": "Reddit",
    "ob_click_id": "Outbrain",
    "tblci": "Taboola",
    "bbg": "BIGO Ads",
    "oppref": "OpenAI",
    "adclid": "MGID",
    "irclickid": "impact.com",
    "im_ref": "impact.com",
    "cjevent": "CJ",
    "awc": "Awin",
    "admitad_uid": "Admitad",
    "_ef_transaction_id": "Everflow",
    "ransiteid": "Rakuten",
    "extclid": "ClickBank",
    "extclickid": "Zeropark",
    "ymid": "Zeydoo",
}

#: Names under which trackers and networks hand a click id on; those that hold nothing else come first.
CLICK_NAMES = (
    *("clickid", "click_id", "click-id", "cid", "aff_click_id", "pub_click_id", "transaction_id", "tid", "hit"),
    *("cf_click_id", "external_id", "visitor_id", "reqid", "cnv_id", "tracking_id"),
)
SUB_NAMES = (
    *("subid", "sub_id", "aff_sub", "affsub", "s2s", "subacc4", "sid", "vid"),
    *(f"sub{number}" for number in range(1, 11)),
    *(f"sub_id{number}" for number in range(1, 11)),
    *(f"sub_id_{number}" for number in range(1, 11)),
    *(f"subid{number}" for number in range(1, 11)),
    *(f"aff_sub{number}" for number in range(1, 6)),
    *(f"s{number}" for number in range(1, 6)),
    *(f"sid{number}" for number in range(1, 6)),
    *(f"p{number}" for number in range(1, 4)),
)
TRACKER_NAMES = frozenset((*CLICK_NAMES, *SUB_NAMES))

#: Below this many characters a value is too common to be followed by itself.
SHORTEST = 6

Alteration = Literal["case", "cut", "encoded", "decoded", "plus"]


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier in a URL: the parameter's name, its value as it stands, and where.

    ``platform`` names whose ad click id it is; it is empty for a tracker's own parameter.
    """

    name: str
    value: str
    platform: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The value, decoded once; ``+`` stays ``+``."""
        return unquote(self.value)


def identifiers_in(url: Url, known: str = "") -> tuple[Identifier, ...]:
    """The identifiers of a query in order; a parameter that holds ``known`` is one whatever its name."""
    return tuple(
        Identifier(param.name, param.value, AD_CLICK_IDS.get(param.name.lower(), ""), param.start, param.end)
        for param in url.params()
        if is_identifier_name(param.name) or (known and known in decode_levels(param.value))
    )


def is_identifier_name(name: str) -> bool:
    """Whether a parameter of that name is known to carry a click id."""
    return name.lower() in AD_CLICK_IDS or name.lower() in TRACKER_NAMES


def has_macro(value: str) -> bool:
    """Whether a parameter's value holds an unreplaced macro, raw or percent-encoded."""
    return bool(find_macros(f"={value}"))


def carries(url: str, value: str) -> bool:
    """Whether a URL holds a value anywhere, the URL decoded at any level; a short one must stand alone."""
    wanted = {value, unquote(value)} - {""}
    return any(_stands_in(text, form) for text in decode_levels(url) for form in wanted)


def _stands_in(text: str, value: str) -> bool:
    at = text.find(value)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(value) : at + len(value) + 1]
        if len(value) >= SHORTEST or not any(character.isalnum() for character in around):
            return True
        at = text.find(value, at + 1)
    return False


def alteration(before: str, after: str) -> Alteration | None:
    """How a value as it stands was changed into another; None where it says the same, or something else altogether."""
    if before == after:
        return None
    old, new = unquote(before), unquote(after)
    if old.replace("+", " ") == new.replace("+", " "):
        return "plus" if _lost_plus(before, after) else None
    if unquote(new) == old:
        return "encoded"
    if unquote(old) == new:
        return "decoded"
    if old.casefold() == new.casefold():
        return "case"
    if len(new) >= 4 and len(old) > len(new) and (old.startswith(new) or old.endswith(new)):
        return "cut"
    return None


def _lost_plus(before: str, after: str) -> bool:
    """Whether a plus of the old value reads as a space in the new one."""
    return unquote(before).count("+") > after.lower().count("%2b") + (after.count("+") if "+" in before else 0)


def altered_in(identifier: Identifier, url: Url, others: Collection[str] = ()) -> tuple[Alteration, Param] | None:
    """How an identifier was changed on its way into a URL, in the same parameter or, renamed, in another.

    ``others`` are the values that stood beside it: they are themselves and no altered form of it.
    """
    params = url.params()
    if not identifier.text or any(_same(identifier.value, param.value) for param in params):
        return None
    same_name = tuple(param for param in params if param.name.lower() == identifier.name.lower())
    for param in (*same_name, *(param for param in params if param not in same_name)):
        how = alteration(identifier.value, param.value)
        if how and (param in same_name or (len(param.text) >= SHORTEST and param.value not in others)):
            return how, param
    return None


def _same(before: str, after: str) -> bool:
    return before == after or (unquote(before) == unquote(after) and alteration(before, after) is None)


def find_click_id(hops: Sequence[HttpEvidence]) -> tuple[str, int]:
    """The tracker's click id of a trace and the hop it first appears at; ``("", 0)`` when none can be told.

    It is a parameter of a tracker's name that no earlier URL holds: first choice is one that reaches the last URL by
    value; where none does, the first one minted, because a lost click id is still the click id.
    """
    urls = [hop.request.url for hop in hops]
    order: tuple[Callable[[str], bool], ...] = (CLICK_NAMES.__contains__, SUB_NAMES.__contains__)
    for belongs in order:
        for index, value in _minted(urls, belongs):
            if carries(urls[-1], value):
                return unquote(value), hops[index].hop or index + 1
    lost = next((found for belongs in order for found in _minted(urls, belongs)), None)
    return (unquote(lost[1]), hops[lost[0]].hop or lost[0] + 1) if lost else ("", 0)


def first_click_id(hops: Sequence[HttpEvidence]) -> tuple[str, int]:
    """The same for the shortest beginning of a trace in which one can be told."""
    urls = [hop.request.url for hop in hops]
    found = [next(_minted(urls, names.__contains__), None) for names in (CLICK_NAMES, SUB_NAMES)]
    end = min((item[0] for item in found if item), default=-1) + 1
    return find_click_id(hops[:end]) if end else ("", 0)


def _minted(urls: Sequence[str], belongs: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """Values that first appear in a Location, under a name that belongs to trackers; a changed value is no new one."""
    for index in range(1, len(urls)):
        before, after = split_url(urls[index - 1]), split_url(urls[index])
        changed = {found[1].start for item in identifiers_in(before) if (found := altered_in(item, after))}
        for item in identifiers_in(after):
            new = item.start not in changed and not any(carries(url, item.value) for url in urls[:index])
            if new and belongs(item.name.lower()) and is_followable(item.value):
                yield index, item.value


def is_followable(value: str) -> bool:
    """Whether a value is long enough to be followed by itself and is no macro."""
    return len(unquote(value)) >= SHORTEST and not has_macro(value)

"""Customer data made uniform: each platform's rule is a recipe of small steps. Never raises, keeps nothing."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from postback_wizard.domain.phones import e164

#: What a key holds. The words a table of customer data may use for it come first to last.
KINDS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "em", "e-mail", "mail", "email_address"),
    "phone": ("phone", "ph", "phone_number", "mobile", "tel"),
    "first_name": ("first_name", "fn", "firstname", "given_name"),
    "last_name": ("last_name", "ln", "lastname", "family_name", "surname"),
    "birth_date": ("birth_date", "db", "date_of_birth", "birthday", "dob"),
    "gender": ("gender", "ge", "sex"),
    "city": ("city", "ct"),
    "state": ("state", "st", "region", "province"),
    "postal_code": ("postal_code", "zp", "zip", "zip_code", "postcode"),
    "country": ("country", "country_code"),
    "street": ("street", "street_address", "address"),
    "external_id": ("external_id", "user_id", "customer_id"),
    "device_id": ("device_id", "madid", "gaid", "idfa"),
    "ip": ("ip", "ip_address"),
}

_FORMS: Mapping[str, re.Pattern[str]] = {
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "phone": re.compile(r"\+?[1-9][0-9]{6,14}"),
    "birth_date": re.compile(r"[12][0-9]{7}"),
    "gender": re.compile(r"[fmn]"),
    "country": re.compile(r"[a-z]{2}"),
    "postal_code": re.compile(r"(?=.*\w)\S(?:.*\S)?", re.DOTALL),
}
_ANY_FORM = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_DIGEST = re.compile(r"[0-9A-Fa-f]{64}")
_GMAIL = ("gmail.com", "googlemail.com")
_LIST = 256
_LOWERED_GMAIL = ("trim", "lower", "gmail-dots")
_DATES = (
    re.compile(r"(?P<y>[12]\d{3})(?P<s>[-/. ]?)(?P<m>\d{2})(?P=s)(?P<d>\d{2})(?:[T ].*)?", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>[12]\d{3})", re.ASCII),
)
_UK = re.compile(r"([a-z]{1,2}[0-9][0-9a-z]?[0-9])[a-z]{2}")
_US_LONG = re.compile(r"([0-9]{5})-?[0-9]{4}")


@dataclass(frozen=True, slots=True)
class KeyRule:
    """How one platform wants one key: ``at`` is its place in an event, ``kind`` one of ``KINDS``.

    ``hashed`` is ``yes``, ``may`` or ``no``. ``recipe`` is empty where no rule is documented. ``also`` are recipes
    that are right too, ``disputed`` those one source follows and another does not. ``third_party`` marks rules the
    platform itself has not written down; ``appendix`` digests that may end in a dot and some characters.
    """

    at: str
    kind: str
    hashed: str = "yes"
    recipe: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()
    disputed: tuple[tuple[str, ...], ...] = ()
    third_party: bool = False
    appendix: bool = False


Step = Callable[[str], str]


def _local(change: Step) -> Step:
    """A step that changes what stands in front of the @ alone."""

    def changed(text: str) -> str:
        name, at, domain = text.rpartition("@")
        return f"{change(name)}{at}{domain}" if at else text

    return changed


def _gmail_dots(text: str) -> str:
    return _dots_at_gmail(text) if text.rstrip().lower().endswith(_GMAIL) else text


def _dots_at_gmail(text: str) -> str:
    name, at, domain = text.rpartition("@")
    return f"{name.replace('.', '')}{at}{domain}" if domain.strip().lower() in _GMAIL else text


def _without(text: str, categories: str) -> str:
    return "".join(item for item in text if unicodedata.category(item)[0] not in categories)


def _date(text: str) -> str:
    """``YYYYMMDD``; a text whose order of day and month is a guess gives nothing."""
    for pattern in _DATES:
        match = pattern.fullmatch(text.strip())
        if match:
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"])).strftime("%Y%m%d")
            except ValueError:
                return ""
    return ""


def _short_postcode(text: str) -> str:
    """Five digits of a long US code; a UK code without its last two letters."""
    long = _US_LONG.fullmatch(text)
    british = _UK.fullmatch(text)
    return long[1] if long else british[1] if british else text


#: Every step a recipe may name. The phone steps need a region and are made by ``normaliser``.
STEPS: Mapping[str, Step] = {
    "trim": str.strip,
    "lower": str.lower,
    "upper": str.upper,
    "no-spaces": lambda text: "".join(text.split()),
    "no-punctuation": lambda text: _without(text, "PS"),
    "no-dashes": lambda text: text.replace("-", ""),
    "digits": lambda text: re.sub(r"[^0-9]", "", text),
    "dots": _local(lambda name: name.replace(".", "")),
    "gmail-dots": _gmail_dots,
    "plus-part": _local(lambda name: name.partition("+")[0]),
    "date": _date,
    "first-letter": lambda text: text[:1],
    "short-postcode": _short_postcode,
}
PHONE_STEPS = ("e164", "e164-digits")
STEP_NAMES = (*STEPS, *PHONE_STEPS)


@cache
def normaliser(recipe: tuple[str, ...], region: str = "") -> Step:
    """The steps of a recipe as one function. ``region`` is the customer's country, wanted by phone steps alone."""
    steps = steps_of(recipe, region)

    def run(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return run


@cache
def steps_of(recipe: tuple[str, ...], region: str = "") -> tuple[Step, ...]:
    """The steps of a recipe as functions, in order."""
    return tuple(_step(name, region) for name in recipe)


def normalised(recipe: tuple[str, ...], texts: Iterable[str], region: str = "") -> Iterator[list[str]]:
    """Many values, each made uniform by a recipe, in lists: what ``normaliser`` does, a million times over."""
    lists = recipe == _LOWERED_GMAIL
    for step in steps_of(recipe[:-1] if lists else recipe, region):
        texts = map(step, texts)
    rows = iter(texts)
    while made := list(islice(rows, _LIST)):
        if lists:
            _remove_gmail_dots(made)
        yield made


def _remove_gmail_dots(texts: list[str]) -> None:
    """The last step of Google's rule, in place: most addresses are not Gmail's, and a call costs more than a look."""
    for at, text in enumerate(texts):
        if "mail.com" in text:
            name, own, rest = text.partition("@gmail.com")
            texts[at] = name.replace(".", "") + own if own and not rest else _gmail_dots(text)


def _step(name: str, region: str) -> Step:
    match name:
        case "e164":
            return lambda text: e164(text, region)
        case "e164-digits":
            return lambda text: e164(text, region)[1:]
        case _:
            return STEPS[name]


def normalise(kind: str, recipe: tuple[str, ...], raw: str, region: str = "") -> str:
    """The value as the platform hashes it; "" where there is nothing to hash: blank, no such value, no recipe.

    A digest stays what it is, in lower case: hashing it again is the mistake, not the rule.
    """
    if not raw.strip() or not recipe:
        return ""
    if _DIGEST.fullmatch(raw.strip()):
        return raw.strip().lower()
    text = normaliser(recipe, region)(raw)
    return text if valid(kind, text) else ""


def valid(kind: str, text: str) -> bool:
    """Whether a normalised value has the form its kind must have."""
    return _FORMS.get(kind, _ANY_FORM).fullmatch(text) is not None


def sha256(text: str) -> str:
    """The lower-case hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hashed(kind: str, recipe: tuple[str, ...], raw: str, region: str = "") -> str:
    """The digest a platform compares with, "" where nothing is to be hashed. A digest passes through."""
    text = normalise(kind, recipe, raw, region)
    return text if not text or _DIGEST.fullmatch(text) else sha256(text)


def raw_value(customer: Mapping[str, str], kind: str) -> str:
    """The raw value of a kind in a table of customer data, by any of the words people use for it."""
    return next((customer[name] for name in KINDS.get(kind, ()) if customer.get(name, "").strip()), "")

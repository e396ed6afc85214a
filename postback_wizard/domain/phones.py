"""Phone numbers in E.164: the country code and the number, whatever they were typed like.

The library knows every country's lengths and trunk prefixes; it is heavy, so it is imported when a number is read.
"""

import re
from functools import cache, lru_cache

#: What people put between digits; anything else but a leading plus makes the text no phone number.
_BETWEEN = re.compile(r"[\s().\-/\u00a0\u2010-\u2015\u2212]+")
_ZONES = re.compile(r"[A-Z]{2}")
_WHOLE = re.compile(r"\+[1-9][0-9]{6,14}")
_DIGITS = re.compile(r"[0-9]{7,15}")
_NOTHING = re.compile(r"(?!)")
_LONGEST = 60


def e164(raw: str, region: str = "") -> str:
    """The number with its plus and country code, "" when it is no number in use or its country is unknown.

    ``region`` is the customer's country as an ISO 3166-1 alpha-2 code, "" when nobody knows it. Never raises.
    """
    return raw if _WHOLE.fullmatch(raw) and _stands(raw) else _parsed(raw[: _LONGEST + 1], region)


def _stands(number: str) -> bool:
    """Whether a text is plainly a number in use, by the library's own patterns and without its slow reading."""
    for length in (1, 2, 3):
        pattern = _pattern(number[1 : 1 + length])
        if pattern:
            return pattern.fullmatch(number, 1 + length) is not None
    return False


@cache
def _pattern(code: str) -> re.Pattern[str] | None:
    """Numbers of a country code's main region that need no trunk prefix taken off; None for no such code."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberDesc

    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    known = PhoneMetadata.metadata_for_region(regions[0]) if regions else None
    if known is None:
        return _NOTHING if regions else None
    kinds = [item for item in (known.fixed_line, known.mobile, known.toll_free, known.shared_cost, known.voip) if item]
    written = [item.national_number_pattern for item in kinds if isinstance(item, PhoneNumberDesc)]
    trunk = f"(?!{known.national_prefix_for_parsing})" if known.national_prefix_for_parsing else ""
    general = known.general_desc.national_number_pattern if known.general_desc else ""
    if not general:
        return _NOTHING
    return re.compile(f"{trunk}(?=(?:{general})$)(?:{'|'.join(item for item in written if item)})")


@lru_cache(maxsize=4096)
def _parsed(raw: str, region: str) -> str:
    text = raw.strip()
    if not text or len(text) > _LONGEST:
        return ""
    if text.startswith("00"):
        text = f"+{text[2:]}"
    if text.startswith("+"):
        return _read(text, None)
    zone = region.strip().upper()
    return (_read(text, zone) if _ZONES.fullmatch(zone) else "") or _read(f"+{text}", None)


def _read(text: str, zone: str | None) -> str:
    import phonenumbers

    try:
        found = phonenumbers.parse(text, zone)
    except phonenumbers.NumberParseException:
        return ""
    found.extension = None
    in_use = phonenumbers.is_valid_number(found)
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164) if in_use else ""


def without_country(number: str) -> tuple[str, ...]:
    """The ways an E.164 number is written inside its own country: bare, with the trunk prefix, as people type it."""
    import phonenumbers

    try:
        found = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return ()
    national = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.NATIONAL)
    bare = phonenumbers.national_significant_number(found)
    return tuple(dict.fromkeys((bare, digits(national), f"0{bare}", national)))


def country_code(number: str) -> str:
    """The digits of an E.164 number's country code, "" when it has none."""
    import phonenumbers

    try:
        return str(phonenumbers.parse(number, None).country_code or "")
    except phonenumbers.NumberParseException:
        return ""


def digits(text: str) -> str:
    """Only the ASCII digits of a text."""
    return re.sub(r"[^0-9]", "", text)


def with_separators(raw: str) -> bool:
    """Whether a text holds the blanks, brackets and dashes people write in phone numbers."""
    return _BETWEEN.search(raw.strip()) is not None


def bare_number(raw: str) -> str:
    """The digits of a text that is a number without its country, "" when it is something else."""
    found = digits(raw)
    return found if _DIGITS.fullmatch(found) and not raw.strip().startswith(("+", "00")) else ""

"""Whether a click ID has the shape its platform states; said only of values somebody meant as real."""

import re

from postback_wizard.catalogue.platform import Platform
from postback_wizard.domain.identifiers import has_macro
from postback_wizard.domain.macros import is_placeholder

_MADE_UP = re.compile(r"(?i).*(test|demo|sample|example|click_?id|xxx).*|(.)\2*|1234.*|\d{1,3}|abc.*")


def breaks_shape(platform: Platform, name: str, value: str) -> bool:
    """Whether a value contradicts the shape a platform states; never of a macro, a placeholder or a test value."""
    stated = platform.click_id_pattern
    if stated is None or not value or stated.third_party or has_macro(value):
        return False
    if is_placeholder(value, name) or _MADE_UP.fullmatch(value):
        return False
    return re.fullmatch(stated.value, value) is None

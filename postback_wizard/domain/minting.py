"""Values that a hop makes up: what stands in a URL and stood in none before it."""

import re
from collections.abc import Sequence

from postback_wizard.domain.identifiers import carries, identifiers_in, is_followable
from postback_wizard.domain.url import Url, split_url

_OPAQUE = re.compile(r"(?=[^/?#&=.]*[0-9])[A-Za-z0-9_\-]{10,}")


def minted(url: str, before: Sequence[str]) -> tuple[str, ...]:
    """Identifiers of a URL, under a known name or by their look, that no earlier URL holds."""
    return tuple(value for value in _values(split_url(url)) if not any(carries(other, value) for other in before))


def has_identifier(url: str) -> bool:
    """Whether anything in a URL can be an identifier: a filled parameter of a known name, or a value that looks it."""
    return bool(_values(split_url(url)))


def _values(url: Url) -> tuple[str, ...]:
    named = (item.value for item in identifiers_in(url) if is_followable(item.value))
    opaque = (param.value for param in url.params() if _OPAQUE.fullmatch(param.value))
    segments = (part for part in url.path.split("/") if _OPAQUE.fullmatch(part))
    return tuple(dict.fromkeys((*named, *opaque, *segments)))

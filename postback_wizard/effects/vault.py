"""Secrets: put in the place of their stand-ins on the wire only, taken out again wherever an answer repeats them."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote, quote_plus

from postback_wizard.domain.probe import SECRET, TOKEN
from postback_wizard.effects.fault import WireFault

#: A secret cut off at the end of a body is still recognised from this many characters on.
SHORTEST_PART = 4


class Vault:
    """Secret values by their stand-ins (``domain.probe.TOKEN``, ``SECRET``); empty values count as missing."""

    def __init__(self, secrets: Mapping[str, str] | None = None) -> None:
        self._values = {name: value for name, value in (secrets or {}).items() if value}
        forms = {form: name for name, value in self._values.items() for part in _parts(value) for form in _forms(part)}
        self._forms = {form.lower(): name for form, name in forms.items()}
        ordered = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None

    def fill(self, text: str, encode: Callable[[str], str] = str) -> str:
        """The text with each stand-in replaced by ``encode(secret)``.

        Raises:
            WireFault: NO_SECRET, when a stand-in has no value.
        """
        for name in (TOKEN, SECRET):
            if name in text:
                if name not in self._values:
                    raise WireFault("NO_SECRET", f"nothing is known to put in the place of {name}")
                text = text.replace(name, encode(self._values[name]))
        return text

    def mask(self, text: str, *, cut: bool = False) -> str:
        """The text with every occurrence of a secret, plain or encoded, replaced by its stand-in.

        ``cut`` says that the text may end in the middle of one.
        """
        if self._pattern is None:
            return text
        masked = self._pattern.sub(lambda found: self._forms.get(found.group().lower(), ""), text)
        return self._without_cut_end(masked) if cut else masked

    def _without_cut_end(self, text: str) -> str:
        for name, value in self._values.items():
            for size in range(min(len(value) - 1, len(text)), SHORTEST_PART - 1, -1):
                if text.endswith(value[:size]):
                    return text[: len(text) - size] + name
        return text


def in_url(secret: str) -> str:
    """A secret as it stands in a URL."""
    return quote(secret, safe="-._~")


def in_body(body: str, content_type: str) -> Callable[[str], str]:
    """How a secret is written in a body of this kind: JSON text, form field, or as it is."""
    if "json" in content_type.lower() or body.lstrip()[:1] in ("{", "["):
        return lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1]
    return quote_plus if "form-urlencoded" in content_type.lower() else str


def _parts(value: str) -> tuple[str, ...]:
    """A secret, and of a pair written with a colon each half that is long enough to give something away."""
    halves = value.split(":") if value.count(":") == 1 else []
    return (value, *(half for half in halves if len(half) >= 2 * SHORTEST_PART))


def _forms(value: str) -> set[str]:
    quoted = quote(value, safe="")
    plain = {value, quoted, quote_plus(value), quote(value), quote(quoted, safe=""), escape(value)}
    in_json = json.dumps(value)[1:-1]
    return plain | {in_json, in_json.replace("/", "\\/"), b64encode(value.encode()).decode()}

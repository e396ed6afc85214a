"""The redactor of what is stored: masks tokens and a customer's raw data, and leaves all that names a click."""

import re
from collections.abc import Iterable

from postback_wizard.domain import json_pairs
from postback_wizard.domain.har_pairs import change_named
from postback_wizard.domain.hash_shape import shape_of
from postback_wizard.domain.labels import Labels
from postback_wizard.domain.normalise import KINDS
from postback_wizard.domain.placeholders import placeholder
from postback_wizard.domain.private_names import Kind, is_person, kind_of, stays_open
from postback_wizard.domain.probe import SECRET, TOKEN
from postback_wizard.domain.redact import Redactor
from postback_wizard.domain.url import decode_levels
from postback_wizard.domain.withheld import is_withheld

#: Addresses, and digests of any sort: the subject of the diagnosis, and nobody's secret by themselves.
_SPARED: frozenset[Kind] = frozenset(("ip", "signature"))
_SECRET: frozenset[Kind] = frozenset(("token", "secret", "password"))
_PERSONAL = frozenset(("email", "phone", "personal"))
#: Names that mean a credential only where the value looks like one.
_VAGUE = frozenset(("key", "auth", "authorization", "pass", "session", "sessionid", "secure", "hash", "token", "code"))
#: Kinds of customer data that are somebody's own, and not an ID of a device or an account.
OWN = tuple(kind for kind in KINDS if kind not in ("external_id", "device_id", "ip"))
_PERSON_KEYS = frozenset(re.sub(r"[^a-z]", "", word) for kind in OWN for word in KINDS[kind]) | {"hashedemail"}
_LEAST = 4
#: So many values are looked for everywhere, in every encoding; an upload of thousands is masked where they stand.
MOST = 100
_WHOLE = re.compile(r"(?<=\")[^\"\\]{2,320}(?=\\{0,8}\")|[^\s\"'\\&=,;<>|]{2,320}")
_COOKIES = frozenset(("fbp", "fbc", "ttp", "ttclid", "scid", "ga", "gclau", "uetvid", "ymuid", "epik", "rdtuuid"))


class Withholder(Redactor):
    """Masks what must not be kept, and only that: a stored case is read again, by people and by checks."""

    def __init__(self, keep: Iterable[str], customer: Iterable[tuple[Kind, str]] = ()) -> None:
        super().__init__((), keep)
        self._found: set[str] = set()
        self._many: dict[str, str] = {}
        found = tuple(customer)
        #: Words too plain to be masked wherever they stand, and still somebody's under their own name.
        self._theirs = frozenset(value for _, value in found)
        for kind, value in found:
            self._hide(value, kind)

    def share(self, other: "Withholder") -> None:
        """Go on with another one's labels: what either learns, both mask."""
        self._keep, self._labels, self._theirs, self._found, self._many = other.shared()

    def shared(self) -> tuple[frozenset[str], Labels, frozenset[str], set[str], dict[str, str]]:
        """What another one needs to go on with these labels."""
        return self._keep, self._labels, self._theirs, self._found, self._many

    def _hide(self, value: str, kind: Kind, *, everywhere: bool = True) -> str:
        bare = decode_levels(value)[-1].strip()
        if kind in _SPARED or is_withheld(bare) or bare in (TOKEN, SECRET):
            return value
        if kind in _PERSONAL and not _is_raw(bare, kind):
            return value
        if kind in _SECRET and len(bare) < _LEAST:
            return value
        self._found.add(bare)
        if len(self._found) <= MOST:
            return super()._hide(value, kind, everywhere=everywhere)
        stand_in = super()._hide(value, kind, everywhere=False)
        if stand_in != value and len(bare) >= _LEAST:
            self._many[bare] = self._labels.shown(stand_in)
        return stand_in

    def rest(self, text: str) -> str:
        """The text without those of very many values that stand in it as whole words."""
        return _WHOLE.sub(lambda found: self._many.get(found.group(), found.group()), text) if self._many else text

    def _kind(self, name: str, value: str) -> Kind | None:
        kind = super()._kind(name, value)
        return None if kind in _SECRET and name.lower() in _VAGUE and not _looks_secret(value) else kind

    def _placed(self, match: re.Match[str]) -> str:
        if match[1].lower() in _VAGUE and not _looks_secret(match[3]):
            return match.group()
        if kind_of(match[1]) is None and match[3] in self._theirs:
            return f"{match.group()[: match.start(3) - match.start()]}{self._hide(match[3], 'personal')}"
        return super()._placed(match)

    def _cookie(self, part: str) -> str:
        name = re.sub(r"[^a-z]", "", part.partition("=")[0].lower())
        return part if name in _COOKIES or stays_open(name) else super()._cookie(part)

    def _json(self, value: object, depth: int) -> object:
        def leaf(path: tuple[str, ...], item: str | float) -> object:
            text, name = str(item), path[-1] if path else ""
            kind = self._kind(name, text)
            if kind is None and any(is_person(above) for above in path[:-1]) and _is_own(name):
                kind = "personal"
            hidden = self._hide(text, kind) if kind else self._nested(text, depth) if isinstance(item, str) else text
            return item if hidden == text else hidden

        return json_pairs.change(change_named(value, self._header, self._named_cookie), leaf)


def _is_own(name: str) -> bool:
    return re.sub(r"[^a-z]", "", name.lower()) in _PERSON_KEYS


def _is_raw(text: str, kind: Kind) -> bool:
    """Whether a value may be somebody's: neither a digest of any sort nor what an unfilled variable leaves behind."""
    if kind == "phone" and sum(map(str.isdigit, text)) < _LEAST:
        return False
    return shape_of(text) == "not-hashed" and not placeholder(kind if kind != "personal" else "first_name", text)


def _looks_secret(value: str) -> bool:
    """Whether a value under a vague name is a credential and not a word: ``Bearer x``, or eight characters on."""
    bare = decode_levels(value)[-1].strip()
    return " " in bare or (len(bare) >= 8 and any(map(str.isdigit, bare)))

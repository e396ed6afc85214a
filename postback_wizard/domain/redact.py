"""What may not leave the house: masking by place first, by pattern second, the same label for the same secret."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from postback_wizard.domain import json_pairs
from postback_wizard.domain.har_pairs import change_named
from postback_wizard.domain.labels import LABEL, STAND_IN, Labels, Masked
from postback_wizard.domain.leaks import find_leaks, plain
from postback_wizard.domain.private_names import Kind, is_person, kind_of, stays_open
from postback_wizard.domain.private_patterns import (
    BASE64,
    HEADER,
    MACRO,
    NAMED,
    PAIR,
    SEGMENT,
    URLS,
    USER_OPTION,
    address,
    addresses,
    emails,
    tokens,
    unbase64,
)
from postback_wizard.domain.url import decode_levels, split_url

__all__ = ["Masked", "Redactor", "find_leaks"]

#: How deep URLs, JSON and base64 inside one another are looked into.
MAX_DEPTH = 5
#: Characters of a value that is worth remembering as harmless: an answer repeats short ones thousands of times.
_REMEMBERED = 256
#: A key of JSON that can hide nothing that its value's name does not tell.
_NAME = re.compile(r"[\w.\-]{1,80}")
_COOKIE_ATTRIBUTES = (
    *("path", "domain", "expires", "max-age", "samesite", "secure", "httponly", "partitioned", "priority"),
)


class Redactor:
    """Masks texts of one case. What it learns in one place it masks in every other that comes later.

    ``secrets`` are masked wherever they stand. ``keep`` are values that stay readable in any place: click IDs,
    transaction IDs, addresses of hosts. ``only_known`` masks nothing but what it is told. Nothing here raises,
    whatever the text.
    """

    def __init__(self, secrets: Sequence[str] = (), keep: Iterable[str] = (), *, only_known: bool = False) -> None:
        self._only_known = only_known
        self._keep = frozenset(value for value in keep if value)
        self._labels = Labels()
        #: Values looked into before that hide nothing, by depth: those for ever, and those until a secret is learned.
        self._harmless: set[tuple[str, int]] = set()
        self._bodies: dict[str, tuple[int, str]] = {}
        self._so_far: set[tuple[str, int, int]] = set()
        for secret in secrets:
            self.learn(secret, "secret")

    def learn(self, value: str, kind: Kind) -> str:
        """Mask this value everywhere from now on (from three characters up); its label."""
        stand_in = self._labels.stand_in(value, kind, everywhere=len(value) >= 3)
        return self._labels.shown(stand_in)

    def known(self) -> tuple[str, ...]:
        """The values that are masked wherever they stand, even inside other words; longest first."""
        return self._labels.known()

    def forget_counts(self) -> None:
        """Start the manifest anew and keep what was learned."""
        self._labels.forget_counts()

    def manifest(self) -> tuple[Masked, ...]:
        """What was masked so far, in the order of the labels' birth."""
        return self._labels.manifest()

    # -- one method a kind of text --------------------------------------------------------------------------------

    def mask_text(self, text: str, where: str = "") -> str:
        """Free text: log lines, commands, raw requests, markup."""
        return self._labels.finish(self._text(text, 0), where)

    def mask_known(self, text: str, where: str = "") -> str:
        """A text whose place is open: only what is known already is taken out."""
        return self._labels.finish(text, where)

    def mask_url(self, url: str, where: str = "") -> str:
        """A URL or a request target, parameter by parameter; the host stays."""
        return self._labels.finish(self._url(url, 0), where)

    def mask_headers(self, headers: Iterable[tuple[str, str]], where: str = "") -> tuple[tuple[str, str], ...]:
        """Headers; the names stay."""
        return tuple((name, self._labels.finish(self._header(name, value), where)) for name, value in headers)

    def mask_table(self, table: Iterable[tuple[str, str]], where: str = "") -> tuple[tuple[str, str], ...]:
        """Named values, such as a log row's columns."""
        return tuple((name, self._labels.finish(self._named(name, value, 0), where)) for name, value in table)

    def mask_json_text(self, text: str, where: str = "") -> str:
        """A JSON text: byte for byte apart from what is masked where possible, otherwise written anew."""
        return self._labels.finish(self._json_text(text, 0), where)

    def mask_body(self, text: str, where: str = "") -> str:
        """The body of a request or an answer, whatever its form."""
        known, masked = self._bodies.get(text, (-1, ""))
        if known != len(self._labels):  # nothing was learned since: it would come out the same
            masked = self._body(text, 0)
            self._bodies[text] = (len(self._labels), masked)
        return self._labels.finish(masked, where)

    # -- texts inside texts ---------------------------------------------------------------------------------------

    def _body(self, text: str, depth: int) -> str:
        if text.lstrip()[:1] in ("{", "["):
            return self._json_text(text, depth)
        if "=" in text and not re.search(r"[\s<>]", text):
            return self._url(f"?{text}", depth)[1:]
        return self._text(text, depth)

    def _text(self, text: str, depth: int) -> str:
        if not text or depth > MAX_DEPTH:
            return text
        text = URLS.sub(lambda match: self._url(match.group(), depth + 1), text)
        text = HEADER.sub(lambda match: f"{match[1]}{match[2]}{self._header(match[1], match[3])}", text)
        text = USER_OPTION.sub(lambda match: f"{match[1]}{match[2]}{self._userinfo(match[3])}", text)
        for pattern in NAMED:
            text = pattern.sub(self._placed, text)
        self._learn_patterns(text)
        return BASE64.sub(lambda match: self._base64(match.group(), depth), text)

    def _placed(self, match: re.Match[str]) -> str:
        """A value that a pattern found beside its name."""
        kind = kind_of(match[1])
        head = match.group()[: match.start(3) - match.start()]
        return f"{head}{self._hide(match[3], kind)}" if kind else match.group()

    def _learn_patterns(self, text: str) -> None:
        for view in dict.fromkeys((text, plain(text))):
            for found in emails(view):
                self._hide(found, "email")
            for found in tokens(view):
                self._hide(found, "token")
            for found in addresses(view):
                self._hide(found, "ip")

    def _base64(self, text: str, depth: int) -> str:
        decoded = "" if text in self._keep else unbase64(text)
        if not decoded or self._labels.out(self._body(decoded, depth + 1)) == decoded:
            return text
        return self._hide(text, "encoded")

    def _url(self, url: str, depth: int) -> str:
        if depth > MAX_DEPTH:
            return url
        parts = split_url(url)
        done, pieces = 0, []
        for param in parts.params():
            if param.has_equals:
                pieces += [url[done : param.start], param.key, "=", self._named(param.name, param.value, depth)]
                done = param.end
        url = "".join(pieces) + url[done:]
        if parts.userinfo:
            url = url.replace(parts.userinfo, f"{self._userinfo(parts.userinfo[:-1])}@", 1)
        head, mark, fragment = url.partition("#")
        self._learn_patterns(parts.path)
        return SEGMENT.sub(self._placed, head + mark + PAIR.sub(self._placed, fragment))

    def _userinfo(self, text: str) -> str:
        _, colon, password = text.partition(":")
        if colon:
            self._hide(password, "password")
        return self._hide(text, "user")

    def _nested(self, value: str, depth: int) -> str:
        """A value that may hold another URL, JSON or base64, encoded any number of times."""
        if len(value) <= 3 or (value, depth) in self._harmless or (value, depth, len(self._labels)) in self._so_far:
            return value
        found = self._opened(value, depth)
        if found == value and len(value) <= _REMEMBERED:
            if "%" in value or BASE64.search(value):
                self._so_far.add((value, depth, len(self._labels)))
            else:
                self._harmless.add((value, depth))
        return found

    def _opened(self, value: str, depth: int) -> str:
        deepest = decode_levels(value)[-1]
        masked = self._body(deepest, depth + 1) if len(deepest) > 3 else deepest
        if masked == deepest or deepest == value:
            return masked if deepest == value else value
        found = self._labels.out(value)
        again = decode_levels(found)[-1]
        return found if self._body(again, depth + 1) == again else quote(masked, safe="", errors="surrogatepass")

    # -- named values ---------------------------------------------------------------------------------------------

    def _named(self, name: str, value: str, depth: int) -> str:
        kind = self._kind(name, value)
        return self._hide(value, kind) if kind else self._nested(value, depth)

    def _kind(self, name: str, value: str) -> Kind | None:
        """What the name promises; a name of addresses promises nothing about what is none."""
        kind = kind_of(name)
        return None if kind == "ip" and not address(decode_levels(value)[-1]) else kind

    def _header(self, name: str, value: str) -> str:
        kind = self._kind(name, value)
        if kind is None:
            return self._text(value, 1)
        if kind == "cookie":
            return "; ".join(self._cookie(part) for part in value.split("; "))
        scheme, space, rest = value.partition(" ")
        if not (space and scheme.isalpha() and rest):
            return self._hide(value, kind)
        basic = unbase64(rest) if scheme.lower() == "basic" else ""
        if ":" in basic:
            self._userinfo(basic)
        return f"{scheme} {self._hide(rest, kind)}"

    def _cookie(self, part: str) -> str:
        name, equals, value = part.partition("=")
        if name.strip().lower() in _COOKIE_ATTRIBUTES:
            return part
        if not equals:
            return self._hide(part, "cookie")
        return f"{name}={self._hide(value, 'cookie', everywhere=kind_of(name) is not None)}"

    # -- JSON -----------------------------------------------------------------------------------------------------

    def _json_text(self, text: str, depth: int) -> str:
        if depth > MAX_DEPTH:
            return text
        try:
            parsed = json_pairs.parse(text)
            masked = self._json(parsed, depth)
            if all(_NAME.fullmatch(name) for name in json_pairs.names(parsed)):
                # Every value was looked into where it stands, so what is left to do is to take the known ones out.
                self._learn_patterns(text)
                found = self._labels.out(text)
                if self._is_masked(found, depth):
                    return found
            found = self._labels.out(self._text(text, depth))
            return found if self._is_masked(found, depth) else json_pairs.dump(masked)
        except (ValueError, RecursionError):
            return self._text(text, depth)

    def _is_masked(self, text: str, depth: int) -> bool:
        try:
            parsed = json_pairs.parse(text)
        except ValueError:
            return False
        return self._json(parsed, depth) == parsed

    def _json(self, value: object, depth: int) -> object:
        def leaf(path: tuple[str, ...], value: str | float) -> object:
            text = str(value)
            name = path[-1] if path else ""
            kind = self._kind(name, text)
            if not kind and any(is_person(above) for above in path[:-1]) and not stays_open(name):
                kind = "personal"
            hidden = self._hide(text, kind) if kind else self._nested(text, depth) if isinstance(value, str) else text
            return value if hidden == text else hidden

        return json_pairs.change(change_named(value, self._header, self._named_cookie), leaf)

    def _named_cookie(self, name: str, value: str) -> str:
        return self._cookie(f"{name}={value}").removeprefix(f"{name}=")

    # -- hiding ---------------------------------------------------------------------------------------------------

    def _hide(self, value: str, kind: Kind, *, everywhere: bool = True) -> str:
        """The stand-in of a value, or the value itself where it hides nothing."""
        bare = decode_levels(value)[-1]
        if self._only_known or not bare.strip() or {value, bare} & self._keep:
            return value
        if any(pattern.fullmatch(bare) for pattern in (MACRO, LABEL, STAND_IN)):
            return value
        telling = kind in ("email", "ip") or (len(bare) > 5 and not _is_word(bare))
        return self._labels.stand_in(bare, kind, everywhere=everywhere and telling)


def _is_word(text: str) -> bool:
    """A plain word such as ``conversion``: masked where it stood, and left alone where it is only language."""
    return text.isalpha() and len(text) < 14 and (text.islower() or text.isupper() or text.istitle())

"""Who is it? What a URL's host, path and parameters say about the platforms that deal with it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from postback_wizard.catalogue.clickids import recognise
from postback_wizard.catalogue.fact import Sentence
from postback_wizard.catalogue.memo import Platforms, per_catalogue
from postback_wizard.catalogue.names import find_platform, owners
from postback_wizard.catalogue.platform import Platform
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.macros import find_macros, is_placeholder
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import Param, Url, split_url

Role = Literal["sender", "receiver", "tracker", "network", "source"]

#: What a platform of a kind is to a case; an MMP is to an app what a tracker is to a site.
ROLES: Mapping[str, Role] = {"tracker": "tracker", "mmp": "tracker", "network": "network", "ad_network": "source"}

POSTBACK_HOST = Text(
    en="Host and path are those of the postback URL {platform} documents.",
    ru="Хост и путь такие же, как в документированном URL постбека {platform}.",
)
HOST = Text(en="The host {host} belongs to {platform}.", ru="Хост {host} принадлежит {platform}.")
SHAPE = Text(
    en="Path and parameters ({params}) are those of the postback URL {platform} documents; the host is anybody's own.",
    ru="Путь и параметры ({params}) такие же, как в документированном URL постбека {platform}; хост может быть любым.",
)
MACROS = Text(
    en="Of the platforms known here only {platform} has all these macros: {macros}.",
    ru="Из известных платформ все эти макросы есть только у {platform}: {macros}.",
)
#: Path words that say nothing about whose path it is.
GENERIC = frozenset(("", "postback", "p", "pb", "track", "conversion", "api"))
#: So many parameters of one documented URL are no accident.
_MANY = 3

_FILL_IN = re.compile(r"\{[^{}/]+\}|\[[^\[\]/]+\]|[A-Z][A-Z0-9_]{5,}")
_CERTAINTY = tuple(Confidence)


@dataclass(frozen=True, slots=True)
class Guess:
    """A platform and the part it may play around a URL, with the reason and how sure it is."""

    platform: str
    role: Role
    why: Sentence
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class _Address:
    """A platform's documented postback address. ``free`` when its host may be anybody's."""

    platform: Platform
    hosts: tuple[re.Pattern[str], ...]
    free: bool
    path: re.Pattern[str]
    telling_path: bool
    required: frozenset[str]
    params: frozenset[str]
    telling: frozenset[str]

    def owns(self, host: str) -> bool:
        """Whether the host is the platform's own."""
        return any(pattern.fullmatch(host) for pattern in self.hosts)


def who(url: str) -> tuple[Guess, ...]:
    """The platforms that seem to deal with a URL, the surest first; several where a shape is shared. Never raises.

    A postback address names its receiver, click IDs of ad platforms the source, macros the sender (or, on a link that
    is no postback, the source).
    """
    parts = split_url(url.strip() if "://" in url else f"https://{url.strip()}")
    at = tuple(_by_address(parts))
    is_postback = any(guess.role == "receiver" for guess in at)
    found = (*at, *_by_click_ids(parts), *_by_macros(parts, is_postback))
    unique: dict[tuple[str, Role], Guess] = {}
    for guess in sorted(found, key=lambda item: _CERTAINTY.index(item.confidence)):
        unique.setdefault((guess.platform, guess.role), guess)
    return tuple(unique.values())


def propose(guesses: Collection[Guess]) -> Mapping[Role, str]:
    """The platform of each role that only one of the surest guesses names; nothing rests on a hint."""
    proposed: dict[Role, str] = {}
    for role in {guess.role for guess in guesses}:
        mine = [guess for guess in guesses if guess.role == role and guess.confidence is not Confidence.HINT]
        best = min((_CERTAINTY.index(guess.confidence) for guess in mine), default=0)
        named = {guess.platform for guess in mine if _CERTAINTY.index(guess.confidence) == best}
        if len(named) == 1:
            proposed[role] = named.pop()
    return proposed


def platforms_at(host: str) -> tuple[Platform, ...]:
    """The platforms that document a host as their own."""
    wanted = host.lower().rstrip(".")
    return tuple(address.platform for address in _addresses() if address.owns(wanted))


def role_of(platform_id: str) -> Role | None:
    """What a platform is to a case by its kind; None for an unknown one."""
    found = find_platform(platform_id)
    return ROLES[found.kind] if found else None


def _by_address(url: Url) -> Iterator[Guess]:
    host, names = url.host.lower(), frozenset(param.name.lower() for param in url.params())
    own = [address for address in _addresses() if address.owns(host)]
    if own:
        yield from (_at_own_host(address, url, names) for address in own)
        return
    shaped = [address for address in _addresses() if _has_shape(address, url, names)]
    for address in shaped:
        matched = address.params & names
        telling = address.telling_path or bool(address.telling & names) or len(matched) >= _MANY
        sure = Confidence.LIKELY if len(shaped) == 1 and telling else Confidence.HINT
        why = _said(SHAPE, platform=address.platform.name, params=", ".join(sorted(matched)))
        yield Guess(address.platform.id, "receiver", why, sure)


def _at_own_host(address: _Address, url: Url, names: frozenset[str]) -> Guess:
    platform, complete = address.platform, address.required <= names
    if address.path.fullmatch(_trimmed(url.path)) and (complete or address.telling_path):
        sure = Confidence.CERTAIN if complete else Confidence.LIKELY
        return Guess(platform.id, "receiver", _said(POSTBACK_HOST, platform=platform.name), sure)
    why = _said(HOST, host=url.host, platform=platform.name)
    return Guess(platform.id, ROLES[platform.kind], why, Confidence.LIKELY if names else Confidence.HINT)


def _has_shape(address: _Address, url: Url, names: frozenset[str]) -> bool:
    if not (address.free and url.host and address.required and address.required <= names):
        return False
    return address.path.fullmatch(_trimmed(url.path)) is not None


def _by_click_ids(url: Url) -> Iterator[Guess]:
    for param in url.params():
        for item in recognise(param.name, param.text) if param.text else ():
            if item.param and item.confidence is not Confidence.HINT:
                yield Guess(item.platform, role_of(item.platform) or "source", item.why, Confidence.LIKELY)


def _by_macros(url: Url, is_postback: bool) -> Iterator[Guess]:
    """The one platform that has every macro of the query."""
    macros = find_macros(f"?{url.query}") if url.query else ()
    having = [{item.id: item for item in owners(macro)} for macro in macros]
    common = set.intersection(*map(set, having)) if having else set()
    if len(common) != 1:
        return
    platform = having[0][common.pop()]
    shown = ", ".join(dict.fromkeys(macro.written for macro in macros))
    role = ROLES[platform.kind]
    why = _said(MACROS, platform=platform.name, macros=shown)
    sure = Confidence.LIKELY if len({macro.name for macro in macros}) > 1 else Confidence.HINT
    yield Guess(platform.id, "sender" if is_postback or role != "source" else role, why, sure)


@per_catalogue
def _addresses(known: Platforms) -> tuple[_Address, ...]:
    """The addresses of all platforms that have one; ``telling`` are parameters that no other of them knows."""
    found = [address for item in known.values() if (address := _address(item))]
    shared = Counter(name for address in found for name in address.params)
    return tuple(
        replace(address, telling=frozenset(name for name in address.params if shared[name] == 1)) for address in found
    )


def _address(platform: Platform) -> _Address | None:
    accepts = platform.accepts
    template = accepts.url_template.value if accepts.url_template else ""
    required = frozenset(name.lower() for name in accepts.required_params.value)
    if not template and not accepts.host_patterns and len(required) < _MANY:
        return None
    url = split_url(template)
    patterns = (*accepts.host_patterns.value, *([url.host] if template else ()))
    segments = _trimmed(url.path).split("/")
    telling = any(not _FILL_IN.fullmatch(word) and word.lower() not in GENERIC for word in segments)
    path = _filled(_trimmed(url.path), "[^/]+") if template else "(?!)" if accepts.host_patterns else ".*"
    return _Address(
        platform=platform,
        hosts=tuple(map(_host, (pattern for pattern in patterns if not _FILL_IN.fullmatch(pattern)))),
        free=not template or bool(_FILL_IN.fullmatch(url.host)) or (telling and bool(_FILL_IN.search(url.host))),
        path=re.compile(path, re.IGNORECASE),
        telling_path=telling and bool(template),
        required=required or frozenset(param.name.lower() for param in url.params() if _is_wanted(param)),
        params=required | frozenset(param.name.lower() for param in url.params()),
        telling=frozenset(),
    )


def _is_wanted(param: Param) -> bool:
    """Whether a documented parameter has to be filled in: not one that may be left out, nor one with a fixed value."""
    return param.text != "OPTIONAL" and (is_placeholder(param.text, param.name) or bool(find_macros(f"={param.text}")))


def _host(pattern: str) -> re.Pattern[str]:
    return re.compile(_filled(pattern.lower().replace("*", "{any}"), "[^/]+"))


def _filled(text: str, by: str) -> str:
    """A pattern for the text with its fill-ins replaced."""
    return by.join(re.escape(part) for part in _FILL_IN.split(text))


def _trimmed(path: str) -> str:
    return f"/{path.strip('/')}"


def _said(text: Text, **values: str) -> Sentence:
    return Sentence(text.say("en", values), text.say("ru", values))

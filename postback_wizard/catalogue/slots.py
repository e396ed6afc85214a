"""Where a network takes a partner's click ID from its link, and which macro of a tracker fills it in."""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from postback_wizard.catalogue import platforms
from postback_wizard.catalogue.memo import Platforms, per_catalogue
from postback_wizard.catalogue.names import macros_of, read_macro
from postback_wizard.catalogue.platform import Platform
from postback_wizard.domain.identifiers import AD_CLICK_IDS, CLICK_NAMES, SUB_NAMES
from postback_wizard.domain.macros import Macro
from postback_wizard.domain.url import split_url


def slots(network: Platform) -> tuple[str, ...]:
    """The parameters of a network's links that it is known to keep and return; empty where none are known.

    Parameters that carry the network's own ID are none: those it wants back in a postback, and those it puts on
    landing pages.
    """
    own = {name.lower() for name in network.accepts.required_params.value} | _in_postback(network)
    given = {macro.name.lower() for macro in macros_of(network)}
    alone = len(network.click_params.value) == 1
    named = [
        name
        for name in network.click_params.value
        if name.lower() in given or (alone and name.lower() not in AD_CLICK_IDS)
    ]
    subs = [macro.name for macro in macros_of(network) if macro.name.lower() in SUB_NAMES]
    kept = {name.lower(): name for name in reversed((*named, *subs)) if name.lower() not in own}
    return tuple(name for name in dict.fromkeys((*named, *subs)) if kept.get(name.lower()) == name)


def may_read(network: Platform, name: str) -> bool:
    """Whether a network is known to do anything with a link's parameter; ``sub7`` goes with ``sub1``."""
    given = (*slots(network), *network.click_params.value, *(macro.name for macro in macros_of(network)))
    return series(name) in {series(item) for item in given}


def network_at(host: str) -> Platform | None:
    """The network whose own host this is; None for a host of anybody's."""
    found = [item for item in platforms().values() if item.kind == "network" and _owns(item, host.lower())]
    return found[0] if len(found) == 1 else None


def _owns(platform: Platform, host: str) -> bool:
    return any(fnmatchcase(host, pattern.lower()) for pattern in platform.accepts.host_patterns.value)


def series(name: str) -> str:
    """A numbered name without its number, in lower case: lists seldom name every ``sub1`` to ``sub30``."""
    return name.lower().rstrip("0123456789") or name.lower()


def click_macros(tracker: Platform) -> tuple[Macro, ...]:
    """The macros by which a tracker hands its click ID on; empty where none are known."""
    return tuple(macro for written in tracker.sends.click_id.value if (macro := read_macro(written)))


def is_click_macro(macro: Macro, tracker: Platform | None) -> bool:
    """Whether a macro stands for the tracker's click ID: one that is known of it, else one of a usual name."""
    known = click_macros(tracker) if tracker else ()
    if known:
        return any((macro.name, macro.dialect) == (item.name, item.dialect) for item in known) or (
            macro.dialect == "{_x}" and any((macro.name, "{x}") == (item.name, item.dialect) for item in known)
        )
    return _plain(macro.name) in _usual()


def elsewhere(macro: Macro) -> tuple[Platform, ...]:
    """The trackers for which exactly this macro is the click ID."""
    return _trackers().get((macro.name, macro.dialect), ())


def _in_postback(network: Platform) -> set[str]:
    template = network.accepts.url_template
    return {param.name.lower() for param in split_url(template.value).params()} if template else set()


@per_catalogue
def _trackers(known: Platforms) -> Mapping[tuple[str, str], tuple[Platform, ...]]:
    found: dict[tuple[str, str], tuple[Platform, ...]] = {}
    for item in known.values():
        for macro in click_macros(item) if item.kind == "tracker" else ():
            key = (macro.name, macro.dialect)
            found[key] = (*found.get(key, ()), item)
    return found


@per_catalogue
def _usual(known: Platforms) -> frozenset[str]:
    """Names of click-ID macros, without case and punctuation: those of known trackers, and those in common use."""
    told = (macro.name for item in known.values() if item.kind == "tracker" for macro in click_macros(item))
    return frozenset(map(_plain, (*told, *CLICK_NAMES))) - {"externalid", "visitorid"}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())

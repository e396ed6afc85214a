"""Whose a host is, as the user said: remembered for all cases, and stronger than any guess.

Like users' own platform files this is knowledge about the outside and no fact of a case, so it is registered once at
the start, and checks stay functions of a case and of what is known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

#: Who may own a hop: the ad network, the tracker, the affiliate network, the advertiser, the affiliate.
HopRole = Literal["source", "tracker", "network", "advertiser", "affiliate"]
HOP_ROLES: tuple[HopRole, ...] = ("source", "tracker", "network", "advertiser", "affiliate")
#: Characters of a host (RFC 1035 allows 253) and of a name.
LONGEST_HOST, LONGEST_NAME = 253, 80


@dataclass(frozen=True, slots=True)
class OwnerMark:
    """What a user said about a host: the role, and a platform's id or any name (empty when only the role is known)."""

    role: HopRole
    name: str = ""


_sources: list[Callable[[], Mapping[str, OwnerMark]]] = []


def use_owners(read: Callable[[], Mapping[str, OwnerMark]]) -> None:
    """Take users' own marks, by host, from here; ``read`` is called when one is first needed."""
    _sources[:] = [read]
    marked_owners.cache_clear()


@cache
def marked_owners() -> Mapping[str, OwnerMark]:
    """What the user said, by host as ``host_key`` writes it."""
    return dict(_sources[0]()) if _sources else {}


def host_key(host: str) -> str:
    """A host as marks are kept under it: in small letters, without the dot at its end."""
    return host.lower().rstrip(".")

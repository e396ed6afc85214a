"""What is worked out from all platforms at once, kept until the catalogue itself changes."""

from collections.abc import Callable, Mapping
from functools import wraps
from threading import RLock
from typing import TypeVar

from postback_wizard.catalogue import platforms
from postback_wizard.catalogue.platform import Platform

T = TypeVar("T")
Platforms = Mapping[str, Platform]


def per_catalogue(build: Callable[[Platforms], T]) -> Callable[[], T]:
    """The function's result for the platforms there are now; worked out again once these are others.

    Threads that ask at the same time wait for the first.
    """
    kept: list[tuple[Platforms, T]] = []
    one_at_a_time = RLock()

    @wraps(build)
    def current() -> T:
        with one_at_a_time:
            known = platforms()
            if not kept or kept[0][0] is not known:
                kept[:] = [(known, build(known))]
            return kept[0][1]

    return current


def per_platform(build: Callable[[Platform], T]) -> Callable[[Platform], T]:
    """The function's result for one platform, kept until the catalogue changes or another platform has its ID."""

    @per_catalogue
    def kept(_: Platforms) -> dict[str, tuple[Platform, T]]:
        return {}

    @wraps(build)
    def current(item: Platform) -> T:
        found = kept()
        before = found.get(item.id)
        if before is None or before[0] is not item:
            before = found[item.id] = (item, build(item))
        return before[1]

    return current

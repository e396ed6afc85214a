"""What is worked out from all platforms at once, kept until the catalogue itself changes."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar

from postback_wizard.catalogue import platforms
from postback_wizard.catalogue.platform import Platform

T = TypeVar("T")
Platforms = Mapping[str, Platform]


def per_catalogue(build: Callable[[Platforms], T]) -> Callable[[], T]:
    """The function's result for the platforms there are now; worked out again once these are others."""
    kept: list[tuple[Platforms, T]] = []

    @wraps(build)
    def current() -> T:
        known = platforms()
        if not kept or kept[0][0] is not known:
            kept[:] = [(known, build(known))]
        return kept[0][1]

    return current

"""Users' own platform files: they add to the shipped ones or take their place, and a bad one harms nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.fault import CatalogueError
from postback_wizard.catalogue.files import parsed_platform
from postback_wizard.catalogue.platform import Platform

#: A file's name and its text, or why it could not be read.
OwnFile = tuple[str, str | CatalogueError]


@dataclass(frozen=True, slots=True)
class Own:
    """The platforms of users' own files, and the faults of those that were left out."""

    platforms: Mapping[str, Platform]
    faults: tuple[CatalogueError, ...] = ()


def read_own(files: Iterable[OwnFile]) -> Own:
    """Every file that can be read; a later one wins."""
    found: dict[str, Platform] = {}
    faults: list[CatalogueError] = []
    for name, text in files:
        if isinstance(text, CatalogueError):
            faults.append(text)
            continue
        try:
            platform = parsed_platform(name, text)
            found[platform.id] = platform
        except CatalogueError as fault:
            faults.append(fault)
    return Own(found, tuple(faults))


def overlaid(shipped: Mapping[str, Platform], own: Iterable[OwnFile]) -> Own:
    """The shipped platforms with users' own ones over them."""
    read = read_own(own)
    return Own({**shipped, **read.platforms}, read.faults)

"""Facts about the outside, as data with sources; each file is read when it is first needed."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from postback_wizard.catalogue.fact import Fact, Listed, Said, Sentence
from postback_wizard.catalogue.fault import CatalogueError
from postback_wizard.catalogue.files import (
    PLATFORMS,
    UPLOADS,
    parsed_platform,
    parsed_upload_api,
    shipped,
    text_of,
)
from postback_wizard.catalogue.own import Own, OwnFile, overlaid, read_own
from postback_wizard.catalogue.platform import Accepts, Message, Platform, Reply, Sends
from postback_wizard.catalogue.rules import EventRules, Requirement
from postback_wizard.catalogue.upload import UploadApi

__all__ = [
    "Accepts",
    "CatalogueError",
    "EventRules",
    "Fact",
    "Listed",
    "Message",
    "Own",
    "OwnFile",
    "Platform",
    "Reply",
    "Requirement",
    "Said",
    "Sends",
    "Sentence",
    "UploadApi",
    "meta",
    "overlaid",
    "own_faults",
    "own_platforms",
    "platform",
    "platform_ids",
    "platforms",
    "upload_api",
    "upload_api_ids",
    "upload_apis",
    "use_own",
]

_own_files: list[Callable[[], Iterable[OwnFile]]] = []


def use_own(files: Callable[[], Iterable[OwnFile]]) -> None:
    """Put users' own platform files over the shipped ones; ``files`` is called when one is first needed."""
    _own_files[:] = [files]
    for cached in (_own, platform, platforms):
        cached.cache_clear()


def own_faults() -> tuple[CatalogueError, ...]:
    """What is wrong with those of users' own files that were left out."""
    return _own().faults


def own_platforms() -> Mapping[str, Platform]:
    """The platforms of users' own files by id; the same mapping until the files are others."""
    return _own().platforms


@cache
def platform(platform_id: str) -> Platform:
    """One platform; of the shipped files only its own is read.

    Raises:
        KeyError: there is none of this id.
    """
    own = _own().platforms.get(platform_id)
    return own or parsed_platform(f"{platform_id}.toml", text_of(PLATFORMS, platform_id))


def platform_ids() -> tuple[str, ...]:
    """The ids of all platforms, in order; no shipped file is read."""
    return tuple(sorted({*shipped(PLATFORMS), *_own().platforms}))


@cache
def platforms() -> Mapping[str, Platform]:
    """All platforms by id, in order."""
    return {name: platform(name) for name in platform_ids()}


@cache
def upload_api(api_id: str) -> UploadApi:
    """One conversion API; only its file is read.

    Raises:
        KeyError: there is none of this id.
    """
    return parsed_upload_api(f"{api_id}.toml", text_of(UPLOADS, api_id))


def upload_api_ids() -> tuple[str, ...]:
    """The ids of all conversion APIs, in order; no file is read."""
    return shipped(UPLOADS)


@cache
def upload_apis() -> Mapping[str, UploadApi]:
    """All conversion APIs by id, in order."""
    return {name: upload_api(name) for name in upload_api_ids()}


def meta() -> EventRules:
    """What the Meta Conversions API asks of an event."""
    found = upload_api("meta_capi").rules
    if found is None:
        raise KeyError("meta_capi")
    return found


@cache
def _own() -> Own:
    return read_own(_own_files[0]()) if _own_files else Own({})

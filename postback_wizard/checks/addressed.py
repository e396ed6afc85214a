"""Whose conversion API an upload is for, and its events by that API's places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from postback_wizard.catalogue import UploadApi, upload_apis
from postback_wizard.checks.upload import lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.payload import Payload, read_payload
from postback_wizard.domain.within import events_in

_META = "meta_capi"


@dataclass(frozen=True, slots=True)
class Addressed:
    """An API, the whole body meant for it, and the events in it."""

    api: UploadApi
    body: Any
    events: tuple[Mapping[str, Any], ...]

    @property
    def name(self) -> str:
        """The API's platform, as it is called everywhere."""
        return self.api.platform


def addressed(case: Case) -> Addressed | None:
    """The upload as one API reads it, None where there is none or nobody knows the API. Without a name it is Meta's."""
    read = read_payload(case.facts.upload_event) if case.facts.upload_event else None
    body = read.body if isinstance(read, Payload) else None
    if body is None or not case.facts.ad_platform.strip():
        return _recognised(case)
    known = [(api, api.hashing.events) for api in _named(case.facts.ad_platform) if api.hashing]
    if not known:
        return None
    fits = [api for api, places in known if isinstance(body, Mapping) and any(_has(body, place) for place in places)]
    api = (fits or [api for api, _ in known])[0]
    return Addressed(api, body, events_in(body, api.hashing.events if api.hashing else ()))


def _recognised(case: Case) -> Addressed | None:
    """A request, a table or a recording, or JSON that shows itself whose it is."""
    found = lint_of(case)
    if found is None or found.api.hashing is None:
        return None
    return Addressed(found.api, found.upload.payload.body, tuple(event.data for event in found.events))


def _has(body: Mapping[str, Any], place: str) -> bool:
    return place.partition(".")[0] in body


def _named(ad_platform: str) -> tuple[UploadApi, ...]:
    """The APIs a name can mean: its own id, an alias, or the platform's name or its first word."""
    wanted = ad_platform.strip().lower() or _META
    apis = upload_apis()
    if wanted in apis:
        return (apis[wanted],)
    return tuple(api for api in apis.values() if wanted in _names(api))


def _names(api: UploadApi) -> frozenset[str]:
    platform = api.platform.lower()
    words = {platform, platform.split()[0], api.id.partition("_")[0], platform.replace(" ", "_")}
    return frozenset(words) | (api.rules.aliases if api.rules else frozenset())

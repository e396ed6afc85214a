"""Checks of the upload layer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from postback_wizard.catalogue import UploadApi, upload_api
from postback_wizard.catalogue.recognised import all_hosts, recognise
from postback_wizard.catalogue.rules import EventRules
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.event_time import EventTime, read_event_time
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.payload import UploadProblem, read_payload
from postback_wizard.domain.times import read_moment
from postback_wizard.domain.upload import Upload, UploadEvent, events_in
from postback_wizard.domain.url import split_url


@dataclass(frozen=True, slots=True)
class Judged:
    """An upload, and the API it is judged by."""

    api: UploadApi
    rules: EventRules
    upload: Upload

    @property
    def name(self) -> str:
        """The platform's name."""
        return self.api.platform

    @property
    def events(self) -> tuple[UploadEvent, ...]:
        """The events of the upload."""
        return self.upload.events

    def sure(self, third_party: bool = False, at_most: Confidence = Confidence.CERTAIN) -> Confidence:
        """How sure a finding can be: what rests on third parties alone is likely at most."""
        weak = third_party or self.api.experimental
        return Confidence.LIKELY if weak and at_most is Confidence.CERTAIN else at_most

    def applies(self, when: str, event: UploadEvent) -> bool:
        """Whether a condition of the rules holds for an event."""
        if when == "always":
            return True
        field, equals, wanted = when.lstrip("!").partition("=")
        found = [str(value) for value in event.find(field)]
        if equals:
            return any(value in wanted.split("|") for value in found)
        return bool(found) is not when.startswith("!")


def judged_upload(case: Case) -> Judged | UploadProblem | None:
    """The upload of a case; None where its platform has no API here, and a problem where it cannot be read."""
    return _judged(case.facts.upload_event, case.facts.ad_platform)


@lru_cache(maxsize=4)
def _judged(text: str, ad_platform: str) -> Judged | UploadProblem | None:
    payload = read_payload(text, all_hosts())
    rules = recognise(payload, ad_platform)
    if rules is None:
        return None
    found = payload if isinstance(payload, UploadProblem) else events_in(payload, rules.events)
    return Judged(upload_api(rules.id), rules, found) if isinstance(found, Upload) else found


def lint_of(case: Case) -> Judged | None:
    """The upload to judge; None where there is none that can be read."""
    found = judged_upload(case) if case.facts.upload_event.strip() else None
    return found if isinstance(found, Judged) else None


def events_of(case: Case) -> tuple[UploadEvent, ...]:
    """The events to judge by Meta's rules; none where they cannot be read or are meant for somebody else."""
    found = lint_of(case)
    return found.events if found and found.rules.id == "meta_capi" else ()


def timed_events(found: Judged) -> Iterator[tuple[UploadEvent, EventTime]]:
    """The events that name a time, with that time; one that stands beside the list counts for the first event."""
    rule = found.rules.time
    for event in found.events if rule else ():
        if rule and rule.field[0] in "^?" and event.number > 1:
            return
        time = read_event_time(event.get(rule.field)) if rule else None
        if time is not None:
            yield event, time


def judged(case: Case) -> int:
    """When the step was judged, in Unix seconds."""
    moment = read_moment(case.judged_at("upload"))
    return int((moment.utc if moment else datetime(1970, 1, 1, tzinfo=UTC)).timestamp())


def unit_of(time: EventTime) -> str:
    """The unit a time is written in, in the words of the rules; everything that is no number is text."""
    return {"s": "s", "ms": "ms", "µs": "us", "ns": "ns"}.get(time.form, "text")


def seen_click_ids(case: Case) -> dict[str, str]:
    """The parameters of the click as the ad platform wrote them: the first of each name on the way of the click."""
    urls = (click_url(case.facts), *(hop.request.url for hop in case.trace()))
    found: dict[str, str] = {}
    for url in urls:
        for param in split_url(url).params() if url else ():
            if param.value and not find_macros(param.value):
                found.setdefault(param.name, param.text)
    return found

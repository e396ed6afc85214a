"""Checks of the upload layer."""

from collections.abc import Iterator
from datetime import UTC, datetime

from postback_wizard.catalogue import meta
from postback_wizard.domain.case import Case
from postback_wizard.domain.event_time import EventTime, read_event_time
from postback_wizard.domain.times import read_moment
from postback_wizard.domain.upload import Upload, UploadEvent, read_upload


def events_of(case: Case) -> tuple[UploadEvent, ...]:
    """The events to judge by Meta's rules; none where they cannot be read or are meant for somebody else."""
    upload = read_upload(case.facts.upload_event)
    return upload.events if isinstance(upload, Upload) and meta().covers(case.facts.ad_platform) else ()


def timed_events(case: Case) -> Iterator[tuple[UploadEvent, EventTime]]:
    """The events that name a time, with that time."""
    for event in events_of(case):
        time = read_event_time(event.get("event_time"))
        if time is not None:
            yield event, time


def judged(case: Case) -> int:
    """When the step was judged, in Unix seconds."""
    moment = read_moment(case.judged_at("upload"))
    return int((moment.utc if moment else datetime(1970, 1, 1, tzinfo=UTC)).timestamp())

"""When the click was, as far as its IDs tell: the IDs of a case that carry a time of their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from postback_wizard.catalogue.carried import CarriedTime, Kind, carried_time
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.identifiers import AD_CLICK_IDS, is_identifier_name
from postback_wizard.domain.probe import HarEvidence, HttpEvidence
from postback_wizard.domain.template import read_template
from postback_wizard.domain.times import read_moment
from postback_wizard.domain.upload import Upload, read_upload
from postback_wizard.domain.url import split_url

#: Forms that other IDs take by chance once in some hundred; the rest match by chance once in ten thousand, if at all.
WEAK: frozenset[Kind] = frozenset(("objectid", "ksuid", "snowflake"))
#: A weak form is believed only where it gives a recent time, which few of the accidental ones do.
RECENT = timedelta(days=366)
#: Names in a postback that hold the click's ID and not the conversion's or the visitor's.
CLICK_ONLY = frozenset(
    ("clickid", "click_id", "click-id", "cid", "aff_click_id", "pub_click_id", "cf_click_id", "fbc", "subid", "sub_id")
)


@dataclass(frozen=True, slots=True)
class CarriedClick:
    """An ID of the click that says when it was made, and where it stands (a place as findings name it)."""

    where: str
    name: str
    value: str
    time: CarriedTime

    @property
    def is_weak(self) -> bool:
        """Whether its form proves too little to fill a fact in."""
        return self.time.kind in WEAK

    @property
    def is_of_this_click(self) -> bool:
        """Whether the time can be held against another: fbc is a cookie that may come from an earlier click."""
        return not self.is_weak and self.time.kind != "fbc"


def carried_clicks(case: Case) -> tuple[CarriedClick, ...]:
    """The IDs of the click that carry a time, each once, the click ID first and fbc last.

    An ID that our own trace was given belongs to the click we made, not to the one that is looked for: it is left out.
    """
    judged = read_moment(case.judged_at("click"))
    if judged is None:
        return ()
    now = judged.utc
    found: dict[str, CarriedClick] = {}
    for where, name, value in _ids(case):
        time = carried_time(value, now) if value not in found else None
        if time and (time.kind not in WEAK or time.moment >= now - RECENT):
            found[value] = CarriedClick(where, name, value, time)
    return tuple(found.values())


def carried_moment(case: Case) -> CarriedClick | None:
    """The surest of them, unless none is sure enough."""
    return next((item for item in carried_clicks(case) if not item.is_weak), None)


def _ids(case: Case) -> Iterator[tuple[str, str, str]]:
    """Where, name and value of every ID of the click."""
    facts = case.facts
    if facts.click_id and (case.origins.get("click_id", "") != "click" or _recorded(case)):
        yield "click_id", "click_id", facts.click_id
    urls = [("click_url", click_url(facts))]
    urls += [(f"hop {hop.hop}", hop.request.url) for hop in _recorded(case)]
    for where, url in urls:
        for param in split_url(url).params() if url else ():
            if is_identifier_name(param.name):
                yield f"{where}: {param.name}", param.name, param.text
    request = read_template(facts.sent_request) if facts.sent_request.strip() else None
    for param in split_url(request.url).params() if request else ():
        if param.name.lower() in CLICK_ONLY or param.name.lower() in AD_CLICK_IDS:
            yield f"sent_request: {param.name}", param.name, param.text
    upload = read_upload(facts.upload_event) if facts.upload_event.strip() else None
    for event in upload.events if isinstance(upload, Upload) else ():
        for fbc in event.texts("user_data.fbc"):
            yield "upload_event: user_data.fbc", "fbc", fbc


def _recorded(case: Case) -> tuple[HttpEvidence, ...]:
    record = case.record("click")
    return (
        tuple(hop for item in record.evidence if isinstance(item, HarEvidence) for hop in item.hops) if record else ()
    )

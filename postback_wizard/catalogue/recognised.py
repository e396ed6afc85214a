"""Which conversion API an upload is for: as the case says, by the host it goes to, or by the fields it has."""

from functools import cache

from postback_wizard.catalogue import upload_apis
from postback_wizard.catalogue.rules import EventRules
from postback_wizard.domain.payload import Payload, UploadProblem
from postback_wizard.domain.upload import Upload, events_in
from postback_wizard.domain.url import split_url

#: Whose form is meant where nothing tells.
USUAL = "meta_capi"


@cache
def all_rules() -> tuple[EventRules, ...]:
    """The rules of every API, in order of their ids."""
    return tuple(api.rules for api in upload_apis().values() if api.rules)


@cache
def all_hosts() -> frozenset[str]:
    """The hosts of every API."""
    return frozenset(host for rules in all_rules() for host in rules.hosts)


def rules_named(ad_platform: str) -> tuple[EventRules, ...]:
    """Every API a platform's id or name may mean; all of them where it is empty."""
    return tuple(rules for rules in all_rules() if rules.covers(ad_platform))


def recognise(payload: Payload | UploadProblem, ad_platform: str) -> EventRules | None:
    """The API an upload is judged by, None where its platform has none here."""
    known = rules_named(ad_platform)
    if len(known) < 2 or isinstance(payload, UploadProblem):
        return next((rules for rules in known if rules.id == USUAL), next(iter(known), None))
    host = split_url(payload.url).host.lower() if payload.url else ""
    by_host = [rules for rules in known if host and host in rules.hosts]
    if by_host:
        return by_host[0]
    best = max(known, key=lambda rules: (_likeness(rules, payload), rules.id == USUAL))
    if _likeness(best, payload):
        return best
    return next((rules for rules in known if rules.id == USUAL), known[0])


def _likeness(rules: EventRules, payload: Payload) -> int:
    """How many of the fields that give an API away stand in the first event; its list itself counts as one."""
    if (payload.form == "csv") is not ("csv" in rules.events):
        return 0
    upload = events_in(payload, rules.events)
    if not isinstance(upload, Upload):
        return 0
    event = upload.events[0]
    listed = 1 if payload.form == "json" and not event.is_bare and rules.events[0] not in ("data", "") else 0
    return listed + sum(1 for mark in rules.marks if event.find(mark))

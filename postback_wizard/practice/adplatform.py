"""The ad platform of the practice chain: a Conversions API endpoint that answers in the shape Meta documents."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from postback_wizard.practice.market import as_json
from postback_wizard.practice.wire import Deliver, Reply, Request, pairs

_EVENTS = re.compile(r"/v\d+\.\d+/(\w+)/events")
_MOST_EVENTS = 1000
_OLDEST_S = 7 * 86_400
_OLDEST_IN_STORE_S = 62 * 86_400
_SOURCES = (
    *("email", "website", "app", "phone_call", "chat", "physical_store"),
    *("system_generated", "business_messaging", "other"),
)
#: Keys that alone are too weak to find a person by.
_WEAK = frozenset({"ct", "country", "st", "zp", "ge", "client_user_agent"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused; ``subcode`` 0 stands for none."""

    code: int
    message: str
    subcode: int = 0
    title: str = ""
    field: str = ""


class AdPlatform:
    """``POST /v<version>/<dataset>/events``: one faulty event refuses the whole request, as with the original."""

    def __init__(self, dataset_id: str, token: str) -> None:
        self._dataset_id = dataset_id
        self._token = token

    def answer(self, request: Request, _deliver: Deliver) -> Reply:
        """Judge an upload."""
        found = _EVENTS.fullmatch(request.path)
        if found is None or request.method != "POST":
            return _refuse(Refusal(100, "Unsupported request"))
        sent = _fields(request)
        if (request.params.get("access_token") or sent.get("access_token")) != self._token:
            return _refuse(Refusal(190, "Invalid OAuth access token"))
        if found[1] != self._dataset_id:
            return _refuse(Refusal(100, "Unsupported post request: no such object, or no access to it", 33))
        events = sent.get("data")
        if not isinstance(events, list) or not 1 <= len(events) <= _MOST_EVENTS:
            return _refuse(Refusal(100, "Invalid parameter", field="data"))
        refusal = next((bad for event in events if (bad := _fault_of(event, request.at))), None)
        return _refuse(refusal) if refusal else as_json(_trace({"events_received": len(events), "messages": []}))


def _fields(request: Request) -> Mapping[str, object]:
    """The body as a table: JSON, or a form whose ``data`` is JSON."""
    try:
        if "json" in request.header("Content-Type"):
            value = json.loads(request.body)
            return value if isinstance(value, dict) else {}
        form = pairs(request.body)
        return {**form, "data": json.loads(form["data"])} if "data" in form else form
    except ValueError:
        return {}


def _fault_of(event: object, now: datetime) -> Refusal | None:
    """The first thing wrong with an event."""
    if not isinstance(event, dict):
        return Refusal(100, "Invalid parameter", field="data")
    for name, kind in (("event_name", str), ("event_time", int), ("user_data", dict)):
        if not isinstance(event.get(name), kind):
            return Refusal(100, "Invalid parameter", field=name)
    if event.get("action_source") not in _SOURCES:
        return Refusal(100, "Invalid parameter", field="action_source")
    return _fault_of_time(event, now) or _fault_of_person(event) or _fault_of_purchase(event)


def _fault_of_time(event: Mapping[str, object], now: datetime) -> Refusal | None:
    oldest = _OLDEST_IN_STORE_S if event["action_source"] == "physical_store" else _OLDEST_S
    if int(str(event["event_time"])) < now.timestamp() - oldest:
        return Refusal(100, "Invalid parameter", 2804003, "Event Timestamp Too Old", "event_time")
    return None


def _fault_of_person(event: Mapping[str, object]) -> Refusal | None:
    user = event["user_data"]
    known = {name for name, value in user.items() if value} if isinstance(user, dict) else set()
    if known <= _WEAK:
        return Refusal(100, "Invalid parameter", 2804050, "Not Enough Customer Information", "user_data")
    if event["action_source"] != "website":
        return None
    if not event.get("event_source_url"):
        return Refusal(100, "Invalid parameter", field="event_source_url")
    return None if "client_user_agent" in known else Refusal(100, "Invalid parameter", field="client_user_agent")


def _fault_of_purchase(event: Mapping[str, object]) -> Refusal | None:
    if event["event_name"] != "Purchase":
        return None
    custom = event.get("custom_data")
    custom = custom if isinstance(custom, dict) else {}
    if not isinstance(custom.get("value"), int | float):
        return Refusal(100, "Invalid parameter", 2804009, "Missing Value for Purchase Event", "value")
    return None if custom.get("currency") else Refusal(100, "Invalid parameter", field="currency")


def _refuse(why: Refusal) -> Reply:
    error: dict[str, object] = {"message": why.message, "type": "OAuthException", "code": why.code}
    if why.subcode:
        error |= {"error_subcode": why.subcode}
    if why.title:
        error |= {"error_user_title": why.title}
    if why.field:
        error |= {"error_data": {"blame_field_specs": [[why.field]]}}
    return as_json({"error": _trace({**error, "is_transient": False})}, 400)


def _trace(answer: dict[str, object]) -> dict[str, object]:
    return {**answer, "fbtrace_id": secrets.token_urlsafe(12)}

"""The tracker of the practice chain: click IDs, conversions, postbacks and server events."""

import json
import re
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from urllib.parse import quote

from postback_wizard.practice.gates import signature
from postback_wizard.practice.market import (
    CURRENCY,
    GOAL,
    GOODS,
    NOT_FOUND,
    OFFER,
    PAYOUT,
    STATUS,
    Market,
    as_json,
    redirect,
)
from postback_wizard.practice.wire import Deliver, Reply, Request, pairs, with_query

#: What a shop must say of an order.
ORDER_FIELDS = frozenset({"click_id", "order_id", "email_sha256", "ip", "user_agent", "page"})
#: The dataset of another campaign; it holds zeros, which those of a case never do.
ANOTHER_DATASET = "100200300400500"
_ALPHABET = string.ascii_letters + string.digits
_MACRO = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Click:
    """What the tracker keeps of a click; ``seen_ms`` is Unix time in milliseconds."""

    click_id: str
    fbclid: str
    seen_ms: int


class Tracker:
    """``GET /click`` mints click IDs; ``POST /conversion`` logs a conversion and fires the postback."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._lock = Lock()
        self._by_fbclid: dict[str, Click] = {}
        self._by_id: dict[str, Click] = {}
        #: The server event built for each order, as JSON text.
        self.events: dict[str, str] = {}

    @property
    def template(self) -> str:
        """The postback URL with its macros, as it is saved in the tracker."""
        return f"{self._market.addresses['partner']}/postback{self._market.faults.template}"

    def answer(self, request: Request, deliver: Deliver) -> Reply:
        """Serve a click or a conversion."""
        match request.method, request.path:
            case (("GET" | "HEAD"), "/click"):
                return self._click(request)
            case "POST", "/conversion":
                return self._convert(request, pairs(request.body), deliver)
            case _:
                return NOT_FOUND

    def _click(self, request: Request) -> Reply:
        fbclid = request.params.get("fbclid", "")
        with self._lock:
            # The same ad click is the same visitor coming back: no new click, no new row.
            click = self._by_fbclid.get(fbclid) if fbclid else None
            if click is None:
                click = self._mint(request, fbclid)
        kept = {"offer_id": OFFER, "aff_sub": click.click_id, "fbclid": fbclid}
        status = 301 if self._market.faults.tracker_redirects_for_good else 302
        return redirect(with_query(f"{self._market.addresses['network']}/offer", kept), status)

    def _mint(self, request: Request, fbclid: str) -> Click:
        click = Click(_click_id(), fbclid, int(request.at.timestamp()) * 1000)
        self._by_fbclid[fbclid] = self._by_id[click.click_id] = click
        self._market.books.note(
            "click_log",
            request.at,
            click_id=click.click_id,
            campaign=request.params.get("campaign", ""),
            fbclid=fbclid,
            ip=request.header("X-Forwarded-For"),
            user_agent=request.header("User-Agent"),
        )
        return click

    def _convert(self, request: Request, order: Mapping[str, str], deliver: Deliver) -> Reply:
        if not order.keys() >= ORDER_FIELDS:
            return as_json({"status": "error", "message": "not an order"}, 400)
        ids = {"click_id": order["click_id"], "transaction_id": order["order_id"]}
        paid = {"goal": GOAL, "status": STATUS, "payout": PAYOUT, "currency": CURRENCY}
        self._market.books.note("conversion_log", request.at, **ids, **paid)
        self.events[order["order_id"]] = self._event(request, order)
        if self._market.faults.tracker_gave_up:
            return as_json({"status": "ok"})
        known = {"clickid": order["click_id"], "transaction_id": order["order_id"], "goods": GOODS, **paid}
        url = fill(self.template, {**known, "signature": self._signature(known)})
        answer = deliver("GET", url, {"User-Agent": "practice-tracker"}, "")
        sent = {"url": url, "http_status": str(answer.status), "answer": answer.body}
        self._market.books.note("attempt_log", request.at, **ids, **sent)
        return as_json({"status": "ok"})

    def _signature(self, known: Mapping[str, str]) -> str:
        """Over the values as they stand in the URL: the fault where a partner wants signatures."""
        named = {**known, "cid": known["clickid"], "txid": known["transaction_id"], "item": known["goods"]}
        return signature(self._market.secret, named, encoded=True)

    def _event(self, request: Request, order: Mapping[str, str]) -> str:
        user = {
            "em": [order["email_sha256"]],
            "client_ip_address": order["ip"],
            "client_user_agent": order["user_agent"],
        }
        click = self._by_id.get(order["click_id"])
        if click is not None and click.fbclid:
            bare = self._market.faults.tracker_sends_bare_fbclid
            user["fbc"] = click.fbclid if bare else f"fb.1.{click.seen_ms}.{click.fbclid}"
        faults = self._market.faults
        value = PAYOUT.replace(".", ",") if faults.tracker_writes_comma else float(PAYOUT)
        event = {
            "event_name": "Purchase",
            "event_time": int(request.at.timestamp()) * (1000 if faults.tracker_sends_milliseconds else 1),
            "event_id": order["order_id"],
            "action_source": "website",
            "event_source_url": order["page"],
            "user_data": user,
            "custom_data": {"currency": CURRENCY, "value": value, "order_id": order["order_id"]},
        }
        body = json.dumps({"data": [event]}, indent=2)
        if not faults.tracker_posts_elsewhere:
            return body
        url = f"https://graph.facebook.com/v25.0/{ANOTHER_DATASET}/events"
        return f"POST {url} HTTP/1.1\nContent-Type: application/json\n\n{body}"


def _click_id() -> str:
    """Letters of both cases and digits, so that a change of case shows and no known ID format is met by chance."""
    return f"w{secrets.choice(string.ascii_uppercase)}{''.join(secrets.choice(_ALPHABET) for _ in range(18))}"


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with known macros replaced and encoded; an unknown one leaves as it stands."""
    return _MACRO.sub(lambda found: quote(values[found[1]], safe="") if found[1] in values else found[0], template)

"""What may stand in front of the partner's address in the practice chain, and how the tracker signs what it sends."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote

from postback_wizard.practice.market import as_json, redirect
from postback_wizard.practice.wire import Reply, Request

#: ``moved``: the address redirects. ``guard``: a firewall asks for a browser. ``busy``: too many requests, come back
#: later. ``post``: another method only.
Gate = Literal["", "moved", "guard", "busy", "post"]
#: Where postbacks are taken, and where those who moved take them now.
TAKEN = ("/postback", "/v2/postback")
#: Parameters that are signed, in this order, joined with colons.
SIGNED = ("cid", "payout", "currency", "txid", "status", "item")

_PAGE = (
    "<!doctype html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>"
)


def stopped(gate: Gate, request: Request) -> Reply | None:
    """What the gate answers in the partner's place; None when the partner hears the request."""
    match gate:
        case "moved" if request.path == TAKEN[0]:
            return redirect(f"http://{request.header('Host')}{TAKEN[1]}?{request.query}", 301)
        case "guard":
            return Reply(403, _PAGE, headers=(("cf-mitigated", "challenge"), ("CF-RAY", "8f3c1d2e4b5a6978-FRA")))
        case "busy":
            said = {"status": "error", "message": "too many requests"}
            return Reply(429, as_json(said).body, "application/json", headers=(("Retry-After", "900"),))
        case "post" if request.method != "POST":
            return Reply(405, "", headers=(("Allow", "POST"),))
    return None


def signature(secret: str, values: Mapping[str, str], *, encoded: bool) -> str:
    """HMAC-SHA256 (hex) over the signed values: plain, or percent-encoded as they stand in the URL."""
    texts = [values.get(name, "") for name in SIGNED]
    message = ":".join(quote(text, safe="") if encoded else text for text in texts)
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()

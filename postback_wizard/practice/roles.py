"""Who stands around the tracker in the practice chain: the ad network, the affiliate network, the shop, the partner."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from html import escape
from itertools import count

from postback_wizard.practice.gates import TAKEN, signature, stopped
from postback_wizard.practice.market import NOT_FOUND, Market, as_json, redirect
from postback_wizard.practice.wire import Deliver, Reply, Request, pairs, with_query

_FIRST_ORDER = 10412
_BAD_SIGNATURE = "invalid signature"


class AdNetwork:
    """``GET /go``: the link behind the ad; its parameters go on to the tracker."""

    def __init__(self, market: Market) -> None:
        self._market = market

    def answer(self, request: Request, _deliver: Deliver) -> Reply:
        """Redirect to the tracker."""
        if request.path != "/go":
            return NOT_FOUND
        return redirect(f"{self._market.addresses['tracker']}/click?{request.query}")


class Network:
    """``GET /offer``: counts the click under ``aff_sub`` and sends the visitor on to the shop."""

    def __init__(self, market: Market) -> None:
        self._market = market
        #: Click IDs it has seen; its partner judges postbacks by them.
        self.clicks: set[str] = set()

    def answer(self, request: Request, _deliver: Deliver) -> Reply:
        """Redirect to the landing page."""
        if request.path not in ("/offer", "/offer/"):
            return NOT_FOUND
        params = request.params
        if params.get("aff_sub"):
            self.clicks.add(params["aff_sub"])
        if self._market.faults.network_forgets_query and request.path == "/offer":
            return redirect(f"{self._market.addresses['network']}/offer/")
        return redirect(self._landing(params))

    def _landing(self, params: Mapping[str, str]) -> str:
        faults, page = self._market.faults, f"{self._market.addresses['shop']}/landing"
        click_id = params.get("aff_sub", "")
        kept = {
            "clickid": click_id.lower() if faults.network_lowers_case else click_id,
            "fbclid": params.get("fbclid", ""),
        }
        if not any(kept.values()):
            return page
        return with_query(page + "?lang=en" if faults.network_asks_twice else page, kept)


class Shop:
    """``GET /landing`` shows a form; ``POST /order`` takes an order and tells the tracker."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._numbers = count(_FIRST_ORDER)

    def answer(self, request: Request, deliver: Deliver) -> Reply:
        """Serve a page or take an order."""
        match request.method, request.path:
            case (("GET" | "HEAD"), "/landing"):
                return Reply(200, landing_page(request.params))
            case (("GET" | "HEAD"), "/thanks"):
                return Reply(200, _page("Thank you", "<p>Your order is on its way.</p>"))
            case "POST", "/order":
                return self._order(request, pairs(request.body), deliver)
            case _:
                return NOT_FOUND

    def _order(self, request: Request, form: Mapping[str, str], deliver: Deliver) -> Reply:
        number = f"SO-{next(self._numbers)}"
        thanks = with_query(f"{self._market.addresses['shop']}/thanks", {"order": number})
        if not self._market.faults.shop_keeps_quiet:
            mail = form.get("email", "").strip().lower()
            told = {
                "click_id": form.get("clickid", ""),
                "order_id": number,
                "email_sha256": hashlib.sha256(mail.encode()).hexdigest(),
                "ip": request.header("X-Forwarded-For"),
                "user_agent": request.header("User-Agent"),
                "page": thanks,
            }
            form_kind = {"Content-Type": "application/x-www-form-urlencoded"}
            body = with_query("", told).removeprefix("?")
            deliver("POST", f"{self._market.addresses['tracker']}/conversion", form_kind, body)
        return redirect(thanks, 303)


def landing_page(params: Mapping[str, str]) -> str:
    """The page an ad leads to: the identifiers ride along in hidden fields of the form."""
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(params.get(name, ""))}">' for name in ("clickid", "fbclid")
    )
    fields = f'{hidden}<input type="email" name="email" required><button>Buy</button>'
    return _page("Garden lamp", f'<p>One lamp, 49.00 USD.</p><form method="post" action="/order">{fields}</form>')


def _page(title: str, body: str) -> str:
    head = f"<head><title>{title}</title></head>"
    return f'<!doctype html><html lang="en">{head}<body><h1>{title}</h1>{body}</body></html>'


class Partner:
    """``/postback``: takes conversions, answers 200, and says in the body what it thinks of them.

    Only what stands before it, and a wrong signature, have a status of their own.
    """

    def __init__(self, market: Market, network: Network) -> None:
        self._market = market
        self._network = network
        self._recorded: dict[str, str] = {}

    def answer(self, request: Request, _deliver: Deliver) -> Reply:
        """Judge a postback and log it."""
        if request.path not in TAKEN:
            return as_json({"status": "error", "message": "no such address"}, 404)
        gate = stopped(self._market.faults.partner_gate, request)
        if gate is not None:
            return gate
        if self._market.faults.partner_is_down:
            return Reply(503, "<!doctype html><title>maintenance</title><h1>Back in the evening</h1>")
        params = request.params if request.method != "POST" else {**request.params, **pairs(request.body)}
        problem = self._problem(params)
        said = {"status": "error", "message": problem} if problem else self._record(params["txid"])
        self._market.books.note_partner(
            request.at,
            ahead_minutes=self._market.faults.partner_clock_minutes,
            click_id=params.get("cid", ""),
            transaction_id=params.get("txid", ""),
            status=params.get("status", ""),
            payout=self._amount(params.get("payout", "")),
            currency=params.get("currency", ""),
            result=said["status"],
            message=problem,
            conversion_id=said.get("conversion_id", ""),
        )
        return as_json(said, 403 if problem == _BAD_SIGNATURE else 200)

    def _amount(self, payout: str) -> str:
        """The amount as the books of the partner have it."""
        whole, point, part = payout.partition(".")
        if not self._market.faults.partner_writes_hundredths or not point:
            return payout
        return f"{whole}{part:0<2}".lstrip("0") or "0"

    def _problem(self, params: Mapping[str, str]) -> str:
        missing = next((name for name in ("cid", "txid", "payout", "currency", "status") if not params.get(name)), "")
        if missing:
            return f"{missing} is missing"
        if params["cid"] not in self._network.clicks:
            return "unknown click"
        if not re.fullmatch(r"\d+(\.\d{1,2})?", params["payout"]):
            return "payout is not an amount"
        right = signature(self._market.secret, params, encoded=False)
        if self._market.faults.signed and not hmac.compare_digest(params.get("sig", ""), right):
            return _BAD_SIGNATURE
        return self._market.faults.partner_refuses

    def _record(self, txid: str) -> dict[str, str]:
        number = self._recorded.setdefault(txid, f"cv_{secrets.token_hex(6)}")
        return {"status": "recorded", "conversion_id": number}

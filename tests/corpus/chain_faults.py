"""Faults of the five chains, each planted with what follows from it, and the code or codes that name it truly."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from tests.corpus.chains import BOUGHT, CLICKED, HASH, IPHONE, Tale, address, read_time
from tests.corpus.story import NOW, Reply, redirect

Plant = Callable[[Tale], None]


class Fault(NamedTuple):
    """Any of ``codes`` is a true name of what was planted in ``chain``."""

    chain: str
    codes: tuple[str, ...]
    plant: Plant


# -- click ---------------------------------------------------------------------------------------------------------


def without_id(told: Tale) -> None:
    """The order is made without the click ID, and refused."""
    told.conversions[-1]["click_id"] = told.attempts[-1]["click_id"] = ""
    told.send()
    told.refuse(400, '{"error": "click id is required"}')


def other_id(told: Tale, value: str) -> None:
    """The order is made with a click ID nobody gave out."""
    told.conversions[-1]["click_id"] = told.attempts[-1]["click_id"] = value
    told.send()
    told.refuse(404, '{"error": "click not found"}')


def behind_the_hash(told: Tale) -> None:
    chain = told.chain
    told.onward(1, f"https://store.example/sale#{chain.link}={chain.click_id}&{chain.ad[0]}={chain.ad[1]}")
    without_id(told)


def upper_cased(told: Tale) -> None:
    value, chain = told.chain.click_id.upper(), told.chain
    told.onward(1, f"https://store.example/sale?{chain.link}={value}&{chain.ad[0]}={chain.ad[1]}")
    other_id(told, value)


def meta_refresh(told: Tale) -> None:
    page = '<html><head><meta http-equiv="refresh" content="0; url=https://store.example/sale"></head></html>'
    told.onward(1, "https://store.example/sale")
    told.hops[1] = (told.hops[1][0], Reply(200, page, (("Content-Type", "text/html; charset=utf-8"),)))
    without_id(told)


def apple_strips(told: Tale) -> None:
    for row in told.clicks[1::2]:
        row |= {"agent": IPHONE, told.chain.ad[0]: ""}


def tagging_off(told: Tale) -> None:
    name, value = told.chain.ad
    for row in told.clicks:
        row[name] = ""
    plain = [url.replace(f"&{name}={value}", "").replace(f"?{name}={value}", "") for url, _ in told.hops]
    told.hops = [(plain[0], redirect(plain[1])), (plain[1], redirect(plain[2])), (plain[2], told.hops[2][1])]
    told.facts["click_url"] = plain[0]
    told.upload = {}


def never(told: Tale) -> None:
    """Nothing came of the click."""
    told.silent()
    told.conversions.pop()
    told.facts |= {"conversion_seen": "no", "click_id": told.chain.click_id}
    del told.facts["transaction_id"]
    told.upload = {}


def not_for_this_country(told: Tale) -> None:
    told.onward(1, "https://offers.net-x.example/geo-not-supported")
    never(told)


def hop_is_gone(told: Tale) -> None:
    told.hops[1] = (told.hops[1][0], Reply(404, "<h1>Campaign not found</h1>"))
    never(told)


def hop_certificate(told: Tale) -> None:
    told.hops[1] = (told.hops[1][0], Reply(outcome="TLS_NAME_MISMATCH"))
    never(told)


def round_and_round(told: Tale) -> None:
    told.hops[1] = (told.hops[1][0], redirect(told.hops[0][0]))
    never(told)


def from_https_to_http(told: Tale) -> None:
    told.onward(1, told.hops[2][0].replace("https://", "http://"))


def form_forgets_it(told: Tale) -> None:
    told.facts["click_id"] = told.chain.click_id
    for row in (*told.conversions[-12:], *told.attempts[-12:]):
        row["click_id"] = ""
    orders = {row["order"] for row in told.conversions[-12:]}
    told.partner = [row for row in told.partner if row["order"] not in orders]
    for row in told.attempts[-12:]:
        row |= {"code": "400", "answer": '{"error": "click id is required"}'}
    without_id(told)


def other_slot(told: Tale) -> None:
    chain = told.chain
    urls = [url.replace(f"{chain.link}=", "sub2=") for url, _ in told.hops]
    told.hops = [(urls[0], redirect(urls[1])), (urls[1], redirect(urls[2])), (urls[2], told.hops[2][1])]
    told.facts["click_id"] = chain.click_id
    without_id(told)


def order_as_click(told: Tale) -> None:
    told.conversions[-1]["click_id"] = told.attempts[-1]["click_id"] = "880412"
    told.send()
    told.refuse(200, "SubID not found")


def nobody_clicked(told: Tale) -> None:
    told.clicks = told.clicks[:-1]
    del told.facts["click_url"]
    told.refuse(200, '{"result":"error","message":"click not found"}')


def weeks_late(told: Tale) -> None:
    told.clicks[-1]["time"] = told.chain.when(BOUGHT - timedelta(days=61))
    told.refuse(200, "Conversion outside of lookback window")
    told.upload = {}


def offer_link_bare(told: Tale) -> None:
    told.facts["offer_url"] = "https://offers.net-x.example/t?o=77&aff=12"
    bare = ["https://offers.net-x.example/t?o=77&aff=12", "https://store.example/sale"]
    told.onward(0, bare[0])
    told.onward(1, bare[1])
    without_id(told)


def source_macro(told: Tale) -> None:
    name, value = told.chain.ad
    told.clicks[-1][name] = "${SUBID}"
    urls = [url.replace(value, "${SUBID}") for url, _ in told.hops]
    told.hops = [(urls[0], redirect(urls[1])), (urls[1], redirect(urls[2])), (urls[2], told.hops[2][1])]
    told.facts["click_url"] = urls[0]


def wrong_domain(told: Tale) -> None:
    told.facts |= {"receiver": "everflow", "tracker": "", "sender": "", "network": "everflow"}
    told.save(
        "https://www.retired-v.example/?nid=812&transaction_id={sub1}&amount={payout_amount}&order={transaction_id}"
    )
    told.refuse(200, "Invalid tracking domain")
    told.upload = {}


# -- event ---------------------------------------------------------------------------------------------------------


def says(status: int, body: str, *headers: tuple[str, str]) -> Plant:
    def plant(told: Tale) -> None:
        told.refuse(status, body, *headers)

    return plant


def fails(outcome: str) -> Plant:
    def plant(told: Tale) -> None:
        told.dead(outcome)

    return plant


def second_deposit(told: Tale) -> None:
    first = told.chain.click_id
    for rows in (told.conversions, told.attempts, told.partner):
        rows[-2] |= {"click_id": first}
    told.refuse(200, "duplicate conversion: this click already has one")


def booked_twice(told: Tale) -> None:
    told.partner += [dict(row) for row in told.partner[-5:]]


def five_hours_away(told: Tale) -> None:
    for row in told.partner:
        row["time"] = told.chain.when(read_time(row["time"], told.chain.name) - timedelta(hours=5))


def at_night_in_bulk(told: Tale) -> None:
    for rows in (told.attempts, told.partner):
        for row in rows:
            at = read_time(row["time"], told.chain.name)
            row["time"] = told.chain.when((at + timedelta(days=1)).replace(hour=3, minute=0, second=7))


def by_click_time(told: Tale) -> None:
    for number, row in enumerate(told.partner):
        at = read_time(told.clicks[number]["time"], told.chain.name)
        bought = at + timedelta(minutes=17 * (number % 23) + 3)
        told.conversions[number]["time"] = told.chain.when(bought)
        told.attempts[number]["time"] = told.chain.when(bought + timedelta(minutes=1))
        told.conversions[number]["Click Time"] = row["time"] = told.clicks[number]["time"]
    told.upload = {}


def waiting_for_approval(told: Tale) -> None:
    told.conversions[-1]["status"] = "pending"
    told.silent()
    told.upload = {}


def one_try(told: Tale) -> None:
    told.attempts[-1] |= {"code": "502", "answer": "Bad Gateway"}
    told.unbook()
    for hours in (20, 9, 2):
        later = {
            "time": told.chain.when(NOW - timedelta(hours=hours)),
            "click_id": f"w9{hours}LATER",
            "order": f"9e{hours}",
        }
        told.attempts.insert(0, {**told.attempts[0], **later})


def bad_evening(told: Tale) -> None:
    for row in told.attempts[-9:-1]:
        row |= {"code": "503", "answer": "Service Unavailable"}
    orders = {row["order"] for row in told.attempts[-9:-1]}
    told.partner = [row for row in told.partner if row["order"] not in orders]


def dollars_and_euros(told: Tale) -> None:
    for row in told.partner:
        row["currency"] = "USD"


def third_missing(told: Tale) -> None:
    told.partner = [row for number, row in enumerate(told.partner) if number % 3]


def strange_status(told: Tale) -> None:
    told.conversions[-1]["status"] = "v_obrabotke"
    told.send()
    told.unbook()


def firewall(told: Tale) -> None:
    for row in told.attempts[-14:]:
        row |= {"code": "403", "answer": ""}
    orders = {row["order"] for row in told.attempts[-14:]}
    told.partner = [row for row in told.partner if row["order"] not in orders]


def rejected_as_fraud(told: Tale) -> None:
    for row in told.partner:
        row["Reason"] = ""
    told.partner[-1] |= {"status": "rejected", "Reason": "duplicate IP"}


def switched_off(told: Tale) -> None:
    for row in told.attempts[-20:-4]:
        row |= {"code": "500", "answer": "Internal Server Error"}
    told.attempts = told.attempts[:-4]
    orders = {row["order"] for row in told.conversions[-20:]}
    told.partner = [row for row in told.partner if row["order"] not in orders]
    told.facts.pop("sent_request")


def suppressed_goal(told: Tale) -> None:
    for number, row in enumerate(told.conversions):
        row["goal"] = "install" if number % 2 else "signup"
    for number, row in enumerate(told.attempts):
        row["goal"] = "install" if number % 2 else "signup"
    told.conversions[-1]["goal"] = "purchase"
    told.silent()


# -- template and callback -----------------------------------------------------------------------------------------


def swap(old: str, new: str, status: int = 0, body: str = "") -> Plant:
    """The saved template has something else; the receiver answers as given, or as if all were well."""

    def plant(told: Tale) -> None:
        told.swap(old, new)
        if status:
            told.refuse(status, body)

    return plant


def change(old: str, new: str, status: int = 0, body: str = "") -> Plant:
    """The request that left has something else than the template would make."""

    def plant(told: Tale) -> None:
        told.change(old, new)
        if status:
            told.refuse(status, body)

    return plant


def always_forty(told: Tale) -> None:
    told.swap("{payout_amount}", "40")
    for number, row in enumerate(told.conversions):
        row["payout"] = f"{41 + number}.5"
    for row in (*told.partner,):
        row["payout"] = "40"
    for row in told.attempts:
        row["url"] = address(row["url"]).replace("payout=48.5", "payout=40")
    told.upload = {}


def orders_look_alike(told: Tale) -> None:
    for rows in (told.conversions, told.attempts, told.partner):
        rows[-2]["click_id"] = told.chain.click_id
    told.swap("&txid={transaction_id}", "")
    told.facts["symptom"] = "accepted-not-counted"
    told.unbook()


def unencoded_order(told: Tale) -> None:
    order = "INV 118 & sons"
    told.conversions[-1]["order"] = told.attempts[-1]["order"] = order
    told.facts["transaction_id"] = order
    told.send()
    told.change("INV%20118%20%26%20sons", "INV 118 & sons")
    told.partner[-1]["order"] = "INV 118 "


def to_the_source(told: Tale) -> None:
    template = "https://ad.propellerads.com/conversion.php?aid=3306&pid=&tid=90210&visitor_id={clickid}"
    own = "dk29fjw03mzq7x1b"
    told.facts |= {"sender": "binom_v2", "tracker": "binom_v2", "receiver": "propellerads", "network": ""}
    told.facts |= {"source": "propellerads", "template": template, "sent_request": template.replace("{clickid}", own)}
    told.facts |= {"click_url": "https://in.ours.example/c/summer?visitor_id=712884409182736455", "click_id": own}
    start, page = str(told.facts["click_url"]), f"https://store.example/sale?clickid={own}"
    told.hops = [(start, redirect(page)), (page, Reply(200, "<h1>Sale</h1>"))]
    told.clicks, told.conversions, told.attempts, told.partner = [], [], [], []


# -- upload --------------------------------------------------------------------------------------------------------


def row(**changes: object) -> Plant:
    def plant(told: Tale) -> None:
        told.first_event().update(changes)

    return plant


def user(**changes: object) -> Plant:
    def plant(told: Tale) -> None:
        event = told.first_event()
        found = event.get("user") or event["user_data"]
        assert isinstance(found, dict)
        found.update(changes)

    return plant


def nobody(told: Tale) -> None:
    event = told.first_event()
    event["user_data"] = {"client_user_agent": "Mozilla/5.0"}


def google_says(code: str) -> Plant:
    error = {"errorCode": {"conversionUploadError": code}, "message": "see the code"}
    path = {"fieldPathElements": [{"fieldName": "conversions", "index": 0}]}
    details = [{"errors": [{**error, "location": path}]}]
    body = {"partialFailureError": {"code": 3, "message": "see the details", "details": details}, "results": [{}]}

    def plant(told: Tale) -> None:
        told.uploaded = Reply(200, json.dumps(body), (("Content-Type", "application/json"),))

    return plant


def microsoft_says(number: int, name: str) -> Plant:
    body = {"PartialErrors": [{"Code": number, "ErrorCode": name, "Index": 0, "Message": "see the code"}]}

    def plant(told: Tale) -> None:
        told.uploaded = Reply(200, json.dumps(body), (("Content-Type", "application/json"),))

    return plant


def uploaded(status: int, body: str) -> Plant:
    def plant(told: Tale) -> None:
        told.uploaded = Reply(status, body, (("Content-Type", "application/json"),))

    return plant


def all_of(*plants: Plant) -> Plant:
    def plant(told: Tale) -> None:
        for one in plants:
            one(told)

    return plant


def left_as_test(told: Tale) -> None:
    told.upload["test_event_code"] = "TEST77120"


def pixel_beside_it(told: Tale) -> None:
    told.facts["browser_event"] = json.dumps(
        {"event": "CompletePayment", "event_id": "a7f3-pixel", "event_time": int(BOUGHT.timestamp())}
    )


LATE = int((NOW - timedelta(days=45)).timestamp())
SOON = (NOW + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
EARLY = (CLICKED - timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
HTML = ("Content-Type", "text/html")
BAD_MAIL = '{"code": 40062, "message": "invalid hashed email"}'

CLICK: dict[str, Fault] = {
    "behind-the-hash": Fault("voluum", ("url-structure-broken",), behind_the_hash),
    "upper-cased": Fault("keitaro", ("click-id-altered",), upper_cased),
    "meta-refresh": Fault("cake", ("client-side-hop", "redirect-drops-query"), meta_refresh),
    "apple-strips": Fault("voluum", ("browser-strips-click-id",), apple_strips),
    "tagging-off": Fault("voluum", ("auto-tagging-off",), tagging_off),
    "not-for-this-country": Fault("cake", ("geo-device-branch",), not_for_this_country),
    "hop-is-gone": Fault("form", ("hop-answers-error",), hop_is_gone),
    "hop-certificate": Fault("json", ("hop-dns-or-tls-failure",), hop_certificate),
    "round-and-round": Fault("keitaro", ("redirect-loop-or-excess-hops",), round_and_round),
    "https-to-http": Fault("cake", ("protocol-downgrade",), from_https_to_http),
    "form-forgets-it": Fault("json", ("click-id-not-persisted",), form_forgets_it),
    "other-slot": Fault("keitaro", ("click-id-wrong-param",), other_slot),
    "order-as-click": Fault("keitaro", ("foreign-click-id", "unknown-click-id"), order_as_click),
    "nobody-clicked": Fault("form", ("unknown-click-id",), nobody_clicked),
    "weeks-late": Fault("voluum", ("click-outside-window",), weeks_late),
    "offer-link-bare": Fault("voluum", ("click-id-param-absent",), offer_link_bare),
    "source-macro": Fault("cake", ("source-macro-unexpanded",), source_macro),
    "wrong-domain": Fault("voluum", ("tracking-domain-mismatch",), wrong_domain),
}
EVENT: dict[str, Fault] = {
    "never-fired": Fault("json", ("event-never-fired",), never),
    "final-already": Fault(
        "json", ("status-change-on-final",), says(409, '{"success":false,"error":"conversion is not pending"}')
    ),
    "offer-stopped": Fault(
        "form", ("offer-inactive",), says(200, '{"result":"error","message":"Offer is not active"}')
    ),
    "pixel-only": Fault("cake", ("pixel-s2s-mode-mismatch",), says(200, "PostbackNotAllowed")),
    "second-deposit": Fault("keitaro", ("legit-repeat-suppressed",), second_deposit),
    "booked-twice": Fault("form", ("duplicate-counted-twice",), booked_twice),
    "five-hours-away": Fault("keitaro", ("timezone-day-shift",), five_hours_away),
    "at-night-in-bulk": Fault("voluum", ("delayed-or-batched-delivery",), at_night_in_bulk),
    "by-click-time": Fault("json", ("time-basis-mismatch",), by_click_time),
    "no-such-goal": Fault(
        "form", ("event-or-goal-name-mismatch",), says(422, '{"result":"error","message":"goal not found: ftd"}')
    ),
    "waiting": Fault("voluum", ("conversion-pending-hold",), waiting_for_approval),
    "cap": Fault("cake", ("conversion-cap-or-throttle",), says(200, "Conversion cap exceeded")),
    "one-try": Fault("voluum", ("no-retry-after-failure", "receiver-5xx"), one_try),
    "bad-evening": Fault("form", ("receiver-5xx-block",), bad_evening),
    "dollars-and-euros": Fault("json", ("logs-currency-differs",), dollars_and_euros),
    "third-missing": Fault("cake", ("count-gap",), third_missing),
    "strange-status": Fault("keitaro", ("status-not-mapped", "template-status-word"), strange_status),
    "rejected-as-fraud": Fault("form", ("conversion-rule-rejected",), rejected_as_fraud),
    "switched-off": Fault("voluum", ("postback-auto-disabled",), switched_off),
    "suppressed-goal": Fault("form", ("event-postback-toggle-off",), suppressed_goal),
}
CALLBACK: dict[str, Fault] = {
    "firewall": Fault("form", ("network-firewall-block",), firewall),
    "gone": Fault("json", ("endpoint-not-found",), says(410, '{"error":"gone"}')),
    "wants-json": Fault("form", ("http-method-mismatch",), says(415, "Unsupported Media Type")),
    "moved-for-good": Fault(
        "form", ("scheme-or-redirect-on-endpoint",), says(308, "", ("Location", "https://api2.buyer.example/s2s"))
    ),
    "wrong-token": Fault("keitaro", ("auth-token-mismatch",), says(403, "Неверный токен")),
    "bad-sign": Fault("json", ("signature-mismatch",), says(400, '{"code":10,"msg":"sign mismatch"}')),
    "not-on-the-list": Fault("voluum", ("app-allowlist-reject",), says(200, "IP address is not in whitelist")),
    "challenge": Fault(
        "cake",
        ("bot-challenge",),
        says(
            503, "<title>Checking your browser</title>", ("Server", "cloudflare"), ("cf-mitigated", "challenge"), HTML
        ),
    ),
    "field-required": Fault(
        *("json", ("required-param-missing",)),
        says(422, '{"errors":{"goal":["The goal field is required."]}}'),
    ),
    "fail-with-200": Fault("form", ("ok-status-not-recorded",), says(200, '{"result":"failed"}')),
    "tunnel": Fault(
        "json",
        ("staging-endpoint",),
        all_of(swap("hooks.partner.example", "4f1c-81-2-69-142.ngrok-free.app"), lambda told: told.unbook()),
    ),
    "too-fast": Fault("json", ("rate-limited",), says(429, '{"error":"slow down"}', ("Retry-After", "60"))),
    "gateway": Fault("keitaro", ("receiver-5xx",), says(504, "<h1>504 Gateway Time-out</h1>", HTML)),
    "other-certificate": Fault("voluum", ("endpoint-tls-failure",), fails("TLS_NAME_MISMATCH")),
    "no-name-servers": Fault("form", ("endpoint-dns-failure",), fails("DNS_SERVFAIL")),
    "other-offer": Fault("json", ("wrong-account-or-offer-id",), says(400, '{"error":"invalid offer_id"}')),
}
TEMPLATE: dict[str, Fault] = {
    "macro-in-json": Fault(
        "json",
        ("macro-literal",),
        change("01HQ8Z6V3M9T5K2R7W4X0N1BCD", "{click_id}", 404, '{"error":"click not found"}'),
    ),
    "hashes-encoded": Fault("cake", ("macro-braces-encoded",), swap("#s2#", "%23s2%23", 200, "ERROR: unknown click")),
    "other-brackets": Fault(
        "keitaro", ("macro-name-or-dialect", "macro-literal"), swap("{sub1}", "[sub1]", 200, 'SubID not found "[sub1]"')
    ),
    "dollar-sign": Fault("form", ("payout-format-unit",), change("19.90", "%2419.90")),
    "always-forty": Fault("voluum", ("payout-static-or-overridden",), always_forty),
    "no-order": Fault("voluum", ("txn-id-missing",), orders_look_alike),
    "not-encoded": Fault("form", ("value-not-encoded",), unencoded_order),
    "sub-id": Fault("keitaro", ("param-name-mismatch",), swap("subid=", "sub_id=", 200, "Incorrect subid")),
    "own-id": Fault("cake", ("own-id-instead-of-external-id",), to_the_source),
    "optional": Fault("voluum", ("placeholder-left-in",), swap("{payout_amount}", "OPTIONAL")),
    "drift": Fault("form", ("template-version-drift",), change("&status=approved", "")),
    "currency-sign": Fault("form", ("currency-mismatch",), change("currency=GBP", "currency=%C2%A3")),
    "twice-encoded": Fault("form", ("value-double-encoded",), change("INV-2026-118", "INV%252D2026%252D118")),
    "empty-click": Fault(
        "json",
        ("macro-empty",),
        change('"click_id":"01HQ8Z6V3M9T5K2R7W4X0N1BCD"', '"click_id":""', 400, '{"error":"click_id is empty"}'),
    ),
}
UPLOAD: dict[str, Fault] = {
    "gclid-lower": Fault(
        "voluum",
        ("gclid-unparseable", "upload-click-id-altered"),
        all_of(
            row(gclid="eaiaiqobchmi5p2xq8dkjamvx0hbah3mzwtaeaayasaaegkq7vd_bwe"),
            google_says("UNPARSEABLE_GCLID"),
        ),
    ),
    "no-zone": Fault("voluum", ("upload-time-unit-or-zone",), row(conversionDateTime="2026-02-28 08:00:00")),
    "expired": Fault("voluum", ("ad-click-outside-window",), google_says("EXPIRED_EVENT")),
    "no-action": Fault("voluum", ("upload-conversion-action-missing",), google_says("NO_CONVERSION_ACTION_FOUND")),
    "other-customer": Fault("voluum", ("upload-wrong-account",), google_says("INVALID_CUSTOMER_FOR_CLICK")),
    "already-there": Fault("voluum", ("upload-duplicate-order",), google_says("CLICK_CONVERSION_ALREADY_EXISTS")),
    "comma-value": Fault("voluum", ("value-currency-invalid",), row(conversionValue="48,5")),
    "google-unknown": Fault("voluum", ("ad-click-not-found",), google_says("EVENT_NOT_FOUND")),
    "tiktok-ms": Fault("keitaro", ("upload-time-unit-or-zone",), row(event_time=int(BOUGHT.timestamp()) * 1000)),
    "tiktok-mail": Fault(
        "keitaro", ("pii-hash-invalid",), all_of(user(email="olga@mail.example"), uploaded(200, BAD_MAIL))
    ),
    "tiktok-token": Fault(
        "keitaro", ("upload-token-invalid",), uploaded(200, '{"code": 40105, "message": "Access token is incorrect"}')
    ),
    "tiktok-test": Fault("keitaro", ("test-code-in-production",), left_as_test),
    "tiktok-pixel": Fault("keitaro", ("dedup-failure",), pixel_beside_it),
    "snap-nobody": Fault("json", ("match-keys-missing",), nobody),
    "snap-md5": Fault("json", ("pii-hash-invalid",), user(em=[HASH[:32]])),
    "snap-old": Fault("json", ("upload-event-too-old",), row(event_time=LATE)),
    "snap-token": Fault(
        "json",
        ("upload-token-invalid",),
        uploaded(401, '{"status": "INVALID", "reason": "Unauthorized: token expired"}'),
    ),
    "ms-cut": Fault(
        "form",
        ("upload-click-id-altered", "gclid-unparseable", "click-id-altered"),
        all_of(
            row(MicrosoftClickId="3f1b8c2d9e0a4b5c8d7e"),
            microsoft_says(5604, "OfflineConversionMicrosoftClickIdInvalid"),
        ),
    ),
    "ms-early": Fault(
        "form",
        ("conversion-precedes-click",),
        all_of(row(ConversionTime=EARLY), microsoft_says(5616, "ConversionTimeEarlierThanClickTime")),
    ),
    "ms-name": Fault(
        "form", ("upload-conversion-action-missing",), microsoft_says(5606, "OfflineConversionNameInvalid")
    ),
    "ms-window": Fault(
        "form", ("ad-click-outside-window",), microsoft_says(5617, "ClickIdDateTimeOutsideGoalConversionWindow")
    ),
    "ms-future": Fault(
        "form",
        ("upload-time-unit-or-zone",),
        all_of(row(ConversionTime=SOON), microsoft_says(5614, "FutureConversionTimeCannotBeSet")),
    ),
}
FAULTS: dict[str, Fault] = CLICK | EVENT | CALLBACK | TEMPLATE | UPLOAD

#: Two independent faults of one chain, the upstream one first.
PAIRS = (
    ("behind-the-hash", "no-zone"),
    ("upper-cased", "tiktok-ms"),
    ("meta-refresh", "challenge"),
    ("form-forgets-it", "snap-md5"),
    ("order-as-click", "tiktok-token"),
    ("offer-link-bare", "no-action"),
    ("suppressed-goal", "ms-name"),
    ("bad-evening", "ms-early"),
    ("wrong-token", "tiktok-mail"),
    ("bad-sign", "snap-old"),
    ("wants-json", "ms-window"),
    ("dollar-sign", "ms-early"),
    ("sub-id", "tiktok-token"),
    ("other-certificate", "expired"),
    ("gone", "snap-nobody"),
    ("moved-for-good", "ms-cut"),
    ("empty-click", "snap-token"),
)
#: A proven break and, further up, what only warns: the break is told first, and the warning is told.
WEIGHED = (
    ("five-hours-away", "wrong-token"),
    ("dollars-and-euros", "bad-sign"),
    ("booked-twice", "wants-json"),
    ("at-night-in-bulk", "optional"),
    ("apple-strips", "expired"),
)

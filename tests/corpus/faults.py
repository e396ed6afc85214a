"""Single faults: each changes a healthy story as the fault would, with everything that follows from it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.corpus.story import BOUGHT, CLICKED, NOW, Reply, Story, redirect, second

Plant = Callable[[Story], None]
NOT_FOUND = '{"status": "error", "message": "click not found"}'


def _own(story: Story) -> str:
    return f"{story.style.link_param}={story.style.click_id}"


def _ad(story: Story) -> str:
    return f"{story.style.ad_param}={story.style.ad_value}"


def _lost(story: Story) -> None:
    """What follows when the click ID does not reach the shop: an order without one, and a refusal."""
    story.conversions[-1]["click_id"] = ""
    story.attempts[-1]["click_id"] = ""
    story.resend({"click_id": ""})
    story.refuse(200, '{"status": "error", "message": "click id is empty"}')
    story.logs.discard("partner_log")


def _other(story: Story, value: str) -> None:
    """What follows when another click ID reaches the shop."""
    story.conversions[-1]["click_id"] = value
    story.attempts[-1]["click_id"] = value
    story.resend({"click_id": value})
    story.refuse(200, NOT_FOUND)


# -- click ---------------------------------------------------------------------------------------------------------


def drop_query(story: Story) -> None:
    story.pass_on(2, "https://shop.example/landing")
    _lost(story)


def drop_one(story: Story) -> None:
    story.pass_on(2, f"https://shop.example/landing?{_ad(story)}")
    _lost(story)


def lower_case(story: Story) -> None:
    value = "aB3dE6" + story.style.click_id[:6].upper()
    story.hops[1] = (story.hops[1][0], redirect(f"https://net.example/offer?{story.style.link_param}={value}"))
    story.hops[2] = (
        f"https://net.example/offer?{story.style.link_param}={value}",
        redirect(f"https://shop.example/landing?{story.style.link_param}={value.lower()}"),
    )
    story.hops[3] = (f"https://shop.example/landing?{story.style.link_param}={value.lower()}", story.hops[3][1])
    story.clicks[-1]["click_id"] = value
    _other(story, value.lower())


def cut_short(story: Story) -> None:
    value = story.style.click_id[:-4]
    story.pass_on(2, f"https://shop.example/landing?{story.style.link_param}={value}&{_ad(story)}")
    _other(story, value)


def second_question_mark(story: Story) -> None:
    story.pass_on(2, f"https://shop.example/landing?lang=en?{_own(story)}&{_ad(story)}")
    _lost(story)


def loop(story: Story) -> None:
    story.hops[2] = (story.hops[2][0], redirect(story.hops[1][0]))
    _lost(story)


def dead_host(story: Story) -> None:
    story.hops[2] = (story.hops[2][0], Reply(outcome="DNS_NXDOMAIN"))
    del story.hops[3]
    _never(story)


def script_hop(story: Story) -> None:
    page = '<html><script>location.replace("https://shop.example/landing")</script></html>'
    story.hops[2] = (story.hops[2][0], Reply(200, page, (("Content-Type", "text/html"),)))
    _lost(story)


def link_without_id(story: Story) -> None:
    story.facts["offer_url"] = "https://net.example/offer?id=41&fbclid={fbclid}"
    for at, url in (
        (1, f"https://net.example/offer?id=41&{_ad(story)}"),
        (2, f"https://shop.example/landing?{_ad(story)}"),
    ):
        story.pass_on(at, url)
    _lost(story)


def other_slot(story: Story) -> None:
    empty_id(story)
    story.facts["click_id"] = story.style.click_id


def source_macro(story: Story) -> None:
    story.facts["click_url"] = "https://ads.example/go?campaign=7&fbclid=${CLICK_ID}"
    urls = [url.replace(story.style.ad_value, "${CLICK_ID}") for url, _ in story.hops]
    story.hops = [
        (url, redirect(urls[at + 1]) if at + 1 < len(urls) else story.hops[at][1]) for at, url in enumerate(urls)
    ]
    if story.event:
        user = story.event["user_data"]
        assert isinstance(user, dict)
        del user["fbc"]


def foreign_id(story: Story) -> None:
    url = f"https://net.example/offer?id=41&{story.style.link_param}={story.style.ad_value}"
    story.pass_on(1, url)
    story.pass_on(2, f"https://shop.example/landing?{story.style.link_param}={story.style.ad_value}")
    story.facts["click_id"] = ""
    _other(story, story.style.ad_value)


def moved_for_good(story: Story) -> None:
    start, last = "https://track.example/click?campaign=7", story.hops[3]
    page = f"https://net.example/offer?{_own(story)}"
    story.facts["click_url"] = start
    story.hops = [(start, redirect(page, 301)), (page, redirect(last[0])), last]


# -- event ---------------------------------------------------------------------------------------------------------


def _never(story: Story) -> None:
    story.facts["click_id"] = story.style.click_id
    order = story.conversions.pop()
    story.facts["conversion_seen"] = "no"
    story.attempts = [row for row in story.attempts if row["transaction_id"] != order["transaction_id"]]
    story.partner = [row for row in story.partner if row["transaction_id"] != order["transaction_id"]]
    for name in ("sent_request", "transaction_id"):
        story.facts.pop(name, None)
    story.event = {}


def never_fired(story: Story) -> None:
    _never(story)


def on_hold(story: Story) -> None:
    story.conversions[-1]["status"] = "pending"
    story.unsend()


def _goals(story: Story, goal: str) -> None:
    for number, row in enumerate(story.conversions):
        row["goal"] = "registration" if number % 2 else "trial"
    for number, row in enumerate(story.attempts):
        row["goal"] = "registration" if number % 2 else "trial"
    story.conversions[-1]["goal"] = goal


def toggle_off(story: Story) -> None:
    _goals(story, "deposit")
    story.unsend()


def no_url(story: Story) -> None:
    story.unsend()
    story.attempts = []
    story.partner = []
    del story.facts["template"]


def auto_disabled(story: Story) -> None:
    for row in story.attempts[-14:]:
        row |= {"http_status": "500", "answer": "error"}
    story.attempts = story.attempts[:-4]
    gone = {row["transaction_id"] for row in story.conversions[-15:]}
    story.partner = [row for row in story.partner if row["transaction_id"] not in gone]
    story.facts.pop("sent_request", None)


def unknown_click(story: Story) -> None:
    story.clicks = [row for row in story.clicks if row["click_id"] != story.style.click_id]
    story.refuse(200, NOT_FOUND)
    story.facts["click_url"] = ""


def too_late(story: Story) -> None:
    story.facts["network"] = "everflow"
    story.clicks[-1]["time"] = second(BOUGHT - timedelta(days=400))
    story.refuse(200, '{"status": "error", "message": "Conversion outside lookback window"}')
    story.event = {}


def cap(story: Story) -> None:
    story.refuse(200, '{"status": "error", "message": "Daily cap reached"}')


def counted_twice(story: Story) -> None:
    story.partner += [dict(row) for row in story.partner[-6:]]


def payout_differs(story: Story) -> None:
    for row in story.partner:
        row["payout"] = f"{float(row['payout']) * 0.8:.2f}"


def cents(story: Story) -> None:
    for row in story.partner:
        row["payout"] = f"{float(row['payout']) * 100:.0f}"


def other_currency(story: Story) -> None:
    for row in story.partner:
        row["currency"] = "GBP"


def three_hours_off(story: Story) -> None:
    for row in story.partner:
        row["time"] = second(datetime.fromisoformat(row["time"]) + timedelta(hours=3))


def gap(story: Story) -> None:
    story.partner = [row for number, row in enumerate(story.partner) if number % 4]


def odd_status(story: Story) -> None:
    for row in story.partner[::2]:
        row["status"] = "buyout_ok"


def rule_rejected(story: Story) -> None:
    story.partner[-1] |= {"status": "declined", "reason": "fraud"}
    for row in story.partner[:-1]:
        row["reason"] = ""


def configured_later(story: Story) -> None:
    story.attempts = [row for row in story.attempts if row["time"] > second(BOUGHT)][-1:]
    story.attempts[-1] |= {
        "time": second(NOW - timedelta(hours=1)),
        "click_id": "later0001x",
        "transaction_id": "ORD-20999",
        "url": "https://track.example/x",
    }
    story.facts.pop("sent_request")
    story.uncount()


# -- template ------------------------------------------------------------------------------------------------------


def _macro(story: Story, meaning: str = "click_id") -> str:
    name = next(macro for macro, means in story.style.macros.items() if means == meaning)
    return f"[{name}]" if "[" in story.style.template else f"{{{name}}}"


def literal_id(story: Story) -> None:
    story.sent(str(story.facts["sent_request"]).replace(story.style.click_id, _macro(story)))
    story.refuse(200, NOT_FOUND)


def literal_payout(story: Story) -> None:
    story.sent(str(story.facts["sent_request"]).replace(f"={story.style.payout}", f"={_macro(story, 'payout')}"))
    story.partner[-1]["payout"] = "0"


def unknown_macro(story: Story) -> None:
    story.template(lambda text: text.replace(_macro(story), "{click_key}"))
    story.refuse(200, NOT_FOUND)


def empty_id(story: Story) -> None:
    story.template(lambda text: text.replace(_macro(story), "{sub7}"))
    story.sent(str(story.facts["sent_request"]).replace("{sub7}", ""))
    story.refuse(200, '{"status": "error", "message": "click id is empty"}')


def braces_encoded(story: Story) -> None:
    macro = _macro(story)
    encoded = macro.replace("{", "%7B").replace("}", "%7D").replace("[", "%5B").replace("]", "%5D")
    story.template(lambda text: text.replace(macro, encoded))
    story.refuse(200, NOT_FOUND)


def placeholder(story: Story) -> None:
    story.template(lambda text: text.replace(_macro(story, "txn"), "REPLACE"))


def encoded_twice(story: Story) -> None:
    story.conversions[-1]["transaction_id"] = "ORD/20417+a"
    story.facts["transaction_id"] = story.attempts[-1]["transaction_id"] = story.partner[-1]["transaction_id"] = (
        "ORD/20417+a"
    )
    story.resend()
    story.sent(str(story.facts["sent_request"]).replace("ORD%2F20417%2Ba", "ORD%252F20417%252Ba"))
    story.partner[-1]["transaction_id"] = "ORD%2F20417%2Ba"
    if story.event:
        story.event["event_id"] = "ORD/20417+a"


def not_encoded(story: Story) -> None:
    order = "ORD&20417#a"
    for row in (story.conversions[-1], story.attempts[-1]):
        row["transaction_id"] = order
    story.facts["transaction_id"] = order
    story.resend()
    story.sent(str(story.facts["sent_request"]).replace("ORD%2620417%23a", order))
    story.partner[-1]["transaction_id"] = "ORD"
    if story.event:
        story.event["event_id"] = order


def renamed(story: Story) -> None:
    macro = _macro(story)
    at = story.style.template.index(f"={macro}")
    name = story.style.template[:at].rpartition("?")[2].rpartition("&")[2]
    story.template(lambda text: text.replace(f"{name}={macro}", f"click_identifier={macro}"))
    story.refuse(200, '{"status": "error", "message": "missing required parameter: ' + name + '"}')


def static_payout(story: Story) -> None:
    story.template(lambda text: text.replace(_macro(story, "payout"), "5"))
    for row in story.partner:
        row["payout"] = "5"


def comma_payout(story: Story) -> None:
    value = story.style.payout.replace(".", ",") if "." in story.style.payout else "1990,00"
    story.resend({"payout": value})
    story.partner[-1]["payout"] = value.partition(",")[0]


def wrong_currency(story: Story) -> None:
    story.resend({"currency": "GBP"})
    story.partner[-1]["currency"] = "GBP"


def version_drift(story: Story) -> None:
    story.template(lambda text: f"{text}&goal=lead&source=7")
    story.sent(str(story.facts["sent_request"]).partition("&goal=")[0])


# -- callback ------------------------------------------------------------------------------------------------------


def _failed(story: Story, outcome: str) -> None:
    story.answer = Reply(outcome=outcome)
    story.attempts[-1] |= {"http_status": "0", "answer": ""}
    story.uncount()


def dns(story: Story) -> None:
    _failed(story, "DNS_NXDOMAIN")


def tls(story: Story) -> None:
    _failed(story, "TLS_EXPIRED(2026-02-27)")


def timeout(story: Story) -> None:
    _failed(story, "NO_ANSWER")


def refused_connection(story: Story) -> None:
    _failed(story, "CONNECT_REFUSED")


def answers(status: int, body: str, *headers: tuple[str, str]) -> Plant:
    def plant(story: Story) -> None:
        story.refuse(status, body, headers)

    return plant


def staging(story: Story) -> None:
    story.template(lambda text: text.replace("://", "://staging."))
    story.uncount()


# -- upload --------------------------------------------------------------------------------------------------------


def event(**changes: object) -> Plant:
    def plant(story: Story) -> None:
        for name, value in changes.items():
            place = story.event
            for step in name.split("__")[:-1]:
                inner = place[step]
                assert isinstance(inner, dict)
                place = inner
            place[name.split("__")[-1]] = value

    return plant


def meta_says(code: int, message: str, subcode: int = 0) -> Plant:
    def plant(story: Story) -> None:
        error = {
            "message": message,
            "type": "OAuthException",
            "code": code,
            "error_subcode": subcode,
            "fbtrace_id": "A",
        }
        story.uploaded = Reply(400, json.dumps({"error": error}), (("Content-Type", "application/json"),))

    return plant


def no_keys(story: Story) -> None:
    story.event["user_data"] = {"client_user_agent": "Mozilla/5.0"}


def test_code(story: Story) -> None:
    story.facts["upload_event"] = json.dumps({"data": [story.event], "test_event_code": "TEST12345"})


def other_dataset(story: Story) -> None:
    body = json.dumps({"data": [story.event]})
    head = "POST https://graph.facebook.com/v23.0/700000000000001/events HTTP/1.1\nContent-Type: application/json"
    story.facts["upload_event"] = f"{head}\n\n{body}"


def browser_twin(story: Story) -> None:
    story.facts["browser_event"] = json.dumps(
        {"event": "Purchase", "eventID": "another-1", "timestamp": int(BOUGHT.timestamp())}
    )


HTML = ("Content-Type", "text/html")
#: Faults that can only be told where the catalogue knows the platforms, or the ad platform is named: styles by number.
ONLY = {"empty-id": (0, 3), "other-slot": (1,), "renamed": (1, 2), "too-late": (3,)}
SINGLE: dict[str, tuple[str, Plant]] = {
    "drop-query": ("redirect-drops-query", drop_query),
    "drop-one": ("redirect-drops-query", drop_one),
    "lower-case": ("click-id-altered", lower_case),
    "cut-short": ("click-id-altered", cut_short),
    "second-question-mark": ("url-structure-broken", second_question_mark),
    "loop": ("redirect-loop-or-excess-hops", loop),
    "dead-host": ("hop-dns-or-tls-failure", dead_host),
    "script-hop": ("client-side-hop", script_hop),
    "link-without-id": ("click-id-param-absent", link_without_id),
    "other-slot": ("click-id-wrong-param", other_slot),
    "source-macro": ("source-macro-unexpanded", source_macro),
    "foreign-id": ("foreign-click-id", foreign_id),
    "moved-for-good": ("permanent-redirect-cached", moved_for_good),
    "never-fired": ("event-never-fired", never_fired),
    "on-hold": ("conversion-pending-hold", on_hold),
    "toggle-off": ("event-postback-toggle-off", toggle_off),
    "no-url": ("postback-url-missing", no_url),
    "auto-disabled": ("postback-auto-disabled", auto_disabled),
    "unknown-click": ("unknown-click-id", unknown_click),
    "too-late": ("click-outside-window", too_late),
    "cap": ("conversion-cap-or-throttle", cap),
    "counted-twice": ("duplicate-counted-twice", counted_twice),
    "payout-differs": ("logs-payout-differs", payout_differs),
    "cents": ("logs-payout-cents", cents),
    "other-currency": ("logs-currency-differs", other_currency),
    "three-hours-off": ("timezone-day-shift", three_hours_off),
    "gap": ("count-gap", gap),
    "odd-status": ("status-not-mapped", odd_status),
    "rule-rejected": ("conversion-rule-rejected", rule_rejected),
    "configured-later": ("configured-after-conversion", configured_later),
    "literal-id": ("macro-literal", literal_id),
    "literal-payout": ("macro-literal", literal_payout),
    "unknown-macro": ("macro-literal", unknown_macro),
    "empty-id": ("macro-empty", empty_id),
    "braces-encoded": ("macro-braces-encoded", braces_encoded),
    "placeholder": ("placeholder-left-in", placeholder),
    "encoded-twice": ("value-double-encoded", encoded_twice),
    "not-encoded": ("value-not-encoded", not_encoded),
    "renamed": ("param-name-mismatch", renamed),
    "static-payout": ("payout-static-or-overridden", static_payout),
    "comma-payout": ("payout-format-unit", comma_payout),
    "wrong-currency": ("currency-mismatch", wrong_currency),
    "version-drift": ("template-version-drift", version_drift),
    "dns": ("endpoint-dns-failure", dns),
    "tls": ("endpoint-tls-failure", tls),
    "timeout": ("endpoint-timeout", timeout),
    "closed": ("endpoint-unreachable", refused_connection),
    "not-found": ("endpoint-not-found", answers(404, "<html>404</html>", HTML)),
    "moved": ("scheme-or-redirect-on-endpoint", answers(301, "", ("Location", "https://www.track.example/postback"))),
    "method": ("http-method-mismatch", answers(405, "", ("Allow", "POST"))),
    "bot-check": ("bot-challenge", answers(403, "<title>Just a moment...</title>", ("cf-mitigated", "challenge"))),
    "token": ("auth-token-mismatch", answers(403, '{"error": "invalid security token"}')),
    "signature": ("signature-mismatch", answers(403, '{"error": "Invalid signature"}')),
    "allowlist": ("app-allowlist-reject", answers(403, '{"error": "IP is not in the whitelist"}')),
    "missing-goal": ("required-param-missing", answers(400, '{"error": "missing required parameter: goal"}')),
    "offer": ("wrong-account-or-offer-id", answers(200, '{"status": "error", "message": "Unknown offer"}')),
    "soft-fail": ("ok-status-not-recorded", answers(200, '{"success": false, "error": "something is off"}')),
    "too-many": ("rate-limited", answers(429, "slow down", ("Retry-After", "30"))),
    "server-error": ("receiver-5xx", answers(502, "<html>Bad Gateway</html>", HTML)),
    "staging": ("staging-endpoint", staging),
    "upload-token": ("upload-token-invalid", meta_says(190, "Invalid OAuth access token")),
    "upload-account": ("upload-wrong-account", other_dataset),
    "upload-old": ("upload-event-too-old", event(event_time=int((NOW - timedelta(days=30)).timestamp()))),
    "upload-ms": ("upload-time-unit-or-zone", event(event_time=int(BOUGHT.timestamp()) * 1000)),
    "twin": ("dedup-failure", browser_twin),
    "plain-mail": ("pii-hash-invalid", event(user_data__em=["buyer@example.com"])),
    "no-keys": ("match-keys-missing", no_keys),
    "bare-fbclid": ("fbc-malformed", event(user_data__fbc="IwAR2kd83jf02mqzPq81hdYxW7cR5tLm0aVb")),
    "comma-value": ("value-currency-invalid", event(custom_data={"value": "12,50", "currency": "USD"})),
    "before-click": ("conversion-precedes-click", event(event_time=int((CLICKED - timedelta(hours=9)).timestamp()))),
    "test-code": ("test-code-in-production", test_code),
}

UPLOADS = tuple(SINGLE)[tuple(SINGLE).index("upload-token") :]


def styles_of(name: str) -> tuple[int, ...]:
    """The numbers of the styles a fault can be planted in."""
    return ONLY.get(name, (0, 1, 2) if name in UPLOADS else (0, 1, 2, 3))


#: Two faults at once, the upstream one first, and the style they are planted in.
PAIRS = (
    ("drop-query", "literal-payout", 0),
    ("drop-one", "comma-payout", 3),
    ("lower-case", "wrong-currency", 1),
    ("script-hop", "static-payout", 2),
    ("drop-query", "upload-ms", 0),
    ("second-question-mark", "upload-token", 1),
    ("moved-for-good", "on-hold", 2),
    ("source-macro", "tls", 3),
    ("toggle-off", "plain-mail", 0),
    ("no-url", "upload-ms", 1),
    ("literal-payout", "not-found", 2),
    ("placeholder", "token", 0),
    ("comma-payout", "timeout", 1),
    ("wrong-currency", "too-many", 3),
    ("dns", "twin", 0),
    ("token", "bare-fbclid", 1),
    ("server-error", "comma-value", 2),
)

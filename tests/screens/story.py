"""One broken conversion, recorded: the network's slashed redirect forgets the click ID on its way to the shop."""

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import (
    Answer,
    DnsEvidence,
    Evidence,
    HttpEvidence,
    LogEvidence,
    LogRow,
    LogSource,
    SentRequest,
    Timing,
    TlsEvidence,
    Verdicts,
)

AT = "2026-03-01T10:00:00.000Z"
CLICK_ID = "w8f3kd02mqz7yt51bnx4hj6c"
FBCLID = "IwAR0kd83jf02mqzPx71"

AD = f"https://ads.example/go?campaign=7&fbclid={FBCLID}"
TRACKER = f"https://tracker.example/click?campaign=7&fbclid={FBCLID}"
OFFER = f"https://network.example/offer?aff_sub={CLICK_ID}&fbclid={FBCLID}"
SLASHED = "https://network.example/offer/"
SHOP = "https://shop.example/lamps"

TEMPLATE = "https://partner.example/postback?cid={clickid}&payout={payout}&currency={currency}&txid={transaction_id}"
SENT = f"https://partner.example/postback?cid={CLICK_ID}&payout=12.50&currency=USD&txid=A-1042"

EVENT = f"""{{"data": [{{"event_name": "Purchase", "event_time": 1772359080, "event_id": "A-1042",
"action_source": "website", "event_source_url": "{SHOP}",
"user_data": {{"client_user_agent": "Mozilla/5.0", "client_ip_address": "203.0.113.7",
"em": ["b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0e1cc1ffc5e475514"], "fbc": "{FBCLID}"}},
"custom_data": {{"currency": "USD", "value": 12.5}}}}]}}"""

FACTS = Facts(
    title="Lamps: no sales since Friday",
    click_url=AD,
    template=TEMPLATE,
    conversion_log="exports/conversions.csv",
    attempt_log="exports/attempts.csv",
    upload_event=EVENT,
    dataset_id="1184072",
    test_event_code="TEST48213",
)


def hop(number: int, url: str, status: int, ms: float, location: str = "") -> HttpEvidence:
    """One hop of the trace."""
    headers = (("location", location),) if location else (("content-type", "text/html"),)
    body = "" if location else "<html><title>Lamps</title></html>"
    return HttpEvidence(
        name="trace",
        at=AT,
        delivery="answered",
        outcome=("REDIRECT",) if location else ("OK_2XX",),
        request=SentRequest("GET", url, "/" + url.split("/", 3)[3], (("host", url.split("/")[2]),)),
        answer=Answer(status, headers, body, len(body)),
        verdicts=Verdicts("ok", "redirect" if location else "success", "none"),
        timing_ms=Timing(1.2, 8.4, 19.7, ms, ms + 30),
        peer="203.0.113.7:443",
        hop=number,
    )


HOPS = (
    hop(1, AD, 302, 48, TRACKER),
    hop(2, TRACKER, 302, 61, OFFER),
    hop(3, OFFER, 301, 22, SLASHED),
    hop(4, SLASHED, 302, 25, SHOP),
    hop(5, SHOP, 200, 84),
)

LOGS = LogEvidence(
    name="lookup",
    at=AT,
    outcome=("OK",),
    files=(
        LogSource(
            "conversion_log",
            "exports/conversions.csv",
            rows=412,
            dialect={"delimiter": ",", "encoding": "utf-8"},
            columns={"click_id": "clickid", "time": "created_at", "transaction_id": "order"},
            first_time="2026-02-20T00:04:11.000Z",
            last_time="2026-03-01T09:58:00.000Z",
        ),
        LogSource(
            "attempt_log",
            "exports/attempts.csv",
            rows=398,
            rejected_rows=1,
            dialect={"delimiter": ";", "encoding": "utf-8"},
            columns={"click_id": "clickid", "time": "sent_at", "url": "url", "answer_status": "code"},
            first_time="2026-02-20T00:04:12.000Z",
            last_time="2026-03-01T09:58:01.000Z",
        ),
    ),
    rows_of_click=(
        LogRow(
            "conversion_log",
            212,
            {
                "click_id": CLICK_ID,
                "time": "2026-03-01T09:58:00.000Z",
                "transaction_id": "A-1042",
                "payout": "12.50",
                "match": "exact",
            },
            {"clickid": CLICK_ID, "created_at": "2026-03-01 09:58:00", "order": "A-1042", "payout": "12.50"},
        ),
        LogRow(
            "attempt_log",
            207,
            {
                "click_id": CLICK_ID,
                "time": "2026-03-01T09:58:01.000Z",
                "url": SENT,
                "answer_status": "200",
                "match": "exact",
            },
            {"clickid": CLICK_ID, "sent_at": "2026-03-01 09:58:01", "url": SENT, "code": "200"},
        ),
    ),
    took_ms=41.0,
)

ANSWER = '{"status":"error","message":"offer is closed for this goal"}'
REPLAY = HttpEvidence(
    name="replay",
    at=AT,
    delivery="answered",
    outcome=("SOFT_FAIL",),
    request=SentRequest("GET", SENT, SENT.removeprefix("https://partner.example"), (("host", "partner.example"),)),
    answer=Answer(200, (("content-type", "application/json"),), ANSWER, len(ANSWER)),
    verdicts=Verdicts("ok", "success", "refused"),
    timing_ms=Timing(1.1, 9.0, 21.3, 64.0, 65.1),
    peer="203.0.113.9:443",
)

LOOKUPS: tuple[Evidence, ...] = (
    DnsEvidence("endpoint", AT, "partner.example", ("OK",), ("203.0.113.9",), 1.1),
    TlsEvidence(
        "endpoint",
        AT,
        "partner.example",
        443,
        ("OK",),
        "TLSv1.3",
        "Example CA",
        ("partner.example",),
        "2026-01-10T00:00:00.000Z",
        "2026-04-10T00:00:00.000Z",
        31.0,
    ),
)

EVIDENCE: tuple[Evidence, ...] = (*HOPS, LOGS, *LOOKUPS, REPLAY)

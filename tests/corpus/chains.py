"""Five chains as strangers would tell them: other platforms, dialects and languages, POST, JSON, other ad platforms."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from tests.corpus.story import NOW, Reply, Row, redirect

CLICKED, BOUGHT, SENT = NOW - timedelta(hours=30), NOW - timedelta(hours=28), NOW - timedelta(hours=27, minutes=58)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 Version/19.2 Mobile Safari/604.1"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/145.0.0.0 Safari/537.36"
HASH = sha256(b"olga@mail.example").hexdigest()
Columns = Mapping[str, str]
ENGLISH = {
    "time": "Created At",
    "click_id": "Click ID",
    "order": "Order ID",
    "status": "Status",
    "payout": "Revenue",
    "currency": "Currency",
    "agent": "User Agent",
    "goal": "Event Name",
    "url": "Postback URL",
    "code": "Response Code",
    "answer": "Response",
}
RUSSIAN = {
    "time": "Дата и время",
    "click_id": "ID клика",
    "order": "Номер заказа",
    "status": "Статус",
    "payout": "Выплата",
    "currency": "Валюта",
    "agent": "Браузер",
    "goal": "Цель",
    "url": "URL постбека",
    "code": "Код ответа",
    "answer": "Ответ сервера",
}


@dataclass(frozen=True, slots=True)
class Chain:
    """Who takes part and how they write. ``template`` may be a URL or a curl command."""

    name: str
    parties: Mapping[str, str]
    template: str
    macros: Mapping[str, str]
    click_id: str
    link: str
    order: str
    status: str
    payout: str
    currency: str
    answer: str
    ad: tuple[str, str]
    upload: Callable[["Chain"], dict[str, object]] | None = None
    upload_url: str = ""
    uploaded: str = ""
    columns: Columns = field(default_factory=lambda: ENGLISH)
    delimiter: str = ","
    when: Callable[[datetime], str] = lambda at: at.strftime("%Y-%m-%d %H:%M:%S+00:00")

    def macro(self, meaning: str) -> str:
        """The macro of this chain's template that stands for a value."""
        return next(macro for macro, means in self.macros.items() if means == meaning)


@dataclass(slots=True)
class Tale:
    """One conversion on a chain; whatever a fault may be planted in."""

    chain: Chain
    facts: dict[str, object]
    hops: list[tuple[str, Reply]]
    answer: Reply
    uploaded: Reply
    upload: dict[str, object]
    clicks: list[Row] = field(default_factory=list)
    conversions: list[Row] = field(default_factory=list)
    attempts: list[Row] = field(default_factory=list)
    partner: list[Row] = field(default_factory=list)

    def send(self, template: str = "", **values: str) -> None:
        """The request that left, made from a template with some values changed."""
        row = self.conversions[-1]
        given = {name: row[name] for name in ("click_id", "order", "status", "payout", "currency")} | values
        self.facts["sent_request"] = filled(template or str(self.facts["template"]), self.chain, given)
        if self.attempts and not template.startswith("curl"):
            self.attempts[-1]["url"] = address(str(self.facts["sent_request"]))

    def save(self, template: str, **values: str) -> None:
        """Another template, and what it sends."""
        self.facts["template"] = template
        self.send(**values)

    def swap(self, old: str, new: str) -> None:
        """One piece of the saved template replaced; the request follows."""
        assert old in str(self.facts["template"])
        self.save(str(self.facts["template"]).replace(old, new))

    def change(self, old: str, new: str) -> None:
        """One piece of the request that left replaced; the template stays as it is."""
        assert old in str(self.facts["sent_request"])
        self.facts["sent_request"] = str(self.facts["sent_request"]).replace(old, new)
        self.attempts[-1]["url"] = address(str(self.facts["sent_request"]))

    def refuse(self, status: int, body: str, *headers: tuple[str, str]) -> None:
        """The receiver's answer, now and in the sender's log; it booked nothing."""
        self.answer = Reply(status, body, headers)
        self.attempts[-1] |= {"code": str(status), "answer": body}
        self.unbook()

    def dead(self, outcome: str) -> None:
        """No answer, now or then."""
        self.answer = Reply(outcome=outcome)
        self.attempts[-1] |= {"code": "0", "answer": ""}
        self.unbook()

    def unbook(self) -> None:
        """The receiver has no such conversion."""
        self.partner = [row for row in self.partner if row["order"] != self.chain.order]

    def silent(self) -> None:
        """Nobody sent anything for this conversion."""
        self.attempts = [row for row in self.attempts if row["order"] != self.chain.order]
        self.facts.pop("sent_request", None)
        self.unbook()

    def onward(self, at: int, url: str, status: int = 302) -> None:
        """From the hop ``at`` the click goes to another address."""
        self.hops[at] = (self.hops[at][0], redirect(url, status))
        self.hops[at + 1] = (url, self.hops[at + 1][1])

    def first_event(self) -> dict[str, object]:
        """The first event of the upload."""
        found = next(value for value in self.upload.values() if isinstance(value, list))[0]
        assert isinstance(found, dict)
        return found


def address(request: str) -> str:
    """The URL of a request, be it a curl command or a URL."""
    return next((word.strip("'") for word in request.split() if word.strip("'").startswith("http")), request)


def filled(template: str, chain: Chain, values: Mapping[str, str]) -> str:
    """The template with its macros replaced: percent-encoded, but as they are inside a JSON body."""
    raw = "-d '{" in template
    for macro, meaning in chain.macros.items():
        template = template.replace(macro, values[meaning] if raw else quote(values[meaning], safe=""))
    return template


def google(chain: Chain) -> dict[str, object]:
    row = {
        "conversionAction": "customers/5550001112/conversionActions/777000333",
        chain.ad[0]: chain.ad[1],
        "conversionDateTime": BOUGHT.strftime("%Y-%m-%d %H:%M:%S+00:00"),
        "conversionValue": float(chain.payout),
        "currencyCode": chain.currency,
        "orderId": chain.order,
    }
    return {"conversions": [row], "partialFailure": True}


def tiktok(chain: Chain) -> dict[str, object]:
    user = {"ttclid": chain.ad[1], "email": HASH, "ip": "198.51.100.24", "user_agent": CHROME}
    event = {
        "event": "CompletePayment",
        "event_time": int(BOUGHT.timestamp()),
        "event_id": chain.order,
        "user": user,
        "page": {"url": "https://store.example/thanks"},
        "properties": {"currency": chain.currency, "value": float(chain.payout)},
    }
    return {"event_source": "web", "event_source_id": "C9PIXEL0TIKTOK7", "data": [event]}


def snapchat(chain: Chain) -> dict[str, object]:
    user = {"em": [HASH], "client_ip_address": "198.51.100.24", "client_user_agent": CHROME, "sc_click_id": chain.ad[1]}
    event = {
        "event_name": "PURCHASE",
        "event_time": int(BOUGHT.timestamp()),
        "event_id": chain.order,
        "action_source": "website",
        "event_source_url": "https://store.example/thanks",
        "user_data": user,
        "custom_data": {"currency": chain.currency, "value": float(chain.payout)},
    }
    return {"data": [event]}


def microsoft(chain: Chain) -> dict[str, object]:
    row = {
        "MicrosoftClickId": chain.ad[1],
        "ConversionName": "Paid order",
        "ConversionTime": BOUGHT.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ConversionValue": float(chain.payout),
        "ConversionCurrencyCode": chain.currency,
    }
    return {"OfflineConversions": [row]}


CHAINS = {
    "keitaro": Chain(
        "keitaro",
        {"network": "leadbit", "sender": "leadbit", "tracker": "keitaro", "receiver": "keitaro"}
        | {"ad_platform": "tiktok_events_api", "dataset_id": "C9PIXEL0TIKTOK7"},
        "https://trk-nn.example/ab12cd3/postback?subid={sub1}&status={status}&payout={cost}&tid={id}&currency=RUB",
        {"{sub1}": "click_id", "{status}": "status", "{cost}": "payout", "{id}": "order"},
        *("51ts6sgr1cbkdhljnrv", "sub1", "880412", "sale", "1350", "RUB", "Success"),
        ("ttclid", "E.C.P.v3kQ8sWnR2mLx0JtYb7HzGd5"),
        tiktok,
        "https://business-api.tiktok.com/open_api/v1.3/event/track/",
        '{"code": 0, "message": "OK", "request_id": "20260228", "data": {}}',
        RUSSIAN,
        ";",
        lambda at: at.strftime("%d.%m.%Y %H:%M:%S"),
    ),
    "voluum": Chain(
        "voluum",
        {"network": "everflow", "sender": "everflow", "tracker": "voluum", "receiver": "voluum"}
        | {"ad_platform": "google_ads_click_conversions", "dataset_id": "5550001112"},
        "https://go.clicks-v.example/postback?cid={sub1}&payout={payout_amount}&txid={transaction_id}&et=sale",
        {"{sub1}": "click_id", "{payout_amount}": "payout", "{transaction_id}": "order"},
        *("wQ3F7C5HT1JLKSM2B8E4RNV6", "sub1", "9f3c1f0a6b7d4e21a5c8d0e9b1a2c3d4", "approved", "48.5", "USD", ""),
        ("gclid", "EAIaIQobChMI5p2xq8DkjAMVx0hBAh3mZwTaEAAYASAAEgKq7vD_BwE"),
        google,
        "https://googleads.googleapis.com/v25/customers/5550001112:uploadClickConversions",
        '{"results": [{"gclid": "EAIaIQobChMI5p2xq8DkjAMVx0hBAh3mZwTaEAAYASAAEgKq7vD_BwE", "conversionAction": '
        '"customers/5550001112/conversionActions/777000333", "conversionDateTime": "2026-02-28 08:00:00+00:00"}]}',
        delimiter="\t",
    ),
    "form": Chain(
        "form",
        {"ad_platform": "microsoft_offline_conversions"},
        "curl -X POST https://api.buyer.example/s2s/conversion -d "
        "'click_id={click_id}&order={order_id}&sum={amount}&currency={currency}&status={status}'",
        {"{click_id}": "click_id", "{order_id}": "order", "{amount}": "payout", "{currency}": "currency"}
        | {"{status}": "status"},
        *("7d0b6a7e-2f64-4f0e-9a55-0c6b5f1d9eff", "aff_click", "INV-2026-118", "approved", "19.90", "GBP"),
        '{"result":"accepted","id":5512}',
        ("msclkid", "3f1b8c2d9e0a4b5c8d7e6f1a2b3c4d5e"),
        microsoft,
        "https://campaign.api.bingads.microsoft.com/CampaignManagement/v13/OfflineConversions/Apply",
        '{"PartialErrors": []}',
    ),
    "json": Chain(
        "json",
        {"ad_platform": "snapchat_capi_v3", "dataset_id": "a1b2c3d4-0000-4000-8000-1234567890ab"},
        "curl -X POST https://hooks.partner.example/v2/conversions -H 'Content-Type: application/json' -d "
        '\'{"click_id":"{click_id}","transaction":"{txn}","payout":"{payout}","currency":"{cur}","status":"{state}"}\'',
        {"{click_id}": "click_id", "{txn}": "order", "{payout}": "payout", "{cur}": "currency", "{state}": "status"},
        *("01HQ8Z6V3M9T5K2R7W4X0N1BCD", "clk", "T-55021", "approved", "75.00", "EUR"),
        '{"success":true,"conversion_id":"c_88192"}',
        ("ScCid", "8a0f7d26-5b3e-4c0e-9a51-2f6b7c8d9e0f"),
        snapchat,
        "https://tr.snapchat.com/v3/a1b2c3d4-0000-4000-8000-1234567890ab/events",
        '{"status": "VALID", "reason": "All events processed."}',
    ),
    "cake": Chain(
        "cake",
        {"network": "cake", "sender": "cake"},
        "https://in.ours.example/p?click=#s2#&order=#tid#&amount=#price#",
        {"#s2#": "click_id", "#tid#": "order", "#price#": "payout"},
        *("h7Gk20PqLw93", "s2", "4471902", "approved", "6.25", "USD", "OK"),
        ("external_id", "a7Kd02MzPq6t"),
        when=lambda at: str(int(at.timestamp())),
    ),
}


def tale(name: str) -> Tale:
    """A conversion without a fault on the named chain, with two days of ordinary traffic before it."""
    chain = CHAINS[name]
    ad, own = f"{chain.ad[0]}={chain.ad[1]}", f"{chain.link}={chain.click_id}"
    start = address(chain.template).partition("/postback")[0].rpartition("//")[2].partition("/")[0]
    urls = [
        f"https://{start}/c/summer?{ad}",
        f"https://offers.net-x.example/t?o=77&{own}&{ad}",
        f"https://store.example/sale?{own}&{ad}",
    ]
    hops = [(urls[0], redirect(urls[1])), (urls[1], redirect(urls[2])), (urls[2], Reply(200, "<h1>Sale</h1>"))]
    facts: dict[str, object] = {**chain.parties, "click_url": urls[0], "template": chain.template}
    facts |= {"transaction_id": chain.order}
    made = Tale(
        *(chain, facts, hops, Reply(200, chain.answer), Reply(200, chain.uploaded)),
        chain.upload(chain) if chain.upload else {},
    )
    for number in range(60):
        at = NOW - timedelta(hours=104) + timedelta(hours=number)
        last = f"{number:02d}"
        _book(made, chain.click_id[:-2] + last, f"{chain.order[:-2]}{100 + number}", at, chain.ad[1] + last)
    _book(made, chain.click_id, chain.order, CLICKED, chain.ad[1])
    made.send()
    return made


def _book(told: Tale, click: str, order: str, at: datetime, ad: str) -> None:
    chain, write = told.chain, told.chain.when
    bought, sent = at + (BOUGHT - CLICKED), at + (SENT - CLICKED)
    booked = {"click_id": click, "order": order, "status": chain.status}
    booked |= {"payout": chain.payout, "currency": chain.currency}
    told.clicks.append({"time": write(at), "click_id": click, "agent": CHROME, chain.ad[0]: ad})
    told.conversions.append({"time": write(bought), **booked})
    url = address(filled(chain.template, chain, booked))
    tried = {"time": write(sent), "click_id": click, "order": order, "url": url}
    told.attempts.append({**tried, "code": "200", "answer": chain.answer})
    told.partner.append({"time": write(bought), **booked})


def put_down(told: Tale, folder: Path) -> dict[str, object]:
    """The facts of a tale with its logs as files, in the language and dialect of its chain."""
    facts = dict(told.facts)
    if told.upload:
        facts.setdefault("upload_event", recording(told))
    logs = {"click_log": told.clicks, "conversion_log": told.conversions}
    for role, rows in {**logs, "attempt_log": told.attempts, "partner_log": told.partner}.items():
        if rows:
            path = folder / f"{role}.csv"
            path.write_text(_sheet(told.chain, rows), encoding="utf-8")
            facts[role] = str(path)
    return {name: value for name, value in facts.items() if value}


def recording(told: Tale) -> str:
    """The upload as a browser or a proxy recorded it, with the ad platform's answer."""
    body = {"mimeType": "application/json", "text": json.dumps(told.upload)}
    content = {"size": len(told.uploaded.body), "mimeType": "application/json", "text": told.uploaded.body}
    common = {"httpVersion": "HTTP/1.1", "cookies": [], "headersSize": -1, "bodySize": -1}
    headers = [{"name": "Content-Type", "value": "application/json"}]
    request = {"method": "POST", "url": told.chain.upload_url, "headers": headers, "queryString": []}
    answer = {"status": told.uploaded.status, "statusText": "", "headers": headers, "content": content}
    return json.dumps(
        {"request": {**request, **common, "postData": body}, "response": {**answer, **common, "redirectURL": ""}}
    )


def _sheet(chain: Chain, rows: list[Row]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=chain.delimiter, lineterminator="\n")
    writer.writerow(chain.columns.get(name, name) for name in names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue()


def read_time(text: str, name: str) -> datetime:
    """A moment as a chain's logs write it."""
    match name:
        case "keitaro":
            return datetime.strptime(text, "%d.%m.%Y %H:%M:%S").replace(tzinfo=UTC)
        case "cake":
            return datetime.fromtimestamp(int(text), UTC)
    return datetime.fromisoformat(text)

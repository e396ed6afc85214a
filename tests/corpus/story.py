"""One conversion as everybody saw it, healthy until a fault is planted: links, logs, postback, answer and upload."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from postback_wizard.domain.probe import Headers

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CLICKED, BOUGHT, SENT = NOW - timedelta(hours=5), NOW - timedelta(hours=4), NOW - timedelta(hours=3, minutes=59)
DATASET = "489120574930158"
Row = dict[str, str]
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Style:
    """Whose platforms take part, and how their postback, its macros and their links are spelt."""

    name: str
    parties: Mapping[str, str]
    template: str
    macros: Mapping[str, str]
    click_id: str
    link_param: str
    ad_param: str = "fbclid"
    ad_value: str = "IwAR2kd83jf02mqzPq81hdYxW7cR5tLm0aVb"
    answer: str = '{"status": "recorded"}'
    payout: str = "12.50"
    currency: str = "USD"
    status: str = "approved"


STYLES = (
    Style(
        "in-house",
        {},
        "https://track.example/postback?cid={clickid}&payout={payout}&currency={currency}&txid={transaction_id}"
        "&status={status}",
        {
            "clickid": "click_id",
            "payout": "payout",
            "currency": "currency",
            "transaction_id": "txn",
            "status": "status",
        },
        "W7k2M9x4Q1ab",
        "clickid",
    ),
    Style(
        "affise-keitaro",
        {"network": "affise", "sender": "affise", "tracker": "keitaro", "receiver": "keitaro"},
        "https://track.example/4f5a1c9/postback?subid={sub1}&status={status}&payout={sum}&tid={transactionid}"
        "&currency={currency}",
        {"sub1": "click_id", "sum": "payout", "currency": "currency", "transactionid": "txn", "status": "status"},
        "2r5kq7pm3n9vd",
        "sub1",
        answer="Success",
        payout="7.20",
        currency="EUR",
        status="sale",
    ),
    Style(
        "tune-redtrack",
        {"network": "tune", "sender": "tune", "tracker": "redtrack", "receiver": "redtrack"},
        "https://track.example/postback?clickid={aff_sub}&sum={payout}&currency={currency}&tid={transaction_id}"
        "&status=approved",
        {"aff_sub": "click_id", "payout": "payout", "currency": "currency", "transaction_id": "txn"},
        "6578f4a3c1d2e9000183bd7a",
        "aff_sub",
        answer='{"status": "ok", "message": "conversion recorded"}',
        payout="31.00",
    ),
    Style(
        "brackets",
        {},
        "https://in.track.example/s2s?click_id=[clickid]&sum=[payout]&cur=[currency]&order_id=[orderid]",
        {"clickid": "click_id", "payout": "payout", "currency": "currency", "orderid": "txn"},
        "c384EFV6JHQODRN70575OK6U",
        "subid",
        ad_param="ttclid",
        ad_value="E.C.P.CtQBxWq5dZ7mN3kR8vT1pL0yHs",
        answer="OK: conversion saved",
        payout="1990",
        currency="RUB",
    ),
)


@dataclass(slots=True)
class Reply:
    """What a server answers; ``outcome`` names why none came."""

    status: int = 200
    body: str = ""
    headers: Headers = ()
    outcome: str = ""


@dataclass(slots=True)
class Story:
    """Everything a fault can be planted in. ``hops`` are the addresses of the click with what each answers."""

    style: Style
    facts: dict[str, object]
    hops: list[tuple[str, Reply]]
    answer: Reply
    uploaded: Reply
    event: dict[str, object]
    clicks: list[Row] = field(default_factory=list)
    conversions: list[Row] = field(default_factory=list)
    attempts: list[Row] = field(default_factory=list)
    partner: list[Row] = field(default_factory=list)
    logs: set[str] = field(default_factory=lambda: {"click_log", "conversion_log", "attempt_log", "partner_log"})

    @property
    def values(self) -> Row:
        """The conversion's values by what they mean."""
        row = self.conversions[-1]
        return {"click_id": row["click_id"], "txn": row["transaction_id"], **row}

    def template(self, change: Callable[[str], str]) -> None:
        """Save another template; the request is made from it."""
        self.facts["template"] = change(str(self.facts["template"]))
        self.resend()

    def resend(self, values: Mapping[str, str] = NOTHING) -> None:
        """Make the request anew from the template, with other values where given."""
        self.sent(fill(str(self.facts["template"]), self.style, {**self.values, **values}))

    def sent(self, url: str) -> None:
        """What really left, in the facts and in the log of attempts."""
        self.facts["sent_request"] = url
        if self.attempts and self.attempts[-1]["transaction_id"] == self.values["txn"]:
            self.attempts[-1]["url"] = url

    def refuse(self, status: int, body: str, headers: Headers = ()) -> None:
        """What the receiver answers, to us and in the sender's log; its books have no such conversion."""
        self.answer = Reply(status, body, headers)
        self.attempts[-1] |= {"http_status": str(status), "answer": body}
        self.uncount()

    def uncount(self) -> None:
        """The receiver's books have no such conversion."""
        self.partner = [row for row in self.partner if row["transaction_id"] != self.values["txn"]]

    def unsend(self) -> None:
        """Nobody tried to send this conversion."""
        self.attempts = [row for row in self.attempts if row["transaction_id"] != self.values["txn"]]
        del self.facts["sent_request"]
        self.uncount()

    def pass_on(self, at: int, url: str) -> None:
        """From a hop on the click goes to another address; the last one lands."""
        self.hops[at] = (self.hops[at][0], redirect(url))
        self.hops[at + 1] = (url, self.hops[at + 1][1])


def redirect(url: str, status: int = 302) -> Reply:
    return Reply(status, "", (("Location", url),))


def fill(template: str, style: Style, values: Mapping[str, str]) -> str:
    """The template with its macros filled in, encoded once."""
    for macro, meaning in style.macros.items():
        for spelt in ("{" + macro + "}", "[" + macro + "]"):
            template = template.replace(spelt, quote(values[meaning], safe=""))
    return template


def healthy(style: Style) -> Story:
    """A conversion without a fault, and two days of traffic before it."""
    ads, tracker, network, shop = (
        f"https://{host}" for host in ("ads.example", "track.example", "net.example", "shop.example")
    )
    ad, own = f"{style.ad_param}={style.ad_value}", f"{style.link_param}={style.click_id}"
    urls = [
        f"{ads}/go?campaign=7&{ad}",
        f"{tracker}/click?campaign=7&{ad}",
        f"{network}/offer?id=41&{own}&{ad}",
        f"{shop}/landing?{own}&{ad}",
    ]
    replies = [*(redirect(url) for url in urls[1:]), Reply(200, "<html><body>lamps</body></html>")]
    story = Story(
        style,
        {
            **style.parties,
            "click_url": urls[0],
            "template": style.template,
            "transaction_id": "ORD-20417",
            **(
                {"ad_platform": "meta_capi", "dataset_id": DATASET, "test_event_code": "TEST48213"}
                if style.ad_param == "fbclid"
                else {}
            ),
        },
        list(zip(urls, replies, strict=True)),
        Reply(200, style.answer),
        Reply(200, '{"events_received": 1, "messages": [], "fbtrace_id": "A1b2"}'),
        _event(style) if style.ad_param == "fbclid" else {},
    )
    for number in range(40):
        _earlier(story, number, NOW - timedelta(hours=50) + timedelta(hours=number))
    _note(story, style.click_id, "ORD-20417", CLICKED, BOUGHT, SENT, style.ad_value)
    story.resend()
    return story


def _event(style: Style) -> dict[str, object]:
    user = {
        "em": ["a" * 8 + "0123456789abcdef" * 3 + "12345678"],
        "client_ip_address": "203.0.113.9",
        "client_user_agent": "Mozilla/5.0",
    }
    return {
        "event_name": "Purchase",
        "event_time": int(BOUGHT.timestamp()),
        "event_id": "ORD-20417",
        "action_source": "website",
        "event_source_url": f"https://shop.example/landing?{style.link_param}={style.click_id}",
        "user_data": {**user, "fbc": f"fb.1.{int(CLICKED.timestamp()) * 1000}.{style.ad_value}"},
        "custom_data": {"value": float(style.payout), "currency": style.currency},
    }


def _earlier(story: Story, number: int, at: datetime) -> None:
    fresh = f"{story.style.click_id[:-4]}{number:04x}"
    bought = at + timedelta(minutes=9)
    _note(
        story,
        fresh,
        f"ORD-{20300 + number}",
        at,
        bought,
        bought + timedelta(minutes=1),
        f"{story.style.ad_value}{number}",
    )


def _note(story: Story, click: str, order: str, clicked: datetime, bought: datetime, sent: datetime, ad: str) -> None:
    style = story.style
    booked = {
        "click_id": click,
        "transaction_id": order,
        "status": style.status,
        "payout": style.payout,
        "currency": style.currency,
    }
    story.clicks.append({"time": second(clicked), "click_id": click, "campaign": "7", style.ad_param: ad})
    story.conversions.append({"time": second(bought), **booked})
    url = fill(style.template, style, {**booked, "txn": order})
    row = {"time": second(sent), "click_id": click, "transaction_id": order, "url": url}
    story.attempts.append({**row, "http_status": "200", "answer": style.answer})
    story.partner.append({"time": second(bought), **booked})


def second(at: datetime) -> str:
    """A moment as these logs write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def write(story: Story, folder: Path) -> dict[str, object]:
    """The facts of a story, its logs written down as files beside them."""
    facts = dict(story.facts)
    if story.event:
        facts.setdefault("upload_event", json.dumps({"data": [story.event]}))
    books = {"click_log": story.clicks, "conversion_log": story.conversions, "attempt_log": story.attempts}
    for role, rows in {**books, "partner_log": story.partner}.items():
        if role in story.logs:
            facts[role] = str(_csv(folder / f"{role}.csv", rows))
    return {name: value for name, value in facts.items() if value}


def _csv(path: Path, rows: Sequence[Row]) -> Path:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path

"""What the roles of the practice chain share: addresses, logs, the terms of the offer and the shapes of answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Protocol

from postback_wizard.practice.books import Books
from postback_wizard.practice.faults import HEALTHY, Faults
from postback_wizard.practice.wire import Deliver, Reply, Request

#: The offer: its number at the network, what it pays, and for what.
OFFER, PAYOUT, CURRENCY, GOAL, STATUS = "504", "12.50", "USD", "purchase", "approved"
#: What the shop sells.
GOODS = "Garden lamp"


class Role(Protocol):
    """Somebody in the chain."""

    def answer(self, request: Request, deliver: Deliver, /) -> Reply:
        """Answer a request; ``deliver`` reaches the other roles."""


@dataclass
class Market:
    """What the roles share: where each of them lives, the logs, and what is broken today."""

    addresses: Mapping[str, str]
    books: Books
    faults: Faults = HEALTHY
    #: What tracker and partner share to sign postbacks.
    secret: str = ""


def redirect(url: str, status: int = 302) -> Reply:
    """A redirect, with a body for those who do not follow."""
    return Reply(status, f'<a href="{escape(url)}">continue</a>', location=url)


def as_json(value: object, status: int = 200) -> Reply:
    """A JSON answer."""
    return Reply(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")), "application/json")


NOT_FOUND = Reply(404, "<!doctype html><title>not found</title>")

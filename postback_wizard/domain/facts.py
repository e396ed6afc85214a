"""What is known about one broken conversion: the named facts of the facts file, and where each came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

Table = Mapping[str, str]

CHOICES: Mapping[str, tuple[str, ...]] = {
    "role": ("affiliate", "tracker", "network", "advertiser"),
    "symptom": (
        "nothing-arrives",
        "refused",
        "accepted-not-counted",
        "amount-differs",
        "counted-twice",
        "ad-platform-blind",
    ),
    "conversion_seen": ("yes", "no"),
    "attempt_seen": ("yes", "no"),
}

GROUPS: Mapping[str, tuple[str, ...]] = {
    "case": (
        *("title", "reporter", "allow", "role", "symptom", "source", "tracker", "network", "ad_platform"),
        *("sender", "receiver", "offer", "partner_message"),
    ),
    "click": ("click_url", "offer_url", "user_agent", "har", "click_id", "click_time"),
    "event": (
        *("conversion_seen", "attempt_seen", "transaction_id", "goal", "status", "payout", "currency"),
        *("conversion_time", "attempt_time", "click_log", "conversion_log", "attempt_log", "partner_log", "columns"),
    ),
    "replay": ("template", "sent_request", "method", "body", "headers", "answer_status", "answer_body", "proxy"),
    "template": ("previous_template", "macro_values"),
    "upload": ("dataset_id", "upload_event", "browser_event", "test_event_code", "customer"),
}

TIMES = ("click_time", "conversion_time", "attempt_time")
PATHS = ("har", "click_log", "conversion_log", "attempt_log", "partner_log")
#: Kept in memory only: raw customer data must never reach a disk.
MEMORY_ONLY = ("customer",)


@dataclass(frozen=True, slots=True)
class Facts:
    """Named values, each empty until somebody or some step knows it. Units and forms are those of the facts file."""

    title: str = ""
    reporter: str = ""
    allow: tuple[str, ...] = ()
    role: str = ""
    symptom: str = ""
    source: str = ""
    tracker: str = ""
    network: str = ""
    ad_platform: str = ""
    sender: str = ""
    receiver: str = ""
    offer: str = ""
    partner_message: str = ""

    click_url: str = ""
    offer_url: str = ""
    user_agent: str = ""
    har: str = ""
    click_id: str = ""
    click_time: str = ""

    conversion_seen: str = ""
    attempt_seen: str = ""
    transaction_id: str = ""
    goal: str = ""
    status: str = ""
    payout: str = ""
    currency: str = ""
    conversion_time: str = ""
    attempt_time: str = ""
    click_log: str = ""
    conversion_log: str = ""
    attempt_log: str = ""
    partner_log: str = ""
    columns: Table = field(default_factory=dict)

    template: str = ""
    sent_request: str = ""
    method: str = ""
    body: str = ""
    headers: Table = field(default_factory=dict)
    answer_status: str = ""
    answer_body: str = ""
    proxy: str = ""

    previous_template: str = ""
    macro_values: Table = field(default_factory=dict)

    dataset_id: str = ""
    upload_event: str = ""
    browser_event: str = ""
    test_event_code: str = ""
    customer: Table = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The text of a fact, empty when it is unknown; tables and lists are read by attribute instead."""
        value = getattr(self, name)
        return value if isinstance(value, str) else ""

    def known(self, *names: str) -> bool:
        """Whether any of these facts is known."""
        return any(bool(getattr(self, name)) for name in names)

    def with_values(self, values: Mapping[str, object]) -> "Facts":
        """These facts with some replaced."""
        return replace(self, **values)  # type: ignore[arg-type]  # names and types are checked where bytes come in


NAMES = tuple(item.name for item in fields(Facts))
TABLES = ("columns", "headers", "macro_values", "customer")

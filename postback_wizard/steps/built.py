"""An event built from a case for one conversion API, as the exact request its documentation describes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from postback_wizard.catalogue.rules import EventRules
from postback_wizard.checks.upload import seen_click_ids
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.places import put
from postback_wizard.domain.probe import OAUTH1, SECRET, TOKEN, Effect, Headers, HttpProbe
from postback_wizard.domain.times import read_moment

BOUNDARY = "postback-wizard-part"
_FACTORS = {"s": 1, "ms": 1000, "us": 1_000_000}


def build_request(case: Case, rules: EventRules, base: str = "") -> HttpProbe | None:
    """One live event of this case; secrets are stand-ins, what the case does not know is left out.

    None where nobody documents how the API is asked. ``base`` is another address of the API.
    """
    sending = rules.sending
    if sending is None:
        return None
    known = _Sources(case, rules)
    event = known.table(sending.event)
    url = address(sending.url, rules, case.facts.dataset_id, base)
    url = url.replace("{action}", quote(known.text("action"), safe="")).replace("{click}", quote(known.text("click")))
    headers = filled_headers(sending.headers, rules, case.facts.dataset_id)
    if sending.body == "query":
        url = f"{url}?{urlencode(event, quote_via=quote)}" if event else url
        return _probe(sending.method, url, headers, "")
    if sending.body == "csv":
        return _probe(sending.method, url, (*headers, MULTIPART), csv_body([event]))
    body = known.table(sending.envelope)
    listed = rules.events[0]
    if listed and "" not in rules.events:
        put(body, listed, [event])
    else:
        body |= event
    return _probe(sending.method, url, headers, json.dumps(body, ensure_ascii=False, indent=2))


MULTIPART = ("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")


def csv_body(rows: list[dict[str, Any]]) -> str:
    """A multipart body with one part, ``file``, that holds rows of a CSV with their header."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(names), *(",".join(str(row.get(name, "")) for name in names) for row in rows)]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="conversions.csv"\r\n'
    return f"{head}Content-Type: text/csv\r\n\r\n" + "\r\n".join(lines) + f"\r\n--{BOUNDARY}--\r\n"


def address(template: str, rules: EventRules, account: str, base: str = "") -> str:
    """A URL of the API with base, version, account and the stand-in for the token in their places."""
    first = account.strip().partition("/")[0] if rules.account_path or "{account1}" not in template else account
    values = {"base": (base or rules.base).rstrip("/"), "version": rules.version, "account": quote(first, safe="")}
    return _filled(template, values)


def filled_headers(templates: tuple[str, ...], rules: EventRules, account: str) -> Headers:
    """Headers with version, account and the stand-ins for secrets in their places; those left empty are dropped."""
    first, _, second = account.strip().partition("/")
    values = {"version": rules.version, "account": account.strip(), "account1": first, "account2": second}
    pairs = (item.partition(":") for item in templates)
    named = ((name.strip(), _filled(value.strip(), values)) for name, _, value in pairs)
    return tuple((name, value) for name, value in named if value)


def _filled(template: str, values: Mapping[str, str]) -> str:
    for name, value in {**values, "token": TOKEN, "secret": SECRET, "oauth1": OAUTH1}.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _probe(method: str, url: str, headers: Headers, body: str) -> HttpProbe:
    return HttpProbe("upload", method, url, headers, body, effect=Effect.WRITE)


def as_text(probe: HttpProbe) -> str:
    """A request as it may be pasted: a URL, or a raw request with its headers and body."""
    if not probe.body and not probe.headers:
        return probe.url
    head = "\n".join(f"{name}: {value}" for name, value in probe.headers)
    return f"{probe.method} {probe.url} HTTP/1.1\n{head}\n\n{probe.body}".rstrip("\n")


class _Sources:
    """What a case knows, under the names the catalogue asks for it by."""

    def __init__(self, case: Case, rules: EventRules) -> None:
        self._case = case
        self._rules = rules
        seen = seen_click_ids(case)
        self._click = next(((rule, seen[rule.param]) for rule in rules.clicks if rule.param in seen), None)
        self._fbclid = seen.get("fbclid", "")

    def table(self, wanted: Mapping[str, str]) -> dict[str, Any]:
        """The values at their paths; one that is not known is left out, and so is the list item it belongs to."""
        values = {path: self._value(source) for path, source in wanted.items()}
        gone = {
            path.partition(".0.")[0]
            for path, source in wanted.items()
            if ".0." in path and source == "click" and values[path] is None
        }
        found: dict[str, Any] = {}
        for path, value in values.items():
            if value is not None and path.partition(".0.")[0] not in gone:
                put(found, self._place(path, wanted[path]), value)
        return found

    def _place(self, path: str, source: str) -> str:
        """Google's three click IDs have a field each."""
        if source == "click" and self._click and "[" not in self._click[0].field:
            return self._click[0].field
        return path

    def text(self, source: str) -> str:
        """A value as text, empty where it is not known."""
        value = self._value(source)
        return "" if value is None else str(value)

    def _value(self, source: str) -> Any:
        if source.startswith("="):
            return _literal(source[1:])
        facts = self._case.facts
        plain = {
            "order": facts.transaction_id,
            "currency": facts.currency.upper(),
            "amount": facts.payout,
            "account": facts.dataset_id.strip(),
            "agent": facts.user_agent,
            "token": TOKEN,
        }
        if source in plain:
            return plain[source] or None
        return getattr(self, f"_{source}_of")(facts.goal.strip()) if hasattr(self, f"_{source}_of") else None

    def _name_of(self, goal: str) -> str | None:
        """The platform's own word where the goal is one, else the word of its example."""
        sending = self._rules.sending
        usual = sending.default_name if sending else ""
        words = [word for rule in self._rules.vocabularies if rule.what == "name" for word in (*rule.words, usual)]
        return next((word for word in words if word and word.lower() == goal.lower()), usual or goal) or None

    def _action_of(self, goal: str) -> str | None:
        """The goal as the account calls it; of a bare number, the name of the resource."""
        if goal.isdigit() and self._rules.id == "google_ads_click_conversions":
            return f"customers/{self._case.facts.dataset_id.strip()}/conversionActions/{goal}"
        if goal.isdigit() and self._rules.id == "linkedin_capi":
            return f"urn:lla:llaPartnerConversion:{goal}"
        return goal or None

    def _value_of(self, _goal: str) -> float | None:
        try:
            return float(self._case.facts.payout)
        except ValueError:
            return None

    def _click_of(self, _goal: str) -> str | None:
        return self._click[1] if self._click else None

    def _fbc_of(self, _goal: str) -> str | None:
        clicked = read_moment(self._case.facts.click_time) if self._case.facts.click_time else None
        return f"fb.1.{int(clicked.utc.timestamp() * 1000)}.{self._fbclid}" if clicked and self._fbclid else None

    def _page_of(self, _goal: str) -> str | None:
        hops = self._case.trace()
        return (hops[-1].request.url if hops else click_url(self._case.facts)) or None

    def _properties_of(self, _goal: str) -> str | None:
        facts = self._case.facts
        inner = {"value": self._value_of(""), "currency": facts.currency.upper() or None}
        kept = {name: value for name, value in inner.items() if value is not None}
        return json.dumps(kept) if kept else None

    def _time_of(self, _goal: str) -> Any:
        moment = read_moment(self._case.facts.conversion_time) if self._case.facts.conversion_time else None
        rule = self._rules.time
        return written_time(int(moment.utc.timestamp()), rule.units[0], rule.pattern) if moment and rule else None


def written_time(seconds: int, unit: str, pattern: str) -> Any:
    """A moment in the unit an API reads: a whole number, or text with its offset."""
    if unit in _FACTORS:
        return seconds * _FACTORS[unit]
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.strftime("%Y-%m-%d %H:%M:%S+00:00" if " " in pattern else "%Y-%m-%dT%H:%M:%SZ")


def _literal(text: str) -> Any:
    if text.startswith("text:"):
        return text[5:]
    try:
        return json.loads(text)
    except ValueError:
        return text

"""Every API's rules: its documented payload lints clean, and each documented rule broken once gives its finding."""

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from postback_wizard import checks
from postback_wizard.catalogue import upload_api, upload_api_ids
from postback_wizard.catalogue.recognised import all_rules
from postback_wizard.catalogue.rules import EventRules
from postback_wizard.checks.upload import Judged, judged_upload
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level
from postback_wizard.domain.places import dig, put
from postback_wizard.steps.built import as_text, build_request, written_time

NOW = 1772359200  # 2026-03-01T10:00:00Z, when examples are judged
#: What stands in the documented payloads where a real value belongs.
REAL = {
    "<sha256>": "2a97516c354b68848cdbd8f54a226a0a55b21ed138e207ad6c5cbb9c00aa5aea",
    "<uet vid>": "f5a1c9d2",
    "<msclkid>": "0a1b2c3d4e5f6071",
    "<id from Events Manager>": "t2_test",
    "<ad group conversion event>": "ec_purchase",
    "fb.1.1700000000000.<fbclid>": f"fb.1.{NOW - 7200}000.IwAR0abc",
}
#: No payload is documented: the required fields alone make one.
OWN = {"openai_ads_capi": '{"events": [{"id": "e1", "type": "purchase", "timestamp_ms": 1700000000000}]}'}


@pytest.fixture(autouse=True)
def _crashes_are_raised() -> Iterator[None]:
    checks.guard_checks = False
    yield
    checks.guard_checks = True


def documented(rules: EventRules) -> str:
    """The documented payload with real values, an hour old, without its mark of a test."""
    fact = upload_api(rules.id).minimal_payload
    text = fact.value if fact else OWN[rules.id]
    for given, real in REAL.items():
        text = text.replace(given, real)
    text = text.removeprefix("GET ").removeprefix("CSV:\n")
    if rules.id == "taboola_s2s":
        text = json.dumps(json.loads(text)["bulk"])
    text = text.replace("RG%3A/<goal>", "RG%3A/sale")
    text = re.sub(r"<([^<>]+)>", lambda found: f"Ab{found[1].replace(' ', '').replace('_', '')}19", text)
    text = re.sub(r"17000000000*(?=[,\\.}])", lambda found: str(NOW - 3600) + "0" * (len(found[0]) - 10), text)
    text = re.sub(r"2026-01-31[T ]\d\d:\d\d:\d\d", lambda found: f"2026-03-01{found[0][10]}08:00:00", text)
    text = text.replace("08:00:00-08:00", "08:00:00+00:00")
    if not text.startswith("{") or rules.test is None or rules.test.kind in ("address", "query"):
        return text
    body = json.loads(text)
    path = rules.test.key.lstrip("^").split(".")
    holder = body if len(path) == 1 else body[path[0]]
    holder.pop(path[-1], None)
    return json.dumps(body)


def judge(text: str, rules: EventRules, **facts: Any) -> list[Finding]:
    known = {"upload_event": text, "ad_platform": rules.id, **facts}
    return [item for item in checks.findings_of("upload", checks.example(**known).case) if item.level is not Level.GOOD]


def codes(text: str, rules: EventRules, **facts: Any) -> list[str]:
    return [finding.code for finding in judge(text, rules, **facts)]


ALL = list(all_rules())
IDS = [rules.id for rules in ALL]


def test_every_api_has_rules() -> None:
    assert tuple(IDS) == upload_api_ids()


@pytest.mark.parametrize("rules", ALL, ids=IDS)
def test_the_documented_payload_lints_clean(rules: EventRules) -> None:
    assert [item for item in judge(documented(rules), rules) if item.level is not Level.INFO] == []


@pytest.mark.parametrize("rules", [rules for rules in ALL if rules.id != "openai_ads_capi"], ids=lambda rules: rules.id)
def test_the_documented_payload_is_recognised_without_being_told(rules: EventRules) -> None:
    found = judged_upload(checks.example(upload_event=documented(rules)).case)
    assert isinstance(found, Judged)
    assert found.rules.id == rules.id


# -- each rule broken once -----------------------------------------------------------------------------------------

Broken = tuple[EventRules, str, str, dict[str, str]]


class Sheet:
    """One documented payload that can be changed field by field, whatever its form."""

    def __init__(self, rules: EventRules) -> None:
        self.rules = rules
        self.text = documented(rules)
        self.is_json = self.text.startswith("{")
        found = judged_upload(checks.example(upload_event=self.text, ad_platform=rules.id).case)
        assert isinstance(found, Judged)
        self.around: Any = copy.deepcopy(dict(found.events[0].around))
        self.event: Any = copy.deepcopy(dict(found.events[0].data))
        self.query = dict(found.events[0].query)

    def written(self, *events: Any) -> str:
        items = list(events) or [self.event]
        match self.text[:1], self.rules.events[0]:
            case "{", listed if listed and self.around:
                body = copy.deepcopy(self.around)
                put(body, listed, items)
                return json.dumps(body)
            case "{", _:
                return json.dumps(items if len(items) > 1 else items[0])
            case _, "csv":
                names = list(dict.fromkeys(name for item in items for name in item))
                return "\n".join([",".join(names), *(",".join(str(item.get(n, "")) for n in names) for item in items)])
        parted = ";" if self.rules.events[0] == ";" else "&"
        return self.text.partition("?")[0] + "?" + parted.join(f"{key}={value}" for key, value in items[0].items())

    def drop(self, field: str) -> None:
        node, path = (self.around, field[1:]) if field.startswith("^") else (self.event, field)
        *way, last = path.removesuffix("?").split(".")
        for name in way:
            node = node.get(name.removesuffix("[]"), {})
            node = node[0] if isinstance(node, list) and node else node
        if isinstance(node, dict):
            node.pop(last.removesuffix("[]"), None)

    def set(self, field: str, value: Any) -> None:
        found = re.fullmatch(r"(.*)\.(\w+)\[(\w+)=(\w+)\]\.(\w+)", f".{field}")
        if found:
            put(self.event, f"{found[1][1:]}.{found[2]}".lstrip("."), [{found[3]: found[4], found[5]: value}])
            return
        target = self.around if field.startswith("^") else self.event
        put(target, field.lstrip("^").replace("[]", ".0"), value)

    def meet(self, when: str) -> None:
        field, equals, wanted = when.lstrip("!").partition("=")
        if when != "always" and equals:
            self.set(field, wanted.partition("|")[0])
        elif when != "always" and not (dig(self.around if field[0] == "^" else self.event, field.lstrip("^"))):
            self.set(field, {"x": "y"})


def broken() -> Iterator[Broken]:
    for rules in ALL:
        yield from _missing(rules)
        yield from _odd(rules)
        yield from _timed(rules)
        yield from _linked(rules)


def _missing(rules: EventRules) -> Iterator[Broken]:
    for need in rules.required:
        sheet = Sheet(rules)
        sheet.meet(need.when)
        for way in re.split(r"[|+]", need.field):
            sheet.drop(way.strip())
        yield rules, f"without {need.field}", "upload-field-missing", {"upload_event": sheet.written()}
    if rules.match_keys:
        sheet = Sheet(rules)
        for key in rules.match_keys:
            for part in key.split("+"):
                sheet.drop(part.strip())
        yield rules, "without match keys", "match-keys-missing|upload-field-missing", {"upload_event": sheet.written()}
    for weak in rules.weak:
        sheet = Sheet(rules)
        sheet.event["user_data"] = dict.fromkeys(weak.split(), "x")
        yield rules, f"only {weak}", "match-keys-missing", {"upload_event": sheet.written()}


def _odd(rules: EventRules) -> Iterator[Broken]:
    wrong: dict[str, Any] = {
        "text": 5,
        "number": "x",
        "whole": "x",
        "amount": 5.5,
        "list": "x",
        "table": 5,
        "flag": "x",
    }
    for kind in rules.kinds:
        sheet = Sheet(rules)
        sheet.set(kind.field, wrong[kind.kind])
        yield rules, f"{kind.field} of another type", "upload-field-type", {"upload_event": sheet.written()}
    for words in rules.vocabularies:
        sheet = Sheet(rules)
        sheet.set(words.field, "never heard of, and far too long for a name")
        code = "upload-action-source-unknown" if words.what == "source" else "upload-event-name-unknown"
        yield rules, f"{words.field} of no vocabulary", code, {"upload_event": sheet.written()}
    if rules.value:
        sheet = Sheet(rules)
        sheet.set(rules.value, "12,50 $")
        yield rules, "an amount with a comma", "value-currency-invalid", {"upload_event": sheet.written()}
    if rules.currency:
        sheet = Sheet(rules)
        sheet.set(rules.currency, "dollar")
        yield rules, "a currency that is no code", "value-currency-invalid", {"upload_event": sheet.written()}
        sheet = Sheet(rules)
        sheet.set(rules.value, "5" if rules.id == "pinterest_capi_v5" else 5)
        sheet.drop(rules.currency)
        code = "value-currency-invalid|upload-field-missing"
        yield rules, "a value without its currency", code, {"upload_event": sheet.written()}


def _timed(rules: EventRules) -> Iterator[Broken]:
    rule = rules.time
    if rule is None:
        return
    for unit in [unit for unit in ("s", "ms", "us", "text") if unit not in rule.units]:
        sheet = Sheet(rules)
        sheet.set(rule.field, written_time(NOW - 3600, unit, ""))
        wanted = "upload-time-unit-or-zone"
        yield rules, f"time in {unit}", wanted, {"upload_event": sheet.written()}
    if rule.zone == "required":
        sheet = Sheet(rules)
        sheet.set(rule.field, written_time(NOW - 3600, "text", rule.pattern)[:19])
        yield rules, "time without zone", "upload-time-unit-or-zone", {"upload_event": sheet.written()}
    if rule.units[0] != "text" or rule.zone != "open":
        sheet = Sheet(rules)
        sheet.set(rule.field, written_time(NOW + 3 * 3600, rule.units[0], rule.pattern))
        yield rules, "time ahead", "upload-time-unit-or-zone", {"upload_event": sheet.written()}
    for age in rules.ages:
        sheet = Sheet(rules)
        sheet.meet(age.when)
        sheet.set(rule.field, written_time(NOW - age.hours * 3600 - 7200, rule.units[0], rule.pattern))
        yield rules, f"older than {age.hours} h", "upload-event-too-old", {"upload_event": sheet.written()}


def _linked(rules: EventRules) -> Iterator[Broken]:
    altered = "gclid-unparseable" if rules.id.startswith("google_") else "upload-click-id-altered"
    for click in rules.clicks:
        sheet = Sheet(rules)
        sheet.set(click.field, REAL["<sha256>"])
        yield rules, f"{click.field} hashed", altered, {"upload_event": sheet.written()}
        if click.param:
            sheet = Sheet(rules)
            sheet.set(click.field, "abc")
            url = f"https://shop.example/?{click.param}=ABC"
            yield rules, f"{click.field} altered", altered, {"upload_event": sheet.written(), "click_url": url}
    if rules.batch:
        sheet = Sheet(rules)
        many = [sheet.event] * (rules.batch + 1)
        yield rules, "too many events", "upload-batch-too-large", {"upload_event": sheet.written(*many)}
    for key in rules.keys:
        sheet = Sheet(rules)
        for part in key.split("+"):
            if not dig(sheet.event, part.strip()):
                sheet.set(part.strip(), "A1")
        yield rules, f"{key} twice", "upload-duplicate-order", {"upload_event": sheet.written(sheet.event, sheet.event)}
    if rules.accounts and rules.accounts[0][0] != "?":
        yield rules, "another account", "upload-wrong-account", {"upload_event": documented(rules), "dataset_id": "777"}
    if rules.test and rules.test.kind in ("code", "flag"):
        sheet = Sheet(rules)
        sheet.set(rules.test.key, True if rules.test.kind == "flag" else "TEST1")
        yield rules, "a test's mark", "test-code-in-production", {"upload_event": sheet.written()}
    window = upload_api(rules.id).click_window_days
    if window:
        facts = {"upload_event": documented(rules), "click_time": "2025-10-01T00:00:00Z"}
        yield rules, "past the window", "ad-click-outside-window", facts
    if (rules.time and rules.time.zone != "open") or (rules.time and rules.time.units[0] != "text"):
        facts = {"upload_event": Sheet(rules).written(), "click_time": "2026-03-01T09:58:00Z"}
        sheet = Sheet(rules)
        if rules.time:
            sheet.set(rules.time.field, written_time(NOW - 7200, rules.time.units[0], rules.time.pattern))
        yield rules, "before the click", "conversion-precedes-click", {**facts, "upload_event": sheet.written()}


BROKEN = list(broken())


@pytest.mark.parametrize(("rules", "what", "code", "facts"), BROKEN, ids=[f"{b[0].id}: {b[1]}" for b in BROKEN])
def test_a_rule_broken_once_gives_its_finding(rules: EventRules, what: str, code: str, facts: dict[str, str]) -> None:
    known = dict(facts)
    found = judge(known.pop("upload_event"), rules, **known)
    named = [finding for finding in found if finding.code in code.split("|")]
    assert named, (what, [finding.code for finding in found])


@pytest.mark.parametrize("rules", [rules for rules in ALL if upload_api(rules.id).experimental], ids=lambda r: r.id)
def test_what_rests_on_third_parties_is_never_certain(rules: EventRules) -> None:
    facts = [facts for broken_rules, _, _, facts in BROKEN if broken_rules.id == rules.id]
    found = [item for given in facts for item in judge(given["upload_event"], rules)]
    assert found
    assert Confidence.CERTAIN not in {item.confidence for item in found if item.code != "upload-unreadable"}


@pytest.mark.parametrize(
    ("code", "given"),
    [
        (rule.code, given)
        for module in checks.modules("upload")
        for rule, more in getattr(module, "MORE_EXAMPLES", {}).items()
        for given in more
    ],
)
def test_a_second_api_shows_the_same_mistake(code: str, given: checks.Example) -> None:
    assert code in [finding.code for finding in checks.findings_of("upload", given.case)]


@pytest.mark.parametrize("rules", [rules for rules in ALL if rules.sending], ids=lambda rules: rules.id)
def test_an_event_built_from_a_case_is_read_back_as_that_apis_own(rules: EventRules) -> None:
    click = next((click.param for click in rules.clicks if click.param), "fbclid")
    facts = Facts(
        click_url=f"https://shop.example/?{click}=0a1b2c3d4e5f&fbclid=IwAR0abc",
        click_time="2026-03-01T08:00:00Z",
        conversion_time="2026-03-01T09:00:00Z",
        transaction_id="order-7",
        payout="12.50",
        currency="USD",
        goal="42",
        user_agent="Mozilla/5.0",
        dataset_id="1234567",
    )
    case = checks.example().case.learn(
        {name: getattr(facts, name) for name in facts.__dataclass_fields__ if getattr(facts, name)}, "typed"
    )
    probe = build_request(case, rules)
    assert probe is not None
    found = judged_upload(case.learn({"upload_event": as_text(probe), "ad_platform": rules.id}, "typed"))
    assert isinstance(found, Judged)
    sent = [value for click_rule in rules.clicks for value in found.events[0].texts(click_rule.field)]
    carries_none = not any(click_rule.param for click_rule in rules.clicks)
    assert carries_none or "0a1b2c3d4e5f" in sent

"""The checks of the event step: their examples, and that one fault is named once."""

from types import ModuleType
from typing import Any

import pytest

from postback_wizard import checks
from postback_wizard.checks import Example, example
from postback_wizard.domain.finding import Confidence, Finding, Level, Rule
from postback_wizard.domain.probe import LogEvidence, LogRow, LogSource
from postback_wizard.domain.text import placeholders

AT = "2026-03-01T10:00:00.000Z"
CLICK = "w7k2p9q4m1"


def found_in(shown: Example) -> list[Finding]:
    return list(checks.findings_of("event", shown.case))


def bad(shown: Example) -> list[str]:
    return [finding.code for finding in found_in(shown) if finding.level is Level.BAD]


def codes(shown: Example) -> set[str]:
    return {finding.code for finding in found_in(shown)}


def log(role: str, rows: int = 100, first: str = "", problem: str = "", rejected: int = 0) -> LogSource:
    columns = {"click_id": "clickid", "time": "time"}
    return LogSource(role, f"{role}.csv", rows, rejected, columns=columns, first_time=first, problem=problem)


def row(role: str, match: str = "exact", **values: str) -> LogRow:
    return LogRow(role, 1, {"click_id": CLICK, "match": match, **values})


def lookup(files: list[LogSource], rows: list[LogRow], **facts: object) -> Example:
    evidence = LogEvidence("lookup", AT, ("OK",), tuple(files), tuple(rows))
    paths = {file.role: file.path for file in files}
    known: dict[str, Any] = {"click_id": CLICK, **paths, **facts}
    return example(evidence, **known)


RULES = [(module, rule) for module in checks.modules("event") for rule in module.EXAMPLES]


@pytest.mark.parametrize(("module", "rule"), RULES, ids=[rule.code for _, rule in RULES])
def test_each_example_raises_its_rule_and_no_other(module: ModuleType, rule: Rule) -> None:
    assert [finding.code for finding in module.check(module.EXAMPLES[rule].case)] == [rule.code]


@pytest.mark.parametrize(("module", "rule"), RULES, ids=[rule.code for _, rule in RULES])
def test_each_title_is_filled_by_its_finding(module: ModuleType, rule: Rule) -> None:
    (finding,) = module.check(module.EXAMPLES[rule].case)
    for text in (rule.title, rule.why, rule.fix):
        assert "{" not in text.say("ru", finding.values)
        assert placeholders(text.en) <= set(finding.values)


ALL = ["click_log", "conversion_log", "attempt_log"]


def test_a_healthy_conversion_has_no_fault_and_is_said_to_be_found() -> None:
    shown = lookup([log(role) for role in ALL], [row(role) for role in ALL])
    assert codes(shown) == {"click-found", "event-found", "attempt-found"}


def test_a_click_without_a_conversion_is_an_event_that_never_fired() -> None:
    shown = lookup([log(role) for role in ALL], [row("click_log")])
    assert bad(shown) == ["event-never-fired"]


def test_an_order_of_the_partner_without_a_conversion_is_certain() -> None:
    shown = lookup([log("conversion_log"), log("partner_log")], [row("partner_log")])
    (finding,) = (item for item in found_in(shown) if item.level is Level.BAD)
    assert (finding.code, finding.confidence) == ("event-never-fired", Confidence.CERTAIN)


def test_rejected_rows_make_an_absence_only_likely() -> None:
    shown = lookup([log("click_log"), log("conversion_log", rejected=2)], [row("click_log")])
    (finding,) = (item for item in found_in(shown) if item.level is Level.BAD)
    assert (finding.code, finding.confidence) == ("event-never-fired", Confidence.LIKELY)


def test_a_typed_no_without_any_id_is_only_likely() -> None:
    (finding,) = found_in(example(conversion_seen="no"))
    assert (finding.code, finding.confidence) == ("event-never-fired", Confidence.LIKELY)


def test_neither_conversion_nor_attempt_is_one_fault() -> None:
    assert bad(example(conversion_seen="no", attempt_seen="no", transaction_id="ORD-1")) == ["event-never-fired"]


def test_a_conversion_without_an_attempt_lacks_a_postback() -> None:
    shown = lookup([log(role) for role in ALL], [row("click_log"), row("conversion_log")])
    assert bad(shown) == ["postback-url-missing"]


def test_an_empty_log_of_attempts_makes_the_missing_postback_certain() -> None:
    files = [log("conversion_log"), log("attempt_log", rows=0, problem="empty")]
    (finding,) = (item for item in found_in(lookup(files, [row("conversion_log")])) if item.level is not Level.GOOD)
    assert (finding.code, finding.confidence) == ("postback-url-missing", Confidence.CERTAIN)


def test_a_typed_no_attempt_for_a_typed_conversion_is_certain() -> None:
    shown = example(conversion_seen="yes", attempt_seen="no", click_id=CLICK)
    (finding,) = (item for item in found_in(shown) if item.level is Level.BAD)
    assert (finding.code, finding.confidence) == ("postback-url-missing", Confidence.CERTAIN)


def test_a_row_in_the_log_outranks_a_typed_no() -> None:
    files = [log("conversion_log"), log("attempt_log")]
    shown = lookup(files, [row("conversion_log"), row("attempt_log")], attempt_seen="no", conversion_seen="no")
    assert bad(shown) == []


def test_a_conversion_before_the_first_attempt_is_not_a_missing_postback() -> None:
    files = [log("conversion_log"), log("attempt_log", first="2026-03-01T00:00:00.000Z")]
    shown = lookup(files, [row("conversion_log", time="2026-02-27T12:00:00.000Z")])
    assert bad(shown) == ["configured-after-conversion"]


def test_a_conversion_after_the_first_attempt_is_a_missing_postback() -> None:
    files = [log("conversion_log"), log("attempt_log", first="2026-02-01T00:00:00.000Z")]
    shown = lookup(files, [row("conversion_log", time="2026-02-27T12:00:00.000Z")])
    assert bad(shown) == ["postback-url-missing"]


def test_an_unknown_click_is_the_only_fault_whatever_else_is_missing() -> None:
    assert bad(lookup([log(role) for role in ALL], [])) == ["unknown-click-id"]


def test_a_click_older_than_the_log_is_only_likely_to_be_unknown() -> None:
    file = log("click_log", first="2026-03-01T00:00:00.000Z")
    (finding,) = found_in(lookup([file], [], click_time="2026-02-01T00:00:00Z"))
    assert (finding.code, finding.confidence) == ("unknown-click-id", Confidence.LIKELY)


def test_an_unknown_click_names_its_near_match() -> None:
    shown = lookup([log("click_log")], [row("click_log", "casefold", click_id=CLICK.upper())])
    (finding,) = found_in(shown)
    assert finding.values["near"] == CLICK.upper()


@pytest.mark.parametrize("click_id", ["", "{clickid}", "%7Bclickid%7D", "[clickid]"])
def test_an_id_that_is_none_is_never_an_unknown_click(click_id: str) -> None:
    assert codes(lookup([log("click_log")], [], click_id=click_id)) == set()


def test_a_click_log_without_rows_proves_nothing() -> None:
    assert codes(lookup([log("click_log", rows=0)], [])) == set()


def test_a_conversion_with_an_altered_id_is_a_warning_and_no_missing_event() -> None:
    shown = lookup([log("click_log"), log("conversion_log")], [row("click_log"), row("conversion_log", "casefold")])
    assert codes(shown) == {"click-found", "click-id-near-match"}


def test_a_log_without_a_column_for_the_id_proves_no_absence() -> None:
    orders_only = LogSource("conversion_log", "conversions.csv", 100, columns={"transaction_id": "order"})
    assert bad(lookup([log("click_log"), orders_only], [row("click_log")])) == []


def test_an_unreadable_log_proves_no_absence() -> None:
    shown = lookup([log("click_log"), log("conversion_log", rows=0, problem="missing")], [row("click_log")])
    assert codes(shown) == {"click-found", "log-unreadable"}


def test_a_row_whose_time_names_no_zone_is_told() -> None:
    shown = lookup([log("conversion_log")], [row("conversion_log", time="2026-03-01T09:15:00.000")])
    assert "time-zone-assumed" in codes(shown)


def test_a_row_whose_time_names_its_zone_is_not_told() -> None:
    shown = lookup([log("conversion_log")], [row("conversion_log", time="2026-03-01T09:15:00.000Z")])
    assert "time-zone-assumed" not in codes(shown)

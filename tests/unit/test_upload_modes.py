"""Each failure mode of the uploads has a check, and examples for two ad platforms at least wherever it applies."""

from collections.abc import Iterator
from types import ModuleType

import pytest

from postback_wizard import checks
from postback_wizard.catalogue import upload_apis
from postback_wizard.catalogue.directory import find_entry
from postback_wizard.catalogue.modes import MODES
from postback_wizard.checks.addressed import addressed
from postback_wizard.checks.upload import lint_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Rule

#: Modes that one API alone can show, and why no other can.
ONE_API = {
    "fbc-malformed": "fbc is a field of Meta's own; the click IDs of the others are judged where they are altered",
    "ad-click-not-found": "only Google says so in its answer; Microsoft tells it a day later, in a report of its own",
}
#: Modes that are told of somebody between the case and the ad platform.
NO_API = {"mmp-partner-or-event-off": "the switch is in the panel of an MMP, so examples differ by MMP"}


def shown(mode: str) -> Iterator[tuple[ModuleType, Case]]:
    """The examples of the rule that bears a mode's name, each with the check it belongs to."""
    for module in checks.modules("upload"):
        tables: tuple[dict[Rule, checks.Example | tuple[checks.Example, ...]], ...] = (
            getattr(module, "EXAMPLES", {}),
            getattr(module, "MORE_EXAMPLES", {}),
        )
        for table in tables:
            for rule, given in table.items():
                if rule.code == mode:
                    yield from ((module, item.case) for item in (given if isinstance(given, tuple) else (given,)))


def api_of(case: Case) -> str:
    """The API an example's upload is meant for."""
    found, spoken = lint_of(case), addressed(case)
    return str(found.api.id if found else spoken.api.id if spoken else "")


@pytest.mark.parametrize("mode", MODES["upload"])
def test_a_mode_has_examples_for_two_apis_where_it_applies(mode: str) -> None:
    cases = [case for _, case in shown(mode)]
    apis = {api_of(case) for case in cases} - {""}
    assert (len(apis) == 1) if mode in ONE_API else (len(cases) >= 2) if mode in NO_API else (len(apis) >= 2), apis


@pytest.mark.parametrize("mode", MODES["upload"])
def test_every_example_of_a_mode_raises_it(mode: str) -> None:
    for module, case in shown(mode):
        assert {finding.code for finding in module.check(case)} == {mode}


def test_there_are_seventeen_modes() -> None:
    assert len(MODES["upload"]) == 17


RAW = (
    '{"event_source": "web", "event_source_id": "C1", "data": [{"event": "CompletePayment", "event_time": 1772355600, '
    '"user": {"ttclid": "E.C.P.abc", "email": "ann@example.com"}}]}'
)
URL = "https://business-api.tiktok.com/open_api/v1.3/event/track/"


@pytest.mark.parametrize(
    "given",
    [
        RAW,
        f"curl {URL} -H 'Access-Token: t' -H 'Content-Type: application/json' -d '{RAW}'",
        f"POST {URL} HTTP/1.1\nContent-Type: application/json\n\n{RAW}",
    ],
    ids=["JSON without a platform's name", "curl", "raw HTTP"],
)
def test_customer_data_is_judged_by_the_api_the_upload_shows_itself_to_be_for(given: str) -> None:
    case = checks.example(upload_event=given).case
    found = [item for item in checks.findings_of("upload", case) if item.code == "pii-hash-invalid"]
    assert [item.values["platform"] for item in found] == ["TikTok"]


@pytest.mark.parametrize("api", upload_apis())
def test_every_api_is_known_by_its_own_id(api: str) -> None:
    found = find_entry(api)
    assert found is not None
    assert found.kind == "upload"

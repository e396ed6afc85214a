"""What is known before a callback is sent: its address, its kind of host, its repeats, its cleaning up."""

import pytest

from postback_wizard.domain.case import Case
from postback_wizard.domain.endpoint_kind import Kind, kind_of
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import DnsEvidence, HttpProbe
from postback_wizard.steps.before_sending import identifiers_of, preview

URL = "https://track.example/postback?cid=w7k2m9x4q1"
PROBE = HttpProbe("replay", "GET", URL)
NAME = DnsEvidence("endpoint", "2026-03-01T10:00:00.000Z", "track.example", ("OK",), ("192.0.2.7", "192.0.2.8"))


def lines(*same: str, lang: str = "en", repeated: bool = False, **facts: object) -> str:
    case = Case("c", "2026-03-01T10:00:00.000Z", Facts(sent_request=URL).with_values(facts))
    return "\n".join(preview(PROBE, case, (NAME,), same, lang, repeated=repeated))


@pytest.mark.parametrize(
    ("host", "addresses", "kind"),
    [
        ("track.example", ("8.8.8.8",), "production"),
        ("staging.track.example", ("8.8.8.8",), "staging"),
        ("sandbox-track.example", (), "staging"),
        ("abc.ngrok.io", (), "staging"),
        ("latest.example", (), "production"),
        ("contest.example", (), "production"),
        ("track.example", ("10.0.0.5",), "private"),
        ("localhost", (), "private"),
        ("[::1]", (), "private"),
    ],
)
def test_a_host_has_a_kind(host: str, addresses: tuple[str, ...], kind: Kind) -> None:
    assert kind_of(host, addresses) == kind


def test_the_resolved_addresses_are_shown() -> None:
    assert "192.0.2.7, 192.0.2.8" in lines()


def test_behind_a_proxy_the_proxy_is_named_without_its_password() -> None:
    said = lines(proxy="http://ann:pw@proxy.example:3128")
    assert ("proxy.example:3128" in said, "pw" in said) == (True, False)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_receivers_documented_rule_for_repeats_is_shown(lang: str) -> None:
    assert "Conversion exists" in lines(lang=lang, receiver="affise")


def test_a_rule_nobody_documents_is_a_warning_for_repeats() -> None:
    assert "may count twice" in lines(repeated=True)


def test_without_a_repeat_nothing_is_said_of_an_undocumented_rule() -> None:
    assert "may count twice" not in lines()


def test_the_same_conversion_in_another_request_is_named() -> None:
    assert "2026-02-28T09:00:00Z" in lines("2026-02-28T09:00:00Z")


def test_a_conversion_without_an_id_is_found_by_its_minute() -> None:
    assert "minute" in lines()
    assert "minute" not in lines(transaction_id="order-1001")


def test_short_values_are_no_identifiers() -> None:
    assert identifiers_of(Case("c", "", Facts(click_id="1", transaction_id="order-1001"))) == ("order-1001",)

"""Step 3 judged: what an answer, or none, says about the request."""

from collections.abc import Iterator, Sequence

import pytest

from postback_wizard import checks
from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import replayed, unanswered
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level
from postback_wizard.domain.probe import DnsEvidence, DnsProbe, Effect, Evidence, HttpProbe, TlsEvidence, TlsProbe
from postback_wizard.domain.step import Settings
from postback_wizard.domain.text import placeholders
from postback_wizard.steps.replay import REPLAY, plan

URL = "https://track.example/postback?cid=w7k2m9x4q1"
AT = "2026-03-01T10:00:00.000Z"
HTML = "<!doctype html><html><title>Welcome</title><body>Sign in</body></html>"


def case_of(*evidence: Evidence, **facts: object) -> Case:
    facts.setdefault("sent_request", URL)
    return example(*evidence, at="2026-03-01T10:00:00.000Z", **facts).case


def judged(*evidence: Evidence, **facts: object) -> tuple[Finding, ...]:
    return tuple(findings_of("callback", case_of(*evidence, **facts)))


def heavy(findings: Sequence[Finding]) -> list[tuple[str, Level]]:
    return [(item.code, item.level) for item in findings if item.level in (Level.WARN, Level.BAD)]


def examples() -> Iterator[tuple[str, str, Case]]:
    for module in checks.modules("callback"):
        for rule, shown in module.EXAMPLES.items():
            yield module.__name__, rule.code, shown.case


@pytest.mark.parametrize(("module", "code", "case"), list(examples()))
def test_each_example_raises_exactly_its_rule(module: str, code: str, case: Case) -> None:
    (own,) = [item for item in checks.modules("callback") if item.__name__ == module]
    assert [finding.code for finding in own.check(case)] == [code]


@pytest.mark.parametrize(("module", "code", "case"), list(examples()))
def test_every_placeholder_of_a_rule_has_its_value(module: str, code: str, case: Case) -> None:
    finding = next(item for item in findings_of("callback", case) if item.code == code)
    rule = checks.rules()[code]
    texts = [text for text in (rule.title, rule.why, rule.fix, rule.settle) if text]
    assert {name for text in texts for name in placeholders(text.en)} <= finding.values.keys()


ANSWERS = [
    (404, "Not Found", "endpoint-not-found"),
    (404, '{"error": "Not Found"}', "endpoint-not-found"),
    (410, "", "endpoint-not-found"),
    (404, '{"success": false, "error": "click not found"}', "request-refused"),
    (400, "missing parameter: goal", "required-param-missing"),
    (422, '{"message": "cid is required"}', "required-param-missing"),
    (401, '{"error": "invalid token"}', "auth-token-mismatch"),
    (403, "Invalid signature", "signature-mismatch"),
    (200, "bad hash", "signature-mismatch"),
    (200, '{"success": false, "error": "offer not found"}', "wrong-account-or-offer-id"),
    (400, "Unknown affiliate id", "wrong-account-or-offer-id"),
    (401, "", "request-refused"),
    (403, '{"error": "Access denied"}', "request-refused"),
    (422, '{"message": "invalid clickid"}', "request-refused"),
    (999, "", "request-refused"),
    (405, "", "http-method-mismatch"),
    (415, "", "http-method-mismatch"),
    (501, "", "http-method-mismatch"),
    (429, "slow down", "rate-limited"),
    (500, "", "receiver-5xx"),
    (504, "Gateway Timeout", "receiver-5xx"),
    (301, "", "scheme-or-redirect-on-endpoint"),
    (307, "", "scheme-or-redirect-on-endpoint"),
    (200, "success=false; err_msg=Invalid Trans. ID", "ok-status-not-recorded"),
    (200, '{"status": "error", "message": "conversion rejected"}', "ok-status-not-recorded"),
]


@pytest.mark.parametrize(("status", "body", "code"), ANSWERS)
def test_one_bad_answer_to_a_replay_is_one_fault(status: int, body: str, code: str) -> None:
    assert heavy(judged(replayed(status, body))) == [(code, Level.BAD)]


@pytest.mark.parametrize(("status", "body", "code"), ANSWERS)
def test_the_senders_log_is_judged_like_our_own_answer(status: int, body: str, code: str) -> None:
    assert heavy(judged(answer_status=str(status), answer_body=body)) == [(code, Level.BAD)]


@pytest.mark.parametrize(("status", "body", "code"), ANSWERS)
def test_the_same_answer_in_the_log_and_from_the_replay_is_one_fault(status: int, body: str, code: str) -> None:
    findings = judged(replayed(status, body), answer_status=str(status), answer_body=body)
    assert heavy(findings) == [(code, Level.BAD)]


def test_a_refusal_in_a_friendly_answer_quotes_the_partner() -> None:
    (found,) = judged(replayed(200, '{"success": false, "error": "click not found"}'))
    assert (found.confidence, found.values["reason"]) == (Confidence.CERTAIN, "click not found")


@pytest.mark.parametrize("body", ["", "OK", "1", HTML, "GIF89a\x01", '{"status": "ok"}', "thanks"])
def test_a_friendly_answer_that_proves_nothing_is_a_hint_and_never_good(body: str) -> None:
    (found,) = judged(replayed(200, body))
    assert (found.code, found.level, found.confidence) == ("ok-status-not-recorded", Level.WARN, Confidence.HINT)


def test_a_clear_word_that_it_is_recorded_is_said_aloud() -> None:
    assert [(item.code, item.level) for item in judged(replayed(200, "success=true;"))] == [
        ("answer-recorded", Level.GOOD)
    ]


@pytest.mark.parametrize("status", [200, 400, 409])
def test_a_duplicate_is_no_fault(status: int) -> None:
    findings = judged(replayed(status, '{"success": false, "error": "duplicate conversion"}'))
    assert [(item.code, item.level) for item in findings] == [("answer-duplicate", Level.INFO)]


def test_a_log_that_differs_from_the_replay_is_judged_as_well() -> None:
    findings = judged(replayed(200, "success=true;"), answer_status="500")
    assert [item.code for item in findings] == ["answer-recorded", "answers-differ", "receiver-5xx"]


def test_a_rate_limit_names_the_wait() -> None:
    (found,) = judged(replayed(429, "", (("Retry-After", "30"),)))
    assert found.values["wait"] == "30 s"


def test_a_refused_method_names_those_that_are_taken() -> None:
    (found,) = judged(replayed(405, "", (("Allow", "POST, PUT"),)))
    assert (found.values["method"], found.values["allow"]) == ("GET", "POST, PUT")


def test_a_redirect_names_where_it_points() -> None:
    (found,) = judged(replayed(308, "", (("Location", "https://new.example/p"),)))
    assert found.values["location"] == "https://new.example/p"


PAGE = "<html><title>Just a moment...</title>"


@pytest.mark.parametrize(
    ("headers", "body", "reference"),
    [
        ((("CF-RAY", "8f3c1d2e4b5a6978-FRA"),), PAGE, "CF-RAY: 8f3c1d2e4b5a6978-FRA"),
        ((), f"{PAGE}Ray ID: <code>8f3c1d2e4b5a6978</code>", "Ray ID 8f3c1d2e4b5a6978"),
        ((), f"{PAGE}Reference&#32;&#35;18.2d351ab8.1557333295.a4e16ab", "Reference 18.2d351ab8.1557333295.a4e16ab"),
        ((), f"{PAGE}Reference #18.2d351ab8.1557333295.a4e16ab", "Reference 18.2d351ab8.1557333295.a4e16ab"),
        ((), f"{PAGE}Incapsula incident ID: 12300000-45600000", "incident ID 12300000-45600000"),
    ],
)
def test_a_bot_check_keeps_the_number_that_finds_it_in_the_firewalls_log(
    headers: tuple[tuple[str, str], ...], body: str, reference: str
) -> None:
    (found,) = [item for item in judged(replayed(403, body, headers)) if item.code == "bot-challenge"]
    assert str(found.values["mark"]).partition(" · ")[2] == reference


def test_a_bot_check_that_the_senders_log_holds_too_is_a_fault() -> None:
    findings = judged(replayed(403, PAGE), answer_status="403", answer_body=PAGE)
    assert heavy(findings) == [("bot-challenge", Level.BAD)]


def test_a_bot_check_is_a_warning_when_only_we_saw_it() -> None:
    page = "<html><title>Just a moment...</title></html>"
    assert heavy(judged(replayed(403, page))) == [("bot-challenge", Level.WARN)]


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ("DNS_NXDOMAIN", "endpoint-dns-failure"),
        ("DNS_TIMEOUT", "endpoint-dns-failure"),
        ("TLS_EXPIRED(2026-02-27)", "endpoint-tls-failure"),
        ("PLAIN_ON_TLS_PORT", "endpoint-tls-failure"),
        ("NO_ANSWER", "endpoint-timeout"),
        ("DEADLINE", "endpoint-timeout"),
        ("CONNECT_TIMEOUT", "endpoint-timeout"),
        ("TLS_TIMEOUT", "endpoint-timeout"),
        ("CONNECT_REFUSED", "endpoint-unreachable"),
        ("RESET", "endpoint-unreachable"),
        ("CLOSED_NO_ANSWER", "endpoint-unreachable"),
        ("NOT_HTTP", "endpoint-unreachable"),
    ],
)
def test_one_failure_of_transport_is_one_fault(outcome: str, code: str) -> None:
    assert heavy(judged(unanswered(outcome))) == [(code, Level.BAD)]


def test_the_same_failure_seen_by_every_question_is_one_fault() -> None:
    dns = DnsEvidence("endpoint", AT, "track.example", ("DNS_NXDOMAIN",))
    tls = TlsEvidence("endpoint", AT, "track.example", 443, ("DNS_NXDOMAIN",))
    assert heavy(judged(dns, tls, unanswered("DNS_NXDOMAIN"))) == [("endpoint-dns-failure", Level.BAD)]


def test_a_failed_look_up_means_nothing_once_an_answer_came() -> None:
    dns = DnsEvidence("endpoint", AT, "track.example", ("DNS_SERVFAIL",))
    assert heavy(judged(dns, replayed(200, "success=true;"))) == []


def test_a_certificate_is_described() -> None:
    tls = TlsEvidence(
        *("endpoint", AT, "track.example", 443, ("TLS_NAME_MISMATCH(other.example)",)),
        issuer="Example CA",
        names=("other.example",),
        not_before="2026-01-01T00:00:00Z",
        not_after="2026-12-31T00:00:00Z",
    )
    found = next(item for item in judged(tls) if item.code == "endpoint-tls-failure")
    assert found.values["certificate"] == "other.example; Example CA; 2026-01-01T00:00:00Z … 2026-12-31T00:00:00Z"


def test_code_zero_in_the_senders_log_means_it_was_never_reached() -> None:
    assert heavy(judged(answer_status="0")) == [("endpoint-unreachable", Level.BAD)]


def test_an_address_that_is_not_allowed_is_no_fault() -> None:
    findings = judged(unanswered("BLOCKED_ADDRESS"))
    assert [(item.code, item.level) for item in findings] == [("endpoint-not-allowed", Level.INFO)]


def test_a_request_without_a_final_answer_may_have_been_counted() -> None:
    findings = judged(unanswered("RESET", "sent"))
    assert [item.code for item in findings] == ["endpoint-unreachable", "sent-outcome-unknown"]


def test_a_request_that_never_left_cannot_have_been_counted() -> None:
    assert "sent-outcome-unknown" not in [item.code for item in judged(unanswered("CONNECT_REFUSED"))]


def test_evidence_nobody_recorded_proves_nothing() -> None:
    assert judged(unanswered("NOT_RECORDED")) == ()


def test_an_unreadable_request_points_at_the_trouble() -> None:
    (found,) = judged(sent_request="curl -d @body.json https://track.example/p")
    assert (found.code, found.level, found.values["at"]) == ("request-unreadable", Level.WARN, "-d @body.json")


@pytest.mark.parametrize("outcome", ["BAD_URL", "BAD_REQUEST_BYTES"])
def test_a_request_that_cannot_be_put_on_the_wire_is_for_the_agent_to_correct(outcome: str) -> None:
    assert heavy(judged(unanswered(outcome))) == [("request-unreadable", Level.WARN)]


def test_nothing_sent_and_nothing_logged_gives_no_finding() -> None:
    assert judged() == ()


# -- the step -------------------------------------------------------------------------------------------------


def planned(*heard: Evidence, **facts: object) -> tuple[object, ...]:
    return tuple(plan(case_of(**facts), heard, Settings()))


RESOLVED = DnsEvidence("endpoint", AT, "track.example", ("OK",), ("203.0.113.7",))


def sent(**facts: object) -> HttpProbe:
    (probe,) = planned(RESOLVED, **facts)
    assert isinstance(probe, HttpProbe)
    return probe


def test_harmless_look_ups_come_before_the_request() -> None:
    assert planned() == (DnsProbe("endpoint", "track.example"), TlsProbe("endpoint", "track.example", 443))


def test_plain_http_needs_no_handshake() -> None:
    assert planned(sent_request="http://127.0.0.1:8080/p") == (DnsProbe("endpoint", "127.0.0.1"),)


def test_the_request_is_sent_exactly_as_given() -> None:
    probe = sent(sent_request="curl -X PUT -H 'X-A: b' -d 'a={x}' 'https://track.example/p?cid={clickid}&b=%7B'")
    assert (probe.name, probe.method, probe.url, probe.body, probe.effect, probe.headers[0]) == (
        "replay",
        "PUT",
        "https://track.example/p?cid={clickid}&b=%7B",
        "a={x}",
        Effect.WRITE,
        ("X-A", "b"),
    )


def test_method_body_and_headers_that_were_given_win() -> None:
    probe = sent(
        sent_request="curl -H 'X-A: old' -d old https://track.example/p",
        method="PUT",
        body="new",
        headers={"x-a": "new"},
    )
    assert (probe.method, probe.body, ("x-a", "new") in probe.headers, ("X-A", "old") in probe.headers) == (
        "PUT",
        "new",
        True,
        False,
    )


def test_a_plain_url_with_a_body_is_posted() -> None:
    assert sent(body="a=1").method == "POST"


def test_a_host_that_does_not_exist_is_sent_nothing() -> None:
    assert planned(DnsEvidence("endpoint", AT, "track.example", ("DNS_NXDOMAIN",))) == ()


def test_a_broken_certificate_does_not_keep_a_person_from_sending() -> None:
    broken = TlsEvidence("endpoint", AT, "track.example", 443, ("TLS_EXPIRED(2026-02-27)",))
    assert isinstance(planned(RESOLVED, broken)[0], HttpProbe)


def test_one_yes_sends_one_request() -> None:
    assert planned(RESOLVED, unanswered("RESET", "sent")) == ()


def test_an_unreadable_request_is_not_sent() -> None:
    assert planned(sent_request="curl -d @f https://track.example/p") == ()


def test_a_template_is_filled_when_no_request_was_pasted() -> None:
    probe = sent(sent_request="", template="https://track.example/p?cid={clickid}", macro_values={"clickid": "a b"})
    assert probe.url == "https://track.example/p?cid=a%20b"


def test_the_step_learns_nothing_by_itself() -> None:
    assert REPLAY.derive(case_of(), (replayed(200, "success=true;"),)) == {}


def test_the_receivers_own_words_are_certain_and_everybodys_likely() -> None:
    own = judged(replayed(200, '{"status": 2, "error": "Access denied"}'), receiver="affise")
    everyday = judged(replayed(403, '{"error": "invalid token"}'))
    assert [(item.code, item.confidence) for item in (*own, *everyday) if item.code == "auth-token-mismatch"] == [
        ("auth-token-mismatch", Confidence.CERTAIN),
        ("auth-token-mismatch", Confidence.LIKELY),
    ]


def test_our_own_address_may_be_unlisted_where_the_senders_is_not() -> None:
    words = '{"error": "IP is not in the whitelist"}'
    own, logged = judged(replayed(403, words)), judged(answer_status="403", answer_body=words)
    levels = [item.level for item in (*own, *logged) if item.code == "app-allowlist-reject"]
    assert levels == [Level.WARN, Level.BAD]


def test_a_documented_parameter_that_is_not_sent_is_named_unless_the_partner_recorded_it() -> None:
    url = "https://acme.eflow.example/?nid=12&transaction_id="
    lacking = judged(sent_request=url, receiver="everflow")
    taken = judged(replayed(200, '{"status": "recorded"}'), sent_request=url, receiver="everflow")
    named = [(item.code, item.values["param"]) for item in (*lacking, *taken) if item.code == "required-param-missing"]
    assert named == [("required-param-missing", "transaction_id")]


def test_a_sender_that_wants_200_is_not_content_with_204() -> None:
    codes = {item.code for item in judged(replayed(204), sender="appmetrica")}
    content = {item.code for item in judged(replayed(200), sender="appmetrica")}
    assert "ack-body-unexpected" in codes - content


def test_an_answer_for_us_and_none_for_the_sender_points_at_a_firewall() -> None:
    found = judged(replayed(200, '{"status": "recorded"}'), answer_status="0")
    assert ("network-firewall-block", Level.BAD) in heavy(found)


@pytest.mark.parametrize(
    "host", ["staging.track.example", "track-test.example", "abc.ngrok.io", "localhost", "10.2.3.4", "qa2.t.example"]
)
def test_a_test_server_is_recognised(host: str) -> None:
    assert "staging-endpoint" in {item.code for item in judged(sent_request=f"https://{host}/p?cid=1")}


@pytest.mark.parametrize("host", ["track.example", "latest.example", "contest.example", "devices.example", "8.8.8.8"])
def test_an_ordinary_host_is_not_called_a_test_server(host: str) -> None:
    assert "staging-endpoint" not in {item.code for item in judged(sent_request=f"https://{host}/p?cid=1")}

"""Step 1 judged: what a trace proves about its identifiers."""

from collections.abc import Iterator, Sequence

import pytest

from postback_wizard import checks
from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import chain, failed_hop, hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner
from postback_wizard.domain.probe import Effect, Evidence, HarEvidence, HarProbe, HttpEvidence, HttpProbe
from postback_wizard.domain.step import Settings
from postback_wizard.domain.text import placeholders
from postback_wizard.steps.click import BROWSER, CLICK, derive, plan

ID = "w7k2m9x4q1"
START = "https://trk.example/c/7?source=12"


def case_of(*evidence: Evidence, **facts: object) -> Case:
    facts.setdefault("click_url", START)
    return example(*evidence, at="2026-03-01T10:00:00.000Z", **facts).case


def judged(*evidence: Evidence, **facts: object) -> tuple[Finding, ...]:
    return tuple(findings_of("click", case_of(*evidence, **facts)))


def heavy(findings: Sequence[Finding]) -> list[tuple[str, Level]]:
    return [(item.code, item.level) for item in findings if item.level in (Level.WARN, Level.BAD)]


def examples() -> Iterator[tuple[str, str, Case]]:
    for module in checks.modules("click"):
        for rule, shown in module.EXAMPLES.items():
            yield module.__name__, rule.code, shown.case


@pytest.mark.parametrize(("module", "code", "case"), list(examples()))
def test_each_example_raises_exactly_its_rule(module: str, code: str, case: Case) -> None:
    (own,) = [item for item in checks.modules("click") if item.__name__ == module]
    assert [finding.code for finding in own.check(case)] == [code]


@pytest.mark.parametrize(("module", "code", "case"), list(examples()))
def test_each_example_is_one_fault_at_most(module: str, code: str, case: Case) -> None:
    assert {found for found, _ in heavy(tuple(findings_of("click", case)))} <= {code}


@pytest.mark.parametrize(("module", "code", "case"), list(examples()))
def test_every_placeholder_of_a_rule_has_its_value(module: str, code: str, case: Case) -> None:
    finding = next(item for item in findings_of("click", case) if item.code == code)
    rule = checks.rules()[code]
    texts = [text for text in (rule.title, rule.why, rule.fix, rule.settle) if text]
    assert {name for text in texts for name in placeholders(text.en)} <= finding.values.keys()


HEALTHY = {
    "the click id is handed on": chain(START, f"https://go.example/o?cid={ID}", f"https://shop.example/?cid={ID}"),
    "the click id is renamed": chain(START, f"https://go.example/o?cid={ID}", f"https://shop.example/?aff_sub={ID}"),
    "the click id moves into the path": chain(START, f"https://go.example/o?cid={ID}", f"https://shop.example/l/{ID}/"),
    "the click id rides inside an encoded address": chain(
        START,
        f"https://go.example/o?u=https%3A%2F%2Fshop.example%2F%3Fcid%3D{ID}&cid={ID}",
        f"https://x.example/r?u=https%253A%252F%252Fshop.example%252F%253Fcid%253D{ID}",
        f"https://shop.example/?cid={ID}",
    ),
    "the tracker takes the ad click id and mints its own": chain(
        "https://trk.example/c/7?gclid=Cj0KCQiA1234567890abcdef", f"https://shop.example/?clickid={ID}"
    ),
    "the network takes the tracker's id and mints its own": chain(
        START, f"https://net.example/click?offer=5&sub1={ID}", "https://shop.example/?transaction_id=a1b2c3d4e5f60718"
    ),
    "the network mints an id under a name nobody knows": chain(
        START, f"https://net.example/click?offer=5&sub1={ID}", "https://shop.example/?zz=a1b2c3d4e5f60718"
    ),
    "a redirect to https and to www keeps the query": chain(
        f"http://shop.example/?cid={ID}", f"https://shop.example/?cid={ID}", f"https://www.shop.example/?cid={ID}"
    ),
    "escapes are written in the other case": chain(
        START, "https://a.example/?cid=ab%2fcd%2fef", "https://b.example/?cid=ab%2Fcd%2Fef"
    ),
    "parameters that are no identifiers are spent on the way": chain(
        "https://go.example/out?offer=5&lang=en", "https://shop.example/landing"
    ),
    "one value is the beginning of another": chain(
        f"https://go.example/o?sub1={ID}&sub2={ID}zz", f"https://shop.example/?sub1={ID}"
    ),
    "one hop": chain(f"https://shop.example/?cid={ID}"),
    "the chain ends in an app store that gets the id": (
        hop(
            1,
            f"https://go.example/o?cid={ID}",
            f"market://details?id=a.b&referrer=cid%3D{ID}",
            outcome="APP_LINK(market)",
        ),
    ),
}


@pytest.mark.parametrize("hops", HEALTHY.values(), ids=HEALTHY.keys())
def test_a_healthy_chain_gives_no_warning(hops: tuple[HttpEvidence, ...]) -> None:
    assert heavy(judged(*hops)) == []


@pytest.mark.parametrize(
    "name", ["the click id is handed on", "the click id is renamed", "one value is the beginning of another"]
)
def test_a_click_id_that_lands_is_said_aloud(name: str) -> None:
    assert "click-id-survives" in [item.code for item in judged(*HEALTHY[name], click_id=ID)]


def dropped(*urls: str, **facts: object) -> Finding:
    findings = judged(*chain(*urls), **facts)
    (found,) = [item for item in findings if item.code == "redirect-drops-query"]
    assert heavy(findings) in ([], [(found.code, found.level)])
    return found


def test_a_lost_click_id_is_certain_and_names_the_hop_that_lost_it() -> None:
    found = dropped(START, f"https://go.example/o?cid={ID}&lang=en", "https://shop.example/?lang=en", click_id=ID)
    assert (found.level, found.confidence, found.where, found.values["host"], found.values["params"]) == (
        Level.BAD,
        Confidence.CERTAIN,
        "hop 2",
        "go.example",
        "cid",
    )


def test_a_known_click_id_is_followed_under_a_name_nobody_knows() -> None:
    assert (
        dropped(f"https://go.example/o?xq={ID}&l=en", "https://shop.example/?l=en", click_id=ID).values["params"]
        == "xq"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"http://shop.example/l?cid={ID}", "https://shop.example/l"),
        (f"https://shop.example/l?cid={ID}", "https://shop.example/l/"),
        (f"https://shop.example/l?cid={ID}&a=1", "https://www.shop.example/l"),
        ("https://shop.example/l?utm_source=news", "https://shop.example/l/"),
        (f"https://go.example/l?cid={ID}&gclid=abcdef123", "https://shop.example/other?lang=en"),
    ],
)
def test_a_query_dropped_whole_is_a_fault(before: str, after: str) -> None:
    found = dropped(before, after)
    assert (found.level, found.confidence) == (Level.BAD, Confidence.CERTAIN)


def test_a_page_that_sets_a_cookie_while_dropping_its_query_is_only_likely_a_fault() -> None:
    first = hop(1, f"https://shop.example/?cid={ID}", "https://shop.example/")
    assert first.answer is not None
    answer = type(first.answer)(302, (*first.answer.headers, ("Set-Cookie", "c=1")))
    with_cookie = type(first)(
        first.name, first.at, first.delivery, first.outcome, first.request, answer, first.verdicts, hop=1
    )
    (found,) = [item for item in judged(with_cookie, hop(2, "https://shop.example/")) if item.level is Level.BAD]
    assert found.confidence is Confidence.LIKELY


def test_several_lost_parameters_of_one_hop_are_one_finding() -> None:
    found = dropped(f"https://go.example/o?cid={ID}&gclid=abcdef123&l=en", "https://shop.example/?l=en")
    assert found.values["params"] == "cid, gclid"


def test_an_ad_click_id_dropped_while_the_click_id_stays_is_a_warning() -> None:
    found = dropped(f"https://go.example/o?cid={ID}&gclid=abcdef123", f"https://shop.example/?cid={ID}")
    assert (found.level, found.confidence) == (Level.WARN, Confidence.LIKELY)


def test_an_ad_click_id_the_tracker_keeps_to_itself_is_a_hint() -> None:
    found = dropped("https://trk.example/c?gclid=abcdef123", f"https://shop.example/?cid={ID}")
    assert (found.level, found.confidence) == (Level.INFO, Confidence.HINT)


def test_a_known_click_id_replaced_by_another_is_a_hint_because_networks_do_that() -> None:
    found = dropped(START, f"https://net.example/c?sub1={ID}", "https://shop.example/?tid=a1b2c3d4e5", click_id=ID)
    assert (found.level, found.confidence) == (Level.INFO, Confidence.HINT)


def test_a_value_that_comes_back_later_was_not_lost() -> None:
    hops = chain(f"https://a.example/?cid={ID}", "https://b.example/wait", f"https://c.example/?cid={ID}")
    assert heavy(judged(*hops)) == []


def test_a_literal_macro_that_vanishes_is_no_lost_identifier() -> None:
    hops = chain("https://trk.example/c?sub_id={subid}", "https://shop.example/")
    assert heavy(judged(*hops)) == [("source-macro-unexpanded", Level.BAD)]


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        ("W7k2M9x4Q1", "cid=w7k2m9x4q1", "Aa → aa"),
        ("w7k2m9x4q1", "cid=w7k2m9", "abcdef → abc…"),
        ("w7k2%2Fm9x4", "cid=w7k2%252Fm9x4", "% → %25"),
        ("w7k2%252Fm9x4", "cid=w7k2%2Fm9x4", "%25 → %"),
        ("w7k2%2Bm9x4", "cid=w7k2+m9x4", "+ → %20"),
        ("w7k2+m9x4", "cid=w7k2%20m9x4", "+ → %20"),
        ("W7k2M9x4Q1", "sub1=w7k2m9x4q1", "Aa → aa"),
    ],
)
def test_an_altered_click_id_is_one_fault_that_says_how(before: str, after: str, how: str) -> None:
    findings = judged(*chain(START, f"https://go.example/o?cid={before}", f"https://shop.example/?{after}"))
    assert [(item.code, item.values["how"]) for item in findings if item.level is Level.BAD] == [
        ("click-id-altered", how)
    ]
    assert len(heavy(findings)) == 1


@pytest.mark.parametrize("known", ["", "W7k2M9x4Q1"])
def test_an_altered_click_id_does_not_count_as_landed(known: str) -> None:
    hops = chain(START, "https://go.example/o?cid=W7k2M9x4Q1", "https://s.example/?cid=w7k2m9x4q1")
    findings = judged(*hops, click_id=known)
    assert "click-id-survives" not in [item.code for item in findings]


@pytest.mark.parametrize(
    "value", ["{click_id}", "%7Bclick_id%7D", "%257Bclick_id%257D", "${SUBID}", "[clickid]", "##SUB##"]
)
def test_a_literal_macro_is_found_in_every_dialect_and_encoding(value: str) -> None:
    url = f"https://trk.example/c?sub_id={value}"
    found = judged(click_url=url)
    assert [item.code for item in found] == ["source-macro-unexpanded"]


def test_a_macro_that_travels_through_the_chain_is_one_finding() -> None:
    url = "https://trk.example/c?sub_id={subid}"
    findings = judged(*chain(url, "https://s.example/?aff_sub=%7Bsubid%7D"), click_url=url)
    assert heavy(findings) == [("source-macro-unexpanded", Level.BAD)]


def test_a_macro_that_first_appears_in_a_location_belongs_to_that_hop() -> None:
    (found,) = [item for item in judged(*chain(START, "https://s.example/?cid={clickid}")) if item.level is Level.BAD]
    assert (found.owner, found.where) == (Owner.HOP_OWNER, "hop 2: cid")


def test_a_macro_in_a_parameter_that_is_no_identifier_is_left_alone() -> None:
    assert judged(click_url="https://trk.example/c?utm_term={keyword}") == ()


def test_a_chain_cut_at_the_limit_is_a_fault() -> None:
    hops = [hop(number, f"https://h{number}.example/", f"https://h{number + 1}.example/") for number in range(1, 11)]
    assert heavy(judged(*hops)) == [("redirect-loop-or-excess-hops", Level.BAD)]


def test_a_long_chain_that_lands_is_a_warning() -> None:
    hops = chain(*(f"https://h{number}.example/" for number in range(8)))
    assert heavy(judged(*hops)) == [("redirect-loop-or-excess-hops", Level.WARN)]


def test_seven_hops_are_not_too_many() -> None:
    assert heavy(judged(*chain(*(f"https://h{number}.example/" for number in range(7))))) == []


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("<script>window.location = '/next?a=1'</script>", "https://go.example/next?a=1"),
        ('<script>location.replace("https:\\/\\/s.example\\/l")</script>', "https://s.example/l"),
        ("<script>location.href = base + path</script>", "?"),
    ],
)
def test_a_script_at_the_end_names_where_it_leads(body: str, target: str) -> None:
    (found,) = judged(hop(1, "https://go.example/w", body=body, outcome="BROWSER_REDIRECT(script)"))
    assert (found.code, found.level, found.values["next_url"]) == ("client-side-hop", Level.WARN, target)


def test_a_form_that_submits_itself_is_a_hop() -> None:
    body = '<body onload="document.forms[0].submit()"><form action="/pay?a=1&amp;b=2" method=post></form>'
    (found,) = judged(hop(1, "https://go.example/w", body=body))
    assert (found.code, found.values["next_url"]) == ("client-side-hop", "https://go.example/pay?a=1&b=2")


def test_a_form_that_waits_for_a_person_is_a_page() -> None:
    assert judged(hop(1, "https://go.example/w", body="<form action=/buy><button>Buy</button></form>")) == ()


def test_a_refresh_that_was_followed_is_only_a_note() -> None:
    hops = (hop(1, "https://go.example/w", outcome="BROWSER_REDIRECT(meta)"), hop(2, "https://s.example/"))
    assert [(item.code, item.level) for item in judged(*hops)] == [("client-side-hop", Level.INFO)]


@pytest.mark.parametrize(
    "outcome",
    [
        "DNS_NXDOMAIN",
        "DNS_SERVFAIL",
        "TLS_EXPIRED(2026-02-27)",
        "CONNECT_REFUSED",
        "CONNECT_TIMEOUT",
        "NO_ANSWER",
        "RESET",
    ],
)
def test_a_hop_that_cannot_be_reached_is_one_fault(outcome: str) -> None:
    findings = judged(hop(1, START, "https://dead.example/"), failed_hop(2, "https://dead.example/", outcome))
    assert heavy(findings) == [("hop-dns-or-tls-failure", Level.BAD)]


@pytest.mark.parametrize("outcome", ["BAD_URL", "BAD_REQUEST_BYTES", "BLOCKED_SCHEME(ftp)"])
def test_a_click_url_that_cannot_be_asked_for_is_for_the_agent_to_correct(outcome: str) -> None:
    (found,) = judged(failed_hop(1, "click 7", outcome))
    assert (found.code, found.level, found.owner) == ("click-url-unreadable", Level.WARN, Owner.YOU)


def test_an_address_that_is_not_allowed_is_no_fault() -> None:
    findings = judged(failed_hop(1, "http://127.0.0.1/", "BLOCKED_ADDRESS"))
    assert [(item.code, item.level) for item in findings] == [("address-not-allowed", Level.INFO)]


def test_evidence_nobody_recorded_proves_nothing() -> None:
    assert judged(failed_hop(1, START, "NOT_RECORDED")) == ()


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_hop_that_answers_an_error_is_a_warning(status: int) -> None:
    findings = judged(hop(1, START, "https://s.example/"), hop(2, "https://s.example/", status=status))
    assert heavy(findings) == [("hop-answers-error", Level.WARN)]


def test_a_recorded_chain_is_judged_like_a_live_one() -> None:
    hops = chain(START, f"https://go.example/o?cid={ID}&l=en", "https://shop.example/?l=en")
    har = HarEvidence("har", "2026-03-01T10:00:00.000Z", "a.har", ("OK",), hops)
    assert heavy(judged(har, har="a.har")) == [("redirect-drops-query", Level.BAD)]


# -- the step -------------------------------------------------------------------------------------------------


def test_the_first_hop_is_a_click_with_a_browsers_name() -> None:
    (probe,) = plan(case_of(), (), Settings())
    assert isinstance(probe, HttpProbe)
    assert (probe.url, probe.effect, probe.hop, probe.method) == (START, Effect.CLICK, 1, "GET")
    assert ("User-Agent", BROWSER) in probe.headers


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("trk.example/c?x={y}", "https://trk.example/c?x={y}"),
        ("trk.example", "https://trk.example"),
        ("  https://t.example/ ", "https://t.example/"),
        ("not a url", "not a url"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("1.2", "1.2"),
    ],
)
def test_https_is_assumed_only_before_a_host_name(given: str, asked: str) -> None:
    (probe,) = plan(case_of(click_url=given), (), Settings())
    assert isinstance(probe, HttpProbe)
    assert probe.url == asked


def test_a_redirect_is_followed_as_the_given_browser() -> None:
    (probe,) = plan(case_of(user_agent="UA"), (hop(1, START, "https://s.example/?cid=1"),), Settings())
    assert isinstance(probe, HttpProbe)
    assert (probe.url, probe.hop, probe.headers[0]) == ("https://s.example/?cid=1", 2, ("User-Agent", "UA"))


def test_a_chain_that_landed_asks_nothing_more() -> None:
    assert tuple(plan(case_of(), (hop(1, START),), Settings())) == ()


def test_a_recording_is_read_instead_of_making_a_click() -> None:
    assert tuple(plan(case_of(har="a.har"), (), Settings())) == (HarProbe("har", "a.har", start=START),)


def test_the_click_id_found_on_the_way_is_learned() -> None:
    hops = chain(START, f"https://shop.example/?clickid={ID}")
    assert derive(case_of(), hops) == {"click_id": ID}


def test_nothing_is_learned_from_a_chain_without_a_click_id() -> None:
    assert CLICK.derive(case_of(), chain(START, "https://shop.example/")) == {}

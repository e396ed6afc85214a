"""Variants of a click: which make sense, how each went beside the click as given, and what that amounts to."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import chain, failed_hop, hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.contrast import Contrast, contrasts
from postback_wizard.domain.finding import Level
from postback_wizard.domain.ledger import ledger
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.probe import VARIANT, HttpEvidence, HttpProbe
from postback_wizard.domain.step import Settings
from postback_wizard.domain.variants import ANDROID, DESKTOP, IPHONE, variants_of
from postback_wizard.steps.click import plan

ID = "w7k2m9x4q1"
START = "https://trk.example/c/7?source=12"
OFFER = f"https://go.example/offer?cid={ID}"
LANDING = f"https://shop.example/landing?cid={ID}"
GCLID = "gclid=Cj0KCQiA1234567890abcdef"
WITH_VARIANTS = Settings(variants=True)


def asked(url: str, agent: str = DESKTOP, click_id: str = "") -> dict[str, str]:
    return {variant.code: variant.url for variant in variants_of(url, agent, click_id)}


def of(code: str, *hops: HttpEvidence, agent: str = DESKTOP) -> tuple[HttpEvidence, ...]:
    """A chain as a variant's, or as the click's own."""
    name = f"{VARIANT}{code}" if code else "trace"
    headers = (("User-Agent", agent),)
    return tuple(replace(item, name=name, request=replace(item.request, headers=headers)) for item in hops)


MAIN = of("", *chain(START, OFFER, LANDING))


def beside(code: str, *hops: HttpEvidence, main: Sequence[HttpEvidence] = MAIN) -> Contrast:
    return contrasts((*main, *of(code, *hops)))[1]


def case_of(*hops: HttpEvidence) -> Case:
    return example(*hops, click_url=START).case


def found(*hops: HttpEvidence) -> list[tuple[str, Level]]:
    return [
        (item.code, item.level)
        for item in findings_of("click", case_of(*hops))
        if item.code.startswith("variant-") or item.level in (Level.WARN, Level.BAD)
    ]


# -- which variants --------------------------------------------------------------------------------------------


def test_a_link_has_five_variants_beside_itself() -> None:
    assert asked(f"https://trk.example/c/7?source=12&{GCLID}") == {
        "iphone": f"https://trk.example/c/7?source=12&{GCLID}",
        "android": f"https://trk.example/c/7?source=12&{GCLID}",
        "no-click-id": "https://trk.example/c/7?source=12",
        "http": f"http://trk.example/c/7?source=12&{GCLID}",
        "slash": f"https://trk.example/c/7/?source=12&{GCLID}",
    }


@pytest.mark.parametrize(
    ("agent", "devices"),
    [(DESKTOP, {"iphone", "android"}), (IPHONE, {"desktop", "android"}), (ANDROID, {"desktop", "iphone"})],
    ids=["desktop", "iphone", "android"],
)
def test_the_other_devices_are_those_the_click_does_not_appear_as(agent: str, devices: set[str]) -> None:
    assert {variant.code for variant in variants_of("https://trk.example/", agent) if variant.agent != agent} == devices


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://trk.example/click.php?a=1", "slash"),
        ("https://trk.example/", "slash"),
        ("https://trk.example?a=1", "slash"),
        ("https://trk.example:8443/c", "http"),
        ("http://trk.example:8080/c", "https"),
        ("https://trk.example/c?source=12", "no-click-id"),
        ("market://details?id=1", "iphone"),
        ("no address", "iphone"),
    ],
)
def test_a_variant_that_makes_no_sense_is_not_asked_for(url: str, code: str) -> None:
    assert code not in asked(url)


def test_a_slash_is_taken_away_where_there_is_one() -> None:
    assert asked("http://trk.example/c/7/?a=1")["no-slash"] == "http://trk.example/c/7?a=1"


@pytest.mark.parametrize(
    ("url", "click_id", "without"),
    [
        (f"https://trk.example/?{GCLID}", "", "https://trk.example/"),
        (f"https://trk.example/?a=%7b1%7D&{GCLID}&b=x+y#f", "", "https://trk.example/?a=%7b1%7D&b=x+y#f"),
        ("https://trk.example/?sub1=site&clickid=abc123456", "", "https://trk.example/?sub1=site"),
        ("https://trk.example/?sub_id=abc123456", "", "https://trk.example/"),
        ("https://trk.example/?zz=my-own-id-1&sub1=site", "my-own-id-1", "https://trk.example/?sub1=site"),
    ],
)
def test_the_click_id_is_left_out_and_every_other_byte_stays(url: str, click_id: str, without: str) -> None:
    assert asked(url, click_id=click_id)["no-click-id"] == without


# -- their chains ----------------------------------------------------------------------------------------------


def test_without_a_wish_only_the_click_itself_is_asked_for() -> None:
    assert [probe.name for probe in plan(case_of(), (), Settings())] == ["trace"]


def test_all_variants_are_asked_for_together() -> None:
    probes = plan(case_of(), (), WITH_VARIANTS)
    assert [(probe.name, getattr(probe, "hop", 0)) for probe in probes] == [
        (name, 1) for name in ("trace", *(f"{VARIANT}{code}" for code in ("iphone", "android", "http", "slash")))
    ]


def following(*heard: HttpEvidence, limits: Limits | None = None) -> HttpProbe | None:
    settings = Settings(limits or Limits(), variants=True)
    probes = plan(case_of(), heard, settings)
    named = (item for item in probes if isinstance(item, HttpProbe) and item.name == f"{VARIANT}iphone")
    return next(named, None)


def test_a_variant_goes_on_from_its_own_hops_as_its_own_browser() -> None:
    probe = following(*MAIN, *of("iphone", hop(1, START, "https://m.example/a")))
    assert probe is not None
    assert (probe.hop, probe.url, probe.headers) == (2, "https://m.example/a", (("User-Agent", IPHONE),))


def test_a_variant_never_sends_a_cookie_of_another_chain() -> None:
    setting = hop(1, START, "https://trk.example/next")
    assert setting.answer is not None
    setting = replace(setting, answer=replace(setting.answer, headers=(*setting.answer.headers, ("Set-Cookie", "a=1"))))
    probe = following(*of("", setting), *of("android", setting), *of("iphone", hop(1, START, "https://trk.example/x")))
    assert probe is not None
    assert "Cookie" not in dict(probe.headers)


def test_a_variant_has_a_hop_limit_of_its_own() -> None:
    one = of("iphone", hop(1, START, "https://m.example/a"))
    assert following(*MAIN, *one, limits=Limits(max_hops=2)) is not None


# -- apart from the trace --------------------------------------------------------------------------------------


def test_the_trace_of_a_case_holds_no_hop_of_a_variant() -> None:
    assert case_of(*MAIN, *of("iphone", *chain(START, "https://m.example/"))).trace() == MAIN


def test_the_ledger_knows_no_value_of_a_variant() -> None:
    plain, compared = case_of(*MAIN), case_of(*MAIN, *of("iphone", *chain(START, "https://m.example/?cid=other-id-42")))
    assert ledger(compared) == ledger(plain)


def test_nothing_is_compared_where_no_variant_was_asked_for() -> None:
    assert contrasts(MAIN) == ()


# -- how each went ---------------------------------------------------------------------------------------------


def test_a_variant_that_goes_the_same_way_differs_in_nothing() -> None:
    one = beside("android", *chain(START, OFFER, LANDING))
    assert (one.arrived, one.lost, one.gained, one.parts_at) == ("yes", (), (), 0)


def test_each_chain_brings_the_id_it_was_given_itself() -> None:
    other = "zz11yy22xx"
    one = beside("android", *(replace_id(item, other) for item in chain(START, OFFER, LANDING)))
    assert (one.arrived, one.parts_at) == ("yes", 0)


def replace_id(item: HttpEvidence, other: str) -> HttpEvidence:
    url = item.request.url.replace(ID, other)
    to = item.answer.header("Location").replace(ID, other) if item.answer else ""
    return hop(item.hop, url, to)


def test_the_hop_that_forgets_the_id_is_named() -> None:
    one = beside("iphone", *chain(START, OFFER, "https://shop.example/landing"))
    assert (one.arrived, one.arrived_at, one.lost) == ("no", 2, ("cid",))


def test_an_id_that_never_appears_is_told_from_one_that_is_lost() -> None:
    assert beside("slash", *chain("https://trk.example/c/7/", "https://shop.example/landing")).arrived == "none"


def test_an_altered_id_is_not_one_that_arrives() -> None:
    one = beside("iphone", *chain(START, OFFER, f"https://shop.example/landing?cid={ID.upper()}"))
    assert (one.arrived, one.arrived_at) == ("changed", 2)


def test_an_id_replaced_by_the_networks_own_is_not_lost() -> None:
    own = chain(START, OFFER, "https://shop.example/landing?transaction_id=a1b2c3d4e5f60718")
    assert contrasts((*MAIN, *of("iphone", *own)), ID)[1].arrived == "replaced"


def test_a_redirect_to_the_given_spelling_is_no_other_way() -> None:
    slashed = "https://trk.example/c/7/?source=12"
    assert beside("slash", *chain(slashed, START, OFFER, LANDING)).parts_at == 0


def test_the_first_hop_elsewhere_is_named() -> None:
    assert beside("iphone", *chain(START, "https://m.example/a", LANDING)).parts_at == 2


def test_a_chain_that_ends_earlier_parts_at_its_end() -> None:
    assert beside("iphone", *chain(START, OFFER)).parts_at == 2


def test_what_a_variant_was_asked_without_is_not_lost() -> None:
    start = f"https://shop.example/a?{GCLID}&x=1"
    main = of("", *chain(start, f"https://shop.example/b?{GCLID}&x=1"))
    without = chain("https://shop.example/a?x=1", "https://shop.example/b?x=1")
    assert beside("no-click-id", *without, main=main).lost == ()


def test_an_app_is_an_end_that_can_carry_the_id() -> None:
    link = f"market://details?id=shop&referrer=cid%3D{ID}"
    one = beside("android", hop(1, START, OFFER), hop(2, OFFER, link, outcome="APP_LINK"))
    assert (one.arrived, one.has_landed) == ("yes", True)


def test_a_chain_cut_short_proves_nothing() -> None:
    one = beside("iphone", hop(1, START, OFFER))
    assert (one.has_ended, one.arrived) == (False, "")


# -- what it amounts to ----------------------------------------------------------------------------------------


def test_variants_that_agree_are_not_worth_a_word() -> None:
    same = chain(START, OFFER, LANDING)
    assert found(*MAIN, *of("iphone", *same, agent=IPHONE), *of("android", *same, agent=ANDROID)) == []


def test_a_phone_that_ends_elsewhere_with_its_id_is_a_note() -> None:
    phone = of("iphone", *chain(START, OFFER, f"https://m.shop.example/?cid={ID}"), agent=IPHONE)
    assert found(*MAIN, *phone) == [("variant-differs", Level.INFO)]


def test_a_phone_that_gets_nowhere_is_a_warning() -> None:
    phone = of("iphone", hop(1, START, OFFER), failed_hop(2, OFFER, "CONNECT_REFUSED"), agent=IPHONE)
    assert found(*MAIN, *phone) == [("variant-differs", Level.WARN)]


def test_a_phone_that_loses_the_id_is_a_warning() -> None:
    phone = of("iphone", *chain(START, OFFER, "https://shop.example/landing"), agent=IPHONE)
    assert found(*MAIN, *phone) == [("variant-loses", Level.WARN)]


def test_another_spelling_that_loses_the_id_is_a_note() -> None:
    slashed = of("slash", *chain("https://trk.example/c/7/", "https://shop.example/landing"))
    assert found(*MAIN, *slashed) == [("variant-loses", Level.INFO)]


def test_a_spelling_that_keeps_what_the_given_one_loses_is_told() -> None:
    main = of("", *chain(START, OFFER, "https://shop.example/landing"))
    slashed = of("slash", *chain("https://trk.example/c/7/?source=12", OFFER, LANDING))
    finding = next(item for item in findings_of("click", case_of(*main, *slashed)) if item.code == "variant-loses")
    assert finding.values == {
        "asked": "https://trk.example/c/7",
        "kept": "https://trk.example/c/7/",
        "params": "cid",
    }


def test_a_click_without_its_id_is_not_blamed_for_having_none() -> None:
    bare = of("no-click-id", *chain("https://trk.example/c/7", LANDING.partition("?")[0]))
    assert found(*MAIN, *bare) == []


def test_a_variant_that_was_stopped_is_not_judged() -> None:
    assert found(*MAIN, *of("iphone", hop(1, START, "https://m.example/a"), agent=IPHONE)) == []


def test_the_device_is_what_tells_two_devices_apart() -> None:
    phone = of("iphone", *chain(START, OFFER, f"https://m.shop.example/?cid={ID}"), agent=IPHONE)
    finding = next(item for item in findings_of("click", case_of(*MAIN, *phone)) if item.code == "variant-differs")
    assert (finding.values["asked"], finding.values["given"]) == ("iPhone", "Windows")

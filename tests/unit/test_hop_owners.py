"""Whose a hop is: what the user said comes first, then documented hosts, then the place in the chain."""

from collections.abc import Iterator, Mapping

import pytest

from postback_wizard.catalogue.along import HopOwner, owners_along, whose
from postback_wizard.catalogue.owners import OwnerMark, use_owners
from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import chain, hop
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner
from postback_wizard.domain.probe import HttpEvidence

ID = "w7k2m9x4q1"
AD, TRACKER = "https://ads.example/go?campaign=7", "https://trk.example/c/7?campaign=7"
OFFER, SHOP = f"https://net.example/offer?aff_sub={ID}", f"https://shop.example/?clickid={ID}"
TUNE = f"https://demo.go2cloud.org/aff_c?offer_id=5&aff_sub={ID}"


@pytest.fixture(autouse=True)
def _nobody_said_anything() -> Iterator[None]:
    yield
    use_owners(dict)


def said(**marks: OwnerMark) -> None:
    use_owners(lambda: {host.replace("_", "."): mark for host, mark in marks.items()})


def owners(*urls: str, facts: Facts | None = None) -> Mapping[str, HopOwner]:
    return owners_along(chain(*urls), facts or Facts())


def test_the_places_in_a_chain_tell_the_roles() -> None:
    found = owners(AD, TRACKER, OFFER, SHOP)
    assert {host: owner.role for host, owner in found.items()} == {
        "ads.example": "source",
        "trk.example": "tracker",
        "net.example": "network",
        "shop.example": "advertiser",
    }


def test_a_place_before_the_tracker_or_at_the_end_is_but_a_hint() -> None:
    found = owners(AD, TRACKER, OFFER, SHOP)
    assert {host for host, owner in found.items() if owner.confidence is Confidence.HINT} == {
        "ads.example",
        "shop.example",
    }


def test_the_tracker_made_its_id_first_even_where_the_networks_lands() -> None:
    found = owners(TRACKER, OFFER, "https://shop.example/?transaction_id=a1b2c3d4e5f60718")
    assert (found["trk.example"].role, found["net.example"].role) == ("tracker", "network")


def test_where_another_id_is_known_the_tracker_is_but_a_hint() -> None:
    known = Facts(click_id="a1b2c3d4e5f60718")
    found = owners(TRACKER, OFFER, "https://shop.example/?transaction_id=a1b2c3d4e5f60718", facts=known)
    assert {owner.confidence for owner in found.values()} == {Confidence.HINT}


def test_a_documented_host_is_named_with_its_platform() -> None:
    owner = owners(TRACKER, TUNE, SHOP)["demo.go2cloud.org"]
    assert (owner.role, owner.name, owner.confidence, owner.is_click_host) == (
        "network",
        "TUNE (HasOffers)",
        Confidence.LIKELY,
        True,
    )


def test_the_platform_of_the_case_gives_the_only_host_of_its_role_a_name() -> None:
    found = owners(TRACKER, OFFER, SHOP, facts=Facts(tracker="keitaro", network="everflow"))
    assert (found["trk.example"].name, found["net.example"].name) == ("Keitaro", "Everflow")


def test_a_platform_of_the_case_makes_no_host_a_known_click_host() -> None:
    found = owners(TRACKER, OFFER, SHOP, facts=Facts(network="everflow"))
    assert not any(owner.is_click_host for owner in found.values())


def test_what_the_user_said_is_stronger_than_documentation() -> None:
    said(demo_go2cloud_org=OwnerMark("affiliate", "My own redirect"))
    owner = owners(TRACKER, TUNE, SHOP)["demo.go2cloud.org"]
    assert (owner.role, owner.name, owner.by_you, owner.code) == (
        "affiliate",
        "My own redirect",
        True,
        Owner.AFFILIATE,
    )


def test_a_host_is_the_same_in_any_letters_and_with_a_dot_at_its_end() -> None:
    said(net_example=OwnerMark("network", "everflow"))
    found = owners(TRACKER, OFFER.replace("net.example", "NET.example."), SHOP)
    assert found["net.example"].name == "Everflow"


@pytest.mark.parametrize("urls", [("",), ("not a url", "\ud800"), ("https:///x", "https://[::1"), (AD,)])
def test_odd_chains_have_owners_or_none(urls: tuple[str, ...]) -> None:
    assert isinstance(owners(*urls), Mapping)


def test_a_chain_nobody_answered_has_no_owners() -> None:
    assert owners_along((), Facts()) == {}


def test_a_name_stands_beside_its_host() -> None:
    found = owners(TRACKER, TUNE, SHOP)
    assert whose("demo.go2cloud.org", found) == ("demo.go2cloud.org (TUNE (HasOffers))", Owner.NETWORK)
    assert whose("trk.example", found) == ("trk.example", Owner.TRACKER)
    assert whose("nobody.example", found) == ("nobody.example", Owner.HOP_OWNER)


# -- what that does to findings ---------------------------------------------------------------------------------


def judged(*hops: HttpEvidence, click_id: str = "") -> Finding:
    case = example(*hops, click_url=TRACKER, click_id=click_id).case
    owned = ("redirect-drops-query", "click-host-keeps-parameters", "click-id-altered")
    (found,) = [item for item in findings_of("click", case) if item.code in owned]
    return found


def test_a_loss_names_the_owner_of_its_hop() -> None:
    found = judged(*chain(TRACKER, OFFER, "https://shop.example/"))
    assert (found.code, found.level, found.owner) == ("redirect-drops-query", Level.BAD, Owner.NETWORK)


def test_a_loss_where_the_owner_is_but_a_hint_stays_with_the_owner_of_the_hop() -> None:
    found = judged(*chain(f"https://go.example/o?xq={ID}&l=en", "https://shop.example/?l=en"), click_id=ID)
    assert found.owner is Owner.HOP_OWNER


def test_a_change_names_the_owner_of_its_hop() -> None:
    found = judged(*chain(TRACKER, OFFER.replace(ID, ID.upper()), SHOP))
    assert (found.code, found.owner, found.values["whose"]) == ("click-id-altered", Owner.NETWORK, "net.example")


@pytest.mark.parametrize(
    ("after", "level"),
    [
        ("https://shop.example/?transaction_id=a1b2c3d4e5f60718", Level.INFO),
        ("https://shop.example/?lang=en", Level.WARN),
    ],
)
def test_a_known_click_host_that_keeps_the_click_id_is_no_fault(after: str, level: Level) -> None:
    found = judged(*chain(TRACKER, TUNE, after), click_id=ID)
    assert (found.code, found.level, found.owner) == ("click-host-keeps-parameters", level, Owner.NETWORK)
    assert "TUNE" in found.values["whose"]


def test_a_known_click_host_that_sends_its_own_page_to_itself_has_recorded_nothing_yet() -> None:
    found = judged(*chain(TRACKER, TUNE, "https://demo.go2cloud.org/aff_c/", "https://shop.example/"), click_id=ID)
    assert (found.code, found.level) == ("redirect-drops-query", Level.BAD)


def test_a_host_the_user_gave_to_a_known_platform_records_clicks() -> None:
    said(net_example=OwnerMark("network", "everflow"))
    assert judged(*chain(TRACKER, OFFER, "https://shop.example/?lang=en")).code == "click-host-keeps-parameters"


@pytest.mark.parametrize("mark", [OwnerMark("network"), OwnerMark("network", "A friend's network")])
def test_a_host_of_a_network_nobody_knows_gets_no_reassurance(mark: OwnerMark) -> None:
    said(net_example=mark)
    found = judged(*chain(TRACKER, OFFER, "https://shop.example/?lang=en"))
    assert (found.code, found.level, found.owner) == ("redirect-drops-query", Level.BAD, Owner.NETWORK)


NINE = f"aff_sub={ID}&offer=5&lang=en&utm_source=fb&utm_term=lamp&p=1&s=2&geo=de&v=3"


def test_a_page_that_forgets_four_of_nine_names_the_four() -> None:
    found = judged(
        *chain(
            TRACKER,
            f"https://net.example/offer?{NINE}",
            f"https://net.example/offer/?aff_sub={ID}&offer=5&p=1&s=2&v=3",
            SHOP,
        )
    )
    assert (found.where, found.values["host"], found.values["params"], found.level, found.owner) == (
        "hop 2",
        "net.example",
        "lang, utm_source, utm_term, geo",
        Level.WARN,
        Owner.NETWORK,
    )


def test_a_page_that_takes_its_own_mark_away_again_forgets_nothing() -> None:
    hops = chain(TRACKER, OFFER, f"https://net.example/offer?aff_sub={ID}&check=1", OFFER, SHOP)
    case = example(*hops, click_url=TRACKER).case
    assert [item.level for item in findings_of("click", case)] == [Level.GOOD]


def test_a_page_that_sets_a_cookie_may_have_kept_what_it_takes_away() -> None:
    first = hop(1, f"https://shop.example/l?cid={ID}&lang=en", f"https://shop.example/l/?cid={ID}")
    assert first.answer is not None
    answer = type(first.answer)(302, (*first.answer.headers, ("Set-Cookie", "lang=en")))
    kept = type(first)(first.name, first.at, first.delivery, first.outcome, first.request, answer, hop=1)
    found = judged(kept, hop(2, f"https://shop.example/l/?cid={ID}"))
    assert (found.level, found.confidence) == (Level.INFO, Confidence.HINT)


def test_thousands_of_lost_names_are_counted_not_listed() -> None:
    query = "&".join(f"a{number}={number}" for number in range(3000))
    found = judged(*chain(f"https://net.example/o?{query}", "https://net.example/o/"))
    assert found.values["params"].endswith("a19 … (+2980)")


def test_a_name_longer_than_any_file_name_is_nobodys() -> None:
    found = owners(TRACKER, OFFER, SHOP, facts=Facts(tracker="a" * 5000))
    assert found["trk.example"].name == ""

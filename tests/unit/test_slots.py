"""What the catalogue says of a network's link: where a partner's click ID belongs, and who owns a host."""

import pytest

from postback_wizard.catalogue import platform, platforms
from postback_wizard.catalogue.names import read_macro
from postback_wizard.catalogue.slots import is_click_macro, may_read, network_at, slots
from postback_wizard.domain.macros import Macro
from postback_wizard.domain.site import site


def macro(written: str) -> Macro:
    found = read_macro(written)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        ("adcombo", ("subacc4",)),
        ("affise", tuple(f"sub{number}" for number in range(1, 9))),
        # What the network makes itself, and wants back from the advertiser, is no place for a partner's click ID.
        ("everflow", ("sub1", "sub2", "sub3", "sub4", "sub5")),
        ("cj", ("SID",)),
        ("mobidea", ("pub_click_id",)),
        ("awin", ()),
        ("rakuten", ()),
    ],
)
def test_a_networks_slots_are_those_it_returns(network: str, expected: tuple[str, ...]) -> None:
    assert slots(platform(network)) == expected


def test_a_numbered_slot_goes_with_its_row() -> None:
    assert may_read(platform("affise"), "sub30")


@pytest.mark.parametrize("network", [item.id for item in platforms().values() if item.kind == "network"])
def test_every_network_reads_its_own_slots(network: str) -> None:
    known = platform(network)
    assert all(may_read(known, name) for name in (*slots(known), *known.click_params.value))


@pytest.mark.parametrize(
    ("written", "tracker", "expected"),
    [
        ("{clickid}", "voluum", True),
        ("{subid}", "keitaro", True),
        ("{_subid}", "keitaro", True),
        ("{clickid}", "keitaro", False),
        ("{external_id}", "keitaro", False),
        ("{clickId}", "bemob", True),
    ],
)
def test_a_trackers_click_id_is_known_by_its_macro(written: str, tracker: str, expected: bool) -> None:
    assert is_click_macro(macro(written), platform(tracker)) is expected


def test_a_host_of_a_networks_own_names_it() -> None:
    found = network_at("acme.go2cloud.org")
    assert found is not None
    assert (found.id, network_at("trk.example")) == ("tune", None)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("go.shop.example", "shop.example"),
        ("Shop.example.", "shop.example"),
        ("www.shop.co.uk", "shop.co.uk"),
        ("127.0.0.1", "127.0.0.1"),
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_a_site_is_what_one_owner_registers(host: str, expected: str) -> None:
    assert site(host) == expected

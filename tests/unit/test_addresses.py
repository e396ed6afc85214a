"""Which addresses may be spoken to, in every spelling."""

import pytest

from postback_wizard.effects.addresses import blocked, host_of, is_bad_port, is_loopback_name, is_public, parse_allow

PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.5.5", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.5.5", "100.127.255.255", "0.0.0.1", "224.0.0.1", "239.1.1.1", "192.0.2.1"),
    *("198.51.100.1", "203.0.113.5", "198.18.0.1", "198.19.255.255", "0.1.2.3", "192.0.0.1", "192.0.0.170"),
    *("192.88.99.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::1", "::", "fc00::1", "fd12:3456::1"),
    *("fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1", "3fff::1", "2001:2::1", "2002::1"),
    *("2002:a00:1::", "2001::1", "2001:20::1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "5f00::1"),
    *("::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "nonsense"),
]
PUBLIC = [
    *("8.8.8.8", "1.1.1.1", "93.184.216.34", "100.128.0.1", "172.32.0.1", "2606:4700:4700::1111"),
    *("2a00:1450:4001:800::200e", "64:ff9b::808:808"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_private_or_special_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def test_one_bad_address_blocks_the_host() -> None:
    assert blocked(["8.8.8.8", "127.0.0.1"], ()) == ("127.0.0.1",)


@pytest.mark.parametrize("entry", ["127.0.0.0/8", "127.0.0.1", " 127.0.0.1 "])
def test_an_allowed_network_is_not_blocked(entry: str) -> None:
    assert blocked(["127.0.0.1", "::ffff:127.0.0.1"], (parse_allow(entry),)) == ()


@pytest.mark.parametrize("entry", ["localhost", "", "10.0.0.0/33", "*"])
def test_an_entry_that_is_no_network_is_refused_with_what_is_accepted(entry: str) -> None:
    with pytest.raises(ValueError, match="neither an address nor a network"):
        parse_allow(entry)


@pytest.mark.parametrize(
    "spelling",
    [
        *("127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "017700000001"),
        *("127.0.0.1.", "0x7F.0.0.0x1", "１２７.0.0.1", "127。0。0。1", "127．0．0．1", "①②⑦.0.0.1", "0x7f.0.1"),
    ],
)
def test_every_spelling_of_this_machine_is_this_machine(spelling: str) -> None:
    assert host_of(spelling) == "127.0.0.1"


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("Example.COM", "example.com"),
        ("[::1]", "::1"),
        ("[2001:DB8:0::1]", "2001:db8::1"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("a_b.example", "a_b.example"),
        ("example.com.", "example.com."),
    ],
)
def test_a_host_is_put_on_the_wire_in_its_plain_form(host: str, plain: str) -> None:
    assert host_of(host) == plain


@pytest.mark.parametrize(
    "host",
    [
        *("", ".", "a..b", "a b", "a%41", "{sub}.example", "256.1.1.1", "1.2.3.4.5", "[::1", "[fe80::1%25e]"),
        *("a" * 64, "a\\b", "a@b", "xn--\u0430", "\u200d", "-a.example", "09.1.1.1", "\udc80", "😀" * 70),
    ],
)
def test_what_is_no_host_is_refused_with_one_kind_of_error(host: str) -> None:
    with pytest.raises(ValueError, match=r"host|zone"):
        host_of(host)


@pytest.mark.parametrize("name", ["localhost", "localhost.", "api.localhost"])
def test_localhost_is_known_without_asking(name: str) -> None:
    assert is_loopback_name(name)


def test_a_name_that_only_ends_alike_is_not_localhost() -> None:
    assert not is_loopback_name("notlocalhost")


@pytest.mark.parametrize("port", [22, 25, 6379, 6667])
def test_ports_of_other_services_are_bad(port: int) -> None:
    assert is_bad_port(port)


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_ports_of_the_web_are_fine(port: int) -> None:
    assert not is_bad_port(port)

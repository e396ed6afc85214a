"""Hosts are read as browsers read them (WHATWG URL standard), and what is no host is told with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard import checks
from postback_wizard.domain.hosts import canonical_host, host_place, is_port
from postback_wizard.domain.url import split_url

NAMES = {
    "Trk.EXAMPLE": "trk.example",
    "GOO\u200b\u2060\ufeffgoo.com": "googoo.com",
    "www.foo\u3002bar.com": "www.foo.bar.com",
    "trk\uff0eexample": "trk.example",
    "trk\uff61example": "trk.example",
    "\uff27\uff4f.com": "go.com",
    "trk\u00ad.example": "trk.example",
    "%74rk.example": "trk.example",
    "你好你好": "xn--6qqa088eba",
    "b\u00fccher.example": "xn--bcher-kva.example",
    "BU\u0308CHER.example": "xn--bcher-kva.example",
    "b%C3%BCcher.example": "xn--bcher-kva.example",
    "xn--bcher-kva.example": "xn--bcher-kva.example",
    "XN--BCHER-KVA.example": "xn--bcher-kva.example",
    "пример.рф": "xn--e1afmkfd.xn--p1ai",
    "ПРИМЕР.РФ": "xn--e1afmkfd.xn--p1ai",
    "fa\u00df.ExAmPlE": "xn--fa-hia.example",
    "xn--fa-hia.example": "xn--fa-hia.example",
    "\u00e0.\u05d0": "xn--0ca.xn--4db",
    "\U0001f4a9.example": "xn--ls8h.example",
    "\u212aelvin.example": "kelvin.example",
    "x..\u00df": "x..xn--zca",
    "a_b.example": "a_b.example",
    "-a-.example": "-a-.example",
    "a--b.example": "a--b.example",
    "a..b": "a..b",
    "trk.example.": "trk.example.",
    "!\"$&'()*+,-.;=_`{}~": "!\"$&'()*+,-.;=_`{}~",
    "localhost": "localhost",
    "1e2": "1e2",
    "foo.09..": "foo.09..",
    "1.2.3.4..": "1.2.3.4..",
    "0x7f.example": "0x7f.example",
    "xn--e1afmkfd.xn--p1ai": "xn--e1afmkfd.xn--p1ai",
    "a" * 70 + ".example": "a" * 70 + ".example",
}
ZERO = ".".join("0000")
ADDRESSES = {
    "0x7f.1": "127.0.0.1",
    "127.1": "127.0.0.1",
    "0177.1": "127.0.0.1",
    "0177.0.0.01": "127.0.0.1",
    "127.0.1": "127.0.0.1",
    "127.0.0x0.1": "127.0.0.1",
    "2130706433": "127.0.0.1",
    "0x7F000001": "127.0.0.1",
    "017700000001": "127.0.0.1",
    "127.0.0.1.": "127.0.0.1",
    "256": "0.0.1.0",
    "0": ZERO,
    "0x": ZERO,
    "0x.0x.0": ZERO,
    "4294967295": "255.255.255.255",
    "0xffffffff": "255.255.255.255",
    "192.0x00A80001": "192.168.0.1",
    "01.2.3.4": "1.2.3.4",
    "1.2.65535": "1.2.255.255",
    "%30%78%63%30%2e%30%32%35%30.01": "192.168.0.1",
    "%30%78%63%30%2e%30%32%35%30.01%2e": "192.168.0.1",
    "\uff10\uff38\uff43\uff10\uff0e\uff10\uff12\uff15\uff10\uff0e\uff10\uff11": "192.168.0.1",
    "[2001:DB8::1]": "[2001:db8::1]",
    "[::1]": "[::1]",
    "[0:0:0:0:0:0:0:0]": "[::]",
    "[1:2:0:0:5:0:0:0]": "[1:2:0:0:5::]",
    "[1:0:2:0:3:0:4:0]": "[1:0:2:0:3:0:4:0]",
    "[::127.0.0.1]": "[::7f00:1]",
    "[0:0:0:0:0:0:13.1.68.3]": "[::d01:4403]",
    "[::ffff:1.2.3.4]": "[::ffff:102:304]",
}
NO_HOSTS = (
    *("", "\u00ad", "%C2%AD", "a<b", "a>b", "a b.example", "a^b", "a|b", "ho%20st", "ho%3Cst", "ho%7Cst", "ho%5Est"),
    *("hello%00", "%25", "%zz%66%a.com", "%3g", "%", "%80.com", "\uff05\uff14\uff11.com", "\uff05\uff10\uff10.com"),
    *("%EF%BC%85%EF%BC%94%EF%BC%91.com", "\ufdd0zyx.com", "%ef%b7%90zyx.com", "a\x7fb", "a\u200cb", "a\u200db"),
    *("xn--", "xn--.example", "xn--a", "xn--a.xn--zca", "xn--a-", "xn--i\u00f1valid.com", "xn--ab-j1t"),
    *("a.b.c.xn--pokxncvks", "10.0.0.XN--pokxncvks", "\u0308.com", "0\u00e0.\u05d0", "\ufffd.com"),
    *("1.2.3.4.5", "1.2.3.4.5.", "256.1.1.1", "256.256.256.256", "192.168.0.257", "99999999999", "4294967296"),
    *("0x100000000", "1.2.3.08", "1.2.3.09", "09.2.3.4", "foo.09", "foo.2.3", "foo.2.3.", "foo.0x4", "foo.0x4."),
    *("example.0x", "1..0", "foo.0XFfFfFfFfFfFfFfFfFfAcE123", "\U0001f4a9.123", "0999999999999999999"),
    *("[::g]", "[]", "[:1]", "[::1.]", "[::.1]", "[::%31]", "[::1.2.3]", "[::1.2.3.4x]", "[www.google.com]", "[::1"),
    *("[::1%eth0]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[::1::]", "[12345::]", "[::01.2.3.4]"),
)
WHERE = {
    "a:b@c:29": (4, "c", ":29"),
    "::@c@d:2": (5, "d", ":2"),
    "foo.com:b@d": (10, "d", ""),
    "www.@pple.com": (5, "pple.com", ""),
    "u@p@h": (4, "h", ""),
    "@@h": (2, "h", ""),
    "user@": (5, "", ""),
    "a:b@": (4, "", ""),
    "@:www.example.com": (1, "", ":www.example.com"),
    "trk.example\\@evil.example": (0, "trk.example", ""),
    "trk.example:80\\x@y": (0, "trk.example", ":80"),
    "f:b": (0, "f", ":b"),
    "[::1]:8080": (0, "[::1]", ":8080"),
    "u:p@[::1]": (4, "[::1]", ""),
    "[::1": (0, "[::1", ""),
}


@pytest.mark.parametrize("host", [*NAMES, *ADDRESSES])
def test_a_host_has_one_form(host: str) -> None:
    assert canonical_host(host) == {**NAMES, **ADDRESSES}[host]


@pytest.mark.parametrize("host", NO_HOSTS)
def test_what_is_no_host_is_refused(host: str) -> None:
    assert canonical_host(host) is None


@pytest.mark.parametrize("host", [*NAMES, *ADDRESSES])
def test_a_form_once_found_stays(host: str) -> None:
    found = canonical_host(host)
    assert found is not None
    assert canonical_host(found) == found


@pytest.mark.parametrize("authority", WHERE)
def test_the_host_stands_where_browsers_look_for_it(authority: str) -> None:
    assert host_place(authority) == WHERE[authority]


@pytest.mark.parametrize(
    ("port", "good"),
    [
        *((text, True) for text in ("", ":", ":0", ":80", ":00000000000080", ":65535")),
        *((text, False) for text in (":65536", ":999999", ":b", ":fifty-two", ": 21", ":-1", ":１", "x", ":8 0")),
    ],
)
def test_a_port_is_a_number_up_to_65535(port: str, good: bool) -> None:
    assert is_port(port) is good


def places(template: str) -> list[str]:
    """The texts that are told to be no host or port, cut out by the finding's own place."""
    found = checks.findings_of("template", checks.example(template=template).case)
    told = [item.values for item in found if item.code == "template-not-a-url"]
    return [template[int(values["start"]) : int(values["end"])] for values in told]


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("https://256.1.1.1/p?cid={clickid}", "256.1.1.1"),
        ("https://user:pass@1.2.3.08/p?cid={clickid}", "1.2.3.08"),
        ("https://trk.example:99999/p?cid={clickid}", ":99999"),
        ("https://user@trk.example:b/p?cid={clickid}", ":b"),
        ("https://foo.0x4:8080/p?cid={clickid}", "foo.0x4"),
        ("https://[::g]/p?cid={clickid}", "[::g]"),
        ("https://a^b.example/p?cid={clickid}", "^b.example"),
        ("https://xn--a/p?cid={clickid}", "xn--a"),
        ("https://user@/p?cid={clickid}", "/"),
        ("https:///p?cid={clickid}", "/"),
    ],
)
def test_the_place_of_what_is_no_host_is_told(template: str, place: str) -> None:
    assert places(template) == [place]


@pytest.mark.parametrize("host", [*NAMES, *ADDRESSES, "user:p%40ss@trk.example:8443", "trk.example\\@x y"])
def test_a_good_host_is_never_told_to_be_none(host: str) -> None:
    assert places(f"https://{host}/p?cid={{clickid}}") == []


_PARTS = (*"aZ09.-_:@[]%/\\?#x~ ", "ü", "я", "\u05d0", "\u200d", "。", "%C3", "%bc", "xn--", "0x7f", "::1")
HOSTISH = st.lists(st.sampled_from(_PARTS), max_size=12).map("".join)


@given(st.one_of(HOSTISH, st.text()))
def test_no_text_stops_the_reading_of_a_host(text: str) -> None:
    found = canonical_host(text)
    assert found is None or (found.isascii() and canonical_host(found) == found)


@given(st.one_of(HOSTISH, st.text()))
def test_a_host_is_cut_out_of_its_authority_as_it_stands(text: str) -> None:
    start, host, port = host_place(text)
    assert text.startswith(host + port, start)


@given(st.one_of(HOSTISH, st.text(), st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape"))))
def test_any_text_taken_apart_is_put_together_again(text: str) -> None:
    for whole in (text, f"//{text}", f"https://{text}", f"https://u@{text}?{text}#{text}"):
        assert str(split_url(whole)) == whole

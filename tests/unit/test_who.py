"""Who is it: a platform's own addresses are named, everybody else's are not, and what is shared is named twice."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.catalogue import platforms
from postback_wizard.catalogue.who import propose, role_of, who
from postback_wizard.domain.finding import Confidence

DOCUMENTED = {item.id: item.accepts.url_template.value for item in platforms().values() if item.accepts.url_template}
_FREE_HOST = re.compile(r"(?<=://)\{[^}]+\}(?=/)")
_FILL_IN = re.compile(r"\{[^}]+\}|\[[^\]]+\]|NAMEOFADVERTISER")


def filled(template: str) -> str:
    """A documented URL as it is sent: a host of one's own, fill-ins and placeholder words replaced by values."""
    head, mark, query = _FILL_IN.sub("a1b2c3", _FREE_HOST.sub("go.mysite.example", template)).partition("?")
    pairs = (pair.partition("=") for pair in query.split("&"))
    values = (f"{name}={'w7k2m9x4' if re.fullmatch('[A-Z][A-Z_0-9:]*', value) else value}" for name, _, value in pairs)
    return f"{head}{mark}{'&'.join(values)}" if mark else head


ORDINARY = (
    "https://www.example.com/",
    "https://example.com/index.html",
    "https://example.com/about?lang=en",
    "https://shop.example/product/42?color=red&size=m",
    "https://shop.example/cart?add=42&qty=2",
    "https://shop.example/checkout?step=2",
    "https://shop.example/thank-you?order=ORD-1042",
    "https://shop.example/search?q=running+shoes&page=3",
    "https://shop.example/?utm_source=newsletter&utm_medium=email&utm_campaign=spring",
    "https://news.example/2026/03/01/story.html",
    "https://news.example/rss.xml",
    "https://blog.example/?p=123",
    "https://blog.example/post?id=77#comments",
    "https://forum.example/viewtopic.php?f=2&t=1042",
    "https://forum.example/index.php?sid=abcdef0123456789abcdef0123456789",
    "https://wiki.example/index.php?title=Main_Page&action=history",
    "https://en.wikipedia.org/wiki/Postback_(affiliate)",
    "https://www.google.com/search?q=postback",
    "https://www.youtube.com/watch?v=abcdefghijk&t=42s",
    "https://github.com/owner/repo/issues/12?tab=comments",
    "https://api.example/v1/users/42?expand=orders",
    "https://api.example/v2/orders?status=paid&limit=50&offset=100",
    "https://api.example/graphql",
    "https://auth.example/login?next=%2Faccount&state=xyz",
    "https://auth.example/oauth/authorize?response_type=code&client_id=abc&redirect_uri=https%3A%2F%2Fapp.example%2Fcb",
    "https://cdn.example/assets/app.3f2a1c.js",
    "https://cdn.example/img/logo.png?w=200&h=80",
    "https://static.example/fonts/a.woff2",
    "https://maps.example/?lat=52.52&lng=13.40&zoom=12",
    "https://video.example/embed/42?autoplay=1",
    "https://mail.example/unsubscribe?token=abcdef",
    "https://docs.example/en/latest/?badge=latest",
    "https://status.example/api/v1/summary.json",
    "https://pay.example/invoice?amount=12.50&currency=EUR",
    "https://pay.example/return?status=ok&order_id=1042",
    "https://bank.example/transfer?sum=100&cost=1",
    "https://travel.example/flights?from=BER&to=LIS&date=2026-03-01",
    "https://jobs.example/apply?ref=homepage",
    "https://game.example/invite?code=ABC123",
    "https://app.example/#/dashboard?tab=1",
    "https://app.example/webhook?token=abc",
    "https://app.example/callback?code=abc&state=def",
    "https://hooks.example/services/T000/B000/XXXX",
    "https://track.example/parcel?id=1Z999AA10123456784",
    "https://go.example/c/7?source=12&sub_id=abc123",
    "http://localhost:8080/health",
    "http://192.0.2.7/admin?user=root",
    "https://xn--e1afmkfd.example/?page=2",
    "ftp://files.example/pub/readme.txt",
    "mailto:somebody@example.com?subject=hello",
)


def receivers(url: str) -> set[str]:
    return {guess.platform for guess in who(url) if guess.role == "receiver"}


@pytest.mark.parametrize("platform", DOCUMENTED)
def test_a_platform_is_named_as_the_receiver_of_its_documented_postback_url(platform: str) -> None:
    assert platform in receivers(filled(DOCUMENTED[platform]))


@pytest.mark.parametrize("url", ORDINARY)
def test_no_platform_is_named_for_an_ordinary_url(url: str) -> None:
    assert who(url) == ()


def test_there_are_fifty_ordinary_urls() -> None:
    assert len(set(ORDINARY)) == 50


def test_two_platforms_of_one_shape_are_both_named_and_neither_is_proposed() -> None:
    guesses = who("https://go.mysite.example/postback?cid=w7k2m9&payout=1.5&txid=T1")
    assert {guess.platform for guess in guesses} == {"bemob", "voluum"}
    assert propose(guesses) == {}


def test_a_host_of_ones_own_settles_what_the_shape_alone_does_not() -> None:
    guesses = who("https://acme.bemobtrcks.com/postback?cid=w7k2m9&payout=1.5")
    assert [(guess.platform, guess.role, guess.confidence) for guess in guesses] == [
        ("bemob", "receiver", Confidence.CERTAIN)
    ]


def test_a_shape_with_a_telling_parameter_is_likely() -> None:
    (guess,) = who("https://go.mysite.example/click.php?cnv_id=w7k2m9&payout=1")
    assert (guess.platform, guess.confidence) == ("binom_v1", Confidence.LIKELY)


def test_without_its_required_parameter_a_shape_is_nobodys() -> None:
    assert who("https://go.mysite.example/click.php?payout=1&cnv_status=sale") == ()


def test_another_path_on_a_platforms_host_names_the_platform_by_its_kind() -> None:
    (guess,) = who("https://www.awin1.com/cread.php?awinmid=1&awinaffid=2")
    assert (guess.platform, guess.role) == ("awin", "network")


@pytest.mark.parametrize(
    ("url", "role", "platform"),
    [
        ("https://go.mysite.example/c/7?gclid=Cj0KCQ", "source", "google_ads"),
        ("https://go.mysite.example/c/7?ttclid=E.C.P.abc", "source", "tiktok"),
        ("https://shop.example/?awc=1234_5678", "network", "awin"),
        ("https://go.mysite.example/c/7?v=${SUBID}&z={zoneid}&b={bannerid}", "source", "clickadu"),
        ("https://mine.example/in?c={subid}&r={revenue}&s={status}", "sender", "keitaro"),
    ],
)
def test_click_ids_and_macros_tell_who_made_a_link(url: str, role: str, platform: str) -> None:
    assert {str(part): name for part, name in propose(who(url)).items()}[role] == platform


def test_a_macro_that_many_platforms_have_tells_nothing() -> None:
    assert who("https://mine.example/in?c={clickid}") == ()


def test_the_surest_guess_comes_first() -> None:
    found = who("https://tr.outbrain.com/unifiedPixel?ob_click_id=abc&name=Lead")
    assert [guess.confidence for guess in found] == sorted(
        (guess.confidence for guess in found), key=list(Confidence).index
    )


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_reason_names_the_platform(lang: str) -> None:
    assert "Taboola" in who(filled(DOCUMENTED["taboola"]))[0].why.say(lang)


def test_a_platforms_kind_says_what_it_is_to_a_case() -> None:
    assert [role_of(name) for name in ("keitaro", "affise", "propellerads", "adjust", "nobody")] == [
        *("tracker", "network", "source", "tracker", None)
    ]


@given(st.text(max_size=120))
def test_nothing_raises_whatever_the_text(text: str) -> None:
    assert isinstance(who(text), tuple)

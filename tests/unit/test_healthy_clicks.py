"""Ordinary clicks of the trade, in the formats of its trackers and networks: nothing is said against them."""

from collections.abc import Mapping

import pytest

from postback_wizard.checks import example, findings_of
from postback_wizard.checks.samples import AT, chain
from postback_wizard.domain.finding import Level

VOLUUM, KEITARO, BINOM = "w2NL3V3S27I4FV9MHIQSQTD5", "2vj5o1k8q4r7t9u3w6x", "e0c7hea9wj270"
BEMOB, FLUX, BRIDGE = "aB3dE5fG7hJ9kL1mN3pQ5r", "0c7hea9wj27081e60haa86o0", "mvueb59146efba47e4453423050"
AFFISE, EVERFLOW = "5f1d0a1c2b3d4e5f6a7b8c9d", "5f1d0a1c2b3d4e5f6a7b8c9d0e1f2a3b"
GCLID, FBCLID = "Cj0KCQiAw5W-BhAhEiwApv4goN", "IwAR3xYz0aBcDeFgHiJkLmNoPq"
UUID = "0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d"
SHOP = "https://www.shop.example/landing"

CHAINS: Mapping[str, tuple[str, ...]] = {
    "voluum to a landing page": (
        f"https://trk.example/{UUID}?zoneid=881&campaignid=77&cost=0.002",
        f"https://lander.example/sweeps/?clickid={VOLUUM}&brand=Desktop&city=Berlin",
    ),
    "voluum to an affise network": (
        f"https://trk.example/{UUID}?src=adx",
        f"https://net.g2afse.example/click?pid=12&offer_id=345&sub1={VOLUUM}&sub2=881&sub3=",
        f"{SHOP}?clickid={AFFISE}&utm_source=affise&utm_medium=cpa",
    ),
    "keitaro with sub ids": (
        "https://go.example/AbCdEf?sub_id_1=881&sub_id_2=banner&external_id=abc123",
        f"https://net.example/click?offer=5&aff_sub={KEITARO}&aff_sub2=881",
        f"{SHOP}?tid={UUID}",
    ),
    "binom with a campaign key": (
        "https://bnm.example/click.php?key=6vbn4kq1c9zq5rj1j2hd&zone=881&cost=0.01",
        f"https://net.example/?a=12&c=345&s2={BINOM}",
        f"{SHOP}?reqid=123456789&affid=12",
    ),
    "bemob": (
        f"https://ab1cd.bemobtrcks.com/go/{UUID}?zone=881",
        f"https://cpagetti.example/x/?sub1={BEMOB}",
        f"{SHOP}?cid={BEMOB}",
    ),
    "redtrack": ("https://rdt.example/64b0c1d2e3f4a5b6c7d8e9f0?sub1=881", f"{SHOP}?clickid=64b0c1d2e3f4a5b6c7d8e9f1"),
    "funnelflux": ("https://flux.example/in/c1/?c=ads&kw=lamp", f"{SHOP}?hit={FLUX}&vid=0c7hea9wj27081e60haa86zz"),
    "adsbridge": ("http://acme.adsbtrk.com/path/lp.php?trvid=10001&var1=881", f"http://shop.example/l?tid={BRIDGE}"),
    "clickflare": (f"https://cf.example/cf/r/{AFFISE}?s=1", f"{SHOP}?cf_click_id={UUID}&externalid="),
    "peerclick": ("https://pc.example/click?lp=77&external_id=z91k2m3n4", f"{SHOP}?clickid={BEMOB}"),
    "cpv lab": ("https://cpv.example/base.php?c=12&key=aa11bb22cc33dd44&t202kw=x", f"{SHOP}?subid=1234567890"),
    "clickmagick": ("https://www.clkmg.com/acme/lamp/ads-881", f"{SHOP}?s1={EVERFLOW}"),
    "everflow": (
        "https://www.first.example/2CTPL/3QQG7/?sub1=w2NL3V3S27I4FV9MHIQSQTD5&sub2=881",
        f"{SHOP}?_ef_transaction_id={EVERFLOW}&utm_source=ef",
    ),
    "tune": (
        "https://acme.go2cloud.org/aff_c?offer_id=1&aff_id=2&aff_sub=w2NL3V3S27I4FV9MHIQSQTD5&aff_sub2=",
        "https://shop.example/landing?transaction_id=102f1d0a1c2b3d4e5f6a7b8c9d0e1f",
    ),
    "cake": ("https://cake.example/?a=12&c=345&s1=881&s2=w2NL3V3S27I4FV9MHIQSQTD5", f"{SHOP}?reqid=987654321"),
    "scaleo": (
        "https://acme.scaletrk.com/click?o=1&a=2&aff_click_id=w2NL3V3S27I4FV9MHIQSQTD5",
        f"{SHOP}?click_id={EVERFLOW}",
    ),
    "awin with an encoded destination": (
        "https://www.awin1.com/cread.php?awinmid=1&awinaffid=2&clickref=k9x8&ued=https%3A%2F%2Fwww.shop.example%2Flanding",
        f"{SHOP}?awc=1_1700000000_{EVERFLOW}&sv1=affiliate",
    ),
    "admitad with ulp": (
        f"https://ad.admitad.example/g/q1w2e3r4t5/?subid={KEITARO}&ulp=https%3A%2F%2Fwww.shop.example%2Flanding%3Fp%3D1",
        f"{SHOP}?p=1&admitad_uid={EVERFLOW}&utm_source=admitad",
    ),
    "rakuten with murl": (
        "https://click.linksynergy.example/deeplink?id=aBcDeFgHiJk&mid=1&u1=z91k2m3n4&murl=https%3A%2F%2Fwww.shop.example%2Flanding",
        f"{SHOP}?ranMID=1&ranEAID=aBcDeFgHiJk&ranSiteID=aBcDeFgHiJk-x1y2z3a4b5c6d7e8f9",
    ),
    "cj with url": (
        "https://www.anrdoezrs.example/click-123-456?sid=z91k2m3n4&url=https%3A%2F%2Fwww.shop.example%2Flanding",
        f"{SHOP}?cjevent={EVERFLOW}",
    ),
    "impact with u": (
        "https://acme.pxf.example/c/12/34/56?subId1=z91k2m3n4&u=https%3A%2F%2Fwww.shop.example%2Flanding",
        f"{SHOP}?irclickid=x1y2z3a4b5c6d7e8f9&im_ref=x1y2z3a4b5c6d7e8f9&utm_source=impact",
    ),
    "google ads with adurl": (
        f"https://www.googleadservices.example/pagead/aclk?sa=L&ai=Cx1&adurl=https://www.shop.example/landing?gclid={GCLID}&utm_source=google",
        f"{SHOP}?gclid={GCLID}&utm_source=google",
    ),
    "google ads straight to the shop": (f"{SHOP}?gclid={GCLID}&gad_source=1",),
    "google ads through a tracking template": (
        f"https://trk.example/c/7?lpurl=https%3A%2F%2Fwww.shop.example%2Flanding&gclid={GCLID}",
        f"{SHOP}?gclid={GCLID}&clickid={VOLUUM}",
    ),
    "facebook through its link shim": (
        f"https://l.facebook.example/l.php?u=https%3A%2F%2Ftrk.example%2Fc%2F7%3Fsrc%3Dfb%26fbclid%3D{FBCLID}&h=AT0x",
        f"https://trk.example/c/7?src=fb&fbclid={FBCLID}",
        f"{SHOP}?clickid={VOLUUM}",
    ),
    "tiktok with its click id": (
        "https://trk.example/c/7?ttclid=E.C.P.CzUBdNxAbCdEfGhIjKl&campaign=1799",
        f"{SHOP}?clickid={VOLUUM}&ttclid=E.C.P.CzUBdNxAbCdEfGhIjKl",
    ),
    "propellerads to keitaro": (
        "https://go.example/AbCdEf?visitor_id=823746182736451827&zoneid=881&cost=0.0012",
        f"https://net.example/in?subacc4={KEITARO}",
        f"{SHOP}?click={UUID}",
    ),
    "doubleclick with the rest as its destination": (
        "https://ad.doubleclick.example/ddm/trackclk/N1.2/B3.4;dc_trk_aid=5?https://www.shop.example/landing?utm_source=dv&x=1",
        f"{SHOP}?utm_source=dv&x=1&dclid=CJx1y2z3a4b5c6d7e8f9",
    ),
    "https and www are put right first": (
        f"http://shop.example/landing?cid={VOLUUM}",
        f"https://shop.example/landing?cid={VOLUUM}",
        f"{SHOP}?cid={VOLUUM}",
    ),
    "a destination in base64": (
        f"https://go.example/r?to=aHR0cHM6Ly93d3cuc2hvcC5leGFtcGxlL2xhbmRpbmc&cid={VOLUUM}",
        f"{SHOP}?cid={VOLUUM}",
    ),
    "a link of filters that repeat": (
        f"https://go.example/r?cid={VOLUUM}",
        f"{SHOP}?color=red&color=blue&size[]=1&size[]=2&cid={VOLUUM}",
    ),
    "a page of one script with a route": (
        f"https://go.example/r?cid={VOLUUM}",
        f"https://www.shop.example/?cid={VOLUUM}#/landing?step=2",
    ),
    "a click id in the path": ("https://trk.example/c/7?source=12", f"https://www.shop.example/l/{VOLUUM}/"),
    "a shop that only remembers the country": (
        f"https://go.example/r?cid={VOLUUM}",
        f"https://www.shop.example/de-de/landing?cid={VOLUUM}&country=DE&currency=EUR",
    ),
}

LINKS: Mapping[str, tuple[str, str, str]] = {
    "voluum to adcombo": (
        "https://ad.example/?offer=5&subacc={trafficsource.id}&subacc4={clickid}",
        "voluum",
        "adcombo",
    ),
    "keitaro to affise": (
        "https://net.example/click?pid=1&offer_id=2&sub1={subid}&sub2={sub_id_1}",
        "keitaro",
        "affise",
    ),
    "keitaro to everflow": ("https://net.example/A/B/?sub1={subid}&sub5={keyword}", "keitaro", "everflow"),
    "binom to cake": ("https://net.example/?a=1&c=2&s1={t1}&s2={clickid}", "binom_v1", "cake"),
    "binom 2 to tune": ("https://net.example/aff_c?offer_id=1&aff_id=2&aff_sub3={clickid}", "binom_v2", "tune"),
    "clickflare to scaleo": ("https://net.example/click?o=1&a=2&aff_click_id={cf_click_id}", "clickflare", "scaleo"),
    "cpv lab to maxbounty": ("https://net.example/lead/click/1/2?s2={!subid!}", "cpvlab", "maxbounty"),
    "clickmagick to clickbank": ("https://hop.example/?affiliate=a&vendor=b&tid=[clickid]", "clickmagick", "clickbank"),
    "funnelflux to an unknown network": ("https://net.example/go?x=1&aff_sub={hit}", "funnelflux_pro", ""),
    "bemob to trackier": ("https://net.example/click?campaign_id=1&pub_id=2&p1={clickId}", "bemob", "trackier"),
    "redtrack to zeydoo": ("https://net.example/4/123?var={sub1}&ymid={clickid}", "redtrack", "zeydoo"),
    "an unknown tracker with a click id in the path": ("https://net.example/c/{clickid}/go?lang=en", "", ""),
    "peerclick with an encoded deep link": (
        "https://net.example/c?sub_id={clickid}&url=https%3A%2F%2Fshop.example%2F%3Fa%3D1%26b%3D2",
        "peerclick",
        "terraleads",
    ),
}


def warned(facts: Mapping[str, object], urls: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    case = example(*(chain(*urls) if urls else ()), at=AT, **facts).case
    return [(item.code, item.where) for item in findings_of("click", case) if item.level in (Level.WARN, Level.BAD)]


@pytest.mark.parametrize("urls", CHAINS.values(), ids=CHAINS)
def test_a_healthy_click_gives_no_warning(urls: tuple[str, ...]) -> None:
    assert warned({"click_url": urls[0]}, urls) == []


@pytest.mark.parametrize("urls", CHAINS.values(), ids=CHAINS)
def test_a_healthy_click_url_gives_no_warning_before_it_is_traced(urls: tuple[str, ...]) -> None:
    assert warned({"click_url": urls[0]}) == []


@pytest.mark.parametrize(("link", "tracker", "network"), LINKS.values(), ids=LINKS)
def test_a_healthy_offer_link_gives_no_warning(link: str, tracker: str, network: str) -> None:
    assert warned({"offer_url": link, "tracker": tracker, "network": network}) == []

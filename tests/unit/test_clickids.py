"""Whose click ID it is, and when the click was: facts, hints, and nothing where nothing is known."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.catalogue import CatalogueError, platform_ids
from postback_wizard.catalogue.carried import carried_time
from postback_wizard.catalogue.clickids import known, read_known, recognise
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.identifiers import AD_CLICK_IDS

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
CLICKED = datetime(2026, 2, 28, 21, 15, 30, tzinfo=UTC)
#: Platforms of a click ID that have no file of their own: they take conversions by API only.
WITHOUT_FILE = {
    *("google_ads", "google_campaign_manager", "microsoft_ads", "yandex_direct", "yandex_market", "vk_ads", "x_ads"),
    *("linkedin", "pinterest", "snapchat", "reddit", "bigo_ads", "openai_ads", "kwai"),
}


def named(name: str, value: str = "w7k2m9x4q1") -> list[tuple[str, Confidence]]:
    return [(item.platform, item.confidence) for item in recognise(name, value)]


def test_the_domains_table_says_the_same_as_the_catalogue() -> None:
    assert {name: param.of for name, param in known().by_name.items()} == AD_CLICK_IDS


def test_every_platform_named_has_a_file_or_is_known_to_have_none() -> None:
    named_here = {param.platform for param in known().params} | set(known().samples)
    assert named_here - set(platform_ids()) == WITHOUT_FILE


def test_every_sample_shape_is_a_pattern_with_a_source() -> None:
    assert all(re.compile(fact.value) and fact.sources for fact in known().samples.values())


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        *(("gclid", "google_ads"), ("gbraid", "google_ads"), ("wbraid", "google_ads"), ("dclid", None)),
        *(("fbclid", "meta"), ("ttclid", "tiktok"), ("msclkid", "microsoft_ads"), ("yclid", "yandex_direct")),
        *(("ymclid", "yandex_market"), ("twclid", "x_ads"), ("li_fat_id", "linkedin"), ("epik", "pinterest")),
        *(("ScCid", "snapchat"), ("rdt_cid", "reddit"), ("ob_click_id", "outbrain"), ("irclickid", "impact")),
        *(("cjevent", "cj"), ("CJEVENT", "cj"), ("awc", "awin"), ("ranSiteID", "rakuten"), ("rb_clickid", "vk_ads")),
        *(("admitad_uid", "admitad"), ("adclid", "mgid"), ("ymid", "zeydoo")),
    ],
)
def test_a_parameter_of_one_platform_names_it_for_certain(name: str, platform: str | None) -> None:
    assert named(name) == [(platform or "google_campaign_manager", Confidence.CERTAIN)]


def test_a_name_several_platforms_use_is_only_a_hint_at_each() -> None:
    assert named("visitor_id", "abc") == [("clickadu", Confidence.HINT), ("propellerads", Confidence.HINT)]


def test_a_name_the_advertiser_chooses_is_only_a_hint() -> None:
    assert ("kwai", Confidence.HINT) in named("click_id", "abc")


def test_a_value_that_contradicts_the_stated_shape_makes_the_name_less_sure() -> None:
    assert named("_ef_transaction_id", "tooshort") == [("everflow", Confidence.LIKELY)]


def test_a_value_of_the_stated_shape_leaves_the_name_certain() -> None:
    assert named("_ef_transaction_id", "0123456789abcdef" * 2) == [("everflow", Confidence.CERTAIN)]


def test_a_stated_shape_alone_is_a_hint() -> None:
    assert ("trafficstars", Confidence.HINT) in named("", "0123456789abcdef0123456789abcdef01234567")


def test_a_length_seen_in_examples_is_a_hint_and_says_that_it_is_no_rule() -> None:
    found = next(item for item in recognise("", "51ts6sgr1cbkdhljnrv") if item.platform == "keitaro")
    assert (found.confidence, "no rule was published" in found.why.en) == (Confidence.HINT, True)


@pytest.mark.parametrize("name", ["utm_campaign", "page", "lang", "q"])
def test_a_parameter_that_carries_no_click_id_is_nobodys_whatever_its_value_looks_like(name: str) -> None:
    assert recognise(name, "0123456789abcdef0123456789abcdef01234567") == ()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_reason_names_the_platform_in_both_languages(lang: str) -> None:
    assert "Meta" in recognise("fbclid", "x")[0].why.say(lang)


@given(st.text(max_size=20), st.text(max_size=80))
def test_nothing_raises_whatever_is_asked(name: str, value: str) -> None:
    assert isinstance(recognise(name, value), tuple)


@pytest.mark.parametrize(
    "text",
    [
        'sources = ["https://a.example"]\n[[param]]\nname = "x"\nplatform = "a"\nof = "A"\nshape = "\\\\d+"\n',
        'sources = ["https://a.example"]\n[[param]]\nname = "x"\nplatform = "a"\n',
        'sources = ["https://a.example"]\n[[param]]\nname = "x"\nplatform = "a"\nof = "A"\nsrc = [2]\n',
        "sources = 7\n",
        "[[param\n",
    ],
)
def test_a_bad_file_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError):
        read_known("clickids.toml", text)


# -- time --------------------------------------------------------------------------------------------------------


def crockford(number: int, length: int) -> str:
    return digits("0123456789ABCDEFGHJKMNPQRSTVWXYZ", number, length)


def digits(alphabet: str, number: int, length: int) -> str:
    text = ""
    for _ in range(length):
        number, rest = divmod(number, len(alphabet))
        text = alphabet[rest] + text
    return text


BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
SECONDS = int(CLICKED.timestamp())
MS = SECONDS * 1000
TICKS = (CLICKED - datetime(1582, 10, 15, tzinfo=UTC)) // timedelta(microseconds=1) * 10
UUID1 = UUID(fields=(TICKS & 0xFFFFFFFF, TICKS >> 32 & 0xFFFF, TICKS >> 48 | 0x1000, 0x80, 1, 2))
UUID6 = UUID(int=(TICKS >> 12) << 80 | 6 << 76 | (TICKS & 0xFFF) << 64 | 2 << 62 | 77)
UUID7 = UUID(int=MS << 80 | 7 << 76 | 2 << 62 | 99)

CARRIERS = {
    "fbc": f"fb.1.{MS}.IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk",
    "uuid1": str(UUID1),
    "uuid6": str(UUID6),
    "uuid7": str(UUID7),
    "ulid": crockford(MS, 10) + "3NDEKTSV4RRFFQ69",
    "objectid": f"{SECONDS:08x}5f2b3c4d5e6f7a8b",
    "snowflake": str((MS - 1288834974657) << 22 | 4097),
    "ksuid": digits(BASE62, (SECONDS - 1_400_000_000) << 128 | 12345, 27),
}


@pytest.mark.parametrize("kind", CARRIERS)
def test_an_id_that_carries_its_time_gives_it_back(kind: str) -> None:
    found = carried_time(CARRIERS[kind], NOW)
    assert found is not None
    assert (found.kind, found.moment) == (kind, CLICKED)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("C232AB00-9414-11EC-B3C8-9F6BDECED846", datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)),
        ("1EC9414C-232A-6B00-B3C8-9F6BDECED846", datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)),
        ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)),
        ("01ARZ3NDEKTSV4RRFFQ69G5FAV", datetime(2016, 7, 30, 23, 54, 10, 259000, UTC)),
        ("507f1f77bcf86cd799439011", datetime(2012, 10, 17, 21, 13, 27, tzinfo=UTC)),
        ("0ujtsYcgvSTl8PAuAdqWYSMnLOv", datetime(2017, 10, 10, 4, 0, 47, tzinfo=UTC)),
        ("1541815603606036480", datetime(2022, 6, 28, 16, 7, 40, 105000, UTC)),
    ],
)
def test_ids_published_as_examples_give_the_published_time(value: str, moment: datetime) -> None:
    found = carried_time(value, NOW)
    assert found is not None
    assert abs(found.moment - moment) < timedelta(milliseconds=1)


def test_a_fbc_with_an_appendix_still_gives_its_time() -> None:
    found = carried_time(f"{CARRIERS['fbc']}.AQIB", NOW)
    assert found is not None
    assert found.moment == CLICKED


@pytest.mark.parametrize("kind", CARRIERS)
def test_a_time_more_than_a_day_ahead_is_no_time(kind: str) -> None:
    assert carried_time(CARRIERS[kind], CLICKED - timedelta(days=1, seconds=1)) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "w7k2m9x4q1",
        "Cj0KCQiAz8GuBhCxARIsAOpzk8zLcE3hX0y8XJ3cJr8wTq5K1o2b3uYb8mWkQ0aN2rD5sT7vX9zA1cEaAqZ_EALw_wcB",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "d41d8cd98f00b204e9800998ecf8427e",
        "1740777330",
        "12345678901234567890",
        "000000000000000000000000",
        "ffffffffffffffffffffffff",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "mvueb59146efba47e4453423050",
        "c384EFV6JHQODRN70575OK6UG5",
        "fb.1.17.abc",
        "{clickid}",
    ],
)
def test_other_ids_carry_no_time(value: str) -> None:
    assert carried_time(value, NOW) is None


telling_lengths = st.from_regex(
    r"[0-7][0-9a-z]{25}|[0-9A-Za-z]{27}|[0-9a-f]{24}|[0-9]{17,19}|[0-9a-f]{32}|fb\.1\.[0-9]{13}\.x", fullmatch=True
)


@given(st.text(max_size=60) | telling_lengths)
def test_whatever_is_read_is_a_day_between_2010_and_tomorrow(value: str) -> None:
    found = carried_time(value, NOW)
    assert found is None or datetime(2010, 1, 1, tzinfo=UTC) <= found.moment <= NOW + timedelta(days=1)

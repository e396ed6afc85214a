"""The search over the catalogue."""

import pytest

from postback_wizard import catalogue
from postback_wizard.catalogue import Platform, UploadApi
from postback_wizard.catalogue.search import search


def found(text: str, lang: str = "en") -> list[str]:
    everything: list[Platform | UploadApi] = [*catalogue.platforms().values(), *catalogue.upload_apis().values()]
    return [hit.id for hit in search(text, everything, lang)]


def test_a_name_comes_first() -> None:
    assert found("Voluum")[0] == "voluum"


@pytest.mark.parametrize("text", ["{subacc4}", "SUBACC4"])
def test_a_macro_leads_to_its_platform_whatever_its_case(text: str) -> None:
    assert "adcombo" in found(text)


def test_a_host_leads_to_its_platform() -> None:
    assert found("go2cloud.org") == ["tune"]


def test_a_failure_mode_leads_to_the_platforms_that_report_it() -> None:
    assert {"affise", "offer18"} <= set(found("app-allowlist-reject"))


def test_a_click_id_parameter_leads_to_a_conversion_api() -> None:
    assert "linkedin_capi" in found("li_fat_id")


def test_every_word_has_to_be_in_one_line() -> None:
    assert found("voluum admitad") == []


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_leads_to_nothing(text: str) -> None:
    assert found(text) == []


def test_each_platform_is_hit_once() -> None:
    hits = found("click")
    assert len(hits) == len(set(hits))


def test_words_are_found_in_both_languages_and_shown_in_one() -> None:
    everything = catalogue.upload_apis().values()
    hits = search("токен отозван", everything, "en")
    assert ("linkedin_capi", True) in [(hit.id, "revoked" in hit.line) for hit in hits]

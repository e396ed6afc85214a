"""The dictionary and the catalogue's files agree on what an answer means: nobody is told two things by one program."""

import re
from collections.abc import Iterator

import pytest

from postback_wizard import catalogue
from postback_wizard.catalogue.decoding import decode
from postback_wizard.catalogue.phrases import speakers
from postback_wizard.catalogue.upload import ApiError


def said(error: ApiError) -> Iterator[str]:
    """Every way an error of an upload API may stand in an answer."""
    if error.contains:
        yield error.contains
    match error.code:
        case "":
            yield from () if error.contains else re.findall(r"\d{3}", error.http)
        case "negative codes":
            yield "code -3"
        case code if found := re.fullmatch(r"(\d+) \(([\d, ]+)\)", code):
            yield from (found[1], *(f"{found[1]}/{subcode}" for subcode in found[2].split(", ")))
        case code if found := re.fullmatch(r"(\d+) (\w+)", code):
            yield from found.groups()
        case code if found := re.fullmatch(r"([\w.=]+) \((.*)\)", code):
            yield from [found[1], *([found[2]] if found[2].isdigit() else [])]
        case code if re.fullmatch(r"[\d/, ]+", code):
            yield from re.split(r", | / ", code)
        case code:
            yield code


UPLOADS = [
    (name, words, error.modes)
    for name, api in catalogue.upload_apis().items()
    if name in speakers()
    for error in api.errors
    for words in said(error)
]
PLATFORMS = [
    (name, message.contains, message.modes)
    for name, platform in catalogue.platforms().items()
    for message in platform.accepts.errors
]


@pytest.mark.parametrize(("platform", "words", "modes"), [*UPLOADS, *PLATFORMS])
def test_an_answer_means_the_same_in_its_file_and_in_the_dictionary(
    platform: str, words: str, modes: tuple[str, ...]
) -> None:
    readings = [item for item in decode(words, platform) if not item.elsewhere]
    meant = {mode for item in readings for mode in item.modes}
    narrowed_by_status = any(item.ambiguous and item.note and set(modes) < set(item.modes) for item in readings)
    assert readings
    assert meant == set(modes) or (modes and narrowed_by_status)


def test_every_upload_api_that_names_an_error_is_in_the_dictionary() -> None:
    assert [name for name, api in catalogue.upload_apis().items() if api.errors and name not in speakers()] == []


@pytest.mark.parametrize(
    ("platform", "words", "modes"),
    [
        ("google_ads_click_conversions", "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE", ()),
        ("google_data_manager", "PERMISSION_DENIED", ("upload-wrong-account", "upload-token-invalid")),
        ("tiktok_events_api", "40118", ()),
        ("tiktok_events_api", "40103", ("upload-token-invalid",)),
        ("pinterest_capi_v5", "29", ("upload-wrong-account", "upload-token-invalid")),
        ("microsoft_offline_conversions", "5604", ("click-id-altered",)),
        ("reddit_capi_v3", "invalid_events", ()),
        ("reddit_capi_v3", "UNAUTHORIZED", ("upload-token-invalid", "upload-wrong-account")),
        ("reddit_capi_v3", "Authorization Required", ("upload-token-invalid",)),
        ("x_capi", "not a single event tag", ("upload-conversion-action-missing",)),
        ("linkedin_capi", "HTTP 400", ("upload-conversion-action-missing",)),
    ],
)
def test_what_an_answer_proves_and_no_more(platform: str, words: str, modes: tuple[str, ...]) -> None:
    [reading] = decode(words, platform)
    assert (reading.platform, reading.modes) == (platform, modes)

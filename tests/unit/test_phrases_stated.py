"""Messages of platforms with the failure modes they are documented to mean, in every wrapping people paste."""

import html
import json

import pytest

from postback_wizard.catalogue.decoding import decode

#: Who says it, what is said, what it means; an empty meaning is a message that is no failure, or has no mode.
STATED = """
Everflow conversions | 1 throttled | conversion-cap-or-throttle
Everflow conversions | 4 over caps | conversion-cap-or-throttle
Everflow | 2 whitelist domain | app-allowlist-reject
Everflow | 3 whitelist IP | app-allowlist-reject
Everflow | 5 above lookback | click-outside-window
Everflow | 20 below lookback | click-outside-window
Everflow | 13 invalid click | click-outside-window unknown-click-id raw-log-expired
Everflow | click purged after 90 days | click-outside-window unknown-click-id raw-log-expired
Everflow | 6 non-HTTPS | scheme-or-redirect-on-endpoint
Everflow | 7 invalid protocol | scheme-or-redirect-on-endpoint
Everflow | 8 duplicate | legit-repeat-suppressed duplicate-counted-twice
Everflow | 9 manual reject | conversion-rule-rejected
Everflow | 22 fraud | conversion-rule-rejected
Everflow | 26 postback control | conversion-rule-rejected
Everflow | 10 domain problems | tracking-domain-mismatch
Everflow | 16 domain problems | tracking-domain-mismatch
Everflow | 17 domain problems | tracking-domain-mismatch
Everflow | 11 invalid network | wrong-account-or-offer-id
Everflow | 14 offer mismatch | wrong-account-or-offer-id
Everflow | 15 invalid offer | wrong-account-or-offer-id
Everflow | 12 invalid transaction ID | click-id-altered macro-empty foreign-click-id
Everflow | 18 inactive | offer-inactive
Everflow | 19 expired offer | offer-inactive
Everflow | 21 verification token | auth-token-mismatch
Everflow | 23 IDFA mismatch |
Everflow | 24 GAID mismatch |
Everflow | 25 event ID not of this offer | event-or-goal-name-mismatch
Everflow | 27 pass-through fail traffic |
Affise server postbacks | Access denied | auth-token-mismatch
Affise | Current IP-address is denied | app-allowlist-reject
Affise | Broken clickid | click-id-altered foreign-click-id macro-literal
Affise | Click_id: invalid format | click-id-altered foreign-click-id macro-literal
Affise | Missing mandatory parameter clickid | required-param-missing
Affise | Offer disabled | offer-inactive
Affise | Conversion status is not pending | status-change-on-final
Affise | Conversion exists | legit-repeat-suppressed
Affise affiliate postbacks, HTTP code | 0 | endpoint-dns-failure endpoint-tls-failure network-firewall-block
Affise affiliate postbacks, HTTP code | 400 | value-not-encoded
Affise affiliate postbacks, HTTP code | 900 | value-not-encoded
Affise affiliate postbacks, HTTP code | 404 | endpoint-not-found
Affise affiliate postbacks, HTTP code | 500 | receiver-5xx
Affise declines | payments not found | conversion-rule-rejected
Affise declines | fraud plugin | conversion-rule-rejected
Affise declines | IP duplicate | conversion-rule-rejected
Affise declines | rejected by manager | conversion-rule-rejected
Affise declines | partner banned | conversion-rule-rejected
Affise declines | partner disabled | conversion-rule-rejected
Affise declines | session lifespan expired | click-outside-window
Affise declines | session lifespan minimum not reached | click-outside-window
Affise Reach | Click ID is missing | required-param-missing
Affise Reach | Click not found | unknown-click-id
Affise Reach | Secure code is not valid | auth-token-mismatch
Affise Reach | Goal not found in campaign | event-or-goal-name-mismatch
Affise Reach | Campaign is not active | offer-inactive
Offer18 | invalid transaction | unknown-click-id
Offer18 | auth_token mismatch | auth-token-mismatch
Offer18 | Cleared due to Multi Conversion | legit-repeat-suppressed
Offer18 | Cleared due to click expiry | click-outside-window
Offer18 | cleared: event not found | event-or-goal-name-mismatch
Offer18 | IP not in Whitelist | app-allowlist-reject
Trackier | INVALID_CLICK_ID | unknown-click-id
Trackier | INVALID_SECURITY_TOKEN | auth-token-mismatch
Trackier | DUPLICATE_CLICK_ID | legit-repeat-suppressed
Trackier | INVALID_GOAL_ID | event-or-goal-name-mismatch
Trackier | INVALID_GOAL_VALUE | event-or-goal-name-mismatch
Trackier | NO_SESSION_ID | pixel-s2s-mode-mismatch
Trackier | EMPTY | pixel-s2s-mode-mismatch
Keitaro received postbacks | Incorrect subid "" | macro-empty click-id-param-absent
Keitaro received postbacks | SubID not found | unknown-click-id foreign-click-id
Keitaro received postbacks | empty log | postback-url-missing
TUNE response body | success=true; |
TUNE response body | success=false; err_msg=Invalid Trans. ID | click-id-altered
TUNE response body | duplicate conversion | legit-repeat-suppressed
Admitad request log | UIDDoesNotExist | macro-empty unknown-click-id
Admitad request log | ActionCodeDoesNotExist | required-param-missing
Admitad request log | ActionDoesNotExist | event-or-goal-name-mismatch
Admitad request log | TariffDoesNotExist | required-param-missing
Admitad request log | PaymentExistError | legit-repeat-suppressed
Admitad request log | PixelTrackingNotAllowed | pixel-s2s-mode-mismatch
Admitad request log | PostbackNotAllowed | pixel-s2s-mode-mismatch
Admitad request log | - |
Admitad request log | — |
Revtoo | ok | ack-body-unexpected
Adrevmedia | OK | ack-body-unexpected
Adrevmedia | DUP | ack-body-unexpected
PubScale | 200 | ack-body-unexpected
PubScale | 2xx | ack-body-unexpected
Google upload | UNPARSEABLE_GCLID | gclid-unparseable
Google upload | EXPIRED_EVENT | ad-click-outside-window
Google upload | EXPIRED_CLICK | ad-click-outside-window
Google upload | TOO_RECENT_EVENT | ad-click-outside-window
Google upload | TOO_RECENT_CLICK | ad-click-outside-window
Google upload | EVENT_NOT_FOUND | ad-click-not-found
Google upload | INVALID_CLICK | ad-click-not-found
Google upload | CONVERSION_PRECEDES_EVENT | conversion-precedes-click
Google upload | CONVERSION_PRECEDES_CLICK | conversion-precedes-click
Google upload | UNAUTHORIZED_CUSTOMER | upload-wrong-account
Google upload | TOO_RECENT_CONVERSION_ACTION | upload-conversion-action-missing
Google upload | FUTURE_CONVERSION_TIME | upload-time-unit-or-zone
Google upload | order ID already recorded | upload-duplicate-order
Meta / Datalyr | code 190 | upload-token-invalid
Meta / Datalyr | error 190 | upload-token-invalid
Meta | (#190) Error validating access token | upload-token-invalid
Meta | code 100/2804003 | upload-event-too-old
Meta | Event Timestamp Too Old | upload-event-too-old
TikTok | 40105 | upload-token-invalid
X Ads | At least one user identifier | match-keys-missing
ExoClick | ERROR: Goal ID is invalid. | event-or-goal-name-mismatch
TrafficStars | getting click error: invalid clickid | unknown-click-id
Trackdesk | conversion source not found | unknown-click-id
Scaleo | Multiple Conversions are not Allowed | legit-repeat-suppressed
""".strip().splitlines()
TABLE = [
    (platform, said, modes.split()) for platform, said, modes in (map(str.strip, row.split("|")) for row in STATED)
]
WRAPPINGS = ("{}", '{"error": {}}', "<p>{}</p>", "2026-03-01T10:00:05Z,w7k2m9x4q1,rejected,{}")


def wrapped(said: str, wrapping: str) -> str:
    match wrapping[0]:
        case "{" if wrapping != "{}":
            return wrapping.replace("{}", json.dumps(said))
        case "<":
            return wrapping.replace("{}", html.escape(said))
        case "2":
            quoted = said.replace('"', '""')
            return wrapping.replace("{}", f'"{quoted}"' if '"' in said or "," in said else said)
    return wrapping.replace("{}", said)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize(("platform", "said", "modes"), TABLE, ids=[f"{row[0]}: {row[1]}" for row in TABLE])
def test_a_message_is_read_as_documented(platform: str, said: str, modes: list[str], wrapping: str) -> None:
    readings = decode(wrapped(said, wrapping), platform)
    assert modes in [list(item.modes) for item in readings if not item.elsewhere]


@pytest.mark.parametrize(
    ("text", "platform", "modes"),
    [
        ('{"error":{"message":"(#100) no","code":100,"error_subcode":33}}', "meta_capi", "upload-wrong-account"),
        ('{"error":{"error_subcode":2804009,"code":100}}', "meta_capi", "value-currency-invalid"),
        ('{"error":{"error_subcode":2804003}}', "meta_capi", "upload-event-too-old"),
        ('{"error":{"code":190,"error_subcode":999}}', "meta_capi", "upload-token-invalid"),
        ("код ошибки 190", "meta_capi", "upload-token-invalid"),
        ("HTTP/1.1 404 Not Found\r\nServer: nginx", "affise", "endpoint-not-found"),
        ("GET /p 1.2.3.4 status=500", "affise", "receiver-5xx"),
        ("error_code=13&offer=5", "", "click-outside-window"),
        ("access%20denied", "", "auth-token-mismatch"),
        ("answer=Access+denied&x=1", "", "auth-token-mismatch"),
        ("&lt;b&gt;Broken&amp;nbsp;clickid&lt;/b&gt;", "", "click-id-altered"),
        ("<i>Broken</i> <b>clickid</b>", "", "click-id-altered"),
        ("BROKEN    CLICKID", "", "click-id-altered"),
        ("[error] SubID not found: 1a2b3c (offer 7)", "", "unknown-click-id"),
    ],
)
def test_a_form_that_platforms_really_use_is_read(text: str, platform: str, modes: str) -> None:
    assert modes in [item.modes[0] for item in decode(text, platform) if item.modes]


def test_the_subcode_decides_and_the_code_alone_is_not_read_besides() -> None:
    assert [item.said for item in decode("code 100/2804003")] == ["100/2804003"]


def test_the_longest_wording_wins() -> None:
    [reading] = decode("success=false; err_msg=Invalid Trans. ID;")
    assert reading.said == "success=false; err_msg=Invalid Trans. ID"


def test_words_of_another_platform_are_read_and_told_apart() -> None:
    [reading] = decode("SubID not found", "Everflow")
    assert (reading.platform, reading.elsewhere) == ("keitaro", True)


def test_the_platform_that_was_asked_about_is_at_home() -> None:
    [reading] = decode("Duplicate Conversion", "tune")
    assert (reading.platform, reading.elsewhere, reading.modes) == ("tune", False, ("legit-repeat-suppressed",))


def test_words_two_platforms_share_are_ambiguous_until_one_is_asked_about() -> None:
    assert [(item.platform, item.ambiguous) for item in decode("Duplicate conversion")] == [
        ("everflow", True),
        ("tune", True),
    ]


def test_a_platform_the_text_names_goes_before_others() -> None:
    assert [item.platform for item in decode("HasOffers: Duplicate conversion")] == ["tune"]


def test_one_message_in_many_rows_is_one_reading() -> None:
    [reading] = decode("id,reason\n" + "x,Broken clickid\n" * 500)
    assert reading.times == 500


def test_several_numbers_in_a_row_are_not_guessed_at() -> None:
    assert decode("w7k2m9x4q1,5,8", "everflow") == ()


def test_a_number_of_another_platform_is_not_taken_for_this_one() -> None:
    assert decode("code=13", "keitaro") == ()

"""Status, body and the partner's words: what an answer proves and what it does not."""

import pytest

from postback_wizard.domain.answer import decode_body, judge_answer, refusal_reason
from postback_wizard.domain.probe import Headers

JSON: Headers = (("Content-Type", "application/json"),)
HTML: Headers = (("Content-Type", "text/html; charset=utf-8"),)

RECORDED = (
    '{"status":"recorded","id":"1"}',
    '{"success":true,"conversion_id":"abc"}',
    '{"events_received":1,"messages":[],"fbtrace_id":"x"}',
    '{"message":"Conversion was recorded"}',
    '{"data":{"status":"created"}}',
    "success=true; conversion tracked",
    "Conversion accepted",
    "recorded",
    "<response><status>created</status></response>",
)
REFUSED = (
    '{"status":"error","message":"no click"}',
    '{"success":false}',
    '{"success":"false"}',
    '{"error":{"message":"Invalid token","code":190}}',
    '{"errors":["bad goal"]}',
    '{"code":40001,"message":"nope"}',
    '{"message":"Click not found"}',
    '{"data":{"success":false}}',
    "ERROR: unknown click",
    "error",
    "success=false;err=1",
    "status=error",
    "Invalid click id",
    "conversion not recorded",
    "Ошибка: клик не найден",
    "<response><error>bad click</error></response>",
)
DUPLICATE = (
    '{"status":"duplicate"}',
    '{"success":false,"message":"Conversion already exists"}',
    '{"duplicate":true}',
    "DUP",
    "Transaction has already been recorded",
    "Дубль конверсии",
)
UNPROVEN = (
    "OK",
    "ok",
    "1",
    "",
    '{"status":"ok"}',
    '{"status":1}',
    '{"success":true}',
    '{"error":null,"status":"ok"}',
    '{"error":"","code":0}',
    '{"code":200}',
    '{"duplicate":false}',
    '{"errors":[]}',
    "[]",
    "thank you",
    "no errors",
    "status=approved&error=0",
)


@pytest.mark.parametrize("body", RECORDED)
def test_clear_words_mean_recorded(body: str) -> None:
    assert judge_answer(200, (), body, send=True)[1].business == "recorded"


@pytest.mark.parametrize("body", REFUSED)
def test_words_of_refusal_turn_a_200_into_a_soft_fail(body: str) -> None:
    outcome, verdicts = judge_answer(200, (), body, send=True)
    assert (outcome, verdicts.business) == (("SOFT_FAIL",), "refused")


@pytest.mark.parametrize("body", DUPLICATE)
def test_a_duplicate_is_neither_recorded_nor_refused(body: str) -> None:
    assert judge_answer(200, (), body, send=True)[1].business == "duplicate"


@pytest.mark.parametrize("body", UNPROVEN)
def test_anything_unclear_is_unproven(body: str) -> None:
    assert judge_answer(200, (), body, send=True)[1].business == "unproven"


def test_a_click_never_proves_a_conversion() -> None:
    assert judge_answer(200, (), '{"status":"recorded"}', send=False)[1].business == "unproven"


def test_a_refusal_with_400_is_refused() -> None:
    assert judge_answer(400, JSON, '{"error":"bad"}', send=True)[1].business == "refused"


def test_a_missing_page_says_nothing_about_the_conversion() -> None:
    outcome, verdicts = judge_answer(404, HTML, "<html><h1>Not Found</h1></html>", send=True)
    assert (outcome, verdicts.http, verdicts.business) == (("REJECTED_404",), "client-error", "none")


def test_broken_json_that_was_announced_is_ambiguous() -> None:
    assert judge_answer(200, JSON, '{"a":', send=True)[0] == ("AMBIGUOUS_2XX", "JSON_INVALID")


def test_a_cut_body_is_not_judged_by_its_shape() -> None:
    assert judge_answer(200, JSON, '{"a":', send=True, complete=False)[0] == ("OK_2XX",)


def test_a_403_of_the_partner_itself_is_no_bot_check() -> None:
    assert judge_answer(403, (("cf-ray", "1"),), "IP not allowed", send=True)[0] == ("REJECTED_403",)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ((("cf-mitigated", "challenge"),), ""),
        ((), "<title>Just a moment...</title>"),
        ((("X-DataDome", "protected"),), ""),
        ((), "<H1>Access Denied</H1> You have no permission. <P>Reference #18.2f"),
        ((), "<iframe>Request unsuccessful. Incapsula incident ID: 1-2</iframe>"),
    ],
)
def test_a_bot_check_is_named(headers: Headers, body: str) -> None:
    assert judge_answer(403, headers, body, send=True)[0] == ("BLOCKED_BY_WAF",)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('{"status":"error","message":"no click"}', "no click"),
        ('{"error":{"message":"Invalid token","code":190}}', "Invalid token"),
        ('{"errors":[{"detail":"bad goal"}]}', "bad goal"),
        ("ERROR: unknown click\nmore", "ERROR: unknown click"),
        ("<response><error>bad click</error></response>", "bad click"),
        ("", ""),
    ],
)
def test_the_partners_own_words_are_found(body: str, reason: str) -> None:
    assert refusal_reason(body) == reason


def test_a_long_reason_is_cut() -> None:
    assert len(refusal_reason('{"message":"' + "x" * 5000 + '"}')) == 200


@pytest.mark.parametrize(
    ("raw", "kind", "text", "notes"),
    [
        ("привет".encode("cp1251"), "text/plain; charset=windows-1251", "привет", ()),
        (b"a\xffb", "text/plain", "a\ufffdb", ("NOT_UTF8",)),
        (b"GIF89a\xff", "image/gif", "GIF89a\ufffd", ()),
        (b"ok", "text/plain; charset=iso-8859-12", "ok", ("NOTE(charset)",)),
        (b"\xef\xbb\xbfok", "", "ok", ()),
    ],
)
def test_bytes_become_text(raw: bytes, kind: str, text: str, notes: tuple[str, ...]) -> None:
    assert decode_body(raw, kind) == (text, notes)


@pytest.mark.parametrize(
    "body",
    [
        "<!--a-->" * 20_000,
        "<!--" * 40_000,
        "{" * 200_000,
        '{"a":' * 100_000,
        " " * 500_000 + "x",
        "success=" * 50_000,
        "already " * 50_000,
        "<status>" * 50_000,
    ],
)
def test_hostile_bodies_are_judged_without_an_exception(body: str) -> None:
    assert judge_answer(200, (), body, send=True)[1].transport == "ok"
    assert len(refusal_reason(body)) <= 200

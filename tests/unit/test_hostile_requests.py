"""Hostile texts as requests: nothing raises, nothing acts on a terminal, nothing slips into a command."""

import random
import re
import shlex
import unicodedata

import pytest

from postback_wizard.domain.case import Case
from postback_wizard.domain.curl_out import UnwritableRequestError
from postback_wizard.domain.exact import ExactRequest, RequestProblem
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import Answer, HttpEvidence, SentRequest
from postback_wizard.domain.request import read_request
from postback_wizard.domain.url import split_url
from postback_wizard.domain.visible import visible
from postback_wizard.report.exports import FORMS, Form, export, export_from
from postback_wizard.report.leak import ReportLeak
from postback_wizard.tui.parts import request_rows
from postback_wizard.tui.plain import plain
from postback_wizard.tui.views import exchange_text

PIECES = (
    *("\x1b[31m", "\x1b]0;t\x07", "\x9b2J", "\x00", "\r", "\n", "\r\n", "\t", "\u202e", "\u2028", "\u200b", "\ufeff"),
    *("\ud800", "\udcff", "'", '"', "`", "$(id)", "${x}", "`id`", "\\", "^", "%PATH%", "!x!", "&", "|", ";", "<", ">"),
    *("curl ", "curl.exe ", "PS C:\\> curl.exe ", "C:\\>curl ", "-H ", "-d ", "-F ", "--json ", "-u ", "-G ", "@f"),
    *("--url-query ", "--data-urlencode ", "--next ", "-K f ", "https://t.example/p?a=1", "http://[::1", "[b]", "[/x]"),
    *("{clickid}", "{{x}}", '{"url": "https://t.example/", "body": "', '{"log": {"entries": [{"request": {', "]}", "}"),
    *("GET /p HTTP/1.1", "Host: t.example", ": ", "=", "Content-Length: 9", '"GET /p?a=\\x1b HTTP/1.1" 200 5 "-" "x"'),
    *(
        "Invoke-WebRequest ",
        "#1 ",
        "# ",
        "..",
        "/",
        "\\x1b",
        "\\u001b",
        "$'\\x1b'",
        "`e",
        "^\n",
        "`\n",
        "\\\n",
        "x" * 300,
    ),
)
ROLL = random.Random(7)
HOSTILE = tuple(dict.fromkeys("".join(ROLL.choices(PIECES, k=ROLL.randint(2, 9))) for _ in range(600)))[:500]


def acting(text: str) -> str:
    """What of a text would act on a terminal or hide."""
    return "".join(c for c in text if visible(c) != c or unicodedata.category(c) == "Cs")


def test_there_are_500_hostile_texts_and_some_of_them_are_requests() -> None:
    read = [isinstance(read_request(text), ExactRequest) for text in HOSTILE]
    assert len(HOSTILE) == 500
    assert 20 < sum(read) < 480


@pytest.mark.parametrize("start", range(0, 500, 50))
def test_reading_a_hostile_text_gives_a_request_or_a_reason(start: int) -> None:
    for text in HOSTILE[start : start + 50]:
        for base in ("", text):
            found = read_request(text, base)
            assert isinstance(found, ExactRequest | RequestProblem)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_is_shown_of_a_hostile_text_does_not_act(lang: str) -> None:
    for text in HOSTILE:
        case = Case(
            id="c", opened_at="2026-03-01T10:00:00Z", facts=Facts(sent_request=text, template=text, body=text[:9])
        )
        for row in request_rows(case, lang, HOSTILE[0]):
            assert acting(plain(row.head).plain + plain(row.text).plain) == ""


def hostile_request(text: str) -> SentRequest:
    url = f"https://t.example/p?x={text}"
    headers = (("X-A", text), ("Content-Type", "text/plain"))
    return SentRequest("POST", url, split_url(url).target, headers, text)


@pytest.mark.parametrize("form", FORMS)
def test_no_export_of_a_hostile_request_acts_on_a_terminal(form: Form) -> None:
    for text in HOSTILE:
        for request in (hostile_request(text), SentRequest("POST", "https://t.example/p", "/p", (), text)):
            try:
                written = export(request, form)
            except UnwritableRequestError as error:
                written = error.say("en") + error.say("ru")
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", written)


def test_no_hostile_value_becomes_a_word_of_its_own_in_bash() -> None:
    for text in HOSTILE:
        request = SentRequest("POST", "https://t.example/p", "/p", (), text)
        written = export(request, "bash")
        if "$'" not in written and "\0" not in text:
            assert (
                shlex.split(written)[-6:]
                == [
                    *("--data-raw", text, "--url", "https://t.example/p", "--header", "Accept:"),
                    *("--header", "User-Agent:"),
                ][-6:]
            )


def test_a_hostile_case_is_exported_or_refused_with_its_reason() -> None:
    for text in HOSTILE[:60]:
        case = Case(id="c", opened_at="2026-03-01T10:00:00Z", facts=Facts(sent_request=text))
        for form in FORMS:
            try:
                written = export_from(case, hostile_request(text), form, ("EAABcanarytoken",), masked=True)
            except (UnwritableRequestError, ReportLeak):
                continue
            assert "EAABcanarytoken" not in written


def test_a_hostile_answer_is_shown_without_acting() -> None:
    for text in HOSTILE:
        answer = Answer(200, (("X-A", text),), text, len(text))
        shown = exchange_text(HttpEvidence("replay", "", "answered", ("OK_2XX",), hostile_request(text), answer), "en")
        assert acting(plain(shown).plain) == ""

"""The Markdown report: its order, its audiences, and that no value changes its structure."""

from collections.abc import Sequence
from functools import cache

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Verdict
from postback_wizard.domain.probe import (
    Answer,
    DnsEvidence,
    HttpEvidence,
    LogEvidence,
    LogRow,
    LogSource,
    SentRequest,
    Verdicts,
)
from postback_wizard.report.markdown import Audience, ReportLeak, render
from postback_wizard.report.md import code, fence

AT = "2026-03-01T10:00:00.000Z"
PIECES = (
    *("`", "``", "```", "````````", "~~~", "|", "||", r"\|", "\\", "\\\\", "<b>", "</b>", "<!--", "-->", "<script>"),
    *("<img src=x onerror=y>", "&lt;", "&#x3C;", "&copy;", "[a](http://x.example)", "](", "![i](j)", "[x]", "[x]: y"),
    *("[[x]]", "{x}", "{0}", "{", "}", "%s", "*", "**b**", "_", "__i__", "***", "~~s~~", "# h", "#", "###### h"),
    *("> q", "- l", "+ l", "* l", "1. l", "1) l", "===", "---", "***\n", "\n# h\n", "\n\n- x\n\n", "\r\n# h", "\r# h"),
    *(
        "\n```\n# h\n```\n",
        "\n````\n",
        "\n| a | b |\n|---|---|\n",
        "\n    code",
        "\t",
        " ",
        "  ",
        "\x00",
        "\x07",
        "\x08",
    ),
    *("\x1b[31mred", "\x1b]8;;http://x\x07", "\x9b31m", "\x7f", "\x85# h", "\u2028# h", "\u2029# h", "\u202egnp.exe"),
    *("\u2066x\u2069", "\u200b", "\ufeff", "\ud800", "\ue0000\ue001", "\ue000", "@someone", "@here", "#123", "a@b"),
    *("http://x.example/", "https://x.example/?a=1&b=2", "www.x.example", "<http://x.example>", "javascript:alert(1)"),
    *(
        "data:text/html,x",
        ":smile:",
        "$x$",
        "$$x$$",
        "\\n",
        "\\x1b",
        "%0a# h",
        "привет",
        "\u0430\u0440\u0440\u04cf\u0435",
    ),
    *("日本語", "🧨", "e\u0301", "\u0f3c", "null", "None", "-1", "1e9", "'", '"', "';--", "$(id)", "`id`", "a\\", "a`"),
    *("`a", " a ", "  `` ", "\\`", "\\\\`", "|`|", "`|`", "x" * 3000, "`" * 700, "|" * 700, "\n" * 200, "*" * 300),
)
_MIXED = tuple(f"{left}{right}" for left, right in zip(PIECES, reversed(PIECES), strict=True))
HOSTILE = (*PIECES, *(f"a{piece}b" for piece in PIECES))
#: Hostile values in the document alone, beside those that each helper is tried with.
MORE_HOSTILE = (*(f"\n{piece}" for piece in PIECES), *(f"{piece}|`{piece}" for piece in PIECES), *_MIXED)


def hop(number: int, value: str) -> HttpEvidence:
    url = f"https://h{number}.example/?cid=clk-998877"
    request = SentRequest("GET", url, "/?cid=clk-998877", (("host", f"h{number}.example"), ("x-note", value)), value)
    answer = Answer(302 if number == 1 else 200, (("x-note", value),), value)
    return HttpEvidence("trace", AT, "answered", (f"REDIRECT({value})",), request, answer, hop=number, detail=value)


def sample(value: str = "harmless") -> Case:
    facts = Facts(
        title=value,
        reporter=value,
        partner_message=value,
        offer=value,
        goal=value,
        network=value,
        click_id="clk-998877",
        click_time="2026-03-01T12:03:00+02:00",
        conversion_time=value,
        transaction_id="TX-1",
        template="https://p.example/pb?cid={clickid}",
        sent_request="https://p.example/pb?cid={clickid}",
        answer_body=value,
        conversion_log="/home/me/secret-folder/conv.csv",
        allow=(value,),
    )
    values = {"check": value, "error": value, "params": value}
    found = Finding("check-crashed", Level.BAD, Confidence.LIKELY, Owner.YOU, values, f"sent_request: {value}")
    odd = Finding("from-the-future", Level.WARN, Confidence.HINT, Owner.NETWORK, {"x": value}, "hop 2")
    good = Finding("check-crashed", Level.GOOD, Confidence.CERTAIN, Owner.YOU, values)
    rows = (LogRow("conversion_log", 3, {"click_id": "clk-998877", "time": AT, "payout": value}, {"ip": value}),)
    source = LogSource("conversion_log", "/home/me/secret-folder/conv.csv", columns={"payout": "p", "click_id": "c"})
    logs = LogEvidence("reconcile", AT, ("OK",), (source,), rows)
    request = SentRequest(
        "POST", "https://p.example/pb?cid={clickid}", "/pb?cid={clickid}", (("x-note", value),), value
    )
    replay = HttpEvidence(
        "replay",
        AT,
        "answered",
        ("OK_2XX",),
        request,
        Answer(200, (("server", value),), value),
        Verdicts("ok"),
        peer=value,
    )
    dns = DnsEvidence("endpoint", AT, value, (value,), detail=value)
    case = Case("case-1", AT, facts, {"click_id": "click"})
    case = case.merge(StepRecord("click", facts, AT, Verdict.CLEAR, "", (hop(1, value), hop(2, value)), (good,)))
    case = case.merge(StepRecord("event", facts, AT, Verdict.NOT_CHECKED, "unreadable", (logs,)))
    case = case.merge(StepRecord("template", facts, AT, Verdict.SUSPECT, "", (), (odd,)))
    return case.merge(StepRecord("replay", facts, AT, Verdict.BROKEN, "", (dns, replay), (found,)))


def structure(text: str) -> list[tuple[str, ...]]:
    """The token tree without its text; rows of code keep only their kind."""
    return list(_structure(MarkdownIt("commonmark").enable("table").parse(text)))


def _structure(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for token in tokens:
        found.append((token.type, token.tag, token.info))
        found += _structure(token.children or ())
    return found


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_mixture_of_hostile_values_changes_the_structure(lang: str) -> None:
    expected = structure(render(sample(), lang, "internal", masked=False).text)
    changed = [
        value
        for value in MORE_HOSTILE
        if structure(render(sample(value), lang, "internal", masked=False).text) != expected
    ]
    assert changed == []


def test_there_are_five_hundred_hostile_values() -> None:
    assert len({*HOSTILE, *MORE_HOSTILE}) >= 500


@cache
def harmless(audience: Audience) -> list[tuple[str, ...]]:
    return structure(render(sample(), "en", audience, masked=False).text)


@pytest.mark.parametrize("audience", ["partner", "internal", "client"])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_value_changes_the_structure(value: str, audience: Audience) -> None:
    hostile = structure(render(sample(value), "en", audience, masked=False).text)
    assert hostile == harmless(audience)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_no_character_that_acts_reaches_the_report(value: str) -> None:
    text = render(sample(value), "ru", "internal").text
    acting = set("\x00\x07\x08\x0b\x0c\x1b\x7f\x85\x9b\u200b\u2028\u2029\u202e\u2066\u2069\ufeff\r\ud800")
    assert not acting & set(text)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_code_span_shows_its_value_whole(value: str) -> None:
    (_, inline, _) = MarkdownIt("commonmark").parse(f"x {code(value)} y")
    assert [child.type for child in inline.children or ()] == ["text", "code_inline", "text"]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_fence_holds_its_value_whole(value: str) -> None:
    tokens = MarkdownIt("commonmark").parse(f"a\n\n{fence(value, 'text')}\n\nb")
    assert [token.type for token in tokens].count("fence") == 1
    assert [token.type for token in tokens][-1] == "paragraph_close"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_sections_stand_in_their_order(lang: str) -> None:
    text = render(sample(), lang, "partner").text
    heads = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    expected = {
        "en": [
            *("Next action", "The conversion", "The request in short", "Questions for the partner"),
            *("How the fix will be verified", "Appendix", "Timeline (UTC)", "Where each value was seen", "Findings"),
            *("Exact request and answer", "What was excluded, and how", "What was not checked, and why"),
            *("What was masked", "Addresses that are not public and were allowed", "About this report"),
        ],
        "ru": [
            *("Что сделать", "Конверсия", "Запрос коротко", "Вопросы партнёру", "Как проверить исправление"),
            *("Приложение", "Хронология (UTC)", "Где встретилось каждое значение", "Выводы"),
            *("Точный запрос и ответ", "Что исключено и как", "Что не проверено и почему"),
            *("Что скрыто", "Разрешённые непубличные адреса", "Об отчёте"),
        ],
    }
    assert heads == expected[lang]


def test_a_partner_reads_no_folders() -> None:
    assert "secret-folder" not in render(sample(), "en", "partner").text


def test_a_partner_does_not_read_who_reported() -> None:
    case = sample().learn({"reporter": "reporter-note"}, "typed")
    assert "reporter-note" not in render(case, "en", "partner").text


def test_the_own_team_reads_folders_and_who_reported() -> None:
    text = render(sample().learn({"reporter": "reporter-note"}, "typed"), "en", "internal").text
    assert ("secret-folder" in text, "reporter-note" in text) == (True, True)


def test_a_client_reads_no_exchange() -> None:
    assert "```" not in render(sample(), "en", "client").text


def test_the_time_as_written_stands_beside_the_utc_time() -> None:
    assert "| `2026-03-01 10:03:00` | click | `2026-03-01T12:03:00+02:00` |" in render(sample(), "en").text


def test_the_partner_is_asked_for_the_line_of_this_click() -> None:
    assert "log line for the click `clk-998877` at `2026-03-01 10:03` UTC" in render(sample(), "en").text


def test_an_unchecked_step_says_why() -> None:
    assert "- Event: none of the files could be read" in render(sample(), "en").text


def test_a_token_in_the_request_is_masked_and_listed() -> None:
    case = sample().learn({"sent_request": "https://p.example/pb?token=tok-12345678"}, "typed")
    report = render(case.merge(StepRecord("replay", case.facts, AT, Verdict.BROKEN)), "en")
    assert ("tok-12345678" in report.text, [entry.kind for entry in report.manifest]) == (False, ["token"])


def test_raw_customer_data_never_reaches_a_report() -> None:
    case = sample().learn(
        {"customer": {"email": "ann.canary@corp.example"}, "title": "for ann.canary@corp.example"}, "typed"
    )
    assert "ann.canary" not in render(case, "en", "internal", masked=False).text


def test_a_known_secret_is_taken_out_even_of_an_unmasked_report() -> None:
    assert (
        "canary-secret-1"
        not in render(sample("canary-secret-1"), "en", masked=False, secrets=("canary-secret-1",)).text
    )


def test_a_report_that_would_hold_a_secret_is_refused() -> None:
    secret = "Verdict"  # the report's own words: masking cannot take them out
    with pytest.raises(ReportLeak) as refused:
        render(sample(), "en", secrets=(secret,))
    assert refused.value.names == ("secret 1 (raw)",)


@pytest.mark.parametrize("value", ["conversion", "Findings", "abc123", "request", "198.51.100.7", "1", "clk-998877"])
def test_a_secret_that_is_only_language_stops_no_report(value: str) -> None:
    case = sample(f"x{value}y").learn({"click_url": f"https://t.example/?key={value}&ip={value}&pass={value}"}, "typed")
    assert render(case, "en", "internal").text


def test_allowed_addresses_are_named() -> None:
    assert "`127.0.0.0/8`" in render(sample().learn({"allow": ("127.0.0.0/8",)}, "typed"), "en").text


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("audience", ["partner", "internal", "client"])
def test_an_empty_case_has_a_report(lang: str, audience: Audience) -> None:
    assert render(Case("c", AT), lang, audience).text.startswith("# ")

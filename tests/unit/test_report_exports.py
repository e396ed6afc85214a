"""JSON, HAR and curl: their shape, and that no secret planted anywhere leaves the house."""

import base64
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

import pytest

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Verdict
from postback_wizard.domain.probe import (
    Answer,
    Evidence,
    HarEvidence,
    HttpEvidence,
    LogEvidence,
    LogRow,
    LogSource,
    SentRequest,
    Timing,
    Verdicts,
)
from postback_wizard.domain.redact import find_leaks
from postback_wizard.report.curl import command, to_curl
from postback_wizard.report.har import to_har
from postback_wizard.report.json_view import check_json
from postback_wizard.report.markdown import render

AT = "2026-03-01T10:00:00.000Z"


def to_json(value: object) -> object:
    return asdict(value)  # type: ignore[call-overload]  # evidence is always a dataclass here


class Plants:
    """Hands out a fresh secret for each place and remembers it."""

    def __init__(self) -> None:
        self.all: dict[str, str] = {}

    def token(self, place: str) -> str:
        return self._keep(place, f"cnry{len(self.all):03d}-Zq9x~Kw/7")

    def email(self, place: str) -> str:
        return self._keep(place, f"canary{len(self.all):03d}@people.example")

    def digest(self, place: str) -> str:
        return self._keep(
            place, f"{len(self.all):03d}ca" + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f0"[:59]
        )

    def address(self, place: str) -> str:
        return self._keep(place, f"198.51.100.{len(self.all) + 10}")

    def _keep(self, place: str, value: str) -> str:
        self.all[place] = value
        return value


def planted() -> tuple[Case, dict[str, str]]:
    """A case with a secret of its own in each of at least sixty places."""
    p = Plants()
    b64 = base64.b64encode(json.dumps({"token": p.token("base64 JSON")}).encode()).decode()
    nested = quote(f"https://n.example/?access_token={quote(p.token('nested URL'), safe='')}", safe="")
    twice = quote(quote(f"https://n.example/?api_key={p.token('double-encoded URL')}", safe=""), safe="")
    basic = base64.b64encode(f"ann:{p.token('basic auth')}".encode()).decode()
    url = (
        f"https://ann:{p.token('userinfo')}@t.example/c/token/{quote(p.token('path'), safe='')}?cid=clk-998877"
        f"&token={p.token('param token')}&access_token={p.token('param access_token')}"
        f"&api_key={p.token('param api_key')}"
        f"&apikey={p.token('param apikey')}&secret={p.token('param secret')}&sig={p.token('param sig')}"
        f"&signature={p.token('param signature')}&hash={p.token('param hash')}&password={p.token('param password')}"
        f"&pass={p.token('param pass')}&auth={p.token('param auth')}&key={p.token('param key')}"
        f"&secure={p.token('param secure')}&email={quote(p.email('param email'))}&em={p.digest('param em')}"
        f"&phone=%2B7916{len(p.all):07d}&ip={p.address('param ip')}&u={nested}&v={twice}&d={quote(b64)}"
        f"&user%5Bemail%5D={p.email('param user[email]')}#id_token={p.token('fragment')}"
    )
    headers = (
        ("host", "t.example"),
        ("authorization", f"Bearer {p.token('Authorization')}"),
        ("proxy-authorization", f"Basic {basic}"),
        ("x-api-key", p.token("X-Api-Key")),
        ("access-token", p.token("Access-Token")),
        ("cookie", f"session={p.token('Cookie')}; uid={p.token('second cookie')}"),
        ("x-forwarded-for", f"{p.address('X-Forwarded-For')}, {p.address('second X-Forwarded-For')}"),
        ("referer", f"https://r.example/?token={p.token('Referer')}"),
        ("x-hub-signature-256", f"sha256={p.token('X-Hub-Signature')}"),
    )
    body = json.dumps(
        {
            "access_token": p.token("JSON access_token"),
            "clientSecret": p.token("JSON clientSecret"),
            "inner": json.dumps({"token": p.token("JSON in JSON"), "deep": json.dumps({"sig": p.token("third JSON")})}),
            "list": [{"password": p.token("JSON list")}],
            "data": [
                {"user_data": {"em": [p.digest("user_data em")], "external_id": p.token("user_data external_id")}}
            ],
            "note": f"write to {p.email('JSON text')} or from {p.address('JSON text address')}",
            "link": f"https://x.example/?sig={p.token('URL in JSON')}",
            "blob": b64,
        }
    )
    form = f"cid=1&token={quote(p.token('form'), safe='')}&email={quote(p.email('form email'), safe='')}"
    multipart = (
        f'--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n{p.token("multipart")}\r\n--b\r\n'
        f'Content-Disposition: form-data; name="email"\r\n\r\n{p.email("multipart email")}\r\n--b--'
    )
    page = (
        f'<form><input type="hidden" name="csrf_token" value="{p.token("hidden input")}"></form>'
        f"<token>{p.token('XML element')}</token> token={p.token('page pair')} {p.email('page text')}"
    )
    answer_headers = (
        ("set-cookie", f"sid={p.token('Set-Cookie')}; Path=/; HttpOnly"),
        ("location", f"https://o.example/?cid=clk-998877&token={p.token('Location')}"),
        ("x-auth-token", p.token("X-Auth-Token")),
    )
    curl = (
        f"curl -u ann:{p.token('curl -u')} -H 'Authorization: Bearer {p.token('curl -H')}' "
        f"-H \"X-Api-Key: {p.token('curl X-Api-Key')}\" --data 'token={p.token('curl data')}' "
        f"'https://p.example/pb?cid=clk-998877&sig={p.token('curl URL')}'"
    )
    facts = Facts(
        title=f"for {p.email('title')}",
        reporter=p.email("reporter"),
        partner_message=f"our token is {p.token('said')}, token={p.token('said pair')} "
        f"from {p.address('said address')}",
        click_url=f"https://t.example/?cid=clk-998877&api_key={p.token('click_url')}",
        click_id="clk-998877",
        transaction_id="TX-1001",
        template=f"https://p.example/pb?cid={{clickid}}&token={p.token('template')}",
        previous_template=f"https://p.example/pb?cid={{clickid}}&secure={p.token('previous_template')}",
        sent_request=curl,
        body=f"password={p.token('body')}",
        headers={"X-Api-Key": p.token("headers"), "Accept": "*/*"},
        answer_body=json.dumps({"token": p.token("answer_body")}),
        macro_values={"{token}": p.token("macro_values"), "{email}": p.email("macro_values email")},
        proxy=f"http://ann:{p.token('proxy')}@proxy.example:3128",
        upload_event=json.dumps({"data": [{"user_data": {"ph": p.digest("upload_event")}}]}),
        browser_event=json.dumps({"user_data": {"em": p.email("browser_event")}}),
        customer={"email": p.email("customer"), "first_name": p.token("customer name")},
    )
    said = facts.partner_message.split()[3].rstrip(",")
    facts = facts.with_values({"sent_request": f"{curl} --data 'access_token={said}'"})
    exchange = HttpEvidence(
        "trace",
        AT,
        "answered",
        ("REDIRECT",),
        SentRequest("GET", url, url[17:], headers, body),
        Answer(302, answer_headers, page),
        hop=1,
    )
    replay = HttpEvidence(
        "replay",
        AT,
        "answered",
        ("OK_2XX",),
        SentRequest("POST", "https://p.example/pb", "/pb", (), form),
        Answer(200, (), multipart),
        detail=f"redirect to https://x.example/?token={p.token('detail')}",
    )
    raw = {
        "email": p.email("log column"),
        "url": f"https://p.example/?key={p.token('log URL')}",
        "visitor_ip": p.address("log IP"),
    }
    logs = LogEvidence(
        "reconcile", AT, ("OK",), (LogSource("click_log", "/home/me/c.csv"),), (LogRow("click_log", 1, {}, raw),)
    )
    recorded = HarEvidence(
        "har",
        AT,
        "s.har",
        ("OK",),
        (
            HttpEvidence(
                "trace",
                AT,
                "answered",
                (),
                SentRequest(
                    "POST",
                    "https://h.example/",
                    "/",
                    (("x-token", p.token("HAR header")),),
                    json.dumps({"auth": p.token("HAR postData")}),
                ),
                hop=1,
            ),
        ),
    )
    found = Finding(
        "check-crashed",
        Level.BAD,
        Confidence.CERTAIN,
        Owner.YOU,
        {"check": f"https://f.example/?token={p.token('finding')}", "error": f"by {p.email('finding email')}"},
    )
    case = Case("case-1", AT, facts)
    evidence: dict[str, tuple[Evidence, ...]] = {"click": (exchange, recorded), "event": (logs,), "replay": (replay,)}
    for step, items in evidence.items():
        record = StepRecord(step, facts, AT, Verdict.BROKEN, "", items, (found,))  # type: ignore[arg-type]  # the keys are steps
        case = case.merge(record)
    return case, p.all


@cache
def exports() -> dict[str, str]:
    case, _ = planted()
    markdown = {
        f"markdown {audience} {lang}": render(case, lang, audience).text
        for audience in ("partner", "internal", "client")
        for lang in ("en", "ru")
    }
    data = json.dumps(check_json(case, "en", to_json), ensure_ascii=False)
    return {**markdown, "json": data, "har": to_har(case), "curl": to_curl(case)}


def test_there_are_sixty_secrets() -> None:
    assert len(set(planted()[1].values())) >= 60


@pytest.mark.parametrize("place", sorted(planted()[1]))
def test_a_secret_planted_there_reaches_no_export(place: str) -> None:
    secret = planted()[1][place]
    found = [name for name, text in exports().items() if find_leaks(text, (secret,)) or secret in decoded(text)]
    assert found == []


@cache
def decoded(text: str) -> str:
    """Everything that a reader with a decoder finds: URL-decoded and base64-decoded."""
    plain = unquote(unquote(text))
    return "\n".join([plain, *_base64(plain)])


def _base64(text: str) -> Iterator[str]:
    for match in re.finditer(r"[A-Za-z0-9+/_\-]{12,}", text):
        bare = match.group().replace("-", "+").replace("_", "/")
        yield base64.b64decode(bare[: len(bare) // 4 * 4]).decode("utf-8", "replace")


@pytest.mark.parametrize("name", ["json", "har", "curl", "markdown partner en", "markdown internal ru"])
def test_click_and_conversion_ids_stay_readable(name: str) -> None:
    assert "clk-998877" in exports()[name]


def view(case: Case) -> Any:
    return json.loads(json.dumps(check_json(case, "en", to_json)))


def test_check_json_has_the_promised_parts() -> None:
    assert list(view(Case("c", AT))) == ["schema_version", "case", "diagnosis", "steps", "ledger"]


def test_five_steps_stand_in_the_order_of_the_checklist() -> None:
    steps = view(Case("c", AT))["steps"]
    assert [step["step"] for step in steps] == ["click", "event", "replay", "template", "upload"]


def test_a_step_that_never_ran_is_not_checked_with_its_reason() -> None:
    step = view(Case("c", AT))["steps"][4]
    assert step == {
        "step": "upload",
        "verdict": "not-checked",
        "reason": "no facts were given for this step",
        "findings": [],
        "evidence": [],
    }


def test_the_diagnosis_of_a_case_with_nothing_wrong_names_nobody() -> None:
    found = view(Case("c", AT))["diagnosis"]
    assert [found[name] for name in ("step", "code", "owner", "confidence")] == [None] * 4


def test_the_diagnosis_of_a_broken_case_names_step_code_and_owner() -> None:
    found = view(planted()[0])["diagnosis"]
    assert (found["verdict"], found["step"], found["code"], found["owner"]) == (
        "broken",
        "click",
        "check-crashed",
        "you",
    )


def test_facts_without_value_and_customer_data_are_left_out() -> None:
    case = Case("c", AT, Facts(click_id="c1", allow=("127.0.0.1",), customer={"email": "a@b.example"}))
    assert view(case)["case"]["facts"] == {"click_id": "c1", "allow": ["127.0.0.1"]}


def test_a_request_without_answer_prints_null() -> None:
    item = HttpEvidence("replay", AT, "sent", ("NO_ANSWER",), SentRequest("GET", "https://p.example/", "/"))
    case = Case("c", AT).merge(StepRecord("replay", Facts(), AT, Verdict.BROKEN, "", (item,)))
    assert view(case)["steps"][2]["evidence"][0]["answer"] is None


def test_a_recorded_chain_is_printed_hop_by_hop() -> None:
    hops = tuple(
        HttpEvidence("trace", AT, "answered", (), SentRequest("GET", "https://t.example/", "/"), hop=n) for n in (1, 2)
    )
    case = Case("c", AT).merge(
        StepRecord("click", Facts(), AT, Verdict.CLEAR, "", (HarEvidence("har", AT, "x", (), hops),))
    )
    evidence = view(case)["steps"][0]["evidence"]
    assert [(item["kind"], item.get("hop")) for item in evidence] == [("har", None), ("http", 1), ("http", 2)]


def simple(*, status: int = 200, **request: Any) -> Case:
    sent = SentRequest(
        **{"method": "GET", "url": "https://p.example/pb?cid=1&x=%7B", "target": "/pb?cid=1&x=%7B", **request}
    )
    answer = Answer(status, (("content-type", "text/plain"), ("location", "/n")), "OK", 2)
    item = HttpEvidence(
        "replay", AT, "answered", ("OK_2XX",), sent, answer, Verdicts("ok"), Timing(1, 2, 3, 4, 12.5), "203.0.113.7:443"
    )
    return Case("c", AT).merge(StepRecord("replay", Facts(), AT, Verdict.CLEAR, "", (item,)))


def entry(case: Case) -> Any:
    return json.loads(to_har(case))["log"]["entries"][0]


def test_har_is_version_1_2() -> None:
    log = json.loads(to_har(simple()))["log"]
    assert (log["version"], set(log)) == ("1.2", {"version", "creator", "pages", "entries"})


def test_a_har_entry_has_every_required_field() -> None:
    assert set(entry(simple())) >= {"startedDateTime", "time", "request", "response", "cache", "timings"}


def test_a_har_request_has_every_required_field() -> None:
    assert set(entry(simple(method="POST", body="a=1"))["request"]) == {
        *("method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize", "postData"),
    }


def test_a_har_response_has_every_required_field() -> None:
    assert set(entry(simple())["response"]) == {
        *("status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL"),
        *("headersSize", "bodySize"),
    }


def test_har_time_is_the_sum_of_its_timings() -> None:
    found = entry(simple())
    parts = [value for name, value in found["timings"].items() if name != "ssl" and value >= 0]
    assert found["time"] == pytest.approx(sum(parts)) == pytest.approx(12.5)


def test_a_har_request_without_answer_has_status_0() -> None:
    item = HttpEvidence("replay", AT, "sent", ("NO_ANSWER",), SentRequest("GET", "https://p.example/", "/"))
    case = Case("c", AT).merge(StepRecord("replay", Facts(), AT, Verdict.BROKEN, "", (item,)))
    assert entry(case)["response"]["status"] == 0


NASTY = (
    *(
        "'",
        '"',
        "`id`",
        "$(id)",
        "${IFS}",
        "\\",
        "\\'",
        "a b",
        ";",
        "&& id",
        "| id",
        "> /x",
        "*",
        "?",
        "[a]",
        "{a,b}",
        "!",
        "#",
    ),
    *(
        "~",
        "-x",
        "--next",
        "@/etc/passwd",
        "\n",
        "a\nb",
        "\t",
        "\r\n",
        "\x1b[31m",
        "\x7f",
        "\u202e",
        "é",
        "日本",
        "%00",
        "$'\\x41'",
    ),
)


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_bash_reads_every_part_of_a_command_as_it_was_sent(value: str) -> None:
    request = SentRequest(
        "PUT", f"https://p.example/?x={value}", "/", (("x-note", value), ("accept", "*/*")), f"b{value}"
    )
    script = f"curl() {{ printf '%s\\0' \"$@\"; }}\n{command(request)}\n"
    words = subprocess.run(["bash", "-c", script], capture_output=True, check=True).stdout.decode().split("\0")
    assert {f"x-note: {value}", f"b{value}", f"https://p.example/?x={value}"} <= set(words)


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_a_script_sends_nothing_before_the_host_was_typed(value: str) -> None:
    case = simple(method="POST", url=f"https://p.example/{value}", body=value, headers=(("x-note", value),))
    script = f"curl() {{ echo CALLED; }}\n{to_curl(case, masked=False)}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, input=b"no\n", check=False)
    assert done.stdout == b""


def test_a_script_sends_after_the_host_was_typed() -> None:
    script = f"curl() {{ echo CALLED; }}\n{to_curl(simple())}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, input=b"p.example\n", check=False)
    assert done.stdout == b"CALLED\n"

"""Step 3: what does the partner's endpoint answer to this exact request?"""

from collections.abc import Mapping, Sequence

from postback_wizard.domain.asked import asked, edited
from postback_wizard.domain.case import Case
from postback_wizard.domain.exact import ExactRequest, RequestProblem
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.probe import (
    DnsEvidence,
    DnsProbe,
    Effect,
    Evidence,
    HttpEvidence,
    HttpProbe,
    Probe,
    SignProbe,
    TlsProbe,
)
from postback_wizard.domain.signature import find_signature
from postback_wizard.domain.step import Field, Settings, Step
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.domain.withheld import holds_withheld
from postback_wizard.steps.narrowing import looks_beside
from postback_wizard.steps.parties import of_the_postback

#: After these answers of the look-up no request could leave.
_DEAD = ("DNS_NXDOMAIN", "BLOCKED_ADDRESS")


def request_of(case: Case) -> ExactRequest | RequestProblem | None:
    """The request to send: as pasted, or the template filled; method, body and headers that were given win."""
    found = asked(case.facts)
    return edited(found, case.facts) if isinstance(found, ExactRequest) else found


def plan(case: Case, heard: Sequence[Evidence], settings: Settings) -> Sequence[Probe]:
    """Harmless look-ups first, then the one request, unless they proved that it could not leave."""
    request = request_of(case)
    if not isinstance(request, ExactRequest):
        return ()
    whole = not any(map(holds_withheld, (request.url, request.body, *(value for _, value in request.headers))))
    looks = looks_beside(case, heard, request, settings) if settings.probing else ()
    if looks or any(isinstance(item, HttpEvidence) and not item.is_look for item in heard):
        return looks
    url = split_url(request.url)
    if not heard:
        signed = _signed(request) if settings.has_secret and whole else ()
        if url.is_web and not find_macros(url.host):
            return (*signed, *_look_ups(url.scheme.lower(), url.host, url.port_number or 443))
        if signed:
            return signed
    if not whole:  # what stood there was not stored, and another value is another request
        return ()
    if any(isinstance(item, DnsEvidence) and item.outcome[:1] and _name(item) in _DEAD for item in heard):
        return ()
    return (
        HttpProbe(
            "replay",
            request.method,
            request.url,
            request.headers,
            request.body,
            effect=Effect.WRITE,
            deadline_s=settings.limits.deadline_s,
            without=request.without,
        ),
    )


def _signed(request: ExactRequest) -> tuple[Probe, ...]:
    if find_signature(request) is None:
        return ()
    return (SignProbe("signature", request.method, request.url, request.headers, request.body),)


def _look_ups(scheme: str, host: str, port: int) -> tuple[Probe, ...]:
    bare = host.strip("[]")
    asked: tuple[Probe, ...] = (DnsProbe("endpoint", bare),)
    return (*asked, TlsProbe("endpoint", bare, port)) if scheme == "https" else asked


def _name(evidence: DnsEvidence) -> str:
    return evidence.outcome[0].partition("(")[0]


def derive(case: Case, _heard: Sequence[Evidence]) -> Mapping[str, str]:
    """Who sends and who receives. An answer is evidence, and what the sender's log says stays the sender's word."""
    return of_the_postback(case)


REPLAY = Step(
    id="replay",
    title=Text(en="Replay", ru="Повтор"),
    question=Text(
        en="What does the partner's endpoint answer to this exact request?",
        ru="Что отвечает адрес партнёра именно на этот запрос?",
    ),
    why=Text(
        en="A status of 200 proves little: the refusal often stands in the body. The request is sent once, byte for "
        "byte, "
        "only after your yes, and can create a real conversion.",
        ru="Статус 200 мало что доказывает: отказ часто записан в теле ответа. Запрос отправляется один раз, байт в "
        "байт, "
        "только после вашего согласия и может создать настоящую конверсию.",
    ),
    run=Text(en="Check without sending", ru="Проверить, не отправляя"),
    fields=(
        Field(
            fact="sent_request",
            label=Text(en="The request as it was sent", ru="Запрос, как он был отправлен"),
            help=Text(
                en="A URL, a curl command (bash, cmd, PowerShell), a raw HTTP request, an entry of a HAR, or the line "
                "from the sender's log. What was understood is shown at the right before anything is sent. In the "
                "wizard F10 catches one on this machine.",
                ru="URL, команда curl (bash, cmd, PowerShell), сырой HTTP-запрос, запись HAR или строка из лога "
                "отправителя. Как это прочитано, показано рядом до отправки. В мастере F10 ловит запрос на этом "
                "компьютере.",
            ),
            example="https://track.example/postback?cid=w7k2m9x4q1&payout=12.50",
            form="block",
            private=True,
        ),
        Field(
            fact="method",
            label=Text(en="Method", ru="Метод"),
            help=Text(
                en="Empty means as in the request; a plain URL is sent with GET, or with POST when there is a body.",
                ru="Пусто: как в запросе; просто URL отправляется методом GET, а при наличии тела методом POST.",
            ),
            example="GET",
            more=True,
        ),
        Field(
            fact="body",
            label=Text(en="Body", ru="Тело"),
            help=Text(
                en="Sent exactly as it stands here; empty means as in the request.",
                ru="Отправляется точно так, как записано; пусто: как в запросе.",
            ),
            example="cid=w7k2m9x4q1&payout=12.50",
            form="block",
            more=True,
        ),
        Field(
            fact="answer_status",
            label=Text(en="Status in the sender's log", ru="Статус в логе отправителя"),
            help=Text(
                en="What the sender's log says came back; it is judged like an answer of our own.",
                ru="Какой ответ записан в логе отправителя; он оценивается так же, как ответ на наш запрос.",
            ),
            example="200",
            more=True,
        ),
        Field(
            fact="answer_body",
            label=Text(en="Body in the sender's log", ru="Тело ответа в логе отправителя"),
            help=Text(en="The partner's words, copied as they are.", ru="Слова партнёра, скопированные как есть."),
            example='{"success": false, "error": "click not found"}',
            form="block",
            more=True,
        ),
        Field(
            fact="partner_message",
            label=Text(en="What does the platform itself say?", ru="Что говорит сама платформа?"),
            help=Text(
                en="An error code, a line of its log or what its support wrote: known words of platforms are decoded.",
                ru="Код ошибки, строка её лога или ответ поддержки: известные слова платформ будут расшифрованы.",
            ),
            example="Click not found",
            form="block",
            more=True,
        ),
    ),
    reads=(
        *("sent_request", "template", "macro_values", "method", "body", "headers"),
        *("answer_status", "answer_body", "proxy", "partner_message"),
    ),
    needs=("sent_request", "macro_values", "answer_status", "answer_body", "partner_message"),
    plan=plan,
    derive=derive,
    checks="callback",
    hearsay=("partner_message",),
)

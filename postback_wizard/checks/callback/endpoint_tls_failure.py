"""Does the endpoint show a certificate a sender can accept?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import unheard
from postback_wizard.domain.probe import TlsEvidence
from postback_wizard.domain.text import Text

ENDPOINT_TLS_FAILURE = Rule(
    code="endpoint-tls-failure",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.RECEIVER,
    title=Text(
        en="The TLS handshake with {host} fails: {outcome}.",
        ru="TLS-рукопожатие с {host} не проходит: {outcome}.",
    ),
    why=Text(
        en="A server that sends postbacks gives up here, even where a browser opens the same address from "
        "its cache. The certificate: {certificate}.",
        ru="Сервер, отправляющий постбеки, здесь останавливается, даже если браузер этот адрес открывает. "
        "Сертификат: {certificate}.",
    ),
    fix=Text(
        en="Ask the owner of {host} to install a valid certificate for that name together with its whole chain.",
        ru="Попросите владельца {host} установить действующий сертификат на это имя вместе со всей цепочкой.",
    ),
    sources=(
        "https://docs.unity.com/en-us/grow/offerwall/monetization/virtual-currency/troubleshoot-callback-failures",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """The look-up's or the replay's own word."""
    found = unheard(case)
    if found and found.kind == "tls":
        yield ENDPOINT_TLS_FAILURE(
            found.where, host=found.host, outcome=found.outcome, certificate=_certificate(case) or found.detail or "—"
        )


def _certificate(case: Case) -> str:
    """Names, issuer and validity as far as the handshake showed them."""
    record = case.record("replay")
    seen = next((item for item in record.evidence if isinstance(item, TlsEvidence)), None) if record else None
    if seen is None or not seen.not_after:
        return ""
    return f"{', '.join(seen.names)}; {seen.issuer}; {seen.not_before} … {seen.not_after}"


EXAMPLES = {
    ENDPOINT_TLS_FAILURE: example(
        TlsEvidence(
            "endpoint",
            "2026-03-01T10:00:00.000Z",
            "track.example",
            443,
            ("TLS_EXPIRED(2026-02-27)",),
            issuer="Example CA",
            names=("track.example",),
            not_before="2025-11-29T00:00:00Z",
            not_after="2026-02-27T00:00:00Z",
        ),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}

"""Does something in front of the partner's server turn the sender away before the server hears of it?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.business import reads_as_html
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import Heard, heard
from postback_wizard.domain.text import Text

NETWORK_FIREWALL_BLOCK = Rule(
    code="network-firewall-block",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.RECEIVER,
    title=Text(
        en="{host} may turn this sender away before its server reads the request: {sign}",
        ru="Возможно, {host} отсекает этого отправителя раньше, чем сервер прочитает запрос: {sign}",
    ),
    why=Text(
        en="A bare 403, a reset or silence is what a firewall gives to addresses it does not know. It judges where a "
        "request comes from, so another address may get another answer.",
        ru="Голый 403, сброс соединения или молчание — обычный ответ файрвола незнакомому адресу. Он судит по тому, "
        "откуда пришёл запрос, поэтому с другого адреса ответ может быть иным.",
    ),
    fix=Text(
        en="Ask the sender for the addresses its postbacks come from, and the owner of {host} to look for them in the "
        "firewall's log and to allow them.",
        ru="Узнайте у отправителя адреса, с которых уходят постбеки, и попросите владельца {host} найти их в логе "
        "файрвола и разрешить.",
    ),
    settle=Text(
        en="The same request from the sender's network, or the firewall's log line.",
        ru="Тот же запрос из сети отправителя или строка лога файрвола.",
    ),
    sources=(
        "https://www.trackingaudit.online/how-to-test-postbacks?lang=en",
        "https://docs.unity.com/en-us/grow/offerwall/monetization/virtual-currency/troubleshoot-callback-failures",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A 403 without a word of the application; or an answer for us where the sender's log has none, and the reverse."""
    answers = tuple(heard(case))
    for answer in answers:
        if answer.status == 403 and not answer.has("BLOCKED_BY_WAF") and _is_wordless(answer):
            yield NETWORK_FIREWALL_BLOCK(answer.where, host=answer.host or "—", sign="403")
    yield from _elsewhere(case, answers)


def _elsewhere(case: Case, answers: tuple[Heard, ...]) -> Iterator[Finding]:
    """The same request, taken from us, while the sender got nothing, or a refusal without a word."""
    own = next((answer for answer in answers if answer.where == "answer"), None)
    if own is None or own.verdicts.http != "success":
        return
    theirs = case.facts.answer_status.strip()
    wordless = theirs == "403" and not case.facts.answer_body.strip()
    if theirs in ("0", "000") or wordless:
        yield NETWORK_FIREWALL_BLOCK(
            "answer_status",
            level=Level.BAD,
            confidence=Confidence.LIKELY,
            host=own.host or "—",
            sign=f"{theirs} ≠ {own.status}",
        )


def _is_wordless(answer: Heard) -> bool:
    """Whether a body is empty or a server's stock page rather than the application's words."""
    return not answer.body.strip() or reads_as_html(answer.body)


EXAMPLES = {
    NETWORK_FIREWALL_BLOCK: example(
        replayed(403, "<html><head><title>403 Forbidden</title></head></html>"),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}

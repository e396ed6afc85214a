"""Does the click stay on https?"""

from collections.abc import Iterator, Sequence

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

PROTOCOL_DOWNGRADE = Rule(
    code="protocol-downgrade",
    level=Level.WARN,
    confidence=Confidence.CERTAIN,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="Hop {hop} ({host}) sends the click from https on to http: {next_url}.",
        ru="Переход {hop} ({host}) уводит клик с https на http: {next_url}.",
    ),
    why=Text(
        en="On http anybody on the way can read and change the click ID, some browsers warn or stop, and cookies for "
        "https stay behind. A browser that remembers an HSTS rule of {next_host} asks for https by itself and sees "
        "nothing of this; another one does, so the loss comes and goes.",
        ru="По http любой на пути может прочитать и изменить click ID, часть браузеров предупреждает или "
        "останавливается, а cookie для https не передаются. Браузер, который помнит правило HSTS для {next_host}, сам "
        "перейдёт на https и ничего не заметит, другой заметит: поэтому потери то есть, то нет.",
    ),
    fix=Text(
        en="Write https in the redirect target on {host}, and send Strict-Transport-Security from {next_host} once it "
        "serves https.",
        ru="Укажите https в адресе редиректа на {host}, а на {next_host}, когда он отвечает по https, включите "
        "Strict-Transport-Security.",
    ),
    settle=Text(
        en="Open {next_url} in a fresh private window and watch the address bar.",
        ru="Откройте {next_url} в новом приватном окне и посмотрите на адресную строку.",
    ),
    sources=(
        "https://trackingaudit.online/query-tools/check-redirect-chain?lang=ru",
        "https://www.rfc-editor.org/rfc/rfc6797#section-8.3",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """The first step down of a chain; only a note where the chain itself has shown the host's HSTS rule."""
    hops = case.trace()
    for index, item in enumerate(hops[:-1]):
        before, after = split_url(item.request.url), split_url(hops[index + 1].request.url)
        steps_down = (before.scheme.lower(), after.scheme.lower()) == ("https", "http")
        if steps_down and not hops[index + 1].has("BLOCKED_ADDRESS"):
            number = item.hop or index + 1
            known = _has_hsts(hops[: index + 1], after.host.lower())
            yield PROTOCOL_DOWNGRADE(
                f"hop {number}",
                level=Level.INFO if known else None,
                confidence=Confidence.LIKELY if known else None,
                hop=number,
                host=before.host,
                next_url=hops[index + 1].request.url,
                next_host=after.host,
            )
            return


def _has_hsts(hops: Sequence[HttpEvidence], host: str) -> bool:
    """Whether a browser that came this way has learned to ask this host for https."""
    for item in hops:
        url = split_url(item.request.url)
        rule = item.answer.header("Strict-Transport-Security").lower() if item.answer else ""
        if url.scheme.lower() != "https" or not rule or "max-age=0" in rule.replace(" ", "").replace('"', ""):
            continue
        mine = url.host.lower()
        if host == mine or ("includesubdomains" in rule and host.endswith(f".{mine}")):
            return True
    return False


EXAMPLES = {
    PROTOCOL_DOWNGRADE: example(
        *chain("https://trk.example/c/7?source=12", "http://shop.example/landing?clickid=w7k2m9x4q1"),
        click_url="https://trk.example/c/7?source=12",
    ),
}

"""Does the endpoint send the postback elsewhere?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.text import Text

SCHEME_OR_REDIRECT_ON_ENDPOINT = Rule(
    code="scheme-or-redirect-on-endpoint",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.SENDER,
    title=Text(
        en="{host} does not take the postback itself: it answers {status}. Location: {location}.",
        ru="{host} сам постбек не принимает: отвечает {status}. Location: {location}.",
    ),
    why=Text(
        en="Many senders do not follow redirects; those that do may turn a POST into a GET on 301, 302 and 303.",
        ru="Многие отправители не проходят редиректы, а при 301, 302 и 303 могут превратить POST в GET.",
    ),
    fix=Text(
        en="Put the address that the redirect leads to, with https, into the postback template.",
        ru="Укажите в шаблоне постбека адрес, на который ведёт редирект, с https.",
    ),
    sources=(
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
        "https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Any 3xx but 304, which nobody asked for."""
    for answer in heard(case):
        if answer.verdicts.http == "redirect":
            location = answer.header("Location") or "—"
            yield SCHEME_OR_REDIRECT_ON_ENDPOINT(
                answer.where, host=answer.host or "—", status=answer.status, location=location
            )


EXAMPLES = {
    SCHEME_OR_REDIRECT_ON_ENDPOINT: example(
        replayed(301, "", (("Location", "https://track.example/postback?cid=w7k2m9x4q1"),)),
        sent_request="http://track.example/postback?cid=w7k2m9x4q1",
    ),
}

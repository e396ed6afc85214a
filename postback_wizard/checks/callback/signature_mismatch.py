"""Does the partner refuse the signature of the request?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.callback import refusals_meaning, signature_recomputed
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

SIGNATURE_MISMATCH = Rule(
    code="signature-mismatch",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="{host} does not accept the signature of this request ({status}): {reason}",
        ru="{host} не принимает подпись этого запроса ({status}): {reason}",
    ),
    why=Text(
        en="The partner computes a digest of some parameters with a shared secret and gets another value: another "
        "secret, order, separator or spelling of a number is enough.",
        ru="Партнёр считает подпись по нескольким параметрам и общему секрету и получает другое значение: достаточно "
        "другого секрета, порядка, разделителя или записи числа.",
    ),
    fix=Text(
        en="Take the recipe from the partner's documentation and recompute it for this very request; if it differs, "
        "correct the sender's recipe, if not, ask the partner for the string it signs.",
        ru="Возьмите правило из документации партнёра и пересчитайте подпись для этого запроса; если она другая, "
        "исправьте правило у отправителя, если та же, попросите у партнёра строку, которую он подписывает.",
    ),
    settle=Text(
        en="The string the partner signs, and the digest it gets for it.",
        ru="Строка, которую подписывает партнёр, и подпись, которая у него получается.",
    ),
    sources=(
        "https://pubscale.gitbook.io/offerwall-sdk/server-to-server-s2s-callback-configuration?fallback=true",
        "https://docs.revtoo.com/s2s-postback/postback-security",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A refusal whose words are about a signature, digest or hash; certain once recomputing it shows the mistake."""
    seen = signature_recomputed.recomputed(case)
    return refusals_meaning(SIGNATURE_MISMATCH, case, proven=seen is not None and bool(seen.mistakes))


EXAMPLES = {
    SIGNATURE_MISMATCH: example(
        replayed(403, "Invalid signature"),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}

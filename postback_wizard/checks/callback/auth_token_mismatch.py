"""Does the partner refuse the security token of the request?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.callback import refusals_meaning
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

AUTH_TOKEN_MISMATCH = Rule(
    code="auth-token-mismatch",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="{host} does not accept the security token of this request ({status}): {reason}",
        ru="{host} не принимает секретный ключ этого запроса ({status}): {reason}",
    ),
    why=Text(
        en="The partner checks a token in the postback before it looks at the conversion, and this one is missing, "
        "old or meant for another account.",
        ru="Партнёр проверяет ключ в постбеке раньше, чем саму конверсию; здесь его нет, он устарел или взят от "
        "другого аккаунта.",
    ),
    fix=Text(
        en="Copy the current token from the partner's account into the template, whole and without spaces; when it "
        "is renewed, change it on both sides at once.",
        ru="Скопируйте действующий ключ из кабинета партнёра в шаблон, целиком и без пробелов; при замене меняйте "
        "его у обеих сторон сразу.",
    ),
    settle=Text(
        en="The partner's support compares the last characters of the token with the one in the account.",
        ru="Поддержка партнёра сверит последние символы ключа с записанным в аккаунте.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6476587-server-postback-errors",
        "https://knowledgebase.offer18.com/network/faqs/what-are-different-status-in-advertiser-postback-logs",
        "https://helpdesk.everflow.io/en/articles/6127792-error-code-reference-guide-conversions",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """A refusal whose words are about a token or key."""
    return refusals_meaning(AUTH_TOKEN_MISMATCH, case)


EXAMPLES = {
    AUTH_TOKEN_MISMATCH: example(
        replayed(200, '{"status": "error", "message": "invalid security token"}'),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}

"""Was the offer running when the conversion came?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event_told import says, told
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

OFFER_INACTIVE = Rule(
    code="offer-inactive",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.NETWORK,
    title=Text(
        en='The platform says that the offer is not running: "{said}".',
        ru="Платформа сообщает, что оффер не работает: «{said}».",
    ),
    why=Text(
        en="In the words of {platform}. A conversion of a stopped, expired or unapproved offer is "
        "refused whatever the postback carries.",
        ru="По словарю {platform}. Конверсию остановленного, истёкшего или неподключённого оффера "
        "отклоняют, что бы ни было в постбеке.",
    ),
    fix=Text(
        en="Ask the network whether the offer was active at the conversion's time; have it reactivated, "
        "or stop the traffic.",
        ru="Спросите у сети, работал ли оффер в момент конверсии; попросите включить его или остановите трафик.",
    ),
    settle=Text(
        en="The offer's status and dates at the time of the conversion, from the network.",
        ru="Статус и даты оффера на момент конверсии, от сети.",
    ),
    sources=(
        "https://help-center.affise.com/en/articles/6476587-server-postback-errors",
        "https://helpdesk.everflow.io/en/articles/6127792-error-code-reference-guide-conversions",
    ),
)


_WORDS = re.compile(
    r"\boffer\b[^.;\n]{0,20}\b(?:not active|inactive|disabled|expired|paused|stopped|closed)\b"
    r"|\bоффер\w*[^.;\n]{0,20}(?:не активен|неактив\w*|отключ[её]н|остановлен|закрыт|на паузе)",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    """The platform's own words: its message, its answer, or the reason in a row of a log."""
    found = told(case, OFFER_INACTIVE.code) or says(case, _WORDS)
    if found:
        yield OFFER_INACTIVE(
            found.where, level=found.level, confidence=found.confidence, said=found.said, platform=found.platform
        )


EXAMPLES = {
    OFFER_INACTIVE: example(
        conversion_seen="yes", attempt_seen="yes", partner_message="The offer is paused since yesterday"
    ),
}

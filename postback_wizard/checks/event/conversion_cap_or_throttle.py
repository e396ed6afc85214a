"""Did a cap or a throttle stop the conversion?"""

import re
from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event_told import says, told
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

CONVERSION_CAP_OR_THROTTLE = Rule(
    code="conversion-cap-or-throttle",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.NETWORK,
    title=Text(
        en='The platform speaks of a cap or throttle: "{said}".',
        ru="Платформа говорит о капе или ограничении: «{said}».",
    ),
    why=Text(
        en="In the words of {platform}. Past a cap conversions are rejected, redirected or held back by "
        "a share, and no repeat of the postback changes that.",
        ru="По словарю {platform}. Сверх капы конверсии отклоняют, перенаправляют или придерживают по "
        "доле, и повтор постбека этого не изменит.",
    ),
    fix=Text(
        en="Ask the network for the cap of this offer and for the day's count; have it raised, or the "
        "conversions approved by hand.",
        ru="Узнайте у сети капу этого оффера и счёт за день; попросите поднять её или одобрить конверсии вручную.",
    ),
    settle=Text(
        en="The cap of the offer, goal and partner, and how many conversions that day had.",
        ru="Капа оффера, цели и партнёра и число конверсий за тот день.",
    ),
    sources=(
        "https://helpdesk.everflow.io/customer/conversions-error-code-reference-guide",
        "https://help-center.affise.com/en/articles/6549863-conversions-declining-reasons-affiliates",
    ),
)


_WORDS = re.compile(
    r"\b(?:cap|limit|quota)\b[^.;\n]{0,25}\b(?:reached|exceeded|over|full|hit)\b|\bover(?:\s|-)?cap\b|\bthrottled\b"
    r"|кап[аыу]\b[^.;\n]{0,25}(?:достигнут\w*|исчерпан\w*|превышен\w*|заполнен\w*)|сверх капы",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    """The platform's own words: its message, its answer, or the reason in a row of a log."""
    found = told(case, CONVERSION_CAP_OR_THROTTLE.code) or says(case, _WORDS)
    if found:
        yield CONVERSION_CAP_OR_THROTTLE(
            found.where, level=found.level, confidence=found.confidence, said=found.said, platform=found.platform
        )


EXAMPLES = {
    CONVERSION_CAP_OR_THROTTLE: example(
        conversion_seen="yes", attempt_seen="yes", partner_message="Daily cap reached for this goal"
    ),
}

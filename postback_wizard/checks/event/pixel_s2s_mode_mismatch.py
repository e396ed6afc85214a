"""Does the program take this way of tracking at all?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event_told import told
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

PIXEL_S2S_MODE_MISMATCH = Rule(
    code="pixel-s2s-mode-mismatch",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.NETWORK,
    title=Text(
        en='The program does not take this way of tracking: "{said}".',
        ru="Программа не принимает этот способ трекинга: «{said}».",
    ),
    why=Text(
        en="In the words of {platform}. A program set up for a pixel refuses server postbacks, and the "
        "other way round, although the request itself is right.",
        ru="По словарю {platform}. Программа, настроенная на пиксель, не принимает серверные постбеки, и "
        "наоборот, хотя сам запрос верный.",
    ),
    fix=Text(
        en="Ask the network's tracking team to switch this program to the way you use, or use the way it is set to.",
        ru="Попросите отдел трекинга сети переключить программу на ваш способ или перейдите на тот, что задан.",
    ),
    settle=Text(
        en="The tracking method set for this program.",
        ru="Способ трекинга, заданный для этой программы.",
    ),
    sources=(
        "https://support.mitgo.com/knowledge-base/article/request-log_2",
        "https://trackier.com/blog/errors-in-pixel-and-debug-postback-logs/",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """The platform's own words: its message, its answer, or the reason in a row of a log."""
    found = told(case, PIXEL_S2S_MODE_MISMATCH.code)
    if found:
        yield PIXEL_S2S_MODE_MISMATCH(
            found.where, level=found.level, confidence=found.confidence, said=found.said, platform=found.platform
        )


EXAMPLES = {
    PIXEL_S2S_MODE_MISMATCH: example(
        conversion_seen="yes", attempt_seen="yes", network="admitad", partner_message="PostbackNotAllowed"
    ),
}

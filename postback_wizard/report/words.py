"""A finding in words: what it says, why it matters, what mends it and what would settle it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from postback_wizard.checks import rules
from postback_wizard.domain.finding import Confidence, Finding, Rule
from postback_wizard.domain.text import Text

UNKNOWN_TITLE = Text(
    en="{code} (a finding of another version of this program)", ru="{code} (вывод другой версии этой программы)"
)
UNKNOWN_FIX = Text(
    en="Open the case with the version that wrote it, or judge it anew with recheck.",
    ru="Откройте случай той версией, которая его записала, или пересчитайте выводы командой recheck.",
)
NOTHING = Text(en="", ru="")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message with its values, not yet in any language."""

    text: Text
    values: Mapping[str, str] = field(default_factory=dict)

    def say(self, lang: str) -> str:
        """The sentence in ``lang`` ("en" or "ru"); foreign values stand in it as they are."""
        return self.text.say(lang, self.values)


def title_of(finding: Finding) -> Sentence:
    """What was found; a code nobody knows is shown as it is."""
    rule = _rule(finding)
    return Sentence(rule.title, finding.values) if rule else Sentence(UNKNOWN_TITLE, {"code": finding.code})


def why_of(finding: Finding) -> Sentence:
    """Why it matters."""
    rule = _rule(finding)
    return Sentence(rule.why if rule else NOTHING, finding.values)


def fix_of(finding: Finding) -> Sentence:
    """What mends it."""
    rule = _rule(finding)
    return Sentence(rule.fix if rule else UNKNOWN_FIX, finding.values)


def settle_of(finding: Finding) -> Sentence:
    """What would make it certain; empty where it already is."""
    rule = _rule(finding)
    open_question = rule.settle if rule and finding.confidence is not Confidence.CERTAIN else None
    return Sentence(open_question or NOTHING, finding.values)


def finding_title(finding: Finding, lang: str) -> str:
    """What was found, in words. Values may hold anything: never markup, not yet safe for a terminal."""
    return title_of(finding).say(lang)


def finding_why(finding: Finding, lang: str) -> str:
    """Why it matters, in words; empty for an unknown code."""
    return why_of(finding).say(lang)


def finding_fix(finding: Finding, lang: str) -> str:
    """What mends it, in words."""
    return fix_of(finding).say(lang)


def finding_settle(finding: Finding, lang: str) -> str:
    """What would make it certain, in words; empty where nothing is needed."""
    return settle_of(finding).say(lang)


def _rule(finding: Finding) -> Rule | None:
    return rules().get(finding.code)

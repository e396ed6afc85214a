"""Does the tracker that keeps the offer link have the macros the link asks for, spelt that way?"""

from collections.abc import Iterator

from postback_wizard.catalogue.names import has, nearest, owners, speaks
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.slots import click_macros, elsewhere
from postback_wizard.checks import Example
from postback_wizard.checks.offer_link import OfferLink, is_guessed, offer_link
from postback_wizard.checks.template import macro_name_or_dialect as template
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import Macro

_OWNERS_SHOWN = 4


def check(case: Case) -> Iterator[Finding]:
    """One finding for each macro that is another's or misspelt; what may only be missing in our list is left alone."""
    link = offer_link(case)
    if link is None or link.tracker is None or not link.tracker.sends.macros:
        return
    guessed, seen = is_guessed(case, "tracker"), set[str]()
    for param, macros in link.params:
        for macro in macros:
            if macro.written in seen or has(macro, link.tracker):
                continue
            seen.add(macro.written)
            level = _level(link, link.tracker, macro)
            if level:
                lowered = Level.WARN if guessed and level is Level.BAD else level
                yield _finding(link.tracker, param.name, macro, lowered)


def _level(link: OfferLink, tracker: Platform, macro: Macro) -> Level | None:
    """How sure it is a slip: lists of a tracker's macros come from its postbacks and are short of its links' tokens."""
    proposal = nearest(macro, tracker)
    if any(macro == other for _, other in link.strangers):
        sure = Level.BAD if elsewhere(macro) or proposal is None else template.LEVELS[proposal.reason]
        return Level.WARN if link.carriers else sure
    if proposal and proposal.reason in ("look-alike", "case", "dialect"):
        return Level.WARN
    return Level.INFO if not speaks(macro, tracker) else None


def _finding(tracker: Platform, param: str, macro: Macro, level: Level) -> Finding:
    clicks = click_macros(tracker)
    proposal = nearest(macro, tracker)
    meant = proposal.written if proposal else clicks[0].text if clicks else template.NOTHING
    names = [item.name for item in owners(macro)]
    rule: Rule = template.MACRO_NAME_OR_DIALECT
    return rule(
        f"offer_url: {param}",
        level=level,
        confidence=Confidence.HINT if level is Level.INFO else Confidence.LIKELY,
        owner=Owner.AFFILIATE,
        param=param,
        macro=macro.written,
        sender=tracker.name,
        nearest=meant,
        how=f"{macro.written} → {meant}" if meant != template.NOTHING else template.NOTHING,
        owners=", ".join([*names[:_OWNERS_SHOWN], *(["…"] if len(names) > _OWNERS_SHOWN else [])]) or template.NOTHING,
    )


#: The rule's own example stands beside it, in the checks of templates.
EXAMPLES: dict[Rule, Example] = {}

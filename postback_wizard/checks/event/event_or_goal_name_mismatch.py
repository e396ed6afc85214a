"""Does the partner know the goal that was sent?"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from postback_wizard.checks import example
from postback_wizard.checks.event import exact_rows, sight
from postback_wizard.checks.event_told import says, told
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogShare
from postback_wizard.domain.text import Text

EVENT_OR_GOAL_NAME_MISMATCH = Rule(
    code="event-or-goal-name-mismatch",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en='The goal "{goal}" is not one the partner has; the nearest is "{nearest}".',
        ru="Цели «{goal}» у партнёра нет; самая близкая — «{nearest}».",
    ),
    why=Text(
        en="What the partner says or lists: {known}. An unknown event is answered like any other and counted nowhere.",
        ru="Что говорит или перечисляет партнёр: {known}. На неизвестное событие отвечают как обычно, но "
        "нигде его не засчитывают.",
    ),
    fix=Text(
        en="Send the partner's own name or number of the goal, or have yours added, and write down which "
        "of yours is which of theirs.",
        ru="Передавайте название или номер цели, принятые у партнёра, или попросите добавить ваше и "
        "запишите соответствие.",
    ),
    settle=Text(
        en="The list of goals of this offer in the partner's account.",
        ru="Список целей этого оффера в кабинете партнёра.",
    ),
    sources=(
        "https://knowledgebase.offer18.com/network/faqs/what-are-different-status-in-advertiser-postback-logs",
        "https://help-center.affisereach.com/en/articles/6444814-postback-errors",
    ),
)


#: Rows of the partner's log from which its list of goals is taken to be known.
_ENOUGH = 20


_WORDS = re.compile(
    r"\b(?:goal|event(?: name| type)?)\b[^.;,\n]{0,20}\b(?:not found|unknown|does not exist|is not configured)\b"
    r"|\b(?:unknown|no such|invalid) (?:goal|event(?: name| type)?)\b"
    r"|\b(?:цель|событие)[^.;,\n]{0,20}не (?:найден[ао]|существует|настроен[ао])",
    re.IGNORECASE,
)


def check(case: Case) -> Iterator[Finding]:
    """The platform's own words, or a goal that none of the partner's conversions has while this one is missing."""
    seen = sight(case)
    sent = [row.values["goal"] for row in exact_rows(seen.logs, "attempt_log") if row.values.get("goal")]
    goal = next(iter(sent), "") or case.facts.goal
    partner = seen.file("partner_log")
    goals = [share.value for share in partner.of("goal")] if partner and partner.rows >= _ENOUGH else []
    said = told(case, EVENT_OR_GOAL_NAME_MISMATCH.code) or says(case, _WORDS)
    is_odd = goal.casefold() not in map(str.casefold, goals)
    words: dict[str, Any] = {
        "goal": goal or "—",
        "nearest": next(iter(get_close_matches(goal.lower(), goals, 1, 0.4)), "—"),
    }
    if said:
        level, sure = said.level, said.confidence
        yield EVENT_OR_GOAL_NAME_MISMATCH(said.where, level=level, confidence=sure, known=said.said, **words)
    elif goal and goals and is_odd and seen.attempted and seen.lacks("partner_log"):
        yield EVENT_OR_GOAL_NAME_MISMATCH("attempt_log", known=", ".join(goals[:8]), **words)


EXAMPLES = {
    EVENT_OR_GOAL_NAME_MISMATCH: example(
        looked_up(
            log("attempt_log", more="goal"),
            log("partner_log", LogShare("goal", "deposit", 200), LogShare("goal", "lead", 110), more="goal"),
            row("attempt_log", goal="ftd_deposit", answer_status="200"),
        ),
        click_id=CLICK,
    ),
}

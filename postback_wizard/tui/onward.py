"""Going on by hand where a trace ended at a page that leads on by a script, a form or a click."""

from postback_wizard.domain.case import Case
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.redirect import way_by_hand
from postback_wizard.domain.step import is_stale
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.steps import BY_ID

LEADS_ON = Text(
    en="F3 goes on to {host}: one more real click of the same visit.",
    ru="F3 пройдёт дальше на {host}: это ещё один настоящий клик того же визита.",
)
GOING_ON = Text(
    en="Going on to {host}, as a click of the same visit.", ru="Иду дальше на {host}, это клик того же визита."
)
NOTHING_ONWARD = Text(en="This page offers nothing to go on to.", ru="Эта страница никуда дальше не ведёт.")
CONFIRM_ONWARD = Text(
    en="The page names {url}. Going on asks {host} like a visitor would, and trackers on the way will count it. That "
    "a browser goes there is likely, not proven.",
    ru="На странице указан адрес {url}. Проход дальше спросит {host} как обычный посетитель, и трекеры по пути это "
    "засчитают. Что браузер идёт туда, вероятно, но не доказано.",
)


def onward_of(case: Case, limits: Limits) -> str:
    """Where the trace of a case can be taken on to; empty when it ended for good, was recorded, or is out of date."""
    if case.record("click") is None or case.facts.har or is_stale(case, BY_ID["click"]):
        return ""
    way = way_by_hand(case.trace(), limits.max_hops)
    return way.target if way else ""


def host_of(url: str) -> str:
    """The host to name before going there."""
    return split_url(url).host or url

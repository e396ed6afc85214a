"""What to know of a report before it leaves: what partners will ask for, and what was masked where."""

from collections.abc import Iterator, Sequence

from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.report import phrases
from postback_wizard.report.addressee import known_platform
from postback_wizard.report.leak import ReportLeak
from postback_wizard.report.markdown import Audience, render
from postback_wizard.report.wanted import LOG_AT, missing
from postback_wizard.steps.words import place

LACKING = Text(
    en="Partners ask for this, and the case has not got it", ru="Об этом спрашивают партнёры, а в случае этого нет"
)
COMPLETE = Text(en="Everything a partner usually asks for is there.", ru="Есть всё, что обычно спрашивают партнёры.")
LOGS = Text(en="Where their logs are", ru="Где посмотреть логи")
MASKED = Text(en="Masked in this report", ru="Скрыто в этом отчёте")
NOTHING = Text(en="Nothing had to be masked.", ru="Скрывать было нечего.")
ONE = Text(en="{label}: {kind}; {where}", ru="{label}: {kind}; {where}")
_PARTIES = ("tracker", "network", "sender", "receiver", "source")


def about_lines(case: Case, speech: str, audience: Audience, lang: str, secrets: Sequence[str] = ()) -> Iterator[str]:
    """Lines to read, in ``lang``; the report itself is in ``speech``."""
    yield f"{LACKING.say(lang)}:"
    lacking = [f"- {visible(item.said.say(lang))}" for item in missing(case)]
    yield from lacking or [COMPLETE.say(lang)]
    logs = list(_logs(case, lang))
    if logs:
        yield ""
        yield f"{LOGS.say(lang)}:"
        yield from logs
    yield ""
    yield f"{MASKED.say(lang)}:"
    try:
        hidden = render(case, speech, audience, secrets=secrets).manifest
    except ReportLeak as leak:
        yield leak.say(lang)
        return
    yield from (
        "- " + ONE.say(lang, label=item.label, kind=phrases.KINDS[item.kind], where=_where(item.where, lang))
        for item in hidden
    )
    if not hidden:
        yield NOTHING.say(lang)


def _logs(case: Case, lang: str) -> Iterator[str]:
    for name in dict.fromkeys(case.facts.get(party) for party in _PARTIES):
        found = known_platform(name)
        if found is not None and found.log_location:
            where = found.log_location.value.say(lang)
            yield f"- {LOG_AT.say(lang, platform=found.name, where=where)}"


def _where(places: Sequence[str], lang: str) -> str:
    return ", ".join(visible(place(at, lang)) for at in places if at)

"""A short message for a ticket or a chat: plain text, the verdict, the IDs, the request, what is asked for."""

import re
from collections.abc import Iterator, Sequence

from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment
from postback_wizard.domain.visible import visible
from postback_wizard.report.addressee import addressee, their_name
from postback_wizard.report.diagnosis import Diagnosis, diagnose
from postback_wizard.report.ending import asked_of
from postback_wizard.report.leak import refuse_leaks
from postback_wizard.report.masked import mask_case, without_folders
from postback_wizard.report.phrases import NAMES

#: Characters of a request or an answer in a message, and questions in it.
LONGEST = 400
MOST_ASKED = 3

HELLO = Text(en="Hello, please look into one postback.", ru="Здравствуйте, посмотрите, пожалуйста, один постбек.")
WHAT = Text(en="What we see: {headline}", ru="Что мы видим: {headline}")
TIME = Text(en="time (UTC)", ru="время (UTC)")
REQUEST = Text(en="Request", ru="Запрос")
ANSWER = Text(en="Answer", ru="Ответ")
PLEASE = Text(en="Our questions:", ru="Наши вопросы:")
ACTION = Text(en="To do: {action}", ru="Что нужно сделать: {action}")
MORE = Text(en="The full report with evidence is attached.", ru="Полный отчёт с доказательствами во вложении.")
_NAMED = ("click_id", "transaction_id", "offer", "goal", "status", "payout", "currency")
_ESCAPED = re.compile(r"\\([\\`*\[\]<>#|~&!_])")
_SPAN = re.compile(r"(`+) ?(.*?) ?\1(?!`)")


def short_message(case: Case, lang: str, *, masked: bool = True, secrets: Sequence[str] = ()) -> str:
    """The message as plain text, masked like a report for the partner.

    Raises:
        ReportLeak: a known secret would have stood in it.
    """
    seen, redactor = mask_case(case, secrets, masked=masked)
    text = "\n".join(_lines(without_folders(seen), lang)) + "\n"
    refuse_leaks(text, (*secrets, *redactor.known()))
    return text


def _lines(case: Case, lang: str) -> Iterator[str]:
    found = diagnose(case)
    yield HELLO.say(lang)
    yield ""
    yield WHAT.say(lang, headline=_line(found.headline.say(lang)))
    yield from _named(case, found, lang)
    yield from _exchange(case, lang)
    yield ACTION.say(lang, action=_line(found.next_action.say(lang)))
    asked = [_line(_unmarked(question)) for question in asked_of(case, found, lang)][:MOST_ASKED]
    if asked:
        yield ""
        yield PLEASE.say(lang)
        yield from (f"{number}. {question}" for number, question in enumerate(asked, start=1))
    yield ""
    yield MORE.say(lang)


def _named(case: Case, found: Diagnosis, lang: str) -> Iterator[str]:
    partner = addressee(case, found)
    for name in _NAMED:
        value = case.facts.get(name)
        if value:
            theirs = their_name(case, partner, name) if partner else ""
            what = f"{NAMES[name].say(lang)} ({theirs})" if theirs else NAMES[name].say(lang)
            yield f"{what}: {_line(value)}"
    told = case.facts.attempt_time or case.facts.conversion_time
    moment = read_moment(told)
    if told:
        yield f"{TIME.say(lang)}: {clock(moment.utc) if moment else _line(told)}"


def _exchange(case: Case, lang: str) -> Iterator[str]:
    sent, facts = case.replayed(), case.facts
    if sent is not None:
        yield f"{REQUEST.say(lang)}: {_line(f'{sent.request.method} {sent.request.url}')}"
        if sent.answer is not None:
            yield f"{ANSWER.say(lang)}: {_line(f'{sent.answer.status} {sent.answer.body}')}"
    elif facts.sent_request:
        yield f"{REQUEST.say(lang)}: {_line(facts.sent_request)}"
        if facts.answer_status or facts.answer_body:
            yield f"{ANSWER.say(lang)}: {_line(f'{facts.answer_status} {facts.answer_body}')}"


def _unmarked(text: str) -> str:
    """Markdown of ours as plain text: code spans without their fences, escapes undone outside them."""
    parts: list[str] = []
    done = 0
    for match in _SPAN.finditer(text):
        parts += [_ESCAPED.sub(r"\1", text[done : match.start()]), match[2]]
        done = match.end()
    return "".join([*parts, _ESCAPED.sub(r"\1", text[done:])])


def _line(text: str) -> str:
    """Foreign text on one line and not too long."""
    shown = visible(text.strip())
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"

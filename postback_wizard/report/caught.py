"""What a sender sent to this machine, for the report: byte for byte, the reply it got, and how it differs."""

from collections.abc import Iterator

from postback_wizard.domain.arrival import Difference, differences
from postback_wizard.domain.case import SENDER_LEFT, Case
from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.template import live_request, read_template
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock, read_moment
from postback_wizard.domain.visible import visible
from postback_wizard.report.md import bullets, fence, prose, words

#: Caught requests that a report shows, the last ones.
SHOWN = 5

CAUGHT = Text(
    en="Caught on the agent's machine at {at} from {peer}, {n:request|requests} in all so far; this is no request of "
    "this program:",
    ru="Поймано на компьютере агента в {at} от {peer}, всего {n:запрос|запроса|запросов}; эта программа такого запроса "
    "не отправляла:",
)
REPLIED = Text(
    en="The receiver on that machine answered it with {status} after {seconds} s and this body:",
    ru="Приёмник на этом компьютере ответил на него {status} через {seconds} с, тело ответа:",
)
REPLIED_EMPTY = Text(
    en="The receiver on that machine answered it with {status} after {seconds} s and no body.",
    ru="Приёмник на этом компьютере ответил на него {status} через {seconds} с, без тела.",
)
LEFT = Text(
    en="The sender had closed its side of the connection before this answer was sent.",
    ru="Отправитель закрыл соединение со своей стороны до того, как ушёл этот ответ.",
)
TURNED_AWAY = Text(en="It was turned away as unreadable: {why}.", ru="Он отклонён, прочитать его нельзя: {why}.")
ALIKE = Text(
    en="Beside the expected request: everything came as expected.",
    ru="Рядом с ожидаемым запросом: всё пришло как ожидалось.",
)
DIFFERS = Text(en="Beside the expected request:", ru="Рядом с ожидаемым запросом:")
SORTS = {
    "macro": Text(en="{part}: the macro itself came, {arrived}", ru="{part}: пришёл сам макрос, {arrived}"),
    "changed": Text(en="{part}: {arrived} instead of {expected}", ru="{part}: {arrived} вместо {expected}"),
    "missing": Text(en="{part}: did not come, expected {expected}", ru="{part}: не пришло, ожидалось {expected}"),
    "added": Text(en="{part}: was not expected, {arrived}", ru="{part}: не ожидалось, {arrived}"),
}


def caught(case: Case, lang: str, longest: int) -> Iterator[str]:
    """The last caught requests with their replies; bodies up to ``longest`` characters."""
    expected = read_template(case.facts.template) if case.facts.template else live_request(case)
    first = max(0, len(case.caught) - SHOWN)
    for number, item in enumerate(case.caught[first:], first + 1):
        yield from _one(item, number, expected, lang, longest)


def _one(item: HttpEvidence, number: int, expected: ExactRequest | None, lang: str, longest: int) -> Iterator[str]:
    moment = read_moment(item.at)
    at = clock(moment.utc) if moment else item.at
    yield prose(CAUGHT, lang, at=at, peer=item.peer, n=str(number))
    request = item.request
    start = f"{visible(request.method)} {visible(request.target)} HTTP/1.1"
    head = [start, *(f"{visible(name)}: {visible(value)}" for name, value in request.headers)]
    yield fence("\n".join([*head, "", request.body[:longest]]).rstrip("\n"), "http")
    problem = next((part[12:-1] for part in item.outcome if part.startswith("TURNED_AWAY(")), "")
    if problem:
        yield prose(TURNED_AWAY, lang, why=problem)
    yield from _reply(item, lang, longest)
    if SENDER_LEFT in item.outcome:
        yield prose(LEFT, lang)
    if expected is not None and not problem:
        yield from _beside(expected, item, lang)


def _reply(item: HttpEvidence, lang: str, longest: int) -> Iterator[str]:
    if item.answer is None:
        return
    said = {"status": str(item.answer.status), "seconds": f"{item.timing_ms.total / 1000:g}"}
    yield prose(REPLIED if item.answer.body else REPLIED_EMPTY, lang, **said)
    if item.answer.body:
        yield fence(item.answer.body[:longest], "text")


def _beside(expected: ExactRequest, item: HttpEvidence, lang: str) -> Iterator[str]:
    request = item.request
    found = differences(expected, request.method, request.target, request.headers, request.body)
    odd = [part for part in found if part.sort in SORTS]
    yield words((DIFFERS if odd else ALIKE).say(lang))
    if odd:
        yield bullets(_line(part, lang) for part in odd)


def _line(part: Difference, lang: str) -> str:
    name = f"{part.place} {part.name}".strip()
    return prose(SORTS[part.sort], lang, part=name, arrived=part.arrived or "—", expected=part.expected or "—")

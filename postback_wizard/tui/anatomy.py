"""The template and the live request side by side, parameter by parameter, as rows. Pure."""

from collections.abc import Iterator

from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Level
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.request import ExactRequest, read_request
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.tui.rows import Row

MEANT = Text(en="template", ru="шаблон")
LEFT = Text(en="live request", ru="живой запрос")
MISSING = Text(en="(not there)", ru="(нет)")
EMPTY = Text(en="(empty)", ru="(пусто)")


def anatomy_rows(case: Case, lang: str) -> Iterator[Row]:
    """One row for each parameter of either side, in the template's order."""
    meant = _params(case.facts.template)
    left = _params(_live(case))
    for name in [*meant, *(name for name in left if name not in meant)]:
        yield _row(name, meant.get(name), left.get(name), bool(meant), bool(left), lang)


def _live(case: Case) -> str:
    if not case.facts.sent_request:
        return ""
    request = read_request(case.facts.sent_request, case.facts.template)
    return request.url if isinstance(request, ExactRequest) else ""


def _params(url: str) -> dict[str, str]:
    return {param.name: param.value for param in split_url(url).params()}


def _row(name: str, meant: str | None, left: str | None, has_meant: bool, has_left: bool, lang: str) -> Row:
    sides = []
    if has_meant:
        sides.append(_shown(meant, lang))
    if has_left:
        sides.append(_shown(left, lang))
    detail = f"{name}\n{MEANT.say(lang)}: {_shown(meant, lang)}\n{LEFT.say(lang)}: {_shown(left, lang)}"
    return Row(_tone(meant, left, has_meant, has_left), name, " → ".join(sides), detail)


def _shown(value: str | None, lang: str) -> str:
    return MISSING.say(lang) if value is None else value or EMPTY.say(lang)


def _tone(meant: str | None, left: str | None, has_meant: bool, has_left: bool) -> Level:
    if not has_left:
        return Level.INFO
    if left and find_macros(f"https://h/?x={left}"):
        return Level.BAD
    if not has_meant:
        return Level.INFO
    if meant is None or left is None or (meant and not left):
        return Level.WARN
    return Level.GOOD

"""What was understood of the request that would be sent, part by part, as rows for the screen. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from postback_wizard.domain.asked import asked, edited, filled_template, known_values
from postback_wizard.domain.case import Case
from postback_wizard.domain.curl_out import as_curl
from postback_wizard.domain.edited import Change, changes
from postback_wizard.domain.exact import ExactRequest, RequestProblem, wire_bytes
from postback_wizard.domain.finding import Level
from postback_wizard.domain.forbidden import Forbidden, encoded, forbidden_in
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.probe import SentRequest
from postback_wizard.domain.request import read_request
from postback_wizard.domain.template import read_body
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.tui.rows import Row

METHOD = Text(en="method", ru="метод")
HOST = Text(en="host", ru="хост")
PATH = Text(en="path", ru="путь")
HEADER = Text(en="header {name}", ru="заголовок {name}")
BODY = Text(en="body", ru="тело")
BODY_FIELD = Text(en="body {name}", ru="тело {name}")
BYTES = Text(en="{n:byte|bytes}", ru="{n:байт|байта|байт}")
MACRO = Text(en="macro", ru="макрос")
EMPTY = Text(en="(empty)", ru="(пусто)")
ABSENT = Text(en="(not there)", ru="(нет)")
UNREAD = Text(en="not a request", ru="не запрос")
NOTE = Text(en="note", ru="примечание")
CHANGED = Text(en="changed: {what}", ru="изменено: {what}")
AS_WRITTEN = Text(en="As it stands: {text}", ru="Как записано: {text}")
DECODED = Text(en="Decoded: {text}", ru="Раскодировано: {text}")
WITH_MACRO = Text(
    en="Left whole: {macros}. Whoever fills it did not; it would be sent as it stands.",
    ru="Оставлено целиком: {macros}. Макрос не подставлен и ушёл бы как есть.",
)
FORBIDDEN = Text(en="forbidden {name}", ru="нельзя {name}")
IN_TARGET = Text(
    en="at offset {offset} of the request line, in {part}; encoded it reads {encoded} (Enter puts it so)",
    ru="в строке запроса, позиция {offset}, в {part}; в кодировке это {encoded} (Enter запишет так)",
)
IN_HEADER = Text(
    en="at offset {offset} of the header {part}; HTTP has no encoding for it, take it out",
    ru="позиция {offset} заголовка {part}; кодировки для этого в HTTP нет, уберите символ",
)
WOULD_FILL = Text(
    en="Nothing was pasted. F5 or F6 takes the template, filled with {names}.",
    ru="Запрос не вставлен. F5 или F6 возьмёт шаблон и подставит {names}.",
)
TEMPLATE = Text(en="template", ru="шаблон")

#: Rows of one kind that are shown; more would hide the rest.
MOST = 60


@dataclass(frozen=True, slots=True)
class EncodeRow(Row):
    """A row whose Enter encodes what HTTP forbids: ``better`` is the text to put in the request's place."""

    better: str = ""


def request_rows(case: Case, lang: str, original: str = "") -> tuple[Row, ...]:
    """The rows of the request a case asks for; what was changed since ``original`` was pasted comes first."""
    found = asked(case.facts)
    if found is None:
        return tuple(_proposal(case, lang))
    if isinstance(found, RequestProblem):
        said = found.message.say(lang, found.values)
        return (Row(Level.WARN, UNREAD.say(lang), said, said),)
    now = edited(found, case.facts)
    return (
        *(_change(change, lang) for change in changed(case, original)[:MOST]),
        *_forbidden(now, case.facts.sent_request, lang),
        *_request(now, lang),
        *(_note(note, lang) for note in found.notes),
    )


def changed(case: Case, original: str = "") -> tuple[Change, ...]:
    """What differs between the request as it was pasted and as it would be sent."""
    found = asked(case.facts)
    if not isinstance(found, ExactRequest):
        return ()
    before = read_request(original, case.facts.template) if original else found
    return changes(before if isinstance(before, ExactRequest) else found, edited(found, case.facts))


def sent_request(case: Case) -> SentRequest | None:
    """The request that would be sent, for copying; None where there is none."""
    found = asked(case.facts)
    if not isinstance(found, ExactRequest):
        return None
    now = edited(found, case.facts)
    return SentRequest(now.method, now.url, split_url(now.url).target, now.headers, now.body)


def change_line(change: Change, lang: str) -> str:
    """One change on one line: the part, before, after."""
    names = {"method": METHOD, "host": HOST, "path": PATH, "body": BODY}
    what = names[change.place].say(lang) if change.place in names and not change.name else change.name
    if change.place == "header":
        what = HEADER.say(lang, name=change.name)
    return f"{what}: {_side(change.before, lang)} → {_side(change.after, lang)}"


def _side(value: str | None, lang: str) -> str:
    return ABSENT.say(lang) if value is None else value or EMPTY.say(lang)


def _change(change: Change, lang: str) -> Row:
    what, _, sides = change_line(change, lang).partition(": ")
    return Row(Level.WARN, CHANGED.say(lang, what=what), sides, change_line(change, lang))


def _proposal(case: Case, lang: str) -> Iterator[Row]:
    """The template with what the case knows, as long as nothing was pasted."""
    if not case.facts.template:
        return
    values = known_values(case.facts)
    found = filled_template(case.facts, values)
    if isinstance(found, RequestProblem):
        said = found.message.say(lang, found.values)
        yield Row(Level.INFO, TEMPLATE.say(lang), said, said)
        return
    names = ", ".join(f"{name} = {value}" for name, value in values.items()) or "—"
    said = WOULD_FILL.say(lang, names=names)
    yield Row(Level.INFO, TEMPLATE.say(lang), said, said)
    yield from _request(found, lang)


def _request(request: ExactRequest, lang: str) -> Iterator[Row]:
    url = split_url(request.url)
    yield _part(METHOD.say(lang), request.method, request.method, lang)
    yield _part(HOST.say(lang), f"{url.scheme}://{url.authority}", "", lang)
    yield _part(PATH.say(lang), url.path or "/", unquote(url.path), lang)
    for param in url.params()[:MOST]:
        yield _part(f"?{param.key}", param.value, param.text, lang, query=True)
    for name, value in request.headers[:MOST]:
        yield _part(HEADER.say(lang, name=name), value, value, lang)
    yield from _body(request.body, lang)


def _body(body: str, lang: str) -> Iterator[Row]:
    if not body:
        return
    size = BYTES.say(lang, n=len(wire_bytes(body)))
    yield Row(_tone(body), BODY.say(lang), f"{size}  {body[:200]}", body)
    for value in read_body(body)[:MOST]:
        if value.name:
            yield _part(BODY_FIELD.say(lang, name=value.name), value.text, value.decoded, lang)


def _part(head: str, raw: str, decoded: str, lang: str, *, query: bool = False) -> Row:
    macros = find_macros(f"?x={raw}" if query else raw)
    other = decoded not in ("", raw)
    text = f"{raw or EMPTY.say(lang)}{f'  →  {decoded}' if other else ''}"
    lines = [head, AS_WRITTEN.say(lang, text=raw), *([DECODED.say(lang, text=decoded)] if other else [])]
    if macros:
        names = ", ".join(dict.fromkeys(macro.written for macro in macros))
        text = f"{text}  ◆ {MACRO.say(lang)} {names}"
        lines.append(WITH_MACRO.say(lang, macros=names))
    return Row(Level.WARN if macros else Level.INFO, head, text, "\n".join(lines))


def _tone(text: str) -> Level:
    return Level.WARN if find_macros(text) else Level.INFO


def _note(note: Text, lang: str) -> Row:
    said = note.say(lang)
    return Row(Level.INFO, NOTE.say(lang), said, said)


def _forbidden(request: ExactRequest, text: str, lang: str) -> Iterator[Row]:
    for bad in forbidden_in(request)[:3]:
        said = _where(bad, lang)
        head = FORBIDDEN.say(lang, name=bad.name)
        if bad.place == "target":
            yield EncodeRow(Level.BAD, head, said, said, better=_better(request, text))
        else:
            yield Row(Level.BAD, head, said, said)


def _better(request: ExactRequest, text: str) -> str:
    """The pasted text with the address encoded; where that does not stand in it as it is, a curl command instead."""
    now = encoded(request)
    for old, new in ((request.url, now.url), (split_url(request.url).target, split_url(now.url).target)):
        if text.count(old) == 1:
            return text.replace(old, new)
    return as_curl(now, now.without)


def _where(bad: Forbidden, lang: str) -> str:
    form = IN_TARGET if bad.place == "target" else IN_HEADER
    return form.say(lang, offset=bad.offset, part=bad.part[:60], encoded=bad.encoded[:90])

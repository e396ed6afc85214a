"""A line of a log read as the one request it tells of: a web server's, a tracker's, a table's."""

import csv
import re
from collections.abc import Iterator

from postback_wizard.domain.exact import ExactRequest, UnreadableRequestError, filled
from postback_wizard.domain.shell import joined_bytes
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

NO_ABSOLUTE_URL = Text(
    en="No absolute URL (https://…) is in the text ({at}).", ru="В тексте нет полного URL (https://…) ({at})."
)
SEVERAL_URLS = Text(
    en="The text holds several URLs ({at}); leave the one that was sent.",
    ru="В тексте несколько URL ({at}); оставьте тот, который был отправлен.",
)
NO_HOST = Text(
    en="The request says {at} but not to which host; add its Host header, paste the full URL, or give the template.",
    ru="В запросе есть {at}, но не указан хост; добавьте заголовок Host, вставьте полный URL или укажите шаблон.",
)
FROM_LOG_LINE = Text(
    en="Only the request was taken from the line: {method} {url}", ru="Из строки взят только запрос: {method} {url}"
)
BODY_UNKNOWN = Text(
    en="The line shows a {method} request without its body; add the body if there was one.",
    ru="В строке запрос {method} без тела; добавьте тело, если оно было.",
)
HOST_FROM_TEMPLATE = Text(
    en="A web server's log does not name the host; {origin} is taken from the template.",
    ru="В логе веб-сервера нет хоста; {origin} взят из шаблона.",
)
HOST_FROM_LINE = Text(
    en="The host is the one the line begins with; {origin} is taken for granted.",
    ru="Хост взят из начала строки; принято {origin}.",
)
UNESCAPED = Text(
    en="The log's escapes (\\x22 and the like) were turned back into the bytes they stand for.",
    ru="Экранирование лога (\\x22 и подобное) заменено на исходные байты.",
)
AGENT_TAKEN = Text(en="The user agent of the line is sent along.", ru="User-Agent из строки отправляется вместе с ней.")

METHOD = r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)"
URL = re.compile(r"https?://[^\s\"<>\\]+", re.IGNORECASE)
_CELL_URL = re.compile(r"(?:^|(?<=[,;\t|]))\"(https?://(?:[^\"]|\"\")*)\"(?=[,;\t|]|$)", re.IGNORECASE | re.MULTILINE)
_QUOTED_URL = re.compile(r"(?P<quote>[\"'])(?P<url>https?://[^\"\r\n]*?)(?P=quote)", re.IGNORECASE)
_WITH_METHOD = re.compile(rf"\b({METHOD})\b[\s:,\"'|]+$")
_ACCESS = re.compile(
    rf"\"(?P<method>{METHOD}) (?P<target>/(?:[^\"\\]|\\.)*?) HTTP/[0-9.]+\""
    r"(?:[ \t]+\d{3}[ \t]+(?:\d+|-)[ \t]+\"(?:[^\"\\]|\\.)*\"[ \t]+\"(?P<agent>(?:[^\"\\]|\\.)*)\")?"
)
_VHOST = re.compile(
    r"\s*(?P<host>(?:[a-z0-9\-]+\.)+[a-z][a-z0-9\-]*)(?::(?P<port>\d{1,5}))?\s+\S+\s+\S+\s+\S+\s+\[", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([\"\\]))")


def request_in_line(text: str, base: str) -> ExactRequest:
    """The one request of a line; ``base`` is a URL that gives the host where the line has none.

    Raises:
        UnreadableRequestError: there is none, there are several, or its host is unknown.
    """
    access = _ACCESS.search(text)
    if access and len(_ACCESS.findall(text)) == 1:
        return _access(text, access, base)
    found = tuple(dict.fromkeys(_requests_in(text)))
    with_method = tuple(item for item in found if item[0])
    chosen = with_method if len(with_method) == 1 else found
    if len({url for _, url in chosen}) > 1:
        raise UnreadableRequestError(SEVERAL_URLS, "  ".join(dict.fromkeys(url for _, url in chosen))[:200])
    if not chosen:
        raise UnreadableRequestError(NO_ABSOLUTE_URL, text[:60])
    method, url = chosen[0]
    return _told(method or _column_method(text) or "GET", url)


def _told(method: str, url: str, *more: Text) -> ExactRequest:
    notes = [filled(FROM_LOG_LINE, method=method, url=url), *more]
    if method not in ("GET", "HEAD"):
        notes.append(filled(BODY_UNKNOWN, method=method))
    return ExactRequest(method, url, (), "", tuple(notes))


# -- a web server's log --------------------------------------------------------------------------------------------


def _access(text: str, found: re.Match[str], base: str) -> ExactRequest:
    """nginx and Apache, common and combined: method, target and perhaps the agent, but seldom the host."""
    target = unescaped(found["target"])
    origin, note = _origin(text, base)
    if not origin:
        raise UnreadableRequestError(NO_HOST, f"{found['method']} {target}"[:80])
    notes = [filled(note, origin=origin), *([UNESCAPED] if target != found["target"] else [])]
    agent = unescaped(found["agent"] or "-")
    read = _told(found["method"], origin + target, *notes, *([AGENT_TAKEN] if agent != "-" else []))
    headers = (("User-Agent", agent),) if agent != "-" else ()
    return ExactRequest(read.method, read.url, headers, "", read.notes)


def _origin(text: str, base: str) -> tuple[str, Text]:
    if vhost := _VHOST.match(text):
        port = vhost["port"] or "443"
        shown = "" if port in ("80", "443") else f":{port}"
        return f"{'http' if port == '80' else 'https'}://{vhost['host']}{shown}", HOST_FROM_LINE
    url = split_url(base.strip())
    return (f"{url.scheme}://{url.host}{url.port}" if url.is_web else ""), HOST_FROM_TEMPLATE


def unescaped(text: str) -> str:
    r"""What a web server wrote as ``\x22``, ``\"`` and ``\\`` as the bytes it stands for."""

    def back(found: re.Match[str]) -> str:
        if not found[1]:
            return found[2]
        number = int(found[1], 16)
        return chr(number) if number < 0x80 else chr(0xDC00 + number)

    return joined_bytes(_ESCAPED.sub(back, text))


# -- any other line ------------------------------------------------------------------------------------------------


def _requests_in(text: str) -> Iterator[tuple[str, str]]:
    """Each absolute URL of a line with the method before it, empty where there is none."""
    cells = [found[1].replace('""', '"') for found in _CELL_URL.finditer(text)]
    if cells and len(cells) == len(re.findall(r"https?://", text)):
        yield from (("", url) for url in cells)
        return
    at = 0
    while match := URL.search(text, at):
        start, end = match.span()
        quoted = _QUOTED_URL.match(text, start - 1) if start else None
        before = _WITH_METHOD.search(text, max(0, start - 16), start)
        url = quoted["url"] if quoted else _cell(match.group(), text[start - 1 : start])
        yield before[1] if before else "", url
        at = start + len(url) if quoted else end


def _cell(url: str, before: str) -> str:
    """A bare URL without the delimiter, bracket or punctuation mark of the line around it."""
    if before in (",", ";", "|"):
        url = url.partition(before)[0]
    if before == "(" and url.count(")") > url.count("("):
        url = url.rpartition(")")[0]
    return url.rstrip(",;")


def _column_method(text: str) -> str:
    """The method of a row that was pasted with the head of its table, or that has a cell of nothing else."""
    lines = text.splitlines()
    for mark in (",", ";", "\t", "|"):
        try:
            rows = [[cell.strip() for cell in row] for row in csv.reader(lines[:2], delimiter=mark)]
        except csv.Error:
            continue
        cells = [cell for cell in (rows[-1] if rows else ()) if re.fullmatch(METHOD, cell)]
        if len(cells) == 1 and len(rows[-1]) > 1:
            return cells[0]
    return ""

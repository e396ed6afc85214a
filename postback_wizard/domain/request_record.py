"""A JSON text read as the one request it records: a log record, an entry of an HTTP archive, or a whole archive."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postback_wizard.domain.exact import ExactRequest, UnreadableRequestError, filled
from postback_wizard.domain.identifiers import CLICK_NAMES, SUB_NAMES
from postback_wizard.domain.record_parts import Table, read_body, read_headers, stored
from postback_wizard.domain.request_line import SEVERAL_URLS
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

SEVERAL = Text(
    en="The text holds several requests ({at}). Put the number of the one that was sent before the text, such as #2.",
    ru="В тексте несколько запросов ({at}). Поставьте перед текстом номер того, который был отправлен, например #2.",
)
NO_SUCH = Text(en="There is no request with the number {at}.", ru="Запроса с номером {at} нет.")
PICKED = Text(
    en="Request {number} of {count} in the text was taken: {method} {url}",
    ru="Из текста взят запрос {number} из {count}: {method} {url}",
)
LOOKS_LIKE = Text(
    en="It is the only one that looks like a postback; another one is chosen by its number before the text.",
    ru="Только он похож на постбек; другой выбирается номером перед текстом.",
)
SET_BY_SENDER = Text(
    en="Left out, as sending sets it again: {names}.", ru="Опущено, при отправке ставится заново: {names}."
)
SCHEME_OPEN = Text(en="The record names no scheme; {scheme} is assumed.", ru="В записи нет схемы; принято {scheme}.")

_URL = re.compile(r"https?://\S", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z]{3,16}")
_FRAMING = ("content-length", "connection")
_URL_KEYS = ("url", "requesturl", "fullurl", "uri", "requesturi", "postbackurl", "href", "endpoint", "link", "target")
_METHOD_KEYS = ("method", "httpmethod", "requestmethod", "verb", "requesttype")
_HEADER_KEYS = ("headers", "requestheaders", "httpheaders")
_BODY_KEYS = ("body", "requestbody", "postdata", "payload", "data", "postbody", "rawbody", "content")
_HOST_KEYS = ("host", "hostname", "vhost", "servername", "httphost")
_PATH_KEYS = ("path", "requesturi", "uri", "requestpath", "requesttarget")
_QUERY_KEYS = ("query", "querystring", "args")
_NESTED = ("request", "httprequest", "req", "http", "postback")
_STATIC = re.compile(r"\.(?:css|js|mjs|map|png|jpe?g|gif|svg|webp|ico|woff2?|ttf|mp4|webm)$", re.IGNORECASE)
_PATH_WORD = re.compile(r"(?i)postback|(?:^|[/_.-])(?:pb|cv|conv|s2s|callback|conversion|aff_(?:lsr|goal|l)|p\.ashx)")
_MONEY = ("payout", "amount", "sum", "revenue", "price", "txid", "transaction_id", "status", "goal", "order_id")
_IDS = frozenset((*CLICK_NAMES, *SUB_NAMES))


@dataclass(frozen=True, slots=True)
class _Found:
    """A request of a text with its notes, and the words for it in a list to choose from."""

    request: ExactRequest

    @property
    def words(self) -> str:
        url = split_url(self.request.url)
        return f"{self.request.method} {url.host}{url.port}{url.path}"[:60]

    @property
    def score(self) -> int:
        """How much a request looks like a postback: 0 for a file of a page, up to 4."""
        url = split_url(self.request.url)
        if _STATIC.search(url.path):
            return 0
        fields = f"{url.query or ''}&{self.request.body}".lower()
        names = {name.partition("=")[0] for name in fields.split("&")} | set(re.findall(r'"(\w+)"\s*:', fields))
        path = 2 if _PATH_WORD.search(url.path) else 0
        return path + bool(names & _IDS) + bool(names & set(_MONEY))


def request_in_json(text: str, number: int) -> ExactRequest | None:
    """The one request a JSON text records, or the one with that number from 1; None for a text that records none.

    Raises:
        UnreadableRequestError: there are several, or the one there is cannot be told byte for byte.
    """
    records = tuple(_records(text))
    if not records:
        return None
    return _chosen(records, number)


def _chosen(records: Sequence[Table], number: int) -> ExactRequest | None:
    found = [_Found(request) for record in records if (request := _sketch(record))]
    if not found:
        return None
    numbered = [record for record in records if _sketch(record)]
    if number > len(found):
        raise UnreadableRequestError(NO_SUCH, f"#{number}")
    if number or len(found) == 1:
        return _taken(numbered, max(number, 1), ())
    likely = [index for index, item in enumerate(found, 1) if item.score > 1]
    if len(likely) == 1:
        return _taken(numbered, likely[0], (LOOKS_LIKE,))
    choices = likely or range(1, len(found) + 1)
    raise UnreadableRequestError(SEVERAL, "  ".join(f"#{index} {found[index - 1].words}" for index in [*choices][:6]))


def _taken(records: Sequence[Table], number: int, notes: tuple[Text, ...]) -> ExactRequest | None:
    request = _read(records[number - 1])
    if request is None or len(records) == 1:
        return request
    said = filled(PICKED, number=str(number), count=str(len(records)), method=request.method, url=request.url)
    return ExactRequest(request.method, request.url, request.headers, request.body, (said, *notes, *request.notes))


def _sketch(record: Table) -> ExactRequest | None:
    """The request of a record, whatever its body is."""
    try:
        return _read(record)
    except UnreadableRequestError as error:
        if error.problem.message is SEVERAL_URLS:
            raise
        return ExactRequest(_method(record), _address(record)[0])


# -- one record ----------------------------------------------------------------------------------------------------


def _records(text: str) -> Iterator[Table]:
    """The records of a JSON text: one, a list, an archive's entries, or one a line."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.splitlines() if line.strip()]
        if 1 < len(lines) < 10_000 and all(line.lstrip().startswith("{") for line in lines):
            for line in lines:
                try:
                    yield from _tables(json.loads(line))
                except (ValueError, RecursionError):
                    continue
        return
    yield from _tables(value)


def _tables(value: object) -> Iterator[Table]:
    match value:
        case {"log": {"entries": list(entries)}} | {"entries": list(entries)}:
            yield from (item for item in entries if isinstance(item, dict))
        case dict():
            yield value
        case list():
            yield from (item for item in value if isinstance(item, dict))


def _read(record: Table) -> ExactRequest | None:
    url, notes = _address(record)
    if not url:
        return None
    headers = read_headers(_first(record, _HEADER_KEYS))
    own = split_url(url).authority.lower()
    named = [name for name, _ in headers if name.lower() in _FRAMING]
    kept = tuple(
        (name, value)
        for name, value in headers
        if name.lower() not in _FRAMING and (name.lower(), value.lower()) != ("host", own)
    )
    notes += [filled(SET_BY_SENDER, names=", ".join(named))] if named else []
    body = read_body(_first(record, _BODY_KEYS), notes)
    return ExactRequest(_method(record, body), url, kept, body, tuple(notes))


def _method(record: Table, body: str = "") -> str:
    method = _first(record, _METHOD_KEYS)
    if isinstance(method, str) and _TOKEN.fullmatch(method):
        return method.upper() if method.islower() else method
    return "POST" if body else "GET"


def _address(record: Table) -> tuple[str, list[Text]]:
    url = next((value for value in _all(record, _URL_KEYS) if isinstance(value, str) and _URL.match(value)), "")
    if url:
        return stored(url), []
    host = _first(record, _HOST_KEYS)
    path = next((value for value in _all(record, _PATH_KEYS) if isinstance(value, str) and value.startswith("/")), None)
    if not isinstance(host, str) or path is None or not re.fullmatch(r"[\w.\-:\[\]]+", host):
        return _only_url(record), []
    scheme = _first(record, ("scheme", "protocol"))
    known = scheme.lower() if isinstance(scheme, str) and scheme.lower() in ("http", "https") else ""
    query = _first(record, _QUERY_KEYS)
    more = f"?{query.removeprefix('?')}" if isinstance(query, str) and query and "?" not in path else ""
    notes = [] if known else [filled(SCHEME_OPEN, scheme="https")]
    return stored(f"{known or 'https'}://{host}{path}{more}"), notes


def _only_url(record: Table) -> str:
    """The one URL among all values of a record, wherever it stands; empty where there is none.

    Raises:
        UnreadableRequestError: there are several.
    """
    found: dict[str, None] = {}
    queue: list[object] = [record]
    while queue:
        match queue.pop():
            case dict() as table:
                queue.extend(table.values())
            case list() as items:
                queue.extend(items)
            case str() as text if _URL.match(text) and not re.search(r"\s", text):
                found[stored(text)] = None
    if len(found) > 1:
        raise UnreadableRequestError(SEVERAL_URLS, "  ".join(found)[:200])
    return next(iter(found), "")


def _first(record: Table, keys: Sequence[str]) -> object:
    return next(iter(_all(record, keys)), None)


def _all(record: Table, keys: Sequence[str]) -> Iterator[object]:
    """The values under any of these names, in the names' order; in a nested request first."""
    tables = [table for name, table in record.items() if name.lower() in _NESTED and isinstance(table, dict)]
    for table in (*tables, record):
        plain = {re.sub(r"[^a-z]", "", str(name).lower()): value for name, value in table.items()}
        yield from (plain[key] for key in keys if plain.get(key) not in (None, ""))

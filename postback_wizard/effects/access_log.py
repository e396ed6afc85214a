"""A web server's access log as a table: common and combined format of nginx and Apache, postback values as columns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

#: The grammar of one line, understood alike by Python and by DuckDB (RE2). The time is bounded, because a line of
#: nothing but brackets would be tried from each of them to its end.
LINE = (
    r'^(.*?) ?\[([^\]]{1,40})\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (\S+)'
    r'(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?'
)
FIXED = ("time", "remote_address", "method", "url", "http_status", "bytes", "referer", "user_agent")
#: Values of postbacks that become columns; every value of a row found is shown whatever its name.
MAX_PARAMS = 80
_LINE = re.compile(LINE)
_TIME = re.compile(r"\d{1,2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2}(?: [+-]\d{4})?")
_NAME = re.compile(r"[A-Za-z0-9_.\-\[\]]{1,64}")


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One request as the server wrote it; ``values`` are those of the query string, percent-decoded."""

    cells: tuple[str, ...]
    values: Mapping[str, str]


def read_line(line: str) -> AccessLine | None:
    """One line taken apart, or None for a line of another kind."""
    found = _LINE.match(line)
    if found is None or not _TIME.fullmatch(found[2]):
        return None
    method, url = _request(found[3])
    address = (found[1].split() or [""])[-3 if len(found[1].split()) > 3 else 0]
    cells = (found[2], address, method, url, found[4], found[5], found[6] or "", found[7] or "")
    return AccessLine(cells, dict(parse_qsl(url.partition("?")[2], keep_blank_values=True)))


def _request(text: str) -> tuple[str, str]:
    method, space, rest = text.partition(" ")
    if not space:
        return "", text
    url, _, protocol = rest.rpartition(" ")
    return method, url if protocol.startswith("HTTP/") else rest


def columns_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The columns of a log: the format's own, then the names met in query strings, most frequent first."""
    counts: dict[str, int] = {}
    for line in lines:
        found = read_line(line)
        for name in found.values if found else ():
            if _NAME.fullmatch(name):
                counts[name] = counts.get(name, 0) + 1
    often = sorted(counts, key=lambda name: -counts[name])[:MAX_PARAMS]
    return (*FIXED, *(f"?{name}" if name in FIXED else name for name in often))


def sql_columns(names: Iterable[str]) -> str:
    """The columns as SQL on a line ``l``: ``c0`` and so on; all NULL where the line is of another kind."""
    request = "regexp_extract(p.r, '^(\\S+) (.*?)(?: HTTP/\\S+)?$', ['m', 'u'])"
    fixed = (
        *("p.t", "split_part(p.p, ' ', 1)", "q.m", "coalesce(nullif(q.u, ''), p.r)"),
        *("p.s", "p.b", "p.f", "p.a"),
    )
    params = [_param(name.removeprefix("?")) for name in list(names)[len(FIXED) :]]
    cells = ", ".join(f"CASE WHEN p.t <> '' THEN {cell} END AS c{n}" for n, cell in enumerate((*fixed, *params)))
    grammar = LINE.replace("'", "''")
    return (
        f"SELECT {cells} FROM (SELECT p, {request} AS q FROM"  # noqa: S608 - names are of letters and digits
        f" (SELECT regexp_extract(l, '{grammar}', ['p', 't', 'r', 's', 'b', 'f', 'a']) AS p FROM {{lines}}))"
    )


def _param(name: str) -> str:
    return f"url_decode(replace(regexp_extract(q.u, '[?&]{re.escape(name)}=([^&#]*)', 1), '+', ' '))"

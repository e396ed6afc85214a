"""The tags of an HTML page by the standard's rules for tokens, in one pass whose time grows with the page alone.

Comments, scripts, titles, text areas and their like are no tags, whatever stands in them; what stands in a template is
marked. A tree is not built, for nothing here depends on which element holds which.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

#: What only a browser without scripts would read as tags is among them.
RAW = ("script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "textarea", "title", "plaintext")
_RAW_IN_DRAWINGS = ("script", "style")
_DRAWINGS = ("svg", "math")

_NEXT = re.compile(
    r"<(?:(?P<end>/?)(?P<name>[A-Za-z][^\t\n\f\r />]*+)"
    r"(?P<inside>(?:[^>=]++|=[\t\n\f\r ]*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+)(?P<whole>>?)"
    r"|(?P<comment>!--)|[!?/])"
)
_COMMENT_END = re.compile(r"--!?>")
_SHORT_COMMENT = re.compile(r"-?>")
_ATTRIBUTE = re.compile(
    r"[\t\n\f\r /]*+(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*+)"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\t\n\f\r >]*+)))?"
)
_HANDLER = re.compile(r"[\t\n\f\r /\"']on(?:load|click|pageshow)", re.IGNORECASE)
_SCRIPT_PART = re.compile(r"<!---*+>|<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]++;?|#[xX][0-9A-Fa-f]++;?|([A-Za-z][A-Za-z0-9]*+)(;?)(=?))")


@dataclass(frozen=True, slots=True)
class Tag:
    """One start tag; ``content`` is what an element of text holds, whole when ``closed``. Lines count from 1.

    ``end`` is true for an end tag. ``inert`` means that it stands in a template, which is no part of the page.
    """

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    line: int = 1
    content: str = ""
    closed: bool = True
    end: bool = False
    inert: bool = False
    content_line: int = 1


def read_tags(page: str, wanted: Container[str]) -> Iterator[Tag]:
    """The wanted tags of a page in order, and any tag with a handler of an event that leads on.

    What is cut off at the end of the page is no tag.
    """
    at, line, counted, templates, drawings = 0, 1, 0, 0, 0
    while found := _NEXT.search(page, at):
        if not found["name"]:
            at = _beyond(page, found)
        elif not found["whole"]:
            return
        else:
            name, is_end, inside, at = found["name"].lower(), bool(found["end"]), found["inside"], found.end()
            content, begins, closed = "", at, True
            if name in _DRAWINGS and not inside.endswith("/"):
                drawings = max(0, drawings + (-1 if is_end else 1))
            if not is_end and name in (_RAW_IN_DRAWINGS if drawings else RAW) and not (drawings and inside[-1:] == "/"):
                stop = _raw_end(page, at, name)
                closed, at = stop >= 0, stop if stop >= 0 else len(page)
                content = page[begins:at]
            if name == "template":
                templates = max(0, templates + (-1 if is_end else 1))
            if name in wanted or ("=" in inside and _HANDLER.search(inside)):
                line, counted = line + page.count("\n", counted, found.start()), found.start()
                within = line + page.count("\n", counted, begins)
                values = {} if is_end else read_attributes(inside)
                yield Tag(name, values, line, content, closed, is_end, templates > 0, within)
        if at < 0:
            return


def read_attributes(inside: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, references resolved; of two of a name the first counts."""
    found: dict[str, str] = {}
    for part in _ATTRIBUTE.finditer(inside):
        value = part["double"] or part["single"] or part["bare"] or ""
        found.setdefault(part["name"].lower(), decode_references(value))
    return found


def decode_references(value: str) -> str:
    """An attribute's value with its character references resolved; ``&copy=1`` in an address is none."""
    return _REFERENCE.sub(_referred, value) if "&" in value else value


def _referred(found: re.Match[str]) -> str:
    name, ended, equals = found.groups()
    if name is None:
        return unescape(found.group())
    known = html5.get(f"{name};" if ended else name)
    return found.group() if known is None or (equals and not ended) else known + equals


def _beyond(page: str, found: re.Match[str]) -> int:
    """Where the page goes on after a comment or what counts as one; -1 when it never ends."""
    if not found["comment"]:
        return page.find(">", found.end()) + 1 or -1
    short = _SHORT_COMMENT.match(page, found.end())
    end = short or _COMMENT_END.search(page, found.end())
    return end.end() if end else -1


def _raw_end(page: str, at: int, name: str) -> int:
    """Where the end tag of an element of text stands; -1 when there is none."""
    if name == "plaintext":
        return -1
    if name != "script":
        found = re.compile(f"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(page, at)
        return found.start() if found else -1
    hidden, nested = False, False
    for part in _SCRIPT_PART.finditer(page, at):
        match part.group():
            case "<!--":
                hidden = True
            case "-->":
                hidden = nested = False
            case text if text.startswith("<!"):
                continue
            case _ if not part[1]:
                nested = hidden
            case _ if nested:
                nested = False
            case _:
                return part.start()
    return -1

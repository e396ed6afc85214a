"""The lines of pasted curl, wget or header text, each told apart by what it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.transcript_shapes import (
    ASKED_URL,
    COMMAND,
    CONNECT_TO,
    ERROR,
    GENERAL,
    HEADER,
    KNOWN,
    LOOSE_HEADER,
    REQUEST,
    SECTION,
    SECURE,
    STATUS,
    URL_LINE,
    WGET_STATUS,
    WGET_URL,
    clean_lines,
)

Kind = Literal[
    "command",
    "url",
    "method",
    "request",
    "asked",
    "status",
    "answered",
    "end",
    "peer",
    "tls",
    "error",
    "body",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one line says: ``text`` is its value, ``name`` a header's name, a request's method, or an error's code."""

    kind: Kind
    text: str = ""
    name: str = ""


def read_marks(text: str) -> Iterator[Mark]:
    """Every line that says something, in order; the noise of terminals and progress meters is left out."""
    lines = list(clean_lines(text))
    verbose = any(line.startswith("< HTTP/") for line in lines)
    if not verbose and not any(STATUS.match(line.strip()) for line in lines):
        lines = list(_paired(lines))
    yield from _Reader(verbose, any(WGET_URL.match(line) for line in lines)).read(lines)


def _paired(lines: list[str]) -> Iterator[str]:
    """Names and values that a browser's panel copies one under the other, put on one line again."""
    waiting = ""
    for line in lines:
        if waiting:
            joins = bool(line.strip()) and not HEADER.fullmatch(line) and not line.endswith(":")
            yield f"{waiting}: {line.strip()}" if joins else f"{waiting}:"
            waiting = ""
            if joins:
                continue
        bare = line.rstrip(":").strip()
        if GENERAL.fullmatch(bare) or (line.endswith(":") and HEADER.fullmatch(line)):
            waiting = bare
        else:
            yield line
    if waiting:
        yield f"{waiting}:"


class _Reader:
    """Where in the text we are: before a block, in a request, in an answer's head, in its body."""

    def __init__(self, verbose: bool, wget: bool) -> None:
        self._verbose = verbose
        self._wget = wget
        self._place: Literal["", "asked", "answered", "body", "echo"] = ""
        self._command: list[str] = []

    def read(self, lines: list[str]) -> Iterator[Mark]:
        for line in lines:
            if self._command:
                yield from self._continue(line)
            else:
                yield from self._line(line)
        if self._command:
            yield Mark("command", "\n".join(self._command))

    def _continue(self, line: str) -> Iterator[Mark]:
        self._command.append(line)
        if not line.endswith(("\\", "^", "`")):
            yield Mark("command", "\n".join(self._command))
            self._command = []

    def _line(self, line: str) -> Iterator[Mark]:
        command = COMMAND.match(line)
        if command:
            self._place = ""
            yield from self._continue(line[command.start(1) :])
        elif line.startswith(("* ", "== Info: ")):
            yield from self._info(line)
        elif (found := ERROR.match(line)) is not None:
            yield Mark("error", found[2].strip(), found[1])
        elif line.startswith(">") and self._asks(line[1:].strip()):
            yield from self._asked(line[1:].strip())
        elif self._verbose and line.startswith("<") and (self._place == "answered" or STATUS.match(line[1:].strip())):
            yield from self._answered(line[1:].strip())
        elif line.startswith(("{ [", "} [")) and line.endswith(("]", "]}")):
            return
        elif self._wget:
            yield from self._of_wget(line)
        else:
            yield from self._raw(line)

    def _info(self, line: str) -> Iterator[Mark]:
        if (found := CONNECT_TO.search(line)) is not None:
            address, port = found["address"] or found["other"], found["port"]
            yield Mark("peer", f"[{address}]:{port}" if ":" in address else f"{address}:{port}", port)
        elif (told := ASKED_URL.search(line)) is not None:
            yield Mark("url", told[1])
        elif SECURE.match(line):
            yield Mark("tls")

    def _asks(self, line: str) -> bool:
        return self._place == "asked" or REQUEST.match(line) is not None

    def _asked(self, line: str) -> Iterator[Mark]:
        start = REQUEST.match(line)
        if start:
            self._place = "asked"
            yield Mark("request", start[2], start[1])
        elif (header := LOOSE_HEADER.fullmatch(line)) is not None:
            yield Mark("asked", header[2].strip(), header[1])
        else:
            self._place = ""

    def _answered(self, line: str) -> Iterator[Mark]:
        status = STATUS.match(line)
        if status:
            self._place = "answered"
            yield Mark("status", status[1], line)
        elif (header := LOOSE_HEADER.fullmatch(line)) is not None:
            yield Mark("answered", header[2].strip(), header[1])
        else:
            self._place = "body"
            yield Mark("end")

    def _of_wget(self, line: str) -> Iterator[Mark]:
        told, shown = WGET_URL.match(line), WGET_STATUS.match(line)
        if told:
            self._place = ""
            yield Mark("url", told[1], "wget")
        elif shown:
            self._place = "answered"
            if shown[1]:
                yield Mark("status", shown[1], line)
        elif line.startswith("Spider mode"):
            yield Mark("method", "HEAD")
        elif line.startswith("  ") and self._place == "answered":
            yield from self._answered(line.strip())
        elif line.startswith("Location: ") and line.endswith(" [following]"):
            yield Mark("answered", line[10:-12].strip(), "Location")
            self._place = ""

    def _raw(self, line: str) -> Iterator[Mark]:
        """A line without a mark before it: of ``curl -i`` and ``-I``, of a browser's panel, or part of a body."""
        bare = line.strip()
        status = STATUS.match(bare)
        if self._place == "echo":
            self._place = "echo" if bare else "body"
        elif status and self._verbose:
            self._place = "echo"  # curl -v -i says everything twice
        elif status:
            yield from self._answered(bare)
        elif self._place == "body":
            yield Mark("body", line)
        elif REQUEST.fullmatch(bare) or (self._place == "asked" and bare):
            yield from self._asked(bare)
        elif self._place == "answered":
            yield from self._answered(bare)
        else:
            yield from self._loose(bare)

    def _loose(self, line: str) -> Iterator[Mark]:
        """Outside of any block: a URL by itself, a browser's summary, a header of a block without a status line."""
        general, header = GENERAL.match(line), HEADER.fullmatch(line)
        value = line.partition(":")[2].strip()
        match general[1].lower() if general else "":
            case "request url":
                yield Mark("url", value)
            case "request method":
                yield Mark("method", value.upper())
            case "status code" if value[:3].isdigit():
                yield Mark("status", value[:3], line)
            case "remote address":
                yield Mark("peer", value)
            case _ if URL_LINE.fullmatch(line):
                yield Mark("url", line)
            case _ if header and header[1].lower().lstrip(":") == "status" and header[2][:3].isdigit():
                yield Mark("status", header[2][:3], line)
            case _ if header and header[1].lower() in KNOWN:
                yield Mark("answered", (header[2] or "").strip(), header[1])
            case _ if not line or SECTION.match(line):
                yield Mark("end", name="section" if line.lower().startswith("request") else "")
            case _ if header:
                yield Mark("answered", (header[2] or "").strip(), header[1])

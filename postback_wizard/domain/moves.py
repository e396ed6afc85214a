"""Where the scripts of a page send the visitor, found by reading them and never by running them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from postback_wizard.domain.expression import GLOBALS, UNKNOWN, Reader
from postback_wizard.domain.javascript import Code
from postback_wizard.domain.moment import Moment
from postback_wizard.domain.page import Script

#: No honest page holds more.
MOST_MOVES = 50

_SAME_WINDOW = ("_self", "_top", "_parent")
_CODE_RUNNERS = ("setTimeout", "setInterval", "eval")


@dataclass(frozen=True, slots=True)
class Move:
    """One place in a script that leads on.

    ``how`` is what the script uses: ``location.replace``, ``window.open``, ``submit``, ``click``, ``document.write`` …
    ``text`` is the address as far as it can be read (a script's ``document.write`` gives markup); ``whole`` says
    whether all of it could. ``names`` are the ids that a ``submit`` or ``click`` goes by. ``at_load`` says whether it
    runs with the page; ``line`` is the line of the page, ``code`` the line of the script.
    """

    how: str
    text: str
    whole: bool
    at_load: bool
    line: int
    code: str
    names: tuple[str, ...] = ()


def find_moves(scripts: Sequence[Script], url: str) -> tuple[Move, ...]:
    """Every place in these scripts that leads on from the page at ``url``, in the order of the page."""
    taken = [(script, Code(script.code)) for script in scripts]
    moments = {at: Moment(code) for at, (script, code) in enumerate(taken) if script.runs == "load"}
    found: list[Move] = []
    for at, (script, code) in enumerate(taken):
        others = [moment for other, moment in moments.items() if other != at]
        moment = Moment(code, others) if script.runs == "load" else None
        found.extend(islice(_Finder(code, moment, script.line, url).moves(), MOST_MOVES - len(found)))
    return tuple(found)


class _Finder:
    def __init__(self, code: Code, moment: Moment | None, line: int, url: str, *, nested: bool = False) -> None:
        self._code = code
        self._moment = moment
        self._line = line
        self._url = url
        self._nested = nested
        self._reader = Reader(code, url)

    def moves(self) -> Iterator[Move]:
        code = self._code
        for at, token in enumerate(code.tokens):
            if token.kind != "name":
                continue
            match token.value:
                case "location":
                    yield from self._location(at)
                case "open" if code[at + 1].is_sign("("):
                    yield from self._open(at)
                case "submit" | "requestSubmit" | "click" if code[at - 1].is_sign(".", "?."):
                    yield from self._acted(at)
                case "write" | "writeln" if code[at - 2].is_name("document") and code[at + 1].is_sign("("):
                    yield from self._written(at)
                case name if name in _CODE_RUNNERS and code[at + 1].is_sign("(") and code[at + 2].kind == "text":
                    yield from self._inner(at)

    def _location(self, at: int) -> Iterator[Move]:
        code, start = self._code, self._global_start(at)
        if start < 0 or code[start - 1].is_name("var", "let", "const", "function"):
            return
        how, after = "location", at + 1
        if code[after].is_sign(".", "?.") and code[after + 1].is_name("href", "assign", "replace"):
            how, after = f"location.{code[after + 1].value}", after + 2
        elif code[after].is_sign("[") and code[after + 1].value in ("href", "assign", "replace"):
            how, after = f"location.{code[after + 1].value}", after + 3
        calls = how in ("location.assign", "location.replace")
        if code[after].is_sign("(" if calls else "="):
            value = self._reader.value(after + 1)
            yield self._move(how, value.text, start, whole=value.whole)

    def _open(self, at: int) -> Iterator[Move]:
        code, start = self._code, self._global_start(at)
        if start < 0 or code[start - 1].is_name("function"):
            return
        value = self._reader.value(at + 2)
        same_window = code[value.end].is_sign(",") and code[value.end + 1].value in _SAME_WINDOW
        found = self._move("window.open", value.text, start, whole=value.whole)
        yield found if same_window else replace(found, at_load=False)  # a pop-up nobody asked for is blocked

    def _acted(self, at: int) -> Iterator[Move]:
        """``form.submit()`` or ``link.click()``; with something in the brackets it waits for somebody else's."""
        code, after = self._code, at + 1
        if code[after].is_sign(".") and code[after + 1].is_name("call", "apply"):
            closes = code[after + 2].is_sign("(")
        else:
            closes = code[after].is_sign("(") and code[after + 1].is_sign(")")
        if not closes:
            return
        start = self._code.chain_start(at)
        how = "click" if code[at].value == "click" else "submit"
        yield self._move(how, "", start, names=self._names(start, at), whole=True)

    def _names(self, start: int, end: int) -> tuple[str, ...]:
        """What an element is called on the way to it, also through a variable that was given it."""
        code = self._code
        said = [
            token.value
            for token in code.tokens[max(start, end - 30) : end]
            if token.kind in ("text", "name", "template")
        ]
        for at in code.places(said[0])[:5] if said else ():
            if code[at + 1].is_sign("=") and at < start:
                said += [item.value for item in code.tokens[at + 2 : at + 10] if item.kind in ("text", "name")]
        return tuple(dict.fromkeys(name.lstrip("#.") for name in said))

    def _written(self, at: int) -> Iterator[Move]:
        value = self._reader.value(at + 2)
        if "http-equiv" in value.text.lower():
            yield self._move("document.write", value.text, at, whole=value.whole)

    def _inner(self, at: int) -> Iterator[Move]:
        """Code that a script keeps in a text."""
        text = self._code[at + 2].value
        if self._nested or len(text) > 20_000:
            return
        inner = Code(text)
        for move in _Finder(inner, Moment(inner), 0, self._url, nested=True).moves():
            runs = move.at_load and self._is_load(self._code.chain_start(at))
            yield replace(move, at_load=runs, line=self._line + self._code.line(at), code=self._code.excerpt(at))

    def _move(self, how: str, text: str, start: int, *, names: tuple[str, ...] = (), whole: bool) -> Move:
        code = self._code
        known = text if text.strip(UNKNOWN) else ""
        line, runs = self._line + code.line(start), self._is_load(start)
        return Move(how, known, whole and (bool(known) or bool(names)), runs, line, code.excerpt(start), names)

    def _is_load(self, start: int) -> bool:
        return self._moment is not None and self._moment.is_load(start)

    def _global_start(self, at: int) -> int:
        """Where ``window.top.location`` begins; -1 when it is another object's."""
        code = self._code
        while code[at - 1].is_sign(".", "?."):
            if not code[at - 2].is_name(*GLOBALS):
                return -1
            at -= 2
        return at

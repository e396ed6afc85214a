"""When a place in a script runs: with the page, or only under a condition, later, or by a person's hand."""

from collections.abc import Sequence

from postback_wizard.domain.javascript import Code

_CONDITIONS = ("if", "while", "for", "switch", "catch", "with")
_LOAD_EVENTS = ("load", "onload", "DOMContentLoaded", "pageshow", "readystatechange")
_LOAD_HANDLERS = ("onload", "onpageshow")
#: What runs a function it is given by itself, at once or after a while.
_RUNNERS = ("setTimeout", "setInterval", "requestAnimationFrame", "queueMicrotask", "ready", "load", "$", "jQuery")
_LISTENERS = ("addEventListener", "attachEvent", "on", "one")
#: A page that waits longer than this, in milliseconds, is read by people meanwhile.
LONGEST_WAIT_MS = 60_000
#: A script that is harder to follow than this is not followed.
_MOST_STEPS = 5000
_Visited = frozenset[int]


class Moment:
    """Judges places in one script; ``others`` are further scripts of the page, which may call its functions.

    Where it cannot be seen that a place runs with the page, it does not.
    """

    def __init__(self, code: Code, others: Sequence["Moment"] = ()) -> None:
        self._code = code
        self._others = others
        self._left = _MOST_STEPS

    def is_load(self, index: int) -> bool:
        """Whether what begins at a token runs with the page, under no condition that can be seen."""
        return self._runs(index, frozenset())

    def _runs(self, index: int, visited: _Visited) -> bool:
        code = self._code
        while self._left > 0:
            self._left -= 1
            if code[index - 1].is_sign("=>"):
                return self._is_called(self._arrow_start(index - 1), index, visited)
            if self._is_conditional(index):
                return False
            opening = code.around(index)
            if opening < 0:
                return True
            if not code[opening].is_sign("{"):
                outer = self._call_start(opening)
            elif (function := self._function_of(opening)) >= 0:
                left = self._may_be_left(opening, index)
                return not left and self._is_called(function, opening, visited)
            else:
                outer = self._block_start(opening)
            if outer < 0:
                break
            index = outer
        return False

    def _is_conditional(self, index: int) -> bool:
        """Whether something right before a place makes it depend on something."""
        before = self._code[index - 1]
        if before.is_sign("&&", "||", "??", "?", ":", "&&=", "||=", "??=") or before.is_name("else"):
            return True
        return before.is_sign(")") and self._has_condition(index - 1)

    def _has_condition(self, closing: int) -> bool:
        opening = self._code.partner(closing)
        return opening < closing and self._code[opening - 1].is_name(*_CONDITIONS)

    def _call_start(self, opening: int) -> int:
        """Where the expression begins whose round or square brackets open there; -1 in a condition."""
        before = self._code[opening - 1]
        if before.is_name(*_CONDITIONS):
            return -1
        is_call = before.kind == "name" and not before.is_name("return", "void", "typeof", "await", "new", "else")
        return self._code.chain_start(opening - 1) if is_call else opening

    def _block_start(self, opening: int) -> int:
        """Where the statement begins that a brace belongs to; -1 for a block under a condition."""
        before = self._code[opening - 1]
        if before.is_name("else", "catch") or before.is_sign(")"):
            return -1
        return opening - 1 if before.is_name("do", "try", "finally") else opening

    def _function_of(self, opening: int) -> int:
        """Where the function begins whose body a brace opens; -1 when the brace opens something else."""
        code = self._code
        if code[opening - 1].is_sign("=>"):
            return self._arrow_start(opening - 1)
        parameters = code.partner(opening - 1) if code[opening - 1].is_sign(")") else opening
        if parameters >= opening or code[parameters - 1].is_name(*_CONDITIONS):
            return -1
        for start in (parameters - 1, parameters - 2):
            if code[start].is_name("function"):
                return start - 1 if code[start - 1].is_name("async") else start
        return parameters

    def _arrow_start(self, arrow: int) -> int:
        code = self._code
        start = code.partner(arrow - 1) if code[arrow - 1].is_sign(")") else arrow - 1
        start = start if start < arrow else arrow - 1
        return start - 1 if code[start - 1].is_name("async") else start

    def _may_be_left(self, opening: int, index: int) -> bool:
        """Whether a function has a way out before a place in it."""
        code, at = self._code, opening + 1
        while at < index - 1:
            if code[at].is_name("return", "throw"):
                return True
            inner = code[at].is_sign("{") and code.partner(at) < index and self._function_of(at) >= 0
            at = code.partner(at) + 1 if inner else at + 1
        return False

    def _is_called(self, function: int, body: int, visited: _Visited) -> bool:
        """Whether a function runs with the page: in place, handed to something that runs it, or by its name."""
        if function in visited:
            return False
        code, visited = self._code, visited | {function}
        named = code[function + 1] if code[function].is_name("function") else code[function + 2]
        if (
            named.kind == "name"
            and code[function].is_name("function", "async")
            and self._is_named(named.value, visited)
        ):
            return True
        before = code[function - 1]
        if before.is_sign("="):
            return self._is_assigned(function - 2, visited)
        if self._is_in_place(body, grouped=before.is_sign("(")):
            return self._runs(function, visited)
        opening = code.around(function)
        return opening >= 0 and self._is_handed_over(opening, function, visited)

    def _is_assigned(self, target: int, visited: _Visited) -> bool:
        code = self._code
        if code[target].is_name(*_LOAD_HANDLERS):
            return self._runs(self._code.chain_start(target), visited)
        is_variable = code[target].kind == "name" and not code[target - 1].is_sign(".")
        return is_variable and self._is_named(code[target].value, visited)

    def _is_in_place(self, body: int, *, grouped: bool) -> bool:
        """``(function () {…})()`` and its other spellings."""
        code = self._code
        after = code.partner(body) + 1 if code[body].is_sign("{") else len(code.tokens)
        after += 1 if grouped and code[after].is_sign(")") else 0
        return code[after].is_sign("(") or (code[after].is_sign(".") and code[after + 1].is_name("call", "apply"))

    def _is_handed_over(self, opening: int, index: int, visited: _Visited) -> bool:
        """Whether the call whose brackets open there runs the function it is given at this place."""
        code = self._code
        callee, first = code[opening - 1], opening + 1 == index
        if not code[opening].is_sign("("):
            return False
        if callee.is_name(*_LISTENERS):
            runs = not first and code[opening + 1].kind == "text" and code[opening + 1].value in _LOAD_EVENTS
        else:
            runs = first and callee.is_name(*_RUNNERS) and self._delay_ms(opening) <= LONGEST_WAIT_MS
        return runs and self._runs(self._code.chain_start(opening - 1), visited)

    def _delay_ms(self, opening: int) -> int:
        """The time a timer is given, as far as it is written in figures."""
        code, at, delay = self._code, self._code.partner(opening) - 1, 1
        while code[at].kind == "number" and code[at].value.isdecimal() and len(code[at].value) < 10:
            delay *= int(code[at].value)
            if code[at - 1].is_sign(","):
                return delay
            at -= 2 if code[at - 1].is_sign("*") else 1
        return 0

    def _is_named(self, name: str, visited: _Visited) -> bool:
        """Whether anything that runs with the page calls a function by its name, or hands the name over."""
        return self.uses(name, visited) or any(other.uses(name) for other in self._others)

    def uses(self, name: str, visited: frozenset[int] = frozenset()) -> bool:
        """Whether this script runs a function of that name at load; ``visited`` are functions already followed."""
        return any(self._is_used(at, visited) for at in self._code.places(name))

    def _is_used(self, at: int, visited: _Visited) -> bool:
        code = self._code
        before, after = code[at - 1], code[at + 1]
        if before.is_sign(".") or before.is_name("function"):
            return False
        if after.is_sign("("):
            return self._runs(at, visited)
        if before.is_sign("="):
            return code[at - 2].is_name(*_LOAD_HANDLERS) and self._runs(self._code.chain_start(at - 2), visited)
        opening = code.around(at)
        return opening >= 0 and after.is_sign(",", ")") and self._is_handed_over(opening, at, visited)

"""Lines of a log picked by their number, from its beginning and from its end."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.effects import reconcile_rows
from postback_wizard.effects.reconcile_rows import last_lines, lines_at

Pick = Callable[[IO[bytes], Sequence[int], Callable[[], None]], Iterator[bytes]]
LINES = st.lists(st.binary(max_size=9).map(lambda line: line.translate(None, b"\r\n")), min_size=1, max_size=30)


def _never() -> None:
    """Nobody stops."""


@pytest.fixture(params=[1, 7, 64])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile_rows, "_CHUNK", request.param)


@pytest.mark.usefixtures("chunk")
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@given(lines=LINES, wanted=st.sets(st.integers(0, 29)), is_ended=st.booleans())
def test_lines_are_those_of_the_file_split(end: bytes, lines: list[bytes], wanted: set[int], is_ended: bool) -> None:
    lines = [*lines, b"last"]
    source = BytesIO(end.join(lines) + end * is_ended)
    numbers = sorted(number for number in wanted if number < len(lines))
    assert [*lines_at(source, numbers, _never)] == [lines[number] for number in numbers]
    assert [*last_lines(source, numbers, _never)] == [lines[-1 - number] for number in numbers]


@pytest.mark.parametrize("pick", [lines_at, last_lines])
def test_lines_beyond_the_file_are_missing(pick: Pick) -> None:
    assert [*pick(BytesIO(b"a\nb\n"), [1, 5], _never)] in ([b"b"], [b"a"])


@pytest.mark.parametrize("pick", [lines_at, last_lines])
def test_a_line_that_is_too_long_ends_the_search(pick: Pick, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile_rows, "_CHUNK", 16)
    monkeypatch.setattr(reconcile_rows, "MAX_LINE_BYTES", 64)
    source = BytesIO(b"a\n" * 20 + b"x" * 1000 + b"\n" + b"b\n" * 20)
    assert [*pick(source, [3, 30], _never)] in ([b"a"], [b"b"])

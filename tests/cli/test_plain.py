"""Foreign text on its way to a terminal."""

import pytest

from postback_wizard.domain.visible import visible, visible_block


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("a\rb", r"a\rb"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\x9b1m", r"\x9b1m"),
        ("\x7f", r"\x7f"),
        ("\u202egpj", r"\u202egpj"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("a\u2028b", r"a\u2028b"),
        ("\u200b", r"\u200b"),
        ("\ufeff", r"\ufeff"),
        ("\udcff", r"\udcff"),
        ("клик ‹id› ✓ 日本", "клик ‹id› ✓ 日本"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(given: str, shown: str) -> None:
    assert visible(given) == shown


def test_our_own_lines_stay_lines() -> None:
    assert visible_block("a\n\tb\x1b") == "a\n    b\\x1b"


def test_no_character_of_the_control_ranges_passes() -> None:
    controls = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C]
    assert [code for code in controls if chr(code) in visible(chr(code))] == []

"""One message in English and Russian, rendered late, with plurals.

A plain class rather than a dataclass: the command line's ``--help`` speaks through it, and importing
``dataclasses`` there would cost as much as argparse itself.
"""

from collections.abc import Mapping
from string import Formatter

LANGS = ("en", "ru")
_FORMATTER = Formatter()


class Text:
    """The same message in both languages.

    A placeholder is ``{name}``; ``{n:hop|hops}`` writes the number and the form that goes with it
    (two forms in English, three in Russian: ``{n:переход|перехода|переходов}``).

    Raises:
        ValueError: the two languages do not use the same placeholders.
    """

    __slots__ = ("en", "ru")

    def __init__(self, en: str, ru: str) -> None:
        if placeholders(en) != placeholders(ru):
            raise ValueError(f"placeholders differ: {en!r} and {ru!r}")
        self.en = en
        self.ru = ru

    def say(self, lang: str, values: Mapping[str, object] | None = None, /, **more: object) -> str:
        """The message in ``lang`` ("en" or "ru"); a value nobody gave is shown as a dash."""
        template = self.ru if lang == "ru" else self.en
        return _fill(template, lang, {**(values or {}), **more})

    def codes(self) -> frozenset[str]:
        """The values that are codes of ours, which the message says in words; there are none in a plain one."""
        return frozenset()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.en, self.ru) == (other.en, other.ru)

    def __hash__(self) -> int:
        return hash((self.en, self.ru))

    def __repr__(self) -> str:
        return f"Text(en={self.en!r}, ru={self.ru!r})"


def placeholders(template: str) -> frozenset[str]:
    """The names a template wants filled."""
    return frozenset(name for _, name, _, _ in _FORMATTER.parse(template) if name is not None)


def plural(number: int, forms: list[str], lang: str) -> str:
    """The form that goes with ``number``: one/many in English, one/few/many in Russian."""
    if lang != "ru":
        return forms[0] if abs(number) == 1 else forms[-1]
    last, two = abs(number) % 10, abs(number) % 100
    if last == 1 and two != 11:
        return forms[0]
    if last in (2, 3, 4) and two not in (12, 13, 14):
        return forms[1]
    return forms[-1]


def _fill(template: str, lang: str, values: Mapping[str, object]) -> str:
    parts: list[str] = []
    for literal, name, spec, _ in _FORMATTER.parse(template):
        parts.append(literal)
        if name is not None:
            parts.append(_value(values.get(name), spec or "", lang))
    return "".join(parts)


def _value(value: object, forms: str, lang: str) -> str:
    if value is None:
        return "—"
    if isinstance(value, Text):
        return value.say(lang)
    if not forms:
        return str(value)
    try:
        number = int(str(value))
    except ValueError:
        return str(value)
    return f"{number} {plural(number, forms.split('|'), lang)}"

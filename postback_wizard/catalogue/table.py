"""A TOML table being read: hands out its keys by type, and refuses what nobody asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from postback_wizard.catalogue.fact import NOTHING, Fact, Listed, Said, Sentence
from postback_wizard.catalogue.fault import (
    BAD_PATTERN,
    EMPTY,
    MISSING,
    NO_SOURCE,
    NOT_A,
    NOT_A_DATE,
    NOT_ONE_OF,
    UNKNOWN_KEY,
    UNKNOWN_MODE,
    WRONG_SOURCE,
    CatalogueError,
)
from postback_wizard.catalogue.modes import FAILURE_MODES
from postback_wizard.domain.text import Text

__all__ = ("NOTHING", "Fact", "Listed", "Said", "Sentence", "Table")

T = TypeVar("T")

TEXT = Text(en="text", ru="текст")
WHOLE = Text(en="a whole number", ru="целое число")
YES_NO = Text(en="true or false", ru="true или false")
LIST = Text(en="a list", ru="список")
TABLE = Text(en="a table", ru="таблица")
BOTH = Text(en="text in both languages, en and ru", ru="текст на двух языках, en и ru")

_WORDS = frozenset(("is", "en", "ru"))
_ABOUT = frozenset(("src", "read", "note", "third_party"))
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


class Table:
    """One table of a file. ``path`` is where it stands; ``sources`` are the entries that ``src`` counts, from 1."""

    __slots__ = ("_asked", "_raw", "path", "sources")

    def __init__(self, raw: Mapping[str, Any], path: str = "", sources: tuple[str, ...] = ()) -> None:
        self._raw = raw
        self._asked: set[str] = set()
        self.path = path
        self.sources = sources

    def at(self, key: str) -> str:
        """A key's full path."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether the key is there; asking makes it known."""
        self._asked.add(key)
        return key in self._raw

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty. Without a default the key is mandatory."""
        found = self._take(key, str, TEXT, default)
        if not found and key in self._raw:
            raise CatalogueError(self.at(key), EMPTY)
        return found

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        return self._take(key, bool, YES_NO, default)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number. Without a default the key is mandatory."""
        return self._take(key, int, WHOLE, default)

    def word(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        """One of a few known words."""
        found = self.text(key, default)
        if key in self._raw and found not in known:
            raise CatalogueError(self.at(key), NOT_ONE_OF, given=found, known=", ".join(known))
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty; an absent list is empty, a present one is not."""
        found: list[Any] = self._take(key, list, LIST, [])
        for number, item in enumerate(found, 1):
            if not isinstance(item, str):
                raise CatalogueError(f"{self.at(key)}[{number}]", NOT_A, wanted=TEXT)
        if key in self._raw and not all(found or [""]):
            raise CatalogueError(self.at(key), EMPTY)
        return tuple(found)

    def known_texts(self, key: str, known: Sequence[str]) -> tuple[str, ...]:
        """A list of known words."""
        found = self.texts(key)
        for item in found:
            if item not in known:
                raise CatalogueError(self.at(key), NOT_ONE_OF, given=item, known=", ".join(known))
        return found

    def modes(self, key: str = "modes") -> tuple[str, ...]:
        """Names of failure modes."""
        found = self.texts(key)
        for mode in found:
            if mode not in FAILURE_MODES:
                from difflib import get_close_matches

                near = next(iter(get_close_matches(mode, sorted(FAILURE_MODES), 1, 0)))
                raise CatalogueError(self.at(key), UNKNOWN_MODE, mode=mode, near=near)
        return found

    def table(self, key: str) -> "Table | None":
        """A table within, or None."""
        self._asked.add(key)
        if key not in self._raw:
            return None
        return Table(self._take(key, dict, TABLE, None), self.at(key), self.sources)

    def tables(self, key: str) -> "Iterator[Table]":
        """Each table of a list."""
        self._asked.add(key)
        if key not in self._raw:
            return
        found: list[Any] = self._take(key, list, LIST, None)
        for number, item in enumerate(found, 1):
            path = f"{self.at(key)}[{number}]"
            if not isinstance(item, dict):
                raise CatalogueError(path, NOT_A, wanted=TABLE)
            yield Table(item, path, self.sources)

    def names(self) -> tuple[str, ...]:
        """The keys that are there, in the order of the file."""
        return tuple(self._raw)

    def done(self) -> None:
        """Refuse keys that were never asked for."""
        if not self._raw.keys() <= self._asked:
            key = next(key for key in self._raw if key not in self._asked)
            raise CatalogueError(self.at(key), UNKNOWN_KEY, known=", ".join(sorted(self._asked)))

    # -- facts ---------------------------------------------------------------------------------------------------

    def list_of(self, key: str) -> Listed:
        """A fact that is a list of texts: ``{is = […], src = […]}``."""
        table = self.table(key)
        return table.fact(table.texts("is")) if table else NOTHING

    def exact(self, key: str) -> Fact[str] | None:
        """A fact that is one exact text."""
        table = self.table(key)
        return table.fact(table.text("is")) if table else None

    def number(self, key: str) -> Fact[int] | None:
        """A fact that is a whole number."""
        table = self.table(key)
        return table.fact(table.whole("is")) if table else None

    def pattern(self, key: str) -> Fact[str] | None:
        """A fact that is a regular expression."""
        found = self.exact(key)
        if found:
            try:
                re.compile(found.value)
            except (re.error, RecursionError, OverflowError) as error:
                raise CatalogueError(self.at(key), BAD_PATTERN, why=error) from None
        return found

    def said(self, key: str) -> Said | None:
        """A fact in words: ``{en = "…", ru = "…", src = […]}``, or ``is`` where both languages read the same."""
        table = self.table(key)
        return table.fact(table.words()) if table else None

    def all_said(self, key: str) -> tuple[Said, ...]:
        """A list of facts in words."""
        return tuple(table.fact(table.words()) for table in self.tables(key))

    def sentence(self, key: str) -> Sentence | None:
        """Words without a source of their own."""
        table = self.table(key)
        if table is None:
            return None
        found = table.words()
        table.done()
        return found

    def meaning(self, key: str) -> Sentence:
        """Words without a source of their own that cannot be missing."""
        found = self.sentence(key)
        if found is None:
            raise CatalogueError(self.at(key), MISSING)
        return found

    def name(self, key: str) -> Sentence:
        """A name: one text, or words in both languages."""
        found = self._raw.get(key)
        return self.meaning(key) if isinstance(found, dict) else Sentence(self.text(key), self.text(key))

    def words(self) -> Sentence:
        """This table's ``en`` and ``ru``, or its ``is`` twice."""
        self._asked |= _WORDS
        if "is" in self._raw:
            exact = self.text("is")
            return Sentence(exact, exact)
        if ("en" in self._raw) is not ("ru" in self._raw):
            raise CatalogueError(self.path, NOT_A, wanted=BOTH)
        return Sentence(self.text("en"), self.text("ru"))

    def fact(self, value: T) -> Fact[T]:
        """This table's value with its source, its day and its note; nothing else may be left in the table."""
        self._asked |= _ABOUT
        note = self.sentence("note") if "note" in self._raw else None
        third_party = "third_party" in self._raw and self.flag("third_party")
        read = self.day() if "read" in self._raw else ""
        self.done()
        return Fact(value, self.cited(), read, note, third_party)

    def cited(self) -> tuple[str, ...]:
        """The sources that ``src`` names; it may be left out in a file that has only one."""
        numbers: list[Any] = self._take("src", list, LIST, [])
        if not numbers:
            if len(self.sources) != 1:
                raise CatalogueError(self.path, NO_SOURCE)
            return self.sources
        for number in numbers:
            if type(number) is not int or not 0 < number <= len(self.sources):
                raise CatalogueError(self.at("src"), WRONG_SOURCE, number=number)
        return tuple([self.sources[number - 1] for number in numbers])

    def day(self) -> str:
        """The day on which it was read as an ISO date, "" when it is not known."""
        found = self._raw.get("read", "")
        self._asked.add("read")
        day = found if isinstance(found, str) else str(getattr(found, "isoformat", str)())
        if "read" in self._raw and not _DATE.fullmatch(day):
            raise CatalogueError(self.at("read"), NOT_A_DATE)
        return day

    def _take(self, key: str, kind: type[T], wanted: Text, default: T | None) -> T:
        self._asked.add(key)
        found = self._raw.get(key, default)
        if found is None:
            raise CatalogueError(self.at(key), MISSING)
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            raise CatalogueError(self.at(key), NOT_A, wanted=wanted)
        return found

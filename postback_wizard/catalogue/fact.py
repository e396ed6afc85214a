"""What a fact is: a value, where it was read, and on which day; and words in both languages."""

from typing import Generic, NamedTuple, TypeVar

from postback_wizard.domain.text import Text

T = TypeVar("T")


class Sentence(NamedTuple):
    """Words of the catalogue in both languages, taken literally: braces in them are macros, not placeholders.

    What reads the same everywhere (a header, a path, ``POST``) has it twice.
    """

    en: str
    ru: str

    def say(self, lang: str) -> str:
        """The words in ``lang`` ("en" or "ru")."""
        return self.ru if lang == "ru" else self.en

    @property
    def text(self) -> Text:
        """The same as a message of the interface."""
        return Text(*(words.replace("{", "{{").replace("}", "}}") for words in self))


class Fact(NamedTuple, Generic[T]):
    """Something known, where it was read, and on which day (ISO date, "" when nobody noted it)."""

    value: T
    sources: tuple[str, ...] = ()
    read: str = ""
    note: Sentence | None = None
    third_party: bool = False

    def __bool__(self) -> bool:
        """Whether anything is known at all."""
        return bool(self.value)


Listed = Fact[tuple[str, ...]]
Said = Fact[Sentence]
NOTHING: Listed = Fact(())

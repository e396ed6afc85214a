"""Where an answer of a conversion API says what became of the events."""

from dataclasses import dataclass

from postback_wizard.catalogue.table import Table

#: What a good answer amounts to: taken in, merely checked, merely received, or nothing that anybody documents.
PROVES = ("accepted", "checked", "received", "nothing")


@dataclass(frozen=True, slots=True)
class AnswerShape:
    """Paths within an answer. ``ok`` are its good statuses.

    ``equal`` (``code=0``), ``empty`` and ``count`` must hold for a success; ``items`` are lists of problems with
    ``index``, ``codes`` and ``says`` in each; an item whose ``good`` (``status=processed``) holds is none.
    ``top_codes`` and ``top_says`` speak of the whole request.
    """

    ok: tuple[int, ...]
    proves: str
    equal: tuple[str, ...]
    empty: tuple[str, ...]
    count: str
    items: tuple[str, ...]
    good: tuple[str, ...]
    index: str
    codes: tuple[str, ...]
    says: tuple[str, ...]
    top_codes: tuple[str, ...]
    top_says: tuple[str, ...]


def read_answer_shape(table: Table) -> AnswerShape:
    """The ``[rules.answer]`` of a file."""
    found = AnswerShape(
        tuple(int(item) for item in table.texts("ok")),
        table.word("proves", PROVES),
        table.texts("equal"),
        table.texts("empty"),
        table.text("count", ""),
        table.texts("items"),
        table.texts("good"),
        table.text("index", ""),
        table.texts("codes"),
        table.texts("says"),
        table.texts("top_codes"),
        table.texts("top_says"),
    )
    return table.fact(found).value

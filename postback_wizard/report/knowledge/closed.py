"""The team's closed cases in the knowledge base: found by their words, opened as a page, named by what they were."""

from collections.abc import Callable, Iterator, Sequence

from postback_wizard.domain.closing import ClosedCase
from postback_wizard.report.closed import card_rows, title_of
from postback_wizard.report.knowledge.entries import Entry, Ref, both, make
from postback_wizard.report.knowledge.lines import Line, section


class _Shelf:
    """Where closed cases are read from; nowhere until somebody says so."""

    read: Callable[[], Sequence[ClosedCase]] = staticmethod(tuple)


def use_closed(read: Callable[[], Sequence[ClosedCase]]) -> None:
    """Let the closed cases that ``read`` gives be found. It is called at every search, in whatever thread searches."""
    _Shelf.read = staticmethod(read)


def closed_cards() -> Sequence[ClosedCase]:
    """The team's closed cases, closed last first."""
    return _Shelf.read()


def closed_entries() -> Iterator[Entry]:
    """Each closed case as an entry of the knowledge base."""
    for card in closed_cards():
        ended = card.conclusion
        words = (card.id, card.message, ended.cause, ended.fix, ended.who, ended.verified, *card.codes, *card.platforms)
        detail = both(ended.cause or ", ".join(card.codes))
        yield make(Ref("closed", card.id), "closed", title_of(card), detail, *words, " ".join(words))


def closed_lines(case_id: str, lang: str) -> Iterator[Line]:
    """The page of a closed case.

    Raises:
        KeyError: there is no such card.
    """
    card = _card(case_id)
    yield Line(title_of(card), "title")
    for name, text in card_rows(card, lang):
        yield from section(name, [text], "text")


def leads_to(case_id: str) -> Iterator[Ref]:
    """What a closed case was about: its findings and its platforms."""
    card = _card(case_id)
    yield from (Ref("code", code) for code in card.codes)
    yield from (Ref(kind, name) for name in card.platforms for kind in ("platform", "upload"))


def closed_with(code: str) -> Iterator[Ref]:
    """The closed cases whose root cause it was."""
    yield from (Ref("closed", card.id) for card in closed_cards() if card.codes[:1] == (code,))


def _card(case_id: str) -> ClosedCase:
    found = next((card for card in closed_cards() if card.id == case_id), None)
    if found is None:
        raise KeyError(case_id)
    return found

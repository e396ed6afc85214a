"""Why a case cannot be opened or saved, in words."""

from typing import Literal

from postback_wizard.domain.text import Text
from postback_wizard.effects.sentences import fill, shown

#: Why an open case is read-only: not at all, somebody else writes it, its folder cannot be written.
Why = Literal["", "busy", "folder"]


class CaseForked(RuntimeError):  # noqa: N818 - reads as what happened
    """Somebody changed the file meanwhile, past our lock; what was to be saved is a case of its own now, ``fork``."""

    def __init__(self, ref: str, fork: str) -> None:
        super().__init__(ref, fork)
        self.ref = ref
        self.fork = fork

    @property
    def message(self) -> Text:
        """Where both states are."""
        return fill(_FORKED, ref=shown(self.ref), fork=shown(self.fork))


_FORKED = Text(
    en="Somebody else changed case {ref} meanwhile. Theirs was left as it is; yours is kept, and goes on, as {fork}.",
    ru="Случай {ref} тем временем изменил кто-то другой. Чужая версия не тронута; ваша сохранена и продолжается как "
    "{fork}.",
)


class CaseNotFound(LookupError):  # noqa: N818 - reads as what happened
    """A reference that names no case, or more than one (``ambiguous``); ``candidates`` are ids it may have meant."""

    def __init__(self, ref: str, candidates: tuple[str, ...], *, ambiguous: bool = False) -> None:
        super().__init__(ref)
        self.ref = ref
        self.candidates = candidates
        self.ambiguous = ambiguous

    @property
    def message(self) -> Text:
        """What was looked for and what there is."""
        text = _AMBIGUOUS if self.ambiguous else _SIMILAR if self.candidates else _UNKNOWN
        return fill(text, ref=shown(self.ref), ids=shown(", ".join(self.candidates), 200))


_AMBIGUOUS = Text(en="“{ref}” fits several cases: {ids}.", ru="«{ref}» подходит к нескольким случаям: {ids}.")
_SIMILAR = Text(en="There is no case “{ref}”. Similar: {ids}.", ru="Случая «{ref}» нет. Похожие: {ids}.")
_UNKNOWN = Text(
    en="There is no case “{ref}”. Give an id, the beginning of an id, or the path of a case file.",
    ru="Случая «{ref}» нет. Укажите ID, начало ID или путь к файлу случая.",
)


class CaseReadOnly(RuntimeError):  # noqa: N818 - reads as what happened
    """A case that somebody else is writing (``busy``), or whose folder cannot be written (``folder``)."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why

    @property
    def message(self) -> Text:
        """Why nothing can be saved."""
        return _BUSY if self.why == "busy" else _NO_FOLDER


_BUSY = Text(
    en="This case is open in another window, so here it can only be read.",
    ru="Этот случай открыт в другом окне, поэтому здесь он доступен только для чтения.",
)
_NO_FOLDER = Text(
    en="The folder of this case cannot be written, so the case can only be read.",
    ru="В папку этого случая нельзя записать, поэтому он доступен только для чтения.",
)

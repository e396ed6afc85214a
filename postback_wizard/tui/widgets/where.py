"""A line below a yes-or-no question: where in the platform's interface its answer stands."""

from collections.abc import Mapping

from textual.message import Message
from textual.message_pump import MessagePump
from textual.widgets import Static

from postback_wizard.domain.case import Case
from postback_wizard.domain.step import Step
from postback_wizard.tui.plain import plain

#: The parties whose interfaces are looked up.
PARTIES = ("sender", "tracker", "network")


class PlacesRead(Message):
    """The catalogue told where to look: a sentence for each question."""

    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__()
        self.places = places


def asks_where(step: Step, case: Case) -> tuple[str, ...]:
    """The platforms named, where the step asks yes-or-no questions; empty where nothing is to be looked up."""
    if not any(item.form == "yes-no" for item in step.fields):
        return ()
    return tuple(case.facts.get(fact) for fact in PARTIES if case.facts.get(fact))


def read_places(news: MessagePump, case: Case, lang: str) -> None:
    """Read the catalogue and post what it says; for a thread, because the first time takes a moment."""
    from postback_wizard.steps.where_to_look import where_to_look

    news.post_message(PlacesRead(where_to_look(case, lang)))


class WhereNote(Static):
    """The line itself; what holds for any platform until the catalogue was read, and where it knows nothing."""

    def __init__(self, anywhere: str) -> None:
        super().__init__(plain(anywhere, "$foreground 60%"), classes="note")
        self._anywhere = anywhere

    def tell(self, place: str) -> None:
        """Where to look."""
        self.update(plain(place or self._anywhere, "$foreground 60%"))

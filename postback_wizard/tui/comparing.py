"""Comparing variants of a click: the yes before, the table after."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual.app import App

from postback_wizard.domain.case import Case
from postback_wizard.domain.contrast import GIVEN
from postback_wizard.domain.probe import Evidence, HttpProbe
from postback_wizard.domain.step import Settings, is_stale
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.steps import BY_ID
from postback_wizard.tui.screens.confirm import Agree
from postback_wizard.tui.screens.variants import VariantsTable
from postback_wizard.tui.session import Session
from postback_wizard.tui.variants import label_of, variant_rows

TITLE = Text(en="Each variant is a real click", ru="Каждый вариант это настоящий клик")
ASK = Text(
    en="This makes {n:real click|real clicks} on {host}, all at the same time, each like a visitor of its own: "
    "{labels}. Trackers on the way will count them.",
    ru="Это {n:настоящий клик|настоящих клика|настоящих кликов} по {host}, все одновременно, каждый как отдельный "
    "посетитель: {labels}. Трекеры по пути их засчитают.",
)
YES = Text(en="Enter: compare", ru="Enter: сравнить")
NOTHING = Text(
    en="There is no live link to compare: fill in the click URL; a browser recording cannot be varied.",
    ru="Сравнивать нечего: укажите URL клика; запись браузера нельзя пройти иначе.",
)


class Comparing:
    """Asks before variants are tried, and shows how they went. ``start`` begins a run beside what was heard before."""

    def __init__(
        self,
        app: App[int],
        session: Session,
        lang: str,
        settings: Callable[[], Settings],
        start: Callable[[Sequence[Evidence]], None],
    ) -> None:
        self._app = app
        self._session = session
        self._lang = lang
        self._settings = settings
        self._start = start

    def wish(self) -> None:
        """The table of what is known; the question where nothing is, or facts have changed since."""
        case = self._session.case
        if not self.show(case) and not self._session.read_only:
            self._ask(case)

    def show(self, case: Case) -> bool:
        """Show the table; False when the click has not been compared as it is now."""
        record = case.record("click")
        rows = variant_rows(record.evidence, case.facts.click_id, self._lang) if record else ()
        if not rows or is_stale(case, BY_ID["click"]):
            return False
        self._app.push_screen(VariantsTable(rows, self._lang), self._closed)
        return True

    def _closed(self, wish: str | None) -> None:
        if wish == "again" and not self._session.read_only:
            self._ask(self._session.case)

    def _ask(self, case: Case) -> None:
        before = _traced(case, self._settings())
        probes = BY_ID["click"].plan(case, before, replace(self._settings(), variants=True))
        wanted = [probe for probe in probes if isinstance(probe, HttpProbe)]
        if not wanted:
            self._app.notify(NOTHING.say(self._lang), markup=False)
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._session.traced.add(case.facts.click_url)
                self._start(before)

        labels = ", ".join(label_of(probe.name.partition(":")[2] or GIVEN, self._lang) for probe in wanted)
        host = split_url(wanted[0].url).host
        text = ASK.say(self._lang, n=len(wanted), host=host, labels=labels)
        self._app.push_screen(Agree(TITLE.say(self._lang), text, YES.say(self._lang), self._lang), answered)


def _traced(case: Case, settings: Settings) -> tuple[Evidence, ...]:
    """The trace that variants can be laid beside: as the facts are now, and followed to its end. Otherwise nothing."""
    step, record = BY_ID["click"], case.record("click")
    if record is None or record.reason or is_stale(case, step):
        return ()
    hops = tuple(item for item in record.evidence if not (item.kind == "http" and item.variant))
    return () if step.plan(case, hops, settings) else hops

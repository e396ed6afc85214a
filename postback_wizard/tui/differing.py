"""Lists the differences of two logs: asks for pages, narrows, opens rows, writes files; one thing at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from textual.app import App
from textual.message import Message
from textual.worker import Worker

from postback_wizard.domain.case import Case
from postback_wizard.domain.differences import Difference, Listed, Narrowing, Written
from postback_wizard.domain.text import Text
from postback_wizard.steps.event import comparison_of
from postback_wizard.tui.backfilling import LEFT_OUT, WriteBackfill, backfill_lines, trackers
from postback_wizard.tui.desk import Desk, DeskError, DifferenceList
from postback_wizard.tui.differences import CHANGED, SHORT, classes_of, saved_text, sources_text
from postback_wizard.tui.screens.differences import TITLE, DifferencesScreen, ListWish, Turned
from postback_wizard.tui.screens.frame import Reading
from postback_wizard.tui.screens.narrowing import NarrowingForm, PickOne

NOTHING = Text(
    en="There is nothing to list: name the tracker's and the partner's log and run the step (F5).",
    ru="Показывать нечего: укажите лог трекера и лог партнёра и запустите шаг (F5).",
)
SOURCES = Text(en="The rows of both files", ru="Строки обоих файлов")
CLASS = Text(en="Which class?", ru="Какой класс?")
ALL = Text(en="all", ru="все")
TRACKER = Text(en="For the import of which tracker?", ru="Для импорта в какой трекер?")
STOPPED = Text(en="Stopped.", ru="Остановлено.")
_NO_IMPORT = Text(
    en="Only the partner's missing conversions can be backfilled, and there are none in this list.",
    ru="Дозагрузить можно только конверсии, которые есть лишь у партнёра, а в этом списке таких нет.",
)


class Differing:
    """One list on one screen. What is asked runs in a worker, which only ever hands its answer to ``call_later``."""

    def __init__(self, app: App[int], desk: Desk, case: Case, lang: str) -> None:
        self._app = app
        self._desk = desk
        self._case = case
        self._lang = lang
        self._list: DifferenceList | None = None
        self._listed = Listed(0)
        self._every = Listed(0)
        self._wanted = Narrowing()
        self._place = (0, 0)
        self._worker: Worker[None] | None = None
        self._screen = DifferencesScreen(lang, self._told, self._closed)

    def wish(self) -> None:
        """Open the list of the comparison this case holds."""
        logs, record = self._case.reconciled(), self._case.record("event")
        if logs is None or record is None or self._desk.differences is None:
            self._app.notify(NOTHING.say(self._lang), markup=False)
            return
        self._list = self._desk.differences(comparison_of(record.saw), logs)
        self._app.push_screen(self._screen)
        self._start(self._prepare)

    async def _closed(self) -> None:
        """The screen is gone, with the wizard or without: nothing of the list may stay on disk."""
        found, self._list = self._list, None
        if self._worker is not None:
            self._worker.cancel()
        if found is not None:
            await asyncio.to_thread(found.close)

    # -- work --------------------------------------------------------------------------------------------------

    def _start(self, work: Callable[[DifferenceList], Awaitable[Callable[[], None]]]) -> None:
        """Begin something unless something is under way; its result is shown on the interface's own time."""
        if self._worker is not None and self._worker.is_running:
            return
        self._worker = self._app.run_worker(self._run(work), group="list", exit_on_error=True)

    async def _run(self, work: Callable[[DifferenceList], Awaitable[Callable[[], None]]]) -> None:
        if self._list is None:
            return
        try:
            then = await work(self._list)
        except DeskError as error:
            said = error.say(self._lang)
            self._app.call_later(self._app.notify, said, severity="error", markup=False, timeout=10)
            self._app.call_later(self._leave_empty)
        else:
            self._app.call_later(self._shown, then)

    def _shown(self, then: Callable[[], None]) -> None:
        """Show a result, unless the list was left meanwhile."""
        if self._list is not None and self._screen.is_attached:
            then()

    def _leave_empty(self) -> None:
        if not self._every.total and self._screen.is_current:
            self._screen.dismiss()
        elif self._screen.is_attached:
            self._again()

    async def _prepare(self, found: DifferenceList) -> Callable[[], None]:
        self._every = self._listed = await found.prepare()
        return await self._turn(found, 0, 0)

    async def _turn(self, found: DifferenceList, first: int, mark: int, count: int = 0) -> Callable[[], None]:
        items = await found.page(first, count or self._screen.room)

        def show() -> None:
            self._place = (first, mark)
            warning = CHANGED.say(self._lang) if self._every.changed else ""
            self._screen.show(items, first, mark, self._listed, self._wanted, warning)
            if len(items) < min(self._screen.room, self._listed.total - first):
                self._again()  # it was asked for before the screen had its size

        return show

    async def _narrow(self, found: DifferenceList, wanted: Narrowing) -> Callable[[], None]:
        self._listed, self._wanted = await found.narrow(wanted), wanted
        return await self._turn(found, 0, 0)

    async def _sources(self, found: DifferenceList, item: Difference) -> Callable[[], None]:
        text = sources_text(await found.sources(item), self._lang)

        def show() -> None:
            self._again()
            self._app.push_screen(Reading(SOURCES.say(self._lang), text, self._lang))

        return show

    async def _write(
        self, found: DifferenceList, write: Callable[[DifferenceList], Awaitable[Written]]
    ) -> Callable[[], None]:
        written = await write(found)
        said = saved_text(written, self._lang)
        parts = [LEFT_OUT[name].say(self._lang, n=count) for name, count in written.left_out.items()]

        def show() -> None:
            self._again()
            title = TITLE.say(self._lang)
            self._app.push_screen(Reading(title, "\n\n".join((said, *parts)), self._lang))

        return show

    def _again(self) -> None:
        """Show the same page once more."""
        first, mark = self._place
        self._app.call_later(self._start, lambda found: self._turn(found, first, mark))

    # -- wishes ------------------------------------------------------------------------------------------------

    async def _told(self, news: Message) -> None:
        match news:
            case Turned(first=first, count=count, mark=mark):
                self._start(lambda found: self._turn(found, first, mark, count))
            case ListWish(wish="leave"):
                self._stop_or_leave()
            case ListWish(wish=wish, item=item) if self._every.total:
                self._wished(wish, item)
            case _:
                pass

    def _stop_or_leave(self) -> None:
        running = self._worker is not None and self._worker.is_running
        if running and self._worker is not None:
            self._worker.cancel()
            self._app.notify(STOPPED.say(self._lang), markup=False)
        if running and self._every.total:
            self._worker = None
            self._again()
        else:
            self._screen.dismiss()

    def _wished(self, wish: str, item: Difference | None) -> None:
        first, mark = self._place
        match wish:
            case "open" if item is not None:
                self._place = (first, self._screen.mark)
                self._begin(lambda found: self._sources(found, item))
            case "kind":
                self._pick_kind()
            case "narrow":
                self._type_filter()
            case "everything":
                self._start(lambda found: self._narrow(found, Narrowing()))
            case "save_list":
                stem = f"{self._case.id}-differences"
                self._begin(lambda found: self._write(found, lambda item: item.write_list(stem)))
            case "backfill":
                self._pick_tracker()
            case _:
                self._place = (first, mark)

    def _begin(self, work: Callable[[DifferenceList], Awaitable[Callable[[], None]]]) -> None:
        self._screen.work()
        self._start(work)

    def _pick_kind(self) -> None:
        entries = [("all", f"{self._every.total}  {ALL.say(self._lang)}")]
        entries += [
            (name, f"{self._every.counts[name]}  {SHORT[name].say(self._lang)}") for name in classes_of(self._every)
        ]

        def picked(kind: str | None) -> None:
            if kind:
                wanted = replace(self._wanted, kind="" if kind == "all" else kind)
                self._start(lambda found: self._narrow(found, wanted))

        self._app.push_screen(PickOne(CLASS.say(self._lang), entries), picked)

    def _type_filter(self) -> None:
        form = NarrowingForm(self._wanted, self._lang)

        def closed(answer: str | None) -> None:
            if answer:
                self._start(lambda found: self._narrow(found, form.wanted))

        self._app.push_screen(form, closed)

    # -- backfill ----------------------------------------------------------------------------------------------

    def _pick_tracker(self) -> None:
        if not self._listed.counts.get("only_partner"):
            self._app.notify(_NO_IMPORT.say(self._lang), markup=False)
            return
        self._start(self._trackers)

    async def _trackers(self, _: DifferenceList) -> Callable[[], None]:
        known = await asyncio.to_thread(trackers)  # the whole catalogue is read
        own = self._case.facts.tracker

        def picked(name: str | None) -> None:
            if name:
                self._offer_backfill(name)

        def show() -> None:
            if own in known:
                self._offer_backfill(own)
            else:
                self._app.push_screen(PickOne(TRACKER.say(self._lang), list(known.items())), picked)

        return show

    def _offer_backfill(self, tracker: str) -> None:
        count = self._listed.counts.get("only_partner", 0)
        facts = self._case.facts
        stem, partner = f"{self._case.id}-{tracker}-backfill", facts.network or facts.receiver
        lines = backfill_lines(tracker, count, self._lang)

        def closed(answer: str | None) -> None:
            if answer:
                write = lambda found: found.write_backfill(stem, tracker, partner)  # noqa: E731 - handed on once
                self._begin(lambda found: self._write(found, write))

        self._app.push_screen(WriteBackfill(lines, self._lang), closed)

"""Columns corrected once are kept for their platform's exports, and offered when such a file comes again."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from textual.app import App

from postback_wizard.domain.case import StepRecord
from postback_wizard.domain.probe import LogEvidence, LogSource
from postback_wizard.domain.remembered import new_of, recalled, to_remember
from postback_wizard.domain.text import Text
from postback_wizard.tui.desk import Desk, DeskError
from postback_wizard.tui.screens.confirm import Agree
from postback_wizard.tui.session import Session

TITLE = Text(en="Columns remembered", ru="Запомненные столбцы")
OFFER = Text(
    en="In such an export you corrected the columns before: {columns}. Read the logs with them again?",
    ru="В такой выгрузке вы уже исправляли столбцы: {columns}. Прочитать логи с ними ещё раз?",
)
YES = Text(en="Enter: use them", ru="Enter: применить")
KEPT = Text(
    en="Remembered for exports with these headers: {columns}.",
    ru="Запомнено для выгрузок с такими столбцами: {columns}.",
)


class Recalling:
    """The memory for columns of one walk; what was declined is not offered again. ``again`` reads the logs anew."""

    def __init__(self, app: App[int], desk: Desk, session: Session, lang: str, again: Callable[[], None]) -> None:
        self._app = app
        self._desk = desk
        self._session = session
        self._lang = lang
        self._again = again
        self._declined: set[tuple[str, str]] = set()

    async def kept_for(self, files: Sequence[LogSource]) -> Mapping[str, str]:
        """By ``role.name``, the columns remembered for these files; none where the memory cannot be read."""
        try:
            kept = await asyncio.to_thread(self._desk.remembered_columns)
        except DeskError as error:
            self._app.call_later(self._complain, error)
            return {}
        return recalled(kept, files, self._session.case.facts)

    def offer(self, record: StepRecord) -> None:
        """After the logs were read: offer what is remembered of them and not used."""
        logs = next((item for item in record.evidence if isinstance(item, LogEvidence)), None)
        if record.step == "event" and logs is not None and not self._session.read_only:
            self._app.run_worker(self._look(logs.files), group="recall", exclusive=True)

    async def _look(self, files: Sequence[LogSource]) -> None:
        found = await self.kept_for(files)
        fresh = new_of(found, files, self._session.case.facts)
        wanted = {key: header for key, header in fresh.items() if (key, header) not in self._declined}
        if wanted:
            self._app.call_later(self._ask, wanted)

    def _ask(self, wanted: Mapping[str, str]) -> None:
        def answered(answer: str | None) -> None:
            if answer:
                columns = {**self._session.case.facts.columns, **wanted}
                self._session.learn({"columns": columns}, "typed")
                self._again()
            else:
                self._declined.update(wanted.items())

        text = OFFER.say(self._lang, columns=_listed(wanted))
        self._app.push_screen(Agree(TITLE.say(self._lang), text, YES.say(self._lang), self._lang), answered)

    def keep(self, files: Sequence[LogSource], chosen: Mapping[str, str]) -> None:
        """Remember what was just chosen."""
        self._declined.update(chosen.items())
        self._app.run_worker(self._keep(files, chosen), group="remember")

    async def _keep(self, files: Sequence[LogSource], chosen: Mapping[str, str]) -> None:
        try:
            for item in to_remember(files, self._session.case.facts, chosen):
                await asyncio.to_thread(self._desk.remember_columns, item)
        except DeskError as error:
            self._app.call_later(self._complain, error)
            return
        if chosen:
            said = KEPT.say(self._lang, columns=_listed(chosen))
            self._app.call_later(self._tell, said)

    def _tell(self, said: str) -> None:
        self._app.notify(said, markup=False)

    def _complain(self, error: DeskError) -> None:
        self._app.notify(error.say(self._lang), severity="warning", markup=False, timeout=10)


def _listed(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{key} ← {header}" for key, header in columns.items())

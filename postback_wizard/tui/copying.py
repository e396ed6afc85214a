"""Takes an exact request along: asks in which form, puts it into the clipboard; and puts a better request in place."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.app import App

from postback_wizard.domain.probe import SentRequest
from postback_wizard.domain.text import Text
from postback_wizard.tui import words
from postback_wizard.tui.desk import Desk
from postback_wizard.tui.parts import EncodeRow
from postback_wizard.tui.rows import Row
from postback_wizard.tui.screens.copying import CopyAs, ExchangeReading
from postback_wizard.tui.session import Session
from postback_wizard.tui.widgets.form import FactTyped

NOTHING = Text(
    en="There is no request to copy yet; paste it into the first field.",
    ru="Копировать пока нечего: вставьте запрос в первое поле.",
)
LEAK = Text(
    en="Not copied: a secret would have stood in it ({names}).", ru="Не скопировано: там оказался бы секрет ({names})."
)
ENCODED = Text(
    en="The characters HTTP forbids are encoded now; the first rows show the difference.",
    ru="Недопустимые символы закодированы; разница видна в первых строках.",
)


class Copying:
    """Everything that leaves step 3 by the clipboard."""

    def __init__(
        self, app: App[int], desk: Desk, session: Session, lang: str, again: Callable[[], Awaitable[None]]
    ) -> None:
        self._app = app
        self._desk = desk
        self._session = session
        self._lang = lang
        self._again = again

    def opened(self, row: Row) -> bool:
        """Open a row that is more than text; False for any other."""
        if isinstance(row, EncodeRow):
            self._encode(row)
            return True
        request = row.request
        if request is None:
            return False

        def closed(answer: str | None) -> None:
            if answer:
                self.wish(request)

        self._app.push_screen(ExchangeReading(row.head, row.detail, self._lang), closed)
        return True

    def _encode(self, row: EncodeRow) -> None:
        if self._session.read_only:
            return
        pasted = self._session.original or self._session.case.facts.sent_request

        async def shown() -> None:
            self._session.original = pasted  # the text may look like another paste, and is this one mended
            await self._again()

        self._app.post_message(FactTyped("sent_request", row.better))
        self._app.call_later(shown)
        self._app.notify(ENCODED.say(self._lang), markup=False)

    def wish(self, request: SentRequest | None) -> None:
        """Ask for the form of a request, then copy it."""
        if request is None:
            self._app.notify(NOTHING.say(self._lang), markup=False)
            return

        def picked(answer: str | None) -> None:
            if answer:
                self._app.run_worker(self._copy(request, answer), group="copy", exclusive=True)

        self._app.push_screen(CopyAs(self._lang), picked)

    async def _copy(self, request: SentRequest, answer: str) -> None:
        from postback_wizard.domain.curl_out import UnwritableRequestError
        from postback_wizard.report.exports import FORMS, export_from  # wanted when something is copied only
        from postback_wizard.report.leak import ReportLeak

        name, _, open_ = answer.partition(":")
        form = next(item for item in FORMS if item == name)
        secrets = tuple(self._desk.secrets())
        try:
            text = await asyncio.to_thread(
                export_from, self._session.case, request, form, secrets, masked=open_ != "open"
            )
        except UnwritableRequestError as error:
            self._app.notify(error.say(self._lang), severity="warning", markup=False, timeout=10)
            return
        except ReportLeak as leak:
            said = LEAK.say(self._lang, names=", ".join(leak.names))
            self._app.notify(said, severity="warning", markup=False, timeout=10)
            return
        await self._hand_over(text)

    async def _hand_over(self, text: str) -> None:
        how = await asyncio.to_thread(self._desk.copy, text)
        if how:
            self._app.notify(words.COPIED.say(self._lang, how=how), markup=False)
            return
        self._app.copy_to_clipboard(text)
        self._app.notify(words.COPIED_TERMINAL.say(self._lang), markup=False)

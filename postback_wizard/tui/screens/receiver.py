"""A receiver on this machine: what a sender really sends, live, beside what was expected; any answer can be tried."""

import asyncio
import re
from collections.abc import Callable, Iterator

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from postback_wizard.domain.arrival import Arrived, Difference, differences, raw_request
from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.finding import Level
from postback_wizard.domain.text import Text
from postback_wizard.tui.desk import Listening
from postback_wizard.tui.keys import CLOSE, KEEP
from postback_wizard.tui.look import symbol
from postback_wizard.tui.plain import plain, plain_block
from postback_wizard.tui.screens.frame import Dialog
from postback_wizard.tui.widgets.keybar import KeyBar

TITLE = Text(en="Catch a callback on this machine", ru="Поймать постбек на этом компьютере")
OPENING = Text(en="Opening a port …", ru="Открываю порт …")
OPEN = Text(
    en="Listening on {url} (this machine only). Point the sender there, with any path.",
    ru="Принимаю запросы на {url} (только с этого компьютера). Направьте отправителя туда, путь любой.",
)
FAILED = Text(en="The port cannot be used: {why}.", ru="Порт использовать нельзя: {why}.")
REPLY = Text(
    en="Answer: status, seconds to wait, body. Enter changes it, to see how the sender takes it.",
    ru="Ответ: статус, задержка в секундах, тело. Enter меняет его: видно, как отправитель это примет.",
)
BAD_REPLY = Text(
    en="A status from 200 to 599, seconds from 0 to 600, then any text.",
    ru="Статус от 200 до 599, секунды от 0 до 600, затем любой текст.",
)
WAITING = Text(en="Nothing has arrived yet.", ru="Пока ничего не пришло.")
ARRIVED = Text(
    en="{n:request|requests} so far; the last came at {at} from {peer}.",
    ru="{n:запрос|запроса|запросов}; последний пришёл в {at} от {peer}.",
)
ANSWERED = Text(
    en="Answered by this machine: {status} after {n} s, {body}",
    ru="Ответ этого компьютера: {status} через {n} с, {body}",
)
LEFT = Text(
    en="The sender did not wait: it had closed its side before this answer was sent.",
    ru="Отправитель не дождался: он закрыл соединение со своей стороны до этого ответа.",
)
TURNED_AWAY = Text(en="Turned away as unreadable: {problem}.", ru="Отклонён, прочитать нельзя: {problem}.")
COMPARED = Text(en="Beside the expected request:", ru="Рядом с ожидаемым запросом:")
ALIKE = Text(en="Everything expected arrived as expected.", ru="Всё ожидаемое пришло как ожидалось.")
SORTS = {
    "same": Text(en="as expected", ru="как ожидалось"),
    "filled": Text(en="{arrived} in the place of {expected}", ru="{arrived} на месте {expected}"),
    "macro": Text(en="the macro itself came: {arrived}", ru="пришёл сам макрос: {arrived}"),
    "changed": Text(en="{arrived} instead of {expected}", ru="{arrived} вместо {expected}"),
    "missing": Text(en="did not come, expected {expected}", ru="не пришло, ожидалось {expected}"),
    "added": Text(en="was not expected: {arrived}", ru="не ожидалось: {arrived}"),
}

_REPLY = re.compile(r"\s*([2-5]\d\d)(?:\s+(\d{1,3}(?:\.\d{1,3})?))?(?:\s(.*))?", re.DOTALL)


class Opened(Message):
    """The port is open, or cannot be: then ``url`` is empty."""

    def __init__(self, url: str, why: str = "") -> None:
        super().__init__()
        self.url = url
        self.why = why


class Came(Message):
    """A request arrived."""

    def __init__(self, arrival: Arrived) -> None:
        super().__init__()
        self.arrival = arrival


class Receiver(Dialog):
    """Listens while it is open; each request goes to ``note`` with the address, F2 hands the last over as text."""

    KEYS = (KEEP, CLOSE)
    BINDINGS = [KEEP.binding(), Binding("pageup", "page(-1)", show=False), Binding("pagedown", "page(1)", show=False)]

    def __init__(
        self, listening: Listening, expected: ExactRequest | None, lang: str, note: Callable[[Arrived, str], None]
    ) -> None:
        super().__init__()
        self._listening = listening
        self._expected = expected
        self._lang = lang
        self._note = note
        self._port = 0
        self._count = 0
        self._last: Arrived | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="window tall"):
            yield Static(plain(TITLE.say(self._lang), "bold"), classes="window-title")
            yield Static(plain(OPENING.say(self._lang)), id="address", classes="window-text")
            with VerticalScroll(classes="window-body bytes"):
                yield Static(plain(WAITING.say(self._lang), "$foreground 60%"), id="caught")
            yield Static(plain(REPLY.say(self._lang)), id="reply-help")
            yield Input("200 0 OK", id="reply", compact=True)
            yield KeyBar(self.KEYS, self._lang)

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._listen(200, "OK", 0.0)

    def _listen(self, status: int, body: str, delay_s: float) -> None:
        self.run_worker(self._serve(status, body, delay_s), group="receiver", exclusive=True)

    async def _serve(self, status: int, body: str, delay_s: float) -> None:
        try:
            async with self._listening(
                lambda found: self.post_message(Came(found)), status, body, delay_s, self._port
            ) as url:
                self.post_message(Opened(url))
                await asyncio.Event().wait()
        except OSError as error:
            self.post_message(Opened("", error.strerror or type(error).__name__))

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        event.stop()
        said = OPEN.say(self._lang, url=event.url) if event.url else FAILED.say(self._lang, why=event.why)
        if event.url:
            self._port = int(event.url.rstrip("/").rpartition(":")[2])
        self.query_one("#address", Static).update(plain(said, "" if event.url else "$text-error"))

    @on(Came)
    def _came(self, event: Came) -> None:
        event.stop()
        found, last = event.arrival, self._last
        known = last is not None and found.left and (last.at, last.peer) == (found.at, found.peer)
        if found.left and not known:  # of one before the last: kept, and the last stays on screen
            self._note(found, f"http://127.0.0.1:{self._port}")
            return
        self._count, self._last = self._count + (not known), found
        self._note(event.arrival, f"http://127.0.0.1:{self._port}")
        self.query_one("#caught", Static).update(Content("\n").join(self._lines(event.arrival)))

    def _lines(self, found: Arrived) -> Iterator[Content]:
        lang = self._lang
        yield plain(ARRIVED.say(lang, n=self._count, at=found.at, peer=found.peer), "bold")
        if found.problem:
            yield plain(TURNED_AWAY.say(lang, problem=found.problem), "$text-error")
        yield plain_block(raw_request(found.method, found.target, found.headers, found.body))
        reply = found.reply
        yield plain(
            ANSWERED.say(lang, status=reply.status, body=reply.body or "«»", n=f"{reply.delay_s:g}"), "$foreground 60%"
        )
        if found.left:
            yield plain(LEFT.say(lang), "$text-warning")
        if self._expected is None:
            return
        yield Content("")
        yield plain(COMPARED.say(lang), "bold")
        parts = tuple(differences(self._expected, found.method, found.target, found.headers, found.body))
        odd = [part for part in parts if part.sort not in ("same", "filled")]
        yield from (self._line(part) for part in parts if part.sort != "same")
        if not odd:
            yield Content.assemble(symbol(Level.GOOD), " ", plain(ALIKE.say(lang)))

    def _line(self, part: Difference) -> Content:
        level = Level.GOOD if part.sort == "filled" else Level.INFO if part.sort == "added" else Level.WARN
        said = SORTS[part.sort].say(self._lang, arrived=part.arrived or "«»", expected=part.expected or "«»")
        return Content.assemble(
            symbol(level), " ", plain(f"{part.place} {part.name}".strip(), "bold"), "  ", plain(said)
        )

    @on(Input.Submitted)
    def _answer_changed(self, event: Input.Submitted) -> None:
        event.stop()
        found = _REPLY.fullmatch(event.value)
        help_line = self.query_one("#reply-help", Static)
        if found is None or float(found[2] or 0) > 600:
            help_line.update(plain(BAD_REPLY.say(self._lang), "$text-error"))
            return
        help_line.update(plain(REPLY.say(self._lang)))
        self._listen(int(found[1]), found[3] or "", float(found[2] or 0))

    def action_page(self, way: int) -> None:
        """Move what was caught by its height."""
        body = self.query_one(VerticalScroll)
        body.scroll_page_up(animate=False) if way < 0 else body.scroll_page_down(animate=False)

    def action_keep(self) -> None:
        """Close with the last request as text; nothing happens before one came."""
        found = self._last
        if found is not None and not found.problem:
            self.dismiss(raw_request(found.method, found.target, found.headers, found.body))

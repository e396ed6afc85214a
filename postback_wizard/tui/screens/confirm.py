"""The yes before something outside changes: a click that counts, an address inside, a conversion."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from postback_wizard.domain.probe import HttpProbe
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.tui import words
from postback_wizard.tui.plain import plain, plain_block
from postback_wizard.tui.screens.frame import Dialog


class Agree(Dialog):
    """A plain yes: Enter agrees, Esc does not."""

    BINDINGS = [Binding("enter", "agree", show=False)]

    def __init__(self, title: str, text: str, yes: str, lang: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._yes = yes
        self._lang = lang

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield Static(plain(self._title, "bold $text-warning"), classes="window-title")
            yield Static(plain(self._text), classes="window-text")
            no = words.CONFIRM_NO.say(self._lang)
            keys = f"[@click=screen.agree][bold]{self._yes}[/bold][/]    [@click=screen.leave]{no}[/]"
            yield Static(Content.from_markup(keys), classes="window-text")

    def action_agree(self) -> None:
        """Say yes."""
        self.dismiss("yes")


class ConfirmSend(Dialog):
    """Shows the exact request and wants the host typed. It can say yes once: the field disarms itself."""

    def __init__(
        self,
        probe: HttpProbe,
        before: tuple[str, ...],
        cleanup: str,
        lang: str,
        notice: str = "",
        edits: tuple[str, ...] = (),
        known: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._notice = notice
        self._edits = edits
        self._probe = probe
        self._before = before
        self._cleanup = cleanup
        self._known = known
        self._lang = lang
        self._host = split_url(probe.url).host

    def compose(self) -> ComposeResult:
        lang = self._lang
        with Vertical(classes="window tall"):
            yield Static(plain(words.CONFIRM_SEND_TITLE.say(lang), "bold $text-warning"), classes="window-title")
            yield Static(plain(words.CONFIRM_SEND.say(lang)), classes="window-text")
            with VerticalScroll(classes="window-body bytes"):
                if self._edits:
                    lines = "\n".join([words.CONFIRM_EDITED.say(lang), *(f"  {line}" for line in self._edits), ""])
                    yield Static(plain_block(lines).stylize("$text-warning"))
                yield Static(plain_block(request_text(self._probe)))
                if self._known:
                    yield Static(plain_block("\n".join(["", *self._known])))
            yield Static(plain_block("\n".join(self._notes())).stylize("$text-warning"), classes="window-text")
            yield Static(plain(words.CONFIRM_TYPE.say(lang, host=self._host), "bold"), classes="window-text")
            yield Input(id="host", compact=True)
            yield Static("", id="mistyped", classes="window-text")

    def _notes(self) -> list[str]:
        notes = [self._notice] if self._notice else []
        if self._before:
            notes.append(words.CONFIRM_BEFORE.say(self._lang, times=", ".join(self._before)))
        if self._cleanup:
            notes.append(words.CONFIRM_AFTER.say(self._lang, id=self._cleanup))
        return notes

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.disabled:
            return
        if event.value.strip().lower() == self._host.lower():
            event.input.disabled = True
            self.dismiss("yes")
        else:
            self.query_one("#mistyped", Static).update(
                plain(words.CONFIRM_MISTYPED.say(self._lang, host=self._host), "$text-error")
            )


class AskToken(Dialog):
    """Asks for the access token, or another secret; what is typed is shown as dots and only ever returned."""

    def __init__(
        self, lang: str, title: Text = words.TOKEN_TITLE, ask: Text = words.TOKEN_ASK, platform: str = ""
    ) -> None:
        super().__init__()
        self._platform = platform
        self._lang = lang
        self._title = title
        self._ask = ask

    def compose(self) -> ComposeResult:
        with Vertical(classes="window small"):
            yield Static(plain(self._title.say(self._lang), "bold"), classes="window-title")
            yield Static(plain(self._ask.say(self._lang, platform=self._platform)), classes="window-text")
            yield Input(id="token", password=True, compact=True)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip())


def request_text(probe: HttpProbe) -> str:
    """The request as it will stand on the wire, secrets shown by their names."""
    url = split_url(probe.url)
    names = {name.lower() for name, _ in probe.headers}
    host = [] if "host" in names else [f"Host: {url.host}{url.port}"]
    head = [f"{probe.method} {url.target} HTTP/1.1", *host, *(f"{name}: {value}" for name, value in probe.headers)]
    return "\n".join([*head, "", probe.body] if probe.body else head)

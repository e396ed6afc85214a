"""The report of a session: shown, saved, copied, opened elsewhere, in either language, for each kind of reader."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from textual.app import SuspendNotSupported

from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.report.markdown import ReportLeak, render
from postback_wizard.tui import words
from postback_wizard.tui.desk import Desk, DeskError
from postback_wizard.tui.screens.confirm import Agree
from postback_wizard.tui.screens.exporting import SURE, SURE_SAYS, SURE_YES, PickForm
from postback_wizard.tui.screens.frame import Reading
from postback_wizard.tui.screens.report import ReportScreen, Shown
from postback_wizard.tui.session import Session

if TYPE_CHECKING:
    from postback_wizard.tui.app import WizardApp

Audience = Literal["partner", "internal", "client"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
#: Bytes of a text that terminals take into their clipboard; many drop longer ones without a word.
OSC_52 = 74_000

INFO = Text(en="About this report", ru="Об этом отчёте")
OPENED = Text(en="Opened in {how}; the file is {path}", ru="Открыто в {how}; файл: {path}")
NOT_OPENED = Text(
    en="No editor or pager could be opened here (EDITOR, PAGER). Saved to {path}",
    ru="Здесь не удалось открыть ни редактор, ни программу просмотра (EDITOR, PAGER). Сохранено: {path}",
)
TOO_LONG = Text(
    en="Too long for the terminal's clipboard and no clipboard tool is here. Saved to {path}",
    ru="Для буфера терминала слишком длинно, а программы буфера обмена здесь нет. Сохранено: {path}",
)


class Reports:
    """Remembers the language, the reader and the form chosen last; secrets are masked anew in each case."""

    def __init__(self, app: "WizardApp", desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._lang = ""
        self._audience: Audience = "partner"
        self._form = "md"
        self._masked = True

    @property
    def _speech(self) -> str:
        return self._lang or self._app.lang

    async def show(self, session: Session) -> None:
        """Put the report on screen, masked."""
        self._masked = True
        await self._paint(session)

    async def _paint(self, session: Session) -> None:
        shown = await self._shown(session.case)
        await self._app.switch_screen(ReportScreen(session.case, shown, self._app.lang, bool(session.lesson)))

    async def wish(self, wish: str, session: Session) -> None:
        """Do what a key asked for."""
        match wish:
            case "save":
                await self._save(session.case)
            case "copy":
                await self._copy(session.case)
            case "form":
                self._ask_form(session)
            case "read":
                await self._read(session.case)
            case "lacking":
                await self._tell(session.case)
            case "speech":
                self._lang = "en" if self._speech == "ru" else "ru"
                await self._paint(session)
            case "audience":
                self._audience = AUDIENCES[(AUDIENCES.index(self._audience) + 1) % len(AUDIENCES)]
                await self._paint(session)
            case _:
                pass

    # -- the form -----------------------------------------------------------------------------------------------

    def _ask_form(self, session: Session) -> None:
        def picked(answer: str | None) -> None:
            if not answer:
                return
            self._form, _, mode = answer.partition(":")
            if mode == "open" and self._masked:
                lang = self._app.lang
                window = Agree(SURE.say(lang), SURE_SAYS.say(lang), SURE_YES.say(lang), lang)
                self._app.push_screen(window, agreed)
                return
            self._masked = mode != "open"
            self._app.call_later(self._paint, session)

        def agreed(answer: str | None) -> None:
            self._masked = not answer
            self._app.call_later(self._paint, session)

        self._app.push_screen(PickForm(self._app.lang, masked=self._masked), picked)

    # -- the text -----------------------------------------------------------------------------------------------

    async def _shown(self, case: Case) -> Shown:
        from postback_wizard.report.wanted import WHAT, missing

        lacking = tuple(WHAT[item.name].say(self._app.lang) for item in missing(case) if item.name in WHAT)
        secrets = tuple(self._desk.secrets())
        try:
            report = await asyncio.to_thread(render, case, self._speech, self._audience, secrets=secrets)
            text = await asyncio.to_thread(self._text, case)
        except ReportLeak as leak:
            return Shown("", leak=leak.say(self._app.lang), audience=self._audience, form=self._form)
        return Shown(text, len(report.manifest), "", self._audience, self._form, self._masked, lacking)

    def _text(self, case: Case) -> str:
        """The report in the form chosen; of a bundle, its list of files and what was masked. Raises ReportLeak."""
        from postback_wizard.report.forms import FORMS, exported

        form = next((item for item in FORMS if item == self._form), None)
        if form is None:
            files = self._files(case)
            sizes = "\n".join(f"{len(data):>9}  {name}" for name, data in files.items())
            return f"{sizes}\n\n{files['manifest.json'].decode()}"
        secrets = tuple(self._desk.secrets())
        return exported(
            case, form, self._audience, self._speech, self._desk.to_json, masked=self._masked, secrets=secrets
        )

    def _files(self, case: Case) -> Mapping[str, bytes]:
        from postback_wizard.report.bundle import bundle

        secrets = tuple(self._desk.secrets())
        return bundle(case, self._speech, self._audience, self._desk.to_json, masked=self._masked, secrets=secrets)

    # -- where it goes ------------------------------------------------------------------------------------------

    async def _write(self, case: Case) -> Path | None:
        """Save it; None, with a word about it, where that failed or would have let a secret out."""
        from postback_wizard.report.forms import ENDINGS
        from postback_wizard.report.unmasked import marked_name

        name = f"{case.id}-{self._audience}-{self._speech}.{ENDINGS[self._form]}"
        name = name if self._masked else marked_name(name)
        try:
            if self._form == "bundle" and self._desk.write_bundle is not None:
                files = await asyncio.to_thread(self._files, case)
                return await asyncio.to_thread(self._desk.write_bundle, name, files)
            text = await asyncio.to_thread(self._text, case)
            return await asyncio.to_thread(self._desk.write_report, name, text)
        except ReportLeak as leak:
            self._say(words.REPORT_LEAK, leak.say(self._app.lang))
        except DeskError as error:
            self._app.complain(error)
        return None

    async def _save(self, case: Case) -> None:
        path = await self._write(case)
        if path is not None:
            self._app.notify(words.SAVED_TO.say(self._app.lang, path=path), markup=False, timeout=8)

    async def _copy(self, case: Case) -> None:
        try:
            text = await asyncio.to_thread(self._text, case)
        except ReportLeak as leak:
            self._say(words.REPORT_LEAK, leak.say(self._app.lang))
            return
        how = await asyncio.to_thread(self._desk.copy, text)
        if how:
            self._app.notify(words.COPIED.say(self._app.lang, how=how), markup=False)
        elif len(text.encode("utf-8", "replace")) <= OSC_52:
            self._app.copy_to_clipboard(text)
            self._app.notify(words.COPIED_TERMINAL.say(self._app.lang), markup=False)
        else:
            path = await self._write(case)
            if path is not None:
                self._app.notify(TOO_LONG.say(self._app.lang, path=path), markup=False, timeout=10)

    async def _read(self, case: Case) -> None:
        """Save it and hand the terminal to the user's editor or pager until that is closed."""
        path = await self._write(case)
        if path is None:
            return
        how = ""
        try:
            with self._app.suspend():
                how = self._desk.read_in(path)
        except SuspendNotSupported:
            how = ""
        said = (OPENED if how else NOT_OPENED).say(self._app.lang, how=how, path=path)
        self._app.notify(said, markup=False, timeout=8)

    async def _tell(self, case: Case) -> None:
        """What is missing and where to get it, and what was masked."""
        from postback_wizard.report.about import about_lines

        lang, secrets = self._app.lang, tuple(self._desk.secrets())
        lines = await asyncio.to_thread(lambda: [*about_lines(case, self._speech, self._audience, lang, secrets)])
        await self._app.push_screen(Reading(INFO.say(lang), "\n".join(lines), lang))

    def _say(self, text: Text, more: str) -> None:
        said = f"{text.say(self._app.lang)} {more}"
        self._app.notify(said, severity="warning", markup=False, timeout=10)

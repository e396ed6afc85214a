"""Every key of the wizard, once. Function keys and Esc, because text fields keep the rest for themselves."""

from dataclasses import dataclass

from textual.binding import Binding

from postback_wizard.domain.text import Text


@dataclass(frozen=True, slots=True)
class Key:
    """A key, the action it starts, and its word in the key bar."""

    key: str
    action: str
    word: Text

    @property
    def cap(self) -> str:
        """The key as printed on keyboards."""
        return {"escape": "Esc", "enter": "Enter", "ctrl+q": "^Q"}.get(self.key, self.key.upper())

    def binding(self) -> Binding:
        """For a screen's BINDINGS: works while a text field has the focus."""
        return Binding(self.key, self.action, show=False, priority=self.key != "enter")


HELP = Key("f1", "help", Text(en="Help", ru="Помощь"))
MORE = Key("f2", "more", Text(en="More", ru="Ещё"))
ALLOW = Key("f3", "allow", Text(en="Allow", ru="Разрешить"))
PLATFORM = Key("f3", "platform", Text(en="Platform", ru="Платформа"))
PROBE = Key("f3", "allow", Text(en="Blocked?", ru="Блок?"))
SECRET = Key("f3", "allow", Text(en="Secret", ru="Секрет"))
ONWARD = Key("f3", "allow", Text(en="Go on", ru="Пройти"))
BUILD = Key("f3", "allow", Text(en="Build", ru="Собрать"))
LEDGER = Key("f4", "ledger", Text(en="IDs", ru="ID"))
RUN = Key("f5", "run", Text(en="Run", ru="Пуск"))
SEND = Key("f6", "send", Text(en="Send", ru="Слать"))
VARIANTS = Key("f6", "send", Text(en="Variants", ru="Ветки"))
REPAIR = Key("f6", "send", Text(en="Repair", ru="Правка"))
DIFFERENCES = Key("f6", "send", Text(en="Differences", ru="Отличия"))
BACK = Key("f7", "previous", Text(en="Back", ru="Назад"))
NEXT = Key("f8", "next", Text(en="Next", ru="Далее"))
REPORT = Key("f9", "report", Text(en="Report", ru="Отчёт"))
COLUMNS = Key("f11", "columns", Text(en="Columns", ru="Столбцы"))
KNOWN = Key("f12", "known", Text(en="Info", ru="Инфо"))
ESCAPE = Key("escape", "leave", Text(en="Home", ru="Домой"))
RETURN = Key("escape", "leave", Text(en="Back", ru="Назад"))
CLOSE = Key("escape", "leave", Text(en="Close", ru="Закрыть"))
RECEIVE = Key("f10", "receive", Text(en="Catch", ru="Поймать"))
KEEP = Key("f2", "keep", Text(en="Keep as the live request", ru="Взять как живой запрос"))
QUIT = Key("ctrl+q", "app.quit_wizard", Text(en="Quit", ru="Выход"))

AGAIN = Key("f5", "again", Text(en="Again", ru="Ещё раз"))
SAVE = Key("f2", "save", Text(en="Save", ru="Сохранить"))
COPY = Key("f3", "copy", Text(en="Copy", ru="Копировать"))
UNMASK = Key("f2", "unmask", Text(en="Secrets", ru="Секреты"))
APPLY = Key("f2", "apply", Text(en="Apply", ru="Применить"))
UNDO = Key("f4", "undo", Text(en="Put back", ru="Вернуть"))
COPY_TEXT = Key("f3", "copy", Text(en="Copy", ru="Копия"))
OTHER_LINK = Key("f6", "other", Text(en="Offer link", ru="Ссылка"))
OTHER_TEMPLATE = Key("f6", "other", Text(en="Template", ru="Шаблон"))
TRY = Key("f5", "try", Text(en="Replay it", ru="Повторить"))
FORM = Key("f4", "form", Text(en="Form", ru="Вид"))
SPEECH = Key("f5", "speech", Text(en="Lang", ru="Язык"))
AUDIENCE = Key("f6", "audience", Text(en="Reader", ru="Кому"))
READ = Key("f9", "read", Text(en="Open", ru="Открыть"))
LACKING = Key("f12", "lacking", Text(en="Info", ru="Инфо"))
CONCLUDE = Key("f2", "conclude", Text(en="Close the case", ru="Закрыть случай"))
RERUN = Key("f6", "rerun", Text(en="Run again", ru="Проверить снова"))
FIXED = Key("f8", "fixed", Text(en="Fixed?", ru="Исправлено?"))
ANSWER = Key("f8", "answer", Text(en="My diagnosis", ru="Диагноз"))

OPEN = Key("enter", "open", Text(en="Open", ru="Открыть"))
SEARCH = Key("f3", "search", Text(en="Search", ru="Поиск"))
KEEP_CLOSED = Key("f2", "save_closed", Text(en="Save closed cases", ru="Сохранить закрытые случаи"))
RELATED = Key("f2", "related", Text(en="Leads to", ru="Связи"))
WHOSE = Key("f2", "whose", Text(en="Owner", ru="Чей это"))
KIND = Key("f2", "kind", Text(en="Class", ru="Класс"))
NARROW = Key("f3", "narrow", Text(en="Filter", ru="Фильтр"))
EVERYTHING = Key("f4", "everything", Text(en="All", ru="Все"))
SAVE_LIST = Key("f5", "save_list", Text(en="Save CSV", ru="В CSV"))
BACKFILL = Key("f6", "backfill", Text(en="Backfill", ru="Дозагрузка"))
WRITE = Key("f2", "write", Text(en="Write the file", ru="Записать файл"))

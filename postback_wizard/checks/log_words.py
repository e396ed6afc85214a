"""What is wrong with a log, in words: why it cannot be read and what to do, and why a row was left out."""

from collections.abc import Mapping
from typing import Literal

from postback_wizard.domain.text import Text

#: By LogSource.problem: what is wrong, and what to do.
PROBLEMS: Mapping[str, tuple[Text, Text]] = {
    "missing": (
        Text(en="there is no such file", ru="такого файла нет"),
        Text(
            en="Check the path: a relative one counts from the folder the program was started in.",
            ru="Проверьте путь: относительный отсчитывается от папки, из которой запущена программа.",
        ),
    ),
    "folder": (
        Text(en="the folder has no files in it", ru="в этой папке нет файлов"),
        Text(en="Name a file, or the folder that holds the exports.", ru="Укажите файл или папку, где лежат выгрузки."),
    ),
    "too-many-files": (
        Text(en="the folder has more than 1,000 files", ru="в папке больше 1000 файлов"),
        Text(
            en="Put the exports of this case into a folder of their own and name that.",
            ru="Сложите выгрузки этого случая в отдельную папку и укажите её.",
        ),
    ),
    "no-permission": (
        Text(en="you may not read it", ru="нет прав на чтение"),
        Text(
            en="Copy the file to a folder of yours, or change its permissions.",
            ru="Скопируйте файл в свою папку или измените права доступа.",
        ),
    ),
    "empty": (
        Text(en="there is nothing in it", ru="он пуст"),
        Text(
            en="Export it again; check that the report's filter and dates leave any rows.",
            ru="Выгрузите его заново; проверьте, остаются ли строки при заданных в отчёте фильтре и датах.",
        ),
    ),
    "cut-short": (
        Text(en="the gzip archive breaks off before its first row", ru="архив gzip обрывается до первой строки"),
        Text(en="Download the archive again, in full.", ru="Скачайте архив заново целиком."),
    ),
    "archive": (
        Text(en="the archive is damaged or locked", ru="архив повреждён или закрыт паролем"),
        Text(
            en="Download it again, or unpack it yourself and name the file inside.",
            ru="Скачайте его заново или распакуйте сами и укажите файл изнутри.",
        ),
    ),
    "locked": (
        Text(en="the workbook is locked by a password", ru="книга закрыта паролем"),
        Text(en="Save it without the password, or as CSV.", ru="Сохраните её без пароля или в CSV."),
    ),
    "too-large": (
        Text(en="it is larger than can be unpacked here", ru="он слишком велик для распаковки"),
        Text(en="Export a shorter period, or unpack it yourself.", ru="Выгрузите меньший период или распакуйте сами."),
    ),
    "not-a-log": (
        Text(
            en="it is no table, whatever its name says: a page, a document or a damaged file",
            ru="это не таблица, что бы ни говорило имя: страница, документ или повреждённый файл",
        ),
        Text(
            en="Open it and look: a sign-in page saved in place of the export is usual. Export again as CSV.",
            ru="Откройте и посмотрите: часто вместо выгрузки сохранена страница входа. Выгрузите заново в CSV.",
        ),
    ),
    "no-common-key": (
        Text(en="it has no ID in common with the other file", ru="в нём и во втором файле нет общего ID"),
        Text(
            en="Export both with the click ID or the order number; F11 says which column holds it.",
            ru="Выгрузите оба файла с click ID или номером заказа; клавишей F11 можно указать столбец.",
        ),
    ),
    "unreadable": (
        Text(en="its content cannot be read", ru="содержимое не читается"),
        Text(
            en="Export it again as CSV or as one JSON object a line.",
            ru="Выгрузите его заново в CSV или по одному объекту JSON в строке.",
        ),
    ),
}

#: By LogReject.reason.
REASONS: Mapping[str, Text] = {
    "too-few": Text(en="too few columns", ru="не хватает столбцов"),
    "too-many": Text(en="too many columns", ru="лишние столбцы"),
    "quotes": Text(en="a stray or unclosed quote", ru="лишняя или незакрытая кавычка"),
    "too-long": Text(en="a line over 4 MB", ru="строка длиннее 4 МБ"),
    "encoding": Text(en="bytes that are no text", ru="байты, которые не складываются в текст"),
    "no-json": Text(en="no JSON object", ru="не объект JSON"),
    "no-request": Text(en="no request of a web server", ru="не запрос веб-сервера"),
    "cut-short": Text(en="the archive breaks off here", ru="здесь архив обрывается"),
    "text": Text(en="text that cannot be read", ru="текст не читается"),
}


class CodeText(Text):
    """A message whose value ``name`` holds a code that is said as the words ``of`` that code."""

    __slots__ = ("name", "of")

    def __init__(self, en: str, ru: str, name: Literal["problem", "reason"], of: Mapping[str, Text]) -> None:
        super().__init__(en, ru)
        self.name = name
        self.of = of

    def codes(self) -> frozenset[str]:
        """The values that are codes of ours."""
        return frozenset((self.name,))

    def say(self, lang: str, values: Mapping[str, object] | None = None, /, **more: object) -> str:
        """The message in ``lang`` ("en" or "ru"); a code nobody knows stands as it is."""
        given = {**(values or {}), **more}
        words = self.of.get(str(given.get(self.name, "")))
        return super().say(lang, {**given, self.name: words} if words else given)


def problem_words(code: str) -> Text:
    """Why a log cannot be read, in words."""
    return PROBLEMS.get(code, PROBLEMS["unreadable"])[0]

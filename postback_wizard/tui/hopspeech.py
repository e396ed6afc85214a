"""The words of the hop view."""

from collections.abc import Mapping

from postback_wizard.domain.hopdiff import Fate
from postback_wizard.domain.text import Text

CARRIES = Text(en="IDs: {names}", ru="ID: {names}")
NO_IDS = Text(en="no IDs", ru="ID нет")
AT_ONE_GLANCE: Mapping[Fate, Text] = {
    "lost": Text(en="lost: {names}", ru="потеряно: {names}"),
    "changed": Text(en="changed: {names}", ru="изменено: {names}"),
    "renamed": Text(en="renamed: {names}", ru="переименовано: {names}"),
    "moved": Text(en="moved: {names}", ru="перенесено: {names}"),
}
COUNTED: Mapping[Fate, Text] = {
    "kept": Text(en="kept {n}", ru="сохранено {n}"),
    "added": Text(en="added {n}", ru="добавлено {n}"),
}
REORDERED = Text(en="order changed", ru="порядок изменён")
COOKIES_COUNTED = Text(en="{n:cookie|cookies}", ru="{n:cookie|cookie|cookie}")

OWNER = Text(en="Owner: {owner}.{why}", ru="Чей переход: {owner}.{why}")
PEER = Text(en="Answered by {peer}", ru="Ответил {peer}")
NEXT = Text(en="Sends the visitor on to {url}", ru="Отправляет посетителя на {url}")
LAST = Text(en="The chain ends here. Its parameters:", ru="Цепочка заканчивается здесь. Параметры:")
PARAMETERS = Text(en="What became of the parameters", ru="Что стало с параметрами")
NO_PARAMETERS = Text(en="There are no parameters, neither here nor there.", ru="Параметров нет ни здесь, ни там.")
NOTES = Text(en="Worth knowing", ru="Стоит знать")
COOKIES = Text(en="Cookies set", ru="Установленные cookie")
EMPTY = Text(en="(empty)", ru="(пусто)")
MORE = Text(en="… and {n} more", ru="… и ещё {n}")
EXACT = Text(en="The exact request and answer", ru="Точный запрос и ответ")

HOP = Text(en="Hop {n}: {host}", ru="Переход {n}: {host}")
WHOSE = Text(en="Whose is {host}?", ru="Чей хост {host}?")
WHOSE_HINT = Text(
    en="Your answer counts for this host in every case. Type to search, or type a name of your own.",
    ru="Ответ запомнится для этого хоста во всех случаях. Начните вводить название: ищите в списке или задайте своё.",
)
FORGET = Text(en="Forget what was set; guess again", ru="Забыть указанное и гадать заново")
FORGOTTEN = Text(en="Forgotten: {host} is guessed again.", ru="Забыто: владелец {host} снова определяется сам.")
REMEMBERED = Text(en="Remembered for {host}: {owner}.", ru="Запомнено для {host}: {owner}.")

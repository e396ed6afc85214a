"""The words of a template taken apart."""

from collections.abc import Mapping

from postback_wizard.domain.aligned import How
from postback_wizard.domain.text import Text

MEANT = Text(en="template", ru="шаблон")
LEFT = Text(en="live request", ru="живой запрос")
MISSING = Text(en="(not there)", ru="(нет)")
EMPTY = Text(en="(empty)", ru="(пусто)")
#: Heads of the whole texts, above the parameters.
WHOLE_TEMPLATE = Text(en="Template", ru="Шаблон")
WHOLE_LIVE = Text(en="Live request", ru="Живой запрос")
FILLED = Text(
    en="fill rate: {filled} of {total:macro|macros}", ru="заполнено: {filled} из {total:макроса|макросов|макросов}"
)
MACROS = Text(en="{total:macro|macros}, nothing sent yet", ru="{total:макрос|макроса|макросов}, ещё не отправлялось")
HOST = Text(en="{host}, {n:parameter|parameters}", ru="{host}, {n:параметр|параметра|параметров}")

FATES: Mapping[How, Text] = {
    "kept": Text(en="left as saved", ru="ушло как сохранено"),
    "filled": Text(en="filled", ru="заполнено"),
    "empty": Text(en="became empty", ru="стало пустым"),
    "literal": Text(en="the macro itself was sent", ru="ушёл сам макрос"),
    "changed": Text(en="another value", ru="другое значение"),
    "renamed": Text(en="sent as {name}", ru="ушло как {name}"),
    "missing": Text(en="not sent", ru="не ушло"),
    "extra": Text(en="not in the template", ru="нет в шаблоне"),
    "swapped": Text(en="the value of {other}", ru="значение {other}"),
}

MEANINGS: Mapping[str, Text] = {
    "click_id": Text(en="click ID", ru="click ID"),
    "payout": Text(en="payout", ru="выплата"),
    "currency": Text(en="currency", ru="валюта"),
    "status": Text(en="status", ru="статус"),
    "transaction_id": Text(en="transaction ID", ru="ID транзакции"),
    "goal": Text(en="goal", ru="цель"),
}
SOURCES: Mapping[str, Text] = {
    "click": Text(en="from the click", ru="из клика"),
    "conversion": Text(en="from the conversion", ru="из конверсии"),
    "account": Text(en="from the account's settings", ru="из настроек аккаунта"),
    "": Text(en="where from is not known", ru="откуда, неизвестно"),
}
OF = Text(en="macro of {owner}", ru="макрос {owner}")
OF_NOBODY = Text(en="macro of nobody known here", ru="макрос ни одной из известных платформ")
NOT_OF_SENDER = Text(en="not among the macros known of {sender}", ru="среди известных макросов {sender} такого нет")
FIXED = Text(en="fixed value", ru="постоянное значение")
HAS = Text(en="this case has it: {value}", ru="у этого случая: {value}")
HAS_NOT = Text(en="this case has no such value", ru="у этого случая такого значения нет")
READS = Text(en="{receiver} reads {meaning}", ru="{receiver} читает {meaning}")
READS_NAME = Text(en="{receiver} reads this name", ru="{receiver} читает это имя")
READS_NOT = Text(en="{receiver} is not known to read this name", ru="{receiver}, по документации, это имя не читает")

DIALECT = Text(en="Macro {macro}, spelling {dialect}", ru="Макрос {macro}, написание {dialect}")
OWNERS = Text(en="Platforms that have it: {owners}", ru="У каких платформ есть: {owners}")
READING = Text(
    en="The receiver decodes: {form} (as a form), {strict} (strictly)",
    ru="Получатель прочитает: {form} (как форму), {strict} (строго)",
)
ROUND_TRIP = Text(
    en="Round trip of sample values (sender encodes | sender does not):",
    ru="Пробные значения туда и обратно (отправитель кодирует | не кодирует):",
)
ARRIVES = Text(en="arrives", ru="дойдёт")
ARRIVES_AS = Text(en="form {form}, strict {strict}", ru="форма {form}, строго {strict}")
AT = Text(en="Characters {start}–{end}", ru="Символы {start}–{end}")
F6 = Text(en="F6: a corrected template, {n:change|changes}", ru="F6: исправленный шаблон, {n:правка|правки|правок}")

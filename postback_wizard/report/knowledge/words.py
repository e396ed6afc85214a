"""What the parts of the knowledge base are called, in both languages."""

from postback_wizard.domain.text import Text

FIX = Text(en="What to do", ru="Что сделать")
WHY = Text(en="Why it matters", ru="Почему это важно")
OWNER = Text(en="Who mends it", ru="Кто исправляет")
SURE = Text(en="How sure", ru="Насколько точно")
SETTLE = Text(en="What would make it certain", ru="Что даст уверенность")
CODE = Text(en="Code", ru="Код")
EXAMPLE = Text(en="Example", ru="Пример")
SAID = Text(en="What is said about it", ru="Что об этом будет сказано")
SOURCES = Text(en="Sources", ru="Источники")
WEAK = Text(en="Weaker sources: blogs, forums, mirrors", ru="Источники послабее: блоги, форумы, зеркала")
KIND = Text(en="{level}; {confidence}", ru="{level}; {confidence}")
OR = Text(en=" or ", ru=" или ")
UNCHECKED = Text(en="No check looks for it yet.", ru="Отдельной проверки пока нет.")
MESSAGES = Text(en="What platforms say when it happens", ru="Что говорят платформы, когда это случается")
QUOTE = Text(en='{platform}: "{said}"', ru="{platform}: «{said}»")

LAYERS = {
    "click": Text(en="1. Click", ru="1. Клик"),
    "event": Text(en="2. Event", ru="2. Событие"),
    "callback": Text(en="3. Callback and its answer", ru="3. Постбек и ответ на него"),
    "template": Text(en="4. Template", ru="4. Шаблон"),
    "upload": Text(en="5. Uploads to ad platforms", ru="5. Выгрузки в рекламные платформы"),
    "reconciliation": Text(en="Comparing two reports", ru="Сверка двух отчётов"),
    "organisation": Text(en="Working with partners", ru="Работа с партнёрами"),
    "": Text(en="The program itself", ru="Сама программа"),
}

DIRECTION = Text(en="Where it stands", ru="Где встречается")
SENDS = Text(
    en="{platform} sends it: it puts its own value in the macro's place ({meaning}).",
    ru="{platform} отправляет его: подставляет на место макроса своё значение ({meaning}).",
)
SENDS_UNKNOWN = Text(
    en="{platform} sends it: it puts its own value in the macro's place. What it stands for was not noted.",
    ru="{platform} отправляет его: подставляет на место макроса своё значение. Что именно, не записано.",
)
ACCEPTS = {
    "required": Text(
        en="{platform} accepts it: its postback address cannot do without this parameter.",
        ru="{platform} принимает его: без этого параметра адрес постбека не обойдётся.",
    ),
    "accepted": Text(
        en="{platform} accepts it: the parameter stands in its postback address.",
        ru="{platform} принимает его: параметр есть в адресе постбека.",
    ),
    "link": Text(
        en="{platform} accepts it in links: a click carries it.",
        ru="{platform} принимает его в ссылках: его несёт клик.",
    ),
    "added": Text(
        en="{platform} puts it on its links as its click ID.",
        ru="{platform} добавляет его в ссылки как click ID.",
    ),
    "chosen": Text(
        en="Templates for {platform} use it for the click ID; the name is the advertiser's choice.",
        ru="В шаблонах для {platform} в нём передают click ID; имя выбирает рекламодатель.",
    ),
    "uploaded": Text(
        en="{platform} knows the click by it when a conversion is uploaded.",
        ru="По нему {platform} узнаёт клик при выгрузке конверсии.",
    ),
}
#: The same in a list, where the name stands before it.
BRIEFS = {
    "sends": Text(en="{platform} sends it: {meaning}", ru="{platform} отправляет: {meaning}"),
    "required": Text(en="{platform} accepts it: required", ru="{platform} принимает: обязателен"),
    "accepted": Text(en="{platform} accepts it", ru="{platform} принимает"),
    "link": Text(en="{platform} accepts it in links", ru="{platform} принимает в ссылках"),
    "added": Text(en="{platform} puts it on its links: click ID", ru="{platform} добавляет в ссылки: click ID"),
    "chosen": Text(en="usual for {platform}: click ID", ru="обычен для {platform}: click ID"),
    "uploaded": Text(en="{platform} uploads: click ID", ru="{platform}, выгрузка конверсий: click ID"),
}
SAME_NAME = Text(en="The same name elsewhere", ru="То же имя у других")

MEANS = Text(en="What it means", ru="Что это значит")
NOT_KNOWN = Text(en="What it means was not documented.", ru="Что это значит, не описано.")
MODES = Text(en="Failure mode", ru="Вид поломки")
ONE_OF = Text(
    en="One of these failure modes; the words alone do not tell which", ru="Один из видов поломки; по словам не решить"
)
DECIDES = Text(en="How to tell them apart", ru="Как различить")
NOTE = Text(en="Note", ru="Примечание")
OTHER_WORDS = Text(en="Said for the same reason", ru="По той же причине говорит и")
COUNTS = Text(en="Where it counts", ru="Где учитывается")
PLACES = {
    "anywhere": Text(en="Anywhere in an answer or a log.", ru="Где угодно в ответе или логе."),
    "field": Text(
        en="Where it fills a whole field, or where the platform is known.",
        ru="Когда занимает поле целиком или когда платформа известна.",
    ),
    "known": Text(en="Only where the platform is known.", ru="Только когда платформа известна."),
    "known-field": Text(
        en="Only where the platform is known and it fills a whole field.",
        ru="Только когда платформа известна и слова занимают поле целиком.",
    ),
}
HEADER = Text(en="It is the name of a response header.", ru="Это имя заголовка ответа.")
STATUS = Text(en="It is an HTTP status.", ru="Это HTTP-статус.")

CONCERNS = Text(en="Platforms it concerns", ru="О каких платформах речь")
NO_PLATFORM = Text(
    en="None is known yet: neither the finding nor the case names one.",
    ru="Пока неизвестно: ни вывод, ни случай их не называют.",
)
PLATFORM = Text(en="{name} ({id}): {kind}", ru="{name} ({id}): {kind}")
MODE = Text(en="{mode}: {title}", ru="{mode}: {title}")
MODE_FIX = Text(en="What to do: {fix}", ru="Что сделать: {fix}")
MODE_OWNER = Text(en="Who mends it: {owners}", ru="Кто исправляет: {owners}")

OWN_FILES = Text(en="Platform files of your own that were left out", ru="Ваши файлы платформ, которые пропущены")
OWN_FILE = Text(en="a platform file of your own was left out", ru="ваш файл платформы пропущен")
FILE = Text(en="File: {file}", ru="Файл: {file}")
LINE = Text(en="Line: {line}", ru="Строка: {line}")
KEY = Text(en="Key: {key}", ru="Ключ: {key}")
REASON = Text(en="Reason: {reason}", ru="Причина: {reason}")
CHECK_FILE = Text(
    en="Everything else was loaded. Check the file once it is mended: postback-wizard platforms --check FILE",
    ru="Всё остальное загружено. Проверить исправленный файл: postback-wizard platforms --check ФАЙЛ",
)
NO_FAULTS = Text(en="All files of your own are in order.", ru="Все ваши файлы в порядке.")

COUNTED = Text(
    en="{platforms:platform|platforms}, {uploads:conversion API|conversion APIs}, {macros:macro|macros}, "
    "{params:parameter|parameters}, {messages:message|messages}, {codes:failure mode or finding|failure modes and "
    "findings}",
    ru="{platforms:платформа|платформы|платформ}, {uploads:API|API|API} конверсий, {macros:макрос|макроса|макросов}, "
    "{params:параметр|параметра|параметров}, {messages:сообщение|сообщения|сообщений}, виды поломок и выводы: {codes}",
)

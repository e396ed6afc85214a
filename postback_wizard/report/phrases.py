"""The report's own words."""

from postback_wizard.domain.case import StepId
from postback_wizard.domain.finding import Owner
from postback_wizard.domain.text import Text
from postback_wizard.steps.words import OWNERS

TITLE = Text(en="Postback case {name}", ru="Случай с постбеком {name}")
VERDICT = Text(en="Verdict: {verdict}.", ru="Итог: {verdict}.")
LAYER = Text(
    en="Layer: {step}. Owner: {owner}. How sure: {sure}.",
    ru="Слой: {step}. Кто чинит: {owner}. Насколько уверенно: {sure}.",
)
NEXT_ACTION = Text(en="Next action", ru="Что сделать")
ACTION_OF = Text(en="Owner: {owner}.", ru="Кто делает: {owner}.")
SETTLE = Text(en="What would make it certain: {what}", ru="Что даст уверенность: {what}")

#: In a report "you" would be its reader.
READER_OWNERS = {**OWNERS, Owner.YOU: Text(en="the author of this report", ru="автор этого отчёта")}

COST = Text(en="What it costs", ru="Чего это стоит")
COST_UNKNOWN = Text(
    en="Unknown: one conversion was looked at. How many others are lost has to be counted in the logs of both sides.",
    ru="Неизвестно: разобрана одна конверсия. Сколько ещё потеряно, нужно посчитать по логам обеих сторон.",
)

CONVERSION = Text(en="The conversion", ru="Конверсия")
PARTY, KIND, VALUE, ORIGIN = (
    Text(en="Party", ru="Сторона"),
    Text(en="What", ru="Что"),
    Text(en="Value", ru="Значение"),
    Text(en="Known from", ru="Откуда известно"),
)
PARTIES = {
    "source": Text(en="traffic source", ru="источник трафика"),
    "tracker": Text(en="tracker", ru="трекер"),
    "network": Text(en="network", ru="партнёрская сеть"),
    "ad_platform": Text(en="ad platform", ru="рекламная платформа"),
    "sender": Text(en="sender of the postback", ru="отправитель постбека"),
    "receiver": Text(en="receiver of the postback", ru="получатель постбека"),
    "all": Text(en="every party", ru="все стороны"),
}
NAMES = {
    "id": Text(en="platform", ru="платформа"),
    "click_id": Text(en="click ID", ru="click ID"),
    "transaction_id": Text(en="conversion ID", ru="ID конверсии"),
    "ad_click_id": Text(en="ad click ID", ru="рекламный click ID"),
    "offer": Text(en="offer", ru="оффер"),
    "goal": Text(en="goal", ru="цель"),
    "status": Text(en="status", ru="статус"),
    "payout": Text(en="payout", ru="выплата"),
    "currency": Text(en="currency", ru="валюта"),
    "dataset_id": Text(en="dataset", ru="набор данных"),
}

TIMELINE = Text(en="Timeline (UTC)", ru="Хронология (UTC)")
WHEN, WHAT, AS_WRITTEN = (
    Text(en="UTC", ru="UTC"),
    Text(en="What happened", ru="Что произошло"),
    Text(en="As written", ru="Как записано"),
)
HAPPENED = {
    "click_time": Text(en="click", ru="клик"),
    "click_time:hint": Text(en="click, as its ID says (a hint)", ru="клик, судя по его ID (намёк)"),
    "conversion_time": Text(en="conversion", ru="конверсия"),
    "attempt_time": Text(en="postback attempt", ru="попытка постбека"),
    "hop": Text(en="{place} of the traced click", ru="{place} при проходе по клику"),
    "row": Text(en="{place}, row {row}", ru="{place}, строка {row}"),
    "row-said": Text(en="{place}, row {row}: {said}", ru="{place}, строка {row}: {said}"),
    "missing": Text(en="{place}: not there", ru="{place}: нет"),
    "event-time": Text(
        en="conversion, as the event for the ad platform says", ru="конверсия, по событию для рекламной платформы"
    ),
    "replay": Text(en="postback sent again", ru="постбек отправлен повторно"),
    "upload": Text(en="test event sent", ru="тестовое событие отправлено"),
}
NO_ZONE = Text(en="(no zone, taken as UTC)", ru="(пояс не указан, принят UTC)")
NO_TIMES = Text(en="No times are known.", ru="Времена неизвестны.")
UNREADABLE_TIME = Text(en="not a time", ru="не время")

LEDGER = Text(en="Where each value was seen", ru="Где встретилось каждое значение")
FIRST_BREAK = Text(en="{name}: first lost or changed at {place}.", ru="{name}: впервые потеряно или изменено: {place}.")
MISSING = Text(en="missing", ru="нет")
NO_LEDGER = Text(en="No identifier was seen anywhere.", ru="Ни один идентификатор нигде не встретился.")
PLACE = Text(en="Place", ru="Место")

FINDINGS = Text(en="Findings", ru="Выводы")
NO_FINDINGS = Text(en="Nothing to report.", ru="Сообщать не о чем.")
WHERE = Text(en="Where: {where}", ru="Где: {where}")
SURE = Text(en="How sure: {sure}", ru="Насколько уверенно: {sure}")
WHO = Text(en="Owner: {owner}", ru="Кто чинит: {owner}")
CODE = Text(en="Code: {code}", ru="Код: {code}")
SEEN = Text(en="Seen: {values}", ru="Видно: {values}")
SOURCES = Text(en="Sources: {sources}", ru="Источники: {sources}")

EXCHANGE = Text(en="Exact request and answer", ru="Точный запрос и ответ")
REQUEST_AT = Text(
    en="Request at {at} UTC ({name}), delivery: {delivery}", ru="Запрос {at} UTC ({name}), доставка: {delivery}"
)
DELIVERY = {
    "not-sent": Text(en="not sent", ru="не отправлен"),
    "sent": Text(en="sent, outcome unknown", ru="отправлен, исход неизвестен"),
    "answered": Text(en="answered", ru="получен ответ"),
}
ASKED_FROM = Text(
    en="It left from {egress} with the user agent {agent}.", ru="Запрос ушёл с {egress} с user agent {agent}."
)
ONE_BRANCH = Text(
    en="Visitors of another country or device may be sent elsewhere: one trace proves one branch only.",
    ru="Посетителей из другой страны или с другого устройства могут вести иначе: одна проверка доказывает одну ветку.",
)
ANSWER = Text(
    en="Answer from {peer} after {took} ms, outcome {outcome}:", ru="Ответ от {peer} через {took} мс, исход {outcome}:"
)
REQUEST_READ = Text(
    en="Request at an unknown time ({name}), delivery: {delivery}",
    ru="Запрос, время неизвестно ({name}), доставка: {delivery}",
)
ANSWER_READ = Text(en="Answer, outcome {outcome}:", ru="Ответ, исход {outcome}:")
NOT_ASKED = Text(
    en="The hops of the click were read from {what}; this program asked for none of them.",
    ru="Переходы клика прочитаны: {what}. Эта программа сама их не запрашивала.",
)
NO_ANSWER = Text(en="No answer was read, outcome {outcome}.", ru="Ответ не получен, исход {outcome}.")
THREE_VERDICTS = Text(
    en="Transport: {transport}. HTTP: {http}. The partner's own words: {business}.",
    ru="Транспорт: {transport}. HTTP: {http}. По словам партнёра: {business}.",
)
CUT = Text(
    en="The body was cut at {n:character|characters} here.", ru="Тело обрезано: показано {n:символ|символа|символов}."
)
AS_CURL = Text(en="The same request as a command for bash:", ru="Тот же запрос командой для bash:")
FROM_SENDER = Text(en="The request as the sender's log has it:", ru="Запрос, как он записан у отправителя:")
SENDER_ANSWER = Text(
    en="The answer in the sender's log, status {status}:", ru="Ответ в логе отправителя, статус {status}:"
)
NOTHING_SENT = Text(en="No request was sent or given.", ru="Запрос не отправлялся и не был дан.")
TO_FILL = Text(
    en="Values in square brackets were masked; put your own in before running it. It makes a real conversion.",
    ru="Значения в квадратных скобках скрыты; перед запуском подставьте свои. Команда создаёт настоящую конверсию.",
)
LOOKUP = Text(en="{kind} of {host}: {outcome}", ru="{kind} для {host}: {outcome}")

EXCLUDED = Text(en="What was excluded, and how", ru="Что исключено и как")
NOTHING_EXCLUDED = Text(en="Nothing could be excluded.", ru="Исключить ничего нельзя.")
HOW = {
    "http": Text(en="{n:request|requests} read", ru="прочитано: {n:запрос|запроса|запросов}"),
    "dns": Text(en="{n:name look-up|name look-ups}", ru="{n:запрос имени|запроса имени|запросов имени}"),
    "tls": Text(en="{n:TLS handshake|TLS handshakes}", ru="{n:TLS-рукопожатие|TLS-рукопожатия|TLS-рукопожатий}"),
    "logs": Text(en="{n:log row|log rows} of this conversion", ru="{n:строка|строки|строк} логов этой конверсии"),
    "compared": Text(
        en="{n:conversion|conversions} found in both logs",
        ru="{n:конверсия найдена|конверсии найдены|конверсий найдено} в обоих логах",
    ),
    "sign": Text(en="signature recomputed", ru="подпись пересчитана"),
    "har": Text(
        en="{n:recorded hop|recorded hops}", ru="{n:записанный переход|записанных перехода|записанных переходов}"
    ),
    "facts": Text(en="the facts compared with one another", ru="сверены сами данные"),
}

UNCHECKED = Text(en="What was not checked, and why", ru="Что не проверено и почему")
ALL_CHECKED = Text(en="Every step was checked.", ru="Проверены все шаги.")
NEVER_RUN = Text(en="never run", ru="шаг не выполнялся")
STALE = Text(en="facts changed after it ran", ru="данные изменились после проверки")

VERIFY = Text(en="How the fix will be verified", ru="Как проверить исправление")
VERIFY_STEP: dict[StepId | None, Text] = {
    "click": Text(
        en="One new click on the same link: every hop must hand the click ID on, and the last page must receive it.",
        ru="Один новый клик по той же ссылке: каждый переход передаёт click ID, и последняя страница его получает.",
    ),
    "event": Text(
        en="One test conversion: it must appear in the conversion log with this click ID and start a postback attempt.",
        ru="Одна тестовая конверсия: она появляется в логе с этим click ID и вызывает попытку постбека.",
    ),
    "template": Text(
        en="One test conversion after the change: in the request that leaves, every macro must be a value.",
        ru="Одна тестовая конверсия после правки: в ушедшем запросе вместо каждого макроса стоит значение.",
    ),
    "replay": Text(
        en="The same request once more: the receiver must say that it recorded it, and show it in its log.",
        ru="Тот же запрос ещё раз: получатель сообщает, что записал его, и конверсия есть в его логе.",
    ),
    "upload": Text(
        en="The same event as a test event: the ad platform's own test view must show it with its parameters.",
        ru="То же событие как тестовое: оно видно в тестовом разделе рекламной платформы со своими параметрами.",
    ),
    None: Text(
        en="One test conversion from click to partner's log, with this report written anew from it.",
        ru="Одна тестовая конверсия от клика до лога партнёра и новый отчёт по ней.",
    ),
}
VERIFY_SAME = Text(
    en="Then run the same check again; the finding {code} must be gone.",
    ru="Затем повторите ту же проверку; вывода {code} быть не должно.",
)

QUESTIONS = Text(en="Questions for the partner", ru="Вопросы партнёру")
ASK_CLICK = Text(
    en="Please send your log line for the click {click_id} at {at} UTC.",
    ru="Пришлите, пожалуйста, строку вашего лога по клику {click_id} за {at} UTC.",
)
ASK_CLICK_ANY = Text(
    en="Please send your log line for the click {click_id}.",
    ru="Пришлите, пожалуйста, строку вашего лога по клику {click_id}.",
)
ASK_PARAM = Text(
    en="In which field of yours does the value of {param} arrive, and what do you have there for this click?",
    ru="В какое ваше поле попадает значение параметра {param} и что там записано для этого клика?",
)
ASK_THEIRS = Text(
    en="What stands in your {theirs} for this conversion? It should be {click_id}.",
    ru="Что у вас записано в {theirs} по этой конверсии? Должно быть {click_id}.",
)
ASK_WHERE = Text(en="In {platform} this is shown here: {where}.", ru="В {platform} это видно здесь: {where}.")
ASK_ATTEMPT = Text(
    en="Did a request to {host} arrive at {at} UTC, and what did your system make of it?",
    ru="Пришёл ли запрос на {host} в {at} UTC и что с ним сделала ваша система?",
)
ASK_CONVERSION = Text(
    en="Which status does the conversion {transaction_id} have with you, and since when?",
    ru="Какой статус у конверсии {transaction_id} на вашей стороне и с какого времени?",
)
ASK_TEMPLATE = Text(
    en="Which postback template was saved at the time of the conversion, and when was it last changed?",
    ru="Какой шаблон постбека был сохранён в момент конверсии и когда его меняли в последний раз?",
)
ASK_SAID = Text(en="What exactly did you mean by: {said}", ru="Что именно означает ваше сообщение: {said}")
NO_QUESTIONS = Text(
    en="None: no click ID, conversion or request is known to ask about.",
    ru="Нет: неизвестны ни click ID, ни конверсия, ни запрос.",
)

MASKED = Text(en="What was masked", ru="Что скрыто")
NOTHING_MASKED = Text(en="Nothing had to be masked.", ru="Скрывать было нечего.")
UNMASKED = Text(
    en="Masking was switched off; only known secrets were taken out.",
    ru="Маскировка выключена; убраны только известные секреты.",
)
LABEL, TIMES_MASKED = Text(en="Label", ru="Метка"), Text(en="Times", ru="Сколько раз")
KINDS = {
    "email": Text(en="e-mail address", ru="адрес e-mail"),
    "phone": Text(en="phone number", ru="номер телефона"),
    "ip": Text(en="IP address", ru="IP-адрес"),
    "token": Text(en="token or key", ru="токен или ключ"),
    "signature": Text(en="signature", ru="подпись"),
    "secret": Text(en="secret", ru="секрет"),
    "password": Text(en="password", ru="пароль"),
    "cookie": Text(en="cookie", ru="cookie"),
    "personal": Text(en="personal data", ru="персональные данные"),
    "encoded": Text(en="encoded text with private data", ru="закодированный текст с личными данными"),
    "user": Text(en="user name and password", ru="имя и пароль"),
}

ALLOWED = Text(en="Addresses that are not public and were allowed", ru="Разрешённые непубличные адреса")
NONE_ALLOWED = Text(en="None.", ru="Нет.")
ABOUT = Text(en="About this report", ru="Об отчёте")
MADE_BY = Text(
    en="postback-wizard {version}, case schema {schema}, case {id}, opened {at}.",
    ru="postback-wizard {version}, схема случая {schema}, случай {id}, открыт {at}.",
)

NOTES = Text(en="Internal notes", ru="Внутренние заметки")
REPORTER = Text(en="Reported by: {reporter}", ru="Кто сообщил: {reporter}")
PARTNER_SAYS = Text(en="The partner says: {said}", ru="Партнёр пишет: {said}")
FILES = Text(en="File for {place}: {path}", ru="Файл «{place}»: {path}")

"""The interface's own words."""

from postback_wizard.domain.text import Text

TAGLINE = Text(
    en="Find out in five steps why a postback did not arrive, was refused, or was not counted.",
    ru="За пять шагов выясним, почему постбек не дошёл, был отклонён или не засчитан.",
)
NEW_CASE = Text(en="New case", ru="Новый случай")
NEW_CASE_WHY = Text(en="a conversion is missing, start at the click", ru="пропала конверсия, начнём с клика")
PRACTICE = Text(en="Practice", ru="Практика")
PRACTICE_WHY = Text(
    en="find a planted fault in a chain on this machine", ru="найдите поломку в цепочке на этом компьютере"
)
KNOWLEDGE = Text(en="Knowledge", ru="Справочник")
KNOWLEDGE_WHY = Text(
    en="look up platforms, macros, messages and failures", ru="платформы, макросы, сообщения, виды поломок"
)
LANGUAGE = Text(en="Язык: русский", ru="Language: English")
LANGUAGE_WHY = Text(en="switch to Russian", ru="переключить на английский")
THEME = Text(en="Theme", ru="Тема")
THEME_WHY = Text(en="light or dark", ru="светлая или тёмная")
QUIT = Text(en="Quit", ru="Выход")
RECENT = Text(en="Recent cases", ru="Недавние случаи")
NO_RECENT = Text(en="No cases yet.", ru="Случаев пока нет.")
UNTITLED = Text(en="untitled case", ru="случай без названия")
UNKNOWN_SEND = Text(
    en="Sent, outcome unknown: {method} {url} at {at}. Ask the partner before sending again. Enter: noted.",
    ru="Отправлено, исход неизвестен: {method} {url}, {at}. Спросите партнёра, прежде чем слать снова. Enter: учтено.",
)
OWN_FAULTS = Text(
    en="{n:platform file of your own has a fault|platform files of your own have faults}. Enter: show.",
    ru="{n:ваш файл платформы с ошибкой|ваших файла платформ с ошибками|ваших файлов платформ с ошибками}. "
    "Enter: показать.",
)
PICK_LESSON = Text(
    en="Pick a case. Everything runs on this machine and nothing leaves it.",
    ru="Выберите случай. Всё работает на этом компьютере, наружу ничего не уходит.",
)

READ_ONLY = Text(en="Read-only: another window has this case open", ru="Только чтение: случай открыт в другом окне")
FOLDED = Text(en="F2: {n:more field|more fields}", ru="F2: ещё {n:поле|поля|полей}")
UNFOLDED = Text(en="F2: fewer fields", ru="F2: меньше полей")
YES = Text(en="yes", ru="да")
NO = Text(en="no", ru="нет")
DONT_KNOW = Text(en="don't know", ru="не знаю")

WHY = Text(en="Why: {why}", ru="Зачем: {why}")
NOT_RUN = Text(
    en="Fill in what you have, then press F5.",
    ru="Заполните, что известно, и нажмите F5.",
)
READY = Text(en="This is enough to begin: press F5.", ru="Для начала этого хватит: нажмите F5.")
READY_TO_SEND = Text(
    en="The request is read as below. F5 checks it without sending it.",
    ru="Запрос прочитан так, как ниже. F5 проверит его, не отправляя.",
)
RUNNING = Text(en="Working… Esc stops. {what}", ru="Работаю… Esc остановит. {what}")
ASKING_HTTP = Text(en="Asking {url}", ru="Запрос к {url}")
ASKING_DNS = Text(en="Looking up {host}", ru="Ищу адрес {host}")
ASKING_TLS = Text(en="TLS handshake with {host}", ru="TLS-рукопожатие с {host}")
ASKING_LOGS = Text(en="Reading {n:log|logs}", ru="Читаю {n:лог|лога|логов}")
ASKING_HAR = Text(en="Reading the browser recording", ru="Читаю запись браузера")
STALE = Text(
    en="Facts have changed since this ran: press F5 again.", ru="С тех пор данные изменились: нажмите F5 ещё раз."
)
BREAKS_AT = Text(
    en="The cause lies in step {step}: {what} To act: {owner}.",
    ru="Причина на шаге {step}: {what} Действует: {owner}.",
)
NEXT_ACTION = Text(en="Do next", ru="Что делать")
ALL_CLEAR = Text(en="Nothing wrong was found here. F8: next step.", ru="Здесь всё в порядке. F8: следующий шаг.")
NOT_PROVEN = Text(en="Nothing is proven here yet: {reason}.", ru="Здесь пока ничего не доказано: {reason}.")
DRY = Text(
    en="Dry run: the request was built and judged, not sent. F6 sends it once.",
    ru="Пробный прогон: запрос собран и проверен, но не отправлен. F6 отправит его один раз.",
)
BLOCKED = Text(
    en="{host} is not a public address, so nothing was sent. F3 allows it for this case.",
    ru="{host}: адрес не публичный, поэтому ничего не отправлено. F3 разрешит его для этого случая.",
)
RECORDING_READ = Text(
    en="read from {what}, not asked by this program", ru="прочитано: {what}; программа сама ничего не запрашивала"
)
RECORDING_PAGE = Text(
    en="page {n}: {hops:hop|hops} to {host}", ru="страница {n}: {hops:переход|перехода|переходов} до {host}"
)
COMMAND_TITLE = Text(en="A command without its output", ru="Команда без вывода")
COMMAND_ONLY = Text(
    en="What was pasted is a command, and no answer stands below it. Take its URL as the click URL? {url}",
    ru="Вставлена команда, а ответа под ней нет. Взять её URL как URL клика? {url}",
)
COMMAND_YES = Text(en="Enter: take the URL", ru="Enter: взять URL")

FINDINGS = Text(en="Findings (Enter: explain)", ru="Выводы (Enter: пояснить)")
EVIDENCE = Text(en="Evidence (Enter: open)", ru="Данные (Enter: открыть)")
MENDS = Text(en="{owner} · {confidence}", ru="{owner} · {confidence}")

RAIL_REPORT = Text(en="Report", ru="Отчёт")
RAIL_RUNNING = Text(en="running", ru="идёт")
RAIL_STALE = Text(en="outdated", ru="устарело")
RAIL_OPEN = Text(en="open", ru="впереди")

STOPPED = Text(en="Stopped. What was learned so far is kept.", ru="Остановлено. Узнанное сохранено.")
SAVE_FAILED = Text(
    en="Not saved: {why}. Your work stays in memory.", ru="Не сохранено: {why}. Работа остаётся в памяти."
)
CRASHED = Text(
    en="postback_wizard stopped because of its own fault: {error}. Your case is saved up to the last step.",
    ru="postback_wizard остановился из-за собственной ошибки: {error}. Случай сохранён до последнего шага.",
)

CONFIRM_CLICK_TITLE = Text(en="This is a real click", ru="Это настоящий клик")
CONFIRM_CLICK = Text(
    en="Tracing asks {host} like a visitor would: trackers on the way will count a click. "
    "It shows one visitor's way only; other countries or devices may be sent elsewhere.",
    ru="Проход цепочки спросит {host} как обычный посетитель: трекеры по пути засчитают клик. "
    "Виден путь только одного посетителя: другие страны и устройства могут попасть не туда.",
)
CONFIRM_YES = Text(en="Enter: trace it", ru="Enter: пройти цепочку")
CONFIRM_NO = Text(en="Esc: do not", ru="Esc: не надо")
CONFIRM_SEND_TITLE = Text(en="This may create a real conversion", ru="Это может создать настоящую конверсию")
CONFIRM_SEND = Text(
    en="Exactly this request will be sent once, never again by itself:",
    ru="Ровно этот запрос уйдёт один раз, сам по себе он не повторится:",
)
CONFIRM_BEFORE = Text(
    en="Already sent from this machine: {times}. A repeat may count twice.",
    ru="Уже отправлялось с этого компьютера: {times}. Повтор могут засчитать дважды.",
)
CONFIRM_AFTER = Text(
    en="Afterwards ask the partner to delete the test conversion {id}.",
    ru="После этого попросите партнёра удалить тестовую конверсию {id}.",
)
CONFIRM_TYPE = Text(en="Type {host} to send:", ru="Введите {host}, чтобы отправить:")
CONFIRM_MISTYPED = Text(en="That is not {host}.", ru="Это не {host}.")
CONFIRM_ALLOW_TITLE = Text(en="Allow a private address", ru="Разрешить непубличный адрес")
CONFIRM_ALLOW = Text(
    en="{host} leads to {addresses}, which is not on the public internet. Allow it for this case? The report will "
    "say so.",
    ru="{host} ведёт на {addresses}, это не публичный интернет. Разрешить для этого случая? Это попадёт в отчёт.",
)
ALLOW_YES = Text(en="Enter: allow", ru="Enter: разрешить")
NOTHING_TO_SEND = Text(
    en="There is nothing to send yet. Fill in: {fields}.", ru="Отправлять пока нечего. Заполните: {fields}."
)
CANNOT_SEND = Text(
    en="This request cannot be sent; the findings say why.", ru="Этот запрос отправить нельзя; причина в выводах."
)
TOKEN_TITLE = Text(en="Access token", ru="Токен доступа")
TOKEN_ASK = Text(
    en="A test event needs the platform's access token. It stays in memory and reaches no file; "
    "POSTBACK_WIZARD_TOKEN in the environment saves typing.",
    ru="Для тестового события нужен токен доступа платформы. Он остаётся в памяти и не попадает ни в один файл; "
    "переменная окружения POSTBACK_WIZARD_TOKEN избавит от ввода.",
)
NOTHING_TO_ALLOW = Text(en="No address waits to be allowed.", ru="Нет адресов, ждущих разрешения.")
CHANGED_MEANWHILE = Text(
    en="The request changed after you confirmed it, so it was not sent.",
    ru="Запрос изменился после подтверждения, поэтому он не отправлен.",
)

LEDGER_TITLE = Text(en="Every identifier, every place", ru="Все идентификаторы по местам")
LEDGER_EMPTY = Text(en="No identifiers seen yet: run a step first.", ru="Идентификаторов пока нет: выполните шаг.")
LEDGER_MISSING = Text(en="— missing", ru="— нет")
LEDGER_BREAK = Text(en="← breaks here", ru="← обрыв здесь")
LEDGER_UNLOOKED = Text(en="not looked at: {places}", ru="не проверено: {places}")
LEDGER_WHOLE = Text(en="the same everywhere it was looked for", ru="одинаков везде, где искали")

REPORT_TITLE = Text(en="Report for {audience}", ru="Отчёт: {audience}")
REPORT_HINT = Text(
    en="This is exactly what leaves. {n:secret|secrets} masked.",
    ru="Именно это уйдёт наружу. Скрыто: {n:секрет|секрета|секретов}.",
)
REPORT_LEAK = Text(
    en="The report would contain a known secret, so it is not shown or saved.",
    ru="В отчёт попал бы известный секрет, поэтому он не показан и не сохранён.",
)
AUDIENCES = {
    "partner": Text(en="the partner", ru="для партнёра"),
    "internal": Text(en="the team", ru="для своей команды"),
    "client": Text(en="the client", ru="для клиента"),
}
SAVED_TO = Text(en="Saved to {path}", ru="Сохранено: {path}")
COPIED = Text(en="Copied by {how}", ru="Скопировано: {how}")
COPIED_TERMINAL = Text(
    en="Sent to the terminal's clipboard; some terminals refuse it. F2 saves a file.",
    ru="Передано в буфер терминала; некоторые терминалы это запрещают. F2 сохранит файл.",
)

PRACTICE_DIAGNOSIS = Text(en="What is wrong here?", ru="Что здесь сломано?")
PRACTICE_PICK = Text(
    en="Give your own diagnosis. Enter picks, Esc goes back to the evidence.",
    ru="Поставьте свой диагноз. Enter выбирает, Esc возвращает к данным.",
)
PRACTICE_RIGHT = Text(en="Right.", ru="Верно.")
PRACTICE_WRONG = Text(en="Not quite.", ru="Не совсем.")
PRACTICE_AGAIN = Text(en="Esc: the list of cases.", ru="Esc: к списку случаев.")
PRACTICE_RETRY = Text(en="Esc: look again, then give another answer.", ru="Esc: посмотрите ещё раз и ответьте снова.")
PRACTICE_SHELL = Text(
    en="The same case from a second terminal: postback-wizard check {path} --trace --send",
    ru="Тот же случай из второго терминала: postback-wizard check {path} --trace --send",
)
TRUNCATED = Text(en="… cut here; {n} characters in all", ru="… обрезано; всего символов: {n}")

CONFIRM_EDITED = Text(en="Changed since it was pasted (before → now):", ru="Изменено после вставки (было → стало):")
HELP_TITLE = Text(en="Help", ru="Помощь")
HELP_KEYS = Text(
    en="F5 runs the step, F8 goes on, F7 goes back. Tab and Shift+Tab move between fields and lists, Enter opens what "
    "is marked. F2 shows the rarer fields, F4 shows every identifier in every place, F6 sends a request once after "
    "you typed the host and in step 1 compares variants of the click, F9 writes the report. Esc stops a run, "
    "otherwise it goes home. Ctrl+Q leaves; everything is saved as you type.",
    ru="F5 выполняет шаг, F8 ведёт дальше, F7 назад. Tab и Shift+Tab переходят между полями и списками, Enter "
    "открывает выделенное. F2 показывает редкие поля, F4 показывает все идентификаторы по местам, F6 отправляет "
    "запрос один раз после ввода хоста, а на шаге 1 сравнивает варианты клика, F9 собирает отчёт. Esc останавливает "
    "выполнение, иначе ведёт домой. Ctrl+Q закрывает программу; всё сохраняется по мере ввода.",
)
HELP_KNOWN = Text(
    en="F12 on a finding shows what is known of its platforms, and what others say about the same trouble.",
    ru="F12 на выводе покажет, что известно о его платформах и что говорят о той же поломке другие.",
)
HELP_FIELDS = Text(en="Fields of this step", ru="Поля этого шага")

FINDING = Text(en="Finding", ru="Вывод")
NO_IDENTIFIERS = Text(en="no identifiers", ru="идентификаторов нет")
REQUEST = Text(en="Request", ru="Запрос")
ANSWER = Text(en="Answer", ru="Ответ")
NO_ANSWER = Text(en="No answer was read.", ru="Ответ не получен.")
OUTCOME = Text(en="Outcome", ru="Исход")
DELIVERY = Text(en="Delivery", ru="Доставка")
DELIVERIES = {
    "not-sent": Text(en="not sent", ru="не отправлено"),
    "sent": Text(en="sent, outcome unknown", ru="отправлено, исход неизвестен"),
    "answered": Text(en="answered", ru="ответ получен"),
}
TRANSPORT = {
    "ok": Text(en="transport ok", ru="связь есть"),
    "failed": Text(en="transport failed", ru="связи нет"),
}
HTTP = {
    "success": Text(en="HTTP success", ru="HTTP успех"),
    "redirect": Text(en="HTTP redirect", ru="HTTP редирект"),
    "client-error": Text(en="HTTP client error", ru="HTTP ошибка запроса"),
    "server-error": Text(en="HTTP server error", ru="HTTP ошибка сервера"),
    "odd": Text(en="HTTP odd status", ru="HTTP странный статус"),
    "none": Text(en="no HTTP answer", ru="нет HTTP-ответа"),
}
BUSINESS = {
    "recorded": Text(en="recorded", ru="засчитано"),
    "refused": Text(en="refused", ru="отклонено"),
    "duplicate": Text(en="duplicate", ru="дубль"),
    "unproven": Text(en="accepted, not proven", ru="принято, не доказано"),
    "none": Text(en="nothing said", ru="ничего не сказано"),
}
WAY = Text(en="from {own} to {peer}", ru="с {own} на {peer}")
TIMES = Text(
    en="DNS {dns} · connect {connect} · TLS {tls} · first byte {first} · total {total} ms",
    ru="DNS {dns} · соединение {connect} · TLS {tls} · первый байт {first} · всего {total} мс",
)
TITLE = Text(en="Case title", ru="Название случая")

"""The words of the first question of a case."""

from postback_wizard.domain.text import Text

QUESTION = Text(
    en="Before the steps: what does the platform itself say?", ru="До первого шага: что говорит сама платформа?"
)
WHY = Text(
    en="Paste its message, an error code, a line of its log or the JSON it answered. It is read on this computer only. "
    "Nothing at hand? Press F8.",
    ru="Вставьте её сообщение, код ошибки, строку лога или ответ в JSON. Всё читается только на этом компьютере. "
    "Нет ничего под рукой? Нажмите F8.",
)
EXAMPLE = "Click not found"
EMPTY = Text(
    en="Empty is fine: F8 goes straight to step 1. The same field waits in step 3.",
    ru="Можно оставить пустым: F8 ведёт сразу к шагу 1. То же поле есть в шаге 3.",
)
UNKNOWN = Text(en="Nobody has written this down here.", ru="Такое сообщение здесь никем не записано.")
KEPT = Text(
    en="It stays in the case and in the report. Carry on with F8: the steps find out without it.",
    ru="Оно останется в случае и в отчёте. Продолжайте клавишей F8: шаги разберутся и без него.",
)
NUMBER = Text(
    en="A bare number means something else on every platform: write whose it is, for example Everflow {number}.",
    ru="Одно и то же число у каждой платформы значит своё: напишите, чьё оно, например Everflow {number}.",
)
REST = Text(en="… and {n:message|messages} more.", ru="… и ещё {n:сообщение|сообщения|сообщений}.")
CUT = Text(
    en="Only the first {n} characters are read here; step 3 reads all.",
    ru="Здесь прочитаны только первые {n} символов; шаг 3 прочитает всё.",
)
TAKEN = Text(en="{name} is the {roles}: {why}. F3: no.", ru="{name}: {roles}, {why}. F3: нет.")
OPEN = Text(en="{name}, the {roles}? F3: yes; {why}.", ru="{name}: {roles}? F3: да; {why}.")
NAMED = Text(en="the message names it", ru="она названа в сообщении")
WORDS_ONLY = Text(en="nobody else known here says so", ru="больше никто из известных здесь так не говорит")
AND = Text(en=" and ", ru=" и ")
HELP = Text(
    en="What the platform itself says is often nearer to the cause than anything that can be measured. What is pasted "
    "here is compared with the known words and codes of platforms as you type. F8 goes to step 1, with or without a "
    "message; F7 in step 1 comes back here. Tab moves between the message and its meaning, where the arrow keys "
    "scroll.",
    ru="То, что говорит сама платформа, часто ближе к причине, чем всё, что можно измерить. Вставленный текст по мере "
    "ввода сравнивается с известными словами и кодами платформ. F8 ведёт к шагу 1, с сообщением или без него; F7 на "
    "шаге 1 возвращает сюда. Tab переходит от сообщения к его смыслу и обратно, там стрелки прокручивают текст.",
)

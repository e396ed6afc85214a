"""What the wizard says about closing a case, running it again, and taking one in."""

from postback_wizard.domain.text import Text

TITLE = Text(en="After the fix", ru="После исправления")
HINT = Text(
    en="Write down what was learned: the next colleague with the same trouble will be shown it.",
    ru="Запишите, что выяснилось: это покажут следующему коллеге с такой же поломкой.",
)
CAUSE = Text(en="What was the cause", ru="В чём была причина")
FIX = Text(en="What mended it", ru="Что помогло")
WHO = Text(en="Who mended it", ru="Кто исправил")
VERIFIED = Text(en="How it was verified", ru="Как проверено, что работает")
COMPARED = Text(en="Before the fix → now", ru="До исправления → сейчас")
SAME = Text(en="The steps found the same as before.", ru="Шаги нашли то же самое, что и раньше.")
NOT_AGAIN = Text(
    en="Not run again yet. F6 keeps what was found and starts the steps over, to compare before and after.",
    ru="Повторной проверки ещё не было. F6 сохранит найденное и начнёт шаги заново, чтобы сравнить до и после.",
)
NEEDS_CAUSE = Text(en="Say at least what the cause was.", ru="Укажите хотя бы причину.")
CLOSED = Text(
    en="Case closed. Others find it in the knowledge base.", ru="Случай закрыт. Другие найдут его в базе знаний."
)
AGAIN = Text(
    en="What was found is kept. Run the steps again with F5; the report then compares before and after.",
    ru="Найденное сохранено. Выполните шаги снова (F5): отчёт сравнит, что было до и после.",
)
ALIKE = Text(
    en="A closed case looks alike ({by}): {title}. {cause} F12 without a finding finds it under {id}.",
    ru="Похоже на закрытый случай ({by}): {title}. {cause} Он есть в базе знаний (F12) под {id}.",
)
ALREADY = Text(en="closed {at}", ru="закрыт {at}")
DONE = Text(en="closed", ru="закрыт")
IMPORT = Text(en="Take in a case", ru="Принять случай")
IMPORT_WHY = Text(en="a case file somebody sent you", ru="файл случая, который вам прислали")
IMPORT_ASK = Text(
    en="The path of the case file. It is copied; the file itself stays as it is.",
    ru="Путь к файлу случая. Он копируется, сам файл не меняется.",
)
IMPORT_KEYS = Text(en="Enter: take it in", ru="Enter: принять")
IMPORT_EXAMPLE = "~/Downloads/20260301-100000-k3f9.json"

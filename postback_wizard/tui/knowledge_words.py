"""The words of the knowledge screens."""

from postback_wizard.domain.text import Text

ASK = Text(en="a platform, a macro, a code or words of a message", ru="платформа, макрос, код или слова из сообщения")
READING = Text(en="Reading the catalogue…", ru="Читаю справочник…")
NOTHING = Text(
    en="Nothing has all these words. Try fewer of them.", ru="Ничего с этими словами нет. Попробуйте меньше слов."
)
FOUND = Text(en="{n:entry|entries} found.", ru="Найдено: {n:запись|записи|записей}.")
FOUND_MORE = Text(
    en="{n:entry|entries} found, the first {shown} are listed; another word narrows them down.",
    ru="Найдено: {n:запись|записи|записей}, показаны первые {shown}; уточните ещё одним словом.",
)
CLOSED = Text(en="Closed cases", ru="Закрытые случаи")
LEADS_TO = Text(en="Leads to (1–9, or F2 and Enter)", ru="Связанное (1–9 или F2 и Enter)")

"""``paths``: where cases, settings and logs live on this machine."""

from argparse import Namespace

from postback_wizard.commands.plain import emit
from postback_wizard.domain.text import Text
from postback_wizard.effects.folders import find_folders

NAMES = {
    "cases": Text(en="cases", ru="случаи"),
    "settings": Text(en="settings", ru="настройки"),
    "platforms": Text(en="your own platform files", ru="ваши файлы платформ"),
    "owners": Text(en="host owners you corrected", ru="исправленные владельцы хостов"),
    "columns": Text(en="columns of exports you corrected", ru="исправленные столбцы выгрузок"),
    "log": Text(en="log", ru="журнал работы"),
    "journal": Text(en="journal of sent requests", ru="журнал отправленных запросов"),
    "exports": Text(en="reports", ru="отчёты"),
}


def run(_options: Namespace, lang: str) -> int:
    """One line a place: its name and its path."""
    folders = find_folders()
    width = max(len(text.say(lang)) for text in NAMES.values())
    emit("\n".join(f"{text.say(lang):{width}}  {getattr(folders, name)}" for name, text in NAMES.items()))
    return 0

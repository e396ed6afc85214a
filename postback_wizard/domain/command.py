"""Which program a pasted command line starts, and for which shell it was written."""

import re
from dataclasses import replace
from typing import Literal

from postback_wizard.domain import shell, shell_cmd, shell_powershell
from postback_wizard.domain.exact import filled
from postback_wizard.domain.text import Text
from postback_wizard.domain.words import Words

Shell = Literal["bash", "cmd", "powershell"]

READ_AS = Text(en="Read as a command for {shell}.", ru="Прочитано как команда для {shell}.")
KEPT = Text(
    en="Kept as written, be it a macro or a variable of the shell: {names}.",
    ru="Оставлено как есть, будь то макрос или переменная оболочки: {names}.",
)

_PROMPT = r"(?:(?P<ps>PS [^\n>]*>\s*)|(?P<cmd>[A-Za-z]:\\[^\n>]*>\s*)|[\w.@:~/\-]*[$#%>]\s+)?"
_CURL = r"(?:&\s+)?(?P<open>[\"']?)(?:[^\s\"']*[/\\])?curl(?P<exe>\.exe)?(?P=open)"
_LEAD = re.compile(rf"{_PROMPT}\\?{_CURL}(?=\s|\\\r?\n|\^|`|$)")
_OTHER = re.compile(
    rf"{_PROMPT}(?:\$\w+\s*=\s*)?(?P<name>(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm|wget(?:\.exe)?|https?|xh)(?=\s|$)"
    r"|fetch(?=\s*\()|\$session = New-Object)",
    re.IGNORECASE,
)
_CMD = re.compile(r"(?:^|\s)\^\"|\^[ \t]*\r?\n|^[^'\"]*\^[&|<>^%]")
_CONTINUED = re.compile(r"`[ \t]*\r?\n")
_FIRST_TICK = re.compile(r"^[^`']*`[\"$`]")
_SINGLE_QUOTED = re.compile(r"(?:^|\s)'")
_NAMES: dict[Shell, str] = {"bash": "bash", "cmd": "Windows cmd", "powershell": "PowerShell"}


def is_curl(text: str) -> bool:
    """Whether a text is a curl command, with or without a shell prompt before it."""
    return _LEAD.match(text.strip()) is not None


def other_program(text: str) -> str:
    """The name of a program other than curl that a text starts and that sends requests; empty where there is none."""
    found = _OTHER.match(text.strip())
    return found["name"].partition("=")[0].strip() if found else ""


def shell_of(command: str) -> Shell:
    """The shell a curl command was written for, by its prompt and its marks of continuation and quoting."""
    lead = _LEAD.match(command)
    rest = command[lead.end() :] if lead else command
    if lead and lead["ps"]:
        return "powershell"
    if (lead and lead["cmd"]) or _CMD.search(rest):
        return "cmd"
    if _CONTINUED.search(rest) or _FIRST_TICK.match(rest):
        return "powershell"
    if lead and lead["exe"] and not re.search(r"\\\r?\n|'\\''", rest):
        return "powershell" if _SINGLE_QUOTED.search(rest) else "cmd"
    return "bash"


def split_command(command: str) -> Words:
    """The words after ``curl``, by the rules of the shell the command was written for.

    Raises:
        UnreadableRequestError: the shell would not make exactly one command of it.
    """
    lead = _LEAD.match(command)
    kind = shell_of(command)
    reader = {"bash": shell.split_words, "cmd": shell_cmd.split_words, "powershell": shell_powershell.split_words}
    found = reader[kind](command[lead.end() :] if lead else command)
    notes = [*([] if kind == "bash" else [filled(READ_AS, shell=_NAMES[kind])]), *found.notes]
    notes += [filled(KEPT, names=", ".join(found.kept))] if found.kept else []
    return replace(found, notes=tuple(notes))

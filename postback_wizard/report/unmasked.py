"""The mark on everything that leaves with its secrets: in the first line and in the file's name."""

from pathlib import PurePath

from postback_wizard.domain.text import Text

WORD = "UNMASKED"
MARK = Text(
    en="UNMASKED: secrets and personal data stand in here, pass it on to nobody",
    ru="UNMASKED: здесь секреты и личные данные, никому не передавайте",
)


def marked(text: str, form: str, lang: str) -> str:
    """The text with the mark in its first line, in whatever way its form allows."""
    said = MARK.say(lang)
    match form:
        case "json" | "har":
            return text.replace("{", f'{{"_unmasked": "{said}",', 1)
        case "curl":
            return f"# {said}\n{text.partition(chr(10))[2]}"  # instead of the line that names the shell
        case "md":
            return text.replace("# ", f"# {said}. ", 1)
        case _:
            return f"{said}\n\n{text}"


def marked_name(name: str) -> str:
    """``report.md`` becomes ``report.UNMASKED.md``; a name that has the mark keeps it once."""
    path = PurePath(name)
    if WORD in path.name:
        return name
    return str(path.with_name(f"{path.stem}.{WORD}{path.suffix}"))

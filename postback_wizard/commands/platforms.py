"""``platforms``: what the catalogue knows of trackers, networks and conversion APIs; checks a file of one's own."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from postback_wizard import catalogue
from postback_wizard.catalogue.fault import CatalogueError
from postback_wizard.catalogue.files import STANDARD_INPUT, parsed_any, unreadable
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.sheet import sheet
from postback_wizard.catalogue.upload import UploadApi
from postback_wizard.catalogue.words import KINDS
from postback_wizard.commands.knowing import name_left_out, use_own_platforms
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.pages import printed
from postback_wizard.commands.parsing import nearest
from postback_wizard.commands.plain import emit
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.effects.own_platforms import read_stream, read_text
from postback_wizard.report.knowledge.lines import of_sheet

UNKNOWN = Text(
    en='There is no platform "{id}"; without an id, platforms lists all.',
    ru="Платформы «{id}» нет; platforms без id покажет все.",
)
UNKNOWN_NEAR = Text(
    en='There is no platform "{id}"; did you mean {near}?', ru="Платформы «{id}» нет; возможно, имелась в виду {near}?"
)
ONE_OR_OTHER = Text(
    en="Give either an id or --check FILE, not both.", ru="Укажите либо id, либо --check FILE, но не оба сразу."
)
FAULT = Text(en="{fault}.", ru="{fault}.")
GOOD = Text(
    en="{file} is in order: {name}, {kind}, {facts:fact|facts}.",
    ru="{file} в порядке: {name}, {kind}, {facts:факт|факта|фактов}.",
)


def run(options: Namespace, lang: str) -> int:
    """List them all, show one, or check a file."""
    if options.id and options.check:
        raise Misuse(ONE_OR_OTHER)
    if options.check:
        emit(checked(options.check, lang))
        return 0
    use_own_platforms()
    name_left_out(lang)
    emit("\n".join(_shown(options.id, lang) if options.id else _overview(lang)))
    return 0


def checked(given: str, lang: str) -> str:
    """One sentence about a file that is in order; ``-`` reads standard input.

    Raises:
        Misuse: it is not, and the message names line, key and reason.
    """
    name, text = _text(given)
    if isinstance(text, CatalogueError):
        raise Misuse(FAULT, fault=text.say(lang))
    try:
        found = parsed_any(name, text)
    except CatalogueError as fault:
        raise Misuse(FAULT, fault=fault.say(lang)) from None
    title, kind = _named(found, lang)
    facts = sum(line.startswith("  ") for line in sheet(found, lang)) - len(found.sources)
    return GOOD.say(lang, file=name, name=title, kind=kind, facts=facts)


def _text(given: str) -> tuple[str, str | CatalogueError]:
    if given != STANDARD_INPUT:
        path = Path(given)
        return path.name, read_text(path)
    try:
        return given, read_stream(sys.stdin.buffer)
    except (OSError, UnicodeError) as error:
        return given, unreadable(given, error)


def _overview(lang: str) -> Iterator[str]:
    known: list[Platform | UploadApi] = [*catalogue.platforms().values(), *catalogue.upload_apis().values()]
    rows = [(found.id, *_named(found, lang)) for found in known]
    wide, wider = (max(len(row[column]) for row in rows) for column in (0, 1))
    for row in rows:
        yield f"{row[0]:{wide}}  {visible(row[1]):{wider}}  {row[2]}"


def _named(found: Platform | UploadApi, lang: str) -> tuple[str, str]:
    if isinstance(found, Platform):
        return found.name, KINDS[found.kind].say(lang)
    return found.platform, f"{KINDS['upload'].say(lang)}: {found.api.say(lang)}"


def _shown(wanted: str, lang: str) -> Iterator[str]:
    return printed(of_sheet(sheet(_found(wanted), lang)))


def _found(wanted: str) -> Platform | UploadApi:
    for find in (catalogue.platform, catalogue.upload_api):
        try:
            return find(wanted)
        except KeyError:
            continue
    near = nearest(wanted.lower(), [*catalogue.platform_ids(), *catalogue.upload_api_ids()])
    raise Misuse(UNKNOWN_NEAR, id=wanted, near=near) if near else Misuse(UNKNOWN, id=wanted)

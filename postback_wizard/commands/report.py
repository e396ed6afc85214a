"""``report``: a stored case for somebody who can act on it: Markdown, a short message, JSON, HAR, curl or a bundle."""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from postback_wizard.commands.grammar import FORMATS
from postback_wizard.commands.knowing import CANNOT_WRITE, output_path, use_own_platforms, write_output
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.owners import use_remembered_owners
from postback_wizard.commands.plain import emit_data, talk
from postback_wizard.commands.reading import choice
from postback_wizard.commands.secrets import secrets_at_hand
from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text
from postback_wizard.effects.codec import to_json
from postback_wizard.effects.store import own_store
from postback_wizard.report.leak import ReportLeak
from postback_wizard.report.markdown import Audience

LEAK = Text(
    en="Nothing was written, because a secret would have stood in it: {names}.",
    ru="Ничего не записано: в отчёте оказался бы секрет: {names}.",
)
WRITTEN = Text(en="The report is in {path}.", ru="Отчёт записан в {path}.")
NEEDS_PLACE = Text(
    en="A bundle is several files: name a folder or a .zip with -o.",
    ru="Bundle состоит из нескольких файлов: укажите папку или .zip через -o.",
)
NO_TERMINAL = Text(
    en="--unmasked asks for a yes and therefore needs a terminal.",
    ru="--unmasked спрашивает подтверждение, для этого нужен терминал.",
)
ASK = Text(
    en="Secrets and personal data will stand in the report. Type yes to write it: ",
    ru="В отчёте останутся секреты и личные данные. Чтобы записать его, введите yes: ",
)
NOT_AGREED = Text(en="Nothing was written: it was not agreed to.", ru="Ничего не записано: подтверждения нет.")

_AUDIENCES: tuple[Audience, ...] = ("partner", "internal", "client")
T = TypeVar("T")


def run(options: Namespace, lang: str) -> int:
    """Print the report, or write it durably with ``-o``."""
    audience = choice(getattr(options, "for"), "--for", _AUDIENCES)
    form = choice(options.format, "--format", FORMATS)
    to_file = options.output not in ("", "-")
    if form == "bundle" and not to_file:
        raise Misuse(NEEDS_PLACE)
    use_own_platforms()
    use_remembered_owners(lambda fault: talk(fault.say(lang)))
    with own_store().open(options.case) as opened:
        case = opened.case
    if options.unmasked:
        _agree(lang)
    if to_file:
        _name_missing(case, lang)
    masked = not options.unmasked
    path = options.output if masked or not to_file else _marked(options.output)
    if form == "bundle":
        _write_bundle(path, _bundled(case, audience, lang, masked=masked))
    elif to_file:
        write_output(path, rendered(case, form, audience, lang, masked=masked))
    else:
        emit_data(rendered(case, form, audience, lang, masked=masked))
        return 0
    talk(WRITTEN.say(lang, path=path))
    return 0


def rendered(case: Case, form: str, audience: Audience, lang: str, *, masked: bool = True) -> str:
    """The report as text, without the secrets of the environment and those found in the case.

    Raises:
        Misuse: a secret would have stood in it.
    """
    from postback_wizard.report.forms import FORMS, exported

    known = next(item for item in FORMS if item == form)
    secrets = tuple(secrets_at_hand().values())
    return _refused(lang, lambda: exported(case, known, audience, lang, to_json, masked=masked, secrets=secrets))


def _bundled(case: Case, audience: Audience, lang: str, *, masked: bool) -> Mapping[str, bytes]:
    from postback_wizard.report.bundle import bundle

    secrets = tuple(secrets_at_hand().values())
    return _refused(lang, lambda: bundle(case, lang, audience, to_json, masked=masked, secrets=secrets))


def _refused(lang: str, export: Callable[[], T]) -> T:
    try:
        return export()
    except ReportLeak as leak:
        raise Misuse(LEAK, names=leak.say(lang)) from None


def _write_bundle(given: str, files: Mapping[str, bytes]) -> None:
    from postback_wizard.effects.bundle import write_bundle

    path = output_path(given) if given.lower().endswith(".zip") else Path(given).absolute()
    try:
        write_bundle(path, files)
    except OSError as error:
        raise Misuse(CANNOT_WRITE, path=given, why=error.strerror or type(error).__name__) from None


def _name_missing(case: Case, lang: str) -> None:
    """Say what partners ask for and the case lacks, before anything is written."""
    from postback_wizard.report.wanted import missing

    for item in missing(case):
        talk(item.said.say(lang))


def _agree(lang: str) -> None:
    """A typed yes, or nothing leaves.

    Raises:
        Misuse: there is no terminal, or the answer is another.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Misuse(NO_TERMINAL)
    sys.stderr.write(ASK.say(lang))
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("yes", "да"):
        raise Misuse(NOT_AGREED)


def _marked(given: str) -> str:
    from postback_wizard.report.unmasked import marked_name

    return marked_name(given)

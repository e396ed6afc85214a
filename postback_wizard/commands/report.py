"""``report``: a stored case for somebody who can act on it, as Markdown, JSON, HAR or curl."""

import json
from argparse import Namespace
from collections.abc import Sequence

from postback_wizard.commands.grammar import FORMATS
from postback_wizard.commands.knowing import use_own_platforms, write_output
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

_AUDIENCES: tuple[Audience, ...] = ("partner", "internal", "client")


def run(options: Namespace, lang: str) -> int:
    """Print the report, or write it durably with ``-o``."""
    audience = choice(getattr(options, "for"), "--for", _AUDIENCES)
    form = choice(options.format, "--format", FORMATS)
    use_own_platforms()
    use_remembered_owners(lambda fault: talk(fault.say(lang)))
    with own_store().open(options.case) as opened:
        case = opened.case
    text = rendered(case, form, audience, lang)
    if options.output in ("", "-"):
        emit_data(text)
        return 0
    write_output(options.output, text)
    talk(WRITTEN.say(lang, path=options.output))
    return 0


def rendered(case: Case, form: str, audience: Audience, lang: str) -> str:
    """The report as text, without the secrets of the environment and those found in the case.

    Raises:
        Misuse: a secret would have stood in it.
    """
    try:
        return _rendered(case, form, audience, lang, tuple(secrets_at_hand().values()))
    except ReportLeak as leak:
        raise Misuse(LEAK, names=", ".join(leak.names)) from None


def _rendered(case: Case, form: str, audience: Audience, lang: str, secrets: Sequence[str]) -> str:
    match form:
        case "json":
            from postback_wizard.report.json_view import check_json

            return json.dumps(check_json(case, lang, to_json, secrets=secrets), ensure_ascii=False, indent=2) + "\n"
        case "har":
            from postback_wizard.report.har import to_har

            return to_har(case, secrets=secrets)
        case "curl":
            from postback_wizard.report.curl import to_curl

            return to_curl(case, secrets=secrets)
        case _:
            from postback_wizard.report.markdown import render

            return render(case, lang, audience, secrets=secrets).text

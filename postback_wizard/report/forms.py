"""Every form a case can leave the house in, by name: for the command line and for the wizard."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from postback_wizard.domain.case import Case
from postback_wizard.report.curl import to_curl
from postback_wizard.report.har import to_har
from postback_wizard.report.json_view import json_text
from postback_wizard.report.markdown import Audience, render
from postback_wizard.report.message import short_message
from postback_wizard.report.unmasked import marked

Form = Literal["md", "message", "json", "har", "curl"]
FORMS: tuple[Form, ...] = get_args(Form)
ENDINGS: Mapping[str, str] = {"md": "md", "message": "txt", "json": "json", "har": "har", "curl": "sh", "bundle": "zip"}

ToJson = Callable[[object], object]


def exported(
    case: Case,
    form: Form,
    audience: Audience,
    lang: str,
    to_json: ToJson,
    *,
    masked: bool = True,
    secrets: Sequence[str] = (),
) -> str:
    """The case in one form as text; unmasked it says so in its first line.

    Raises:
        ReportLeak: a known secret would have stood in it.
    """
    match form:
        case "md":
            text = render(case, lang, audience, masked=masked, secrets=secrets).text
        case "message":
            text = short_message(case, lang, masked=masked, secrets=secrets)
        case "json":
            text = json_text(case, lang, to_json, masked=masked, secrets=secrets)
        case "har":
            text = to_har(case, masked=masked, secrets=secrets)
        case "curl":
            text = to_curl(case, masked=masked, secrets=secrets)
    return text if masked else marked(text, form, lang)

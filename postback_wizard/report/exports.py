"""One exact request to take along: as a curl command for three shells, as HAR 1.2, as raw HTTP."""

import json
import re
from collections.abc import Sequence
from typing import Literal, get_args

from postback_wizard import __version__
from postback_wizard.domain.case import Case
from postback_wizard.domain.curl_out import UnwritableRequestError
from postback_wizard.domain.exact import wire_bytes
from postback_wizard.domain.probe import HttpEvidence, SentRequest
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.domain.visible import visible
from postback_wizard.report.curl import command
from postback_wizard.report.har import entry
from postback_wizard.report.leak import refuse_leaks
from postback_wizard.report.masked import mask_request

Form = Literal["bash", "powershell", "cmd", "har", "raw"]
FORMS: tuple[Form, ...] = get_args(Form)

RAW_CONTROL = Text(
    en="Raw text cannot show the character {at} of the request; copy it as curl for bash or as HAR.",
    ru="Сырой текст не покажет символ {at} из запроса; скопируйте его как curl для bash или как HAR.",
)

BROKEN_HEADER = Text(
    en="The header {header} holds {at}, which HTTP forbids there.",
    ru="В заголовке {header} стоит {at}, HTTP там такого не допускает.",
)

_ACTS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAKS = re.compile(r"[\r\n\0]")


def export(request: SentRequest, form: Form) -> str:
    """The request in a form, as text. No form holds a control character but line ends and tabs of a raw body.

    Raises:
        UnwritableRequestError: the form cannot express the request byte for byte.
    """
    for name, value in request.headers:
        if bad := _BREAKS.search(f"{name}{value}"):
            raise UnwritableRequestError(BROKEN_HEADER, at=f"U+{ord(bad.group()):04X}", header=visible(name[:40]))
    match form:
        case "har":
            return to_archive(HttpEvidence("replay", "", "not-sent", (), request))
        case "raw":
            return _raw(request)
        case "bash" | "powershell" | "cmd":
            return command(request, form)


def export_from(case: Case, request: SentRequest, form: Form, secrets: Sequence[str] = (), *, masked: bool) -> str:
    """The request of a case in a form, masked unless it is asked for as it is; stand-ins of secrets always stay.

    Raises:
        UnwritableRequestError: the form cannot express the request byte for byte.
        ReportLeak: a known secret would have stood in it.
    """
    shown, known = mask_request(case, request, secrets, masked=masked)
    text = export(shown, form)
    refuse_leaks(text, (*secrets, *known))
    return text


def to_archive(item: HttpEvidence) -> str:
    """An archive with one entry."""
    log = {
        "version": "1.2",
        "creator": {"name": "postback-wizard", "version": __version__},
        "pages": [],
        "entries": [entry(item)],
    }
    return json.dumps({"log": log}, ensure_ascii=True, indent=2) + "\n"


def _raw(request: SentRequest) -> str:
    """Request line, headers and body with CR LF; the length is that of the body as it stands."""
    url = split_url(request.url)
    names = {name.lower() for name, _ in request.headers}
    host = [] if "host" in names else [("Host", f"{url.host}{url.port}")]
    kept = [item for item in request.headers if item[0].lower() not in ("content-length", "transfer-encoding")]
    size = len(wire_bytes(request.body))
    length = [("Content-Length", str(size))] if size or request.method in ("POST", "PUT", "PATCH") else []
    lines = [
        f"{request.method} {url.target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in (*host, *kept, *length)),
    ]
    for line in lines:
        if bad := _BREAKS.search(line):
            raise UnwritableRequestError(RAW_CONTROL, at=f"U+{ord(bad.group()):04X}")
    text = "\r\n".join([*lines, "", request.body])
    if bad := _ACTS.search(text):
        raise UnwritableRequestError(RAW_CONTROL, at=f"U+{ord(bad.group()):04X}")
    return text

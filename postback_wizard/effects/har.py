"""A recorded redirect chain: a browser session (HAR 1.2) of whatever program, or pasted output of curl."""

import asyncio
import codecs
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from postback_wizard.domain.probe import HarEvidence, HarProbe
from postback_wizard.domain.transcript import Transcript, parse
from postback_wizard.effects.har_entry import items, table
from postback_wizard.effects.har_pages import MAX_PAGES, Chain, Session, nearly

MAX_BYTES = 100 * 1024**2

#: Files of other programs, by how their names end: none of them is documented by its maker.
_OTHERS = {
    ".chls": "Charles",
    ".chlsj": "Charles",
    ".chlz": "Charles",
    ".saz": "Fiddler",
    ".proxymanlogv2": "Proxyman",
    ".pcap": "Wireshark",
    ".pcapng": "Wireshark",
    ".zip": "ZIP",
}

Chosen = Literal["", "asked", "nearly", "carries", "first", "only"]


class HarError(Exception):
    """The file is no recording that can be used: ``code`` is the evidence's outcome, with a short detail."""

    def __init__(self, code: str, detail: str = "", chains: Sequence[Chain] = ()) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.chains = chains


async def read_har(probe: HarProbe, at: str) -> HarEvidence:
    """The chain the probe asks for, judged hop by hop as if it had just been asked; never raises for the file.

    ``at`` stands in for hops of a browser session without a time. The outcome is ``OK``, or says what is wrong:
    ``HAR_UNREADABLE``, ``HAR_TOO_LARGE``, ``HAR_INVALID`` (with line and column), ``HAR_FOREIGN`` (with what it is
    instead), ``HAR_EMPTY``, ``HAR_NO_PAGE``, ``HAR_NO_START``, ``COMMAND_ONLY``, ``PASTE_TOO_LARGE``, ``NO_HOPS``.
    """
    return await asyncio.to_thread(_read, probe, at)


def _read(probe: HarProbe, at: str) -> HarEvidence:
    try:
        if probe.text:
            return _of_text(probe, parse(probe.text, probe.start), at)
        text = _content(Path(probe.path).expanduser())
        if text.lstrip()[:1] in ("{", "["):
            return _of_session(probe, Session(_entries(text)), at)
        return _of_text(probe, parse(text, probe.start), at)
    except HarError as error:
        pages = tuple(chain.page() for chain in error.chains[:MAX_PAGES])
        return HarEvidence(probe.name, at, probe.path, (error.code,), detail=error.detail, pages=pages)


# -- text ----------------------------------------------------------------------------------------------------------


def _of_text(probe: HarProbe, found: Transcript, at: str) -> HarEvidence:
    match found.form:
        case "too-large":
            raise HarError("PASTE_TOO_LARGE")
        case "command":
            return HarEvidence(probe.name, at, probe.path, ("COMMAND_ONLY",), detail=found.url, form="curl")
        case "curl" | "wget" | "headers" if found.hops:
            return HarEvidence(
                *(probe.name, at, probe.path, ("OK",), found.hops),
                form=found.form,
                start=found.url,
                chosen="only",
                left_out=found.left_out,
            )
        case "none":
            raise HarError("HAR_FOREIGN", "text")
    raise HarError("NO_HOPS")


# -- a browser session ---------------------------------------------------------------------------------------------


def _of_session(probe: HarProbe, session: Session, at: str) -> HarEvidence:
    chains = tuple(session.chains())
    chain, chosen = _choose(session, chains, probe.start)
    return HarEvidence(
        *(probe.name, at, probe.path, ("OK",), tuple(chain.hops(at))),
        start=chain.url,
        chosen=chosen,
        pages=tuple(other.page() for other in chains[:MAX_PAGES]),
    )


def _choose(session: Session, chains: Sequence[Chain], start: str) -> tuple[Chain, Chosen]:
    """The page asked for; without one, the first whose address carries identifiers, else the first."""
    if start:
        asked = session.chain_from(start)
        if asked is not None:
            return asked, "asked"
        near = [chain for chain in chains if nearly(chain.url, start)]
        if len(near) == 1:
            return near[0], "nearly"
        raise HarError("HAR_NO_START", start[:500], chains)
    if not chains:
        raise HarError("HAR_NO_PAGE")
    carrying = next((chain for chain in chains if chain.page().carries), None)
    if len(chains) == 1:
        return chains[0], "only"
    return (carrying, "carries") if carrying else (chains[0], "first")


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise HarError("HAR_UNREADABLE", _reason(error)) from error
    if len(data) > MAX_BYTES:
        raise HarError("HAR_TOO_LARGE")
    if not data.strip():
        raise HarError("HAR_EMPTY")
    if path.suffix.lower() in _OTHERS or data.startswith(b"PK\x03\x04"):
        raise HarError("HAR_FOREIGN", _OTHERS.get(path.suffix.lower(), "ZIP"))
    return _text(data)


def _entries(text: str) -> list[dict[str, object]]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise HarError("HAR_INVALID", f"{error.lineno}:{error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise HarError("HAR_INVALID", "0:0") from error
    log = table(whole).get("log")
    if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
        raise HarError("HAR_FOREIGN", "JSON")
    entries = [item for item in items(log.get("entries")) if isinstance(item, dict)]
    if not entries:
        raise HarError("HAR_EMPTY")
    return entries


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "missing"
        case IsADirectoryError():
            return "folder"
        case PermissionError():
            return "no-permission"
        case _:
            return str(error)[:150]


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")

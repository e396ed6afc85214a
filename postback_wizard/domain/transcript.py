"""Pasted output of curl or wget, or pasted response headers, read as the redirect chain it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.transcript_blocks import Block, read_blocks
from postback_wizard.domain.transcript_chain import chain_of, end_with_error
from postback_wizard.domain.transcript_marks import Mark, read_marks
from postback_wizard.domain.transcript_shapes import KNOWN, of_command

#: Characters of a paste that are read; a longer one is refused as a whole.
MAX_CHARS = 1024**2

Form = Literal["none", "curl", "wget", "headers", "command", "too-large"]


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a pasted text is, the first address it names (empty when none), and the hops it shows.

    ``form`` is ``none`` for a text that is no transcript (a URL, for one), ``command`` for a command without its
    output. ``left_out`` counts the answers that belong to no redirect of this chain.
    """

    form: Form
    url: str = ""
    hops: tuple[HttpEvidence, ...] = ()
    left_out: int = 0


@lru_cache(maxsize=4)
def parse(text: str, start: str = "") -> Transcript:
    """The chain in a text of at most ``MAX_CHARS`` characters; ``start`` is the first address where the text has none.

    Hops have no times: nobody measured them. Never raises.
    """
    if len(text) > MAX_CHARS:
        return Transcript("too-large")
    text = text.encode("utf-8", "replace").decode()  # lone surrogates can be neither sent nor stored
    bare = text.strip()
    if not bare or ("\n" not in bare and "\r" not in bare and not _one_line(bare)):
        return Transcript("none")
    marks = tuple(read_marks(text))
    answered = any(mark.kind in ("status", "error") for mark in marks)
    if not answered and not _headers_alone(marks, bare):
        commands = [url for mark in marks if mark.kind == "command" and (url := of_command(mark.text)[0])]
        return Transcript("command", commands[0]) if commands else Transcript("none")
    blocks = tuple(read_blocks(marks))
    hops = chain_of(blocks, start)
    shown = sum(1 for block in blocks if block.status)
    hops = end_with_error(hops, blocks)
    left = max(0, shown - sum(1 for hop in hops if hop.answer))
    return Transcript(_form(marks, blocks), hops[0].request.url if hops else "", hops, left)


def _one_line(text: str) -> bool:
    return text[:9].lower() == "location:" or text[:5] in ("curl ", "wget ", "HTTP/", "curl:") or " curl " in text[:120]


def _headers_alone(marks: Sequence[Mark], text: str) -> bool:
    """Whether a text without a status line is a server's headers all the same, and not a text with colons in it."""
    named = [mark.name.lower() for mark in marks if mark.kind == "answered"]
    lines = sum(1 for line in text.splitlines() if line.strip())
    return any(name in KNOWN for name in named) and 2 * len(named) >= lines - 1


def _form(marks: Sequence[Mark], blocks: Sequence[Block]) -> Form:
    commands = [mark.text[:4] for mark in marks if mark.kind == "command"]
    if "wget" in commands or any(block.by_wget for block in blocks):
        return "wget"
    curl = commands or any(block.by_curl for block in blocks)
    return "curl" if curl else "headers"

"""The exact requests of a case as curl commands for bash."""

from collections.abc import Iterator, Sequence

from postback_wizard.domain.case import Case
from postback_wizard.domain.command import Shell
from postback_wizard.domain.curl_out import UnwritableRequestError, as_curl
from postback_wizard.domain.probe import HttpEvidence, SentRequest
from postback_wizard.domain.shell import quote_word
from postback_wizard.domain.url import split_url
from postback_wizard.domain.visible import visible
from postback_wizard.report.leak import refuse_leaks
from postback_wizard.report.masked import mask_case

#: Set by curl itself, or about a connection that is not this one.
_OWN = ("content-length", "connection", "accept-encoding", "transfer-encoding")
_DEFAULTS = ("Accept", "User-Agent")
_HEAD = """#!/usr/bin/env bash
# The exact requests of this case. Values in [brackets] were masked: put your own in their place.
# A request that can make a conversion is sent only after its host was typed.
ask() {
  printf '%s\\nType %s to send it: ' "$1" "$2" >&2
  read -r typed && [ "$typed" = "$2" ]
}
"""


def command(request: SentRequest, kind: Shell = "bash") -> str:
    """One request as a command that sends the same method, URL, headers and body.

    Raises:
        UnwritableRequestError: the shell cannot express the request.
    """
    url = split_url(request.url)
    host = ("host", f"{url.host}{url.port}".lower())
    headers = tuple(
        (name, value)
        for name, value in request.headers
        if name.lower() not in _OWN and (name.lower(), value.lower()) != host
    )
    bare = SentRequest(request.method, request.url, request.target, headers, request.body)
    return as_curl(bare, _DEFAULTS, kind)


def to_curl(case: Case, *, masked: bool = True, secrets: Sequence[str] = ()) -> str:
    """A script of every request that was made, in order. Those that can make a conversion ask for the host first.

    Raises:
        ReportLeak: a known secret would have been written.
    """
    seen, redactor = mask_case(case, secrets, masked=masked)
    text = "\n".join([_HEAD, *_commands(seen)]) + "\n"
    refuse_leaks(text, (*secrets, *redactor.known()))
    return text


def exchanges(case: Case) -> Iterator[HttpEvidence]:
    """Every request of a case: the hops of the click, the replay, the upload, and whatever else was asked."""
    yield from case.trace()
    for record in case.done():
        for evidence in record.evidence:
            if isinstance(evidence, HttpEvidence) and not (record.step == "click" and evidence.hop):
                yield evidence


def _commands(case: Case) -> Iterator[str]:
    for item in exchanges(case):
        place = f"hop {item.hop}" if item.hop else item.name
        yield f"# {visible(place)}, {visible(item.at)}, {item.delivery}"
        try:
            line = command(item.request)
        except UnwritableRequestError as error:
            yield f"# {error.say('en')}\n"
            continue
        if item.hop:
            yield line + "\n"
        else:
            host = quote_word(visible(split_url(item.request.url).host))
            yield f"ask {quote_word(visible(f'{item.request.method} {item.request.url}'))} {host} &&\n  {line}\n"

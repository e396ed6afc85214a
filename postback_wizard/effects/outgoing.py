"""A probe made ready for the wire, byte for byte as it was asked for, or refused before anything leaves."""

import re
import secrets
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl

from postback_wizard import __version__
from postback_wizard.domain.location import mask_userinfo
from postback_wizard.domain.probe import OAUTH1, SECRET, TOKEN, Effect, Headers, HttpProbe, SentRequest
from postback_wizard.domain.url import Url, default_port, encode_forbidden, forbidden, split_url
from postback_wizard.domain.withheld import holds_withheld
from postback_wizard.effects.addresses import host_of
from postback_wizard.effects.fault import WireFault
from postback_wizard.effects.oauth1 import authorization, read_keys
from postback_wizard.effects.vault import Vault, in_body, in_url

USER_AGENT = f"postback-wizard/{__version__}"

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
#: Framing is ours: what a recorded request said about it need not fit the body as it is now.
_OURS = ("content-length", "transfer-encoding")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request ready to leave: where to, the bytes, and how it is shown (with stand-ins for secrets)."""

    scheme: str
    host: str
    port: int
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    shown: SentRequest
    notes: tuple[str, ...] = ()


def shown_refused(probe: HttpProbe) -> SentRequest:
    """A request that was not built, as evidence shows it: a user name and password are never repeated."""
    url = mask_userinfo(probe.url)
    return SentRequest(probe.method, url, split_url(url).target, probe.headers, probe.body)


def make_ready(probe: HttpProbe, vault: Vault, proxy: str = "") -> Outgoing:
    """The request a probe asks for, with secrets in their places unless it is a click.

    Raises:
        WireFault: BAD_URL(…), BAD_REQUEST_BYTES or NO_SECRET; ``detail`` says where and why.
    """
    url = split_url(probe.url)
    host, port = _host(url), url.port_number or 0
    target, notes = _target(url, probe.effect)
    if not _TOKEN.fullmatch(probe.method):
        raise WireFault("BAD_REQUEST_BYTES", "the method is no HTTP token")
    fill = _as_it_stands if probe.effect is Effect.CLICK else vault.fill
    kind = next((value for name, value in probe.headers if name.lower() == "content-type"), "")
    body = fill(probe.body, in_body(probe.body, kind)).encode("utf-8", "surrogateescape")
    headers = _headers(probe, _authority(url, host, port), len(body))
    signed = _signature(probe, vault, kind) if any(OAUTH1 in value for _, value in headers) else ""
    wire = tuple((name, fill(value.replace(OAUTH1, signed), str)) for name, value in headers)
    if any(map(holds_withheld, (proxy, target, probe.body, *(value for _, value in headers)))):
        raise WireFault("NO_SECRET", "a part of the request or the proxy was not stored and has to be pasted again")
    _check(wire)
    return Outgoing(
        url.scheme.lower(),
        host,
        port,
        fill(target, in_url).encode(),
        tuple((name.encode(), value.encode()) for name, value in wire),
        body,
        SentRequest(probe.method, probe.url, target, headers, probe.body),
        notes,
    )


def _signature(probe: HttpProbe, vault: Vault, kind: str) -> str:
    """An OAuth 1.0a header for this request; a whole header in the place of the token goes as it is."""
    user = vault.fill(TOKEN)
    if user.startswith("OAuth "):
        return user
    keys = read_keys(vault.fill(SECRET), user)
    if keys is None:
        raise WireFault("NO_SECRET", "OAuth 1.0a wants two pairs with a colon: token:secret of the user and of the app")
    form = parse_qsl(probe.body, keep_blank_values=True) if "form-urlencoded" in kind.lower() else ()
    return authorization(probe.method, probe.url, keys, secrets.token_hex(16), int(time.time()), form)


def _as_it_stands(text: str, encode: object) -> str:  # noqa: ARG001 - a click carries no secret, whatever it looks like
    return text


def _host(url: Url) -> str:
    if url.userinfo:
        raise WireFault("BAD_URL(userinfo)", "a user name or password in the address is never sent")
    if url.scheme.lower() not in ("http", "https"):
        raise WireFault("BAD_URL(scheme)", "only http and https can be asked")
    if not url.host:
        raise WireFault("BAD_URL(host)", "the address names no host")
    if url.port_number is None:
        raise WireFault("BAD_URL(port)", "the port is no number from 0 to 65535")
    try:
        return host_of(url.host)
    except (ValueError, IndexError) as error:
        raise WireFault("BAD_URL(host)", str(error)) from None


def _target(url: Url, effect: Effect) -> tuple[str, tuple[str, ...]]:
    bad = forbidden(url.target)
    if not bad:
        return url.target, ()
    if effect is not Effect.WRITE:
        return encode_forbidden(url.target), ("NOTE(target-encoded)",)
    found = url.target[bad[0]]
    raise WireFault("BAD_REQUEST_BYTES", f"U+{ord(found):04X} at offset {bad[0]} of the request target")


def _headers(probe: HttpProbe, authority: str, length: int) -> Headers:
    given = tuple((name, value.strip()) for name, value in probe.headers if name.lower() not in _OURS)
    names = {name.lower() for name, _ in given}
    own = [("Host", authority), ("User-Agent", USER_AGENT), ("Accept", "*/*"), ("Accept-Encoding", "identity")]
    if probe.effect is Effect.CLICK:
        own.append(("Connection", "keep-alive"))
    host = [item for item in own[:1] if "host" not in names]
    rest = [item for item in own[1:] if item[0].lower() not in (*names, *probe.without)]
    size = [("Content-Length", str(length))] if length or probe.method.upper() in ("POST", "PUT", "PATCH") else []
    return (*host, *given, *rest, *size)


def _check(headers: Headers) -> None:
    for name, value in headers:
        if not _TOKEN.fullmatch(name) or _CONTROL.search(value):
            raise WireFault("BAD_REQUEST_BYTES", f"the header {name[:40]!a} holds characters HTTP forbids")


def _authority(url: Url, host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return shown if port == default_port(url.scheme) else f"{shown}:{port}"

"""Whether a host looks like production, a test server, or a machine nobody outside can reach."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Literal

Kind = Literal["production", "staging", "private"]

_SIGN = re.compile(
    r"(?:^|[.\-])(staging|stage|stg|sandbox|test|testing|uat|preprod|dev|qa)(?=[.\-]|\d*\.)"
    r"|\b(ngrok|localtunnel|loca\.lt|webhook\.site|requestbin|beeceptor|pipedream)\b",
    re.IGNORECASE,
)


def kind_of(host: str, addresses: Sequence[str] = ()) -> Kind:
    """What a host looks like by its name and its addresses; production where nothing speaks against it."""
    if local_sign(host) or any(local_sign(address) for address in addresses):
        return "private"
    return "staging" if trial_sign(host) else "production"


def local_sign(host: str) -> str:
    """What makes a host nobody else can reach: its name, or the kind of its address; empty otherwise."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost" or bare.endswith((".localhost", ".local", ".internal")):
        return bare.rpartition(".")[2]
    try:
        found = ip_address(bare)
    except ValueError:
        return ""
    return "private" if found.is_private or found.is_loopback else ""


def trial_sign(host: str) -> str:
    """The word in a host's name that means a test server or a catcher of requests; empty without one."""
    found = _SIGN.search(host)
    return next((part for part in found.groups() if part), "") if found else ""

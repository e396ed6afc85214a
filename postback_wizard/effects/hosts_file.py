"""The system's own list of names (``/etc/hosts``), which comes before any name server."""

import os
import sys
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path


def hosts_path() -> Path:
    """Where this system keeps its hosts file."""
    if sys.platform == "win32":
        return Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "drivers" / "etc" / "hosts"
    return Path("/etc/hosts")


def addresses_of(host: str, path: Path) -> tuple[str, ...]:
    """The addresses a hosts file gives a name (lower case); empty when it names none or cannot be read."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return ()
    return _table(path, changed).get(host.removesuffix("."), ())


@lru_cache(maxsize=4)
def _table(path: Path, changed: int) -> dict[str, tuple[str, ...]]:  # noqa: ARG001 - a changed file is read again
    found: dict[str, tuple[str, ...]] = {}
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return found
    for line in lines:
        address, *names = line.partition("#")[0].split() or [""]
        try:
            plain = str(ip_address(address.partition("%")[0]))
        except ValueError:
            continue
        for name in names:
            found[name.lower()] = (*found.get(name.lower(), ()), plain)
    return found

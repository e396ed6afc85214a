"""Which catalogue judged: one digest over everything it shipped with and the user's own files."""

import hashlib
from functools import cache

from postback_wizard.catalogue import own_platforms
from postback_wizard.catalogue.files import ROOT


def catalogue_digest() -> str:
    """SHA-256 (hex) over the names and contents of all files; users' own platforms count by their values."""
    own = "".join(f"{name}\n{found!r}\n" for name, found in sorted(own_platforms().items()))
    return hashlib.sha256(f"{_shipped()}\n{own}".encode()).hexdigest()


@cache
def _shipped() -> str:
    digest = hashlib.sha256()
    for path in sorted(ROOT.rglob("*.toml")):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()

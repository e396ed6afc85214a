"""Where an answer points: a redirect target made absolute without changing a byte, or why it cannot be followed."""

import re

from postback_wizard.domain.url import split_url

#: Longer targets reach no server anybody runs.
LONGEST = 16_384

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_NO_HOST = re.compile(r"[\s\\<>\"^`|]|(?<=.)\[")
_PATH = re.compile(r"[^?#]*")
#: Schemes that name this machine, a script or another protocol; anything else unknown opens an app.
_BLOCKED = (
    *("file", "ftp", "ftps", "sftp", "javascript", "data", "blob", "about", "vbscript", "gopher", "ws", "wss"),
    *("chrome", "view-source", "jar", "filesystem", "resource", "ldap", "ldaps", "dict", "telnet", "ssh", "smb", "nfs"),
)


#: http and https mistyped, or a host with a port and nothing before it: no app answers to these.
_MISTYPED = re.compile(r"(?!https?$)h{0,2}t{1,3}p{1,2}s{0,2}", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"(?:localhost|[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+):[0-9]{1,5}(?![^/?#])")


def resolve(reference: str, base: str) -> tuple[str, str]:
    """The absolute URL a reference names, or an empty string and the outcome that says why there is none.

    ``reference`` may hold lone surrogates for bytes that were not UTF-8; they are refused, like control characters.
    """
    fault = _unreadable(reference)
    if fault:
        return "", fault
    target = _join(reference, base)
    scheme = split_url(target).scheme.lower()
    if scheme in _BLOCKED or _MISTYPED.fullmatch(scheme) or _HOST_AND_PORT.match(target):
        return "", f"BLOCKED_SCHEME({scheme})"
    if scheme not in ("http", "https"):
        return "", f"APP_LINK({scheme})"
    fault = _unusable(target)
    return ("", fault) if fault else (target, "")


def mask_userinfo(text: str) -> str:
    """The text with a user name and password before a host replaced by ``***``."""
    url = split_url(text)
    return text.replace(url.userinfo, "***@", 1) if url.userinfo else text


def _unreadable(reference: str) -> str:
    if not reference:
        return "REDIRECT_INVALID(empty)"
    if _CONTROL.search(reference):
        return "REDIRECT_INVALID(bytes)"
    return "REDIRECT_INVALID(too long)" if len(reference) > LONGEST else ""


def _unusable(target: str) -> str:
    url = split_url(target)
    if url.userinfo:
        return "REDIRECT_INVALID(userinfo)"
    if not url.host or url.host.startswith("[") != url.host.endswith("]") or _NO_HOST.search(url.host):
        return "REDIRECT_INVALID(url)"
    return "REDIRECT_INVALID(port)" if url.port_number is None else ""


def _join(reference: str, base: str) -> str:
    """RFC 3986 section 5.2 on the text as it stands: only dot segments of the path are removed."""
    if _SCHEME.match(reference):
        return reference
    url = split_url(base)
    root = f"{url.scheme}:{url.slashes}{url.authority}"
    if reference.startswith("//"):
        return f"{url.scheme}:{reference}"
    before_fragment = base.partition("#")[0]
    if reference.startswith("#"):
        return before_fragment + reference
    if reference.startswith("?"):
        return before_fragment.partition("?")[0] + reference
    path = next(_PATH.finditer(reference)).group()
    merged = path if reference.startswith("/") else f"{url.path.rpartition('/')[0]}/{path}"
    return f"{root}{_without_dots(merged)}{reference[len(path) :]}"


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "..":
            if len(kept) > 1:
                kept.pop()
            kept.extend([""] if last else [])
        elif part == ".":
            kept.extend([""] if last else [])
        else:
            kept.append(part)
    return "/".join(kept)

"""The address of a curl command as curl puts it on the request line."""

from urllib.parse import unquote_to_bytes

from postback_wizard.domain.url import split_url


def without_dots(text: str) -> tuple[str, str]:
    """A URL without ``.`` and ``..`` in its path, as RFC 3986 section 5.2.4 and curl take them out, and that path.

    The path is empty where there was nothing to take out.
    """
    path = split_url(text).path
    segments = path.split("/")
    if not {".", ".."} & set(segments):
        return text, ""
    kept: list[str] = []
    for segment in segments[1:]:
        if segment == ".." and kept:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    ends = [""] if segments[-1] in (".", "..") else []
    shorter = "/" + "/".join([*kept, *ends])
    at = len(text) - len(text.partition("://")[2]) + len(split_url(text).authority)
    return text[:at] + shorter + text[at + len(path) :], shorter


def without_login(text: str) -> tuple[str, bytes]:
    """A URL without user name and password, and those as ``name:password``; empty where there are none."""
    url = split_url(text)
    if not url.userinfo:
        return text, b""
    login = unquote_to_bytes(url.userinfo.removesuffix("@"))
    return text.replace(url.userinfo, "", 1), login if b":" in login else login + b":"


def with_query(url: str, data: str) -> str:
    """The URL with more of a query, before its fragment."""
    base, hash_mark, fragment = url.partition("#")
    joint = "" if base.endswith(("?", "&")) else "&" if "?" in base else "?"
    return f"{base}{joint}{data}{hash_mark}{fragment}"

"""Where secrets and personal data stand in free text: patterns, each linear in the length of the text."""

import base64
import ipaddress
import re
from collections.abc import Iterator

#: A macro names a value and holds none: ``{token}``, ``[token]``, ``%token%``, ``__TOKEN__`` …
MACRO = re.compile(
    r"\{{1,2}[\w.:|\- ]{1,80}\}{1,2}|\[[\w.:\-]{1,80}\]|%\w{1,80}%|\$\{?\w{1,80}\}?|#\w{1,80}#|<\w{1,80}>|__\w{1,80}__"
)
URLS = re.compile(r"(?<![A-Za-z])[a-z][a-z0-9+.\-]{1,12}://[^\s\"'<>\\^`]+", re.IGNORECASE)
HEADER = re.compile(
    r"(?im)(?<![\w\-])((?:proxy-)?authorization|(?:set-)?cookie|access-token|api-key|developer-token|forwarded|"
    r"(?:true-)?client-ip|cf-connecting-ip|x-[a-z\-]{1,40})(\s{0,4}:\s{0,4})([^\r\n\"']+)"
)
#: The password option of curl.
USER_OPTION = re.compile(
    r"(?<!\S)(-u|--user|--proxy-user)([ =]\^?\$?[\"']?|(?<=\s-u)[\"']?(?=[^\s\"':]{1,80}:))([^\s\"']+)"
)

_NAME = r"(?<![\w.\-\[\]])([\w.\-\[\]]{1,80})"
PAIR = re.compile(rf"{_NAME}(=)([^&\s\"'<>;,\\)]+)")
_SAID = re.compile(rf"{_NAME}(:\s?)(?=[^\s\d]{{0,200}}\d)([^&\s\"'<>;,\\)]{{6,}})")
_JSON = re.compile(r"(?<![\w\\])\\{0,8}[\"']([\w.\-\[\]]{1,80})(\\{0,8}[\"']\s{0,4}:\s{0,4}\\{0,8}[\"'])([^\"'\\]+)")
_JSON_NUMBER = re.compile(r"[\"']([\w.\-\[\]]{1,80})(\\{0,8}[\"']\s{0,4}:\s{0,4})(\d[\d.]{0,40})")
_ELEMENT = re.compile(r"<([\w:.\-]{1,80})(>)([^<>]+)")
_INPUT = re.compile(r"name=[\"']([\w.\-\[\]]{1,80})([\"'][^<>]{0,200}?value=[\"'])([^\"'<>]+)")
_PART = re.compile(r"name=\"([\w.\-\[\]]{1,80})(\"[^\r\n]{0,200}\r?\n(?:[^\r\n]{1,200}\r?\n){0,4}\r?\n)([^\r\n]+)")
SEGMENT = re.compile(r"/(token|access_token|api_?key|secret)(/)([^/?#\s\"'<>]+)", re.IGNORECASE)
#: Each has three groups: the name, what stands between, and the value.
NAMED = (_JSON, _JSON_NUMBER, _PART, _INPUT, _ELEMENT, PAIR, _SAID, SEGMENT)

_EMAIL = re.compile(r"(?<![\w.+'\-])[\w.+'\-]{1,320}@(?:[\w\-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_TOKEN = re.compile(
    r"(?<![\w\-])(?:eyJ[\w\-]{8,4096}\.[\w\-]{4,8192}\.[\w\-]{0,4096}|EAA[A-Za-z0-9]{20,1024}"
    r"|AKIA[0-9A-Z]{16}(?![0-9A-Z])|gh[pousr]_[A-Za-z0-9]{36,255}|xox[abeoprs]-[A-Za-z0-9\-]{10,255}"
    r"|[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}|AIza[\w\-]{35}(?![\w\-])"
    r"|(?<=Bearer )[\w.\-~+/]{8,4096})"
)
#: The version in ``Chrome/120.0.0.0`` is no address.
_IP = re.compile(
    r"(?<![A-Za-z]/)(?<![\w.:])"
    r"(?:\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)|(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:.]{2,45}(?![\w:]))"
)
BASE64 = re.compile(r"(?<![A-Za-z0-9+/_\-])[A-Za-z0-9+/_\-]{16,}={0,2}")


def emails(text: str) -> Iterator[str]:
    """Every e-mail address in a text."""
    return (match.group() for match in _EMAIL.finditer(text)) if "@" in text else iter(())


def tokens(text: str) -> Iterator[str]:
    """What looks like a bearer token whatever stands before it."""
    return (match.group() for match in _TOKEN.finditer(text))


def addresses(text: str) -> Iterator[str]:
    """Every IP address in a text that names somebody."""
    return (found for match in _IP.finditer(text) if (found := address(match.group())))


def address(text: str) -> str:
    """The IP address a text is, empty when it is none; loopback and unspecified ones name nobody."""
    bare = text.strip()
    bare = bare if bare.endswith("::") else bare.rstrip(".:")
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return ""
    return "" if found.is_loopback or found.is_unspecified else bare


def unbase64(text: str) -> str:
    """What a base64 text of either alphabet says, empty when it is none or says nothing readable."""
    bare = text.rstrip("=").replace("-", "+").replace("_", "/")
    if len(bare) % 4 == 1:
        return ""
    try:
        decoded = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode("utf-8")
    except ValueError:
        return ""
    return decoded if re.sub(r"[\r\n\t]", "", decoded).isprintable() else ""

"""What lines of pasted curl, wget and browser text look like; every pattern reads a line in linear time."""

import re
from collections.abc import Iterator

from postback_wizard.domain.curl import read_curl
from postback_wizard.domain.exact import UnreadableRequestError

STATUS = re.compile(r"HTTP/[0-9](?:\.[0-9])?[ \t]+([1-9][0-9]{2})(?![0-9A-Za-z_-])")
REQUEST = re.compile(r"([A-Z]{3,10})[ \t]+(\S+)[ \t]+HTTP/[0-9](?:\.[0-9])?")
#: A header by itself needs a space after its colon, or nothing: ``https://…`` is none.
HEADER = re.compile(r"(:?[!#$%&'*+.^_`|~0-9A-Za-z-]+):(?:[ \t]+(.*))?")
LOOSE_HEADER = re.compile(r"(:?[!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)")
#: A command, perhaps behind a prompt such as ``user@host:~$``.
COMMAND = re.compile(
    r"[ \t]*(?:[^$#%>\u276f\u279c<]{0,100}(?:[$#%\u276f][ \t]+|>[ \t]*|\u279c[^<>]{0,60}[ \t]))?"
    r"((?:curl|wget)(?:\.exe)?[ \t]+\S)"
)
ERROR = re.compile(r"(?:.{0,200}?\D)?curl: \(([0-9]{1,3})\)(.*)")
CONNECT_TO = re.compile(
    r"(?:Connected to \S+ \((?P<address>[0-9A-Fa-f.:]+)\)|Established connection to \S+ \((?P<other>[0-9A-Fa-f.:]+))"
    r" port (?P<port>[0-9]{1,5})"
)
ASKED_URL = re.compile(r"(?:Issue another request to this URL: '|OPENED stream for )(https?://[^\s']+)")
SECURE = re.compile(r"\* (?:SSL connection using|TLS|SSL certificate|ALPN|schannel: )")
WGET_URL = re.compile(r"--[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}--[ \t]+(?:\(try: ?[0-9]+\)[ \t]+)?(\S+)")
WGET_STATUS = re.compile(r"(?:HTTP|Proxy) request sent, awaiting response\.\.\.[ \t]*([1-9][0-9]{2})?")
URL_LINE = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
#: The rows a browser shows above the headers of a request.
GENERAL = re.compile(r"(Request URL|Request Method|Status Code|Remote Address|Referrer Policy)(?![^:])", re.IGNORECASE)
SECTION = re.compile(r"(?:Request|Response) Headers", re.IGNORECASE)

#: Headers that servers answer with; one of them shows that a block without a status line is an answer.
KNOWN = frozenset(
    (
        *("location", "refresh", "server", "date", "content-type", "content-length", "set-cookie", "cache-control"),
        *("expires", "vary", "via", "x-powered-by", "strict-transport-security", "etag", "last-modified", "alt-svc"),
        *("transfer-encoding", "cf-ray", "p3p", "pragma", "report-to", "x-request-id", "cf-cache-status", "nel"),
    )
)

_ESCAPES = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]|\x1b\]8;[^\x07\x1b]{0,4096}(?:\x07|\x1b\\)")
_METER = re.compile(r"[ ]*[0-9]{1,3}(?: +[0-9.]+[kMGTP]?){6,7} +[-0-9:]+ +[-0-9:]+ +[-0-9:]+ +[0-9.]+[kMGTP]?")
_METER_HEAD = ("  % Total ", " Dload ", "                                 Dload ")
_BREAK = re.compile(r"\r\n|\r|\n")
#: curl's own lines that stand behind a body without a line end.
_GLUED = re.compile(r"(?<=[^\s*])(?=\* (?:Connection #[0-9]+ to host|Closing connection|Issue another request to))")
_HEAD_FLAG = re.compile(r"[ \t](?:-[A-Za-z]{0,20}I[A-Za-z]{0,20}|--head|--spider)(?=\s|$)")
_URL_IN_COMMAND = re.compile(r"\"(https?://[^\"\s]+)\"|'(https?://[^'\s]+)'|(https?://[^\s\"'&|;]+)", re.IGNORECASE)
_LOCAL = re.compile(r"(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?|.*:80", re.IGNORECASE)


def clean_lines(text: str) -> Iterator[str]:
    """The lines without colours, links, progress meters and what was glued together; line ends of any system."""
    for line in _BREAK.split(_ESCAPES.sub("", text.removeprefix("\ufeff"))):
        if line.startswith(_METER_HEAD):
            continue
        meter = _METER.match(line)
        rest = line[meter.end() :] if meter else line
        if meter and not rest:
            continue
        yield from _GLUED.split(rest) if "* " in rest[1:] else (rest,)


def of_command(text: str) -> tuple[str, str]:
    """The URL a command asked for and its method; empty URL where it names none, empty method where it is curl's own.

    An unquoted ``&`` ends the URL, as it does in a shell.
    """
    command = text[:65_536]
    heads = _HEAD_FLAG.search(command) is not None
    try:
        request = read_curl(command)
    except UnreadableRequestError:
        found = _URL_IN_COMMAND.search(command.replace("^", "")) if '^"' in command else _URL_IN_COMMAND.search(command)
        url = next((part for part in found.groups() if part), "") if found else ""
        return url, "HEAD" if heads else ""
    return request.url, "HEAD" if heads else request.method


def is_local(host: str) -> bool:
    """Whether a ``Host`` header names this machine or the port of plain http."""
    return _LOCAL.fullmatch(host) is not None

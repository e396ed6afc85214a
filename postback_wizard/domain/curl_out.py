"""A request written as a curl command for bash, PowerShell and cmd."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from postback_wizard.domain import shell, shell_cmd, shell_powershell
from postback_wizard.domain.command import Shell
from postback_wizard.domain.exact import Headers, wire_bytes
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible

BAD_NAME = Text(
    en="The header name {at} cannot be written as an option of curl.",
    ru="Имя заголовка {at} нельзя записать как параметр curl.",
)
CONTROL = Text(
    en="{name} cannot carry the character {at} of the request; copy it as curl for bash.",
    ru="{name} не может передать символ {at} из запроса; скопируйте его как curl для bash.",
)
TRAILING = Text(
    en="PowerShell cannot pass {at}, which has blanks and ends in a backslash; copy it as curl for bash.",
    ru="PowerShell не может передать {at}: там пробелы и обратная косая черта в конце; скопируйте как curl для bash.",
)
TOO_LONG = Text(
    en="cmd takes at most {at} characters; copy the request as curl for bash or PowerShell.",
    ru="cmd принимает не больше {at} символов; скопируйте запрос как curl для bash или PowerShell.",
)
#: The longest line of cmd, in characters.
CMD_LIMIT = 8191

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_PLAIN = re.compile(r"[\x20-\x7e]*")
_TEMPORARY = "$env:TEMP\\postback-body.bin"


class Exchange(Protocol):
    """Anything that is a request: method, URL, headers and body."""

    @property
    def method(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Headers: ...
    @property
    def body(self) -> str: ...


class UnwritableRequestError(ValueError):
    """A request that a form cannot express: a sentence and the place in question."""

    def __init__(self, message: Text, **values: str) -> None:
        super().__init__(message.en)
        self.message = message
        self.values = values

    def say(self, lang: str) -> str:
        """The sentence in ``lang``."""
        return self.message.say(lang, self.values)


def as_curl(request: Exchange, without: tuple[str, ...] = (), kind: Shell = "bash") -> str:
    """The request as a command that sends the same bytes: nothing globbed, squashed or added to the body.

    ``without`` names headers of curl's own that are taken away.

    Raises:
        UnwritableRequestError: the shell, or curl, cannot express the request.
    """
    match kind:
        case "bash":
            return _bash(request, without)
        case "powershell":
            return _powershell(request, without)
        case "cmd":
            return _cmd(request, without)


def _words(request: Exchange, without: tuple[str, ...], body: tuple[str, ...]) -> Iterator[str]:
    has_body = bool(request.body)
    yield from ("--globoff", "--path-as-is")
    if request.method.upper() == "HEAD" and not has_body:
        yield "--head"
    elif request.method != ("POST" if has_body else "GET"):
        yield from ("--request", request.method)
    for name, value in request.headers:
        if not _NAME.fullmatch(name):
            raise UnwritableRequestError(BAD_NAME, at=visible(name[:40]))
        yield from ("--header", f"{name}: {value}" if value else f"{name};")
    given = {name.lower() for name, _ in request.headers}
    if has_body and "content-type" not in given:
        yield from ("--header", "Content-Type:")
    if len(request.body) >= 1024**2 and "expect" not in given:
        yield from ("--header", "Expect:")
    yield from body
    yield from ("--url", request.url)
    for name in without:
        if name.lower() not in given:
            yield from ("--header", f"{name}:")


def _joined(words: Iterator[str], quote: Callable[[str], str]) -> str:
    return " ".join(quote(word) for word in words)


def _bash(request: Exchange, without: tuple[str, ...]) -> str:
    if "\0" not in request.body:
        data = ("--data-raw", request.body) if request.body else ()
        return f"curl {_joined(_words(request, without, data), shell.quote_word)}"
    raw = wire_bytes(request.body)
    octal = "".join(f"\\{byte:03o}" for byte in raw)
    words = [shell.quote_word(word) for word in _words(request, without, ("--data-binary", ""))]
    words[words.index("--data-binary") + 1] = f"@<(printf '{octal}')"
    return " ".join(["curl", *words])


def _powershell(request: Exchange, without: tuple[str, ...]) -> str:
    """A body that no command line of Windows carries safely goes through a file of its own."""
    body = request.body
    as_file = not _PLAIN.fullmatch(body) or len(body) > CMD_LIMIT or (body.endswith("\\") and " " in body)
    data = () if not body else ("--data-binary", f"@{_TEMPORARY}") if as_file else ("--data-raw", body)
    words = []
    for word in _words(request, without, data):
        if word == f"@{_TEMPORARY}":
            words.append(f'"{word}"')
            continue
        _only_plain(word, "PowerShell")
        if word.endswith("\\") and " " in word:
            raise UnwritableRequestError(TRAILING, at=word[:60])
        words.append(shell_powershell.quote_word(word))
    packed = b64encode(wire_bytes(body)).decode()
    made = f"[IO.File]::WriteAllBytes(\"{_TEMPORARY}\", [Convert]::FromBase64String('{packed}')); " if as_file else ""
    return f"$PSNativeCommandArgumentPassing = 'Legacy'; {made}{' '.join(['curl.exe', *words])}"


def _cmd(request: Exchange, without: tuple[str, ...]) -> str:
    words = list(_words(request, without, ("--data-raw", request.body) if request.body else ()))
    for word in words:
        _only_plain(word, "cmd")
    line = " ".join(["curl.exe", *(shell_cmd.quote_word(word) for word in words)])
    if len(line) > CMD_LIMIT:
        raise UnwritableRequestError(TOO_LONG, at=str(CMD_LIMIT))
    return line


def _only_plain(word: str, name: str) -> None:
    """Refuse what Windows would pass in an encoding of its own, or not at all."""
    bad = re.search(r"[^\x20-\x7e]", word)
    if bad:
        raise UnwritableRequestError(CONTROL, name=name, at=f"U+{ord(bad.group()):04X}")


FORMS: Mapping[Shell, str] = {"bash": "bash", "powershell": "PowerShell", "cmd": "cmd"}

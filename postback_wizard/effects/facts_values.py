"""Checking the values of a facts file, key by key."""

import datetime as dt
import difflib
import ipaddress
import json
import re
from collections.abc import Mapping
from pathlib import Path

from postback_wizard.domain.facts import CHOICES, GROUPS, MEMORY_ONLY, NAMES, PATHS, TABLES, TIMES, Facts
from postback_wizard.domain.paths import names_several, split_paths
from postback_wizard.domain.payload import UploadProblem, read_payload
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import read_moment
from postback_wizard.effects.sentences import fill, shown
from postback_wizard.effects.strict_json import Real

#: Facts that may be JSON: as text, as a table, or as the path of a file.
PAYLOADS = ("upload_event", "browser_event")
_MAX_PAYLOAD = 10 * 1024 * 1024
#: RFC 9110 section 5.6.2.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SECRETS = re.compile(r"(access_?)?token|(signing_?)?secret|api_?key|password", re.IGNORECASE)


class FactsError(ValueError):
    """One sentence about a facts file: the key, the value, and what is accepted."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.say("en"))
        self.message = message


_BAD = Text(en="{key} is {value}; accepted: {accepted}.", ru="{key} = {value}; допускается: {accepted}.")
_BAD_HIDDEN = Text(
    en="{key}: the value is not shown because it may be private; accepted: {accepted}.",
    ru="{key}: значение не показано, так как может быть конфиденциальным; допускается: {accepted}.",
)
_UNKNOWN = Text(en="There is no key {key}; accepted: {accepted}.", ru="Ключа {key} нет; допустимы: {accepted}.")
_NEAREST = Text(en="There is no key {key}; did you mean {nearest}?", ru="Ключа {key} нет; может быть, {nearest}?")
_GROUP = Text(
    en="{key} is a table; facts are flat, so put its keys at the top level without [{key}].",
    ru="{key} — таблица; факты плоские, поэтому перенесите её ключи на верхний уровень без [{key}].",
)
_SECRET = Text(
    en="{key}: secrets are never read from this file; set POSTBACK_WIZARD_TOKEN or POSTBACK_WIZARD_SECRET.",
    ru="{key}: секреты из этого файла не читаются; задайте POSTBACK_WIZARD_TOKEN или POSTBACK_WIZARD_SECRET.",
)
_A_TEXT = Text(en="text in quotes, or a number", ru="текст в кавычках или число")
_A_WHOLE_TEXT = Text(en="text without half characters (lone surrogates)", ru="текст без половинок символов")
_A_TABLE = Text(en="a table of texts", ru="таблица «ключ — текст»")
_A_LIST = Text(en="a list of IP addresses or networks in quotes", ru="список IP-адресов или сетей в кавычках")
_A_TIME = Text(en="an ISO 8601 time such as 2026-03-01T10:00:00Z", ru="время ISO 8601, например 2026-03-01T10:00:00Z")
_A_METHOD = Text(en="an HTTP method such as GET or POST", ru="метод HTTP, например GET или POST")
_A_PATH = Text(en="the path of a file", ru="путь к файлу")
_A_PAYLOAD = Text(
    en="a table, or as text or the path of a file in UTF-8 of at most 10 MiB: JSON, a form, CSV with its header, a "
    "URL, a curl command, a raw request or a HAR entry",
    ru="таблица, либо текстом или путём к файлу в UTF-8 не больше 10 МиБ: JSON, форма, CSV с заголовком, URL, команда "
    "curl, сырой запрос или запись HAR",
)


def check_facts(table: Mapping[str, object], folder: Path) -> Facts:
    """The facts a parsed file gives; relative paths count from ``folder``, which is absolute.

    Raises:
        FactsError: the first thing that is wrong, in the order of the file.
    """
    return Facts().with_values({key: _value(key, value, folder) for key, value in table.items()})


def _value(key: str, value: object, folder: Path) -> object:
    if key not in NAMES:
        raise _unknown(key, value)
    if key == "allow":
        return _networks(value)
    if key in TABLES:
        return _texts(key, value)
    if key in PAYLOADS:
        return _payload(key, value, folder)
    text = _text(key, value)
    if not text.strip():
        return ""
    return _path(key, text, folder) if key in PATHS else _checked(key, text)


def _unknown(key: str, value: object) -> FactsError:
    if key in GROUPS and isinstance(value, dict):
        return FactsError(fill(_GROUP, key=key))
    if _SECRETS.fullmatch(key):
        return FactsError(fill(_SECRET, key=shown(key)))
    near = difflib.get_close_matches(key[:100].lower(), NAMES, n=1)
    if near:
        return FactsError(fill(_NEAREST, key=shown(key), nearest=near[0]))
    return FactsError(fill(_UNKNOWN, key=shown(key), accepted=", ".join(NAMES)))


def _bad(key: str, value: object, accepted: Text | str) -> FactsError:
    hidden = key.partition(".")[0] in (*MEMORY_ONLY, "headers")
    return FactsError(fill(_BAD_HIDDEN if hidden else _BAD, key=shown(key), value=shown(value), accepted=accepted))


def _text(key: str, value: object) -> str:
    match value:
        case str():
            if _SURROGATE.search(value):
                raise _bad(key, value, _A_WHOLE_TEXT)
            return value
        case Real():
            return value.written
        case bool():
            raise _bad(key, value, _choices(key))
        case int():
            return _digits(key, value)
        case dt.datetime() | dt.date() if key in TIMES:
            return value.isoformat()
    raise _bad(key, value, _choices(key))


def _choices(key: str) -> Text | str:
    return ", ".join(CHOICES[key]) if key in CHOICES else _A_TIME if key in TIMES else _A_TEXT


def _digits(key: str, value: int) -> str:
    try:
        return str(value)
    except ValueError:  # thousands of digits, which TOML lets through in hexadecimal
        raise _bad(key, value, _A_TEXT) from None


def _checked(key: str, text: str) -> str:
    if key in CHOICES and text not in CHOICES[key]:
        raise _bad(key, text, _choices(key))
    if key in TIMES and read_moment(text) is None:
        raise _bad(key, text, _A_TIME)
    if key == "method" and not _TOKEN.fullmatch(text):
        raise _bad(key, text, _A_METHOD)
    return text


def _path(key: str, text: str, folder: Path) -> str:
    if "\0" in text:
        raise _bad(key, text, _A_PATH)
    whole = folder / _home(text)
    if key == "har" or whole.exists() or not names_several(text):
        return str(whole)
    return ";".join(str(folder / _home(part)) for part in split_paths(text))


def _home(text: str) -> Path:
    """No shell has seen a file's ``~/``."""
    try:
        return Path(text).expanduser() if text.startswith("~/") else Path(text)
    except RuntimeError:  # nobody's home is known
        return Path(text)


def _networks(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _bad("allow", value, _A_LIST)
    return tuple(_network(item) for item in value)


def _network(value: object) -> str:
    if isinstance(value, str):
        try:
            network = ipaddress.ip_network(value.strip(), strict=False)
        except ValueError:
            raise _bad("allow", value, _A_LIST) from None
        return str(network) if "/" in value else str(network.network_address)
    raise _bad("allow", value, _A_LIST)


def _texts(key: str, value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _bad(key, value, _A_TABLE)
    for name in value:
        if _SURROGATE.search(name):
            raise _bad(key, name, _A_WHOLE_TEXT)
    return {name: _text(f"{key}.{name}", item) for name, item in value.items()}


def _payload(key: str, value: object, folder: Path) -> str:
    if isinstance(value, dict | list):
        return _again(key, value)
    if not isinstance(value, str):
        raise _bad(key, value, _A_PAYLOAD)
    text = _text(key, value)
    if not text.strip() or text.lstrip()[:1] in "{[":
        return text
    return _content(key, text, folder)


def _again(key: str, value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, indent=2, default=_iso)
    except ValueError:
        raise _bad(key, value, _A_PAYLOAD) from None
    return _text(key, text)


def _iso(value: object) -> str:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    raise ValueError(type(value).__name__)


def _content(key: str, text: str, folder: Path) -> str:
    """The content of the file a text names; a text that names none is left to the checks."""
    try:
        path = folder / _home(text)
        if not path.is_file():
            return text
        if path.stat().st_size > _MAX_PAYLOAD:
            raise _bad(key, text, _A_PAYLOAD)
        content = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except (OSError, ValueError) as error:
        if isinstance(error, FactsError):
            raise
        if isinstance(error, UnicodeDecodeError | PermissionError):
            raise _bad(key, text, _A_PAYLOAD) from None
        return text
    if content.lstrip()[:1] not in ("{", "[") and isinstance(read_payload(content), UploadProblem):
        raise _bad(key, text, _A_PAYLOAD)
    return content

"""Headers and bodies as log records and archives keep them."""

import base64
import binascii
import json
from collections.abc import Mapping

from postback_wizard.domain.exact import Headers, UnreadableRequestError
from postback_wizard.domain.text import Text

BODY_MISSING = Text(
    en="The recording kept the fields of the form ({at}) but not the bytes; paste the body as it was sent.",
    ru="В записи остались поля формы ({at}), но не сами байты; вставьте тело так, как оно ушло.",
)
BODY_PACKED = Text(
    en="The body is base64 that cannot be read ({at}).", ru="Тело записано в base64, прочитать его нельзя ({at})."
)
BODY_REWRITTEN = Text(
    en="The log keeps the body as a structure, not as bytes; it is written without blanks here.",
    ru="В логе тело записано структурой, а не байтами; здесь оно записано без пробелов.",
)

Table = Mapping[str, object]


def read_headers(value: object) -> Headers:
    """Headers kept as a table, as pairs, or as a list of names and values; pseudo-headers are none."""
    pairs: list[tuple[object, object]] = []
    match value:
        case dict():
            pairs = list(value.items())
        case list():
            pairs = [(item.get("name"), item.get("value")) for item in value if isinstance(item, dict)]
            pairs += [(item[0], item[1]) for item in value if isinstance(item, list) and len(item) == 2]
    found = ((stored(name), stored(text)) for name, text in pairs if isinstance(name, str) and isinstance(text, str))
    return tuple((name, text.strip(" \t")) for name, text in found if name and not name.startswith(":"))


def read_body(value: object, notes: list[Text]) -> str:
    """The body of a record; that of an archive is a table with its text.

    Raises:
        UnreadableRequestError: its bytes were not kept, or cannot be read.
    """
    if isinstance(value, dict) and {"mimeType", "text", "params"} & set(value):
        return _posted(value)
    if isinstance(value, dict | list):
        notes.append(BODY_REWRITTEN)
        return stored(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return stored(value) if isinstance(value, str) else ""


def _posted(data: Table) -> str:
    text = data.get("text")
    if not isinstance(text, str) or not text:
        params = data.get("params")
        if isinstance(params, list) and params:
            names = [str(item.get("name", "")) for item in params if isinstance(item, dict)]
            raise UnreadableRequestError(BODY_MISSING, ", ".join(names)[:80])
        return ""
    if data.get("encoding") != "base64":
        return stored(text)
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "surrogateescape")
    except (binascii.Error, ValueError):
        raise UnreadableRequestError(BODY_PACKED, text[:40]) from None


def stored(text: str) -> str:
    """Text that can be stored: lone surrogates, which JSON may carry, are replaced."""
    return text.encode("utf-8", "replace").decode()

"""A case as bytes and back: JSON with a digest, strict about everything but white space."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Literal

from postback_wizard.domain.case import SCHEMA_VERSION, STEP_ORDER, Case
from postback_wizard.domain.facts import MEMORY_ONLY, Facts
from postback_wizard.domain.text import Text
from postback_wizard.effects.sentences import fill, shown
from postback_wizard.effects.strict_json import JsonError, parse

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic import TypeAdapter

#: Guards against bit rot. Who edits a case on purpose deletes the key; without it nothing is compared.
_DIGEST = "digest"


class CaseError(ValueError):
    """Bytes that are no case of ours.

    ``corrupt``: damaged, or never a case. ``newer``: written by a later version of this program.
    ``detail`` says what was met, technically, and quotes nothing of the content. ``place`` is where the file is now,
    empty for bytes that came from no file; ``moved`` says that it was put aside there.
    """

    def __init__(self, kind: Literal["corrupt", "newer"], detail: str, place: str = "", *, moved: bool = False) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.place = place
        self.moved = moved

    @property
    def message(self) -> Text:
        """What happened to the file, for people."""
        text = _NEWER if self.kind == "newer" else _MOVED if self.moved else _CORRUPT
        return fill(text, place=shown(self.place, 300) or "JSON", detail=shown(self.detail, 200))


_NEWER = Text(
    en="{place} was written by a newer version of postback-wizard ({detail}). It was left as it is; please update.",
    ru="{place} записан более новой версией postback-wizard ({detail}). Файл не изменён; обновите программу.",
)
_CORRUPT = Text(
    en="{place} is damaged or is no case ({detail}). It was left as it is.",
    ru="{place} повреждён или не является файлом случая ({detail}). Файл не изменён.",
)
_MOVED = Text(
    en="The case file is damaged ({detail}). It was put aside unchanged as {place}; other cases are not affected.",
    ru="Файл случая повреждён ({detail}). Он отложен без изменений как {place}; остальные случаи не затронуты.",
)


def to_json(value: object) -> object:
    """Cases, records, evidence or findings as JSON-ready values; facts that live in memory only are left out.

    Raises:
        TypeError: a value of a type that no case holds.
    """
    match value:
        case Enum():
            return value.value
        case None | str() | int() | float():
            return value
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case tuple() | list():
            return [to_json(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(getattr(value, name)) for name in _names(type(value))}
    raise TypeError(f"no case holds a {type(value).__name__}")


@cache
def _names(kind: "type[DataclassInstance]") -> tuple[str, ...]:
    """The fields of a type, the one that tells evidence apart first."""
    names = [item.name for item in fields(kind) if not (kind is Facts and item.name in MEMORY_ONLY)]
    return tuple(sorted(names, key=lambda name: name != "kind"))


def dump_case(case: Case) -> bytes:
    """A case as indented JSON in UTF-8, with a digest of its content.

    Raises:
        ValueError: a number in it is not finite.
    """
    content: dict[str, object] = {name: to_json(getattr(case, name)) for name in _names(Case)}
    content[_DIGEST] = _digest(content)
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{_escape_surrogates(text)}\n".encode()


def _escape_surrogates(text: str) -> str:
    """Half characters, met in foreign bytes, as JSON escapes: they are the only ones UTF-8 cannot hold."""
    if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return "".join(f"\\u{ord(item):04x}" if "\ud800" <= item <= "\udfff" else item for item in text)


def _digest(content: Mapping[str, object]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def load_case(data: bytes) -> Case:
    """The case that bytes hold.

    Raises:
        CaseError: always this one, whatever the bytes.
    """
    try:
        content = parse(data.decode())
        if not isinstance(content, dict):
            raise CaseError("corrupt", "not a table")
        check_version(content.get("schema_version"))
        _check_digest(content)
    except UnicodeDecodeError as error:
        raise CaseError("corrupt", f"not UTF-8 at byte {error.start}") from None
    except JsonError as error:
        raise CaseError("corrupt", f"not JSON: {error.reason} at line {error.line} column {error.column}") from None
    except RecursionError:
        raise CaseError("corrupt", "nested too deeply") from None
    return _validate(content)


def check_version(version: object) -> None:
    """Refuse versions of the case file that this program does not read.

    Raises:
        CaseError: newer than ours, or no version at all.
    """
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise CaseError("corrupt", "schema_version is missing or no number from 1")
    if version > SCHEMA_VERSION:
        raise CaseError("newer", f"schema_version {version}, this program reads up to {SCHEMA_VERSION}")


def _check_digest(content: dict[str, object]) -> None:
    digest = content.pop(_DIGEST, None)
    if digest is not None and digest != _digest(content):
        raise CaseError("corrupt", "the content does not fit its digest")


def _validate(content: dict[str, object]) -> Case:
    from pydantic import ValidationError  # late: half the start-up time of commands that read no case

    try:
        (case,) = _adapter().validate_python((content,))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"][1:])
        raise CaseError("corrupt", f"{ascii(place)[1:-1]}: {first['type']}") from None
    except (RecursionError, OverflowError):
        raise CaseError("corrupt", "a value nobody can hold") from None
    for records in (case.records, *(item.records for item in case.rounds)):
        if any(step not in STEP_ORDER or step != record.step for step, record in records.items()):
            raise CaseError("corrupt", "records: a step under another step's name")
    return case if case.schema_version == SCHEMA_VERSION else replace(case, schema_version=SCHEMA_VERSION)


@cache
def _adapter() -> "TypeAdapter[tuple[Case]]":
    """Reads cases. A configuration reaches nested dataclasses only through something that is none itself: a tuple."""
    from pydantic import ConfigDict, TypeAdapter

    return TypeAdapter(tuple[Case], config=ConfigDict(extra="forbid", allow_inf_nan=False))

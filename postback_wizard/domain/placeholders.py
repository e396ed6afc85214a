"""Texts that stand where customer data should be: what empty variables, samples and unfilled macros leave behind."""

import json
from collections.abc import Iterator, Mapping
from functools import cache

from postback_wizard.domain.normalise import KINDS, sha256

_EMPTY = (
    *("null", "undefined", "none", "nan", "nil", "n/a", "(not set)", "not set", "(none)", "unknown", "anonymous"),
    *("[object object]", "[object Object]", "test", "example", "string", "true", "false", "0", "-", "guest", "empty"),
    *("[]", "{}", '""', "''", "array", "void 0", "not provided", "no-email", "customer", "user"),
)
_EMAILS = (
    *("test@test.com", "test@example.com", "example@example.com", "user@example.com", "email@example.com"),
    *("name@example.com", "test@gmail.com", "test@mail.com", "a@a.com", "test@test.ru", "email@email.com"),
    *("admin@example.com", "john@example.com", "john.doe@example.com", "johndoe@example.com", "foo@bar.com"),
    *("null@null.com", "none@none.com", "noemail@noemail.com", "no@email.com", "no-reply@example.com", "test@test"),
)
_PHONES = (
    *("1234567890", "+1234567890", "0000000000", "+10000000000", "10000000000", "+70000000000", "70000000000"),
    *("1111111111", "9999999999", "+11111111111", "11111111111", "+1", "123456789", "+123456789", "123", "12345"),
)
#: Ways macros and template variables are written; the name stands at %s.
_DIALECTS = ("{%s}", "{{%s}}", "{{ %s }}", "[%s]", "[[%s]]", "${%s}", "%%%s%%", "__%s__", "#%s#", "<%s>", "$%s", ":%s")
#: Kinds whose right values may be as short, or as odd, as any placeholder.
_CLEAR = ("email", "phone")
_LEAST = 4


def placeholder(kind: str, value: str) -> str:
    """The placeholder a value is, by itself or as its SHA-256; "" when it is none. Plain values are read both cases."""
    return _digests(kind).get(value) or _texts(kind).get(value.strip().lower(), "")


def field_name(kind: str, key: str, digest: str) -> str:
    """The field name whose SHA-256 was sent in place of a value, "" when it is none."""
    names = dict.fromkeys((key, key.rpartition(".")[2], *KINDS.get(kind, ())))
    written = {sha256(form): name for name in names for form in (name, name.upper(), name.capitalize())}
    return written.get(digest, "")


def wrapped(kind: str, key: str, texts: tuple[str, ...]) -> Iterator[str]:
    """A value together with its quotes, its list, its object or its field name, as some programs hash it."""
    names = tuple(dict.fromkeys((key.rpartition(".")[2], *KINDS.get(kind, ()))))
    for text in texts:
        yield from (f"'{text}'", f"['{text}']", f"<{text}>", f"mailto:{text}", f"tel:{text}")
        yield from (f"{name}{mark}{text}" for name in names for mark in ("=", ":", ": "))
        for quoted in dict.fromkeys((json.dumps(text, ensure_ascii=False), json.dumps(text))):
            yield from (quoted, f"[{quoted}]")
            values = (quoted, f"[{quoted}]")
            yield from (f'{{"{name}":{gap}{value}}}' for name in names for gap in ("", " ") for value in values)


@cache
def _texts(kind: str) -> Mapping[str, str]:
    own = _EMAILS if kind == "email" else _PHONES if kind == "phone" else ()
    macros = (dialect % name for dialect in _DIALECTS for name in KINDS.get(kind, ()))
    found = {text.lower(): text for text in (*macros, *own, *_EMPTY)}
    return found if kind in _CLEAR else {text: said for text, said in found.items() if _telling(text)}


def _telling(text: str) -> bool:
    """``na`` is a country and ``0`` may be an ID; a real name may be ``Test``: only what nobody is called counts."""
    return len(text) >= _LEAST and text not in ("test", "user", "true", "example", "customer", "guest", "array")


@cache
def _digests(kind: str) -> Mapping[str, str]:
    """SHA-256 of each placeholder, as written and in both letter cases."""
    forms = ((form, said) for text, said in _texts(kind).items() for form in (text, text.upper(), said, text.title()))
    return {sha256(form): said for form, said in forms}

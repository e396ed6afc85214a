"""Which recipe makes the signature of a request from a secret: hashes and HMACs over its values, recomputed. Pure.

The secret is an argument and nothing else: no text made here holds it.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Literal
from urllib.parse import quote, quote_plus, unquote, unquote_plus, urlsplit

from postback_wizard.domain.exact import ExactRequest
from postback_wizard.domain.signature import Signature, find_signature, form_of, query_of

#: What makes a signature differ from the plain recipe. ``encoded``: values were signed as they stand in the URL.
#: ``number``: a number was signed in another spelling. ``order``: the values stand in another order than in the
#: request, and not by name. ``spaces``: the secret was used with white space around it, or without the one it has.
#: ``no-secret``: no secret went in. ``swapped``: key and message of the HMAC changed places. ``upper``: hex digits are
#: upper-case. ``case``: the values were signed in another case.
Mistake = Literal["encoded", "number", "order", "spaces", "no-secret", "swapped", "upper", "case"]

#: Digests tried at most for one signature: about a second.
MOST = 400_000
#: Parameters of a request that are tried in every order, and how many of them together.
MOST_PARAMS, MOST_TOGETHER = 8, 4

_SEPARATORS = ("", ":", "|", "&", ",", "-", "_", ".", ";", "+", "\n", "/")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TIME_HEADER = re.compile(r"(?:x-)?(?:[a-z]+-)*(?:timestamp|time|nonce)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a signature is made, in writing (``hmac-sha256(secret, cid|payout)``), and what sets it apart."""

    text: str
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """What came of recomputing a signature. ``recipe`` is None when none of the ``tried`` digests fits."""

    signature: Signature
    recipe: Recipe | None
    tried: int


@dataclass(frozen=True, slots=True)
class _Message:
    """Text that may have been signed, how it is written down, and its mistakes so far."""

    parts: tuple[str, ...]
    between: str
    shown: tuple[str, ...]
    mistakes: tuple[Mistake, ...] = ()


def search(request: ExactRequest, secret: str) -> Search | None:
    """Recompute the signature of a request; None when it has none. Tries at most ``MOST`` digests."""
    signature = find_signature(request)
    if signature is None:
        return None
    tried = 0
    for digest, recipe in _candidates(request, signature, secret):
        tried += 1
        if hmac.compare_digest(digest, signature.digest):
            upper: tuple[Mistake, ...] = ("upper",) if signature.upper else ()
            return Search(signature, Recipe(recipe.text, (*recipe.mistakes, *upper)), tried)
        if tried >= MOST:
            break
    return Search(signature, None, tried)


# -- what may have been signed -------------------------------------------------------------------------------------


def _candidates(request: ExactRequest, signature: Signature, secret: str) -> Iterator[tuple[bytes, Recipe]]:
    messages = tuple(_wholes(request, signature)), _joined(request, signature)
    for secret_text, spaced in _secrets(secret):
        for message in messages[0]:
            yield from _digests(message, signature.algorithm, secret_text, spaced)
    for message in messages[1]:
        for secret_text, spaced in _secrets(secret):
            yield from _digests(message, signature.algorithm, secret_text, spaced)


def _secrets(secret: str) -> Iterator[tuple[str, tuple[Mistake, ...]]]:
    yield secret, ()
    for other in dict.fromkeys((secret.strip(), f"{secret.strip()}\n", f" {secret.strip()}", f"{secret.strip()} ")):
        if other != secret:
            yield other, ("spaces",)


def _wholes(request: ExactRequest, signature: Signature) -> Iterator[_Message]:
    """The body, the query and the URL as they stand, without the signature itself."""
    fields = [(name, value) for name, value in query_of(request.url) if unquote(name) != signature.name]
    query = "&".join(f"{name}={value}" if value or "=" in request.url else name for name, value in fields)
    parts = urlsplit(request.url)
    start = f"{parts.scheme}://{parts.netloc}{parts.path}"
    times = [(name, value) for name, value in request.headers if _TIME_HEADER.fullmatch(name)]
    if signature.place == "header" and request.body:
        yield _Message((request.body,), "", ("body",))
        for name, value in times:
            for between in (".", "", ":", "|", "\n"):
                yield _Message((value, request.body), between, (name, "body"))
    for shown, text in (("query", query), ("url", f"{start}?{query}"), ("path?query", f"{parts.path}?{query}")):
        yield _Message((text,), "", (shown,))
        yield _Message((unquote(text),), "", (f"decoded {shown}",))
    body = "&".join(f"{name}={value}" for name, value in form_of(request.body) if unquote_plus(name) != signature.name)
    if body:
        yield _Message((body,), "", ("body",))


def _joined(request: ExactRequest, signature: Signature) -> Iterator[_Message]:
    """Values, and names with values, joined: in the order sent, by name, backwards; then in every other order."""
    fields = _fields(request, signature)
    if not fields:
        return
    by_name = sorted(range(len(fields)), key=lambda index: fields[index][0])
    sent = tuple(range(len(fields)))
    orders = dict.fromkeys((sent, tuple(by_name), sent[::-1]))
    for order in orders:
        yield from _spelled([fields[index] for index in order], ())
    if len(fields) <= MOST_PARAMS:
        for together in range(1, min(MOST_TOGETHER, len(fields)) + 1):
            for order in permutations(sent, together):
                if order not in orders:
                    chosen = [fields[index] for index in order]
                    plain = list(order) == sorted(order) or [item[0] for item in chosen] == sorted(
                        item[0] for item in chosen
                    )
                    yield from _spelled(chosen, () if plain else ("order",))


def _spelled(fields: list[tuple[str, str]], mistakes: tuple[Mistake, ...]) -> Iterator[_Message]:
    """One choice of fields, each value in every spelling that makes a difference."""
    names = tuple(name for name, _ in fields)
    plain = [value for _, value in fields]
    for values, more in _spellings(plain):
        marks = (*mistakes, *more)
        for between in _SEPARATORS:
            yield _Message(tuple(values), between, names, marks)
        pairs = tuple(f"{name}={value}" for name, value in zip(names, values, strict=True))
        for between in ("&", "", "|", ","):
            yield _Message(pairs, between, tuple(f"{name}={name}" for name in names), marks)


def _spellings(plain: list[str]) -> Iterator[tuple[list[str], tuple[Mistake, ...]]]:
    yield plain, ()
    seen = [plain]
    others: Iterable[tuple[list[str], Mistake]] = (
        ([quote(value, safe="") for value in plain], "encoded"),
        ([quote_plus(value) for value in plain], "encoded"),
        ([_other_number(value, whole=True) for value in plain], "number"),
        ([_other_number(value, whole=False) for value in plain], "number"),
        ([_shortened(value) for value in plain], "number"),
        ([value.lower() for value in plain], "case"),
        ([value.upper() for value in plain], "case"),
    )
    for values, mistake in others:
        if values not in seen:
            seen.append(values)
            yield values, (mistake,)


def _other_number(value: str, *, whole: bool) -> str:
    """A short number cut to its whole part, or written with two decimals; anything else as it is."""
    if not _NUMBER.fullmatch(value) or len(value.partition(".")[0]) > 7:
        return value
    if whole:
        return value.partition(".")[0]
    head, _, tail = value.partition(".")
    return f"{head}.{(tail + '00')[:2]}"


def _shortened(value: str) -> str:
    """A decimal number without the zeros at its end."""
    return value.rstrip("0").rstrip(".") if _NUMBER.fullmatch(value) and "." in value else value


# -- digests -------------------------------------------------------------------------------------------------------


def _digests(
    message: _Message, algorithm: str, secret: str, spaced: tuple[Mistake, ...]
) -> Iterator[tuple[bytes, Recipe]]:
    """The digests of one message: keyed, with the secret before, behind or around it, and without it."""
    text, between = message.between.join(message.parts), message.between
    shown = _shown(message)
    marks = (*message.mistakes, *spaced)
    glue = f"{between}" if between else ""
    key, raw = _bytes(secret), _bytes(text)
    yield hmac.digest(key, raw, algorithm), Recipe(f"hmac-{algorithm}(secret, {shown})", marks)
    plain = (
        (f"{text}{glue}{secret}", f"{algorithm}({shown}{glue or ' + '}secret)"),
        (f"{secret}{glue}{text}", f"{algorithm}(secret{glue or ' + '}{shown})"),
    )
    for made, written in plain:
        yield hashlib.new(algorithm, _bytes(made), usedforsecurity=False).digest(), Recipe(written, marks)
    if not spaced:
        yield (
            hashlib.new(algorithm, raw, usedforsecurity=False).digest(),
            Recipe(f"{algorithm}({shown})", (*marks, "no-secret")),
        )
        yield hmac.digest(raw, key, algorithm), Recipe(f"hmac-{algorithm}({shown}, secret)", (*marks, "swapped"))


def _shown(message: _Message) -> str:
    between = message.between.replace("\n", "\\n") or " + "
    return between.join(message.shown)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _fields(request: ExactRequest, signature: Signature) -> list[tuple[str, str]]:
    query = [(unquote(name), unquote(value)) for name, value in query_of(request.url)]
    body = [(unquote_plus(name), unquote_plus(value)) for name, value in form_of(request.body)]
    return [(name, value) for name, value in (*query, *body) if name != signature.name and value]

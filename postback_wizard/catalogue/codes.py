"""Finds numbers of platforms where codes stand, and takes no other number for one."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from postback_wizard.catalogue.phrases import Phrase
from postback_wizard.catalogue.tokens import Hit, Tokens

#: Where a number stands: ``"error_code": 13``; ``error 13``; ``HTTP 404``; a field that holds nothing else.
Stand = Literal["named", "loose", "status", "bare"]
#: Platforms by the last token of each place where they are named.
Mentions = Mapping[int, frozenset[str]]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CODE = _words("code код кода кодом кодов")
_JOINED = _words(
    "error_code errorcode err_code errcode error_no errno error_id reason_code reasoncode reject_code rejection_code "
    "serviceerrorcode"
)
_NAMES = _CODE | _JOINED | _words("error err reason ошибка ошибки ошибку ошибкой")
#: Names of values that hold a code only where the platform is known.
_MESSAGES = _words("message msg error_message errormessage error_msg errormsg err_msg description detail сообщение")
_SUBCODES = _words("error_subcode errorsubcode subcode sub_code")
_STATUSES = _words(
    "status status_code statuscode http http_code httpcode http_status httpstatus response response_code статус"
)
#: Words before "code" that make it something else.
_OTHER_CODES = _words(
    "promo promotional discount coupon zip postal post country area city dial dialling phone currency language qr bar "
    "sort source verification confirmation security pin access invite referral tracking page the this that "
    "почтовый почтового страны города телефонный валюты подтверждения доступа промо"
)
_OPENING = re.compile(r"[\s\"'\\]{0,10}(?P<sign>[=:]?)[\s\"'\\]{0,10}(?P<mark>[\[(]?[#№]?)\s?\"?(?P<minus>-?)")
_HASHED = re.compile(r"\(#\Z")
_HTTP_LINE = re.compile(r"HTTP/[0-9](?:\.[0-9])?\s{1,5}\Z", re.IGNORECASE)
_GOES_ON = re.compile(r"[.:][0-9]|%|-[0-9]")
_LEFT = re.compile(r"(?:\A|[,;|\t\r\n>(\[])[ \"'`]*-?\Z")
_RIGHT = re.compile(r"[ \"'`]*(?:\Z|[,;|\t\r\n<)\]])")
_LONGEST = 9
#: Tokens between a code and its subcode, characters around a number that are looked at.
_REACH, _NEAR = 60, 20


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its first and its last token; ``of`` are platforms it directly follows, as in "Everflow 13"."""

    first: int
    last: int
    value: str
    stand: Stand
    of: frozenset[str] = frozenset()


class Numbers:
    """The numeric phrases of a dictionary."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._known: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            if phrase.is_number:
                self._known.setdefault(phrase.say, []).append(phrase)
        for say, found in tuple(self._known.items()):
            subcode = say.partition("/")[2]
            if len(subcode) > 3:  # shorter ones repeat under other codes
                self._known.setdefault(f"/{subcode}", []).extend(found)

    def hits(self, tokens: Tokens, asked: frozenset[str], mentions: Mentions) -> Iterator[Hit]:
        """The numbers that are codes of the platforms asked about or named, or beyond doubt without one."""
        known = asked.union(*mentions.values())
        bare: list[_Number] = []
        for number in self._numbers(tokens, mentions):
            phrases = [phrase for phrase in self._phrases(number) if _counts(phrase, number, known)]
            if phrases and number.stand == "bare":
                bare.append(number)
            else:
                yield from (Hit(number.first, number.last, phrase) for phrase in phrases)
        for number in _alone_in_line(tokens, bare):
            for phrase in self._phrases(number):
                if _counts(phrase, number, known):
                    yield Hit(number.first, number.last, phrase)

    def _phrases(self, number: _Number) -> Iterator[Phrase]:
        yield from self._known.get(number.value, ())
        if number.value.startswith("-"):
            yield from self._known.get("-*", ())
        if len(number.value) == 3:
            yield from self._known.get(f"{number.value[0]}xx", ())

    def _numbers(self, tokens: Tokens, mentions: Mentions) -> Iterator[_Number]:
        digits = [index for index, word in enumerate(tokens.words) if _is_digits(word)]
        subcodes = [index for index in digits if index and tokens.words[index - 1] in _SUBCODES]
        paired = {index + 1 for index in digits if _has_pair(tokens, index)}
        for index in digits:
            if index in paired:
                continue
            last = index + (index + 1 in paired)
            number = _standing(tokens, index, last, mentions)
            if number is None:
                continue
            if last > index:
                number = self._composed(number, tokens.words[last], last)
            elif number.stand in ("named", "loose") and (near := _nearest(subcodes, index)):
                number = self._composed(number, tokens.words[near], near)
            yield number

    def _composed(self, number: _Number, subcode: str, at: int) -> _Number:
        """The code with its subcode where both are known together, otherwise as it was."""
        value = f"{number.value}/{subcode}"
        if value not in self._known:
            return number
        close = abs(at - number.first) <= 2
        first, last = (min(number.first, at), max(number.first, at)) if close else (number.first, number.first)
        return replace(number, value=value, first=first, last=last)


def _is_digits(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= _LONGEST


def _has_pair(tokens: Tokens, index: int) -> bool:
    """Whether the next token is a subcode, as in ``100/33``."""
    return index + 1 < len(tokens) and _is_digits(tokens.words[index + 1]) and tokens.raw_gap(index + 1) in ("/", " / ")


def _nearest(subcodes: Sequence[int], index: int) -> int | None:
    """The token of the subcode nearest to a code, the following one first."""
    place = bisect_left(subcodes, index)
    near = [at for at in subcodes[max(0, place - 1) : place + 1] if at != index and abs(at - index) <= _REACH]
    return near[-1] if near else None


def _standing(tokens: Tokens, index: int, last: int, mentions: Mentions) -> _Number | None:
    """The number at a token with its sign and where it stands; None for one that is no code."""
    if _GOES_ON.match(tokens.text, tokens.ends[last]):
        return None
    opening = _OPENING.fullmatch(tokens.raw_gap(index))
    named = index > 0 and opening is not None
    sign = "-" if opening and opening["minus"] else ""
    value = sign + tokens.words[index]
    if named and index - 1 in mentions:
        return _Number(index, index, value, "loose", mentions[index - 1])
    if named and tokens.words[index - 1] in _SUBCODES:
        return _Number(index, index, f"/{tokens.words[index]}", "named")
    stand = _named_stand(tokens, index, bool(opening and (opening["sign"] or opening["mark"]))) if named else None
    if stand is None and _HASHED.search(tokens.raw_gap(index)):
        stand = "loose"
    if stand is None and _fills_field(tokens, index, last):
        stand = "bare"
        value = ("-" if tokens.raw_gap(index).endswith("-") else "") + tokens.words[index]
    return _Number(index, index, value, stand) if stand else None


def _named_stand(tokens: Tokens, index: int, is_signed: bool) -> Stand | None:
    """What the words before a number make of it."""
    name = tokens.words[index - 1]
    start = tokens.starts[index]
    if name in _STATUSES or _HTTP_LINE.search(tokens.text, max(0, start - _NEAR), start):
        return "status"
    if name in _MESSAGES and is_signed:
        return "bare"
    if name not in _NAMES:
        return None
    before = tokens.words[index - 2] if index > 1 and tokens.gap(index - 1) == "" else ""
    if name in _CODE and before in _OTHER_CODES:
        return None
    if before in _STATUSES:
        return "status"
    return "named" if is_signed or name in _JOINED else "loose"


def _fills_field(tokens: Tokens, first: int, last: int) -> bool:
    start, end = tokens.starts[first], tokens.ends[last]
    before = tokens.text[max(0, start - _NEAR) : start]
    after = tokens.text[end : end + _NEAR]
    left = _LEFT.search(before if start > _NEAR else f"\n{before}")
    right = _RIGHT.match(after if end + _NEAR < len(tokens.text) else f"{after}\n")
    return left is not None and right is not None


def _alone_in_line(tokens: Tokens, numbers: Sequence[_Number]) -> Iterator[_Number]:
    """Of several numbers in one row nobody knows which is the code; only a single one counts."""
    lines: dict[int, list[_Number]] = {}
    breaks = [match.start() for match in re.finditer("\n", tokens.text)] if numbers else []
    for number in numbers:
        lines.setdefault(bisect_left(breaks, tokens.starts[number.first]), []).append(number)
    return (found[0] for found in lines.values() if len(found) == 1)


def _counts(phrase: Phrase, number: _Number, known: frozenset[str]) -> bool:
    """Whether a number means what a platform means by it, there where it stands."""
    is_known = phrase.entry.platform in (number.of or known)
    if phrase.kind == "status":
        return is_known
    if number.stand == "status":
        return is_known and len(number.value) != 3
    if is_known:
        return True
    if phrase.place == "known" or number.stand == "bare":
        return False
    return _is_telling(phrase.say) or (number.stand == "named" and not known)


def _is_telling(value: str) -> bool:
    """Whether a number is hardly ever anything but this code: small and round ones count things."""
    return "/" in value or (len(value) >= 3 and not value.endswith("00"))

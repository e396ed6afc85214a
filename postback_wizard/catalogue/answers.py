"""An answer of a conversion API taken apart: did it succeed, and if not, what does it say of which event?"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from postback_wizard.catalogue import upload_api
from postback_wizard.catalogue.answer_shape import AnswerShape
from postback_wizard.catalogue.upload import ApiError, UploadApi
from postback_wizard.domain.places import dig, is_empty
from postback_wizard.domain.text import Text

Outcome = Literal["accepted", "checked", "received", "nothing", "partly", "refused", "unclear"]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing an answer says: of event ``number`` (0: of the request), in its own words; ``known`` explains it."""

    number: int
    codes: tuple[str, ...]
    said: str
    known: int = -1

    @property
    def code(self) -> str:
        """The codes as one text."""
        return "/".join(self.codes)


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What an answer amounts to, and everything it tells; ``body`` is its JSON, where it has some."""

    outcome: Outcome
    told: tuple[Told, ...]
    body: Any = None


class ErrorText(Text):
    """A message whose value ``meaning`` is an API and the place of an error in its catalogue: ``meta_capi 3``."""

    __slots__ = ()

    def codes(self) -> frozenset[str]:
        """The values that are codes of ours."""
        return frozenset(("meaning",))

    def say(self, lang: str, values: Mapping[str, object] | None = None, /, **more: object) -> str:
        """The message in ``lang`` ("en" or "ru")."""
        given = {**(values or {}), **more}
        return super().say(lang, {**given, "meaning": _meaning(str(given.get("meaning", "")), lang)})


def _meaning(place: str, lang: str) -> str:
    api_id, _, number = place.partition(" ")
    try:
        error = upload_api(api_id).errors[int(number)]
    except (KeyError, IndexError, ValueError):
        return _UNKNOWN.say(lang)
    words = error.means or error.note
    return words.say(lang) if words else _UNKNOWN.say(lang)


_UNKNOWN = Text(en="What this code means is not known here.", ru="Что значит этот код, здесь неизвестно.")


def read_answer(api: UploadApi, status: int, text: str, sent: int) -> AnswerRead:
    """An answer read. ``sent`` is the number of events in the request. Never raises."""
    shape = api.rules.answer if api.rules else None
    body = _json(text)
    if shape is None:
        told = _explained(api, status, (Told(0, (), text.strip()[:300]),)) if status >= 400 else ()
        return AnswerRead("refused" if told else "nothing", told, body)
    rows, whole = tuple(_rows(shape, body)), _whole(shape, body, text)
    if _succeeded(shape, status, body, sent, rows):
        return AnswerRead("accepted" if shape.proves == "accepted" else _as(shape.proves), (), body)
    told = rows or ((whole,) if status >= 400 or _fails(shape, body) else ())
    if not told:
        return AnswerRead("unclear", (), body)
    told = _explained(api, status, (*told, whole) if rows and whole.codes and status >= 400 else told)
    numbers = {item.number for item in rows} - {0}
    spared = status < 300 and 0 < len(numbers) < sent and not (shape.count and dig(body, shape.count) == (0,))
    return AnswerRead("partly" if spared or _half(whole) else "refused", told, body)


def _as(proves: str) -> Outcome:
    return "checked" if proves == "checked" else "received" if proves == "received" else "nothing"


def _half(whole: Told) -> bool:
    """TikTok's word for a request of which only a part was taken."""
    return whole.codes == ("20001",)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _succeeded(shape: AnswerShape, status: int, body: Any, sent: int, rows: tuple[Told, ...]) -> bool:
    if status not in shape.ok or rows or not _holds(shape, body):
        return False
    if any(not is_empty(value) for path in shape.empty for value in dig(body, path)):
        return False
    return not shape.count or any(value == sent and not isinstance(value, bool) for value in dig(body, shape.count))


def _holds(shape: AnswerShape, body: Any) -> bool:
    pairs = (item.partition("=") for item in shape.equal)
    return all(any(str(value) == wanted for value in dig(body, path)) for path, _, wanted in pairs)


def _fails(shape: AnswerShape, body: Any) -> bool:
    """Whether the body itself says no, whatever the status."""
    named = [path for path in shape.empty if path.startswith(("error", "partialFailure", "invalid"))]
    told = any(not is_empty(value) for path in named for value in dig(body, path))
    keyed = any(dig(body, item.partition("=")[0]) for item in shape.equal)
    return told or (keyed and not _holds(shape, body))


def _rows(shape: AnswerShape, body: Any) -> list[Told]:
    found = []
    for path in shape.items:
        items = [item for node in dig(body, path) for item in (node if isinstance(node, list) else [])]
        for place, item in enumerate(items):
            good = any(str(value) == wanted for key, _, wanted in map(_pair, shape.good) for value in dig(item, key))
            if isinstance(item, dict) and not good:
                found.append(Told(_number(shape, item, place), _codes(shape.codes, item), _words(shape.says, item)))
    return found


def _pair(text: str) -> tuple[str, str, str]:
    return text.partition("=")


def _number(shape: AnswerShape, item: Any, place: int) -> int:
    if not shape.index:
        return place + 1 if shape.good else 0
    index = next(iter(dig(item, shape.index)), None)
    return int(index) + 1 if isinstance(index, int | str) and str(index).isdigit() and len(str(index)) < 7 else 0


def _whole(shape: AnswerShape, body: Any, text: str) -> Told:
    said = _words(shape.top_says, body)
    if not said and not isinstance(body, dict):
        said = " ".join(text.split())[:200]
    return Told(0, _codes(shape.top_codes, body), said)


def _codes(paths: tuple[str, ...], node: Any) -> tuple[str, ...]:
    values = [str(value) for path in paths for value in dig(node, path) if isinstance(value, str | int)]
    return tuple(dict.fromkeys(value[:80] for value in values if value.strip()))[:4]


def _words(paths: tuple[str, ...], node: Any) -> str:
    values = [value for path in paths for value in dig(node, path) if isinstance(value, str) and value.strip()]
    told = list(dict.fromkeys(value.strip().rstrip(". ") for value in values))
    for_users = [value for value in told if value not in _machine_words(node)]
    return ". ".join(for_users or told)[:300]


def _machine_words(node: Any) -> tuple[str, ...]:
    """Meta's words for developers give way to its words for users."""
    error = node.get("error") if isinstance(node, dict) else None
    if isinstance(error, dict) and (error.get("error_user_title") or error.get("error_user_msg")):
        return (str(error.get("message") or "").strip().rstrip(". "),)
    return ()


# -- explaining ------------------------------------------------------------------------------------------------------


def _explained(api: UploadApi, status: int, told: tuple[Told, ...]) -> tuple[Told, ...]:
    return tuple(Told(item.number, item.codes, item.said, explain(api, status, item.codes, item.said)) for item in told)


def explain(api: UploadApi, status: int, codes: tuple[str, ...], said: str) -> int:
    """The place of the error in the API's catalogue that fits best, -1 where none does."""
    rated = [(_fit(error, status, codes, said), -place) for place, error in enumerate(api.errors)]
    best = max(rated, default=(0, 0))
    return -best[1] if best[0] else -1


def _fit(error: ApiError, status: int, codes: tuple[str, ...], said: str) -> int:
    if error.contains and error.contains.lower() in said.lower():
        return 5
    best = max((_matches(way, codes) for way in _ways(error.code)), default=0)
    if best:
        return best + (1 if str(status) in error.http else 0)
    bare = not error.code and not error.contains
    return 1 if bare and str(status) in re.findall(r"\d{3}", error.http) else 0


def _matches(way: tuple[str, ...], codes: tuple[str, ...]) -> int:
    return 2 * len(way) if set(way) <= set(codes) else 0


@lru_cache(maxsize=512)
def _ways(code: str) -> tuple[tuple[str, ...], ...]:
    """How a code of the catalogue may stand in an answer: each way is the codes that must all be there."""
    if "adjustment enum" in code:
        return ()
    outer = re.sub(r"\([^)]*\)", "", code)
    found: list[tuple[str, ...]] = []
    for part in re.split(r",| / ", outer):
        pair = re.fullmatch(r"\s*(-?\d+)/(\d+)\s*", part)
        if pair:
            found.append((pair[1], pair[2]))
            continue
        found.extend((word.rpartition("=")[2].rpartition(".")[2],) for word in part.split())
    return tuple(found)

"""The partner's words in an answer's body: recorded, refused, duplicate, or nothing that proves anything."""

import json
import re
from collections.abc import Iterator
from typing import Literal

from postback_wizard.domain.refusal import refusal_kind

Business = Literal["recorded", "refused", "duplicate", "unproven", "none"]

#: Answers that speak are short; what is longer is a page, and only its start is read for words.
SPEAKING = 16_384
LONGEST_NUMBER = 400

_HTML = re.compile(
    r"\s*(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body|script|title|meta|div|h1|p|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_NO = ("false", "no", "0", "fail", "failed", "failure", "error", "ko", "nok")
_BAD_STATUS = (
    *("error", "err", "fail", "failed", "failure", "rejected", "refused", "invalid", "denied", "ko", "nok"),
    *("bad_request", "bad request", "unauthorized", "forbidden", "not_found", "not found", "exception"),
)
_GOOD_STATUS = ("recorded", "created", "registered", "tracked", "counted", "conversion recorded", "conversion created")
_NOTHING = ("", "0", "none", "null", "no", "false", "ok", "[]", "{}", "success", "no error", "no errors")
_FLAGS = ("success", "ok", "accepted", "valid", "is_success", "issuccess", "succeeded", "result_ok")
_STATES = ("status", "result", "state", "outcome", "response", "response_status")
_ERRORS = (
    *("error", "errors", "error_message", "errormessage", "error_description", "error_msg", "errormsg", "exception"),
)
_REASONS = (
    *("error_user_msg", "error_message", "errormessage", "error_description", "error_msg", "message", "msg", "reason"),
    *("description", "details", "detail", "error", "errors", "title", "errortext", "text", "comment"),
)
_IDS = (
    *("conversion_id", "conversionid", "conversion", "transaction_id", "transactionid", "event_id", "lead_id"),
    "action_id",
)
_DUPLICATE = re.compile(
    r"\bduplicat(?:e|ed|es|ion)\b|\bDUP(?:E|LICATE)?\b"
    r"|\balready\s+(?:been\s+)?(?:exist\w*|record\w*|track\w*|regist\w*|process\w*|convert\w*|count\w*|sent|received|us(?:ed|ing)|tak\w+|paid)"
    r"|дубл(?:ь|икат|ирующ)|уже\s+(?:была\s+|был\s+|было\s+)?(?:сущ|зарег|учт|запис|обраб|получ|использ)",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:not|never|cannot|can't|couldn't|wasn't|unable\s+to)\s+(?:be\s+)?"
    r"(?:record|creat|track|regist|accept|process|sav|found|count)\w*"
    r"|\bno\s+(?:such\s+)?(?:click|conversion|offer|transaction)\b|не\s+(?:найден|записан|принят|учт|зарегистр)",
    re.IGNORECASE,
)
_RECORDED = re.compile(
    r"\b(?:conversion|postback|event|lead|action|sale)s?\s+(?:(?:was|is|has\s+been|successfully)\s+)*"
    r"(?:recorded|created|registered|tracked|saved|accepted|added|counted|stored)\b"
    r"|\b(?:recorded|registered|tracked|created|accepted)\s+(?:the\s+|new\s+)?conversion\b"
    r"|конверсия\s+(?:успешно\s+)?(?:записана|создана|принята|учтена|зарегистрирована|добавлена)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\W*(?:errors?|err|fail(?:ed|ure)?|invalid|reject(?:ed)?|denied|refused|unknown|missing|bad\s+request|unauthori[sz]ed"
    r"|forbidden|wrong|incorrect|ошибка|отклонен[оа]?|неверн\w*|неизвестн\w*)\b"
    r"|.*?\b(?:success|ok|result|accepted)\s*[=:]\s*\"?(?:false|0|fail(?:ed)?|error|no)\b"
    r"|.*?\b(?:status)\s*[=:]\s*\"?(?:error|fail(?:ed|ure)?|invalid|rejected)\b"
    r"|.*?\berror\s*[=:]\s*\"?(?!0\b|none\b|null\b|false\b|no\b|[\";,&]|$)\S",
    re.IGNORECASE,
)
_TRUE_PAIR = re.compile(r"(?:^|[;&\s])success\s*[=:]\s*\"?(?:true|1)\b", re.IGNORECASE)
_XML_STATE = re.compile(r"<(?:status|result|success|state)>\s*([^<]{1,60}?)\s*</", re.IGNORECASE)
_XML_ERROR = re.compile(r"<(?:error|errors|error_message|message)\b[^>]*>\s*([^<]{1,200}?)\s*</", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,400}>")


class _LongNumberError(ValueError):
    pass


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise _LongNumberError
    return int(digits)


def _parse(text: str) -> tuple[object, str]:
    """The value of a JSON text and an empty word, or None and what is wrong: depth, number or syntax."""
    try:
        return json.loads(text, parse_int=_integer), ""
    except _LongNumberError:
        return None, "number"
    except RecursionError:
        return None, "depth"
    except ValueError:
        return None, "syntax"


def json_fault(body: str, *, declared: bool) -> str:
    """JSON_INVALID, with ``(depth)`` or ``(number)`` where that is why, for a body meant to be JSON; else empty."""
    if not declared and body.lstrip()[:1] not in ("{", "["):
        return ""
    fault = _parse(body)[1]
    if fault in ("depth", "number"):
        return f"JSON_INVALID({fault})"
    return "JSON_INVALID" if fault and declared else ""


def reads_as_html(body: str) -> bool:
    """Whether a body is a page and not a word."""
    return bool(_HTML.match(body[:SPEAKING]))


def business_of(body: str) -> Business:
    """What a partner's body says about the conversion. ``none`` for an empty one, ``unproven`` for anything unclear."""
    text = body.strip()
    if not text:
        return "none"
    if text[0] in "{[":
        value, fault = _parse(text)
        if not fault:
            return _of_json(value)
    if reads_as_html(text):
        return "unproven"
    if text[0] == "<":
        return _of_xml(text[:SPEAKING])
    return _of_text(text[:SPEAKING])


def refusal_reason(body: str) -> str:
    """The partner's own words for a refusal, at most 200 characters; empty when there are none."""
    text = body.strip()
    if text[:1] in ("{", "["):
        value, fault = _parse(text)
        if not fault:
            return _json_reason(value)[:200]
    if text[:1] == "<" and not reads_as_html(text):
        found = _XML_ERROR.search(text[:SPEAKING])
        return found.group(1) if found else ""
    if reads_as_html(text):
        title = re.search(r"<(?:title|h1)[^>]*>([^<]{1,200})", text[:SPEAKING], re.IGNORECASE)
        return title.group(1).strip() if title else ""
    lines = [line.strip() for line in text[:SPEAKING].splitlines() if line.strip()]
    return _TAG.sub("", lines[0])[:200] if lines else ""


def _of_json(value: object) -> Business:
    found: list[Business] = [verdict for part in _objects(value) if (verdict := _of_object(part)) != "unproven"]
    order: tuple[Business, ...] = ("duplicate", "refused", "recorded")
    if isinstance(value, str):
        return _of_text(value)
    return next((verdict for verdict in order if verdict in found), "unproven")


def _objects(value: object) -> Iterator[dict[str, object]]:
    """The object itself and the few objects right inside it that answers wrap themselves in."""
    tops = value[:5] if isinstance(value, list) else [value]
    for top in tops:
        if not isinstance(top, dict):
            continue
        yield {str(key).lower(): item for key, item in top.items()}
        for key in ("data", "result", "response", "results", "status"):
            inner = top.get(key)
            inner = inner[0] if isinstance(inner, list) and inner else inner
            if isinstance(inner, dict):
                yield {str(name).lower(): item for name, item in inner.items()}


def _of_object(fields: dict[str, object]) -> Business:
    said = " ".join(_word(fields[key]) for key in (*_STATES, *_REASONS, "code") if key in fields)
    if fields.get("duplicate") is True or _DUPLICATE.search(said):
        return "duplicate"
    if _object_refuses(fields) or _NOT_DONE.search(said) or _complains(fields):
        return "refused"
    if any(_word(fields.get(key)).lower() in _GOOD_STATUS for key in _STATES) or _RECORDED.search(said):
        return "recorded"
    if any(_word(fields.get(key)).lower() in ("true", "1") for key in _FLAGS) and any(fields.get(key) for key in _IDS):
        return "recorded"
    received = fields.get("events_received")
    return "recorded" if isinstance(received, int) and received > 0 else "unproven"


def _complains(fields: dict[str, object]) -> bool:
    """Whether only the message of an object that claims no success names something wrong."""
    if any(_word(fields.get(key)).lower() in ("true", "1", "ok", "success") for key in (*_FLAGS, *_STATES)):
        return False
    return any(refusal_kind(_word(fields[key]))[0] for key in _REASONS if key in fields)


def _object_refuses(fields: dict[str, object]) -> bool:
    if any(key in fields and _word(fields[key]).lower() in _NO for key in _FLAGS):
        return True
    if any(_word(fields.get(key)).lower() in _BAD_STATUS for key in _STATES):
        return True
    if any(_word(fields.get(key)).lower() not in _NOTHING for key in _ERRORS):
        return True
    codes = [fields.get(key) for key in ("code", "error_code", "errorcode", "status", "status_code", "statuscode")]
    return any(isinstance(code, int) and not isinstance(code, bool) and code >= 400 for code in codes)


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)[:1000] if value else ""
    return str(value).lower()


def _json_reason(value: object) -> str:
    for part in _objects(value):
        for key in _REASONS:
            found = _leaf(part.get(key))
            if found and found.lower() not in _NOTHING and found.lower() != "true":
                return found
    return ""


def _leaf(value: object, depth: int = 0) -> str:
    if depth > 3 or value is None:
        return ""
    if isinstance(value, list):
        return next((found for item in value[:5] if (found := _leaf(item, depth + 1))), "")
    if isinstance(value, dict):
        inside = (*(value.get(key) for key in _REASONS[:10]), *list(value.values())[:5])
        return next((found for item in inside if (found := _leaf(item, depth + 1))), "")
    return _word(value)


def _of_xml(text: str) -> Business:
    if _DUPLICATE.search(text):
        return "duplicate"
    state = _XML_STATE.search(text)
    word = state.group(1).lower() if state else ""
    if word in (*_NO, *_BAD_STATUS) or re.search(r"<errors?\b[^>]*>\s*[^<\s]", text, re.IGNORECASE):
        return "refused"
    return "recorded" if word in _GOOD_STATUS or _RECORDED.search(text) else "unproven"


def _of_text(text: str) -> Business:
    if _DUPLICATE.search(text[:2000]):
        return "duplicate"
    if _REFUSED.match(text[:2000]) or _NOT_DONE.search(text[:2000]):
        return "refused"
    if _RECORDED.search(text[:2000]) or _TRUE_PAIR.search(text[:2000]):
        return "recorded"
    if refusal_kind(text)[0]:
        return "refused"
    return "recorded" if text.strip().lower() in _GOOD_STATUS else "unproven"

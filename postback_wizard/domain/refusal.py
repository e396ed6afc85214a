"""What a partner's everyday words of refusal are about: the token, the signature, the sender's address, a parameter."""

import re
from typing import Literal

#: What was refused: a security token, a digest, the address or domain the request came from, a parameter that is not
#: there, an account, offer or campaign that does not fit.
RefusalKind = Literal["token", "signature", "allowlist", "missing", "account"]

_WRONG = (
    r"(?:invalid|wrong|bad|incorrect|unknown|mismatch\w*|does\s?n[o']t\s+match|not\s+(?:valid|found|match\w*|exist\w*)"
    r"|expired|missing|required|absent|неверн\w+|недейств\w+|не\s+(?:найден|совпада\w+|передан)\w*|истек\w*)"
)
_CREDENTIAL = (
    r"(?:(?:auth(?:entication|orization)?|access|security|secret|api|postback|secure|goal)[\s_\-]*"
    r"(?:token|key|code|hash)|token|api[\s_\-]?key|секретн\w+\s+ключ|токен|ключ\s+api)"
)
_SIGNATURE = (
    r"(?:signature|sign|digest|checksum|hmac|md5|sha-?(?:1|256)|hash(?:\s+value)?|подпис\w+|контрольн\w+\s+сумм\w+)"
)
_FROM = r"(?:(?:source|server|your|remote|client)\s+)?(?:ip(?:\s+address)?|domain|referr?er|host|ip-адрес|домен)"
_UNLISTED = (
    r"(?:not\s+(?:in\s+(?:the\s+)?)?(?:white|allow)[\s\-]?list\w*|not\s+allowed|not\s+permitted|not\s+authori[sz]ed"
    r"|denied|blocked|forbidden|rejected|un(?:authori[sz]ed|registered|listed)|restricted|не\s+(?:разрешен\w*|в\s+белом\s+списке)|запрещ[её]н\w*|заблокирован\w*)"
)
_ACCOUNT = (
    r"(?:network|account|advertiser|affiliate|publisher|partner|offer|campaign|program(?:me)?|merchant|оффер\w*|кампани\w+"
    r"|рекламодател\w+|аккаунт\w*)(?:[\s_\-]*(?:id|code|name))?"
)
_PARAM = r"(?:(?:query\s+)?param(?:eter)?s?|fields?|arguments?|keys?|параметр\w*|пол[ея])\b"
_GAP = r"[\s:=\"'`\-]{0,4}"
_AFTER = r"(?:\s+(?:is|was|are|has|were))?(?:\s+been)?\s*"


def _name(group: str) -> str:
    return rf"[\"'`«{{\[]?(?P<{group}>[A-Za-z][\w.\-]{{0,39}})[\"'`»}}\]]?"


def _either(thing: str, state: str) -> re.Pattern[str]:
    return re.compile(rf"\b{thing}\b{_GAP}{_AFTER}{state}|{state}{_GAP}(?:the\s+)?{thing}\b", re.IGNORECASE)


_KINDS: tuple[tuple[RefusalKind, re.Pattern[str]], ...] = (
    ("signature", _either(_SIGNATURE, _WRONG)),
    ("token", _either(_CREDENTIAL, _WRONG)),
    (
        "allowlist",
        re.compile(rf"\b{_FROM}\b[^;\n]{{0,60}}?{_UNLISTED}|{_UNLISTED}\s+(?:for\s+)?{_FROM}\b", re.IGNORECASE),
    ),
)
_MISSING = re.compile(
    r"\b(?:missing|required|empty|absent|отсутствует|не\s+(?:указан|передан|задан)\w*)"
    rf"(?:\s+|\s*:\s*)(?:(?:required|mandatory|обязательн\w+)\s+)?(?:{_PARAM}{_GAP})?{_name('a')}\s*$"
    rf"|(?:{_PARAM}\s+)?{_name('b')}\s+(?:is\s+|was\s+|are\s+)?(?:missing|required|empty|absent|mandatory|not\s+(?:set|given|provided))"
    rf"|{_PARAM}\s+{_name('c')}\s+(?:отсутствует|обязател\w+|не\s+(?:указан|передан|задан)\w*)"
    rf"|\b(?:missing|required)\b[^.;\n]{{0,20}}{_PARAM}{_GAP}(?:{_name('d')})?",
    re.IGNORECASE,
)
_NOT_NAMES = ("it", "this", "that", "which", "click", "conversion", "such", "the", "a", "value")
_PARAM_WORD = re.compile(_PARAM, re.IGNORECASE)
_ACCOUNTS = _either(
    _ACCOUNT, r"(?:invalid|wrong|incorrect|unknown|mismatch\w*|not\s+(?:found|exist\w*|valid)|неверн\w+|не\s+найден\w*)"
)
#: Longer texts are pages, not sentences.
LONGEST = 600


def refusal_kind(words: str) -> tuple[RefusalKind | None, str]:
    """What a sentence of refusal is about, read in its everyday sense, and the parameter it names, if any.

    None for words that are about something else, or too long (over 600 characters) to be a sentence.
    """
    text = " ".join(words.split())
    if not text or len(text) > LONGEST:
        return None, ""
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind, ""
    missing = _MISSING.search(text)
    if missing:
        name = next((part for part in missing.groupdict().values() if part), "")
        if not name or _PARAM_WORD.fullmatch(name):
            return "missing", ""
        if name.lower() not in _NOT_NAMES:
            return "missing", name
    return ("account", "") if _ACCOUNTS.search(text) else (None, "")

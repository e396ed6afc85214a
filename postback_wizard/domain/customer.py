"""A customer's raw data as people type it: one value a line, behind its name. Kept in memory only."""

import re
from collections.abc import Iterable, Mapping

from postback_wizard.domain.normalise import KINDS

_LINE = re.compile(r"\s*([A-Za-z][\w .\-]{0,40}?)\s*[=:]\s*(.*?)\s*")
_NAMES = frozenset(word for words in KINDS.values() for word in words)


def read_customer(text: str) -> Mapping[str, str]:
    """The values by their names; a bare address is an e-mail, a bare number with its plus a phone. Never raises."""
    return dict(pair for line in text.splitlines() if (pair := _pair(line)))


def _pair(line: str) -> tuple[str, str] | None:
    match = _LINE.fullmatch(line)
    if match:
        return (re.sub(r"[\s\-]+", "_", match[1].lower()), match[2]) if match[2] else None
    bare = line.strip()
    kind = "email" if "@" in bare else "phone" if re.fullmatch(r"\+[\d\s().\-]{6,30}", bare) else ""
    return (kind, bare) if kind else None


def customer_text(customer: Mapping[str, str]) -> str:
    """The same table as lines."""
    return "\n".join(f"{name} = {value}" for name, value in customer.items())


def unknown_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names under which no platform's rule is looked up."""
    return tuple(name for name in names if name not in _NAMES)


def shown_line(line: str, dot: str) -> str:
    """A line with a dot for each character of its value; its name stays."""
    match = _LINE.match(line)
    start = match.start(2) if match else 0
    return line[:start] + dot * len(line[start:])

"""Values of flags read and checked: seconds, counts, networks, choices, files."""

import math
from argparse import Namespace
from collections.abc import Sequence
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar

from postback_wizard.commands.misuse import Misuse
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.text import Text

NOT_A_NUMBER = Text(
    en='{name} "{given}" is not a number from {least} to {most}.',
    ru="{name} «{given}» — не число от {least} до {most}.",
)
NOT_A_CHOICE = Text(
    en='{name} "{given}" is not known; accepted: {known}.', ru="{name} «{given}» не подходит; допустимо: {known}."
)
NOT_A_NETWORK = Text(
    en='{name} "{given}" is neither an address nor a network; accepted: 127.0.0.1 or 10.0.0.0/8.',
    ru="{name} «{given}» — не адрес и не сеть; допустимо: 127.0.0.1 или 10.0.0.0/8.",
)
NOT_A_FILE = Text(
    en='{name} "{given}" is not a file that can be read.', ru="{name} «{given}» — не файл, который можно прочитать."
)


def seconds(given: str, name: str, default: float, *, least: float = 0.1, most: float = 600) -> float:
    """A duration in seconds; the default when nothing was given."""
    if not given:
        return default
    try:
        value = float(given)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise Misuse(NOT_A_NUMBER, name=name, given=given, least=f"{least:g}", most=f"{most:g}")
    return value


def count(given: str, name: str, default: int, *, least: int, most: int) -> int:
    """A whole number; the default when nothing was given."""
    if not given:
        return default
    value = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
    if not least <= value <= most:
        raise Misuse(NOT_A_NUMBER, name=name, given=given, least=least, most=most)
    return value


Known = TypeVar("Known", bound=str)


def choice(given: str, name: str, known: Sequence[Known]) -> Known:
    """One of the known words; the first when nothing was given."""
    for word in known:
        if given in ("", word):
            return word
    raise Misuse(NOT_A_CHOICE, name=name, given=given, known=", ".join(known))


def choices(given: str, name: str, known: Sequence[str]) -> tuple[str, ...]:
    """Some of the known words, separated by commas, in their own order; all when nothing was given."""
    if not given:
        return tuple(known)
    wanted = [choice(word.strip() or given, name, known) for word in given.split(",")]
    return tuple(word for word in known if word in wanted)


def networks(given: Sequence[str], name: str = "--allow") -> tuple[str, ...]:
    """Addresses and networks, as written; a flag may hold several, separated by commas."""
    words = [word.strip() for item in given for word in item.split(",")]
    for word in words:
        try:
            ip_network(word, strict=False)
        except ValueError:
            raise Misuse(NOT_A_NETWORK, name=name, given=word) from None
    return tuple(dict.fromkeys(words))


def readable(given: str, name: str) -> str:
    """The path of a file that can be opened, or nothing when nothing was given."""
    if not given:
        return ""
    try:
        with Path(given).open("rb"):
            return given
    except (OSError, ValueError):
        raise Misuse(NOT_A_FILE, name=name, given=given) from None


def limits(options: Namespace, default: Limits) -> Limits:
    """What ``--deadline`` and ``--max-hops`` ask for; a chain gets twice the time of one request."""
    deadline = seconds(getattr(options, "deadline", ""), "--deadline", 0.0)
    return Limits(
        deadline_s=deadline or default.deadline_s,
        chain_s=2 * deadline or default.chain_s,
        max_hops=count(getattr(options, "max_hops", ""), "--max-hops", default.max_hops, least=1, most=50),
    )

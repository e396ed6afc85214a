"""What was sent, written down before it is: after a crash nobody has to guess whether a conversion was made."""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from postback_wizard.domain.carried_values import carried_values
from postback_wizard.domain.probe import HttpProbe
from postback_wizard.domain.url import split_url
from postback_wizard.effects.durable import FILE_MODE, make_folder, own, sync_folder, write_all

_EVENT_ID = re.compile(r'"event_id"\s*:\s*("(?:[^"\\]|\\.)*"|[0-9]+)')
#: How an intent ends when a person looked after it instead of an answer.
SEEN = "SEEN_BY_A_PERSON"


@dataclass(frozen=True, slots=True)
class Intent:
    """A request somebody said yes to. While ``delivery`` is empty nobody knows what became of it.

    ``carries`` are fingerprints of every value in it, so that an ID is found without a body being kept.
    """

    id: str
    case_id: str
    at: str
    method: str
    url: str
    sha256: str
    key: str
    delivery: str = ""
    outcome: tuple[str, ...] = ()
    carries: frozenset[str] = frozenset()


def request_digest(probe: HttpProbe) -> str:
    """SHA-256 (hex) of method, URL, headers, body and headers left away: what was confirmed is what is sent."""
    headers = [list(header) for header in probe.headers]
    parts = [probe.method, probe.url, headers, probe.body, sorted(set(probe.without))]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def dedup_key(probe: HttpProbe) -> str:
    """What makes two requests the same conversion: host, path, parameters in any order, event ids or else the body."""
    url = split_url(probe.url)
    params = sorted((param.name, param.text) for param in url.params())
    body: object = sorted(set(_EVENT_ID.findall(probe.body))) or probe.body
    digest = hashlib.sha256(json.dumps([params, body]).encode()).hexdigest()[:32]
    return f"{url.origin}{url.path or '/'}#{digest}"


@dataclass(frozen=True, slots=True)
class Journal:
    """One file of JSON lines for all cases, only ever appended to; safe between processes.

    ``patience_s`` is how many seconds to wait for another process to finish its line.
    """

    path: Path
    patience_s: float = 10.0

    def intend(self, case_id: str, probe: HttpProbe, at: str) -> str:
        """Write down that a request is about to leave, and return its id once that is on disk.

        Raises:
            OSError: it could not be written (also when another process takes too long): do not send.
        """
        from postback_wizard.steps.withholding import withheld_url  # late: reading the journal masks nothing

        intent = secrets.token_hex(8)
        self._append(
            {
                "intent": intent,
                "case": case_id,
                "at": at,
                "method": probe.method,
                "url": withheld_url(probe.url),
                "sha256": request_digest(probe),
                "key": dedup_key(probe),
                "carries": sorted(map(_fingerprint, carried_values(probe.url, probe.headers, probe.body))),
            }
        )
        return intent

    def settle(self, intent: str, delivery: str, outcome: Sequence[str]) -> None:
        """Write down what became of a request: ``not-sent``, ``sent`` or ``answered``, and the outcome names.

        Raises:
            OSError: it could not be written; the intent stays unsettled.
        """
        self._append({"settle": intent, "delivery": delivery, "outcome": list(outcome)})

    def acknowledge(self, intent: str) -> None:
        """Settle an intent because a person has seen it; whether it arrived stays unknown.

        Raises:
            OSError: it could not be written.
        """
        self.settle(intent, "sent", (SEEN,))

    def unsettled(self) -> tuple[Intent, ...]:
        """The requests nobody knows the end of, in the order they were intended.

        Raises:
            OSError: the journal exists and cannot be read.
        """
        return tuple(intent for intent in self._intents() if not intent.delivery)

    def sent_before(self, key: str) -> tuple[Intent, ...]:
        """The requests of the same ``dedup_key`` that left, or may have left, in any case.

        Raises:
            OSError: the journal exists and cannot be read.
        """
        return tuple(item for item in self._intents() if item.key == key and item.delivery != "not-sent")

    def sent_with(self, ids: Sequence[str]) -> tuple[Intent, ...]:
        """The requests that left, or may have left, in any case, with one of these values anywhere in them.

        Address, headers, cookies, form and JSON alike; part of a longer word is another value.

        Raises:
            OSError: the journal exists and cannot be read.
        """
        wanted = set(ids) - {""}
        marks = frozenset(map(_fingerprint, wanted))
        left = (item for item in self._intents() if item.delivery != "not-sent")
        return tuple(item for item in left if marks & item.carries or wanted & set(carried_values(item.url)))

    def _intents(self) -> tuple[Intent, ...]:
        found: dict[str, Intent] = {}
        for line in self._lines():
            match line:
                case {"intent": str(name)}:
                    found[name] = _intent(name, line)
                case {"settle": str(name), "delivery": str(delivery)} if name in found and delivery:
                    outcome = line.get("outcome")
                    names = tuple(map(str, outcome)) if isinstance(outcome, list) else ()
                    found[name] = replace(found[name], delivery=delivery, outcome=names)
        return tuple(found.values())

    def _lines(self) -> Iterator[dict[str, object]]:
        """Every whole line; a torn or damaged one hides none but itself."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        for line in data.split(b"\n"):
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                yield value

    def _append(self, line: dict[str, object]) -> None:
        make_folder(self.path.parent)
        with self._alone():
            is_new = not self.path.exists()
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(self.path, flags, FILE_MODE)
            try:
                own(descriptor)
                _append_line(descriptor, json.dumps(line).encode())
            finally:
                os.close(descriptor)
            if is_new:
                sync_folder(self.path.parent)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = self.path.with_name(f"{self.path.name}.lock")
        with FileLock(lock, timeout=self.patience_s, mode=FILE_MODE, thread_local=False):
            yield


def _append_line(descriptor: int, line: bytes) -> None:
    """Append one line and wait for the disk; a line that does not fit is taken back."""
    end = os.lseek(descriptor, 0, os.SEEK_END)
    torn = end > 0 and not _ends_line(descriptor, end)
    try:
        write_all(descriptor, (b"\n" if torn else b"") + line + b"\n")
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, end)
        raise


def _ends_line(descriptor: int, end: int) -> bool:
    os.lseek(descriptor, end - 1, os.SEEK_SET)
    return os.read(descriptor, 1) == b"\n"


def _intent(name: str, line: dict[str, object]) -> Intent:
    case_id, at, method, url, sha256, key = (
        str(line.get(field, "")) for field in ("case", "at", "method", "url", "sha256", "key")
    )
    carries = line.get("carries")
    marks = frozenset(map(str, carries)) if isinstance(carries, list) else frozenset()
    return Intent(name, case_id, at, method, url, sha256, key, carries=marks)


def _fingerprint(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]

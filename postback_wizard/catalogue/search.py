"""Looks words up in the catalogue: names, ids, hosts, macros, parameters, messages and notes, in both languages."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from postback_wizard.catalogue.fact import Sentence
from postback_wizard.catalogue.platform import MEANINGS, Platform
from postback_wizard.catalogue.upload import UploadApi


class Hit(NamedTuple):
    """Where something was found: ``kind`` is a platform's kind or ``upload``; ``line`` is what fits best."""

    kind: str
    id: str
    line: str


def search(text: str, found_in: Iterable[Platform | UploadApi], lang: str = "en") -> tuple[Hit, ...]:
    """What holds every word of ``text`` in one line, whatever its letter case: names first, then facts, then prose.

    One hit a platform. Words are looked for in both languages; the line is shown in ``lang``.
    """
    words = text.casefold().split()
    if not words:
        return ()
    hits: list[tuple[int, Hit]] = []
    for entry in found_in:
        best = min(_fitting(entry, words, lang), default=None)
        if best:
            kind = entry.kind if isinstance(entry, Platform) else "upload"
            hits.append((best[0], Hit(kind, entry.id, best[2])))
    return tuple(hit for _, hit in sorted(hits, key=lambda item: item[0]))


def lines_of(entry: Platform | UploadApi) -> Iterator[tuple[int, str | Sentence]]:
    """Everything that is searched: 1 with a name, 2 with a fact, 3 with prose."""
    return _platform_lines(entry) if isinstance(entry, Platform) else _upload_lines(entry)


def _fitting(entry: Platform | UploadApi, words: list[str], lang: str) -> Iterator[tuple[int, int, str]]:
    for place, (rank, line) in enumerate(lines_of(entry)):
        for said in {line.en, line.ru} if isinstance(line, Sentence) else (line,):
            lowered = said.casefold()
            if all(word in lowered for word in words):
                whole = rank == 1 and lowered in (" ".join(words), *words)
                yield rank - whole, place, line.say(lang) if isinstance(line, Sentence) else line


def _platform_lines(entry: Platform) -> Iterator[tuple[int, str | Sentence]]:
    yield from ((1, entry.id), (1, entry.name))
    for meaning in MEANINGS:
        yield from ((2, macro) for macro in getattr(entry.sends, meaning).value)
    accepts = entry.accepts
    if accepts.url_template:
        yield 2, accepts.url_template.value
    for fact in (accepts.host_patterns, accepts.required_params, entry.click_params, entry.status_values):
        yield from ((2, item) for item in fact.value)
    for error in accepts.errors:
        yield 2, error.contains
        yield 3, error.means
        yield from ((3, mode) for mode in error.modes)
    for said in (
        *(entry.duplicate_rule, entry.source_ips, entry.retries, entry.auto_disable, entry.log_location),
        *entry.notes,
    ):
        if said:
            yield 3, said.value


def _upload_lines(entry: UploadApi) -> Iterator[tuple[int, str | Sentence]]:
    yield from ((1, entry.id), (1, entry.platform), (1, entry.api))
    yield from ((2, param) for param in entry.click_id_params.value)
    yield from ((2, item.key) for item in entry.user_data_keys)
    yield from ((2, item.path) for item in entry.required_fields)
    for error in entry.errors:
        yield from ((2, line) for line in (error.code, error.contains) if line)
        yield from ((3, error.means),) if error.means else ()
        yield from ((3, mode) for mode in error.modes)
    for said in (entry.endpoint, entry.auth, entry.dedup_key, entry.click_id_format, entry.partial_failure):
        if said:
            yield 3, said.value
    yield from ((3, trap.value) for trap in entry.traps)

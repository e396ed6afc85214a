"""Everything the catalogue knows of one platform, as lines of text in either language, each fact with its sources."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from postback_wizard.catalogue import words
from postback_wizard.catalogue.fact import Fact, Sentence
from postback_wizard.catalogue.platform import MEANINGS, Message, Platform, Reply
from postback_wizard.catalogue.upload import (
    ApiError,
    DataKey,
    Diagnostics,
    EventTime,
    RequiredField,
    Success,
    UploadApi,
)
from postback_wizard.domain.text import Text


class Sheet:
    """Lines being gathered; a heading is written with the first fact below it."""

    def __init__(self, lang: str, sources: Sequence[str]) -> None:
        self.lang = lang
        self.lines: list[str] = []
        self._numbers = {source: number for number, source in reversed(list(enumerate(sources, 1)))}
        self._heading: Text | None = None

    def head(self, heading: Text) -> None:
        """What the next facts are about."""
        self._heading = heading

    def say(self, said: str, sources: Iterable[str] = (), read: str = "") -> None:
        """One fact with the numbers of its sources."""
        if self._heading:
            self.lines += ["", self._heading.say(self.lang)]
            self._heading = None
        self.lines.append(f"  {said}{self._cited(sources, read)}")

    def fact(self, key: str, fact: Fact[Any] | None, more: Sequence[str] = ()) -> None:
        """A named fact, if it is known."""
        if fact is None or not (fact.value or fact.note):
            return
        parts = [self.shown(fact.value), *more]
        if fact.note:
            parts.append(fact.note.say(self.lang))
        if fact.third_party:
            parts.append(words.THIRD_PARTY.say(self.lang))
        self.named(key, "; ".join(part.rstrip(".") if len(parts) > 1 else part for part in parts if part), fact)

    def named(self, key: str, said: str, fact: Fact[Any]) -> None:
        """A line that begins with what the fact is called."""
        self.say(f"{words.LABELS[key].say(self.lang)}: {said}", fact.sources, fact.read)

    def shown(self, value: object) -> str:
        """A value in words."""
        match value:
            case Sentence():
                return value.say(self.lang)
            case Reply():
                return "; ".join(self._reply(value))
            case tuple():
                items = [self.shown(item) for item in value]
                return ("; " if any("," in item for item in items) else ", ").join(items)
        return str(value)

    def modes(self, modes: Sequence[str]) -> str:
        """What a message may mean, in the names of failure modes."""
        if not modes:
            return ""
        form = words.MODES if len(modes) == 1 else words.ONE_OF
        return form.say(self.lang, modes=", ".join(modes))

    def _reply(self, reply: Reply) -> Iterator[str]:
        if reply.status:
            yield f"HTTP {reply.status}"
        if reply.body_contains:
            yield words.BODY_HAS.say(self.lang, text=reply.body_contains)
        if reply.same_status_on_reject:
            yield words.SAME_STATUS.say(self.lang)

    def _cited(self, sources: Iterable[str], read: str) -> str:
        numbers = ", ".join(str(number) for number in sorted(self._numbers[source] for source in sources))
        day = words.READ.say(self.lang, day=read) if read else ""
        inside = ", ".join(part for part in (numbers, day) if part)
        return f" [{inside}]" if inside else ""


def sheet(found: Platform | UploadApi, lang: str) -> tuple[str, ...]:
    """The lines of one platform or one conversion API, its sources numbered at the end."""
    refs = _refs(found)
    lines = Sheet(lang, refs)
    if isinstance(found, Platform):
        lines.lines.append(f"{found.name} ({found.id}): {words.KINDS[found.kind].say(lang)}")
        _platform(lines, found)
    else:
        title = f"{found.platform}, {found.api.say(lang)} ({found.id}): {words.KINDS['upload'].say(lang)}"
        lines.lines.append(title)
        _upload(lines, found)
    lines.head(words.SOURCES)
    for number, ref in enumerate(refs, 1):
        lines.say(f"[{number}] {ref}")
    return tuple(lines.lines)


def _refs(found: Platform | UploadApi) -> tuple[str, ...]:
    return found.sources if isinstance(found, Platform) else tuple(source.ref for source in found.sources)


def _platform(lines: Sheet, found: Platform) -> None:
    lines.head(words.SENDS)
    for key in ("dialects", *MEANINGS, "expects"):
        lines.fact(key, getattr(found.sends, key))
    lines.head(words.ACCEPTS)
    for key in ("url_template", "host_patterns", "required_params", "methods", "ok"):
        lines.fact(key, getattr(found.accepts, key))
    lines.head(words.REFUSALS)
    for error in found.accepts.errors:
        _message(lines, error)
    lines.head(words.CLICK)
    for key in ("click_params", "click_id_pattern", "click_id_lifetime_days", "default_window_days"):
        lines.fact(key, getattr(found, key))
    lines.head(words.BEHAVIOUR)
    for key in (
        *("status_values", "duplicate_rule", "retries", "timeout_s", "auto_disable", "source_ips", "log_location"),
    ):
        lines.fact(key, getattr(found, key))
    if found.backfill:
        lines.fact("backfill", found.backfill.where)
        lines.fact("backfill_line", found.backfill.line)
        lines.fact("backfill_holds", found.backfill.holds)
        lines.fact("backfill_per_hour", found.backfill.per_hour)
        for said in found.backfill.does:
            lines.say(said.value.say(lines.lang), said.sources, said.read)
    lines.head(words.NOTES)
    for note in found.notes:
        lines.say(note.value.say(lines.lang), note.sources, note.read)


def _message(lines: Sheet, error: Message) -> None:
    said = [error.means.say(lines.lang).rstrip("."), lines.modes(error.modes)]
    lines.say(f"{error.contains}: {'; '.join(part for part in said if part)}", error.sources, error.read)


def _upload(lines: Sheet, found: UploadApi) -> None:
    if found.experimental:
        lines.say(words.EXPERIMENTAL.say(lines.lang))
    lines.fact("confidence", Fact(found.confidence))
    lines.head(words.ADDRESS)
    for key in ("version", "endpoint"):
        lines.fact(key, getattr(found, key))
    for other in found.other_endpoints:
        lines.fact(other.kind, other.url)
    for key in ("method", "content_type", "auth", "batch_limit", "rate_limit"):
        lines.fact(key, getattr(found, key))
    lines.head(words.FIELDS)
    for item in found.required_fields:
        _required(lines, item)
    for key in ("optional_fields", "event_names", "minimal_payload"):
        lines.fact(key, getattr(found, key))
    lines.head(words.CUSTOMER)
    for data_key in found.user_data_keys:
        _data_key(lines, data_key)
    lines.head(words.CLICK)
    for key in ("click_id_params", "click_id_payload_field", "click_id_format", "click_id_lifetime"):
        lines.fact(key, getattr(found, key))
    lines.fact("click_window_days", found.click_window_days)
    _times_and_answers(lines, found)
    lines.head(words.TRAPS)
    for trap in found.traps:
        lines.say(trap.value.say(lines.lang), trap.sources, trap.read)
    lines.head(words.UNKNOWN)
    for blank in found.unknown:
        lines.say(blank.say(lines.lang))


def _times_and_answers(lines: Sheet, found: UploadApi) -> None:
    lines.head(words.TIME)
    if found.event_time:
        _event_time(lines, found.event_time)
    lines.fact("dedup_key", found.dedup_key)
    lines.fact("dedup_window", found.dedup_window)
    lines.head(words.ANSWERS)
    if found.test_mode:
        counts = {True: words.RECORDED, False: words.NOT_RECORDED}
        recorded = found.test_mode.recorded
        lines.fact("test_mode", found.test_mode.how, () if recorded is None else (counts[recorded].say(lines.lang),))
    if found.success_answer:
        _success(lines, found.success_answer)
    lines.fact("partial_failure", found.partial_failure)
    lines.fact("error_shape", found.error_shape)
    for error in found.errors:
        _error(lines, error)
    if found.diagnostics:
        _diagnostics(lines, found.diagnostics)


def _required(lines: Sheet, item: RequiredField) -> None:
    said = f"{item.path.say(lines.lang)} — {item.when.value.say(lines.lang)}"
    lines.say(said, item.when.sources, item.when.read)


def _data_key(lines: Sheet, item: DataKey) -> None:
    parts = [words.HASHES[item.hash].say(lines.lang)]
    parts += [part.say(lines.lang) for part in (item.normalise, item.note) if part]
    if item.third_party:
        parts.append(words.THIRD_PARTY.say(lines.lang))
    lines.say(f"{item.key}: {'; '.join(part.rstrip('.') for part in parts)}", item.sources)


def _event_time(lines: Sheet, time: EventTime) -> None:
    unit = words.UNITS[time.unit].say(lines.lang) if time.unit else ""
    for key, said in (("field", time.field), ("unit", unit), ("format", time.format), *time.limits.items()):
        if said:
            lines.named(key, lines.shown(said), Fact(said, time.sources))
    if time.note:
        lines.say(time.note.say(lines.lang), time.sources)


def _success(lines: Sheet, success: Success) -> None:
    for key, said in (("http", success.http), ("body", success.body), ("check", success.check)):
        if said:
            lines.named(key, lines.shown(said), Fact(said, success.sources))


def _error(lines: Sheet, error: ApiError) -> None:
    head = " ".join(part for part in (f"HTTP {error.http}" if error.http else "", error.code, error.contains) if part)
    parts = [part.say(lines.lang).rstrip(".") for part in (error.means, error.note) if part]
    parts += [part for part in (lines.modes(error.modes),) if part]
    if error.third_party:
        parts.append(words.THIRD_PARTY.say(lines.lang))
    lines.say(": ".join(part for part in (head, "; ".join(parts)) if part), error.sources)


def _diagnostics(lines: Sheet, found: Diagnostics) -> None:
    parts = [f"{found.method} {found.endpoint}".strip(), *(said.say(lines.lang) for said in found.about.values())]
    lines.named("diagnostics", "; ".join(part.rstrip(".") for part in parts if part), Fact("", found.sources))
    if found.reasons:
        lines.named("reasons", ", ".join(found.reasons), Fact("", found.sources))

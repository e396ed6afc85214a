"""The browser's event and the server's event side by side, by the fields and the time their platform compares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from postback_wizard.catalogue.matching import Dedup, Instead, SameField
from postback_wizard.checks.addressed import Addressed, addressed
from postback_wizard.domain.case import Case
from postback_wizard.domain.event_time import read_event_time
from postback_wizard.domain.url import split_url
from postback_wizard.domain.within import body_of, found_by_name, texts_at

Side = Literal["same", "case", "differs", "no-browser", "no-server", "no-both"]
Outcome = Literal["merges", "instead", "case", "differs", "no-browser", "no-server", "no-both", "apart", "open"]

#: What browsers call an event's time.
TIMES = ("event_time", "eventTime", "timestamp", "time", "ts", "event_timestamp")
#: Values are shown up to this many characters.
SHOWN = 80


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of both events; ``counts`` is false for one that is compared only when both name it."""

    field: str
    browser: str
    server: str
    side: Side
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Copies:
    """Both events compared. ``outcome`` is what keeps them two, or why they are one; ``about`` is its field.

    ``apart`` is the distance in seconds, None where a time is missing; ``window`` is 0 where none is documented.
    """

    platform: str
    number: int
    rows: tuple[Compared, ...]
    apart: int | None
    window: int
    outcome: Outcome
    about: Compared | None
    third_party: bool
    sources: tuple[str, ...]

    @property
    def one(self) -> bool:
        """Whether the platform counts them once."""
        return self.outcome in ("merges", "instead")


def copies_of(case: Case) -> Copies | None:
    """The comparison with that server event which fits best; None where there is nothing to compare or no rule."""
    upload = addressed(case) if case.facts.browser_event.strip() else None
    if upload is None or upload.api.dedup is None:
        return None
    browser = _browser(case.facts.browser_event)
    if browser is None:
        return None
    found = [_compared(upload, upload.api.dedup, number, browser) for number in range(1, len(upload.events) + 1)]
    return max(found, key=_closeness) if found else None


def _closeness(copies: Copies) -> tuple[bool, int, int]:
    return copies.one, sum(row.side == "same" for row in copies.rows), -copies.number


def _browser(text: str) -> Any:
    """The browser's event: JSON, or the URL a pixel called, as its parameters."""
    if text.lstrip().lower().startswith(("http://", "https://")):
        return {param.name: param.value for param in reversed(split_url(text.strip()).params())}
    return body_of(text)


def _compared(upload: Addressed, rule: Dedup, number: int, browser: Any) -> Copies:
    event = upload.events[number - 1]
    rows = tuple(_row(same, event, upload.body, browser) for same in rule.fields)
    apart = _apart(event, rule, browser)
    outcome, about = _outcome(rows, apart, rule.window_seconds)
    window = rule.window_seconds
    if outcome in ("no-browser", "no-server", "no-both"):
        for instead in rule.instead:
            row = _row(instead.field, event, upload.body, browser)
            if _stands_in(instead, row, rows, apart):
                outcome, about, window, rows = "instead", row, instead.within_seconds or window, (*rows, row)
                break
    return Copies(upload.name, number, rows, apart, window, outcome, about, rule.third_party, rule.sources)


def _row(same: SameField, event: Mapping[str, Any], body: Any, browser: Any) -> Compared:
    around = same.server.startswith("^")
    place = same.server.removeprefix("^")
    server = next(iter(texts_at(body if around else event, place)), "")
    seen = found_by_name(browser, same.browser)
    return Compared(place.rpartition(".")[2], seen, server, _side(seen, server), counts=not around)


def _side(browser: str, server: str) -> Side:
    if not browser or not server:
        return "no-server" if browser else "no-browser" if server else "no-both"
    if browser == server:
        return "same"
    return "case" if browser.strip().lower() == server.strip().lower() else "differs"


def _apart(event: Mapping[str, Any], rule: Dedup, browser: Any) -> int | None:
    times = (
        read_event_time(next(iter(texts_at(event, rule.time)), None)) if rule.time else None,
        read_event_time(found_by_name(browser, TIMES) or None),
    )
    seconds = [time.seconds for time in times if time and time.seconds is not None]
    return abs(seconds[0] - seconds[1]) if len(seconds) == 2 else None


def _outcome(rows: tuple[Compared, ...], apart: int | None, window: int) -> tuple[Outcome, Compared | None]:
    """The ID decides first; another field that the browser's text leaves out only keeps the question open."""
    first, *rest = rows
    if first.side != "same":
        return first.side, first
    for row in rest:
        if row.side in ("differs", "case") or (row.counts and row.side == "no-server"):
            return row.side, row
    if apart is not None and window and apart > window:
        return "apart", None
    if any(row.counts and row.side != "same" for row in rest):
        return "open", next(row for row in rest if row.side != "same")
    return "merges", None


def _stands_in(instead: Instead, row: Compared, rows: tuple[Compared, ...], apart: int | None) -> bool:
    """Whether another field may make them one although the ID is missing. A wrong ID is not mended by it."""
    others = [item for item in rows[1:] if item.counts]
    named = not instead.only_for or any(item.server == instead.only_for for item in others)
    near = not instead.within_seconds or (apart is not None and apart <= instead.within_seconds)
    return row.side == "same" and named and near and all(item.side == "same" for item in others)


def told(copies: Copies) -> Iterator[Compared]:
    """The rows worth showing: a field that neither side has and that does not count is left out."""
    return (row for row in copies.rows if row.counts or row.side != "no-both")

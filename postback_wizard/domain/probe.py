"""Questions to the outside and the answers, both as data.

A probe performs nothing. Evidence is a question and its answer, never a judgement; its shape is the shape that
``check --json`` prints.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from postback_wizard.domain.reconciliation import Reconciliation

Headers = tuple[tuple[str, str], ...]

#: Stand-ins for secrets. They travel through cases, evidence and reports; the edge puts the real value in their
#: place on the wire only, and puts them back wherever an answer repeats it.
TOKEN = "__POSTBACK_WIZARD_TOKEN__"  # noqa: S105 - the name of a secret, not a secret
SECRET = "__POSTBACK_WIZARD_SECRET__"  # noqa: S105 - the name of a secret, not a secret
#: Stands for an Authorization header that is signed from both of them (OAuth 1.0a) when the request leaves.
OAUTH1 = "__POSTBACK_WIZARD_OAUTH1__"


#: What the name of a harmless request starts with, one that only tells a blocked sender from a broken endpoint.
LOOK = "endpoint:"
#: What the name of a hop starts with that belongs to a variant of the click and not to the click itself.
VARIANT = "variant:"


class Effect(StrEnum):
    """What asking does to the world, from nothing to a conversion in somebody's books."""

    LOCAL = "local"
    LOOK = "look"
    CLICK = "click"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class HttpProbe:
    """One HTTP request, exactly as given.

    ``url`` may hold macros; ``hop`` is 0 for a sent callback and counts from 1 in a trace; ``seen`` holds the
    addresses this trace has already visited. ``deadline_s`` is the time for everything, name look-up to last byte.
    ``without`` names headers, lower-cased, that are not added where the request has none.
    ``direct`` leaves from this machine although the case names a proxy.
    """

    name: str
    method: str
    url: str
    headers: Headers = ()
    body: str = ""
    effect: Effect = Effect.WRITE
    hop: int = 0
    seen: tuple[str, ...] = ()
    deadline_s: float = 15.0
    without: tuple[str, ...] = ()
    direct: bool = False
    kind: Literal["http"] = "http"


@dataclass(frozen=True, slots=True)
class DnsProbe:
    """Which addresses a host name has."""

    name: str
    host: str
    effect: Effect = Effect.LOOK
    kind: Literal["dns"] = "dns"


@dataclass(frozen=True, slots=True)
class TlsProbe:
    """Whether a TLS handshake with ``host`` succeeds, and with which certificate."""

    name: str
    host: str
    port: int = 443
    effect: Effect = Effect.LOOK
    kind: Literal["tls"] = "tls"


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log the agent named: its role is the fact it came from (``click_log``, ``conversion_log`` …)."""

    role: str
    path: str


@dataclass(frozen=True, slots=True)
class LogProbe:
    """Every row of one click ID or transaction ID in the given logs.

    ``columns`` maps our names (``click_id``, ``time``, ``status`` …) to the files' own where the agent knows better.
    Named ``reconcile``, it asks for the full comparison of the first two files instead; ``platforms`` then names the
    catalogue's entry by role, whose words the statuses are.
    """

    name: str
    files: tuple[LogFile, ...]
    click_id: str = ""
    transaction_id: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    platforms: Mapping[str, str] = field(default_factory=dict)
    effect: Effect = Effect.LOCAL
    kind: Literal["logs"] = "logs"


@dataclass(frozen=True, slots=True)
class HarProbe:
    """The redirect chain in a recorded browser session (HAR 1.2), or in pasted output of curl or pasted headers.

    ``text`` is the paste, instead of a file; ``start`` the address the chain begins at, empty for the first that fits.
    """

    name: str
    path: str
    text: str = ""
    start: str = ""
    effect: Effect = Effect.LOCAL
    kind: Literal["har"] = "har"


@dataclass(frozen=True, slots=True)
class SignProbe:
    """Which recipe makes the signature of a request from the secret at hand; the secret is nowhere in it."""

    name: str
    method: str
    url: str
    headers: Headers = ()
    body: str = ""
    effect: Effect = Effect.LOCAL
    kind: Literal["sign"] = "sign"


Probe = HttpProbe | DnsProbe | TlsProbe | LogProbe | HarProbe | SignProbe


# -- answers ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SentRequest:
    """What stood on the wire: ``target`` is the request target byte for byte."""

    method: str
    url: str
    target: str
    headers: Headers = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``body`` is decoded text up to the cap (1 MiB); ``body_bytes`` counts the bytes read."""

    status: int
    headers: Headers = ()
    body: str = ""
    body_bytes: int = 0
    truncated: bool = False

    def header(self, name: str) -> str:
        """The first value of a header, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The three verdicts of an answer, kept apart because HTTP 200 proves nothing in this trade."""

    transport: Literal["ok", "failed"] = "failed"
    http: Literal["success", "redirect", "client-error", "server-error", "odd", "none"] = "none"
    business: Literal["recorded", "refused", "duplicate", "unproven", "none"] = "none"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of each phase; a phase that did not happen is 0."""

    dns: float = 0.0
    connect: float = 0.0
    tls: float = 0.0
    first_byte: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class HttpEvidence:
    """One request and what became of it.

    ``delivery`` is what money depends on: ``not-sent`` (no complete request left), ``sent`` (outcome unknown),
    ``answered`` (a final status was read). ``outcome`` holds names such as OK_2XX, REDIRECT_LOOP, BODY_LIMIT.
    ``egress`` is where the request left this machine: its own address on the way to ``peer``, or the proxy's URL.
    """

    name: str
    at: str
    delivery: Literal["not-sent", "sent", "answered"]
    outcome: tuple[str, ...]
    request: SentRequest
    answer: Answer | None = None
    verdicts: Verdicts = Verdicts()
    timing_ms: Timing = Timing()
    peer: str = ""
    hop: int = 0
    detail: str = ""
    egress: str = ""
    kind: Literal["http"] = "http"

    @property
    def variant(self) -> str:
        """The code of the variant of a click this hop belongs to; empty for everything else."""
        return self.name.removeprefix(VARIANT) if self.name.startswith(VARIANT) else ""

    @property
    def is_look(self) -> bool:
        """Whether this was a harmless request beside the callback, and not the callback itself."""
        return self.name.startswith(LOOK)

    def has(self, *names: str) -> bool:
        """Whether any of these outcome names was given, with or without a detail in brackets."""
        return any(outcome.partition("(")[0] in names for outcome in self.outcome)


@dataclass(frozen=True, slots=True)
class DnsEvidence:
    """What the resolver said about a host; ``outcome`` starts with OK or DNS_…"""

    name: str
    at: str
    host: str
    outcome: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    took_ms: float = 0.0
    detail: str = ""
    kind: Literal["dns"] = "dns"


@dataclass(frozen=True, slots=True)
class TlsEvidence:
    """What a handshake showed; times are ISO 8601 UTC, empty when no certificate was seen.

    ``chain`` counts the certificates the server sent, 0 where that was not looked at; only a refused one is.
    """

    name: str
    at: str
    host: str
    port: int
    outcome: tuple[str, ...]
    protocol: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()
    not_before: str = ""
    not_after: str = ""
    took_ms: float = 0.0
    detail: str = ""
    chain: int = 0
    kind: Literal["tls"] = "tls"


@dataclass(frozen=True, slots=True)
class LogReject:
    """One row that could not be read: its line from 1, and why, as a code (``columns``, ``quotes``, ``encoding`` …)."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class LogShare:
    """Rows of a log that have something in common, and how many of them ``lack`` what they should have.

    ``kind`` says what they share: ``time`` (``value`` is the UTC start of a span), ``goal``, ``offer``, ``browser`` …;
    attempts lack a success, conversions an ID, clicks the ad platform's click ID.
    """

    kind: str
    value: str
    rows: int
    lack: int = 0


@dataclass(frozen=True, slots=True)
class LogSource:
    """One log as it was read. ``problem`` is empty, or a code such as ``missing``, ``empty``, ``no-click-id``.

    ``guessed`` are those of our names whose column was told by its content, not by its header; ``headers`` are the
    first 200 as the file has them; ``rejects`` are the
    first rows that could not be read.
    """

    role: str
    path: str
    rows: int = 0
    rejected_rows: int = 0
    dialect: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    first_time: str = ""
    last_time: str = ""
    problem: str = ""
    detail: str = ""
    guessed: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rejects: tuple[LogReject, ...] = ()
    shares: tuple[LogShare, ...] = ()

    def of(self, kind: str) -> tuple[LogShare, ...]:
        """What the log's rows share of one kind."""
        return tuple(share for share in self.shares if share.kind == kind)

    @property
    def name(self) -> str:
        """The file's name without its folders, of any system."""
        return self.path.replace("\\", "/").rpartition("/")[2]


def together(files: Sequence[LogSource]) -> LogSource | None:
    """Several files of one role as one log: rows added up, times spanned; the columns are those of the first."""
    if len(files) < 2:
        return files[0] if files else None
    first = max(files, key=lambda file: file.rows)
    return replace(
        first,
        path=f"{first.path} (+{len(files) - 1})",
        rows=sum(file.rows for file in files),
        rejected_rows=sum(file.rejected_rows for file in files),
        first_time=min((file.first_time for file in files if file.first_time), default=""),
        last_time=max((file.last_time for file in files if file.last_time), default=""),
        rejects=tuple(reject for file in files for reject in file.rejects),
        shares=_added(share for file in files for share in file.shares),
    )


def _added(shares: Iterable[LogShare]) -> tuple[LogShare, ...]:
    found: dict[tuple[str, str], LogShare] = {}
    for share in shares:
        key = (share.kind, share.value)
        before = found.get(key)
        found[key] = replace(before, rows=before.rows + share.rows, lack=before.lack + share.lack) if before else share
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row that carries the identifier asked for: ``values`` uses our names, ``raw`` the file's columns."""

    role: str
    row: int
    values: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogEvidence:
    """What the logs hold about one conversion, or, named ``reconcile``, how two of them compare in full.

    ``classes`` counts keys, the duplicate classes surplus rows; ``samples`` holds keys of each class.
    """

    name: str
    at: str
    outcome: tuple[str, ...]
    files: tuple[LogSource, ...] = ()
    rows_of_click: tuple[LogRow, ...] = ()
    classes: Mapping[str, int] = field(default_factory=dict)
    offset_minutes: int = 0
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    detail: str = ""
    reconciliation: Reconciliation | None = None
    kind: Literal["logs"] = "logs"

    def source(self, role: str) -> LogSource | None:
        """The log of a role, if it could be read; several files of one role are one log."""
        return together([file for file in self.files if file.role == role and not file.problem])

    def rows(self, role: str) -> tuple[LogRow, ...]:
        """The rows found in the log of a role."""
        return tuple(row for row in self.rows_of_click if row.role == role)


@dataclass(frozen=True, slots=True)
class RecordedPage:
    """One document a browser went to in a recording: its first address, its hops, where it ended.

    ``carries`` names the identifiers in the first address.
    """

    url: str
    hops: int
    final: str
    carries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HarEvidence:
    """A recorded redirect chain, hop by hop, judged like a live one; this program asked nobody.

    ``start`` is its first address and ``chosen`` says why that page was taken: ``asked`` for, asked for with another
    query (``nearly``), the first that carries identifiers (``carries``), the ``first``, the ``only`` one. ``pages`` are
    all there are; ``left_out`` counts answers of a paste that belong to no hop.
    """

    name: str
    at: str
    path: str
    outcome: tuple[str, ...]
    hops: tuple[HttpEvidence, ...] = ()
    detail: str = ""
    form: Literal["har", "curl", "wget", "headers"] = "har"
    start: str = ""
    chosen: Literal["", "asked", "nearly", "carries", "first", "only"] = ""
    pages: tuple[RecordedPage, ...] = ()
    left_out: int = 0
    kind: Literal["har"] = "har"


@dataclass(frozen=True, slots=True)
class SignEvidence:
    """What came of recomputing a signature; ``outcome`` is FITS, NO_FIT, NO_SECRET or NO_SIGNATURE.

    ``param`` is the signature's own name, ``recipe`` how it is made, with the word ``secret`` where the secret goes;
    ``mistakes`` are names of ``domain.recipes.Mistake``; ``tried`` counts digests.
    """

    name: str
    at: str
    outcome: tuple[str, ...]
    param: str = ""
    recipe: str = ""
    mistakes: tuple[str, ...] = ()
    tried: int = 0
    took_ms: float = 0.0
    detail: str = ""
    kind: Literal["sign"] = "sign"


Evidence = HttpEvidence | DnsEvidence | TlsEvidence | LogEvidence | HarEvidence | SignEvidence


def answers(probe: Probe, evidence: Evidence) -> bool:
    """Whether this evidence is the answer to that probe."""
    match probe, evidence:
        case HttpProbe(), HttpEvidence():
            sent = evidence.request
            asked = (probe.name, probe.hop, probe.method, probe.url, probe.body)
            return asked == (evidence.name, evidence.hop, sent.method, sent.url, sent.body)
        case DnsProbe(), DnsEvidence():
            return (probe.name, probe.host) == (evidence.name, evidence.host)
        case TlsProbe(), TlsEvidence():
            return (probe.name, probe.host, probe.port) == (evidence.name, evidence.host, evidence.port)
        case LogProbe(), LogEvidence():
            return probe.name == evidence.name
        case SignProbe(), SignEvidence():
            return probe.name == evidence.name
        case HarProbe(), HarEvidence():
            same_start = (
                not probe.start or evidence.chosen == "nearly" or probe.start in (evidence.start, evidence.detail)
            )
            return (probe.name, probe.path) == (evidence.name, evidence.path) and same_start
        case _:
            return False

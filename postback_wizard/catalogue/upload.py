"""One ad platform's conversion API: where events go, what they must look like, and what the answers mean."""

from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.fact import Fact, Listed, Said, Sentence
from postback_wizard.catalogue.matching import Dedup, Hashing
from postback_wizard.catalogue.rules import EventRules

HASHING = ("yes", "no", "recommended", "either", "unsupported", "unknown")
UNITS = ("s", "ms", "us", "text")


@dataclass(frozen=True, slots=True)
class Source:
    """A page, a repository or a description of one; ``dated`` is the day it bears itself."""

    ref: str
    kind: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Another address of the same API: ``legacy``, ``bulk`` or ``app``."""

    kind: str
    url: Said


@dataclass(frozen=True, slots=True)
class RequiredField:
    """A field an event needs, and when."""

    path: Sentence
    when: Said


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key of customer data: whether it is hashed (``HASHING``), and how it is made uniform before."""

    key: str
    hash: str
    normalise: Sentence | None
    sources: tuple[str, ...]
    third_party: bool = False
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class EventTime:
    """The field of an event's time; ``unit`` is one of ``UNITS`` or "". ``limits`` are named ages and rules."""

    field: Sentence | None
    unit: str
    format: Sentence | None
    limits: Mapping[str, Sentence]
    sources: tuple[str, ...]
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class TestMode:
    """How to try without harm; ``recorded`` says whether a test event counts, None when nobody documents it."""

    __test__ = False

    how: Said
    recorded: bool | None = None


@dataclass(frozen=True, slots=True)
class Success:
    """What a full success looks like: ``body`` is JSON text, ``check`` says where to look."""

    http: Sentence | None
    body: str
    check: Sentence | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApiError:
    """One error: ``contains`` is the platform's own wording where known; ``means`` is None where nobody knows."""

    http: str
    code: str
    contains: str
    means: Sentence | None
    modes: tuple[str, ...]
    sources: tuple[str, ...]
    third_party: bool = False
    note: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Where the platform itself reports on what it received."""

    endpoint: str
    method: str
    about: Mapping[str, Sentence]
    reasons: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UploadApi:
    """What is known of one conversion API. ``experimental`` marks what rests on third parties alone.

    ``click_window_days`` is the longest time from click to conversion that no setting can extend.
    """

    id: str
    platform: str
    api: Sentence
    confidence: Sentence
    experimental: bool
    sources: tuple[Source, ...]
    version: Said | None
    endpoint: Said | None
    other_endpoints: tuple[Endpoint, ...]
    method: Said | None
    content_type: Said | None
    auth: Said | None
    minimal_payload: Fact[str] | None
    required_fields: tuple[RequiredField, ...]
    optional_fields: Fact[tuple[Sentence, ...]]
    event_names: Listed
    user_data_keys: tuple[DataKey, ...]
    click_id_params: Listed
    click_id_payload_field: Said | None
    click_id_format: Said | None
    click_id_lifetime: Said | None
    click_window_days: Fact[int] | None
    event_time: EventTime | None
    dedup_key: Said | None
    dedup_window: Said | None
    hashing: Hashing | None
    dedup: Dedup | None
    test_mode: TestMode | None
    success_answer: Success | None
    partial_failure: Said | None
    error_shape: Said | None
    errors: tuple[ApiError, ...]
    batch_limit: Said | None
    rate_limit: Said | None
    diagnostics: Diagnostics | None
    traps: tuple[Said, ...]
    unknown: tuple[Sentence, ...]
    rules: EventRules | None

"""A conversion API as its file tells it."""

from collections.abc import Mapping
from typing import Any

from postback_wizard.catalogue.fact import NOTHING, Fact, Listed, Sentence
from postback_wizard.catalogue.matching import read_dedup, read_hashing
from postback_wizard.catalogue.rules import read_rules
from postback_wizard.catalogue.table import Table
from postback_wizard.catalogue.upload import (
    HASHING,
    UNITS,
    ApiError,
    DataKey,
    Diagnostics,
    Endpoint,
    EventTime,
    RequiredField,
    Source,
    Success,
    TestMode,
    UploadApi,
)

_SAID = (
    *("version", "endpoint", "method", "content_type", "auth", "click_id_payload_field", "click_id_format"),
    *("click_id_lifetime", "dedup_key", "dedup_window", "partial_failure", "error_shape", "batch_limit", "rate_limit"),
)


def read_upload_api(raw: Mapping[str, Any]) -> UploadApi:
    """A conversion API from its parsed file.

    Raises:
        CatalogueError: a key is unknown, missing or of the wrong kind, or a fact has no source.
    """
    top = Table(raw)
    sources = tuple(_source(item) for item in top.tables("sources"))
    top.sources = tuple(source.ref for source in sources)
    time, test, success = top.table("event_time"), top.table("test_mode"), top.table("success_answer")
    diagnostics, rules = top.table("diagnostics"), top.table("rules")
    hashing, dedup = top.table("hashing"), top.table("dedup")
    api_id = top.text("id")
    found = UploadApi(
        id=api_id,
        platform=top.text("platform"),
        api=top.name("api"),
        confidence=top.meaning("confidence"),
        experimental=top.flag("experimental"),
        sources=sources,
        other_endpoints=tuple(_endpoint(item) for item in top.tables("other_endpoints")),
        minimal_payload=top.exact("minimal_payload"),
        required_fields=tuple(_required(item) for item in top.tables("required_fields")),
        optional_fields=_optional(top.table("optional_fields")),
        event_names=top.list_of("event_names"),
        user_data_keys=tuple(_data_key(item) for item in top.tables("user_data_keys")),
        click_id_params=_params(top),
        click_window_days=top.number("click_window_days"),
        event_time=_event_time(time) if time else None,
        test_mode=_test_mode(test) if test else None,
        success_answer=_success(success) if success else None,
        errors=tuple(_error(item) for item in top.tables("errors")),
        diagnostics=_diagnostics(diagnostics) if diagnostics else None,
        traps=top.all_said("traps"),
        unknown=tuple(_words(item) for item in top.tables("unknown")),
        hashing=read_hashing(hashing) if hashing else None,
        dedup=read_dedup(dedup) if dedup else None,
        rules=read_rules(rules, api_id) if rules else None,
        **{key: top.said(key) for key in _SAID},
    )
    top.done()
    return found


def _source(table: Table) -> Source:
    found = Source(table.text("ref"), table.text("kind", ""), table.text("dated", ""))
    table.done()
    return found


def _words(table: Table) -> Sentence:
    found = table.words()
    table.done()
    return found


def _endpoint(table: Table) -> Endpoint:
    kind = table.word("kind", ("legacy", "bulk", "app"))
    return Endpoint(kind, table.fact(table.words()))


def _required(table: Table) -> RequiredField:
    path, when = table.meaning("path"), table.meaning("when")
    return RequiredField(path, table.fact(when))


def _optional(table: Table | None) -> Fact[tuple[Sentence, ...]]:
    return table.fact(tuple(_words(item) for item in table.tables("are"))) if table else Fact(())


def _params(top: Table) -> Listed:
    """Only a note is given where the platform leaves the name to others."""
    table = top.table("click_id_params")
    return table.fact(table.texts("is")) if table else NOTHING


def _data_key(table: Table) -> DataKey:
    key, hashed, normalise = table.text("key"), table.word("hash", HASHING), table.sentence("normalise")
    fact = table.fact(key)
    return DataKey(key, hashed, normalise, fact.sources, fact.third_party, fact.note)


def _event_time(table: Table) -> EventTime:
    field, unit, form = table.sentence("field"), table.word("unit", UNITS, ""), table.sentence("format")
    limits = _named(table.table("limits"))
    fact = table.fact(unit)
    return EventTime(field, unit, form, limits, fact.sources, fact.note)


def _named(table: Table | None) -> Mapping[str, Sentence]:
    """Sentences under names of their own."""
    return {key: table.meaning(key) for key in table.names()} if table else {}


def _test_mode(table: Table) -> TestMode:
    words = table.words()
    recorded = table.flag("recorded") if table.has("recorded") else None
    return TestMode(table.fact(words), recorded)


def _success(table: Table) -> Success:
    http, body, check = table.sentence("http"), table.text("body", ""), table.sentence("check")
    return Success(http, body, check, table.fact(body).sources)


def _error(table: Table) -> ApiError:
    http, code, contains = table.text("http", ""), table.text("code", ""), table.text("contains", "")
    means, modes = table.sentence("means"), table.modes()
    fact = table.fact(code)
    return ApiError(http, code, contains, means, modes, fact.sources, fact.third_party, fact.note)


def _diagnostics(table: Table) -> Diagnostics:
    endpoint, method, reasons = table.text("endpoint", ""), table.text("method", ""), table.texts("reasons")
    about = _named(table.table("about"))
    return Diagnostics(endpoint, method, about, reasons, table.fact(endpoint).sources)

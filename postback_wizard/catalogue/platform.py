"""One tracker, network, MMP or ad network: what it sends, what it accepts, and how it behaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from postback_wizard.catalogue.backfill import Import, read_import
from postback_wizard.catalogue.fact import NOTHING, Fact, Listed, Said, Sentence
from postback_wizard.catalogue.table import Table

KINDS = ("tracker", "network", "mmp", "ad_network")
#: Where facts were read: vendor's pages, others' guides and trackers' presets, open source, own experience.
SOURCE_KINDS = ("vendor_docs", "third_party_guide", "tracker_template", "open_source_connector", "own")
MEANINGS = ("click_id", "payout", "currency", "status", "transaction_id", "other")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a postback: ``status`` is ``200`` or a class such as ``2xx``, "" when only the body counts."""

    status: str = ""
    body_contains: str = ""
    same_status_on_reject: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """Something a platform says when it refuses; several ``modes`` mean that it alone does not tell which it is."""

    contains: str
    means: Sentence
    modes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    read: str = ""


@dataclass(frozen=True, slots=True)
class Sends:
    """The macros a platform fills in, by what they mean, and the answer it wants to what it sent."""

    dialects: Listed = NOTHING
    click_id: Listed = NOTHING
    payout: Listed = NOTHING
    currency: Listed = NOTHING
    status: Listed = NOTHING
    transaction_id: Listed = NOTHING
    other: Listed = NOTHING
    expects: Fact[Reply] | None = None

    @property
    def macros(self) -> Mapping[str, str]:
        """Every macro as it is written, with its meaning; ``other`` where only its name is known."""
        return {macro: meaning for meaning in MEANINGS for macro in getattr(self, meaning).value}


@dataclass(frozen=True, slots=True)
class Accepts:
    """A platform's own postback address: its shape, what it cannot do without, and what it answers."""

    url_template: Fact[str] | None = None
    host_patterns: Listed = NOTHING
    required_params: Listed = NOTHING
    methods: Listed = NOTHING
    ok: Fact[Reply] | None = None
    errors: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Platform:
    """What is known of one platform; an absent fact is not known. ``click_params`` are parameters of its links.

    ``click_id_lifetime_days`` is a limit nobody can set; ``default_window_days`` holds unless it was set otherwise.
    ``claim_window_days`` is how long after a conversion a missing one can be claimed.
    """

    id: str
    name: str
    kind: str
    sources: tuple[str, ...]
    source_kinds: tuple[str, ...] = ()
    read: str = ""
    sends: Sends = field(default_factory=Sends)
    accepts: Accepts = field(default_factory=Accepts)
    click_params: Listed = NOTHING
    click_id_pattern: Fact[str] | None = None
    click_id_lifetime_days: Fact[int] | None = None
    default_window_days: Fact[int] | None = None
    claim_window_days: Fact[int] | None = None
    duplicate_rule: Said | None = None
    source_ips: Said | None = None
    retries: Said | None = None
    timeout_s: Fact[int] | None = None
    auto_disable: Said | None = None
    status_values: Listed = NOTHING
    log_location: Said | None = None
    backfill: Import | None = None
    notes: tuple[Said, ...] = ()


def read_platform(raw: Mapping[str, Any]) -> Platform:
    """A platform from its parsed file.

    Raises:
        CatalogueError: a key is unknown, missing or of the wrong kind, or a fact has no source.
    """
    top = Table(raw)
    top.sources = top.texts("sources") or (top.text("sources"),)
    click = top.table("click") or Table({})
    backfill = top.table("backfill")
    found = Platform(
        id=top.text("id"),
        name=top.text("name"),
        kind=top.word("kind", KINDS),
        sources=top.sources,
        source_kinds=top.known_texts("source_kinds", SOURCE_KINDS),
        read=top.day(),
        sends=_sends(top.table("sends")),
        accepts=_accepts(top.table("accepts")),
        click_params=click.list_of("params"),
        click_id_pattern=click.pattern("id_pattern"),
        click_id_lifetime_days=click.number("lifetime_days"),
        default_window_days=click.number("default_window_days"),
        claim_window_days=top.number("claim_window_days"),
        duplicate_rule=top.said("duplicate_rule"),
        source_ips=top.said("source_ips"),
        retries=top.said("retries"),
        timeout_s=top.number("timeout_s"),
        auto_disable=top.said("auto_disable"),
        status_values=top.list_of("status_values"),
        log_location=top.said("log_location"),
        backfill=read_import(backfill) if backfill else None,
        notes=top.all_said("notes"),
    )
    click.done()
    top.done()
    return found


def _sends(table: Table | None) -> Sends:
    if table is None:
        return Sends()
    expects = table.table("expects")
    found = Sends(
        dialects=table.list_of("dialects"),
        expects=_reply(expects) if expects else None,
        **{meaning: table.list_of(meaning) for meaning in MEANINGS},
    )
    table.done()
    return found


def _accepts(table: Table | None) -> Accepts:
    if table is None:
        return Accepts()
    ok = table.table("ok")
    found = Accepts(
        url_template=table.exact("url_template"),
        host_patterns=table.list_of("host_patterns"),
        required_params=table.list_of("required_params"),
        methods=table.list_of("methods"),
        ok=_reply(ok) if ok else None,
        errors=tuple(_message(item) for item in table.tables("errors")),
    )
    table.done()
    return found


def _reply(table: Table) -> Fact[Reply]:
    return table.fact(
        Reply(table.text("status", ""), table.text("body_contains", ""), table.flag("same_status_on_reject"))
    )


def _message(table: Table) -> Message:
    contains, means, modes = table.text("contains"), table.meaning("means"), table.modes()
    fact = table.fact(contains)
    return Message(contains, means, modes, fact.sources, fact.read)

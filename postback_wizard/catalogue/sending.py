"""How a conversion API takes an event: its request as documented, and the mark of a test."""

from collections.abc import Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.table import Table

#: ``code``: a code from the platform's own pages; ``flag``: a field that is true; ``query``: a parameter of the URL;
#: ``address``: an address of its own.
TEST_KINDS = ("code", "flag", "query", "address")


@dataclass(frozen=True, slots=True)
class TestKey:
    """What marks a request as a test. ``key`` is a path (empty for ``address``); ``checks_only``: nothing is kept."""

    __test__ = False

    kind: str
    key: str
    checks_only: bool


@dataclass(frozen=True, slots=True)
class Sending:
    """One request; ``list_url`` and ``list_headers`` serve a list of events where one alone goes another way.

    In ``url`` and ``headers`` stand {base}, {version}, {account}, {token}, {secret}, {oauth1} and, for GET, the event.

    ``envelope`` and ``event`` map a path to where its value comes from: a name such as ``click``, or ``=literal``.
    ``body`` is json, query or csv; ``default_name`` is the event name of the platform's own example.
    """

    method: str
    url: str
    test_url: str
    headers: tuple[str, ...]
    list_url: str
    list_headers: tuple[str, ...]
    body: str
    default_name: str
    envelope: Mapping[str, str]
    event: Mapping[str, str]

    @property
    def wants_token(self) -> bool:
        """Whether the request carries an access token, or is signed with one."""
        texts = (self.url, *self.headers, *self.envelope.values())
        return self.is_signed or any("{token}" in text for text in texts)

    @property
    def wants_secret(self) -> bool:
        """Whether the request carries a developer token beside the access token, or is signed."""
        return self.is_signed or any("{secret}" in text for text in (self.url, *self.headers))

    @property
    def is_signed(self) -> bool:
        """Whether the request is signed by OAuth 1.0a."""
        return any("{oauth1}" in text for text in self.headers)


def read_test_key(table: Table) -> TestKey:
    """The ``[rules.test]`` of a file."""
    kind, key, only = table.word("kind", TEST_KINDS), table.text("key", ""), table.flag("checks_only")
    table.fact(kind)
    return TestKey(kind, key, only)


def read_sending(table: Table) -> Sending:
    """The ``[rules.send]`` of a file."""
    method, url = table.word("method", ("GET", "POST"), "POST"), table.text("url")
    found = Sending(
        method,
        url,
        table.text("test_url", ""),
        table.texts("headers"),
        table.text("list_url", ""),
        table.texts("list_headers"),
        table.word("body", ("json", "query", "csv"), "json"),
        table.text("default_name", ""),
        _pairs(table.table("envelope")),
        _pairs(table.table("event")),
    )
    return table.fact(found).value


def _pairs(table: Table | None) -> Mapping[str, str]:
    if table is None:
        return {}
    found = {name: table.text(name) for name in table.names()}
    table.done()
    return found

"""What of clicks, recordings and logs may reach a disk: nearly all of it, since identifiers are what it is about.

Masked are the passwords of URLs, credentials under a name that can mean nothing else, e-mail addresses, phone
numbers, and in recordings the cookies and keys of whoever was browsing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from postback_wizard.domain.case import Case
from postback_wizard.domain.identifiers import identifiers_in
from postback_wizard.domain.private_names import Kind
from postback_wizard.domain.private_patterns import emails
from postback_wizard.domain.probe import HarEvidence, Headers, HttpEvidence, LogEvidence
from postback_wizard.domain.reconciliation import Reconciliation, SampleRow
from postback_wizard.domain.url import decode_levels, split_url
from postback_wizard.steps.withholder import Withholder

#: Facts that hold a link or the address of a server.
OPEN = ("click_url", "offer_url", "proxy")
_SURE: frozenset[Kind] = frozenset(("email", "phone", "password", "secret", "user", "cookie"))
#: A token under any other name may be a tracker's own word for a click.
_CREDENTIALS = frozenset(
    (
        *("accesstoken", "refreshtoken", "idtoken", "apitoken", "developertoken", "bearer", "jwt", "apikey", "xapikey"),
        *("authorization", "proxyauthorization", "xauthtoken", "authtoken", "privatekey", "accesskey", "phpsessid"),
        *("jsessionid", "appsecretproof", "csrftoken", "xcsrftoken", "xsrftoken"),
    )
)
_PEOPLE = frozenset(("firstname", "lastname", "fullname", "surname", "dob", "birthdate", "dateofbirth", "passport"))
_BY_NAME = _CREDENTIALS | _PEOPLE


def identifiers_of(case: Case) -> Iterator[str]:
    """What names a click on its way, whatever it is called; somebody's address is no such thing."""
    urls = dict.fromkeys(url for hop in case.trace() for url in (hop.request.url, _location(hop)))
    for url in (case.facts.click_url, *urls):
        for item in identifiers_in(split_url(url)) if url else ():
            if "@" not in decode_levels(item.value)[-1]:
                yield from (item.value, item.text)


def _location(hop: HttpEvidence) -> str:
    return hop.answer.header("Location") if hop.answer else ""


class OpenPlaces(Withholder):
    """Another withholder's labels for texts that stay readable; ``out`` writes them as they are stored."""

    def __init__(self, other: Withholder, out: Callable[[str], str]) -> None:
        super().__init__(())
        self.share(other)
        self._out = out

    def _kind(self, name: str, value: str) -> Kind | None:
        kind = super()._kind(name, value)
        return kind if kind in _SURE or re.sub(r"[^a-z]", "", name.lower()) in _BY_NAME else None

    def _placed(self, match: re.Match[str]) -> str:
        return super()._placed(match) if self._kind(match[1], match[3]) else match.group()

    def url(self, url: str) -> str:
        """A link, or what a program printed about one."""
        return self._out(self.mask_text(url) if any(map(str.isspace, url.strip())) else self.mask_url(url))

    def page(self, text: str) -> str:
        """Markup: nothing is hidden in it but addresses, and what is known from elsewhere."""
        for found in emails(text):
            self._hide(found, "email")
        return self.rest_of(text)

    def rest_of(self, text: str) -> str:
        """A text without what is known from elsewhere."""
        return self._out(self.mask_known(text))

    def headers(self, headers: Headers) -> Headers:
        """Headers of a recording: credentials and cookies are somebody's."""
        return tuple((name, self._out(value)) for name, value in self.mask_headers(headers))

    def links(self, headers: Headers) -> Headers:
        """Headers of a click that nobody's browser made: only where they lead."""
        return tuple((name, self.url(value) if "://" in value else value) for name, value in headers)

    def cells(self, cells: Mapping[str, str]) -> Mapping[str, str]:
        """A row of a log, column by column."""
        return {name: self._out(value) for name, value in self.mask_table(cells.items())}


def open_hop(item: HttpEvidence, places: OpenPlaces, *, recorded: bool = False) -> HttpEvidence:
    """A hop of a click; ``recorded`` by a browser, with somebody's cookies, or made by this program, with none."""
    headers = places.headers if recorded else places.links
    text = places.page if recorded else places.rest_of
    sent, answer = item.request, item.answer
    url, target = places.url(sent.url), places.url(sent.target)
    return replace(
        item,
        request=replace(sent, url=url, target=target, headers=headers(sent.headers), body=text(sent.body)),
        answer=replace(answer, headers=headers(answer.headers), body=text(answer.body)) if answer else None,
        detail=places.rest_of(item.detail),
    )


def open_recording(item: HarEvidence, places: OpenPlaces) -> HarEvidence:
    """A recorded chain, and the pages that are not part of it."""
    pages = tuple(replace(page, url=places.url(page.url), final=places.url(page.final)) for page in item.pages)
    hops = tuple(open_hop(hop, places, recorded=True) for hop in item.hops)
    return replace(item, hops=hops, pages=pages, start=places.url(item.start))


def open_logs(item: LogEvidence, places: OpenPlaces) -> LogEvidence:
    """Rows of logs, those of one conversion and the samples of a comparison."""
    rows = (replace(row, values=places.cells(row.values), raw=places.cells(row.raw)) for row in item.rows_of_click)
    return replace(item, rows_of_click=tuple(rows), reconciliation=_compared(item.reconciliation, places))


def _compared(found: Reconciliation | None, places: OpenPlaces) -> Reconciliation | None:
    def side(row: SampleRow | None) -> SampleRow | None:
        return replace(row, values=places.cells(row.values)) if row else None

    if found is None:
        return None
    samples = (replace(item, tracker=side(item.tracker), partner=side(item.partner)) for item in found.samples)
    return replace(found, samples=tuple(samples))

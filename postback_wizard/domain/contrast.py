"""How each variant of a click went, beside the click as given: where it ended, and what did not get there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from postback_wizard.domain.identifiers import carries, find_click_id
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.passage import changes, losses
from postback_wizard.domain.probe import Evidence, HarEvidence, HttpEvidence
from postback_wizard.domain.redirect import chain_end
from postback_wizard.domain.url import split_url

#: The code of the click itself among its variants.
GIVEN = "given"

#: Whether the click ID came to the end of a chain: whole, with another value, replaced by an ID that a hop minted,
#: not at all; ``none`` where the click as given met one and this chain never did; empty where there was none to follow
#: or the chain did not come to an end.
Arrival = Literal["", "yes", "changed", "replaced", "no", "none"]

#: Endings of a chain that came to a page or an app.
LANDED = ("landing", "app-link", "script")

_OPAQUE = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z0-9_\-]{10,}")
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One chain beside the click as given.

    ``ending`` is one of ``chain_end``; ``end`` the host and path it came to, without the query; ``arrived_at`` the hop
    that lost or changed the click ID (0: none did). ``lost`` and ``gained`` name parameters that the click as given
    brings to its end and this one does not, or the reverse. ``parts_at`` is the first hop elsewhere (0: the same way).
    """

    code: str
    hops: tuple[HttpEvidence, ...]
    ending: str
    end: str
    status: int = 0
    arrived: Arrival = ""
    arrived_at: int = 0
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    parts_at: int = 0

    @property
    def has_ended(self) -> bool:
        """Whether the chain was followed to where it leads; one that was stopped or ran out of time was not."""
        return bool(self.hops) and self.ending not in ("", "time", "hop-limit")

    @property
    def has_landed(self) -> bool:
        """Whether it came to a page or an app."""
        return self.ending in LANDED


def contrasts(heard: Sequence[Evidence], click_id: str = "") -> tuple[Contrast, ...]:
    """Every chain among what was heard, the click as given first; ``click_id`` is one that is known.

    Empty where no variant was asked for. A variant that has not been answered yet is not among them.
    """
    chains = _chains(heard)
    if len(chains) < 2:
        return ()
    main = chains[GIVEN]
    return tuple(_contrast(code, hops, main, click_id) for code, hops in chains.items())


def same_end(one: Contrast, other: Contrast) -> bool:
    """Whether two chains came to the same host and path; the last slash and IDs inside the path do not matter."""
    return _place(_last_url(one.hops)) == _place(_last_url(other.hops))


def _chains(heard: Sequence[Evidence]) -> Mapping[str, tuple[HttpEvidence, ...]]:
    chains: dict[str, tuple[HttpEvidence, ...]] = {GIVEN: ()}
    for item in heard:
        if isinstance(item, HttpEvidence) and item.hop:
            code = item.variant or GIVEN
            chains[code] = (*chains.get(code, ()), item)
        elif isinstance(item, HarEvidence):
            chains[GIVEN] += item.hops
    return chains


def _contrast(code: str, hops: tuple[HttpEvidence, ...], main: tuple[HttpEvidence, ...], click_id: str) -> Contrast:
    ending = chain_end(hops, Limits().max_hops)
    url = split_url(_last_url(hops))
    arrived, arrived_at = _arrival(hops, click_id) if ending in LANDED else ("", 0)
    if not arrived and ending in LANDED and main and _arrival(main, click_id)[0]:
        arrived = "none"
    lost = _lost(main, hops)
    return Contrast(
        code=code,
        hops=hops,
        ending=ending,
        end=f"{url.host}{url.port}{url.path}" if url.host else str(url)[:60],
        status=hops[-1].answer.status if hops and hops[-1].answer else 0,
        arrived=arrived,
        arrived_at=arrived_at,
        lost=tuple(name for name in lost if name not in _left_out(main, hops)),
        gained=_lost(hops, main),
        parts_at=_parting(main, hops),
    )


def _arrival(hops: Sequence[HttpEvidence], known: str) -> tuple[Arrival, int]:
    """What became of the click ID of one chain, which mints its own, and at which hop."""
    urls = [*(hop.request.url for hop in hops), _last_url(hops)]
    value = known if known and any(carries(url, known) for url in urls) else find_click_id(hops)[0]
    if not value:
        return "", 0
    if carries(urls[-1], value):
        return "yes", 0
    changed = next(
        (item for item in changes(hops, value) if value in (item.identifier.value, item.identifier.text)), None
    )
    if changed:
        return "changed", changed.number
    at = max(index for index, hop in enumerate(hops) if carries(hop.request.url, value))
    number = hops[at].hop or at + 1
    kind = next((loss.kind for loss in losses(hops, value) if loss.number == number), "")
    return ("replaced" if kind in ("replaced", "handed-over") else "no"), number


def _lost(before: Sequence[HttpEvidence], after: Sequence[HttpEvidence]) -> tuple[str, ...]:
    """The parameters at the end of one chain that another does not bring to its own end."""
    if not before or not after:
        return ()
    there = {param.name for param in split_url(_last_url(after)).params()}
    here = dict.fromkeys(param.name for param in split_url(_last_url(before)).params())
    return tuple(name for name in here if name not in there)


def _left_out(main: Sequence[HttpEvidence], hops: Sequence[HttpEvidence]) -> frozenset[str]:
    """The parameters a variant was asked without, so that nobody lost them."""
    if not main or not hops:
        return frozenset()
    asked = {param.name for param in split_url(hops[0].request.url).params()}
    return frozenset(param.name for param in split_url(main[0].request.url).params()) - asked


def _parting(main: Sequence[HttpEvidence], hops: Sequence[HttpEvidence]) -> int:
    """The hop of a chain that is the first to ask for another page than the click as given did; 0 for none."""
    way = _way(main)
    own = _way(hops)
    if not way or not own:
        return 0
    for index, (place, number) in enumerate(own):
        if index >= len(way) or way[index][0] != place:
            return number
    return own[-1][1] if len(own) < len(way) else 0


def _way(hops: Sequence[HttpEvidence]) -> list[tuple[_Place, int]]:
    """The pages of a chain in order, each with its hop; asking for the same page once more is no step."""
    way: list[tuple[_Place, int]] = []
    for index, hop in enumerate(hops, 1):
        place = _place(hop.request.url)
        if not way or way[-1][0] != place:
            way.append((place, hop.hop or index))
    return way


def _place(url: str) -> _Place:
    """Host and path, with what differs from click to click left out."""
    parts = split_url(url)
    path = "/".join("*" if _OPAQUE.fullmatch(part) else part for part in parts.path.rstrip("/").split("/"))
    return f"{parts.host.lower().removeprefix('www.')}{parts.port}", path


def _last_url(hops: Sequence[HttpEvidence]) -> str:
    """Where a chain came to: the last address asked, or the app it pointed to."""
    if not hops:
        return ""
    last = hops[-1]
    app = last.answer.header("Location") if last.answer and last.has("APP_LINK") else ""
    return app or last.request.url

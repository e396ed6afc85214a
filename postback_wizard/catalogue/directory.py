"""Every platform a case can name: as tracker, network, source or ad platform, by id or by name."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from postback_wizard.catalogue import upload_apis
from postback_wizard.catalogue.clickids import known
from postback_wizard.catalogue.memo import Platforms, per_catalogue

#: Facts that name a platform.
PARTIES = ("source", "tracker", "network", "sender", "receiver", "ad_platform")
#: Kinds that fit a fact come first among what is suggested; every other platform is accepted too.
_FITTING: Mapping[str, tuple[str, ...]] = {
    "source": ("ad_network", "upload"),
    "tracker": ("tracker", "mmp"),
    "network": ("network",),
    "ad_platform": ("upload", "ad_network"),
}
_SHORTEST = 2
_ALIKE = 0.7


class Entry(NamedTuple):
    """A platform: ``kind`` is a platform's kind, or ``upload`` where only its click IDs or conversion API are known."""

    id: str
    name: str
    kind: str


def find_entry(text: str) -> Entry | None:
    """The platform somebody means by an id or a name, in any case and spacing; None where there is none."""
    wanted = _plain(text)
    found = next((item for item in entries() if wanted and wanted in (_plain(item.id), _plain(item.name))), None)
    return found or (_api(wanted) if wanted else None)


def _api(wanted: str) -> Entry | None:
    """A conversion API by its own id or by another word for it, where its platform has an entry under another id."""
    words = ((api, (api.id, *(api.rules.aliases if api.rules else ()))) for api in upload_apis().values())
    found = next((api for api, names in words if wanted in map(_plain, names)), None)
    return Entry(found.id, found.platform, "upload") if found else None


def near_entries(text: str, fact: str = "", most: int = 3) -> tuple[Entry, ...]:
    """Platforms whose id or name begins like a text or is spelt almost so, the likeliest first."""
    wanted = _plain(text)
    if len(wanted) < _SHORTEST:
        return ()
    listed = listed_for(fact)
    begun = [item for item in listed if any(_plain(word).startswith(wanted) for word in (item.id, item.name))]
    # What was typed is often only how a name begins: "Binon" for "Binom v2".
    starts = [(_plain(word)[: len(wanted)], item) for item in listed for word in (item.id, item.name)]
    close = get_close_matches(wanted, {start for start, _ in starts}, most, _ALIKE)
    alike = [item for word in close for start, item in starts if start == word]
    return tuple(dict.fromkeys((*begun, *alike)))[:most]


def listed_for(fact: str) -> tuple[Entry, ...]:
    """Every platform, those whose kind fits the fact first."""
    fitting = _FITTING.get(fact, ())
    return tuple(sorted(entries(), key=lambda item: item.kind not in fitting))


@per_catalogue
def entries(platforms: Platforms) -> tuple[Entry, ...]:
    """Every platform once, in the order of names."""
    return tuple(sorted(_all(platforms), key=lambda item: item.name.casefold()))


def _all(platforms: Platforms) -> Iterator[Entry]:
    seen: set[str] = set()
    for item in platforms.values():
        seen |= {item.id, _plain(item.name)}
        yield Entry(item.id, item.name, item.kind)
    owners = ((param.platform, param.of) for param in known().params)
    apis = ((api.id, api.platform) for api in upload_apis().values())
    for entry_id, name in (*owners, *apis):
        if entry_id not in seen and _plain(name) not in seen:
            seen |= {entry_id, _plain(name)}
            yield Entry(entry_id, name, "upload")


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())

"""Whose are the hops of a click? What the user said, what the catalogue knows of a host, and its place in the chain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from postback_wizard.catalogue.fact import Sentence
from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.owners import HopRole, OwnerMark, host_key, marked_owners
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.who import ROLES, platforms_at
from postback_wizard.domain.case import Case
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Confidence, Owner
from postback_wizard.domain.identifiers import SHORTEST, carries, first_click_id
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

BY_YOU = Text(en="You said so.", ru="Вы так указали.")
HOST = Text(en="{platform} documents this host as its own.", ru="В документации {platform} этот хост указан как свой.")
MINTS = Text(
    en="The click ID first appears in its redirect, and click IDs are made by trackers.",
    ru="Click ID впервые появляется в его редиректе, а click ID создаёт трекер.",
)
BEFORE = Text(
    en="It stands before the tracker; this may also be a link of the affiliate's own.",
    ru="Стоит перед трекером; это может быть и собственная ссылка вебмастера.",
)
TAKES = Text(
    en="It receives the tracker's click ID and sends the visitor on.",
    ru="Получает click ID трекера и отправляет посетителя дальше.",
)
BETWEEN = Text(
    en="It stands between the tracker and the landing page.", ru="Стоит между трекером и посадочной страницей."
)
LANDS = Text(en="The chain ends on its page.", ru="На его странице цепочка заканчивается.")
NAMED = Text(en="The case names {platform} for this role.", ru="В данных случая на эту роль указан {platform}.")

_OWNERS: Mapping[HopRole, Owner] = {
    "tracker": Owner.TRACKER,
    "network": Owner.NETWORK,
    "advertiser": Owner.ADVERTISER,
    "affiliate": Owner.AFFILIATE,
}


@dataclass(frozen=True, slots=True)
class HopOwner:
    """Who probably owns a host of a click, why that is thought, and how sure it is.

    ``name`` is a platform's name or what the user typed; empty when only the role is known. ``is_click_host`` says that
    a known tracker or network records clicks there: by its documentation, or because the user named it.
    """

    host: str
    role: HopRole
    why: Sentence
    confidence: Confidence
    name: str = ""
    by_you: bool = False
    is_click_host: bool = False

    @property
    def code(self) -> Owner:
        """Who mends what this host does; the owner of the hop, whoever that is, where it is only a hint."""
        sure = self.by_you or self.confidence is not Confidence.HINT
        return _OWNERS.get(self.role, Owner.HOP_OWNER) if sure else Owner.HOP_OWNER


def owners_of(case: Case) -> Mapping[str, HopOwner]:
    """The owner of each host of a case's click, as far as one can be told, by ``host_key``."""
    return owners_along(case.trace(), case.facts)


def owners_along(hops: Sequence[HttpEvidence], facts: Facts) -> Mapping[str, HopOwner]:
    """The same for hops that belong to no record yet."""
    hosts = [host_key(split_url(hop.request.url).host) for hop in hops]
    found: dict[str, HopOwner] = {}
    for owner in (*_marked(hosts), *_documented(hosts), *_by_place(hops, hosts, facts)):
        if owner.host:
            found.setdefault(owner.host, owner)
    return _named(found, facts)


def whose(host: str, owners: Mapping[str, HopOwner]) -> tuple[str, Owner]:
    """A host with its owner's name, fit for a sentence in any language, and who mends what it does."""
    owner = owners.get(host_key(host))
    if owner is None:
        return host, Owner.HOP_OWNER
    return (f"{host} ({owner.name})" if owner.name else host), owner.code


def _marked(hosts: Sequence[str]) -> Iterator[HopOwner]:
    marks = marked_owners()
    return (_by_mark(host, marks[host]) for host in dict.fromkeys(hosts) if host in marks)


def _by_mark(host: str, mark: OwnerMark) -> HopOwner:
    platform = find_platform(mark.name)
    name = platform.name if platform else mark.name
    return HopOwner(host, mark.role, _said(BY_YOU), Confidence.CERTAIN, name, True, _records_clicks(platform))


def _documented(hosts: Sequence[str]) -> Iterator[HopOwner]:
    for host in dict.fromkeys(hosts):
        known = platforms_at(host) if host else ()
        if len(known) == 1:
            why, clicks = _said(HOST, platform=known[0].name), _records_clicks(known[0])
            yield HopOwner(host, role_at(known[0]), why, Confidence.LIKELY, known[0].name, False, clicks)


def _records_clicks(platform: Platform | None) -> bool:
    return platform is not None and platform.kind in ("network", "tracker", "mmp")


def role_at(platform: Platform) -> HopRole:
    """What a platform is on the way of a click, by its kind."""
    match ROLES[platform.kind]:
        case "tracker":
            return "tracker"
        case "network":
            return "network"
        case _:
            return "source"


def _by_place(hops: Sequence[HttpEvidence], hosts: Sequence[str], facts: Facts) -> Iterator[HopOwner]:
    click_id, first, sure = _click_id(hops, facts)
    last = hops[-1] if hops else None
    landed = last is not None and last.answer is not None and 200 <= last.answer.status < 300
    if click_id and first:
        yield HopOwner(hosts[first - 1], "tracker", _said(MINTS), sure)
        yield from (HopOwner(host, "source", _said(BEFORE), Confidence.HINT) for host in hosts[: first - 1])
    if landed:
        yield HopOwner(hosts[-1], "advertiser", _said(LANDS), Confidence.HINT)
    if click_id:
        for hop, host in zip(hops[first:], hosts[first:], strict=True):
            takes = carries(hop.request.url, click_id) and host != hosts[-1]
            if takes:
                yield HopOwner(host, "network", _said(TAKES), sure)
        yield from (HopOwner(host, "network", _said(BETWEEN), Confidence.HINT) for host in hosts[first:])


def _click_id(hops: Sequence[HttpEvidence], facts: Facts) -> tuple[str, int, Confidence]:
    """The tracker's click id, the index of the first hop that holds it, and how sure that is.

    Trackers come first, so the id that was made first is theirs; where another is known to be, or it is there
    from the start, that is but a hint.
    """
    value, _ = first_click_id(hops)
    known = facts.click_id
    if len(known) >= SHORTEST and any(carries(hop.request.url, known) for hop in hops):
        sure = Confidence.LIKELY if value in ("", known) else Confidence.HINT
        value = known
    else:
        sure = Confidence.LIKELY
    first = next((index for index, hop in enumerate(hops) if value and carries(hop.request.url, value)), 0)
    return value, first, sure if first else Confidence.HINT


def _named(found: Mapping[str, HopOwner], facts: Facts) -> Mapping[str, HopOwner]:
    """The same with the platforms a case names, for the one host of that role that has no name."""
    named = dict(found)
    for role, given in (("tracker", facts.tracker), ("network", facts.network)):
        platform = find_platform(given)
        mine = [owner for owner in found.values() if owner.role == role]
        if platform is None or len(mine) != 1 or mine[0].name or mine[0].by_you:
            continue
        only, says = mine[0], _said(NAMED, platform=platform.name)
        why = Sentence(f"{only.why.en} {says.en}", f"{only.why.ru} {says.ru}")
        named[only.host] = replace(only, why=why, name=platform.name)
    return named


def _said(text: Text, **values: str) -> Sentence:
    return Sentence(text.say("en", values), text.say("ru", values))

"""Does the click ID ride in the parameter that the next platform reads and returns?"""

from collections.abc import Iterator
from dataclasses import dataclass

from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.slots import may_read, network_at, series, slots
from postback_wizard.checks import example
from postback_wizard.checks.offer_link import is_guessed, offer_link
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import SUB_NAMES, find_click_id
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.sought import CALLED, plain
from postback_wizard.domain.template import read_template
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

CLICK_ID_WRONG_PARAM = Rule(
    code="click-id-wrong-param",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The click ID goes to {host} in {param} ({value}), and {reader} returns {wanted}.",
        ru="Click ID уходит на {host} в {param} ({value}), а {reader} возвращает {wanted}.",
    ),
    why=Text(
        en="A platform keeps the parameters it knows and returns the one its postback asks for. A click ID in another "
        "one is dropped or stays in a column nobody sends back; the postback comes empty or with a strange value.",
        ru="Платформа хранит известные ей параметры и возвращает тот, который спрашивает постбек. Click ID в другом "
        "параметре теряется или остаётся в колонке, которую никто не отправляет; постбек приходит пустым или с чужим "
        "значением.",
    ),
    fix=Text(
        en="Put the click ID into {wanted} of the link instead of {param}, or let the postback return {param}; then "
        "make a fresh click.",
        ru="Передавайте click ID в {wanted} вместо {param} или возвращайте {param} в постбеке; затем сделайте новый "
        "клик.",
    ),
    settle=Text(
        en="The network's click log: in which column does {value} stand? The list of parameters known here need not be "
        "complete.",
        ru="Лог кликов сети: в какой колонке стоит {value}? Известный здесь список параметров может быть неполным.",
    ),
    sources=(
        "https://support.smartadv.com/troubleshooting-postbacks",
        "https://helpdesk.everflow.io/customer/accessing-editing-s2s-postback-urls",
        "https://docs.keitaro.io/en/conversions-and-postback/postback-troubleshooting.html",
    ),
)


@dataclass(frozen=True, slots=True)
class _Use:
    """A link that hands the click ID on: where it stands, its names for it, what it holds, and who gets it."""

    where: str
    host: str
    params: tuple[str, ...]
    value: str
    network: Platform | None
    guessed: bool


def check(case: Case) -> Iterator[Finding]:
    """One finding: the saved link first, else the link as a click filled it."""
    returned = _returned(case.facts.template)
    for use in (*_saved(case), *_clicked(case)):
        finding = _against_postback(use, returned) or _against_network(use)
        if finding:
            yield finding
            return


def _saved(case: Case) -> Iterator[_Use]:
    link = offer_link(case)
    if link and link.carriers:
        names = tuple(dict.fromkeys(param.name for param, _ in link.carriers))
        yield _Use("offer_url", link.url.host, names, link.carriers[0][1].written, *_network(case, link.url.host))


def _clicked(case: Case) -> Iterator[_Use]:
    """The first URL that holds the tracker's click ID is its offer link, filled in."""
    hops = case.trace()
    click_id, number = find_click_id(hops) if hops else ("", 0)
    hop = next((item for index, item in enumerate(hops, 1) if (item.hop or index) == number), None)
    if hop is None:
        return
    url = split_url(hop.request.url)
    names = tuple(param.name for param in url.params() if param.text == click_id)
    if names:
        yield _Use(f"hop {number}", url.host, names, click_id, *_network(case, url.host))


def _network(case: Case, host: str) -> tuple[Platform | None, bool]:
    """The network that gets the link, and whether that is only a guess: its own host and a person's word are none."""
    own = network_at(host)
    named = find_platform(case.facts.network) if case.facts.network else None
    return own or named, own is None and is_guessed(case, "network")


def _returned(template: str) -> str:
    """The numbered slot that the postback's click ID comes from: ``sub1`` of ``?cid={sub1}``; empty for any other."""
    request = read_template(template) if template.strip() else None
    for param in split_url(request.url).params() if request else ():
        macros = find_macros(f"={param.value}") if plain(param.name) in CALLED["click_id"] else ()
        if macros:
            return macros[0].name if macros[0].name.lower() in SUB_NAMES else ""
    return ""


def _against_postback(use: _Use, returned: str) -> Finding | None:
    """The same row of slots on both sides, and another number: two texts that contradict each other."""
    names = {name.lower() for name in use.params}
    if not returned or returned.lower() in names or series(returned) not in {series(name) for name in names}:
        return None
    return _finding(use, returned, "{" + returned + "}", Level.BAD)


def _against_network(use: _Use) -> Finding | None:
    if use.network is None or not slots(use.network) or any(may_read(use.network, name) for name in use.params):
        return None
    known = slots(use.network)
    wanted = known[0] if len(known) == 1 else f"{known[0]} … {known[-1]}"
    return _finding(use, wanted, use.network.name, Level.INFO if use.guessed else Level.WARN)


def _finding(use: _Use, wanted: str, reader: str, level: Level) -> Finding:
    return CLICK_ID_WRONG_PARAM(
        f"{use.where}: {use.params[0]}",
        level=level,
        confidence=Confidence.HINT if level is Level.INFO else Confidence.LIKELY,
        host=use.host,
        param=use.params[0],
        value=use.value,
        reader=reader,
        wanted=wanted,
    )


EXAMPLES = {
    CLICK_ID_WRONG_PARAM: example(
        offer_url="https://go.example/offer?id=42&sub3={clickid}",
        template="https://trk.example/postback?cid={sub1}&payout={sum}",
        tracker="voluum",
    ),
}

"""Does the link hand a click ID on at all?"""

from collections.abc import Iterator, Sequence

from postback_wizard.checks import example
from postback_wizard.checks.offer_link import OfferLink, is_guessed, offer_link
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import CLICK_NAMES, TRACKER_NAMES
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.minting import has_identifier, minted
from postback_wizard.domain.passage import changes, click_id_of, losses
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.redirect import chain_end
from postback_wizard.domain.site import site
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import Url, split_url

CLICK_ID_PARAM_ABSENT = Rule(
    code="click-id-param-absent",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.AFFILIATE,
    title=Text(
        en="The link to {host} hands no click ID on: {shown}.",
        ru="Ссылка на {host} не передаёт click ID: {shown}.",
    ),
    why=Text(
        en="Whoever gets this click has nothing to return: the postback leaves without a click ID, and the tracker "
        "cannot match the conversion.",
        ru="Тому, кто получит этот клик, нечего вернуть: постбек уйдёт без click ID, и трекер не сопоставит конверсию.",
    ),
    fix=Text(
        en="In the tracker's offer link, hand the click ID on (here: {wanted}), save it and make a fresh click.",
        ru="Добавьте в ссылку оффера в трекере передачу click ID (здесь: {wanted}), сохраните и сделайте новый клик.",
    ),
    settle=Text(
        en="The offer link as it is saved in the tracker, or the network's click log: is the column for the partner's "
        "click ID filled?",
        ru="Ссылка оффера, как она сохранена в трекере, или лог кликов сети: заполнена ли колонка с click ID партнёра?",
    ),
    sources=(
        "https://doc.voluum.com/en/tracking_conversions_postback.html",
        "https://docs.binom.org/postback-url.php",
        "https://docs.keitaro.io/en/conversions-and-postback/postback-troubleshooting.html",
    ),
)

#: Names too common for an empty one to mean much.
_COMMON = frozenset(
    ("sid", "vid", "hit", "tid", "cid", "s2s", "reqid", *(f"{x}{n}" for x in "sp" for n in range(1, 6)))
)
_SHOWN = 100


def check(case: Case) -> Iterator[Finding]:
    """The saved link if it is known and at fault; otherwise what the click itself shows."""
    link = offer_link(case)
    if link and not (link.carriers or link.carries_in_path or link.strangers or link.is_filled()):
        yield _of_link(link, case)
    else:
        yield from _of_click(case)


def _of_link(link: OfferLink, case: Case) -> Finding:
    hinted = any(macros for _, macros in link.params) and (link.tracker is None or is_guessed(case, "tracker"))
    return CLICK_ID_PARAM_ABSENT(
        "offer_url",
        # Of a tracker that is not known, any macro may be the click ID under a name of its own.
        level=Level.WARN if hinted else Level.BAD,
        host=link.url.host,
        shown=_query(link.url),
        wanted=link.wanted,
    )


def _of_click(case: Case) -> Iterator[Finding]:
    hops = case.trace()
    urls = [hop.request.url for hop in hops] or ([click_url(case.facts)] if click_url(case.facts) else [])
    if any(find_macros(url) for url in urls) or _is_broken(hops, case):
        return
    for index, url in enumerate(urls):
        empty = _empty(split_url(url))
        if empty and not has_identifier(url) and not minted(url, urls[:index]):
            common = {name.lower() for name in empty} <= _COMMON
            yield _of_hop(index, url, "&".join(f"{name}=" for name in empty), Level.INFO if common else Level.WARN)
            return
    if _passes_nothing(hops):
        level = Level.WARN if not is_guessed(case, "tracker") else Level.INFO
        last = len(hops) - 1
        yield _of_hop(last, urls[last], _query(split_url(urls[last])), level)


def _is_broken(hops: Sequence[HttpEvidence], case: Case) -> bool:
    """Whether an identifier was there, and a hop lost or changed it: that is the fault then."""
    known = click_id_of(case)
    return bool(known) or any(True for _ in losses(hops, known)) or any(True for _ in changes(hops, known))


def _empty(url: Url) -> tuple[str, ...]:
    """The empty parameters that should carry a tracker's click ID, where none that does is filled."""
    mine = [param for param in url.params() if param.name.lower() in TRACKER_NAMES]
    if any(param.value for param in mine):
        return ()
    first = sorted(mine, key=lambda param: param.name.lower() not in CLICK_NAMES)
    return tuple(dict.fromkeys(param.key for param in first))[:2]


def _passes_nothing(hops: Sequence[HttpEvidence]) -> bool:
    """Whether a click with parameters lands elsewhere, none of them is like an identifier, and no cookie was set."""
    if len(hops) < 2 or chain_end(hops, Limits().max_hops) != "landing":
        return False
    first, last = split_url(hops[0].request.url), split_url(hops[-1].request.url)
    moved = site(first.host) != site(last.host) or first.path.rstrip("/") != last.path.rstrip("/")
    cookies = any(hop.answer and hop.answer.header("Set-Cookie") for hop in hops)
    speaks = any(split_url(hop.request.url).query for hop in hops)
    return moved and speaks and not cookies and not any(has_identifier(hop.request.url) for hop in hops)


def _of_hop(index: int, url: str, shown: str, level: Level) -> Finding:
    confidence = Confidence.HINT if level is Level.INFO else Confidence.LIKELY
    return CLICK_ID_PARAM_ABSENT(
        f"hop {index + 1}",
        level=level,
        confidence=confidence,
        host=split_url(url).host,
        shown=shown,
        wanted="…={clickid}",
    )


def _query(url: Url) -> str:
    query = f"?{url.query}" if url.query else url.path or "/"
    return query if len(query) <= _SHOWN else f"{query[:_SHOWN]}…"


EXAMPLES = {
    CLICK_ID_PARAM_ABSENT: example(
        *chain("https://trk.example/c/7?source=12", "https://go.example/offer?id=42&clickid="),
        click_url="https://trk.example/c/7?source=12",
    ),
}

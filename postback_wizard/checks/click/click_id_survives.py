"""Is the click id on the landing page?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import carries
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.passage import changes, click_id_of
from postback_wizard.domain.recorded import NEXT_IS_LIKELY
from postback_wizard.domain.redirect import chain_end
from postback_wizard.domain.structure import faults
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

CLICK_ID_SURVIVES = Rule(
    code="click-id-survives",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The click ID {click_id} reaches the landing page on {host} after {hops:hop|hops}.",
        ru="Click ID {click_id} доходит до посадочной страницы на {host} за {hops:переход|перехода|переходов}.",
    ),
    why=Text(
        en="What the landing page knows, the advertiser can return in a postback.",
        ru="То, что получила посадочная страница, рекламодатель может вернуть в постбеке.",
    ),
    fix=Text(
        en="Nothing to mend here; check next whether the conversion and its postback carry {click_id}.",
        ru="Здесь исправлять нечего; дальше проверьте, есть ли {click_id} в конверсии и в её постбеке.",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Said only when the chain ends on a page, with the click id in its address, unchanged."""
    hops = case.trace()
    click_id = click_id_of(case)
    if not hops or not click_id or chain_end(hops, Limits().max_hops) != "landing":
        return
    url = hops[-1].request.url
    altered = any(change.identifier.text == click_id for change in changes(hops, click_id))
    if carries(url, click_id) and not altered and not _is_glued(url, click_id):
        guessed = any(NEXT_IS_LIKELY in hop.outcome for hop in hops)
        sure = Confidence.LIKELY if guessed else Confidence.CERTAIN
        host = split_url(url).host
        yield CLICK_ID_SURVIVES(f"hop {len(hops)}", confidence=sure, click_id=click_id, host=host, hops=len(hops))


def _is_glued(url: str, click_id: str) -> bool:
    """Whether the ID only stands inside something else, because the link is put together wrongly."""
    params = split_url(url).params()
    return any(fault.matters for fault in faults(url)) and all(param.text != click_id for param in params)


EXAMPLES = {
    CLICK_ID_SURVIVES: example(
        *chain("https://trk.example/c/7?source=12", "https://shop.example/landing?clickid=w7k2m9x4q1"),
        click_url="https://trk.example/c/7?source=12",
    ),
}

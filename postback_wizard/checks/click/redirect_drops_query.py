"""Does every hop hand the identifiers on to the next?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.passage import Loss, click_id_of, losses
from postback_wizard.domain.recorded import NEXT_IS_LIKELY
from postback_wizard.domain.structure import cut_off
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

REDIRECT_DROPS_QUERY = Rule(
    code="redirect-drops-query",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="Hop {hop} ({host}) does not hand on {params}; the next URL is {next_url}.",
        ru="Переход {hop} ({host}) не передаёт дальше {params}; следующий URL: {next_url}.",
    ),
    why=Text(
        en="A click without its identifier cannot be matched to a conversion later: the postback has nothing to "
        "return.",
        ru="Клик без идентификатора потом не связать с конверсией: постбеку нечего вернуть.",
    ),
    fix=Text(
        en="Make {host} forward the query string to the next address, or take this hop out of the link.",
        ru="Настройте {host} так, чтобы он передавал параметры дальше, или уберите этот переход из ссылки.",
    ),
    settle=Text(
        en="Ask the owner of {host} whether it records {params} before it redirects, and returns them in its postback.",
        ru="Спросите владельца {host}, записывает ли он {params} перед редиректом и возвращает ли их в постбеке.",
    ),
    sources=(
        "http://www.trackingaudit.online/blog/how-to-check-redirect-chain?lang=en",
        "https://trackingaudit.online/query-tools/check-redirect-chain?lang=ru",
    ),
)

_WEIGHT = {
    "query": (Level.BAD, Confidence.CERTAIN),
    "click-id": (Level.BAD, Confidence.CERTAIN),
    "all": (Level.BAD, Confidence.CERTAIN),
    # Networks keep the tracker's id and go on with their own; only their log tells whether they kept it.
    "replaced": (Level.INFO, Confidence.HINT),
    "some": (Level.WARN, Confidence.LIKELY),
    "handed-over": (Level.INFO, Confidence.HINT),
}


def check(case: Case) -> Iterator[Finding]:
    """One finding for each hop after which identifiers are seen no more."""
    for loss in losses(case.trace(), click_id_of(case)):
        if set(loss.names) <= cut_off(loss.hop.request.url):
            continue  # they belong to a nested address that was not encoded; the hop read the link as it stands
        level, confidence = _WEIGHT[loss.kind]
        if loss.kind == "query" and _sets_cookie(loss):
            confidence = Confidence.LIKELY
        if NEXT_IS_LIKELY in loss.hop.outcome and confidence is Confidence.CERTAIN:
            confidence = Confidence.LIKELY
        yield REDIRECT_DROPS_QUERY(
            f"hop {loss.number}",
            level=level,
            confidence=confidence,
            hop=loss.number,
            host=split_url(loss.hop.request.url).host,
            params=", ".join(loss.names),
            next_url=loss.next_url,
        )


def _sets_cookie(loss: Loss) -> bool:
    """A page that asks for itself without its query may have put the query into a cookie first."""
    return loss.hop.answer is not None and bool(loss.hop.answer.header("Set-Cookie"))


EXAMPLES = {
    REDIRECT_DROPS_QUERY: example(
        *chain(
            "https://trk.example/c/7?source=12",
            "https://go.example/offer?cid=w7k2m9x4q1&lang=en",
            "https://shop.example/landing?lang=en",
        ),
        click_url="https://trk.example/c/7?source=12",
    ),
}

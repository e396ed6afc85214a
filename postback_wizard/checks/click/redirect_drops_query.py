"""Does every hop hand the identifiers on to the next?"""

from collections.abc import Iterator

from postback_wizard.catalogue.along import owners_of, whose
from postback_wizard.catalogue.owners import host_key
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
        en="Whoever runs {whose} has to forward the query string to the next address; otherwise take this hop out of "
        "the link.",
        ru="Тот, кто отвечает за {whose}, должен передавать параметры на следующий адрес; иначе уберите этот переход "
        "из ссылки.",
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

CLICK_HOST_KEEPS_PARAMETERS = Rule(
    code="click-host-keeps-parameters",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.NETWORK,
    title=Text(
        en="Hop {hop}, {whose}, records the click and does not hand on {params}.",
        ru="Переход {hop}, {whose}, записывает клик и не передаёт дальше {params}.",
    ),
    why=Text(
        en="This is a known click host: such hosts remove parameters on purpose once they have recorded the click, and "
        "return them in their postback. From outside nobody sees whether it did record them.",
        ru="Это известный хост для кликов: такие хосты намеренно убирают параметры, когда клик записан, и возвращают "
        "их в своём постбеке. Снаружи не видно, записал ли он их на самом деле.",
    ),
    fix=Text(
        en="Look this click up in the statistics of {whose}: {params} should stand there. If not, the link uses "
        "parameters it does not know.",
        ru="Найдите этот клик в статистике {whose}: там должны быть {params}. Если их нет, в ссылке стоят параметры, "
        "которых он не знает.",
    ),
    settle=Text(
        en="The line of this click in the log of {whose}, with {params} in it.",
        ru="Строка этого клика в логе {whose}, в которой есть {params}.",
    ),
    sources=REDIRECT_DROPS_QUERY.sources,
)

_WEIGHT = {
    "query": (Level.BAD, Confidence.CERTAIN),
    "click-id": (Level.BAD, Confidence.CERTAIN),
    "all": (Level.BAD, Confidence.CERTAIN),
    # Networks keep the tracker's id and go on with their own; only their log tells whether they kept it.
    "replaced": (Level.INFO, Confidence.HINT),
    "some": (Level.WARN, Confidence.LIKELY),
    "handed-over": (Level.INFO, Confidence.HINT),
    "part": (Level.WARN, Confidence.LIKELY),
}

#: The same at a host that is known to record clicks. Whoever sends the same page to itself has recorded nothing yet.
_AT_CLICK_HOST = {
    "click-id": (Level.WARN, Confidence.LIKELY),
    "all": (Level.WARN, Confidence.LIKELY),
    "replaced": (Level.INFO, Confidence.HINT),
    "some": (Level.INFO, Confidence.HINT),
    "handed-over": (Level.INFO, Confidence.HINT),
}
#: Names in one finding; a hostile URL has thousands.
_MOST_NAMES = 20


def check(case: Case) -> Iterator[Finding]:
    """One finding for each hop after which identifiers are seen no more."""
    owners = owners_of(case)
    for loss in losses(case.trace(), click_id_of(case)):
        if set(loss.names) <= cut_off(loss.hop.request.url):
            continue  # they belong to a nested address that was not encoded; the hop read the link as it stands
        host = split_url(loss.hop.request.url).host
        name, code = whose(host, owners)
        owner = owners.get(host_key(host))
        kept = owner is not None and owner.is_click_host and _leaves(loss, host)
        rule = CLICK_HOST_KEEPS_PARAMETERS if kept and loss.kind in _AT_CLICK_HOST else REDIRECT_DROPS_QUERY
        level, confidence = _weight(loss) if rule is REDIRECT_DROPS_QUERY else _AT_CLICK_HOST[loss.kind]
        if NEXT_IS_LIKELY in loss.hop.outcome and confidence is Confidence.CERTAIN:
            confidence = Confidence.LIKELY
        yield rule(
            f"hop {loss.number}",
            level=level,
            confidence=confidence,
            owner=code,
            hop=loss.number,
            host=host,
            whose=name,
            params=_listed(loss.names),
            next_url=loss.next_url,
        )


def _weight(loss: Loss) -> tuple[Level, Confidence]:
    level, confidence = _WEIGHT[loss.kind]
    if not _sets_cookie(loss):
        return level, confidence
    match loss.kind:
        case "query":
            return level, Confidence.LIKELY
        case "part":
            return Level.INFO, Confidence.HINT
        case _:
            return level, confidence


def _leaves(loss: Loss, host: str) -> bool:
    return host_key(split_url(loss.next_url).host) != host_key(host)


def _listed(names: tuple[str, ...]) -> str:
    more = f" … (+{len(names) - _MOST_NAMES})" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


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
    CLICK_HOST_KEEPS_PARAMETERS: example(
        *chain(
            "https://trk.example/c/7?source=12",
            "https://demo.go2cloud.org/aff_c?offer_id=5&aff_sub=w7k2m9x4q1",
            "https://shop.example/?transaction_id=a1b2c3d4e5f60718",
        ),
        click_url="https://trk.example/c/7?source=12",
        click_id="w7k2m9x4q1",
    ),
}

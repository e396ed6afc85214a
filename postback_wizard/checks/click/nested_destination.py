"""Does the click go where the address inside its link says, with everything that address holds?"""

from collections.abc import Iterator, Sequence

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import carries, has_macro, identifiers_in, is_followable
from postback_wizard.domain.limits import Limits
from postback_wizard.domain.nested import Destination, find
from postback_wizard.domain.passage import click_id_of, losses
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.redirect import chain_end
from postback_wizard.domain.site import site
from postback_wizard.domain.structure import cut_off
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import Url, split_url

NESTED_DESTINATION_NOT_REACHED = Rule(
    code="nested-destination-not-reached",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="{param} at hop {hop} ({host}) says {destination}, but the click ends at {end}.",
        ru="{param} на переходе {hop} ({host}) указывает на {destination}, но клик заканчивается на {end}.",
    ),
    why=Text(
        en="The link names a page and the chain leads to another one: {host} chooses by itself, the link is old, or "
        "the visitor was sorted out on the way.",
        ru="В ссылке указана одна страница, а цепочка приводит на другую: {host} выбирает сам, ссылка устарела или "
        "посетителя отсеяли по пути.",
    ),
    fix=Text(
        en="Ask the owner of {host} whether {destination} is still allowed as a target, and correct {param}.",
        ru="Узнайте у владельца {host}, разрешён ли ещё адрес {destination}, и исправьте {param}.",
    ),
    settle=Text(
        en="A browser recording (HAR) of the click shows whether a real visitor gets to {destination}.",
        ru="Запись клика в браузере (HAR) покажет, попадает ли настоящий посетитель на {destination}.",
    ),
    sources=("https://aistacker.dev/guides/nested-redirect-url-query-debugging-checklist",),
)

NESTED_DESTINATION_LOSES = Rule(
    code="nested-destination-loses-ids",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="Hop {hop} ({host}) goes to the address in {param}, but without {lost}; the next URL is {next_url}.",
        ru="Переход {hop} ({host}) ведёт на адрес из {param}, но без {lost}; следующий URL: {next_url}.",
    ),
    why=Text(
        en="The address inside the link holds {lost}; the hop that took it out dropped it, so the landing page does "
        "not know the click.",
        ru="В адресе внутри ссылки есть {lost}; переход, который его развернул, это потерял, и посадочная страница "
        "клика не знает.",
    ),
    fix=Text(
        en="Make {host} use the address in {param} whole, query included; check that it is percent-encoded exactly "
        "once in the link.",
        ru="Пусть {host} берёт адрес из {param} целиком, вместе с параметрами; проверьте, что в ссылке он закодирован "
        "ровно один раз.",
    ),
    settle=Text(
        en="Ask the owner of {host} whether it keeps {lost} and returns it later.",
        ru="Спросите владельца {host}, сохраняет ли он {lost} и возвращает ли потом.",
    ),
    sources=("https://aistacker.dev/guides/nested-redirect-url-query-debugging-checklist",),
)


def check(case: Case) -> Iterator[Finding]:
    """At most one finding of each kind, at the first hop that shows it."""
    hops = case.trace()
    told = {name for loss in losses(hops, click_id_of(case)) for name in loss.names}
    told |= {name for hop in hops for name in cut_off(hop.request.url)}
    lost = next((found for index in range(len(hops) - 1) if (found := _lost(hops, index, told))), None)
    if lost:
        yield lost
    elif chain_end(hops, Limits().max_hops) == "landing":
        missed = next((found for index in range(len(hops) - 1) if (found := _missed(hops, index))), None)
        if missed:
            yield missed


def _lost(hops: Sequence[HttpEvidence], index: int, told: set[str]) -> Finding | None:
    """Identifiers of a nested address that was gone to, and that no later URL holds."""
    later = [hop.request.url for hop in hops[index + 1 :]]
    for item in _named(hops[index].request.url):
        target = split_url(item.url)
        if not any(_is_page(target, split_url(url)) for url in later):
            continue
        gone = tuple(
            found.name
            for found in identifiers_in(target)
            if is_followable(found.value)
            and not has_macro(found.value)
            and found.name not in told
            and not any(carries(url, found.value) for url in later)
        )
        if gone:
            return NESTED_DESTINATION_LOSES(
                f"hop {hops[index].hop or index + 1}: {item.param}",
                hop=hops[index].hop or index + 1,
                host=split_url(hops[index].request.url).host,
                param=item.param,
                lost=", ".join(dict.fromkeys(gone)),
                next_url=later[0],
            )
    return None


def _missed(hops: Sequence[HttpEvidence], index: int) -> Finding | None:
    """A nested address whose site the rest of the chain never comes to."""
    later = [split_url(hop.request.url) for hop in hops[index + 1 :]]
    for item in _named(hops[index].request.url):
        target = split_url(item.url)
        rides_on = any(_rides(target.host, str(url)) for url in later[:-1])
        if rides_on or item.inside or any(site(url.host) == site(target.host) for url in later):
            continue
        return NESTED_DESTINATION_NOT_REACHED(
            f"hop {hops[index].hop or index + 1}: {item.param}",
            hop=hops[index].hop or index + 1,
            host=split_url(hops[index].request.url).host,
            param=item.param or "?",
            destination=item.url,
            end=str(later[-1]),
        )
    return None


def _named(url: str) -> Iterator[Destination]:
    return (item for item in find(url) if item.is_named and not has_macro(split_url(item.url).host))


def _rides(host: str, url: str) -> bool:
    """Whether a later hop still carries that address: then that hop is the one to answer for it."""
    return any(split_url(item.url).host == host for item in find(url))


def _is_page(target: Url, url: Url) -> bool:
    mine, its = target.path.rstrip("/").lower(), url.path.rstrip("/").lower()
    return site(target.host) == site(url.host) and mine == its


EXAMPLES = {
    NESTED_DESTINATION_NOT_REACHED: example(
        *chain(
            "https://go.example/out?url=https%3A%2F%2Fshop.example%2Flanding&cid=w7k2m9x4q1",
            "https://other.example/?cid=w7k2m9x4q1",
        ),
        click_url="https://go.example/out?url=https%3A%2F%2Fshop.example%2Flanding&cid=w7k2m9x4q1",
    ),
    NESTED_DESTINATION_LOSES: example(
        *chain(
            "https://go.example/out?url=https%3A%2F%2Fshop.example%2Flanding%3Fcid%3Dw7k2m9x4q1",
            "https://shop.example/landing",
        ),
        click_url="https://go.example/out?url=https%3A%2F%2Fshop.example%2Flanding%3Fcid%3Dw7k2m9x4q1",
    ),
}

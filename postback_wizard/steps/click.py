"""Step 1: does the click id reach the landing page?"""

from collections.abc import Iterator, Mapping, Sequence

from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url, full_url, is_paste
from postback_wizard.domain.identifiers import find_click_id
from postback_wizard.domain.probe import (
    VARIANT,
    Effect,
    Evidence,
    HarEvidence,
    HarProbe,
    Headers,
    HttpEvidence,
    HttpProbe,
    Probe,
)
from postback_wizard.domain.redirect import BY_HAND, next_request, request_by_hand
from postback_wizard.domain.step import Field, Settings, Step
from postback_wizard.domain.text import Text
from postback_wizard.domain.variants import DESKTOP, variants_of
from postback_wizard.steps.parties import along_the_click
from postback_wizard.steps.party_fields import CLICK_PARTIES

#: A desktop browser, so that hops that hide from programs behave as they do for visitors.
BROWSER = DESKTOP
#: What the questions of the click itself are called.
TRACE = "trace"
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def plan(case: Case, heard: Sequence[Evidence], settings: Settings) -> Sequence[Probe]:
    """A recording or a paste where there is one; otherwise one hop after the other until the chain ends.

    Where variants are wanted too, each is a chain of its own beside that one: with its own cookies, hops and time.
    """
    facts = case.facts
    if facts.har:
        return () if heard else (HarProbe("har", facts.har, start=click_url(facts)),)
    if is_paste(facts.click_url):
        return () if heard else (HarProbe("har", "", text=facts.click_url),)
    if not facts.click_url:
        return ()
    url, agent = full_url(facts.click_url), facts.user_agent or BROWSER
    chains = [(TRACE, url, agent)]
    if settings.variants:
        asked = variants_of(url, agent, facts.click_id)
        chains += [(f"{VARIANT}{variant.code}", variant.url, variant.agent) for variant in asked]
    return tuple(probe for chain in chains for probe in following(*chain, heard, settings))


def following(name: str, url: str, agent: str, heard: Sequence[Evidence], settings: Settings) -> Iterator[HttpProbe]:
    """The next request of the chain of that name, which starts at ``url``; nothing once it has ended."""
    limits = settings.limits
    names = (name, BY_HAND) if name == TRACE else (name,)
    chain = [item for item in heard if isinstance(item, HttpEvidence) and item.name in names]
    if not chain:
        headers: Headers = (("User-Agent", agent), ("Accept", ACCEPT))
        yield HttpProbe(name, "GET", url, headers, effect=Effect.CLICK, hop=1, deadline_s=limits.deadline_s)
    elif (probe := next_request(chain, agent, limits.max_hops, limits.deadline_s, limits.chain_s)) or (
        name == TRACE and (probe := request_by_hand(chain, settings.onward, agent, limits))
    ):
        yield probe


def hops_of(heard: Sequence[Evidence]) -> tuple[HttpEvidence, ...]:
    """The hops of the click among what was heard, live or recorded, in order, without those of its variants."""
    found: list[HttpEvidence] = []
    for item in heard:
        if isinstance(item, HttpEvidence) and not item.variant:
            found.append(item)
        elif isinstance(item, HarEvidence):
            found.extend(item.hops)
    return tuple(found)


def derive(case: Case, heard: Sequence[Evidence]) -> Mapping[str, str]:
    """The tracker's click id, where the trace shows one on its way to the landing page; and whose URLs these are.

    A recording also tells which click it shows, where nobody said so.
    """
    hops = hops_of(heard)
    value = find_click_id(hops)[0] if hops else ""
    begun = next((item.start for item in heard if isinstance(item, HarEvidence)), "")
    found = {"click_id": value, "click_url": begun}
    return {**along_the_click(case, hops), **{name: text for name, text in found.items() if text}}


CLICK = Step(
    id="click",
    title=Text(en="Click", ru="Клик"),
    question=Text(en="Does the click ID reach the landing page?", ru="Доходит ли click ID до посадочной страницы?"),
    why=Text(
        en="Every redirect between the ad and the landing page can lose or change the click ID. Without it no postback "
        "can be matched. The trace follows the link hop by hop and is counted as one real click.",
        ru="Любой редирект между объявлением и посадочной страницей может потерять или изменить click ID. Без него "
        "постбек "
        "не с чем сопоставить. Проверка проходит ссылку переход за переходом и считается одним настоящим кликом.",
    ),
    run=Text(en="Trace the click", ru="Пройти по ссылке"),
    fields=(
        Field(
            fact="click_url",
            label=Text(en="Click URL", ru="URL клика"),
            help=Text(
                en="The link a visitor clicks, with real values and not the template with macros. Output of curl -v, "
                "curl -IL or wget -S, or a server's headers, can be pasted instead: then no click is made.",
                ru="Ссылка, по которой кликает посетитель, с настоящими значениями, а не шаблон с макросами. "
                "Вместо неё можно вставить вывод curl -v, curl -IL, wget -S или заголовки ответа: тогда клик не "
                "делается.",
            ),
            example="https://trk.example/c/7?source=12&sub_id=abc123",
            form="block",
        ),
        Field(
            fact="click_id",
            label=Text(en="Click ID", ru="Click ID"),
            help=Text(
                en="The ID that should arrive, if you know it; otherwise it is found on the way.",
                ru="ID, который должен дойти, если он известен; иначе он будет найден по пути.",
            ),
            example="w7k2m9x4q1",
        ),
        Field(
            fact="offer_url",
            label=Text(en="Offer link", ru="Ссылка оффера"),
            help=Text(
                en="The link to the network as it is saved in the tracker, with its macros. It is only read, never "
                "opened, and may be checked without a click.",
                ru="Ссылка на сеть, как она сохранена в трекере, с макросами. Её только читают, по ней не переходят; "
                "можно проверить и без клика.",
            ),
            example="https://network.example/click?offer_id=42&sub1={clickid}",
            form="block",
            more=True,
        ),
        Field(
            fact="user_agent",
            label=Text(en="User agent", ru="User agent"),
            help=Text(
                en="The browser to appear as; empty means a desktop Chrome. Links may lead elsewhere for phones.",
                ru="Каким браузером представиться; пусто означает Chrome на компьютере. С телефона ссылка может "
                "вести иначе.",
            ),
            example="Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) …",
            more=True,
        ),
        Field(
            fact="har",
            label=Text(en="Browser recording (HAR)", ru="Запись браузера (HAR)"),
            help=Text(
                en="A HAR file saved from the browser's network panel, or a file with curl output; it is read instead "
                "of making a click. The click URL picks the page in it.",
                ru="Файл HAR из вкладки «Сеть» браузера или файл с выводом curl; он читается вместо нового клика. "
                "Страницу в нём выбирает URL клика.",
            ),
            example="click.har",
            form="path",
            more=True,
        ),
        Field(
            fact="click_time",
            label=Text(en="Time of the click", ru="Время клика"),
            help=Text(
                en="ISO 8601, better with an offset; without one it is taken as UTC.",
                ru="ISO 8601, лучше со смещением; без него считается UTC.",
            ),
            example="2026-03-01T10:00:00+03:00",
            more=True,
        ),
        *CLICK_PARTIES,
        Field(
            fact="title",
            label=Text(en="Title of the case", ru="Название случая"),
            help=Text(
                en="What you will look for in the list of cases; it is also the report's heading.",
                ru="По нему вы найдёте случай в списке; это же и заголовок отчёта.",
            ),
            example="Offer 42: no sales since Friday",
            more=True,
        ),
    ),
    reads=("click_url", "har", "user_agent", "click_id", "offer_url"),
    weighs=("tracker", "network", "template", "sent_request", "receiver", "upload_event"),
    needs=("click_url", "har", "offer_url"),
    plan=plan,
    derive=derive,
    checks="click",
)

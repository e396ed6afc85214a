"""Step 1: does the click id reach the landing page?"""

import re
from collections.abc import Mapping, Sequence

from postback_wizard.domain.case import Case
from postback_wizard.domain.identifiers import find_click_id
from postback_wizard.domain.probe import (
    Effect,
    Evidence,
    HarEvidence,
    HarProbe,
    Headers,
    HttpEvidence,
    HttpProbe,
    Probe,
)
from postback_wizard.domain.redirect import next_request, request_by_hand
from postback_wizard.domain.step import Field, Settings, Step
from postback_wizard.domain.text import Text
from postback_wizard.steps.parties import along_the_click

#: A desktop browser, so that hops that hide from programs behave as they do for visitors.
BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,63}(?::[0-9]{1,5})?(?=[/?#]|$)")


def plan(case: Case, heard: Sequence[Evidence], settings: Settings) -> Sequence[Probe]:
    """A recording where there is one; otherwise one hop after the other until the chain ends."""
    facts = case.facts
    if facts.har:
        return () if heard else (HarProbe("har", facts.har),)
    if not facts.click_url:
        return ()
    agent, limits = facts.user_agent or BROWSER, settings.limits
    chain = hops_of(heard)
    if not chain:
        return (_first(full_url(facts.click_url), agent, limits.deadline_s),)
    following = next_request(chain, agent, limits.max_hops, limits.deadline_s, limits.chain_s)
    following = following or request_by_hand(chain, settings.onward, agent, limits)
    return (following,) if following else ()


def _first(url: str, agent: str, deadline_s: float) -> HttpProbe:
    headers: Headers = (("User-Agent", agent), ("Accept", ACCEPT))
    return HttpProbe("trace", "GET", url, headers, effect=Effect.CLICK, hop=1, deadline_s=deadline_s)


def full_url(text: str) -> str:
    """The click URL; https is put before a text that begins with a host name."""
    url = text.strip()
    return f"https://{url}" if _HOST.match(url) else url


def hops_of(heard: Sequence[Evidence]) -> tuple[HttpEvidence, ...]:
    """The hops among what was heard, live or recorded, in order."""
    found: list[HttpEvidence] = []
    for item in heard:
        if isinstance(item, HttpEvidence):
            found.append(item)
        elif isinstance(item, HarEvidence):
            found.extend(item.hops)
    return tuple(found)


def derive(case: Case, heard: Sequence[Evidence]) -> Mapping[str, str]:
    """The tracker's click id, where the trace shows one on its way to the landing page; and whose URLs these are."""
    hops = hops_of(heard)
    value = find_click_id(hops)[0] if hops else ""
    return {**along_the_click(case, hops), **({"click_id": value} if value else {})}


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
                en="The link a visitor clicks, with real values and not the template with macros.",
                ru="Ссылка, по которой кликает посетитель, с настоящими значениями, а не шаблон с макросами.",
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
                en="A HAR file saved from the browser's network panel; it is read instead of making a click.",
                ru="Файл HAR из вкладки «Сеть» браузера; он читается вместо нового клика.",
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
    reads=("click_url", "har", "user_agent", "click_id"),
    needs=("click_url", "har"),
    plan=plan,
    derive=derive,
    checks="click",
)

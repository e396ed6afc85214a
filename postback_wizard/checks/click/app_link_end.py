"""Does the chain end by opening an app?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import carries
from postback_wizard.domain.onward import app_link_of, fallback_of
from postback_wizard.domain.passage import click_id_of
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

APP_LINK_END = Rule(
    code="app-link-end",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The chain ends normally at hop {hop}: {host} opens an app or its store page with {link}.",
        ru="Цепочка нормально заканчивается на переходе {hop}: {host} открывает приложение или его страницу "
        "в магазине по ссылке {link}.",
    ),
    why=Text(
        en="From here on the phone takes over, and what the app learns of the click is in this link or in the store's "
        "referrer.",
        ru="Дальше работает телефон, и всё, что приложение узнает о клике, есть в этой ссылке или в referrer магазина.",
    ),
    fix=Text(
        en="Nothing to mend here; if the install is not attributed, compare the click ID in {link} with the one the "
        "app's measurement partner reports.",
        ru="Здесь исправлять нечего; если установка не засчитана, сравните click ID в {link} с тем, что показывает "
        "партнёр по измерению установок.",
    ),
)

APP_LINK_FALLBACK = Rule(
    code="app-link-fallback",
    level=Level.GOOD,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=Text(
        en="The chain ends normally at hop {hop}: {host} opens an app with {link}; without the app the browser goes to "
        "{next_url}.",
        ru="Цепочка нормально заканчивается на переходе {hop}: {host} открывает приложение по ссылке {link}; если "
        "приложения нет, браузер пойдёт на {next_url}.",
    ),
    why=Text(
        en="The link names a page for browsers that cannot open the app; visitors there take another way than this "
        "chain shows.",
        ru="В ссылке указана страница для браузеров, которые не могут открыть приложение; такие посетители идут "
        "другим путём, чем показано здесь.",
    ),
    fix=Text(
        en="Check that {next_url} carries the click ID too (F3 in the wizard goes on there).",
        ru="Проверьте, что и {next_url} содержит click ID (F3 в мастере пройдёт туда).",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Good when the link carries the click ID or there is none to carry, otherwise a note."""
    hops = case.trace()
    link = app_link_of(hops[-1]) if hops else ""
    if not link:
        return
    last = hops[-1]
    number, host = last.hop or len(hops), split_url(last.request.url).host
    click_id = click_id_of(case)
    level = Level.GOOD if not click_id or carries(link, click_id) else Level.INFO
    where = f"hop {number}"
    fallback = fallback_of(link, last.request.url)
    if fallback:
        yield APP_LINK_FALLBACK(where, level=level, hop=number, host=host, link=link, next_url=fallback.target)
    else:
        yield APP_LINK_END(where, level=level, hop=number, host=host, link=link)


_INTENT = "intent://open/7#Intent;scheme=shop;package=com.shop;S.browser_fallback_url=https%3A%2F%2Fshop.example%2F;end"

EXAMPLES = {
    APP_LINK_END: example(
        hop(1, "https://trk.example/c/7", "market://details?id=com.shop", outcome="APP_LINK(market)"),
        click_url="https://trk.example/c/7",
    ),
    APP_LINK_FALLBACK: example(
        hop(1, "https://trk.example/c/7", _INTENT, outcome="APP_LINK(intent)"),
        click_url="https://trk.example/c/7",
    ),
}

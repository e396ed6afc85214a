"""Did the traffic source fill its macros, or does a click carry the macro itself?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.clicked import click_url
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import is_identifier_name
from postback_wizard.domain.macros import Macro, find_macros
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import Param, split_url

SOURCE_MACRO_UNEXPANDED = Rule(
    code="source-macro-unexpanded",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.AFFILIATE,
    title=Text(
        en="{param} holds the macro {macro} itself instead of an identifier.",
        ru="В {param} стоит сам макрос {macro}, а не идентификатор.",
    ),
    why=Text(
        en="Whoever should have filled it does not know a macro of that spelling; every click looks the same to the "
        "next party.",
        ru="Тот, кто должен был его подставить, не знает макроса в таком написании; дальше все клики выглядят "
        "одинаково.",
    ),
    fix=Text(
        en="Write {param} with the macro spelling of the platform that sends the click, save the link and make a "
        "fresh click. "
        "If you pasted the link's template, paste a real click's URL instead.",
        ru="Запишите {param} макросом той платформы, которая отправляет клик, сохраните ссылку и сделайте новый клик. "
        "Если вы вставили шаблон ссылки, вставьте URL настоящего клика.",
    ),
    sources=(
        "https://support.clickadu.com/hc/en-us/articles/360001757198-How-to-integrate-Clickadu-S2S-conversion-tracking-",
        "https://pastebin.com/r4j3f1UA",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Each macro once, at the first place it is seen."""
    seen: set[str] = set()
    places = [("click_url", click_url(case.facts), Owner.AFFILIATE)]
    for index, hop in enumerate(case.trace(), 1):
        number = hop.hop or index
        places.append((f"hop {number}", hop.request.url, Owner.AFFILIATE if number == 1 else Owner.HOP_OWNER))
    for where, url, owner in places:
        for param, macro in _literal(url):
            if macro.written not in seen:
                seen.add(macro.written)
                yield SOURCE_MACRO_UNEXPANDED(f"{where}: {param}", owner=owner, param=param, macro=macro.written)


def _literal(url: str) -> Iterator[tuple[str, Macro]]:
    """Macros that stand where an identifier belongs, with the parameter's name; ``#x#`` cuts a URL and is one too."""
    taken = split_url(url)
    params = taken.params()
    for macro in find_macros(url):
        param = next((item for item in params if _holds(item, macro)), None)
        if param and (is_identifier_name(param.name) or is_identifier_name(macro.name)):
            yield param.name, macro


def _holds(param: Param, macro: Macro) -> bool:
    return param.start <= macro.start <= param.end


EXAMPLES = {
    SOURCE_MACRO_UNEXPANDED: example(
        *chain("https://trk.example/c/7?sub_id=${SUBID}", "https://shop.example/landing?clickid=w7k2m9x4q1"),
        click_url="https://trk.example/c/7?sub_id=${SUBID}",
    ),
}

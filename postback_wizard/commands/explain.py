"""``explain``: a finding or a failure mode in words, or whatever else the knowledge base has under a word."""

from argparse import Namespace
from collections.abc import Iterator

from postback_wizard import catalogue
from postback_wizard.commands.closed import use_own_closed
from postback_wizard.commands.knowing import name_left_out, use_own_platforms
from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.pages import listed, printed
from postback_wizard.commands.parsing import nearest
from postback_wizard.commands.plain import emit, talk
from postback_wizard.domain.text import Text
from postback_wizard.domain.visible import visible
from postback_wizard.report.knowledge import words
from postback_wizard.report.knowledge.codes import all_codes, code_lines, code_title
from postback_wizard.report.knowledge.entries import Ref
from postback_wizard.report.knowledge.index import Found, find
from postback_wizard.report.knowledge.pages import page_of

UNKNOWN = Text(
    en='Nothing is known of "{code}"; without a word, explain lists all findings.',
    ru="О «{code}» ничего не известно; explain без слова покажет все выводы.",
)
UNKNOWN_NEAR = Text(
    en='Nothing is known of "{code}"; did you mean {near}?',
    ru="О «{code}» ничего не известно; возможно, имелось в виду {near}?",
)
OTHERS = Text(
    en="{n:more entry has|more entries have} this word; another word leads there, such as: explain {example}.",
    ru="Это слово есть ещё в {n:записи|записях|записях}; туда ведёт ещё одно слово, например: explain {example}.",
)
CUT = Text(
    en="These are the first {shown} of {total}; another word narrows them down.",
    ru="Это первые {shown} из {total}; уточните ещё одним словом.",
)


def run(options: Namespace, lang: str) -> int:
    """Explain one code, list them all, or look a word up."""
    use_own_platforms()
    use_own_closed()
    name_left_out(lang)
    word = options.code.strip()
    if not word:
        emit("\n".join(_overview(lang)))
        return 0
    codes = {code for layer in all_codes().values() for code in layer}
    emit("\n".join(explanation(word, lang) if word in codes else _looked_up(word, lang)))
    return 0


def explanation(code: str, lang: str) -> Iterator[str]:
    """Everything known about a finding or a failure mode; a finding stands on its example."""
    return printed(code_lines(code, lang))


def _looked_up(word: str, lang: str) -> Iterator[str]:
    found = find(word)
    if not found.hits:
        known = [*(code for layer in all_codes().values() for code in layer), *catalogue.platform_ids()]
        near = nearest(word.lower(), known)
        raise Misuse(UNKNOWN_NEAR, code=word, near=near) if near else Misuse(UNKNOWN, code=word)
    only = _only(found)
    if only is None:
        yield from listed(found, lang)
        if found.total > len(found.hits):
            talk(CUT.say(lang, shown=len(found.hits), total=found.total))
        return
    yield from printed(page_of(only, lang).lines)
    if found.total > 1:
        talk(OTHERS.say(lang, n=found.total - 1, example=f'"{word} {found.hits[1].entry.name}"'))


def _only(found: Found) -> Ref | None:
    """The single entry that was found, or the single one that is called so."""
    return found.hits[0].entry.ref if found.total == 1 or found.exact == 1 else None


def _overview(lang: str) -> Iterator[str]:
    layers = {layer: codes for layer, codes in all_codes().items() if codes}
    width = max(len(code) for codes in layers.values() for code in codes)
    for place, (layer, codes) in enumerate(layers.items()):
        yield from ("",) if place else ()
        yield words.LAYERS[layer].say(lang)
        for code in codes:
            yield f"  {code:{width}}  {visible(code_title(code, lang))}"

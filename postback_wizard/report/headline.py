"""The diagnosis beyond its first sentence: since when, how sure, its effects, other faults, and the cost."""

from collections.abc import Iterator
from dataclasses import replace

from postback_wizard.domain.text import Text
from postback_wizard.report.diagnosis import Diagnosis
from postback_wizard.report.md import Ready, bullets, prose, sentence, spot, words
from postback_wizard.report.next_test import step_titles
from postback_wizard.report.words import Sentence, title_of
from postback_wizard.steps.words import place

#: Of effects and of other faults so many are named, the heaviest; the rest is counted.
NAMED = 5

SINCE = Text(en="Since when", ru="С каких пор")
WHY = Text(en="Why we think so", ru="Почему мы так считаем")
EFFECTS = Text(en="What follows from it", ru="Что из этого следует")
OTHERS = Text(en="Also wrong, and not explained by it", ru="Есть и другое, что этим не объясняется")
COST = Text(en="What it costs", ru="Чего это стоит")
EXCLUDED = Text(en="Checked and in order", ru="Проверено, в порядке")
OPEN = Text(en="Not checked, so nothing is said of it", ru="Не проверено, и об этом ничего не сказано")
MORE = Text(en="And {n:more finding|more findings}.", ru="И ещё {n:вывод|вывода|выводов}.")
PAIR = Text(en="{label}: {what}", ru="{label}: {what}")

Told = tuple[Text, tuple[Sentence, ...]]


def told(found: Diagnosis) -> Iterator[Told]:
    """The parts of a diagnosis that have something to say, each with its label."""
    parts: tuple[Told, ...] = (
        (SINCE, (found.since,) if found.since else ()),
        (WHY, found.why),
        (EFFECTS, _named([title_of(effect) for _, effect in found.effects])),
        (OTHERS, _named([title_of(other.finding) for other in found.others])),
        (COST, found.cost),
    )
    yield from ((label, said) for label, said in parts if said)


def _named(said: list[Sentence]) -> tuple[Sentence, ...]:
    said = [one for at, one in enumerate(said) if one not in said[:at]]
    more = len(said) - NAMED
    return (*said[:NAMED], *((Sentence(MORE, {"n": str(more)}),) if more > 0 else ()))


def plain_lines(found: Diagnosis, lang: str) -> Iterator[str]:
    """For a terminal: one line a statement. Values are foreign and not yet made visible."""
    for label, said in told(found):
        yield PAIR.say(lang, label=label.say(lang), what=" ".join(_placed(one, lang).say(lang) for one in said))
    for label, steps in ((EXCLUDED, found.excluded), (OPEN, found.not_checked)):
        if steps:
            yield PAIR.say(lang, label=label.say(lang), what=step_titles(steps, lang))


def _placed(said: Sentence, lang: str) -> Sentence:
    where = said.values.get("where")
    return replace(said, values={**said.values, "where": place(where, lang)}) if where else said


def markdown(found: Diagnosis, lang: str) -> Iterator[str]:
    """For the report: a list under the verdict; nothing where the diagnosis has no more to say."""
    items = [
        f"{words(label.say(lang))}: {' '.join(_spotted(one, lang) for one in said)}" for label, said in told(found)
    ]
    if items:
        yield bullets(items)


def _spotted(said: Sentence, lang: str) -> str:
    where = said.values.get("where")
    if not where:
        return sentence(said, lang)
    values: dict[str, str | Text | Ready] = {**said.values, "where": spot(where, lang)}
    return prose(said.text, lang, **values)

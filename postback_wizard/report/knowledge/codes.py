"""Finding codes and failure modes in full: what they mean, why they matter, who mends them and how."""

from collections.abc import Iterator, Mapping

from postback_wizard.catalogue.fact import Sentence
from postback_wizard.catalogue.modes import FAILURE_MODES, Mode, modes
from postback_wizard.checks import FOLDERS, examples, folder_of, rules, shown
from postback_wizard.domain.finding import Finding, Rule
from postback_wizard.domain.text import Text, placeholders
from postback_wizard.report.knowledge import words
from postback_wizard.report.knowledge.entries import Entry, Ref, make, said
from postback_wizard.report.knowledge.example import example_lines
from postback_wizard.report.knowledge.lines import Line, section
from postback_wizard.report.knowledge.messages import messages_of, owners_in_words
from postback_wizard.report.words import finding_fix, finding_settle, finding_title, finding_why
from postback_wizard.steps.words import CONFIDENCES, LEVELS, OWNERS, place


def all_codes() -> Mapping[str, tuple[str, ...]]:
    """Every finding code and every failure mode by the layer it belongs to, in the order of the checklist."""
    found: dict[str, list[str]] = {layer: [] for layer in words.LAYERS}
    for mode in modes().values():
        found[mode.layer].append(mode.id)
    for code in rules():
        if code not in FAILURE_MODES:
            found[_layer(code)].append(code)
    return {layer: tuple(codes) for layer, codes in found.items()}


def code_entries() -> Iterator[Entry]:
    """An entry for each code, in the order of the checklist."""
    for codes in all_codes().values():
        for code in codes:
            yield _entry(code)


def code_title(code: str, lang: str) -> str:
    """What a code says, in a sentence; a rule says it on its example."""
    rule = rules().get(code)
    if rule is None:
        return modes()[code].title.say(lang)
    example = shown(code)
    return rule.title.say(lang, example.values if example else blanks(rule.title))


def code_lines(code: str, lang: str) -> Iterator[Line]:
    """Everything known of a code; a rule is shown on its example.

    Raises:
        KeyError: it is neither a finding nor a failure mode.
    """
    rule, mode = rules().get(code), modes().get(code)
    if rule is None and mode is None:
        raise KeyError(code)
    yield Line(code, "title")
    yield Line(code_title(code, lang), "lead")
    yield from _rule_lines(rule, lang) if rule else _mode_lines(mode, lang) if mode else ()
    said_of_it = messages_of((code,)) if mode else ()
    yield from section(words.MESSAGES.say(lang), (item.line(lang) for item in said_of_it))
    sources = dict.fromkeys((*(rule.sources if rule else ()), *(mode.sources if mode else ())))
    yield from section(words.SOURCES.say(lang), sources, "source")
    yield from section(
        words.WEAK.say(lang), (item for item in mode.weak if item not in sources) if mode else (), "source"
    )


def finding_lines(finding: Finding, lang: str) -> Iterator[Line]:
    """A finding with everything known of its kind, in its own values."""
    rule = rules().get(finding.code)
    where = f" ({place(finding.where, lang)})" if finding.where else ""
    yield Line(finding_title(finding, lang) + where, "title")
    yield from section(words.FIX.say(lang), (finding_fix(finding, lang),), "text")
    yield from section(words.WHY.say(lang), (finding_why(finding, lang),), "text")
    yield from section(words.OWNER.say(lang), (OWNERS[finding.owner].say(lang),), "text")
    yield from section(words.SURE.say(lang), (_weight(finding, lang),), "text")
    yield from section(words.SETTLE.say(lang), (finding_settle(finding, lang),), "text")
    yield from section(words.CODE.say(lang), (finding.code,), "text")
    yield from section(words.SOURCES.say(lang), rule.sources if rule else (), "source")


def blanks(text: Text) -> Mapping[str, str]:
    """Values for a message nobody has values for: each name in guillemets."""
    return {name: f"‹{name}›" for name in placeholders(text.en)}


def _rule_lines(rule: Rule, lang: str) -> Iterator[Line]:
    example, finding = examples().get(rule.code), shown(rule.code)
    yield Line(_weight(finding or rule, lang), "lead")
    for heading, text in ((words.FIX, rule.fix), (words.WHY, rule.why)):
        yield from section(heading.say(lang), (_say(text, finding, lang),), "text")
    yield from section(words.OWNER.say(lang), (OWNERS[(finding or rule).owner].say(lang),), "text")
    settle = _say(rule.settle, finding, lang) if rule.settle else ""
    yield from section(words.SETTLE.say(lang), (settle,), "text")
    if example and finding:
        yield from section(words.EXAMPLE.say(lang), example_lines(example.case))
        where = place(finding.where, lang)
        yield from section(words.SAID.say(lang), (_say(rule.title, finding, lang), where), "text")


def _mode_lines(mode: Mode, lang: str) -> Iterator[Line]:
    yield Line(words.UNCHECKED.say(lang), "lead")
    yield from section(words.FIX.say(lang), (mode.fix.say(lang),), "text")
    yield from section(words.OWNER.say(lang), (owners_in_words(mode.owners, lang),), "text")


def _say(text: Text, finding: Finding | None, lang: str) -> str:
    return text.say(lang, finding.values if finding else blanks(text))


def _weight(of: Finding | Rule, lang: str) -> str:
    level, confidence = LEVELS[of.level], CONFIDENCES[of.confidence]
    return words.KIND.say(lang, level=level, confidence=confidence)


def _layer(code: str) -> str:
    folder = folder_of(code)
    return folder if folder in FOLDERS else ""


def _entry(code: str) -> Entry:
    rule, mode = rules().get(code), modes().get(code)
    title = said(mode.title) if mode else Sentence(code_title(code, "en"), code_title(code, "ru"))
    about = [said(text, **blanks(text)) for text in (rule.title, rule.fix, rule.why)] if rule else []
    about += [said(mode.fix)] if mode else []
    owners = mode.owners if mode else ()
    about.append(Sentence(owners_in_words(owners, "en"), owners_in_words(owners, "ru")))
    return make(Ref("code", code), "mode" if mode else "finding", code, title, *about)

"""Does the sender have the macros that the template asks of it, spelt that way?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postback_wizard.catalogue.names import (
    Proposal,
    Reason,
    dialects_of,
    find_platform,
    foreign_letters,
    has,
    nearest,
    owners,
    speaks,
)
from postback_wizard.catalogue.platform import Platform
from postback_wizard.checks import example
from postback_wizard.domain.case import STEP_ORDER, Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import Macro
from postback_wizard.domain.template import Pair, Value, fact_of, pairs, sent_values
from postback_wizard.domain.text import Text

MACRO_NAME_OR_DIALECT = Rule(
    code="macro-name-or-dialect",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{param} uses {macro}, which is not among the macros known of {sender}; nearest: {nearest}.",
        ru="В {param} стоит {macro}, а среди известных макросов {sender} такого нет; ближайший: {nearest}.",
    ),
    why=Text(
        en="A platform replaces only its own macros, letter by letter and in its own brackets; any other leaves as "
        "text or as nothing. The difference: {how}. Platforms known to have {macro}: {owners}.",
        ru="Платформа заменяет только свои макросы: буква в букву и в своих скобках; любой другой уходит текстом или "
        "пустотой. Разница: {how}. Платформы, у которых {macro} есть: {owners}.",
    ),
    fix=Text(
        en="Open the macro list in the settings of {sender}, copy the macro for this value into {param} (known "
        "candidate: {nearest}), save the template and send one test conversion.",
        ru="Откройте список макросов в настройках {sender}, скопируйте в {param} макрос этого значения (известный "
        "вариант: {nearest}), сохраните шаблон и отправьте одну тестовую конверсию.",
    ),
    settle=Text(
        en="The macro list of {sender} itself: the one known here was gathered from documentation and need not be "
        "complete. One live request settles it too.",
        ru="Список макросов самой платформы {sender}: известный здесь собран по документации и может быть неполным. "
        "Один живой запрос тоже даст ответ.",
    ),
    sources=(
        "https://docs.bemob.com/en/postback-settings-of-traffic-source",
        "https://trackingaudit.online/fix/postback-macro-not-replaced?lang=en",
    ),
)

#: How sure a proposal makes it that the written macro is a slip. The lists known here are seldom complete.
LEVELS: Mapping[Reason, Level] = {
    "look-alike": Level.BAD,
    "case": Level.BAD,
    "dialect": Level.BAD,
    "separator": Level.BAD,
    "spelling": Level.WARN,
    "meaning": Level.INFO,
}
NOTHING = "—"
_OWNERS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Use:
    """A macro where it is asked for; ``explains`` when another check already tells what became of it."""

    place: str
    param: str
    macro: Macro
    meaning: str
    explains: bool


def check(case: Case) -> Iterator[Finding]:
    """One finding for each macro the sender is not known to have, except where the live request shows its value."""
    sender = find_platform(case.facts.sender) if case.facts.sender else None
    if sender is None or not sender.sends.macros:
        return
    seen: set[tuple[str, str]] = set()
    for use in (*_in_template(case), *_in_request(case)):
        if (use.param, use.macro.written) not in seen and not has(use.macro, sender):
            seen.add((use.param, use.macro.written))
            yield from _judge(use, sender, guessed=case.origins.get("sender", "").partition(":")[0] in STEP_ORDER)


def _in_template(case: Case) -> Iterator[_Use]:
    for pair in pairs(case):
        left = {macro.written for macro in pair.sent.macros()} if pair.sent else set()
        for macro in pair.macros if pair.template.place != "host" else ():
            if pair.sent and not pair.emptied and macro.written not in left:
                continue
            explains = pair.emptied or macro.written in left or bool(macro.encoded)
            yield _Use("template", pair.template.param, macro, fact_of(pair), explains)


def _in_request(case: Case) -> Iterator[_Use]:
    for value in sent_values(case):
        for macro in value.macros() if value.place != "host" else ():
            yield _Use("sent_request", value.param, macro, _meaning(value), explains=True)


def _meaning(value: Value) -> str:
    return fact_of(Pair(value, value.macros(), None))


def _judge(use: _Use, sender: Platform, guessed: bool) -> Iterator[Finding]:
    proposal, others = nearest(use.macro, sender, use.meaning), owners(use.macro)
    level = _level(use, sender, proposal, known_elsewhere=bool(others))
    if level is None:
        return
    lowered = Level.INFO if use.explains else Level.WARN if guessed and level is Level.BAD else level
    yield MACRO_NAME_OR_DIALECT(
        f"{use.place}: {use.param}",
        level=lowered,
        confidence=Confidence.HINT if level is Level.INFO else Confidence.LIKELY,
        param=use.param,
        macro=use.macro.written,
        sender=sender.name,
        nearest=proposal.written if proposal else NOTHING,
        how=_how(use.macro, sender, proposal),
        owners=_listed(others),
    )


def _level(use: _Use, sender: Platform, proposal: Proposal | None, known_elsewhere: bool) -> Level | None:
    """None where nothing tells a slip from a macro that is only missing in our list."""
    if proposal and proposal.reason != "meaning":
        return LEVELS[proposal.reason]
    if not speaks(use.macro, sender):
        return Level.WARN
    return Level.INFO if proposal or known_elsewhere else None


def _how(macro: Macro, sender: Platform, proposal: Proposal | None) -> str:
    """The difference in signs that need no translation; a look-alike letter is told by its code point."""
    letters = foreign_letters(macro.name)
    if proposal and letters:
        return ", ".join(f"{letter} (U+{ord(letter):04X}) → {latin}" for letter, latin in dict(letters).items())
    if proposal:
        return f"{macro.written} → {proposal.written}"
    return f"{macro.dialect} → {', '.join(sorted(dialects_of(sender)))}" if not speaks(macro, sender) else NOTHING


def _listed(others: tuple[Platform, ...]) -> str:
    names = [item.name for item in others[:_OWNERS_SHOWN]]
    return ", ".join([*names, "…"] if len(others) > _OWNERS_SHOWN else names) or NOTHING


EXAMPLES = {
    MACRO_NAME_OR_DIALECT: example(
        template="https://network.example/postback?cid={click_id}",
        sender="voluum",
    )
}

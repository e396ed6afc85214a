"""Do the saved template and the live request hold characters that nobody sees, or that only look right?"""

from collections.abc import Iterator
from urllib.parse import unquote

from postback_wizard.catalogue.names import find_platform
from postback_wizard.checks import example
from postback_wizard.checks.template import parts
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.oddities import Odd, code_points, oddities
from postback_wizard.domain.template import live_request
from postback_wizard.domain.text import Text

_SETTLE = Text(
    en="Paste the URL straight from the saved settings, not by way of a messenger or a document.",
    ru="Вставьте URL прямо из сохранённых настроек, а не через мессенджер или документ.",
)
_SOURCES = ("https://www.rfc-editor.org/rfc/rfc3986#section-2",)
TEMPLATE_INVISIBLE_CHARACTERS = Rule(
    code="template-invisible-characters",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="An invisible character stands after {before}: {points}.",
        ru="После {before} стоит невидимый символ: {points}.",
    ),
    why=Text(
        en="It came along when the URL was copied, cannot be seen, and counts: a name, a macro or an ID with it is "
        "another name, another macro, another ID. A line break can even cut the URL in two.",
        ru="Он попал в URL при копировании, его не видно, но он считается: имя, макрос или ID с ним — уже другое имя, "
        "другой макрос, другой ID. Перенос строки может и вовсе разрезать URL пополам.",
    ),
    fix=Text(
        en="Delete everything between {before} and {after}, type it again by hand, and save.",
        ru="Удалите всё между {before} и {after}, наберите это место вручную и сохраните.",
    ),
    settle=_SETTLE,
    sources=_SOURCES,
)
TEMPLATE_LOOK_ALIKE_CHARACTERS = Rule(
    code="template-look-alike-characters",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{shown} ({points}) after {before} only looks like {meant}.",
        ru="{shown} ({points}) после {before} только выглядит как {meant}.",
    ),
    why=Text(
        en="Letters of another alphabet, curly quotes and wide signs are other characters for a program, however alike "
        "they look: the name or the macro is not recognised.",
        ru="Буквы другого алфавита, фигурные кавычки и широкие знаки для программы — другие символы, как бы похоже они "
        "ни выглядели: имя или макрос не узнаётся.",
    ),
    fix=Text(
        en="Type {meant} by hand in place of {shown} (a dash means: nothing), and save.",
        ru="Наберите вручную {meant} вместо {shown} (прочерк — ничего) и сохраните.",
    ),
    settle=_SETTLE,
    sources=_SOURCES,
)

_INVISIBLE = ("unseen", "line-break", "blank-end")
_ALIKE = ("quote", "look-alike")
_NEAR = 16


def check(case: Case) -> Iterator[Finding]:
    """The first of each kind in the template, then in the live request what is not in the template."""
    template, sent = case.facts.template, case.facts.sent_request
    found = [odd for odd in oddities(template) if odd.kind in (*_INVISIBLE, *_ALIKE) and not _told(case, odd)]
    for kinds, rule in ((_INVISIBLE, TEMPLATE_INVISIBLE_CHARACTERS), (_ALIKE, TEMPLATE_LOOK_ALIKE_CHARACTERS)):
        mine = [odd for odd in found if odd.kind in kinds]
        if mine:
            harmless = mine[0].kind == "blank-end" or (sent and mine[0].shown not in unquote(sent))
            yield _finding(rule, "template", template, mine[0], Level.WARN if harmless else None)
    yield from _in_live(case, told=bool(found))


def _in_live(case: Case, *, told: bool) -> Iterator[Finding]:
    """What stands in the URL that left, raw anywhere or encoded in an ID."""
    request, sent = live_request(case), case.facts.sent_request
    at = sent.find(request.url) if request else -1
    if request is None or at < 0 or told:
        return
    for odd in oddities(request.url):
        if odd.kind in ("unseen", "quote"):
            rule = TEMPLATE_INVISIBLE_CHARACTERS if odd.kind == "unseen" else TEMPLATE_LOOK_ALIKE_CHARACTERS
            moved = Odd(odd.kind, odd.start + at, odd.end + at, odd.shown, odd.meant)
            yield _finding(rule, "sent_request", sent, moved, Level.WARN)
            return
    for part in parts(case, "sent_request"):
        if part.meaning in ("click_id", "transaction_id") and "%" in part.value.text:
            odds = [odd for odd in oddities(part.value.decoded) if odd.kind in ("unseen", "line-break", "blank-end")]
            if odds and odds[0].shown != " ":
                whole = Odd("unseen", part.value.start, part.value.end, odds[0].shown, "")
                yield _finding(TEMPLATE_INVISIBLE_CHARACTERS, "sent_request", sent, whole, Level.WARN)
                return


def first_of_each(where: str, text: str) -> Iterator[Finding]:
    """The first invisible and the first look-alike character of a link, as findings about that place.

    A letter inside a macro is left to the check of macro names.
    """
    macros = find_macros(text)
    found = [
        odd
        for odd in oddities(text)
        if odd.kind != "look-alike" or not any(macro.start <= odd.start < macro.end for macro in macros)
    ]
    for kinds, rule in ((_INVISIBLE, TEMPLATE_INVISIBLE_CHARACTERS), (_ALIKE, TEMPLATE_LOOK_ALIKE_CHARACTERS)):
        odd = next((item for item in found if item.kind in kinds), None)
        if odd is not None:
            yield _finding(rule, where, text, odd, Level.WARN)


def _told(case: Case, odd: Odd) -> bool:
    """Whether the check of macro names explains a letter: it stands in a macro, and the sender's macros are known."""
    sender = find_platform(case.facts.sender) if case.facts.sender else None
    if odd.kind != "look-alike" or sender is None or not sender.sends.macros:
        return False
    return any(macro.start <= odd.start < macro.end for macro in find_macros(case.facts.template))


def _finding(rule: Rule, where: str, text: str, odd: Odd, level: Level | None) -> Finding:
    return rule(
        where,
        level=level,
        shown=odd.shown,
        points=code_points(odd.shown),
        meant=odd.meant or "—",
        before=text[max(0, odd.start - _NEAR) : odd.start] or "—",
        after=text[odd.end : odd.end + _NEAR] or "—",
        start=odd.start,
        end=odd.end,
    )


EXAMPLES = {
    TEMPLATE_INVISIBLE_CHARACTERS: example(template="https://trk.example/postback?cid={click\u200bid}&payout={payout}"),
    TEMPLATE_LOOK_ALIKE_CHARACTERS: example(template="https://trk.example/postback?\u0441id={clickid}&payout={payout}"),
}

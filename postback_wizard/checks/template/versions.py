"""What changed since the version of the template before, and which of the two made the live request?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.domain.aligned import aligned
from postback_wizard.domain.case import Case
from postback_wizard.domain.drift import compare
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text

TEMPLATE_CHANGED = Rule(
    code="template-changed",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="The template differs from the version before: {changes}",
        ru="Шаблон отличается от прежней версии: {changes}",
    ),
    why=Text(
        en="+ was added, − was removed, → got another name or value, ⇅ stands in another order. Conversions of before "
        "the change were sent the old way.",
        ru="+ добавлено, − убрано, → сменилось имя или значение, ⇅ другой порядок. Конверсии до правки отправлены "
        "по-старому.",
    ),
    fix=Text(
        en="If the trouble began with that change, put the old part back, or have the receiver read the new one.",
        ru="Если неполадки начались с этой правки, верните прежнее или попросите получателя читать новое.",
    ),
)
LIVE_FROM_PREVIOUS = Rule(
    code="template-previous-in-force",
    level=Level.INFO,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="The live request was made from the version before, not from the template as it is now: {changes}",
        ru="Живой запрос сделан по прежней версии шаблона, а не по нынешней: {changes}",
    ),
    why=Text(
        en="All its parameters are those of the old version. Either it left before the change, or the change does not "
        "apply to this offer.",
        ru="Все его параметры — из прежней версии. Либо он ушёл до правки, либо правка не действует для этого оффера.",
    ),
    fix=Text(
        en="Compare the time of the request with the time of the change, and look for other places where the template "
        "is saved: the offer, the goal, the partner.",
        ru="Сверьте время запроса со временем правки и поищите, где ещё сохранён шаблон: у оффера, цели, партнёра.",
    ),
    settle=Text(en="The time at which the template was last saved.", ru="Время последнего сохранения шаблона."),
)

_SHOWN = 6
_OTHERWISE = ("renamed", "changed", "missing", "extra")


def check(case: Case) -> Iterator[Finding]:
    """The difference of the versions; where a request fits the older one only, that it was made from it."""
    before, after = case.facts.previous_template, case.facts.template
    changes = compare(before, after) if before and after else ()
    if not changes:
        return
    told = [str(change) for change in changes[:_SHOWN]]
    shown = ", ".join([*told, "…"] if len(changes) > _SHOWN else told)
    older = case.learn({"template": before}, "typed")
    if case.facts.sent_request and not _fits(case) and _fits(older):
        yield LIVE_FROM_PREVIOUS("sent_request", changes=shown)
    else:
        yield TEMPLATE_CHANGED("template", changes=shown)


def _fits(case: Case) -> bool:
    return all(item.how not in _OTHERWISE for item in aligned(case))


_NEW, _OLD = (
    "https://trk.example/postback?cid={clickid}&sum={payout}",
    "https://trk.example/postback?cid={clickid}&p={payout}",
)
EXAMPLES = {
    TEMPLATE_CHANGED: example(template=_NEW, previous_template=_OLD),
    LIVE_FROM_PREVIOUS: example(
        template=_NEW, previous_template=_OLD, sent_request="https://trk.example/postback?cid=c1f7&p=12.50"
    ),
}

"""Does the request lack a parameter the partner cannot do without?"""

from collections.abc import Iterator

from postback_wizard.catalogue import platform, platform_ids
from postback_wizard.checks import example
from postback_wizard.checks.callback import told
from postback_wizard.checks.samples import replayed
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.heard import heard
from postback_wizard.domain.template import sent_values
from postback_wizard.domain.text import Text

REQUIRED_PARAM_MISSING = Rule(
    code="required-param-missing",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="The request lacks {param}, which {who} cannot do without: {reason}",
        ru="В запросе нет {param}, без которого {who} не обходится: {reason}",
    ),
    why=Text(
        en="Without it the partner cannot tell whose conversion this is or what it is worth, and drops it, sometimes "
        "with a friendly status.",
        ru="Без него партнёр не может понять, чья это конверсия или сколько она стоит, и отбрасывает её, иногда "
        "с вполне благополучным статусом.",
    ),
    fix=Text(
        en="Put {param} into the postback template with the macro of the sender that holds this value, save it, and "
        "send the postback again.",
        ru="Добавьте {param} в шаблон постбека с макросом отправителя, в котором есть это значение, сохраните и "
        "отправьте постбек ещё раз.",
    ),
    settle=Text(
        en="The partner's list of required parameters for this address.",
        ru="Список обязательных параметров партнёра для этого адреса.",
    ),
    sources=(
        "https://helpdesk.everflow.io/customer/postback-tracking-link-configurations-for-affiliate-marketing-platforms",
        "https://help-center.affise.com/en/articles/6476587-postback-errors",
        "https://support.mitgo.com/knowledge-base/article/request-log_2",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """What the partner's words name, then what its documentation requires; nothing once it says "recorded"."""
    answers = tuple(heard(case))
    named = False
    for answer in answers:
        meaning = told(case, answer)
        if meaning and meaning.mode == REQUIRED_PARAM_MISSING.code:
            named = True
            yield REQUIRED_PARAM_MISSING(
                answer.where,
                confidence=meaning.confidence,
                param=meaning.param or "—",
                who=answer.host or "—",
                reason=meaning.said or "—",
            )
    taken = any(answer.verdicts.business in ("recorded", "duplicate") for answer in answers)
    if not named and not taken:
        yield from _undocumented(case, refused=any(answer.verdicts.business == "refused" for answer in answers))


def _undocumented(case: Case, *, refused: bool) -> Iterator[Finding]:
    """Parameters the receiver's documentation requires and the live request has not, or has empty."""
    if case.facts.receiver not in platform_ids():
        return
    known = platform(case.facts.receiver)
    values = {value.name: value.text for value in sent_values(case) if value.place in ("query", "body")}
    if not values:
        return
    for name in known.accepts.required_params.value:
        if not values.get(name):
            yield REQUIRED_PARAM_MISSING(
                "sent_request",
                level=Level.BAD if refused else Level.WARN,
                param=name,
                who=known.name,
                reason=f"{name}=" if name in values else "—",
            )


EXAMPLES = {
    REQUIRED_PARAM_MISSING: example(
        replayed(400, '{"error": "missing required parameter: goal"}'),
        sent_request="https://track.example/postback?cid=w7k2m9x4q1",
    ),
}

"""Does the click ID of the live request have the shape its receiver states?"""

from collections.abc import Iterator

from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.platform import Platform
from postback_wizard.checks import example
from postback_wizard.checks.shape import breaks_shape
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.identifiers import is_identifier_name
from postback_wizard.domain.template import read_template
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

SENT_ID_SHAPE_ODD = Rule(
    code="sent-id-shape-odd",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.SENDER,
    title=Text(
        en="{param}={value} does not have the shape {platform} states for its click IDs ({length:sign|signs} here).",
        ru="{param}={value}: форма не та, которую {platform} заявляет для своих click ID (здесь "
        "{length:знак|знака|знаков}).",
    ),
    why=Text(
        en="{platform} documents {pattern}. An ID of another party, or one that was cut, belongs to no click there.",
        ru="{platform} документирует {pattern}. ID другой стороны или обрезанный ID не подойдёт ни к одному клику.",
    ),
    fix=Text(
        en="Put the click ID that {platform} gave to the click into {param}: look which macro of the sender holds it, "
        "and whether a field cuts it.",
        ru="В {param} нужен тот click ID, который выдал клику {platform}: проверьте, в каком макросе он у отправителя "
        "и не обрезает ли его какое-нибудь поле.",
    ),
    settle=Text(en="Look the value up among the clicks of {platform}.", ru="Поищите значение среди кликов {platform}."),
    sources=(
        "https://help-center.affise.com/en/articles/6476587-postback-errors",
        "https://docs.bemob.com/en/performing-conversion-test",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """Only for a receiver that states the shape, and the parameter its own address takes the click ID in."""
    receiver = find_platform(case.facts.receiver)
    request = read_template(case.facts.sent_request) if receiver and case.facts.sent_request.strip() else None
    if receiver is None or request is None:
        return
    wanted = _click_id_params(receiver)
    for param in split_url(request.url).params():
        if param.name.lower() in wanted and breaks_shape(receiver, param.name, param.text):
            yield SENT_ID_SHAPE_ODD(
                f"sent_request: {param.name}",
                param=param.name,
                value=param.text,
                platform=receiver.name,
                length=len(param.text),
                pattern=receiver.click_id_pattern.value if receiver.click_id_pattern else "",
            )


def _click_id_params(receiver: Platform) -> frozenset[str]:
    """The parameters, lower-cased, in which the receiver's own address takes a click ID."""
    template = receiver.accepts.url_template
    documented = tuple(param.name for param in split_url(template.value).params()) if template else ()
    names = receiver.accepts.required_params.value or documented
    return frozenset(name.lower() for name in names if is_identifier_name(name))


EXAMPLES = {
    SENT_ID_SHAPE_ODD: example(
        receiver="affise", sent_request="https://offers-network.affise.com/postback?clickid=5f2b3c4d5e6f7a8b&sum=12.5"
    )
}

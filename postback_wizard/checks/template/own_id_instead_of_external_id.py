"""Does the traffic source get its own click ID back, or the tracker's?"""

from collections.abc import Iterator

from postback_wizard.catalogue.memo import per_platform
from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.platform import Platform
from postback_wizard.catalogue.reads import squashed
from postback_wizard.catalogue.slots import click_macros, is_click_macro
from postback_wizard.checks import example
from postback_wizard.checks.template import parts, receiver_of
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.macros import find_macros
from postback_wizard.domain.text import Text

OWN_ID_INSTEAD_OF_EXTERNAL_ID = Rule(
    code="own-id-instead-of-external-id",
    level=Level.BAD,
    confidence=Confidence.LIKELY,
    owner=Owner.TEMPLATE_OWNER,
    title=Text(
        en="{param} gives {receiver} the click ID of {sender} ({macro}) instead of its own ({wanted}).",
        ru="{param} передаёт в {receiver} click ID трекера {sender} ({macro}) вместо своего ({wanted}).",
    ),
    why=Text(
        en="A traffic source only knows the ID it gave to the click. It takes the postback without an error and "
        "credits nothing.",
        ru="Источник трафика знает только тот ID, который сам присвоил клику. Постбек он принимает без ошибки и ничего "
        "не засчитывает.",
    ),
    fix=Text(
        en="Write {wanted} in {param}, and check in the settings of the traffic source in {sender} that its click ID "
        "is stored at the click.",
        ru="Запишите {wanted} в {param} и проверьте в настройках источника в {sender}, что его click ID сохраняется "
        "при клике.",
    ),
    settle=Text(
        en="The click's row in the tracker: is the column of the external ID filled?",
        ru="Строка клика в трекере: заполнена ли колонка внешнего ID?",
    ),
    sources=(
        "https://doc.voluum.com/en/traffic_source_postback_url.html",
        "https://docs.bemob.com/en/postback-settings-of-traffic-source",
    ),
)

#: Names trackers give to the ID that came with the click from outside.
_EXTERNAL = ("externalid", "externalclickid", "extclickid")


def check(case: Case) -> Iterator[Finding]:
    """A tracker that sends its own ID to a traffic source; surer where its macro for the source's ID is known."""
    receiver, sender = receiver_of(case), find_platform(case.facts.sender) if case.facts.sender else None
    if receiver is None or sender is None or receiver.kind != "ad_network" or sender.kind != "tracker":
        return
    wanted = external_macro(sender)
    own_ones = click_macros(sender)
    for part in parts(case, "template") if own_ones else ():
        own = [macro for macro in part.value.macros() if is_click_macro(macro, sender)]
        if own and part.meaning in (("click_id", "") if wanted else ("click_id",)):
            yield OWN_ID_INSTEAD_OF_EXTERNAL_ID(
                f"template: {part.value.param}",
                level=None if wanted else Level.WARN,
                param=part.value.param,
                receiver=receiver.name,
                sender=sender.name,
                macro=own[0].written,
                wanted=wanted or "—",
            )


@per_platform
def external_macro(sender: Platform) -> str:
    """The macro that holds the source's own click ID, as the sender writes it; empty where none is known."""
    for written in sender.sends.macros:
        if any(squashed(macro.name) in _EXTERNAL for macro in find_macros(written)):
            return written
    return ""


EXAMPLES = {
    OWN_ID_INSTEAD_OF_EXTERNAL_ID: example(
        template="https://evadav.com/phpb?click_id={clickid}&payout={payout}", sender="binom_v2", receiver="evadav"
    ),
}

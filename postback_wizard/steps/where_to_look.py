"""Where in a platform's interface a question of step 2 is answered, for the platforms of the case."""

from collections.abc import Mapping

from postback_wizard.domain.case import Case
from postback_wizard.domain.text import Text

WHERE = Text(en="{name}: {where}", ru="{name}: {where}")
#: Whose log answers a question, the nearest first; who the sender is decides before what its part is.
ASKED: Mapping[str, tuple[str, ...]] = {
    "conversion_seen": ("sender", "network", "tracker"),
    "attempt_seen": ("sender", "tracker", "network"),
}


def where_to_look(case: Case, lang: str) -> Mapping[str, str]:
    """By question, the name of the platform and the place in it; nothing where the catalogue knows none.

    The first call reads the catalogue.
    """
    from postback_wizard.catalogue.names import find_platform

    found: dict[str, str] = {}
    for question, parties in ASKED.items():
        for fact in parties:
            platform = find_platform(case.facts.get(fact))
            place = platform.log_location if platform else None
            if platform and place:
                said = WHERE.say(lang, name=platform.name, where=place.value.say(lang))
                if said not in found.values():  # one place for both questions is named once
                    found[question] = said
                break
    return found

"""Does an ID of the click tell when the click was?"""

from collections.abc import Iterator, Mapping

from postback_wizard.catalogue.carried import Kind
from postback_wizard.checks import example
from postback_wizard.checks.click_time import carried_clicks
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.times import clock

CLICK_ID_CARRIES_TIME = Rule(
    code="click-id-carries-time",
    level=Level.INFO,
    confidence=Confidence.HINT,
    owner=Owner.YOU,
    title=Text(
        en="{param} says the click was at {time} UTC: it looks like {kind}, which holds the time it was made.",
        ru="Судя по {param}, клик был {time} UTC: по форме это {kind}, а в нём записано время создания.",
    ),
    why=Text(
        en="{id} was read as {kind}. The form can be there by chance, and an ID can be older than its click, so this "
        "time is a hint. A form that is rarely met by chance fills in the click's time where nobody gave one.",
        ru="{id} прочитан как {kind}. Форма может совпасть случайно, а ID бывает старше клика, поэтому это время — "
        "намёк. Если случайное совпадение маловероятно и время клика никто не указал, оно подставляется.",
    ),
    fix=Text(
        en="Compare it with the click log; write the true time into the time of the click if this one is wrong.",
        ru="Сверьте с логом кликов; если время неверно, впишите настоящее в поле времени клика.",
    ),
    settle=Text(
        en="The row of this click in the click log has the time that counts.",
        ru="Решает время в строке этого клика в логе кликов.",
    ),
    sources=("https://www.rfc-editor.org/rfc/rfc9562", "https://github.com/ulid/spec"),
)

#: What forms are called; names need no translation.
NAMES: Mapping[Kind, str] = {
    "fbc": "fbc",
    "uuid1": "UUID v1",
    "uuid6": "UUID v6",
    "uuid7": "UUID v7",
    "ulid": "ULID",
    "objectid": "ObjectId",
    "snowflake": "Snowflake (Twitter)",
    "ksuid": "KSUID",
}
#: More than these would only repeat the first.
MOST = 3


def check(case: Case) -> Iterator[Finding]:
    """One finding an ID."""
    for item in carried_clicks(case)[:MOST]:
        yield CLICK_ID_CARRIES_TIME(
            item.where, param=item.name, id=item.value, time=clock(item.time.moment), kind=NAMES[item.time.kind]
        )


EXAMPLES = {
    CLICK_ID_CARRIES_TIME: example(
        click_url="https://trk.example/c/7?sub_id=01KJK1PGAGW5V6X7Y8Z9A1B2C3",
        click_id="01KJK1PGAGW5V6X7Y8Z9A1B2C3",
    )
}

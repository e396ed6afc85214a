"""Does a platform's own click ID have the shape the platform states?"""

from collections.abc import Iterator

from postback_wizard.catalogue.clickids import known
from postback_wizard.catalogue.names import find_platform
from postback_wizard.checks import example
from postback_wizard.checks.click.click_ids_known import params_of
from postback_wizard.checks.shape import breaks_shape
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.passage import changes
from postback_wizard.domain.text import Text

CLICK_ID_SHAPE_ODD = Rule(
    code="click-id-shape-odd",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="{param} does not have the shape {platform} states for its click IDs: {value} has {length:sign|signs}.",
        ru="{param} не той формы, которую {platform} заявляет для своих click ID: в {value} "
        "{length:знак|знака|знаков}.",
    ),
    why=Text(
        en="{platform} documents {pattern}. A value that was cut, changed in case or put in by hand matches no click "
        "there.",
        ru="{platform} документирует {pattern}. Обрезанное, изменённое или вписанное вручную значение там не "
        "сопоставится ни с одним кликом.",
    ),
    fix=Text(
        en="Make a fresh click and compare {param} where it is first put on the link with what arrives here.",
        ru="Сделайте новый клик и сравните {param} там, где он впервые появляется в ссылке, с тем, что пришло сюда.",
    ),
    settle=Text(
        en="Look the value up among the clicks of {platform}.",
        ru="Поищите значение среди кликов {platform}.",
    ),
    sources=("https://docs.dataflysignal.com/integrations/attribution/everflow",),
)


def check(case: Case) -> Iterator[Finding]:
    """Only for parameters of a platform that states the shape as a fact, and only where no hop changed an ID."""
    if any(True for _ in changes(case.trace(), "")):
        return
    seen: set[tuple[str, str]] = set()
    for param in params_of(case):
        owner = known().by_name.get(param.name.lower())
        platform = find_platform(owner.platform) if owner else None
        if platform is None or (param.name, param.text) in seen or not breaks_shape(platform, param.name, param.text):
            continue
        seen.add((param.name, param.text))
        stated = platform.click_id_pattern.value if platform.click_id_pattern else ""
        yield CLICK_ID_SHAPE_ODD(
            f"click_url: {param.name}",
            param=param.name,
            platform=platform.name,
            value=param.text,
            length=len(param.text),
            pattern=stated,
        )


EXAMPLES = {
    CLICK_ID_SHAPE_ODD: example(click_url="https://shop.example/lamps?_ef_transaction_id=4f6a1c9e0b7d4f3e9a58c2d1")
}

"""Does an identifier keep its value from hop to hop?"""

from collections.abc import Iterator, Mapping

from postback_wizard.catalogue.along import owners_of, whose
from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.passage import changes, click_id_of
from postback_wizard.domain.recorded import NEXT_IS_LIKELY
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

CLICK_ID_ALTERED = Rule(
    code="click-id-altered",
    level=Level.BAD,
    confidence=Confidence.CERTAIN,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="Hop {hop} ({host}) changes {param} from {before} to {after} ({how}).",
        ru="Переход {hop} ({host}) меняет {param} с {before} на {after} ({how}).",
    ),
    why=Text(
        en="Click IDs are compared letter by letter; one that comes back changed belongs to no click.",
        ru="Click ID сверяют посимвольно; изменённый не подойдёт ни к одному клику.",
    ),
    fix=Text(
        en="Whoever runs {whose} has to find the rule, column or script there that rewrites {param}, and let the value "
        "pass as it came.",
        ru="Тот, кто отвечает за {whose}, должен найти там правило, поле или скрипт, который меняет {param}, "
        "и передавать значение без изменений.",
    ),
    sources=(
        "https://www.trackingaudit.online/how-to-debug-redirect-chains?lang=en",
        "https://help-center.affise.com/en/articles/6476587-postback-errors",
    ),
)

#: How a value was changed, in signs that need no translation.
HOW: Mapping[str, str] = {
    "case": "Aa → aa",
    "cut": "abcdef → abc…",
    "encoded": "% → %25",
    "decoded": "%25 → %",
    "plus": "+ → %20",
}


def check(case: Case) -> Iterator[Finding]:
    """One finding for each identifier a hop handed on changed."""
    owners = owners_of(case)
    for change in changes(case.trace(), click_id_of(case)):
        host = split_url(change.hop.request.url).host
        name, code = whose(host, owners)
        yield CLICK_ID_ALTERED(
            f"hop {change.number}",
            confidence=Confidence.LIKELY if NEXT_IS_LIKELY in change.hop.outcome else None,
            owner=code,
            hop=change.number,
            host=host,
            whose=name,
            param=change.name,
            before=change.identifier.value,
            after=change.after,
            how=HOW[change.how],
        )


EXAMPLES = {
    CLICK_ID_ALTERED: example(
        *chain(
            "https://trk.example/c/7?source=12",
            "https://go.example/offer?cid=W7k2M9x4Q1",
            "https://shop.example/landing?cid=w7k2m9x4q1",
        ),
        click_url="https://trk.example/c/7?source=12",
    ),
}

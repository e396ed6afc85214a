"""Does every hop answer as a page or a redirect?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.samples import hop
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url

HOP_ANSWERS_ERROR = Rule(
    code="hop-answers-error",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.HOP_OWNER,
    title=Text(
        en="Hop {hop} ({host}) answers {status} instead of a page or a redirect.",
        ru="Переход {hop} ({host}) отвечает {status} вместо страницы или редиректа.",
    ),
    why=Text(
        en="The click ends here. Some hops refuse whoever does not look like a visitor from the right country or "
        "device, "
        "so a real visitor may still get through.",
        ru="Клик заканчивается здесь. Некоторые переходы отказывают тем, кто не похож на посетителя из нужной страны "
        "или "
        "с нужного устройства, поэтому настоящий посетитель может и пройти.",
    ),
    fix=Text(
        en="Open the link in a browser in the target country; if it fails there too, send this hop's address to the "
        "owner of {host}.",
        ru="Откройте ссылку в браузере в целевой стране; если ошибка повторится, отправьте адрес перехода владельцу "
        "{host}.",
    ),
    settle=Text(
        en="A HAR recording of a real visit, or a trace from the target country and device.",
        ru="Запись настоящего визита в HAR или проверка из целевой страны и с нужного устройства.",
    ),
    sources=(
        "https://trackingaudit.online/knowledge-base/how-to-audit-redirects-before-launch",
        "https://help.trackier.com/en/articles/8200134-link-test",
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for each hop whose status is no success and no redirect."""
    for index, item in enumerate(case.trace(), 1):
        if item.answer and not 200 <= item.answer.status < 400:
            number = item.hop or index
            host = split_url(item.request.url).host
            yield HOP_ANSWERS_ERROR(f"hop {number}", hop=number, host=host, status=item.answer.status)


EXAMPLES = {
    HOP_ANSWERS_ERROR: example(
        hop(1, "https://trk.example/c/7", "https://go.example/offer"),
        hop(2, "https://go.example/offer", status=403),
        click_url="https://trk.example/c/7",
    ),
}

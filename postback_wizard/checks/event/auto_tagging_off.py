"""Does the ad account put its click ID on the links at all?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.event import sight
from postback_wizard.checks.log_samples import CLICK, log, looked_up, row
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogShare
from postback_wizard.domain.text import Text

AUTO_TAGGING_OFF = Rule(
    code="auto-tagging-off",
    level=Level.WARN,
    confidence=Confidence.LIKELY,
    owner=Owner.AD_ACCOUNT_ADMIN,
    title=Text(
        en="None of {rows:click|clicks} in {file} carries {param}.",
        ru="Ни у одного клика в {file} нет {param} ({rows:строка|строки|строк}).",
    ),
    why=Text(
        en="A browser or a redirect loses the ID of some clicks; when all of them lack it, the ad "
        "account does not add it.",
        ru="Браузер или редирект теряет ID у части кликов; если его нет у всех, его не добавляет рекламный кабинет.",
    ),
    fix=Text(
        en="Switch auto-tagging on in the ad account, then click the ad once more and look at the landing URL.",
        ru="Включите автопометку в рекламном кабинете, затем кликните по объявлению ещё раз и посмотрите "
        "URL посадочной.",
    ),
    settle=Text(
        en="The auto-tagging setting of the ad account.",
        ru="Настройка автопометки в рекламном кабинете.",
    ),
    sources=(
        "https://support.google.com/analytics/answer/2938246?hl=en&ref_topic=1308612",
        "https://sourceloop.ai/help/troubleshoot-microsoft-ads-sync.md",
    ),
)


_FEWEST = 20
#: Ad platforms that add their click ID when it is switched on, by how their catalogue IDs begin.
_PARAMS = {"google": "gclid", "microsoft": "msclkid", "bing": "msclkid"}


def check(case: Case) -> Iterator[Finding]:
    """Only for traffic that the case says is of such a platform."""
    file = sight(case).file("click_log")
    named = (case.facts.source.casefold(), case.facts.ad_platform.casefold())
    param = next((param for start, param in _PARAMS.items() if any(name.startswith(start) for name in named)), "")
    for share in file.of("all") if file and param else ():
        if file and share.rows >= _FEWEST and share.lack == share.rows:
            yield AUTO_TAGGING_OFF("click_log", rows=share.rows, file=file.name, param=param)


EXAMPLES = {
    AUTO_TAGGING_OFF: example(
        looked_up(log("click_log", LogShare("all", "all", 310, 310), more="landing_url"), row("click_log")),
        click_id=CLICK,
        ad_platform="google_ads_click_conversions",
        conversion_seen="yes",
        attempt_seen="yes",
    ),
}

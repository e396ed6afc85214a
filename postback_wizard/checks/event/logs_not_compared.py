"""Could the two logs of conversions be compared?"""

from collections.abc import Iterator

from postback_wizard.checks import example
from postback_wizard.checks.log_samples import log, looked_up
from postback_wizard.checks.log_words import PROBLEMS, CodeText
from postback_wizard.domain.case import Case
from postback_wizard.domain.finding import Confidence, Finding, Level, Owner, Rule
from postback_wizard.domain.probe import LogEvidence, LogSource
from postback_wizard.domain.text import Text

LOGS_NOT_COMPARED = Rule(
    code="logs-not-compared",
    level=Level.INFO,
    confidence=Confidence.CERTAIN,
    owner=Owner.YOU,
    title=CodeText(
        en="The two logs were not compared. {file}: {problem}.",
        ru="Логи не сверены. {file}: {problem}.",
        name="problem",
        of={code: words for code, (words, _) in PROBLEMS.items()},
    ),
    why=Text(
        en="Details: {detail}. What was looked up in each log by itself stands.",
        ru="Подробности: {detail}. То, что найдено в каждом логе отдельно, остаётся в силе.",
    ),
    fix=CodeText(
        en="{problem} Then run this step again.",
        ru="{problem} Затем запустите шаг снова.",
        name="problem",
        of={code: todo for code, (_, todo) in PROBLEMS.items()},
    ),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding a file that stands in the way; a lack of common IDs is told once."""
    record = case.record("event")
    tried = [item for item in record.evidence if isinstance(item, LogEvidence)] if record else []
    failed = [item for item in tried if item.name == "reconcile" and item.reconciliation is None]
    bad = [file for item in failed for file in item.files if file.problem]
    if bad and bad[0].problem == "no-common-key":
        bad = bad[:1]
    for file in bad:
        yield LOGS_NOT_COMPARED("reconcile", file=file.name, problem=file.problem, detail=file.detail or "—")


EXAMPLES = {
    LOGS_NOT_COMPARED: example(
        looked_up(log("conversion_log"), log("partner_log")),
        LogEvidence(
            *("reconcile", "2026-03-01T10:00:00.000Z", ("LOGS_UNREADABLE",)),
            files=(LogSource("partner_log", "exports", problem="empty"),),
        ),
        conversion_log="conversions.csv",
        partner_log="exports",
    )
}

"""The README's table of findings, written from the rules.

Run: python -m tests.house.rule_table
"""

import re
from pathlib import Path

from postback_wizard.checks import FOLDERS, modules, shown
from postback_wizard.domain.finding import Rule
from postback_wizard.report.words import finding_title

README = Path(__file__).parents[2] / "README.md"
LAYERS = {
    "click": "1. Click",
    "event": "2. Event",
    "callback": "3. Replay",
    "template": "4. Template",
    "upload": "5. Uploads",
    "organisation": "Partners",
}


def rule_table() -> str:
    """One line for each rule: layer, code, and what it says on its example."""
    lines = ["", "| step | code | for example |", "|---|---|---|"]
    for folder in FOLDERS:
        for module in modules(folder):
            lines += [_line(LAYERS[folder], rule) for rule in vars(module).values() if isinstance(rule, Rule)]
    return "\n".join([*lines, "", ""])


def _line(layer: str, rule: Rule) -> str:
    finding = shown(rule.code)
    title = finding_title(finding, "en") if finding else ""
    return f"| {layer} | `{rule.code}` | {_cell(title)} |"


def _cell(text: str) -> str:
    return re.sub(r"([|<>*_`\[\]])", r"\\\1", text).replace("\n", " ")


def main() -> None:
    """Put the table between its marks."""
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition("<!-- rules -->\n")
    README.write_text(
        f"{head}<!-- rules -->\n{rule_table()}<!-- /rules -->{rest.partition('<!-- /rules -->')[2]}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()

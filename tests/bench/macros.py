"""How long it takes to find and to fill the macros of 10,000 postback templates; goal: under one second for finding.

Run: ``python tests/bench/macros.py``.
"""

from itertools import cycle, islice
from time import perf_counter
from urllib.parse import quote

from postback_wizard.domain.macros import fill, find_macros

TEMPLATES = 10_000
ROUNDS = 5
GOAL_S = 1.0
SPELLINGS = (
    *("{%s}", "{{%s}}", "[%s]", "[[[%s]]]", "#%s#", "##%s##", "##%s(action)##", "%%%s%%", "%%%%%s%%%%", "$%s$"),
    *("${%s}", "${(%s)!}", "#{%s}", "(%s)", "{!%s!}", "{_%s}", "{url(%s)}", "__%s__", "{%s:lead=0 sale=1}", "{%s50%%}"),
)
NAMES = ("CLICKID", "PAYOUT", "STATUS", "TXID", "GOAL", "CURRENCY")


def templates() -> list[str]:
    """Every dialect in turn: six parameters each, raw, percent-encoded and without a macro."""
    shapes: list[str] = []
    for spelling in SPELLINGS:
        macros = [spelling % name for name in NAMES]
        for write in (str, lambda text: quote(text, safe="")):
            query = "&".join(f"{name.lower()}={write(macro)}" for name, macro in zip(NAMES, macros, strict=True))
            shapes.append(f"https://trk.example/postback?{query}")
        shapes.append("https://trk.example/postback?" + "&".join(f"{name.lower()}=w7k2m9x4q1" for name in NAMES))
    # Each its own text, and more of them than are remembered: what is timed is the finding, not the memory of it.
    return [f"{text}&n={number}" for number, text in enumerate(islice(cycle(shapes), TEMPLATES))]


def main() -> None:
    """Print the best of five rounds."""
    texts = templates()
    values = dict.fromkeys(NAMES, "w7k2m9x4q1")
    finding = filling = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        found = sum(len(find_macros(text)) for text in texts)
        finding = min(finding, perf_counter() - start)
        start = perf_counter()
        for text in texts:
            fill(text, values)
        filling = min(filling, perf_counter() - start)
    size = sum(map(len, texts)) / len(texts)
    print(f"{TEMPLATES:,} templates of {size:.0f} characters on average, {found:,} macros")
    print(f"finding {finding:6.3f} s   (goal: under {GOAL_S} s)")
    print(f"filling {filling:6.3f} s")


if __name__ == "__main__":
    main()

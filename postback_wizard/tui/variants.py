"""The variants of a click side by side, as rows for the screen: how each went, and what it loses. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postback_wizard.domain.contrast import GIVEN, Arrival, Contrast, contrasts, same_end
from postback_wizard.domain.finding import Level
from postback_wizard.domain.probe import Evidence, HttpEvidence
from postback_wizard.domain.text import Text
from postback_wizard.domain.url import split_url
from postback_wizard.domain.variants import device_of
from postback_wizard.steps.words import HOP
from postback_wizard.tui.rows import Row
from postback_wizard.tui.views import exchange_text

LABELS = {
    GIVEN: Text(en="as given", ru="как есть"),
    "desktop": Text(en="computer", ru="компьютер"),
    "iphone": Text(en="iPhone", ru="iPhone"),
    "android": Text(en="Android", ru="Android"),
    "no-click-id": Text(en="without click ID", ru="без click ID"),
    "http": Text(en="over http", ru="по http"),
    "https": Text(en="over https", ru="по https"),
    "slash": Text(en="with trailing slash", ru="со слешем в конце"),
    "no-slash": Text(en="no trailing slash", ru="без слеша в конце"),
}
ARRIVED: dict[Arrival, Text] = {
    "": Text(en="—", ru="—"),
    "yes": Text(en="arrives", ru="доходит"),
    "changed": Text(en="altered, hop {n}", ru="изменён, перех. {n}"),
    "replaced": Text(en="new ID, hop {n}", ru="новый ID, перех. {n}"),
    "no": Text(en="lost, hop {n}", ru="потерян, перех. {n}"),
    "none": Text(en="never appears", ru="не появился"),
}
HEAD = (
    Text(en="variant", ru="вариант"),
    Text(en="hops", ru="перех."),
    Text(en="status", ru="ответ"),
    Text(en="click ID", ru="click ID"),
)
SAME = Text(en="the same as given", ru="так же, как исходный")
LOSES = Text(en="loses {names}", ru="теряет {names}")
GAINS = Text(en="brings {names} besides", ru="сверх того приносит {names}")
PARTS = Text(en="leaves the given way at hop {n}", ru="расходится с исходным на переходе {n}")
UNFINISHED = Text(en="not followed to its end", ru="не пройден до конца")
CLICK_ID = Text(en="click ID", ru="click ID")
HOPS = Text(en="{n:hop|hops}", ru="{n:переход|перехода|переходов}")


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One variant: ``cells`` stand under HEAD, ``rest`` says where it ends and what it does otherwise.

    ``row`` is the same as one line of evidence; it opens the variant's hops.
    """

    row: Row
    cells: tuple[str, ...]
    rest: str


def variant_rows(heard: Sequence[Evidence], click_id: str, lang: str) -> tuple[VariantRow, ...]:
    """The click as given and every variant beside it; empty where none was asked for."""
    chains = contrasts(heard, click_id)
    return tuple(_row(chain, chains[0], lang) for chain in chains)


def label_of(code: str, lang: str) -> str:
    """A variant in words."""
    return LABELS[code].say(lang) if code in LABELS else code


def _row(chain: Contrast, given: Contrast, lang: str) -> VariantRow:
    label = label_of(chain.code, lang)
    if chain.code == GIVEN and chain.hops:
        label = f"{label} ({device_of(_agent(chain.hops[0]))})"
    arrived = ARRIVED[chain.arrived].say(lang, n=chain.arrived_at)
    status = str(chain.status) if chain.status else "—"
    rest = " · ".join((f"→ {chain.end}", *_differences(chain, given, lang)))
    said = (HOPS.say(lang, n=len(chain.hops)), status, f"{CLICK_ID.say(lang)}: {arrived}", rest)
    row = Row(
        _tone(chain, given),
        label,
        " · ".join(said),
        "\n\n".join(_hop_text(hop, lang) for hop in chain.hops),
        f"variant: {chain.code}",
    )
    return VariantRow(row, (label, str(len(chain.hops)), status, arrived), rest)


def _differences(chain: Contrast, given: Contrast, lang: str) -> Iterator[str]:
    if not chain.has_ended:
        yield UNFINISHED.say(lang)
    elif chain.code != GIVEN and given.has_ended:
        found = [
            *([LOSES.say(lang, names=", ".join(chain.lost))] if chain.lost else []),
            *([GAINS.say(lang, names=", ".join(chain.gained))] if chain.gained else []),
            *([PARTS.say(lang, n=chain.parts_at)] if chain.parts_at else []),
        ]
        yield from found or [SAME.say(lang)]


def _tone(chain: Contrast, given: Contrast) -> Level:
    if not chain.has_ended or not chain.has_landed:
        return Level.WARN
    if chain.arrived in ("no", "changed", "none"):
        return Level.BAD
    return Level.GOOD if not chain.lost and same_end(chain, given) else Level.INFO


def _agent(hop: HttpEvidence) -> str:
    return next((value for name, value in hop.request.headers if name.lower() == "user-agent"), "")


def _hop_text(hop: HttpEvidence, lang: str) -> str:
    status = hop.answer.status if hop.answer else "—"
    return f"═ {HOP.say(lang, n=hop.hop)}: {split_url(hop.request.url).host} {status} ═\n{exchange_text(hop, lang)}"

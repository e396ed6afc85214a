"""The appendix of a hop: a table of its parameters that no text can break, masked like the rest."""

import pytest

from postback_wizard.checks import example
from postback_wizard.checks.samples import chain
from postback_wizard.domain.case import Case
from postback_wizard.report.hops import MOST, passage
from postback_wizard.report.markdown import render

ID = "w7k2m9x4q1"
TRACKER = "https://trk.example/c/7?source=12"


def case_of(*urls: str) -> Case:
    return example(*chain(*urls), click_url=TRACKER).case


def told(*urls: str, number: int = 2, lang: str = "en") -> list[str]:
    case = case_of(*urls)
    return "\n".join(passage(case, case.trace()[number - 1], lang)).splitlines()


CHAIN = (TRACKER, f"https://net.example/o?aff_sub={ID}&l=en&p=A1B2C3", "https://shop.example/?l=en&p=a1b2c3&x=1")


@pytest.mark.parametrize(
    "row",
    [
        f"| `aff_sub` | lost | `{ID}` | |",
        "| `p` | changed: lower-cased | `A1B2C3` | `a1b2c3` |",
        "| `l` | kept | `en` | `en` |",
        "| `x` | added | | `1` |",
    ],
)
def test_each_parameter_is_a_row(row: str) -> None:
    assert row in told(*CHAIN)


def test_the_rows_speak_russian_too() -> None:
    assert f"| `aff_sub` | потерян | `{ID}` | |" in told(*CHAIN, lang="ru")


def test_the_last_hop_has_no_table() -> None:
    assert not any(line.startswith("|") for line in told(*CHAIN, number=3))


@pytest.mark.parametrize("value", ["a|b|c|d|e", "one\ntwo|x", "`|`", "\x1b[2J", "x" * 4000])
def test_a_hostile_value_stays_in_its_cell(value: str) -> None:
    rows = [line for line in told(TRACKER, f"https://n.example/?q={value}", "https://s.example/") if line[:1] == "|"]
    assert len(rows) == 3
    assert "\x1b" not in "".join(rows)


def test_a_renamed_value_inside_another_names_it_safely() -> None:
    rows = told(TRACKER, f"https://n.example/?cid={ID}", f"https://s.example/?a%0a|b=https%3A%2F%2Fx%2F%3Fc%3D{ID}")
    assert [row for row in rows if "moved" in row] == [rf"| `cid` | moved: into the value of a\\n\|b | `{ID}` | |"]


def test_thousands_of_parameters_are_counted() -> None:
    query = "&".join(f"a{number}=1" for number in range(MOST + 5))
    assert told(TRACKER, f"https://n.example/?{query}", "https://s.example/")[-1] == "… and 5 more."


def test_a_secret_is_masked_in_the_table_too() -> None:
    secret = "canary-secret-value"
    urls = (TRACKER, f"https://net.example/o?aff_sub={ID}&token={secret}", f"https://s.example/?t={secret}")
    assert secret not in render(case_of(*urls), "en", "internal").text

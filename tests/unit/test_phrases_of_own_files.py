"""The answers of users' own platform files are words of the dictionary."""

from collections.abc import Iterator

import pytest

from postback_wizard import catalogue
from postback_wizard.catalogue import CatalogueError
from postback_wizard.catalogue.decoding import decode
from postback_wizard.catalogue.own import OwnFile
from postback_wizard.checks import example
from postback_wizard.checks.callback.partner_says import check
from postback_wizard.domain.text import Text


def file(*answers: tuple[str, str], name: str = "mine") -> OwnFile:
    rows = "".join(
        f'[[accepts.errors]]\ncontains = "{said}"\nmeans = {{ en = "A {{b}}.", ru = "Б {{b}}." }}\n{modes}\nsrc = [1]\n'
        for said, modes in answers
    )
    return f"{name}.toml", f'id = "{name}"\nname = "Mine Net"\nkind = "network"\nsources = ["our manager"]\n{rows}'


UNKNOWN = 'modes = ["unknown-click-id"]'
TOKEN = 'modes = ["auth-token-mismatch"]'


@pytest.fixture
def own() -> Iterator[list[OwnFile]]:
    """Own files that may still be added to until the catalogue is first asked."""
    files: list[OwnFile] = []
    catalogue.use_own(lambda: files)
    yield files
    catalogue.use_own(tuple)


def meant(text: str, platform: str = "") -> list[tuple[str, tuple[str, ...]]]:
    return [(item.platform, item.modes) for item in decode(text, platform)]


def test_an_answer_of_an_own_file_is_decoded(own: list[OwnFile]) -> None:
    own.append(file(("E_GONE", UNKNOWN)))
    assert meant('{"error": {"text": "E_GONE"}}') == [("mine", ("unknown-click-id",))]


def test_its_name_and_its_words_are_those_of_the_file(own: list[OwnFile]) -> None:
    own.append(file(("E_GONE", UNKNOWN)))
    [reading] = decode("E_GONE")
    assert reading.means is not None
    assert (reading.name, reading.means.say("ru"), reading.sources) == ("Mine Net", "Б {b}.", ("our manager",))


def test_the_finding_of_a_case_speaks_of_it(own: list[OwnFile]) -> None:
    own.append(file(("lead is a stranger to us", UNKNOWN)))
    [finding] = check(example(partner_message="Sorry, the lead is a stranger to us.").case)
    assert (finding.code, finding.values["platform"]) == ("partner-message-decoded", "Mine Net")


def test_several_modes_are_ambiguous(own: list[OwnFile]) -> None:
    own.append(file(("E_GONE", 'modes = ["unknown-click-id", "macro-empty"]')))
    assert [item.ambiguous for item in decode("E_GONE")] == [True]


@pytest.mark.parametrize(
    ("text", "platform", "count"), [("17", "", 0), ("17", "mine", 1), ("Mine Net: error 17", "", 1)]
)
def test_a_bare_number_wants_its_platform_named(own: list[OwnFile], text: str, platform: str, count: int) -> None:
    own.append(file(("17", UNKNOWN)))
    assert len(decode(text, platform)) == count


def test_an_everyday_word_is_not_read_within_a_sentence(own: list[OwnFile]) -> None:
    own.append(file(("declined", UNKNOWN)))
    assert (meant("The card was declined yesterday."), len(meant("declined"))) == ([], 1)


def test_a_file_in_place_of_a_shipped_one_has_the_last_word(own: list[OwnFile]) -> None:
    own.append(file(("broken  CLICKID", TOKEN), name="affise"))
    assert meant("Broken clickid") == [("affise", ("auth-token-mismatch",))]


def test_the_other_words_of_a_shipped_platform_stay(own: list[OwnFile]) -> None:
    own.append(file(("E_GONE", TOKEN), name="affise"))
    assert meant("Conversion exists", "affise") == [("affise", ("legit-repeat-suppressed",))]


def test_an_answer_of_signs_alone_is_left_out(own: list[OwnFile]) -> None:
    own.append(file(("!?", UNKNOWN), ("E_GONE", UNKNOWN)))
    assert (meant("!?"), len(meant("E_GONE"))) == ([], 1)


def test_a_file_that_cannot_be_read_harms_no_words(own: list[OwnFile]) -> None:
    unreadable = CatalogueError("", Text(en="gone", ru="нет"))
    own += [("bad.toml", "id ="), ("worse.toml", unreadable), file(("E_GONE", UNKNOWN))]
    assert len(meant("E_GONE")) == 1


def test_without_own_files_the_shipped_words_are_back(own: list[OwnFile]) -> None:
    own.append(file(("E_GONE", UNKNOWN)))
    decode("E_GONE")
    catalogue.use_own(tuple)
    assert decode("E_GONE") == ()

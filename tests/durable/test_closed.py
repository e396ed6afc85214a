"""Closed cases, cases somebody sent, and a folder that a team shares."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postback_wizard.domain.case import Case, Round, StepRecord
from postback_wizard.domain.closing import ClosedCase, Conclusion
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Verdict
from postback_wizard.effects.closed import ClosedShelf
from postback_wizard.effects.codec import CaseError, dump_case, load_case
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.refusals import CaseForked
from postback_wizard.effects.settings import load_settings, save_settings
from postback_wizard.effects.store import CaseStore

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
AT = "2026-03-01T10:00:00.000Z"
CARD = ClosedCase("a", "Ночь", AT, Conclusion("=cmd", "fix", "who", "how", AT), ("keitaro",), ("macro-literal",), "no")

#: A case as the version before rounds and conclusions wrote it.
OLD = b"""{
 "id": "20260301-100000-k3f9", "opened_at": "2026-03-01T10:00:00.000Z",
 "facts": {"title": "old", "click_id": "abc"}, "origins": {"click_id": "typed"},
 "records": {"template": {"step": "template", "saw": {}, "finished_at": "2026-03-01T10:01:00.000Z",
  "verdict": "clear", "reason": "", "evidence": [], "findings": []}},
 "sent": [], "schema_version": 1
}"""


@pytest.fixture
def store(tmp_path: Path) -> CaseStore:
    return CaseStore(tmp_path / "cases")


def record() -> StepRecord:
    return StepRecord("click", Facts(click_id="abc"), AT, Verdict.BROKEN)


def test_a_case_of_the_version_before_opens_with_everything_it_holds() -> None:
    case = load_case(OLD)
    assert (case.facts.click_id, list(case.records), case.rounds, case.conclusion) == ("abc", ["template"], (), None)


def test_a_case_of_the_version_before_is_written_as_todays() -> None:
    assert json.loads(dump_case(load_case(OLD)))["schema_version"] == 2


def test_rounds_and_conclusion_survive_the_disk(store: CaseStore) -> None:
    case = replace(Case("a", AT), records={"click": record()}).again(AT)
    case = replace(case, conclusion=Conclusion("why", closed_at=AT))
    with store.create(case):
        pass
    assert store.read("a") == case


def test_a_round_with_a_step_under_another_name_is_no_case() -> None:
    case = replace(Case("a", AT), rounds=(Round(AT, {"event": record()}),))
    with pytest.raises(CaseError):
        load_case(dump_case(case))


def test_running_again_keeps_what_was_found_and_opens_the_case() -> None:
    case = replace(Case("a", AT), records={"click": record()}, conclusion=Conclusion("x")).again(AT)
    assert (case.records, case.conclusion, case.rounds[0].records["click"]) == ({}, None, record())


def test_running_again_twice_keeps_no_empty_round() -> None:
    case = replace(Case("a", AT), records={"click": record()}).again(AT)
    assert case.again(AT).rounds == case.rounds


def test_a_card_comes_back_as_it_was_put(tmp_path: Path) -> None:
    shelf = ClosedShelf(tmp_path / "closed")
    shelf.put(CARD)
    assert shelf.read() == (CARD,)


def test_an_opened_case_leaves_no_card(tmp_path: Path) -> None:
    shelf = ClosedShelf(tmp_path / "closed")
    shelf.put(CARD)
    shelf.take_away("a")
    assert shelf.read() == ()


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"\xff", b'{"version": 2}', b'{"version": 1, "id": 5}', b"[" * 100_000], ids=ascii
)
def test_a_damaged_card_hides_no_other(tmp_path: Path, data: bytes) -> None:
    shelf = ClosedShelf(tmp_path)
    shelf.put(CARD)
    (tmp_path / "b.json").write_bytes(data)
    assert shelf.read() == (CARD,)


def test_a_card_is_named_by_ids_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no case id"):
        ClosedShelf(tmp_path).put(replace(CARD, id="../x"))


def test_a_case_somebody_sent_is_copied_and_left_alone(store: CaseStore, tmp_path: Path) -> None:
    sent = tmp_path / "sent.json"
    sent.write_bytes(OLD)
    with store.adopt(sent, NOW) as opened:
        assert (opened.path, sent.read_bytes()) == (store.folder / "20260301-100000-k3f9.json", OLD)


def test_the_same_case_sent_twice_is_one_case(store: CaseStore, tmp_path: Path) -> None:
    sent = tmp_path / "sent.json"
    sent.write_bytes(OLD)
    store.adopt(sent, NOW).close()
    store.adopt(sent, NOW).close()
    assert len(store.list().cases) == 1


def test_another_case_under_a_taken_id_gets_its_own(store: CaseStore, tmp_path: Path) -> None:
    sent = tmp_path / "sent.json"
    sent.write_bytes(dump_case(Case("a", AT, Facts(title="theirs"))))
    store.create(Case("a", AT, Facts(title="ours"))).close()
    with store.adopt(sent, NOW) as opened:
        assert opened.path.stem == opened.case.id != "a"
    assert {item.title for item in store.list().cases} == {"ours", "theirs"}


@pytest.mark.parametrize("name", ["../../evil", "", "a/b", ".hidden"])
def test_an_id_that_is_a_path_is_replaced(store: CaseStore, tmp_path: Path, name: str) -> None:
    sent = tmp_path / "sent.json"
    sent.write_bytes(dump_case(Case(name, AT)))
    with store.adopt(sent, NOW) as opened:
        assert opened.path.parent == store.folder


@pytest.mark.parametrize("data", [b"", b"{}", b'{"schema_version": 99}', OLD[:-20]], ids=ascii)
def test_what_is_no_case_is_refused_by_its_name_and_not_moved(store: CaseStore, tmp_path: Path, data: bytes) -> None:
    sent = tmp_path / "sent.json"
    sent.write_bytes(data)
    with pytest.raises(CaseError) as refused:
        store.adopt(sent, NOW)
    assert (str(sent) in refused.value.message.say("en"), sent.read_bytes()) == (True, data)


def test_a_file_changed_past_our_lock_is_not_written_over(store: CaseStore) -> None:
    store.create(Case("a", AT)).close()
    with store.open("a") as opened:
        theirs = dump_case(Case("a", AT, Facts(title="theirs")))
        opened.path.with_name("x").write_bytes(theirs)
        opened.path.with_name("x").replace(opened.path)
        with pytest.raises(CaseForked):
            opened.save(replace(opened.case, facts=Facts(title="ours")))
        opened.save(replace(opened.case, facts=Facts(title="ours, later")))
    assert {item.title for item in store.list().cases} == {"theirs", "ours, later"}


def test_a_fork_goes_by_its_own_id(store: CaseStore) -> None:
    store.create(Case("a", AT)).close()
    with store.open("a") as opened:
        opened.path.write_bytes(dump_case(Case("a", AT, Facts(title="theirs"))))
        with pytest.raises(CaseForked) as forked:
            opened.save(opened.case)
        assert store.read(forked.value.fork).id == forked.value.fork


def settings(home: Path, text: str) -> dict[str, str]:
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text(text, encoding="utf-8")
    return {"POSTBACK_WIZARD_HOME": str(home)}


def test_cases_live_in_the_folder_of_the_team(tmp_path: Path) -> None:
    found = find_folders(settings(tmp_path / "home", f"team_folder = {json.dumps(str(tmp_path / 'team'))}"))
    assert (found.cases, found.shared, found.journal.parent) == (tmp_path / "team", True, tmp_path / "home")


def test_a_team_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    store = CaseStore(tmp_path / "share", shared=True)
    with pytest.raises(FileNotFoundError):
        store.create(Case("a", AT))
    assert not store.folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_files_in_a_team_folder_are_the_groups_too(tmp_path: Path) -> None:
    with CaseStore(tmp_path, shared=True).create(Case("a", AT)) as opened:
        assert opened.path.stat().st_mode & 0o777 == 0o660


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_the_rights_of_a_team_folder_are_not_ours(tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir(0o770)
    team.chmod(0o770)
    find_folders(settings(tmp_path / "home", f"team_folder = {json.dumps(str(team))}")).tighten()
    assert team.stat().st_mode & 0o777 == 0o770


def test_the_team_folder_survives_a_change_of_language(tmp_path: Path) -> None:
    environment = settings(tmp_path, f"team_folder = {json.dumps(str(tmp_path))}")
    path = find_folders(environment).settings
    save_settings(replace(load_settings(path, environment), language="ru"), path)
    assert load_settings(path, environment).team_folder == str(tmp_path)

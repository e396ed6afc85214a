"""The folder of cases: references, locks, damage, versions, and files only where they belong."""

import json
import random
import re
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from subprocess import Popen

import pytest

from postback_wizard.domain.case import SCHEMA_VERSION, Case
from postback_wizard.domain.facts import Facts
from postback_wizard.effects.codec import CaseError, dump_case
from postback_wizard.effects.refusals import CaseNotFound, CaseReadOnly
from postback_wizard.effects.store import CaseStore

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
AT = "2026-03-01T10:00:00.000Z"
Start = Callable[..., "Popen[str]"]

HOLD = """
import sys
from pathlib import Path
from postback_wizard.effects.store import CaseStore
opened = CaseStore(Path(sys.argv[1])).open(sys.argv[2])
print("read-only" if opened.read_only else "holding", flush=True)
sys.stdin.readline()
opened.close()
print("closed", flush=True)
sys.stdin.readline()
"""

COUNT = """
import sys
from dataclasses import replace
from pathlib import Path
from postback_wizard.effects.store import CaseStore
store, left = CaseStore(Path(sys.argv[1])), 50
while left:
    with store.open("counter") as opened:
        if not opened.read_only:
            count = int(opened.case.facts.title) + 1
            opened.save(replace(opened.case, facts=replace(opened.case.facts, title=str(count))))
            left -= 1
print("done", flush=True)
"""


def keep(store: CaseStore, name: str, title: str = "", at: str = AT) -> Path:
    """A stored case that nobody holds."""
    with store.create(Case(name, at, Facts(title=title))) as opened:
        return opened.path


def rewritten(path: Path, **values: object) -> bytes:
    """The file with some keys replaced, as another program might have left it."""
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **values}))
    return path.read_bytes()


def everything(folder: Path) -> set[str]:
    return {str(item.relative_to(folder)) for item in folder.rglob("*") if item.suffix != ".lock"}


# -- ids and references -----------------------------------------------------------------------------------------


def test_an_id_is_the_utc_time_and_some_chance(store: CaseStore) -> None:
    moscow = timezone(timedelta(hours=3))
    assert re.fullmatch(r"20260301-100000-[0-9a-z]{4}", store.new_id(NOW.astimezone(moscow)))


def test_ids_of_the_same_second_differ(store: CaseStore) -> None:
    assert len({store.new_id(NOW) for _ in range(50)}) > 45


def test_a_created_case_is_on_disk_at_once(store: CaseStore, rich_case: Case) -> None:
    with store.create(rich_case) as opened:
        assert opened.path.read_bytes() == dump_case(rich_case)


def test_a_case_opens_by_id(store: CaseStore) -> None:
    keep(store, "20260301-100000-aaaa", "first")
    with store.open("20260301-100000-aaaa") as opened:
        assert opened.case.facts.title == "first"


def test_a_case_opens_by_the_beginning_of_its_id(store: CaseStore) -> None:
    keep(store, "20260301-100000-aaaa", "first")
    keep(store, "20260302-100000-bbbb", "second")
    with store.open("20260302") as opened:
        assert opened.case.facts.title == "second"


def test_a_whole_id_wins_over_a_longer_one(store: CaseStore) -> None:
    keep(store, "a", "short")
    keep(store, "ab", "long")
    with store.open("a") as opened:
        assert opened.case.facts.title == "short"


def test_a_case_opens_by_path_where_it_is(store: CaseStore, tmp_path: Path) -> None:
    elsewhere = tmp_path / "from a colleague.json"
    elsewhere.write_bytes(dump_case(Case("x", AT, Facts(title="sent"))))
    with store.open(str(elsewhere)) as opened:
        opened.save(replace(opened.case, facts=Facts(title="edited")))
    assert b"edited" in elsewhere.read_bytes()


def test_an_ambiguous_reference_names_the_candidates(store: CaseStore) -> None:
    keep(store, "20260301-100000-aaaa")
    keep(store, "20260301-100000-bbbb")
    with pytest.raises(CaseNotFound) as caught:
        store.open("2026")
    assert caught.value.ambiguous
    assert caught.value.candidates == ("20260301-100000-aaaa", "20260301-100000-bbbb")


def test_an_unknown_reference_names_what_is_near(store: CaseStore) -> None:
    keep(store, "20260301-100000-aaaa")
    with pytest.raises(CaseNotFound) as caught:
        store.open("20260301-100001-aaaa")
    assert (caught.value.ambiguous, caught.value.candidates) == (False, ("20260301-100000-aaaa",))


@pytest.mark.parametrize(
    "ref",
    ["", "..", "../", "../none", "a\0b", "a" * 300, "/" + "a" * 300, "a/" * 3000, "/dev/null", "C*", "*", "\ud800"],
    ids=lambda ref: ascii(ref[:20]),
)
def test_a_reference_that_is_no_case_is_not_found(store: CaseStore, ref: str) -> None:
    keep(store, "20260301-100000-aaaa")
    before = everything(store.folder.parent)
    with pytest.raises(CaseNotFound):
        store.open(ref)
    assert everything(store.folder.parent) == before


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_not_found_says_the_reference_as_it_was_given(store: CaseStore, lang: str) -> None:
    with pytest.raises(CaseNotFound) as caught:
        store.open("{clickid}\x1b[31m")
    assert "{clickid}\\x1b[31m" in caught.value.message.say(lang)


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a\0", "CON.", "x" * 65, ".hidden", "a b"])
def test_names_that_are_no_ids_of_ours_create_nothing(store: CaseStore, name: str) -> None:
    with pytest.raises(ValueError, match="id"):
        store.create(Case(name, AT))
    assert not store.folder.exists()


def test_creating_never_overwrites(store: CaseStore) -> None:
    path = keep(store, "a", "first")
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        store.create(Case("a", AT, Facts(title="second")))
    assert path.read_bytes() == before


def test_a_link_in_the_folder_is_no_case(store: CaseStore, tmp_path: Path) -> None:
    keep(store, "a")
    (tmp_path / "precious.json").write_bytes(b"precious")
    (store.folder / "link.json").symlink_to(tmp_path / "precious.json")
    with pytest.raises(CaseNotFound):
        store.open("link")
    assert [case.id for case in store.list().cases] == ["a"]


def test_a_link_in_the_place_of_a_new_case_is_not_followed(store: CaseStore, tmp_path: Path) -> None:
    store.folder.mkdir()
    (store.folder / "a.json").symlink_to(tmp_path / "precious")
    with pytest.raises(FileExistsError):
        store.create(Case("a", AT))
    assert not (tmp_path / "precious").exists()


# -- one writer at a time ---------------------------------------------------------------------------------------


def test_a_second_process_reads_only(store: CaseStore, start: Start) -> None:
    keep(store, "a")
    with store.open("a"):
        other = start(HOLD, store.folder, "a")
        assert other.stdout is not None
        assert other.stdout.readline() == "read-only\n"


def test_a_case_held_elsewhere_refuses_to_be_saved(store: CaseStore, start: Start) -> None:
    path = keep(store, "a", "old")
    other = start(HOLD, store.folder, "a")
    assert other.stdout is not None
    assert other.stdout.readline() == "holding\n"
    with store.open("a") as opened, pytest.raises(CaseReadOnly):
        opened.save(Case("a", AT, Facts(title="new")))
    assert b"old" in path.read_bytes()


def test_a_case_can_be_written_once_the_other_process_closed_it(store: CaseStore, start: Start) -> None:
    keep(store, "a")
    other = start(HOLD, store.folder, "a")
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdout.readline()
    print(file=other.stdin, flush=True)
    other.stdout.readline()
    with store.open("a") as opened:
        assert not opened.read_only


def test_the_lock_of_a_killed_process_holds_nobody_up(store: CaseStore, start: Start) -> None:
    keep(store, "a")
    other = start(HOLD, store.folder, "a")
    assert other.stdout is not None
    other.stdout.readline()
    other.kill()
    other.wait()
    with store.open("a") as opened:
        assert not opened.read_only


def test_a_second_window_of_one_process_reads_only(store: CaseStore) -> None:
    keep(store, "a")
    with store.open("a"), store.open("a") as second:
        assert (second.read_only, second.why) == (True, "busy")


def test_no_edit_of_two_processes_is_lost(store: CaseStore, start: Start) -> None:
    keep(store, "counter", "0")
    for other in [start(COUNT, store.folder) for _ in range(2)]:
        assert other.stdout is not None
        assert other.stdout.readline() == "done\n"
    assert store.read("counter").facts.title == "100"


def test_a_closed_case_cannot_be_saved(store: CaseStore) -> None:
    keep(store, "a")
    opened = store.open("a")
    opened.close()
    opened.close()
    with pytest.raises(ValueError, match="closed"):
        opened.save(opened.case)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_a_case_in_a_folder_that_cannot_be_written_reads_only(
    nobody: Callable[[], AbstractContextManager[None]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.json"
        path.write_bytes(dump_case(Case("a", AT)))
        path.chmod(0o644)
        Path(name).chmod(0o555)
        with nobody(), CaseStore(Path(name)).open("a") as opened:
            assert opened.why == "folder"
        Path(name).chmod(0o755)


def test_reading_takes_no_lock(store: CaseStore) -> None:
    path = keep(store, "a")
    path.with_name("a.json.lock").unlink()
    store.read("a")
    assert [item.name for item in store.folder.iterdir()] == ["a.json"]


# -- damage and versions ----------------------------------------------------------------------------------------


def test_a_newer_case_is_left_as_it_is(store: CaseStore) -> None:
    path = keep(store, "a")
    before = rewritten(path, schema_version=SCHEMA_VERSION + 1, surprise={})
    with pytest.raises(CaseError) as caught:
        store.open("a")
    assert (caught.value.kind, path.read_bytes()) == ("newer", before)


def test_a_damaged_case_is_put_aside_whole(store: CaseStore) -> None:
    path = keep(store, "a")
    path.write_bytes(b"{damaged")
    with pytest.raises(CaseError) as caught:
        store.open("a")
    assert (caught.value.moved, Path(caught.value.place).name) == (True, "a.corrupt-1.json")
    assert Path(caught.value.place).read_bytes() == b"{damaged"


def test_a_damaged_case_put_aside_is_never_overwritten(store: CaseStore) -> None:
    path = keep(store, "a")
    for content in (b"one", b"two"):
        path.write_bytes(content)
        with pytest.raises(CaseError):
            store.open("a")
    aside = [(store.folder / f"a.corrupt-{number}.json").read_bytes() for number in (1, 2)]
    assert aside == [b"one", b"two"]


def test_a_damaged_case_held_elsewhere_stays(store: CaseStore) -> None:
    path = keep(store, "a")
    with store.open("a"):
        path.write_bytes(b"damaged")
        with pytest.raises(CaseError) as caught:
            store.open("a")
    assert (caught.value.moved, path.read_bytes()) == (False, b"damaged")


def test_a_damaged_file_elsewhere_stays_where_it_is(store: CaseStore, tmp_path: Path) -> None:
    elsewhere = tmp_path / "notes.txt"
    elsewhere.write_bytes(b"not a case")
    with pytest.raises(CaseError) as caught:
        store.open(str(elsewhere))
    assert (caught.value.moved, elsewhere.read_bytes()) == (False, b"not a case")


def test_a_file_that_is_no_case_gets_no_lock_beside_it(store: CaseStore, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"not a case")
    with pytest.raises(CaseError):
        store.open(str(tmp_path / "notes.txt"))
    assert [item.name for item in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_message_about_damage_names_the_new_place(store: CaseStore, lang: str) -> None:
    keep(store, "a").write_bytes(b"")
    with pytest.raises(CaseError) as caught:
        store.open("a")
    assert caught.value.place in caught.value.message.say(lang)


def test_damage_always_leaves_the_bytes_somewhere(store: CaseStore) -> None:
    whole = dump_case(Case("a", AT, Facts(title="t")))
    keep(store, "b")
    chance = random.Random(1)
    for number in range(100):
        data = bytearray(whole[: chance.randrange(len(whole))] if number % 4 == 0 else whole)
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        (store.folder / f"a{number}.json").write_bytes(data)
        try:
            store.open(f"a{number}").close()
            place = store.folder / f"a{number}.json"
        except CaseError as error:
            place = Path(error.place)
        assert place.read_bytes() == bytes(data)


def test_a_file_saved_over_keeps_what_was_there_when_the_case_cannot_be_written(store: CaseStore) -> None:
    path = keep(store, "a", "old")
    broken = Case("a", AT, Facts(headers={"x": float("nan")}))  # type: ignore[dict-item]  # a fault of the program
    with store.open("a") as opened, pytest.raises(ValueError, match="JSON compliant"):
        opened.save(broken)
    assert b"old" in path.read_bytes()


# -- the list ---------------------------------------------------------------------------------------------------


def test_a_folder_that_does_not_exist_lists_nothing(store: CaseStore) -> None:
    assert store.list().cases == ()


def test_the_list_is_newest_first(store: CaseStore) -> None:
    for day in ("02", "03", "01"):
        keep(store, f"case-{day}", at=f"2026-03-{day}T10:00:00.000Z")
    assert [case.id for case in store.list().cases] == ["case-03", "case-02", "case-01"]


def test_the_list_says_what_each_step_amounts_to(store: CaseStore, rich_case: Case) -> None:
    store.create(rich_case).close()
    (summary,) = store.list().cases
    assert summary.title == rich_case.facts.title
    assert summary.verdicts == {
        "click": "broken", "event": "not-checked", "replay": "suspect", "template": "broken"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "corrupt"),
        (b"[]", "corrupt"),
        (b"[" * 100_000, "corrupt"),
        (b"\xff\xfe\x00", "corrupt"),
        (b'{"schema_version": 1, "opened_at": 1}', "corrupt"),
        (b'{"schema_version": 1, "opened_at": "", "records": []}', "corrupt"),
        (b'{"schema_version": 1, "opened_at": "", "records": {"click": 1}}', "corrupt"),
        (b'{"schema_version": 1, "opened_at": "", "facts": 1}', "corrupt"),
        (b'{"schema_version": 99}', "newer"),
    ],
    ids=lambda value: repr(value[:60]),
)
def test_a_file_that_is_no_case_is_listed_as_a_problem_beside_the_others(
    store: CaseStore, content: bytes, kind: str
) -> None:
    keep(store, "good")
    (store.folder / "bad.json").write_bytes(content)
    listing = store.list()
    assert [case.id for case in listing.cases] == ["good"]
    assert [(problem.path.name, problem.kind) for problem in listing.problems] == [("bad.json", kind)]


def test_listing_changes_nothing(store: CaseStore) -> None:
    keep(store, "a").write_bytes(b"damaged")
    before = everything(store.folder)
    store.list()
    assert everything(store.folder) == before


def test_files_put_aside_are_not_listed(store: CaseStore) -> None:
    keep(store, "a").write_bytes(b"damaged")
    with pytest.raises(CaseError):
        store.open("a")
    assert (store.list().cases, store.list().problems) == ((), ())


# -- rights -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_nothing_in_the_folder_is_anybody_elses(store: CaseStore) -> None:
    keep(store, "a")
    found = {stat.S_IMODE(item.stat().st_mode) & 0o077 for item in (store.folder, *store.folder.iterdir())}
    assert found == {0}

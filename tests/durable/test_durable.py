"""Writing a file: order of system calls, rights, failures, leftovers."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from postback_wizard.effects.durable import make_folder, sweep, write_file

if sys.platform == "win32":
    pytest.skip("POSIX rights and limits", allow_module_level=True)

import resource


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """The rights a program may inherit from whatever started it."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture
def small_files() -> Iterator[int]:
    """No file may grow beyond this many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    yield 1000
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, handler)


def calls_of(task: Callable[[], object]) -> list[str]:
    """The system calls of a task, in order."""
    found: list[str] = []

    def note(_frame: object, event: str, function: object) -> None:
        if event == "c_call" and getattr(function, "__module__", "") == "posix":
            found.append(getattr(function, "__name__", ""))

    sys.setprofile(note)
    try:
        task()
    finally:
        sys.setprofile(None)
    return found


def test_data_is_synced_before_the_rename_and_the_name_after_it(tmp_path: Path) -> None:
    wanted = ("open", "write", "fsync", "replace")
    calls = [name for name in calls_of(lambda: write_file(tmp_path / "a", b"x")) if name in wanted]
    assert calls == ["open", "write", "fsync", "replace", "open", "fsync"]


def test_content_is_replaced_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"a longer text")
    write_file(tmp_path / "a", b"short")
    assert (tmp_path / "a").read_bytes() == b"short"


@pytest.mark.usefixtures("umask")
def test_a_file_is_its_owners_alone_under_any_umask(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"x")
    assert mode(tmp_path / "a") == 0o600


@pytest.mark.usefixtures("umask")
def test_created_folders_are_their_owners_alone_under_any_umask(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert [mode(tmp_path / "a"), mode(tmp_path / "a" / "b")] == [0o700, 0o700]


def test_a_folder_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o755)
    (tmp_path / "a").chmod(0o755)
    write_file(tmp_path / "a" / "b", b"x")
    assert mode(tmp_path / "a") == 0o755


def test_a_wide_open_file_is_closed_when_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "a").chmod(0o666)
    write_file(tmp_path / "a", b"x")
    assert mode(tmp_path / "a") == 0o600


def test_a_full_disk_leaves_the_old_content(tmp_path: Path, small_files: int) -> None:
    write_file(tmp_path / "a", b"old")
    with pytest.raises(OSError, match=r"\w"):
        write_file(tmp_path / "a", b"x" * (small_files + 1))
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_full_disk_leaves_no_temporary_file(tmp_path: Path, small_files: int) -> None:
    with pytest.raises(OSError, match=r"\w"):
        write_file(tmp_path / "a", b"x" * (small_files + 1))
    assert list(tmp_path.iterdir()) == []


def test_writing_works_again_when_there_is_room(tmp_path: Path, small_files: int) -> None:
    with pytest.raises(OSError, match=r"\w"):
        write_file(tmp_path / "a", b"x" * (small_files + 1))
    write_file(tmp_path / "a", b"x" * small_files)
    assert (tmp_path / "a").stat().st_size == small_files


def test_a_folder_in_the_place_of_the_file_is_an_error_without_leftovers(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(OSError, match=r"\w"):
        write_file(tmp_path / "a", b"x")
    assert [item.name for item in tmp_path.iterdir()] == ["a"]


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OSError, match=r"\w"):
        write_file(tmp_path / "a" / "b", b"x")


def test_a_folder_that_cannot_be_written_is_an_error(nobody: Callable[[], AbstractContextManager[None]]) -> None:
    with nobody(), pytest.raises(OSError, match=r"\w"):
        write_file(Path("/proc/a"), b"x")


def test_a_link_in_the_place_of_the_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"precious")
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    write_file(tmp_path / "a", b"x")
    assert ((tmp_path / "elsewhere").read_bytes(), (tmp_path / "a").is_symlink()) == (b"precious", False)


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def test_the_temporary_file_of_a_dead_writer_is_swept(tmp_path: Path) -> None:
    (tmp_path / f".tmp-{dead_process()}-abc").touch()
    assert (sweep(tmp_path), list(tmp_path.iterdir())) == (1, [])


def test_the_temporary_file_of_a_live_writer_stays(tmp_path: Path) -> None:
    (tmp_path / f".tmp-{os.getpid()}-abc").touch()
    assert sweep(tmp_path) == 0


def test_an_old_temporary_file_is_swept_whoever_has_its_number_now(tmp_path: Path) -> None:
    temp = tmp_path / f".tmp-{os.getpid()}-abc"
    temp.touch()
    os.utime(temp, (0, 0))
    assert sweep(tmp_path) == 1


def test_sweeping_touches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.json").touch()
    (tmp_path / ".tmp-1-folder").mkdir()
    assert (sweep(tmp_path), len(list(tmp_path.iterdir()))) == (0, 2)


def test_sweeping_a_folder_that_does_not_exist_is_nothing(tmp_path: Path) -> None:
    assert sweep(tmp_path / "none") == 0

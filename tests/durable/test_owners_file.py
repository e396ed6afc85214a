"""The file of corrected host owners: what is written is read, what is damaged is named and left alone."""

import os
import stat
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.catalogue.owners import OwnerMark, marked_owners, use_owners
from postback_wizard.commands.owners import OwnerBook
from postback_wizard.effects.owners import OwnersError, OwnersFile

NETWORK = OwnerMark("network", "everflow")


@pytest.fixture
def file(tmp_path: Path) -> OwnersFile:
    return OwnersFile(tmp_path / "config" / "owners.json", patience_s=0)


def damaged(file: OwnersFile, content: bytes) -> str:
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_bytes(content)
    with pytest.raises(OwnersError) as caught:
        file.load()
    assert caught.value.message.say("ru")
    return caught.value.message.say("en")


def test_without_a_file_nothing_was_said(file: OwnersFile) -> None:
    assert file.load() == {}


def test_what_was_said_is_read_again(file: OwnersFile) -> None:
    file.remember("Net.Example.", NETWORK)
    file.remember("shop.example", OwnerMark("advertiser"))
    assert file.load() == {"net.example": NETWORK, "shop.example": OwnerMark("advertiser")}


def test_what_is_taken_back_is_gone_and_nothing_else(file: OwnersFile) -> None:
    file.remember("net.example", NETWORK)
    file.remember("shop.example", OwnerMark("advertiser"))
    file.remember("net.example", None)
    assert file.load() == {"shop.example": OwnerMark("advertiser")}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_file_is_the_users_alone(file: OwnersFile) -> None:
    file.remember("net.example", NETWORK)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"{", "line 1"),
        (b"\xff", "damaged"),
        (b"[]", "a table"),
        (b'{"version": 2}', "version is 2"),
        (b'{"version": 1, "hosts": []}', "hosts"),
        (b'{"version": 1, "hosts": {"a.example": {"role": "king"}}}', "hosts.a.example.role"),
        (b'{"version": 1, "hosts": {"a.example": {"role": "network", "name": 7}}}', "hosts.a.example.name"),
        (b'{"version": 1, "hosts": {"A.example": {"role": "network"}}}', "A.example"),
        (b'{"version": 1, "hosts": {"a": {"role": "network"}, "a": {"role": "network"}}}', "damaged"),
    ],
)
def test_a_damaged_file_is_named_with_what_is_wrong(file: OwnersFile, content: bytes, named: str) -> None:
    said = damaged(file, content)
    assert named in said
    assert str(file.path) in said


def test_a_damaged_file_is_never_written_over(file: OwnersFile) -> None:
    damaged(file, b"{precious")
    with pytest.raises(OwnersError):
        file.remember("net.example", NETWORK)
    assert file.path.read_bytes() == b"{precious"


def test_a_mark_that_could_not_be_read_again_is_not_written(file: OwnersFile) -> None:
    file.remember("net.example", NETWORK)
    with pytest.raises(OwnersError):
        file.remember("x" * 300, NETWORK)
    assert file.load() == {"net.example": NETWORK}


def test_another_writer_is_waited_for_and_then_named(file: OwnersFile) -> None:
    file.path.parent.mkdir()
    with FileLock(file.path.with_name("owners.json.lock")), pytest.raises(OwnersError) as caught:
        file.remember("net.example", NETWORK)
    assert "Another program" in caught.value.message.say("en")


@given(st.text(min_size=1, max_size=40), st.text(max_size=80))
def test_any_host_and_name_is_read_as_it_was_said(
    tmp_path_factory: pytest.TempPathFactory, host: str, name: str
) -> None:
    file = OwnersFile(tmp_path_factory.mktemp("owners") / "owners.json")
    key = host.lower().rstrip(".")
    if not key or key.lower() != key:
        return
    file.remember(host, OwnerMark("tracker", name))
    assert file.load() == {key: OwnerMark("tracker", name)}


@pytest.fixture
def book(file: OwnersFile) -> OwnerBook:
    return OwnerBook(file)


def test_what_is_said_counts_at_once(book: OwnerBook) -> None:
    book.remember("net.example", NETWORK)
    assert marked_owners() == {"net.example": NETWORK}
    use_owners(dict)


def test_what_is_said_in_practice_reaches_no_file(book: OwnerBook, file: OwnersFile) -> None:
    book.remember("network.localhost", NETWORK, passing=True)
    assert (marked_owners(), file.path.exists()) == ({"network.localhost": NETWORK}, False)
    use_owners(dict)


def test_a_damaged_file_counts_as_empty_and_is_named(book: OwnerBook, file: OwnersFile) -> None:
    damaged(file, b"{")
    fault = book.fault()
    assert book.read() == {}
    assert fault is not None
    assert str(file.path) in fault.say("en")

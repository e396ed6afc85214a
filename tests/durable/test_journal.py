"""The journal of sends: on disk before anything leaves, whole after any death, one line at a time."""

import json
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen

import pytest
from filelock import FileLock

from postback_wizard.domain.probe import HttpProbe
from postback_wizard.effects.journal import SEEN, Journal, dedup_key, request_digest

AT = "2026-03-01T10:00:00.000Z"
PROBE = HttpProbe("replay", "GET", "https://P.example/cb?click_id=1&sum=2", (("x", "y"),), "")

WRITE_MANY = """
import sys
from pathlib import Path
from postback_wizard.domain.probe import HttpProbe
from postback_wizard.effects.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(100):
    intent = journal.intend(sys.argv[2], HttpProbe("r", "GET", "http://p.example/?n=%d" % number), "")
    if number % 2:
        journal.settle(intent, "answered", ("OK_2XX",))
print("done", flush=True)
"""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "data" / "journal.jsonl")


@pytest.fixture
def full_disk(journal: Journal) -> Iterator[Callable[[], None]]:
    """Called, it lets the journal grow by ten more bytes only."""
    if sys.platform == "win32":
        pytest.skip("needs resource limits")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (journal.path.stat().st_size + 10, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, handler)


def test_a_journal_that_does_not_exist_is_empty(journal: Journal) -> None:
    assert journal.unsettled() == ()


def test_an_intent_is_on_disk_when_its_id_is_returned(journal: Journal) -> None:
    intent = journal.intend("case", PROBE, AT)
    assert json.loads(journal.path.read_bytes())["intent"] == intent


def test_an_intent_is_synced_with_its_folder_before_it_is_returned(journal: Journal) -> None:
    names: list[str] = []

    def note(_frame: object, event: str, function: object) -> None:
        if event == "c_call" and getattr(function, "__module__", "") == "posix":
            names.append(getattr(function, "__name__", ""))

    journal.path.parent.mkdir()
    sys.setprofile(note)
    try:
        journal.intend("case", PROBE, AT)
    finally:
        sys.setprofile(None)
    assert [name for name in names if name in ("write", "fsync")] == ["write", "fsync", "fsync"]


def test_an_intent_without_result_says_what_was_to_be_sent(journal: Journal) -> None:
    intent = journal.intend("case", PROBE, AT)
    (found,) = journal.unsettled()
    assert (found.id, found.case_id, found.at, found.method, found.url) == (intent, "case", AT, "GET", PROBE.url)
    assert found.sha256 == request_digest(PROBE)


def test_a_settled_intent_is_no_longer_open(journal: Journal) -> None:
    journal.settle(journal.intend("case", PROBE, AT), "answered", ("OK_2XX",))
    assert journal.unsettled() == ()


def test_an_acknowledged_intent_is_no_longer_open(journal: Journal) -> None:
    journal.acknowledge(journal.intend("case", PROBE, AT))
    (found,) = journal.sent_before(dedup_key(PROBE))
    assert (journal.unsettled(), found.outcome) == ((), (SEEN,))


def test_what_was_sent_or_may_have_been_is_found_again_in_any_case(journal: Journal) -> None:
    journal.settle(journal.intend("one", PROBE, AT), "answered", ("OK_2XX",))
    journal.intend("two", PROBE, AT)
    found = journal.sent_before(dedup_key(PROBE))
    assert [(item.case_id, item.delivery) for item in found] == [("one", "answered"), ("two", "")]


def test_what_never_left_was_not_sent_before(journal: Journal) -> None:
    journal.settle(journal.intend("case", PROBE, AT), "not-sent", ("DNS_NXDOMAIN",))
    assert journal.sent_before(dedup_key(PROBE)) == ()


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://p.example/cb?sum=2&click_id=1", ""),
        ("https://p.example:443/cb?click_id=1&sum=2#x", ""),
        ("https://p.example/cb?click%5Fid=1&sum=2", ""),
    ],
)
def test_the_same_conversion_written_otherwise_has_the_same_key(url: str, body: str) -> None:
    assert dedup_key(HttpProbe("r", "POST", url, body=body)) == dedup_key(PROBE)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://p.example/cb?click_id=2&sum=2", ""),
        ("https://p.example/other?click_id=1&sum=2", ""),
        ("https://q.example/cb?click_id=1&sum=2", ""),
        ("https://p.example/cb?click_id=1&sum=2", "click=1"),
    ],
)
def test_another_conversion_has_another_key(url: str, body: str) -> None:
    assert dedup_key(HttpProbe("r", "GET", url, body=body)) != dedup_key(PROBE)


def test_an_event_keeps_its_key_when_only_its_time_differs() -> None:
    first, second = (
        HttpProbe("u", "POST", "https://g.example/e", body=f'{{"data": [{{"event_id": "7", "event_time": {time}}}]}}')
        for time in (1, 2)
    )
    assert dedup_key(first) == dedup_key(second)


def test_the_digest_covers_every_part_of_a_request() -> None:
    requests = [
        PROBE,
        HttpProbe("r", "POST", PROBE.url, PROBE.headers, ""),
        HttpProbe("r", "GET", PROBE.url + "&", PROBE.headers, ""),
        HttpProbe("r", "GET", PROBE.url, (), ""),
        HttpProbe("r", "GET", PROBE.url, PROBE.headers, "x"),
        HttpProbe("r", "GET", PROBE.url, PROBE.headers, "", without=("user-agent",)),
    ]
    assert len({request_digest(probe) for probe in requests}) == len(requests)


@pytest.mark.parametrize("torn", [b'{"intent": "b", "case"', b"{", b"\x00" * 512, b"\xff\xfe", b"[" * 100_000, b"[1]"])
def test_a_torn_last_line_hides_no_other(journal: Journal, torn: bytes) -> None:
    first = journal.intend("one", PROBE, AT)
    with journal.path.open("ab") as file:
        file.write(torn)
    second = journal.intend("two", PROBE, AT)
    assert [item.id for item in journal.unsettled()] == [first, second]


def test_half_characters_in_a_request_are_no_obstacle(journal: Journal) -> None:
    journal.intend("case", HttpProbe("r", "GET", "http://p.example/?a=\udcff\n", (), "\ud800"), AT)
    assert journal.unsettled()[0].url == "http://p.example/?a=\udcff\n"


def test_a_full_disk_refuses_the_intent(journal: Journal, full_disk: Callable[[], None]) -> None:
    journal.intend("one", PROBE, AT)
    full_disk()
    with pytest.raises(OSError, match=r"\w"):
        journal.intend("two", PROBE, AT)


def test_a_full_disk_leaves_no_half_line(journal: Journal, full_disk: Callable[[], None]) -> None:
    journal.intend("one", PROBE, AT)
    before = journal.path.read_bytes()
    full_disk()
    with pytest.raises(OSError, match=r"\w"):
        journal.intend("two", PROBE, AT)
    assert journal.path.read_bytes() == before


def test_a_line_waits_for_the_line_of_another(journal: Journal) -> None:
    journal.intend("one", PROBE, AT)
    before = journal.path.read_bytes()
    with FileLock(f"{journal.path}.lock"), pytest.raises(TimeoutError):
        Journal(journal.path, patience_s=0).intend("two", PROBE, AT)
    assert journal.path.read_bytes() == before


def test_two_processes_lose_no_line(journal: Journal, start: Callable[..., "Popen[str]"]) -> None:
    for program in [start(WRITE_MANY, journal.path, name) for name in "ab"]:
        assert program.stdout is not None
        assert program.stdout.readline() == "done\n"
    found = [item.case_id for item in journal.unsettled()]
    assert (found.count("a"), found.count("b")) == (50, 50)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_the_journal_is_its_owners_alone_under_an_open_umask(journal: Journal) -> None:
    before = os.umask(0)
    try:
        journal.intend("case", PROBE, AT)
    finally:
        os.umask(before)
    folder = journal.path.parent
    assert {stat.S_IMODE(item.stat().st_mode) & 0o077 for item in (folder, *folder.iterdir())} == {0}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_the_place_of_the_journal_is_refused(journal: Journal, tmp_path: Path) -> None:
    journal.path.parent.mkdir()
    journal.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=r"\w"):
        journal.intend("case", PROBE, AT)
    assert not (tmp_path / "elsewhere").exists()


def test_the_same_conversion_is_found_in_another_request(journal: Journal) -> None:
    other = HttpProbe("replay", "GET", "https://elsewhere.example/p?x=order-1001&y=2")
    journal.settle(journal.intend("case-2", other, "2026-02-28T09:00:00Z"), "answered", ("OK_2XX",))
    assert [item.at for item in journal.sent_with(("order-1001",))] == ["2026-02-28T09:00:00Z"]


def test_an_id_that_is_only_part_of_a_value_is_another(journal: Journal) -> None:
    other = HttpProbe("replay", "GET", "https://elsewhere.example/p?x=order-10012")
    journal.settle(journal.intend("case-2", other, "2026-02-28T09:00:00Z"), "answered", ("OK_2XX",))
    assert journal.sent_with(("order-1001", "")) == ()


ELSEWHERE = "https://elsewhere.example/p"
CARRIED = {
    "a path": HttpProbe("r", "GET", f"{ELSEWHERE}/order-1001/done"),
    "an encoded parameter": HttpProbe("r", "GET", f"{ELSEWHERE}?x=%6Frder-1001"),
    "a form": HttpProbe("r", "POST", ELSEWHERE, body="a=1&tx=order%2D1001"),
    "JSON": HttpProbe("r", "POST", ELSEWHERE, body='{"data": [{"order": {"id": "order-1001"}}]}'),
    "XML": HttpProbe("r", "POST", ELSEWHERE, body="<o><id>order-1001</id></o>"),
    "a multipart body": HttpProbe(
        "r", "POST", ELSEWHERE, body='--b\r\nContent-Disposition: form-data; name="tx"\r\n\r\norder-1001\r\n--b--'
    ),
    "a header": HttpProbe("r", "GET", ELSEWHERE, (("X-Order", "order-1001"),)),
    "a cookie": HttpProbe("r", "GET", ELSEWHERE, (("Cookie", "lang=en; cid=order-1001"),)),
}


@pytest.mark.parametrize("place", CARRIED)
def test_a_conversion_is_found_wherever_its_id_stood(place: str, journal: Journal) -> None:
    journal.settle(journal.intend("other-case", CARRIED[place], AT), "sent", ("NO_ANSWER",))
    assert [item.at for item in journal.sent_with(("order-1001",))] == [AT]


@pytest.mark.parametrize("place", CARRIED)
def test_another_conversion_in_the_same_place_is_not_taken_for_it(place: str, journal: Journal) -> None:
    journal.intend("other-case", CARRIED[place], AT)
    assert journal.sent_with(("order-100", "rder-1001", "order-10011")) == ()


def test_no_body_or_cookie_is_kept_in_the_journal(journal: Journal) -> None:
    secret = HttpProbe("r", "POST", ELSEWHERE, (("Cookie", "s=canary-in-cookie"),), "mail=canary-in-body")
    journal.intend("case", secret, AT)
    assert b"canary" not in journal.path.read_bytes()


def test_a_line_of_an_older_version_is_found_by_its_address(journal: Journal) -> None:
    journal.path.parent.mkdir()
    journal.path.write_text('{"intent": "a", "case": "c", "at": "then", "url": "https://p.example/?x=order-1001"}\n')
    assert [item.at for item in journal.sent_with(("order-1001",))] == ["then"]


def test_a_value_that_fills_memory_is_no_obstacle(journal: Journal) -> None:
    journal.intend("case", HttpProbe("r", "POST", ELSEWHERE, body="[" * 200_000), AT)
    journal.intend("case", HttpProbe("r", "POST", ELSEWHERE, body="\ud800=\udcff&" + "word " * 200_000), AT)
    assert len(journal.unsettled()) == 2

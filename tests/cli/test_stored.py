"""Commands on stored cases: cases, recheck, report, paths."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

FACTS = {
    "title": "Nothing\x1b[31m arrives",
    "template": "https://t.example/p?cid={clickid}",
    "sent_request": "https://t.example/p?cid={clickid}",
}


@pytest.fixture
def stored(program: Any) -> Path:
    """A stored case with a broken template."""
    program.run("check", "-", "--offline", "--save", stdin=json.dumps(FACTS).encode())
    (path,) = (program.home / "cases").glob("*.json")
    return Path(path)


def test_an_empty_home_lists_nothing(program: Any) -> None:
    done = program.run("cases")
    assert (done.code, done.out) == (0, "")


def test_an_empty_home_is_an_empty_json_list(program: Any) -> None:
    assert json.loads(program.run("cases", "--json").out) == {"cases": [], "problems": []}


def test_a_case_is_listed_in_one_harmless_line(program: Any, stored: Path) -> None:
    (line,) = program.run("cases").out.splitlines()
    assert (stored.stem in line, r"Nothing\x1b[31m arrives" in line) == (True, True)


def test_a_damaged_file_hides_no_case(program: Any, stored: Path) -> None:
    (stored.parent / "other.json").write_bytes(b"{")
    done = program.run("cases")
    assert (done.code, len(done.out.splitlines()), len(done.sentences)) == (0, 1, 1)


@pytest.mark.parametrize("command", ["recheck", "report"])
@pytest.mark.parametrize("ref", ["no-such-case", "", "/", "../../etc/passwd", "\x1b[2J"])
def test_a_case_that_is_not_there_is_one_sentence(program: Any, command: str, ref: str) -> None:
    done = program.run(command, ref)
    assert (done.code, done.out, len(done.sentences), "\x1b" in done.err) == (2, "", 1, False)


def test_recheck_exits_like_check(program: Any, stored: Path) -> None:
    assert program.run("recheck", stored.stem).code == 1


def test_recheck_without_save_writes_nothing(program: Any, stored: Path) -> None:
    before = stored.read_bytes()
    program.run("recheck", stored.stem)
    assert stored.read_bytes() == before


def edited(path: Path) -> None:
    """Make a stored case one that older rules judged clear."""
    content = json.loads(path.read_bytes())
    del content["digest"]
    content["records"]["template"] |= {"verdict": "clear", "findings": []}
    path.write_text(json.dumps(content))


def test_recheck_says_what_today_s_rules_change(program: Any, stored: Path) -> None:
    edited(stored)
    out = program.run("recheck", stored.stem).out
    assert ("✓ clear → ✗ broken" in out, "+ macro-literal" in out) == (True, True)


def test_recheck_with_save_stores_the_new_judgement(program: Any, stored: Path) -> None:
    edited(stored)
    program.run("recheck", stored.stem, "--save")
    assert json.loads(stored.read_bytes())["records"]["template"]["verdict"] == "broken"


def test_recheck_with_save_changes_findings_and_no_evidence(program: Any, tmp_path: Path) -> None:
    log = tmp_path / "clicks.csv"
    log.write_text("time,click_id\n2026-02-28 10:00:00,w7k2m9x4q1\n2026-02-28 11:00:00,w7k2m9x4q2\n")
    facts = {"click_id": "somebody-else-9", "click_log": str(log)}
    program.run("check", "-", "--offline", "--save", stdin=json.dumps(facts).encode())
    (path,) = (program.home / "cases").glob("*.json")
    before = json.loads(path.read_bytes())
    old = {key: value for key, value in before.items() if key != "digest"}
    old["records"]["event"] |= {"verdict": "clear", "findings": []}
    path.write_text(json.dumps(old))
    program.run("recheck", path.stem, "--save")
    after = json.loads(path.read_bytes())
    kept = [case["records"]["event"]["evidence"] for case in (before, after)]
    assert kept[0] == kept[1] != []
    assert "unknown-click-id" in [finding["code"] for finding in after["records"]["event"]["findings"]]


def test_recheck_as_json_is_only_json(program: Any, stored: Path) -> None:
    assert json.loads(program.run("recheck", stored.stem, "--json").out)["diagnosis"]["code"] == "macro-literal"


def test_a_case_without_records_has_nothing_to_judge(program: Any, stored: Path) -> None:
    content = json.loads(stored.read_bytes())
    del content["digest"]
    content["records"] = {}
    stored.write_text(json.dumps(content))
    done = program.run("recheck", stored.stem)
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


@pytest.mark.parametrize("audience", ["partner", "internal", "client"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_report_is_markdown_on_standard_output(program: Any, stored: Path, audience: str, lang: str) -> None:
    done = program.run("report", stored.stem, "--for", audience, "--lang", lang)
    assert (done.code, done.out[:2], done.err, "\x1b" in done.out) == (0, "# ", "", False)


@pytest.mark.parametrize("form", ["json", "har"])
def test_a_report_for_programs_is_json(program: Any, stored: Path, form: str) -> None:
    assert isinstance(json.loads(program.run("report", stored.stem, "--format", form).out), dict)


def test_a_report_as_curl_is_a_script(program: Any, stored: Path) -> None:
    assert program.run("report", stored.stem, "--format", "curl").out.startswith("#!")


def test_a_report_goes_into_a_file(program: Any, stored: Path, tmp_path: Path) -> None:
    done = program.run("report", str(stored), "-o", str(tmp_path / "r.md"))
    assert (done.code, done.out, (tmp_path / "r.md").read_text()[:2]) == (0, "", "# ")


@pytest.mark.skipif(os.name != "posix", reason="links are a privilege elsewhere")
def test_a_report_follows_the_link_it_was_given(program: Any, stored: Path, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    (tmp_path / "real.md").write_text("old")
    program.run("report", stored.stem, "-o", str(tmp_path / "link.md"))
    assert ((tmp_path / "link.md").is_symlink(), (tmp_path / "real.md").read_text()[:2]) == (True, "# ")


def test_paths_name_what_is_below_the_home(program: Any) -> None:
    lines = program.run("paths").out.splitlines()
    assert [str(program.home) in line for line in lines] == [True] * 8


def test_paths_create_nothing(program: Any) -> None:
    program.run("paths")
    assert list(program.home.iterdir()) == []


@pytest.mark.parametrize("words", [["check", "-", "--offline", "--save"], ["recheck", "x"]])
def test_a_home_that_is_no_folder_is_one_sentence(program: Any, words: list[str]) -> None:
    (program.home / "cases").write_text("a file stands here")
    done = program.run(*words, stdin=json.dumps(FACTS).encode())
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


def test_what_closed_cases_taught_is_printed_as_markdown(program: Any, stored: Path) -> None:
    shelf = stored.parent / "closed"
    shelf.mkdir()
    ended = {
        "cause": "The macro was copied.",
        "fix": "",
        "who": "",
        "verified": "",
        "closed_at": "2026-03-01T10:00:00Z",
    }
    card = {"version": 1, "id": stored.stem, "title": "Night", "opened_at": "", "conclusion": ended}
    (shelf / f"{stored.stem}.json").write_text(json.dumps({**card, "platforms": [], "codes": [], "message": ""}))
    out = program.run("cases", "--closed").out
    assert ("## Night" in out, "The macro was copied\\." in out or "The macro was copied." in out) == (True, True)
    assert "Night" in program.run("explain", "copied").out

"""The clipboard: the tool that works is named, and a tool that does not is passed over."""

import sys
from pathlib import Path

import pytest

from postback_wizard.effects.clipboard import copy

if sys.platform == "win32":
    pytest.skip("the tools here are shell scripts", allow_module_level=True)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def put_tool(tools: Path, name: str, script: str) -> None:
    (tools / name).write_text(f"#!/bin/sh\n{script}\n")
    (tools / name).chmod(0o755)


def environment(tools: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{tools}:/usr/bin:/bin", "OUT": str(tools / "out"), "DISPLAY": ":0", **more}


def test_the_tool_that_took_the_text_is_named(tools: Path) -> None:
    put_tool(tools, "xclip", 'cat > "$OUT"')
    assert copy("клик {clickid}", environment(tools)) == "xclip"
    assert (tools / "out").read_text() == "клик {clickid}"


def test_a_tool_that_fails_is_passed_over(tools: Path) -> None:
    put_tool(tools, "xclip", "exit 1")
    put_tool(tools, "xsel", 'cat > "$OUT"')
    assert copy("x", environment(tools)) == "xsel"


def test_wayland_comes_first_where_it_is(tools: Path) -> None:
    for name in ("wl-copy", "xclip"):
        put_tool(tools, name, 'cat > "$OUT"')
    assert copy("x", environment(tools, WAYLAND_DISPLAY="wayland-0")) == "wl-copy"


def test_a_tool_for_another_system_is_given_what_it_reads(tools: Path) -> None:
    put_tool(tools, "clip.exe", 'cat > "$OUT"')
    assert copy("ы", {**environment(tools), "DISPLAY": ""}) == "clip.exe"
    assert (tools / "out").read_bytes().decode("utf-16") == "ы"


def test_without_any_tool_nothing_is_named(tools: Path) -> None:
    assert copy("x", {"PATH": str(tools), "DISPLAY": ":0"}) == ""


def test_half_characters_are_no_obstacle(tools: Path) -> None:
    put_tool(tools, "xclip", 'cat > "$OUT"')
    assert copy("a\ud800b", environment(tools)) == "xclip"


def test_a_tool_that_is_no_program_is_passed_over(tools: Path) -> None:
    (tools / "xclip").write_bytes(b"\x00\x01")
    (tools / "xclip").chmod(0o755)
    assert copy("x", environment(tools)) == ""

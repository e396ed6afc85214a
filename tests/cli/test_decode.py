"""``decode``: what is printed, and the exit codes."""

import json
from typing import Any

import pytest


def test_a_message_is_decoded_with_its_mode_and_who_mends_it(program: Any) -> None:
    done = program.run("decode", "Secure code is not valid")
    assert (done.code, done.err) == (0, "")
    assert "auth-token-mismatch: The security token is missing or wrong." in done.out
    assert "Who mends it: the sender of the postback or the receiver of the postback" in done.out


def test_it_speaks_russian(program: Any) -> None:
    out = program.run("decode", "Campaign is not active", "--lang", "ru").out
    assert "Кто исправляет: партнёрская сеть" in out


def test_words_that_may_mean_several_things_say_so(program: Any) -> None:
    out = program.run("decode", "SubID not found").out
    assert "the words alone do not tell which" in out
    assert "To tell them apart: " in out


def test_words_of_another_platform_say_whose_they_are(program: Any) -> None:
    assert "These are words of Keitaro" in program.run("decode", "SubID not found", "--platform", "everflow").out


@pytest.mark.parametrize("words", [(), ("-",)])
def test_without_a_text_standard_input_is_read(program: Any, words: tuple[str, ...]) -> None:
    done = program.run("decode", *words, "--platform", "everflow", stdin=b"2026-03-01,w7k2,21\r\n")
    assert (done.code, "auth-token-mismatch" in done.out) == (0, True)


def test_bytes_that_are_no_text_do_no_harm(program: Any) -> None:
    assert program.run("decode", stdin=b"\xff\xfe\x00Broken clickid\x1b[2J\xff").code == 0


def test_nothing_recognised_is_one_sentence_and_a_three(program: Any) -> None:
    done = program.run("decode", "All is well.")
    assert (done.code, done.out, len(done.sentences)) == (3, "", 1)


def test_an_empty_text_is_a_misuse(program: Any) -> None:
    done = program.run("decode", stdin=b" \n")
    assert (done.code, done.out, len(done.sentences)) == (2, "", 1)


def test_json_holds_every_reading(program: Any) -> None:
    done = program.run("decode", "UNPARSEABLE_GCLID, error 190", "--json")
    readings = json.loads(done.out)["readings"]
    assert [item["modes"][0]["code"] for item in readings] == ["gclid-unparseable", "upload-token-invalid"]


def test_json_of_nothing_is_json(program: Any) -> None:
    done = program.run("decode", "All is well.", "--json")
    assert (done.code, json.loads(done.out), done.err) == (3, {"readings": []}, "")


def test_controls_within_the_words_are_made_visible(program: Any) -> None:
    out = program.run("decode", stdin=b"Broken\n clickid").out
    assert 'Affise says "Broken\\n clickid"' in out


def test_a_finding_with_a_rule_points_at_its_explanation(program: Any) -> None:
    assert "postback-wizard explain macro-empty" in program.run("decode", 'Incorrect subid ""').out

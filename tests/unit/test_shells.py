"""Words of cmd and PowerShell by their published rules, whose pages both modules name; and which shell is meant."""

import base64
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postback_wizard.domain import shell_cmd, shell_powershell
from postback_wizard.domain.command import shell_of
from postback_wizard.domain.curl_out import CMD_LIMIT, UnwritableRequestError, as_curl
from postback_wizard.domain.exact import UnreadableRequestError
from postback_wizard.domain.request import ExactRequest, RequestProblem, read_request

U = "https://t.example/p"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"abc" d e', ("abc", "d", "e")),
        (r'a\\b d"e f"g h', (r"a\\b", "de fg", "h")),
        (r"a\\\"b c d", (r"a\"b", "c", "d")),
        (r'a\\\\"b c" d e', (r"a\\b c", "d", "e")),
        ('a"b"" c d"', ('ab" c d',)),
        ('"" x', ("", "x")),
        ("a\tb", ("a", "b")),
    ],
)
def test_the_c_runtime_splits_as_its_table_says(line: str, words: tuple[str, ...]) -> None:
    assert shell_cmd.split_arguments(line) == words


@pytest.mark.parametrize(
    ("line", "words", "rest"),
    [
        ("a^&b", ("a&b",), ""),
        ('"a^&b"', ("a^&b",), ""),
        ('^"a b^"', ("a b",), ""),
        ("a ^\r\n b", ("a", "b"), ""),
        ("a^^b", ("a^b",), ""),
        ("a | more", ("a",), "| more"),
        ("a & b", ("a",), "& b"),
        ("a\nb", ("a",), "b"),
        ('"a" > out', ("a",), "> out"),
        ("%PATH% 100%", ("%PATH%", "100%"), ""),
    ],
)
def test_cmd_takes_its_marks_away_before_the_runtime_sees_them(line: str, words: tuple[str, ...], rest: str) -> None:
    found = shell_cmd.split_words(line)
    assert (found.words, found.rest) == (words, rest)


@pytest.mark.parametrize("line", ["a&b", '"a', '^"a'])
def test_cmd_lines_that_lose_something_are_refused(line: str) -> None:
    with pytest.raises(UnreadableRequestError):
        shell_cmd.split_words(line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("'a''b' c", ("a'b", "c")),
        ("'$x `n'", ("$x `n",)),
        ('"a`tb" "`$x"', ("a\tb", "$x")),
        ('"$x ${y z} $"', ("$x ${y z} $",)),
        ("a` b`&c", ("a b&c",)),
        ("a `\n b", ("a", "b")),
        ("a # b", ("a",)),
        ("\u2018a\u2019 \u201cb\u201d", ("a", "b")),
        ('"`u{41}"', ("A",)),
        ("-d'x'", ("-dx",)),
    ],
)
def test_powershell_reads_quotes_and_backticks_by_its_rules(line: str, words: tuple[str, ...]) -> None:
    assert shell_powershell.split_words(line).words == words


@pytest.mark.parametrize(
    "line", ["a&b", "'a", '"a', '"$(id)"', "$(id)", "@args", "a,b", "{x}", "a(b)", "--% x", '"`0"']
)
def test_powershell_lines_that_are_no_text_are_refused(line: str) -> None:
    with pytest.raises(UnreadableRequestError):
        shell_powershell.split_words(line)


def test_escaped_quotes_are_read_as_old_powershell_passes_them() -> None:
    found = shell_powershell.split_words("'{\\\"a\\\": 1}'")
    assert found.words == ('{"a": 1}',)
    assert "5.1" in found.notes[0].say("en")


def test_bare_quotes_are_read_as_new_powershell_passes_them() -> None:
    found = shell_powershell.split_words("'{\"a\": 1}'")
    assert found.words == ('{"a": 1}',)
    assert "7.3" in found.notes[0].say("ru")


PRINTABLE = st.text(alphabet=string.printable[:95], max_size=40)


@given(PRINTABLE)
def test_what_is_quoted_for_cmd_is_read_back(word: str) -> None:
    assert shell_cmd.split_words(shell_cmd.quote_word(word)).words == (word,)


@given(PRINTABLE)
def test_what_is_quoted_for_cmd_leaves_no_mark_unprotected(word: str) -> None:
    written = shell_cmd.quote_word(word)
    assert not re.search(r'[()%!"<>&|]', re.sub(r"\^.", "", written))


@given(PRINTABLE)
def test_what_is_quoted_for_powershell_reaches_the_program_under_legacy_passing(word: str) -> None:
    written = shell_powershell.quote_word(word)
    inside = written[1:-1].replace("''", "'") if written.startswith("'") else written
    line = f'"{inside}"' if " " in inside else inside
    if word and not (word.endswith("\\") and " " in word):
        assert shell_cmd.split_arguments(line) == (word,)


@given(PRINTABLE)
def test_what_is_quoted_for_powershell_holds_nothing_it_would_replace(word: str) -> None:
    written = shell_powershell.quote_word(word)
    assert written.startswith("'") or not re.search(r"[$`\"'(){};|&@,<> ]", written)


def request(body: str, **more: str) -> ExactRequest:
    return ExactRequest("POST", f"{U}?a=1&b=%20{{x}}", tuple(more.items()), body)


@pytest.mark.parametrize("body", ["a=1&b=2", '{"a": "b c"}', "it's 100% ^ | <x>", "a\\", '\\"', '""'])
@pytest.mark.parametrize("kind", ["cmd", "powershell"])
def test_an_exported_command_for_windows_is_read_back(kind: str, body: str) -> None:
    text = as_curl(request(body), (), "cmd" if kind == "cmd" else "powershell")
    found = read_request(text.removeprefix("$PSNativeCommandArgumentPassing = 'Legacy'; "))
    assert isinstance(found, ExactRequest), found
    assert (found.method, found.url, found.body) == ("POST", f"{U}?a=1&b=%20{{x}}", body)


@pytest.mark.parametrize("body", ["line\nline", "\u0416", "\udcff", "a\0b", "x" * (CMD_LIMIT + 1), "a b\\"])
def test_powershell_gets_an_awkward_body_through_a_file(body: str) -> None:
    text = as_curl(request(body), (), "powershell")
    packed = re.search(r"FromBase64String\('([^']*)'\)", text)
    assert packed
    assert base64.b64decode(packed[1]) == body.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("body", ["line\nline", "\u0416", "a\0b", "x" * CMD_LIMIT])
def test_cmd_refuses_what_it_cannot_carry_and_says_so(body: str) -> None:
    with pytest.raises(UnwritableRequestError) as caught:
        as_curl(request(body), (), "cmd")
    assert "cmd" in caught.value.say("ru")


@pytest.mark.parametrize(
    ("command", "shell"),
    [
        (f"curl '{U}'", "bash"),
        (f"curl '{U}' \\\n -H 'a: b'", "bash"),
        (f"curl.exe '{U}' \\\n -H 'a: b'", "bash"),
        (f'curl ^"{U}^"', "cmd"),
        (f'curl "{U}" ^\r\n -H "a: b"', "cmd"),
        (f'C:\\x> curl "{U}"', "cmd"),
        (f'curl.exe "{U}"', "cmd"),
        (f"curl.exe '{U}'", "powershell"),
        (f'PS C:\\x> curl.exe "{U}"', "powershell"),
        (f'curl "{U}" `\n -H "a: b"', "powershell"),
        (f'curl -d "{{`"a`":1}}" "{U}"', "powershell"),
        (f'curl "{U}?t=`date +%s`"', "bash"),
    ],
)
def test_the_shell_is_told_by_prompt_and_marks(command: str, shell: str) -> None:
    assert shell_of(command) == shell


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Invoke-WebRequest -Uri {U}", "Invoke-WebRequest"),
        (f"iwr {U}", "iwr"),
        (f"PS C:\\> irm {U}", "irm"),
        (f"$r = Invoke-RestMethod {U}", "Invoke-RestMethod"),
        (f"wget {U}", "wget"),
        (f'fetch("{U}")', "fetch"),
        (f"http POST {U} a=1", "http"),
    ],
)
def test_other_programs_are_refused_by_name(text: str, name: str) -> None:
    found = read_request(text)
    assert isinstance(found, RequestProblem)
    assert found.at == name


def test_a_variable_is_kept_and_said() -> None:
    found = read_request(f'curl "{U}?a=${{SUBID}}&b=$HOME"')
    assert isinstance(found, ExactRequest)
    assert found.url == f"{U}?a=${{SUBID}}&b=$HOME"
    assert "${SUBID}, $HOME" in found.notes[0].say("en")


def test_in_single_quotes_there_is_no_variable_to_speak_of() -> None:
    found = read_request(f"curl '{U}?a=${{SUBID}}' -g")
    assert isinstance(found, ExactRequest)
    assert found.notes == ()


def test_braces_that_bash_multiplies_are_refused() -> None:
    found = read_request(f"curl {U}?a={{b,c}}")
    assert isinstance(found, RequestProblem)
    assert found.at == "{b,c}"

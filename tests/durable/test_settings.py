"""The settings file: what it may hold, what is said about the rest, and that writing it back loses nothing."""

from pathlib import Path

import pytest

from postback_wizard.domain.limits import Limits
from postback_wizard.effects.settings import ENDPOINTS, SettingsError, UserSettings, load_settings, save_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def refusal(path: Path, content: str | bytes) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SettingsError) as caught:
        load_settings(path, {})
    assert caught.value.message.say("ru")
    return caught.value.message.say("en")


def test_without_a_file_the_defaults_hold(path: Path) -> None:
    assert load_settings(path, {}) == UserSettings()


def test_the_usual_base_address_is_metas(path: Path) -> None:
    assert load_settings(path, {}).endpoints["meta_capi"] == "https://graph.facebook.com"


def test_settings_written_are_the_settings_read(path: Path) -> None:
    settings = UserSettings(
        language="ru",
        theme="nord",
        endpoints={**ENDPOINTS, "meta_capi": "http://127.0.0.1:8080/base"},
        limits=Limits(deadline_s=2.5, chain_s=60, max_hops=3),
    )
    save_settings(settings, path)
    assert load_settings(path, {}) == settings


def test_defaults_are_not_written(path: Path) -> None:
    save_settings(UserSettings(), path)
    assert path.read_bytes() == b""


def test_the_environment_wins_over_the_file(path: Path) -> None:
    save_settings(UserSettings(endpoints={"meta_capi": "https://file.example"}), path)
    found = load_settings(path, {"POSTBACK_WIZARD_META_CAPI": "http://127.0.0.1:9/"})
    assert found.endpoints["meta_capi"] == "http://127.0.0.1:9"


def test_the_settings_live_in_the_folder_the_environment_names(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('language = "ru"\n')
    assert load_settings(None, {"POSTBACK_WIZARD_HOME": str(tmp_path)}).language == "ru"


def test_a_bad_variable_is_named(path: Path) -> None:
    with pytest.raises(SettingsError, match="POSTBACK_WIZARD_META_CAPI is nonsense"):
        load_settings(path, {"POSTBACK_WIZARD_META_CAPI": "nonsense"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('language = "de"', "language is de; accepted: en, ru"),
        ("language = 1", "language is 1; accepted: en, ru"),
        ("language = []", "language is []"),
        ('theme = "a b"', "theme is a b; accepted: the name of a theme"),
        ("theme = true", "theme is true"),
        ('langage = "en"', "no key langage; did you mean language?"),
        ('qqqq = "en"', "no key qqqq; accepted: language, theme, team_folder, endpoints, limits"),
        ("limits = 1", "limits is 1; accepted: a table"),
        ("[limits]\ndeadlines = 1", "no key limits.deadlines; did you mean deadline_s?"),
        ("[limits]\ndeadline_s = 0", "limits.deadline_s is 0; accepted: a number from 0.1 to 600"),
        ("[limits]\ndeadline_s = nan", "limits.deadline_s is nan"),
        ("[limits]\ndeadline_s = true", "limits.deadline_s is true"),
        ('[limits]\ndeadline_s = "15"', "limits.deadline_s is 15"),
        ("[limits]\nmax_hops = 2.5", "limits.max_hops is 2.5; accepted: a whole number from 1 to 100"),
        ("[limits]\nmax_hops = 0x" + "f" * 9000, "limits.max_hops is int"),
        ('[endpoints]\nmeta_capi = "graph.facebook.com"', "is graph.facebook.com; accepted: an http"),
        ('[endpoints]\nmeta_capi = "ftp://a.example"', "endpoints.meta_capi is ftp://a.example"),
        ('[endpoints]\nmeta_capi = "https://u:p@a.example"', "endpoints.meta_capi"),
        ('[endpoints]\nmeta_capi = "https://a.example/?q"', "endpoints.meta_capi"),
        ('[endpoints]\nmeta_capi = "https://a.example/ b"', "endpoints.meta_capi"),
        ('[endpoints]\nmeta_capy = "https://a.example"', "did you mean meta_capi?"),
        ("language = ", "not TOML"),
        (b"\xff", "not TOML"),
        ("a = " + "[" * 100_000, "not TOML"),
    ],
    ids=lambda value: ascii(value[:40]),
)
def test_a_bad_setting_is_named_with_what_is_accepted(path: Path, content: str | bytes, said: str) -> None:
    assert said in refusal(path, content)


def test_a_folder_in_the_place_of_the_file_is_said(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(path, {})

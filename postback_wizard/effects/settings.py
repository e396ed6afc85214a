"""The settings file: language, theme, base addresses and limits, each with a sentence for what is wrong with it."""

import difflib
import json
import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from postback_wizard.domain.limits import Limits
from postback_wizard.domain.text import LANGS, Text
from postback_wizard.domain.url import split_url
from postback_wizard.effects.durable import write_file
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.sentences import fill, shown

#: Base addresses of upload APIs: scheme and host, without the version the catalogue knows.
ENDPOINTS: Mapping[str, str] = {
    "meta_capi": "https://graph.facebook.com",
    "tiktok_events_api": "https://business-api.tiktok.com",
    "ga4_mp": "https://www.google-analytics.com",
    "google_ads_click_conversions": "https://googleads.googleapis.com",
    "google_data_manager": "https://datamanager.googleapis.com",
    "snapchat_capi_v3": "https://tr.snapchat.com",
    "pinterest_capi_v5": "https://api.pinterest.com",
    "linkedin_capi": "https://api.linkedin.com",
    "reddit_capi_v3": "https://ads-api.reddit.com",
    "microsoft_uet_capi": "https://capi.uet.microsoft.com",
    "microsoft_offline_conversions": "https://campaign.api.bingads.microsoft.com",
    "x_capi": "https://ads-api.x.com",
    "taboola_s2s": "https://trc.taboola.com",
    "outbrain_s2s": "https://tr.outbrain.com",
    "yandex_metrica_offline": "https://api-metrika.yandex.net",
    "bigo_ads": "https://api.bytegle.site",
    "kwai_adsnebula": "https://www.adsnebula.com",
    "vk_ads_topmail": "https://top-fwz1.mail.ru",
    "openai_ads_capi": "https://bzr.openai.com",
}
#: Environment variables that win over the file.
ENDPOINT_VARIABLES: Mapping[str, str] = {name: f"POSTBACK_WIZARD_{name.upper()}" for name in ENDPOINTS}
#: Lowest and highest value of each limit: seconds, seconds, hops.
LIMITS: Mapping[str, tuple[float, float]] = {"deadline_s": (0.1, 600), "chain_s": (0.1, 3600), "max_hops": (1, 100)}

_KEYS: Mapping[str, tuple[str, ...]] = {
    "": ("language", "theme", "team_folder", "endpoints", "limits"),
    "endpoints": tuple(ENDPOINTS),
    "limits": tuple(LIMITS),
}
_THEME = re.compile(r"[0-9A-Za-z_-]{0,64}")
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class UserSettings:
    """What a user prefers. An empty language or theme means: as the system has it.

    ``team_folder`` is an absolute path (or one from ``~``) of a folder of cases that several people share.
    """

    language: str = ""
    theme: str = ""
    team_folder: str = ""
    endpoints: Mapping[str, str] = field(default_factory=lambda: dict(ENDPOINTS))
    limits: Limits = field(default_factory=Limits)


class SettingsError(ValueError):
    """One sentence that names the key, the value and what is accepted."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.say("en"))
        self.message = message


_UNREADABLE = Text(en="The settings {path} cannot be read: {why}.", ru="Не удалось прочитать настройки {path}: {why}.")
_SYNTAX = Text(en="The settings {path} are not TOML: {why}.", ru="Настройки {path} — не TOML: {why}.")
_UNKNOWN = Text(
    en="settings: there is no key {key}; accepted: {accepted}.", ru="Настройки: ключа {key} нет; допустимы: {accepted}."
)
_NEAREST = Text(
    en="settings: there is no key {key}; did you mean {nearest}? Accepted: {accepted}.",
    ru="Настройки: ключа {key} нет; возможно, имелся в виду {nearest}? Допустимы: {accepted}.",
)
_BAD = Text(
    en="settings: {key} is {value}; accepted: {accepted}.", ru="Настройки: {key} = {value}; допускается: {accepted}."
)
_A_TABLE = Text(en="a table", ru="таблица")
_A_FOLDER = Text(en="the whole path of a folder", ru="полный путь к папке")
_A_THEME = Text(en="the name of a theme", ru="название темы")
_AN_ADDRESS = Text(
    en="an http or https address with a host, without user, query and fragment",
    ru="адрес http или https с хостом, без пользователя, параметров и фрагмента",
)
_A_NUMBER = Text(en="a number from {low} to {high}", ru="число от {low} до {high}")
_A_WHOLE_NUMBER = Text(en="a whole number from {low} to {high}", ru="целое число от {low} до {high}")


def load_settings(path: Path | None = None, environment: Mapping[str, str] | None = None) -> UserSettings:
    """The settings of this user, with what the environment overrides; the defaults where there is no file.

    Raises:
        SettingsError: the file or a variable is wrong.
    """
    environment = os.environ if environment is None else environment
    found = _read(path or find_folders(environment).settings)
    endpoints = dict(found.endpoints)
    for name, variable in ENDPOINT_VARIABLES.items():
        if value := environment.get(variable, ""):
            endpoints[name] = _address(variable, value)
    return replace(found, endpoints=endpoints)


def save_settings(settings: UserSettings, path: Path | None = None) -> None:
    """Write the settings that differ from the defaults.

    Raises:
        OSError: the disk refused; the old file is intact.
    """
    lines = [
        f"{name} = {json.dumps(value)}"
        for name in ("language", "theme", "team_folder")
        if (value := getattr(settings, name))
    ]
    endpoints = {name: json.dumps(url) for name, url in settings.endpoints.items() if url != ENDPOINTS.get(name)}
    usual = Limits()
    limits = {name: repr(getattr(settings.limits, name)) for name in LIMITS}
    limits = {name: value for name, value in limits.items() if value != repr(getattr(usual, name))}
    for table, values in (("endpoints", endpoints), ("limits", limits)):
        if values:
            lines += ["", f"[{table}]", *(f"{name} = {value}" for name, value in values.items())]
    write_file(path or find_folders().settings, "".join(f"{line}\n" for line in lines).encode())


def _read(path: Path) -> UserSettings:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES)
    except FileNotFoundError:
        return UserSettings()
    except OSError as error:
        raise SettingsError(fill(_UNREADABLE, path=shown(str(path), 300), why=error.strerror or "?")) from None
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SettingsError(fill(_SYNTAX, path=shown(str(path), 300), why=shown(str(error)))) from None
    return _checked(table)


def _checked(table: Mapping[str, object]) -> UserSettings:
    _refuse_unknown("", table)
    language = table.get("language", "")
    if language not in ("", *LANGS):
        raise _bad("language", language, ", ".join(LANGS))
    theme = table.get("theme", "")
    if not isinstance(theme, str) or not _THEME.fullmatch(theme):
        raise _bad("theme", theme, _A_THEME)
    team = table.get("team_folder", "")
    if not isinstance(team, str) or (team and not _is_absolute(team)):
        raise _bad("team_folder", team, _A_FOLDER)
    endpoints = _table("endpoints", table)
    limits = _table("limits", table)
    return UserSettings(
        language=str(language),
        theme=theme,
        team_folder=team,
        endpoints={**ENDPOINTS, **{name: _address(f"endpoints.{name}", value) for name, value in endpoints.items()}},
        limits=_limits(limits),
    )


def _is_absolute(path: str) -> bool:
    try:
        return "\0" not in path and Path(path).expanduser().is_absolute()
    except RuntimeError:  # nobody's home
        return False


def _table(name: str, table: Mapping[str, object]) -> Mapping[str, object]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise _bad(name, found, _A_TABLE)
    _refuse_unknown(name, found)
    return found


def _refuse_unknown(name: str, table: Mapping[str, object]) -> None:
    known = _KEYS[name]
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key[:100], known, n=1)
            text = _NEAREST if near else _UNKNOWN
            where = shown(f"{name}.{key}" if name else key)
            raise SettingsError(fill(text, key=where, nearest="".join(near), accepted=", ".join(known)))


def _limits(table: Mapping[str, object]) -> Limits:
    values = {name: _limit(name, value) for name, value in table.items()}
    usual = Limits()
    return Limits(
        deadline_s=values.get("deadline_s", usual.deadline_s),
        chain_s=values.get("chain_s", usual.chain_s),
        max_hops=int(values.get("max_hops", usual.max_hops)),
    )


def _limit(name: str, value: object) -> float:
    low, high = LIMITS[name]
    whole = name == "max_hops"
    accepted = fill(_A_WHOLE_NUMBER if whole else _A_NUMBER, low=f"{low:g}", high=f"{high:g}")
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise _bad(f"limits.{name}", value, accepted)
    if not (math.isfinite(value) if isinstance(value, float) else True) or not low <= value <= high:
        raise _bad(f"limits.{name}", value, accepted)
    return float(value)


def _address(key: str, value: object) -> str:
    """A base address without its last slash."""
    if isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value:
        url = split_url(value)
        if url.is_web and not url.userinfo and url.query is None and url.fragment is None:
            return value.rstrip("/")
    raise _bad(key, value, _AN_ADDRESS)


def _bad(key: str, value: object, accepted: str | Text) -> SettingsError:
    return SettingsError(fill(_BAD, key=key, value=shown(value), accepted=accepted))

"""The language to speak when the command line names none: the settings', else the environment's, else English.

Read without the settings' own reader, which would make ``--help`` slow: one line of one small file.
"""

import os
import re
from collections.abc import Iterator, Mapping

_LANGUAGE = re.compile(r"""language\s*=\s*["'](en|ru)["']""")
_NAME = "settings.toml"
_APP = "postback-wizard"


def preferred_language(environment: Mapping[str, str]) -> str:
    """``en`` or ``ru``."""
    stored = next((found for path in settings_places(environment) if (found := _stored(path))), "")
    return stored or _of_environment(environment)


def _of_environment(environment: Mapping[str, str]) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


def settings_places(environment: Mapping[str, str]) -> Iterator[str]:
    """Where the settings file can be; at most one of these exists on one system."""
    home = environment.get("POSTBACK_WIZARD_HOME", "")
    if home:
        yield os.path.join(os.path.expanduser(home), _NAME)  # noqa: PTH111, PTH118 - pathlib would slow --help
        return
    own = os.path.expanduser("~")  # noqa: PTH111
    for folder in (
        environment.get("XDG_CONFIG_HOME", "") or f"{own}/.config",
        f"{own}/Library/Application Support",
        environment.get("LOCALAPPDATA", ""),
    ):
        if folder:
            yield os.path.join(folder, _APP, _NAME)  # noqa: PTH118


def _stored(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:  # noqa: PTH123
            top = f"\n{file.read(4096)}".partition("\n[")[0]
    except (OSError, ValueError):
        return ""
    found = [match.group(1) for line in top.splitlines() if (match := _LANGUAGE.match(line.strip()))]
    return found[0] if found else ""

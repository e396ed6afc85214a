"""Facts about the outside, as data with sources; each file is read when it is first needed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Requirement:
    """A field an upload API asks for. ``when`` is ``always`` or ``other_field=value``; ``level`` is warn or bad."""

    field: str
    when: str
    level: str


@dataclass(frozen=True, slots=True)
class UploadApi:
    """One ad platform's conversion API; ages in days."""

    id: str
    name: str
    aliases: frozenset[str]
    base: str
    version: str
    required: tuple[Requirement, ...]
    action_sources: tuple[str, ...]
    max_age_days: int
    max_age_days_physical_store: int
    hashed: tuple[str, ...]
    may_be_hashed: tuple[str, ...]
    raw: tuple[str, ...]
    errors: Mapping[tuple[int, int], str]

    def covers(self, ad_platform: str) -> bool:
        """Whether a case's ad platform is this one; a case that names none is taken to mean it."""
        return not ad_platform or ad_platform.strip().lower() in self.aliases

    def meaning(self, code: int, subcode: int = 0) -> str:
        """What an error code means, most exact first; empty when it is not known."""
        return self.errors.get((code, subcode), self.errors.get((code, 0), ""))


@cache
def read(path: str) -> Mapping[str, Any]:
    """A catalogue file such as ``uploads/meta.toml``, parsed.

    Raises:
        FileNotFoundError: there is no such file.
        tomllib.TOMLDecodeError: it is not TOML.
    """
    return tomllib.loads(files(__name__).joinpath(path).read_text("utf-8"))


@cache
def meta() -> UploadApi:
    """The Meta Conversions API."""
    data = read("uploads/meta.toml")
    return UploadApi(
        id=data["id"],
        name=data["name"],
        aliases=frozenset(data["aliases"]),
        base=data["endpoint"]["base"],
        version=data["endpoint"]["version"],
        required=tuple(Requirement(item["field"], item["when"], item["level"]) for item in data["required"]),
        action_sources=tuple(data["action_source"]["values"]),
        max_age_days=data["event_time"]["max_age_days"],
        max_age_days_physical_store=data["event_time"]["max_age_days_physical_store"],
        hashed=tuple(data["user_data"]["hashed"]),
        may_be_hashed=tuple(data["user_data"]["may_be_hashed"]),
        raw=tuple(data["user_data"]["raw"]),
        errors={(item["code"], item.get("subcode", 0)): item["meaning"] for item in data["errors"]},
    )

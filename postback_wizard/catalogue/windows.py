"""How old a click may be when its conversion comes, as far as a platform documents it as a number."""

from collections.abc import Iterator
from dataclasses import dataclass

from postback_wizard.catalogue import upload_apis
from postback_wizard.catalogue.fact import Fact
from postback_wizard.catalogue.names import find_platform


@dataclass(frozen=True, slots=True)
class Window:
    """The longest time from click to conversion in days; ``fixed`` when no setting can make it longer."""

    platform: str
    days: int
    fixed: bool
    sources: tuple[str, ...]


def windows_of(name: str) -> tuple[Window, ...]:
    """The documented windows of a platform (an id or a name), as tracker or network and as ad platform; often none."""
    return (*_of_platform(name), *_of_uploads(name))


def claim_window_of(name: str) -> Window | None:
    """How long a missing conversion can be claimed from a network (an id or a name), where it documents that."""
    found = find_platform(name)
    days = found.claim_window_days if found else None
    return Window(found.name, days.value, fixed=True, sources=days.sources) if found and days else None


def _of_platform(name: str) -> Iterator[Window]:
    found = find_platform(name)
    if found:
        yield from _window(found.name, found.click_id_lifetime_days, fixed=True)
        yield from _window(found.name, found.default_window_days, fixed=False)


def _of_uploads(name: str) -> Iterator[Window]:
    wanted = _plain(name)
    for api in upload_apis().values() if wanted else ():
        if wanted in (_plain(api.id), _plain(api.platform)):
            yield from _window(api.platform, api.click_window_days, fixed=True)


def _window(platform: str, days: Fact[int] | None, *, fixed: bool) -> Iterator[Window]:
    if days:
        yield Window(platform, days.value, fixed, days.sources)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())

"""Whose click ID a parameter carries, and when the click was, where an ID tells its own time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from postback_wizard.catalogue.carried import CarriedTime, carried_time
from postback_wizard.catalogue.fact import Fact, Sentence
from postback_wizard.catalogue.fault import CatalogueError, broken_toml
from postback_wizard.catalogue.files import ROOT
from postback_wizard.catalogue.memo import Platforms, per_catalogue
from postback_wizard.catalogue.table import Table
from postback_wizard.domain.finding import Confidence
from postback_wizard.domain.identifiers import is_identifier_name
from postback_wizard.domain.text import Text

__all__ = ["CarriedTime", "ClickParam", "Known", "Recognised", "carried_time", "known", "read_known", "recognise"]

FILE = "clickids.toml"
#: Below this length a stated shape such as "digits only" fits too much to mean anything.
_SHORTEST_SHAPE = 6

BY_NAME = Text(en="{platform} puts {param} on its links.", ru="{platform} добавляет {param} в свои ссылки.")
BUT_SHAPE = Text(
    en="{platform} puts {param} on its links, but this value does not have the shape it states ({pattern}).",
    ru="{platform} добавляет {param} в свои ссылки, но форма значения не та, которую он заявляет ({pattern}).",
)
CHOSEN = Text(
    en="Templates for {platform} use {param}; the advertiser may choose another name, and others use this one too.",
    ru="В шаблонах для {platform} используется {param}; рекламодатель может выбрать другое имя, и так же он "
    "называется у других.",
)
LINK_PARAM = Text(
    en="Links of {platform} have a parameter {param}; others may have one too.",
    ru="В ссылках {platform} есть параметр {param}; он может быть и у других.",
)
STATED = Text(
    en="The value has the shape {platform} states for its click IDs ({pattern}).",
    ru="Значение имеет форму, которую {platform} заявляет для своих click ID ({pattern}).",
)
SAMPLE = Text(
    en="The value looks like examples of {platform} ({pattern}); no rule was published.",
    ru="Значение похоже на примеры {platform} ({pattern}); правила платформа не публиковала.",
)


@dataclass(frozen=True, slots=True)
class ClickParam:
    """A parameter of one platform; ``chosen`` when its name is only a habit and the advertiser's choice."""

    name: str
    platform: str
    of: str
    chosen: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The file: parameters in its order, and shapes that were seen in examples only, by platform."""

    params: tuple[ClickParam, ...]
    samples: Mapping[str, Fact[str]]

    @property
    def by_name(self) -> Mapping[str, ClickParam]:
        """The parameters that belong to one platform alone, by lower-cased name."""
        return {param.name.lower(): param for param in self.params if not param.chosen}


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whose click ID this may be. ``param`` is empty where only the shape speaks for it."""

    platform: str
    param: str
    why: Sentence
    confidence: Confidence


def recognise(name: str, value: str) -> tuple[Recognised, ...]:
    """The platforms a parameter may belong to, the surest first; an empty ``name`` asks for the shape alone.

    The parameter's own name is certain, a name several platforms use is a hint, and so is every shape.
    """
    own = tuple(_by_name(name, value))
    if any(item.confidence is not Confidence.HINT for item in own):
        return own
    shapes = _by_shape(value) if not name or is_identifier_name(name) else ()
    seen = {item.platform for item in own}
    return (*own, *(item for item in shapes if item.platform not in seen))


@cache
def known() -> Known:
    """What the file says; it is read when it is first needed.

    Raises:
        CatalogueError: the file breaks a rule.
    """
    return read_known(FILE, (ROOT / FILE).read_text("utf-8"))


def read_known(file: str, text: str) -> Known:
    """A file of click IDs, read strictly.

    Raises:
        CatalogueError: with file, line, key and reason.
    """
    import tomllib  # late: nothing is read before somebody asks

    try:
        top = Table(tomllib.loads(text))
        top.sources = top.texts("sources")
        found = Known(
            tuple(_param(item) for item in top.tables("param")), dict(_sample(item) for item in top.tables("sample"))
        )
        top.done()
    except tomllib.TOMLDecodeError as error:
        raise broken_toml(error, file, text) from None
    except CatalogueError as fault:
        raise fault.located(file, text) from None
    return found


def _param(table: Table) -> ClickParam:
    sources = table.cited() if table.has("src") else ()
    found = ClickParam(table.text("name"), table.text("platform"), table.text("of"), table.flag("chosen"), sources)
    table.done()
    return found


def _sample(table: Table) -> tuple[str, Fact[str]]:
    return table.text("platform"), table.fact(table.text("pattern"))


def _by_name(name: str, value: str) -> Iterator[Recognised]:
    wanted = name.lower()
    own = known().by_name.get(wanted)
    if own:
        pattern = _catalogue().stated.get(own.platform, "")
        fits = not pattern or re.fullmatch(pattern, value)
        why = _said(BY_NAME if fits else BUT_SHAPE, platform=own.of, param=own.name, pattern=pattern)
        yield Recognised(own.platform, own.name, why, Confidence.CERTAIN if fits else Confidence.LIKELY)
        return
    for param in known().params:
        if param.chosen and param.name.lower() == wanted:
            why = _said(CHOSEN, platform=param.of, param=param.name)
            yield Recognised(param.platform, param.name, why, Confidence.HINT)
    for platform, param_name in _catalogue().link_params.get(wanted, ()):
        why = _said(LINK_PARAM, platform=_catalogue().names[platform], param=param_name)
        yield Recognised(platform, param_name, why, Confidence.HINT)


def _by_shape(value: str) -> Iterator[Recognised]:
    if len(value) < _SHORTEST_SHAPE:
        return
    names = _catalogue().names
    stated = ((platform, pattern, STATED) for platform, pattern in _catalogue().stated.items())
    samples = ((platform, fact.value, SAMPLE) for platform, fact in known().samples.items())
    for platform, pattern, text in (*stated, *samples):
        if re.fullmatch(pattern, value):
            shown = names.get(platform) or next(
                (item.of for item in known().params if item.platform == platform), platform
            )
            yield Recognised(platform, "", _said(text, platform=shown, pattern=pattern), Confidence.HINT)


def _said(text: Text, **values: str) -> Sentence:
    return Sentence(text.say("en", values), text.say("ru", values))


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """Of all platforms: names, stated shapes of click IDs, and which have a parameter of a name (lower-cased)."""

    names: Mapping[str, str]
    stated: Mapping[str, str]
    link_params: Mapping[str, tuple[tuple[str, str], ...]]


@per_catalogue
def _catalogue(platforms: Platforms) -> _Catalogue:
    link_params: dict[str, tuple[tuple[str, str], ...]] = {}
    for item in platforms.values():
        for param in item.click_params.value:
            link_params[param.lower()] = (*link_params.get(param.lower(), ()), (item.id, param))
    return _Catalogue(
        names={item.id: item.name for item in platforms.values()},
        stated={item.id: item.click_id_pattern.value for item in platforms.values() if item.click_id_pattern},
        link_params=link_params,
    )

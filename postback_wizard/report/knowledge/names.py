"""Macros and parameters: whose they are, which way they go and what they mean. A name alone never means anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from postback_wizard.catalogue import upload_apis
from postback_wizard.catalogue.clickids import known
from postback_wizard.catalogue.fact import Fact, Sentence
from postback_wizard.catalogue.memo import Platforms, per_catalogue
from postback_wizard.catalogue.platform import MEANINGS, Platform
from postback_wizard.catalogue.upload import UploadApi
from postback_wizard.catalogue.words import LABELS, READ, THIRD_PARTY
from postback_wizard.domain.url import split_url
from postback_wizard.report.knowledge import words
from postback_wizard.report.knowledge.entries import Entry, Kind, Ref, called, make, said
from postback_wizard.report.knowledge.lines import Line, section


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name by one owner: ``brief`` for a list, ``full`` for its page; ``owner`` is an id."""

    kind: Kind
    owner: str
    of: str
    name: str
    brief: Sentence
    full: Sentence
    fact: Fact[Any]

    @property
    def ref(self) -> Ref:
        """A name of one owner is one entry, however many uses it has."""
        return Ref(self.kind, f"{self.owner} {self.name}")


@per_catalogue
def uses(platforms: Platforms) -> Mapping[Ref, tuple[Use, ...]]:
    """Every use of every name, by its entry."""
    every = [use for platform in platforms.values() for use in (*_sent(platform), *_accepted(platform))]
    every += [use for api in upload_apis().values() for use in _uploaded(api)]
    every += _click_ids()
    order = sorted(every, key=lambda use: use.ref)
    return {ref: tuple(dict.fromkeys(found)) for ref, found in groupby(order, key=lambda use: use.ref)}


def name_entries() -> Iterator[Entry]:
    """An entry for each name of each owner."""
    for ref, found in uses().items():
        brief = " · ".join(dict.fromkeys(use.brief.en for use in found))
        russian = " · ".join(dict.fromkeys(use.brief.ru for use in found))
        first = found[0]
        entry = make(ref, first.kind, first.name, Sentence(brief, russian))
        owners = (first.owner, first.of)
        rest = (line._replace(folded=f"{line.folded} {' '.join(owners)}".casefold()) for line in entry.lines[1:])
        yield replace(entry, lines=(entry.lines[0], *rest), exact=entry.exact | called(owners, first.name))


def name_lines(ref: Ref, lang: str) -> Iterator[Line]:
    """What is known of a name.

    Raises:
        KeyError: nothing uses it.
    """
    found = uses()[ref]
    yield Line(f"{found[0].name}: {found[0].of}", "title")
    yield from section(words.DIRECTION.say(lang), (_use_line(use, lang) for use in found))
    others = [use for use in same_name(ref) if use.ref != ref]
    yield from section(words.SAME_NAME.say(lang), dict.fromkeys(_brief(use, lang) for use in others))
    sources = dict.fromkeys(source for use in found for source in use.fact.sources)
    yield from section(words.SOURCES.say(lang), sources, "source")


def same_name(ref: Ref) -> tuple[Use, ...]:
    """Uses of exactly this name by anybody."""
    name = uses()[ref][0].name
    return tuple(use for found in uses().values() for use in found if use.name == name and use.kind == ref.kind)


def _brief(use: Use, lang: str) -> str:
    return use.brief.say(lang)


def _use_line(use: Use, lang: str) -> str:
    fact = use.fact
    parts = [use.full.say(lang), fact.note.say(lang) if fact.note else ""]
    parts += [THIRD_PARTY.say(lang)] if fact.third_party else []
    day = f" [{READ.say(lang, day=fact.read)}]" if fact.read else ""
    return " ".join(part for part in parts if part) + day


def _sent(platform: Platform) -> Iterator[Use]:
    for meaning in MEANINGS:
        fact = getattr(platform.sends, meaning)
        for macro in fact.value:
            form = words.SENDS if meaning != "other" else words.SENDS_UNKNOWN
            label = LABELS[meaning]
            brief = said(words.BRIEFS["sends"], platform=platform.name, meaning=label)
            full = said(form, platform=platform.name, **({"meaning": label} if meaning != "other" else {}))
            yield Use("macro", platform.id, platform.name, macro, brief, full, fact)


def _accepted(platform: Platform) -> Iterator[Use]:
    accepts = platform.accepts
    required = accepts.required_params
    for name in required.value:
        yield _param(platform.id, platform.name, name, "required", required)
    template = accepts.url_template
    for param in split_url(template.value).params() if template else ():
        if param.name not in required.value:
            yield _param(platform.id, platform.name, param.name, "accepted", template)
    for name in platform.click_params.value:
        yield _param(platform.id, platform.name, name, "link", platform.click_params)


def _uploaded(api: UploadApi) -> Iterator[Use]:
    for name in api.click_id_params.value:
        yield _param(api.id, api.platform, name, "uploaded", api.click_id_params)


def _click_ids() -> Iterator[Use]:
    for param in known().params:
        way = "chosen" if param.chosen else "added"
        yield _param(param.platform, param.of, param.name, way, Fact(param.name, param.sources))


def _param(owner: str, of: str, name: str, way: str, fact: Fact[Any] | None) -> Use:
    brief, full = said(words.BRIEFS[way], platform=of), said(words.ACCEPTS[way], platform=of)
    return Use("param", owner, of, name, brief, full, fact or Fact(name))

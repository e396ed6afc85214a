"""What is known around one finding of one case: the platforms it concerns, and others' words for the same trouble."""

from collections.abc import Iterator

from postback_wizard.catalogue import platform, upload_api, upload_apis
from postback_wizard.catalogue.modes import FAILURE_MODES, modes
from postback_wizard.catalogue.names import find_platform
from postback_wizard.catalogue.phrases import speakers
from postback_wizard.catalogue.words import KINDS
from postback_wizard.checks import folder_of
from postback_wizard.domain.facts import Facts
from postback_wizard.domain.finding import Finding
from postback_wizard.report.knowledge import words
from postback_wizard.report.knowledge.entries import Ref
from postback_wizard.report.knowledge.lines import Line, Page, section
from postback_wizard.report.knowledge.messages import Wording, messages_of, mode_lines
from postback_wizard.report.knowledge.pages import entries
from postback_wizard.report.words import finding_title

#: Values of findings that hold the id or the name of a platform, or several names apart by commas.
NAMING = ("platform", "sender", "receiver", "network", "tracker", "source", "ad_platform", "known", "owner", "owners")
#: Facts that name the parties of a case, and those of an upload.
PARTIES = ("sender", "receiver", "tracker", "network", "source")
UPLOAD_PARTIES = ("ad_platform",)


def page_about(finding: Finding, facts: Facts, lang: str) -> Page:
    """The platforms and the failure modes of a finding, and what platforms say about the same trouble."""
    owners, names = platforms_of(finding, facts), modes_of(finding)
    messages = sorted(messages_of(names), key=lambda item: not _is_of(item, owners))
    lines = tuple(_lines(finding, owners, names, messages, lang))
    codes = tuple(Ref("code", name) for name in dict.fromkeys((finding.code, *names)))
    return Page(finding_title(finding, lang), lines, entries((*owners, *codes, *(item.ref for item in messages))))


def platforms_of(finding: Finding, facts: Facts) -> tuple[Ref, ...]:
    """The platforms a finding names, otherwise those its case names."""
    values = [part for key in NAMING for part in finding.values.get(key, "").split(",")]
    named = _refs(values)
    if named:
        return named
    parties = UPLOAD_PARTIES if folder_of(finding.code) == "upload" else PARTIES
    return _refs([facts.get(party) for party in parties])


def modes_of(finding: Finding) -> tuple[str, ...]:
    """The failure modes a finding stands for: its own code, and those its values name."""
    named = [word for value in finding.values.values() for word in value.split()]
    return tuple(dict.fromkeys(name for name in (finding.code, *named) if name in FAILURE_MODES))


def _refs(values: list[str]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(ref for value in values if value.strip() for ref in _named(value.strip())))


def _named(value: str) -> Iterator[Ref]:
    speaker = next((item.id for item in speakers().values() if item.name.casefold() == value.casefold()), "")
    for name in dict.fromkeys((value, speaker)):
        found = find_platform(name)
        if found:
            yield Ref("platform", found.id)
        for api in upload_apis().values():
            if name.casefold() in (api.id, api.platform.casefold(), f"{api.platform} {api.api.en}".casefold()):
                yield Ref("upload", api.id)


def _is_of(message: Wording, owners: tuple[Ref, ...]) -> bool:
    return any(message.owner == ref.id for ref in owners)


def _lines(
    finding: Finding, owners: tuple[Ref, ...], names: tuple[str, ...], messages: list[Wording], lang: str
) -> Iterator[Line]:
    yield Line(finding_title(finding, lang), "title")
    about = [_platform_line(ref, lang) for ref in owners] or [words.NO_PLATFORM.say(lang)]
    yield from section(words.CONCERNS.say(lang), about)
    if names:
        yield Line((words.MODES if len(names) == 1 else words.ONE_OF).say(lang), "head")
    for name in names:
        yield from mode_lines(name, lang)
    yield from section(words.MESSAGES.say(lang), (item.line(lang) for item in messages))
    sources = dict.fromkeys(source for name in names for source in modes()[name].sources)
    yield from section(words.SOURCES.say(lang), sources, "source")


def _platform_line(ref: Ref, lang: str) -> str:
    if ref.kind == "platform":
        found = platform(ref.id)
        return words.PLATFORM.say(lang, name=found.name, id=found.id, kind=KINDS[found.kind])
    api = upload_api(ref.id)
    return words.PLATFORM.say(lang, name=api.platform, id=api.id, kind=KINDS["upload"])

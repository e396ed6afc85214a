"""Which column held what in an export of this kind, as the agent corrected it before. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.probe import LogSource


@dataclass(frozen=True, slots=True)
class RememberedColumns:
    """The columns of one platform's export, told by its headers: our names and the file's."""

    platform: str
    role: str
    headers: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)

    def is_of(self, platform: str, file: LogSource) -> bool:
        """Whether a file is such an export; the order of its columns does not matter."""
        return (self.platform, self.role) == (platform, file.role) and set(self.headers) == set(file.headers)


def platform_of(role: str, facts: Facts) -> str:
    """Whose export a log is, as far as the facts tell."""
    match role:
        case "partner_log":
            return facts.network or facts.receiver
        case "attempt_log":
            return facts.sender or facts.network
        case _:
            return facts.tracker


def recalled(kept: Iterable[RememberedColumns], files: Sequence[LogSource], facts: Facts) -> dict[str, str]:
    """By ``role.name``, the columns remembered for these files; those the facts settle already are among them."""
    found: dict[str, str] = {}
    every = tuple(kept)
    for file in files:
        platform = platform_of(file.role, facts)
        for item in every:
            if file.headers and item.is_of(platform, file):
                found |= {f"{file.role}.{name}": header for name, header in item.columns.items()}
    return found


def new_of(found: Mapping[str, str], files: Sequence[LogSource], facts: Facts) -> dict[str, str]:
    """What is remembered and would change how these files are read; what was said of this case stays."""
    read = {f"{file.role}.{name}": header for file in files for name, header in file.columns.items()}
    return {
        key: header
        for key, header in found.items()
        if key not in facts.columns and key.partition(".")[2] not in facts.columns and read.get(key) != header
    }


def to_remember(files: Sequence[LogSource], facts: Facts, chosen: Mapping[str, str]) -> Iterator[RememberedColumns]:
    """What was chosen for these files, by export; an export without a choice has no columns."""
    for file in files:
        if file.headers:
            own = {key.partition(".")[2]: header for key, header in chosen.items() if key.startswith(f"{file.role}.")}
            columns = {name: header for name, header in own.items() if header in file.headers}
            yield RememberedColumns(platform_of(file.role, facts), file.role, file.headers, columns)

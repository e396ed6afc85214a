"""News of a large log on standard error: the first line found at once, and every tenth of the file."""

from collections.abc import Callable

from postback_wizard.domain.progress import Reading
from postback_wizard.steps.reading_words import far, first


def news_of_reading(say: Callable[[str], None], lang: str) -> Callable[[Reading], None]:
    """A listener for ``domain.progress`` that says what is new."""
    told: set[tuple[str, int]] = set()

    def hear(reading: Reading) -> None:
        tenth = reading.done * 10 // max(reading.total, 1)
        if reading.line and (reading.file, -1) not in told:
            told.add((reading.file, -1))
            say(first(reading, lang))
        elif tenth > 0 and (reading.file, tenth) not in told:
            told.add((reading.file, tenth))
            say(far(reading, lang))

    return hear

"""News of large logs on standard error: the first line found at once, and every tenth of the way."""

from collections.abc import Callable

from postback_wizard.domain.progress import Phase, Progress
from postback_wizard.steps.progress_words import far, first


def news_of_reading(say: Callable[[str], None], lang: str) -> Callable[[Progress], None]:
    """A listener for ``domain.progress`` that says what is new."""
    told: set[tuple[Phase, int]] = set()
    found: set[tuple[str, int]] = set()

    def hear(progress: Progress) -> None:
        tenth = progress.done * 10 // max(progress.total, 1)
        if progress.line and (progress.found_in, progress.line) not in found:
            found.add((progress.found_in, progress.line))
            say(first(progress, lang))
        elif tenth > 0 and (progress.phase, tenth) not in told:
            told.add((progress.phase, tenth))
            say(far(progress, lang))

    return hear

"""How long the phases of a request took, in words."""

from postback_wizard.domain.probe import Timing
from postback_wizard.tui import words


def times_text(timing: Timing, lang: str) -> str:
    """Milliseconds of every phase, in the order they happened."""
    return words.TIMES.say(
        lang,
        dns=f"{timing.dns:.1f}",
        connect=f"{timing.connect:.1f}",
        tls=f"{timing.tls:.1f}",
        first=f"{timing.first_byte:.1f}",
        total=f"{timing.total:.1f}",
    )

"""How verdicts and levels look: always a symbol, a word and a colour together."""

from textual.content import Content

from postback_wizard.domain.finding import Level, Verdict

VERDICT_SYMBOLS = {
    Verdict.CLEAR: ("✓", "$text-success"),
    Verdict.SUSPECT: ("▲", "$text-warning"),
    Verdict.BROKEN: ("✗", "$text-error"),
    Verdict.NOT_CHECKED: ("○", "$foreground 60%"),
    Verdict.FAILED: ("!", "$text-error"),
}

LEVEL_SYMBOLS = {
    Level.GOOD: ("✓", "$text-success"),
    Level.INFO: ("·", "$foreground 60%"),
    Level.WARN: ("▲", "$text-warning"),
    Level.BAD: ("✗", "$text-error"),
}

#: The lines of a page by their tone; what is not here stands plain.
TONES = {"title": "bold", "head": "bold $text-accent", "source": "$foreground 60%"}


def symbol(level: Level) -> Content:
    """The mark of a level in its colour."""
    mark, colour = LEVEL_SYMBOLS[level]
    return Content.styled(mark, colour)


def toned(level: Level | None) -> str:
    """The style of a piece of text of that level; without one it stays in the background."""
    if level is None:
        return "$foreground 70%"
    return "bold $text-accent" if level is Level.INFO else LEVEL_SYMBOLS[level][1]

"""The one error of the command line: what was asked cannot be done as it stands."""

from postback_wizard.domain.text import Text


class Misuse(Exception):  # noqa: N818 - a name for what happened, not for a crash
    """The command, its words or its facts file are wrong. Exit code 2; ``message`` is one sentence."""

    def __init__(self, message: Text, /, **values: object) -> None:
        super().__init__(message.en)
        self.message = message
        self.values = values

    def say(self, lang: str) -> str:
        """The sentence in a language."""
        return self.message.say(lang, self.values)

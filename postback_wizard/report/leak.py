"""The refusal to write a report that holds a secret."""


class ReportLeak(Exception):  # noqa: N818 - a name for what would have happened
    """A known secret stands in the finished text. ``names`` say which and in what disguise, never the secret."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names

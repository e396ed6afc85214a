"""A fault on the way to an answer, already named."""


class WireFault(Exception):  # noqa: N818 - it becomes an outcome
    """Why there is no answer: ``outcome`` is a name of the outcome table, ``detail`` a few technical words."""

    def __init__(self, outcome: str, detail: str = "") -> None:
        super().__init__(outcome, detail)
        self.outcome = outcome
        self.detail = detail

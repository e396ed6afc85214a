"""Why a log cannot be used."""


class LogProblem(Exception):  # noqa: N818 - it becomes LogSource.problem
    """Why a log cannot be used: ``code`` as in LogSource.problem, and a short ``detail``."""

    def __init__(self, code: str, detail: str = "", headers: tuple[str, ...] = ()) -> None:
        super().__init__(code, detail)
        self.headers = headers
        self.code = code
        self.detail = detail

"""Logs written to disk for a test, and their look-up."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from postback_wizard.domain.probe import LogEvidence, LogFile, LogProbe
from postback_wizard.effects.logs import read_logs

AT = "2026-03-01T10:00:00.000Z"
LookUp = Callable[..., Awaitable[LogEvidence]]


@pytest.fixture
def look_up(tmp_path: Path) -> LookUp:
    """Write one log and look an ID up in it: ``await look_up(b"…", click_id="abc")``."""

    async def run(
        data: bytes,
        click_id: str = "w7k2p9q4m1",
        transaction_id: str = "",
        name: str = "log.csv",
        role: str = "click_log",
        columns: Mapping[str, str] | None = None,
    ) -> LogEvidence:
        path = tmp_path / name
        path.write_bytes(data)
        probe = LogProbe("lookup", (LogFile(role, str(path)),), click_id, transaction_id, columns or {})
        return await read_logs(probe, AT)

    return run

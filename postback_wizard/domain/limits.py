"""What a run may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for one request and for a chain of them, hops of a chain."""

    deadline_s: float = 15.0
    chain_s: float = 30.0
    max_hops: int = 10

"""Several attempts at one thing, each started when the one before is late or has failed; the first success wins."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TypeVar

Result = TypeVar("Result")
Attempt = Callable[[], Coroutine[object, object, Result]]


async def first_success(
    attempts: Sequence[Attempt[Result]], stagger_s: float, discard: Callable[[Result], object] = id
) -> tuple[Result | None, list[Exception]]:
    """The first result, or None when all failed, and the errors met until then, in the order they were met.

    A further attempt starts ``stagger_s`` seconds after the one before, or at once when one fails. Whatever is still
    under way at the end, or when the caller is cancelled, is cancelled; a second success is given to ``discard``.
    """
    if len(attempts) == 1:
        try:
            return await attempts[0](), []
        except Exception as error:  # noqa: BLE001 - handed to the caller
            return None, [error]
    waiting = list(attempts)
    started: list[asyncio.Task[Result]] = []
    errors: list[Exception] = []
    winner: asyncio.Task[Result] | None = None
    try:
        running: set[asyncio.Task[Result]] = set()
        while waiting or running:
            if waiting:
                started.append(asyncio.ensure_future(waiting.pop(0)()))
                running.add(started[-1])
            done, running = await asyncio.wait(
                running, timeout=stagger_s if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                try:
                    found = task.result()
                except Exception as failure:  # noqa: BLE001 - handed to the caller
                    errors.append(failure)
                else:
                    winner = task
                    return found, errors
        return None, errors
    finally:
        await _clear(started, winner, discard)


async def _clear(
    tasks: Sequence[asyncio.Task[Result]], winner: asyncio.Task[Result] | None, discard: Callable[[Result], object]
) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if task is not winner and not task.cancelled() and task.exception() is None:
            discard(task.result())

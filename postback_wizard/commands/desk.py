"""The wizard's desk: its functions, whose real pieces are imported when the first of them is called."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from postback_wizard.tui.desk import Desk

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime
    from pathlib import Path

    from postback_wizard.commands.office import Office
    from postback_wizard.domain.arrival import Arrived
    from postback_wizard.tui.desk import Choice, Lesson, Marked


def desk_for(options: Namespace, lang: str) -> Desk:
    """The desk of one command line."""

    @cache
    def office() -> Office:
        from postback_wizard.commands.office import Office

        return Office(options, lang)

    return Desk(
        now=_now,
        recent=lambda: office().recent(),
        open=lambda ref: office().open(ref),
        create=lambda case: office().create(case),
        new_id=lambda: office().new_id(),
        world=lambda case: office().world(case),
        settings=lambda: office().settings(),
        unknown_sends=lambda: office().unknown_sends(),
        acknowledge=lambda intent: office().acknowledge(intent),
        sent_before=lambda probe: office().sent_before(probe),
        listening=_listening,
        sent_with=lambda ids: office().sent_with(ids),
        differences=lambda probe, logs: office().differences(probe, logs),
        write_report=lambda name, text: office().write_report(name, text),
        write_bundle=lambda name, files: office().write_bundle(name, files),
        to_json=_to_json,
        read_in=_read_in,
        copy=_copy,
        lessons=_lessons,
        practise=lambda name, speech: office().practise(name, speech),
        choices=_choices,
        mark=_mark,
        remember=lambda speech, theme: office().remember(speech, theme),
        secrets=lambda: tuple(office().secrets().values()),
        give_token=lambda token: office().give_token(token),
        give_secret=lambda secret: office().give_secret(secret),
        prepare=_prepare,
        adopt=lambda path: office().adopt(path),
        closed=lambda: office().closed(),
        shelve=lambda card: office().shelve(card),
        unshelve=lambda ref: office().unshelve(ref),
        own_faults=lambda: office().own_faults(),
        remember_owner=lambda host, mark: office().remember_owner(host, mark),
        remembered_columns=lambda: office().remembered_columns(),
        remember_columns=lambda item: office().remember_columns(item),
        owners_fault=lambda: office().owners_fault(),
    )


def _now() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def _prepare() -> None:
    from postback_wizard.checks import rules
    from postback_wizard.effects import dns, http, world  # noqa: F401 - what a run imports, ahead of it

    rules()


def _listening(
    catch: Callable[[Arrived], object], status: int, body: str, delay_s: float, port: int
) -> AbstractAsyncContextManager[str]:
    from postback_wizard.effects.listener import Caught, Reply, listening

    def caught(found: Caught) -> None:
        catch(found)

    return listening(caught, Reply(status, body, delay_s), port)


def _copy(text: str) -> str:
    from postback_wizard.effects.clipboard import copy

    return copy(text)


def _to_json(value: object) -> object:
    from postback_wizard.effects.codec import to_json

    return to_json(value)


def _read_in(path: Path) -> str:
    from postback_wizard.effects.reader import read_in

    return read_in(path)


def _lessons() -> Sequence[Lesson]:
    from postback_wizard.commands.office import lesson_list

    return lesson_list()


def _choices() -> Sequence[Choice]:
    from postback_wizard.commands.office import choice_list

    return choice_list()


def _mark(name: str, step: str, code: str) -> Marked:
    from postback_wizard.commands.office import mark

    return mark(name, step, code)

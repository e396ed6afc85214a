"""``listen``: each request caught on 127.0.0.1 as one line of JSON, until Ctrl+C; with ``--case`` kept there too."""

import asyncio
import json
from argparse import Namespace
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict

from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.plain import emit_data, talk
from postback_wizard.commands.reading import count, seconds
from postback_wizard.domain.arrival import received
from postback_wizard.domain.text import Text
from postback_wizard.effects.folders import find_folders
from postback_wizard.effects.listener import Caught, Reply, listening
from postback_wizard.effects.refusals import CaseReadOnly
from postback_wizard.effects.store import CaseStore, OpenCase

LISTENING = Text(
    en="Listening on {url} (this machine only). Ctrl+C ends.",
    ru="Принимаю запросы на {url} (только с этого компьютера). Ctrl+C завершает.",
)
NOT_KEPT = Text(en="The case could not be written: {error}.", ru="Записать в файл случая не удалось: {error}.")
LEFT = Text(
    en="{peer} had closed its side of the connection before it was answered.",
    ru="{peer}: соединение закрыто со стороны отправителя до ответа.",
)
PORT_TAKEN = Text(en="Port {port} cannot be used: {error}.", ru="Порт {port} использовать нельзя: {error}.")


def run(options: Namespace, lang: str) -> int:
    """Catch requests until Ctrl+C, which is the ordinary end and no fault."""
    reply = Reply(
        status=count(options.status, "--status", 200, least=200, most=599),
        body=options.body,
        delay_s=seconds(options.delay, "--delay", 0.0, least=0, most=3600),
    )
    port = count(options.port, "--port", 0, least=0, most=65535)
    try:
        with _kept_in(options.case) as kept:
            asyncio.run(_listen(reply, port, lang, kept))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        raise Misuse(PORT_TAKEN, port=port, error=error.strerror or type(error).__name__) from None
    return 0


def _kept_in(ref: str | None) -> AbstractContextManager[OpenCase | None]:
    """The case that keeps what is caught, None for none; refused at once where it cannot be written."""
    if not ref:
        return nullcontext()
    opened = CaseStore(find_folders().cases).open(ref)
    if opened.why:
        raise CaseReadOnly(opened.why)
    return opened


async def _listen(reply: Reply, port: int, lang: str, kept: OpenCase | None) -> None:
    unread = asyncio.Event()
    address = ""

    def catch(caught: Caught) -> None:
        if kept is not None:
            try:
                kept.save(kept.case.catch(received(caught, address)))
            except OSError as error:
                talk(NOT_KEPT.say(lang, error=error.strerror or type(error).__name__))
        if caught.left:
            talk(LEFT.say(lang, peer=caught.peer))
        elif not emit_data(json.dumps(asdict(caught), ensure_ascii=False)):
            unread.set()

    async with listening(catch, reply, port) as url:
        address = url
        talk(LISTENING.say(lang, url=url))
        await unread.wait()

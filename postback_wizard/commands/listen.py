"""``listen``: each request caught on 127.0.0.1 as one line of JSON, until Ctrl+C."""

import asyncio
import json
from argparse import Namespace
from dataclasses import asdict

from postback_wizard.commands.misuse import Misuse
from postback_wizard.commands.plain import emit_data, talk
from postback_wizard.commands.reading import count, seconds
from postback_wizard.domain.text import Text
from postback_wizard.effects.listener import Caught, Reply, listening

LISTENING = Text(
    en="Listening on {url} (this machine only). Ctrl+C ends.",
    ru="Принимаю запросы на {url} (только с этого компьютера). Ctrl+C завершает.",
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
        asyncio.run(_listen(reply, port, lang))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        raise Misuse(PORT_TAKEN, port=port, error=error.strerror or type(error).__name__) from None
    return 0


async def _listen(reply: Reply, port: int, lang: str) -> None:
    unread = asyncio.Event()

    def catch(caught: Caught) -> None:
        if not emit_data(json.dumps(asdict(caught), ensure_ascii=False)):
            unread.set()

    async with listening(catch, reply, port) as url:
        talk(LISTENING.say(lang, url=url))
        await unread.wait()

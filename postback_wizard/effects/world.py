"""The live world: every kind of probe answered by the edge, with nothing loaded before it is needed."""

import asyncio
import importlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, assert_never

from postback_wizard.domain.probe import (
    SECRET,
    DnsEvidence,
    DnsProbe,
    Evidence,
    HarProbe,
    HttpEvidence,
    HttpProbe,
    LogProbe,
    Probe,
    SignProbe,
    TlsEvidence,
    TlsProbe,
)
from postback_wizard.domain.times import stamp
from postback_wizard.effects.addresses import host_of, parse_allow

if TYPE_CHECKING:
    from postback_wizard.effects.dns import Resolver
    from postback_wizard.effects.edge import HttpEdge, Journal


def _utc_now() -> datetime:
    return datetime.now(UTC)


class LiveWorld:
    """Asks the outside, for ``engine.run``.

    ``allow`` names addresses and networks that may be spoken to although they are not public (``127.0.0.0/8``);
    ``secrets`` maps the stand-ins of ``domain.probe`` to what they stand for; ``ca_file`` adds a certificate authority
    (PEM); ``proxy`` is an explicit ``http://`` or ``socks5://`` address, the environment's are ignored. ``journal``
    learns of every request that changes a partner's records before it leaves. Close it with ``aclose``.

    Raises:
        ValueError: an entry of ``allow`` is neither an address nor a network.
    """

    def __init__(
        self,
        *,
        allow: Sequence[str] = (),
        secrets: Mapping[str, str] | None = None,
        ca_file: str = "",
        proxy: str = "",
        journal: "Journal | None" = None,
        case_id: str = "",
        resolver: "Resolver | None" = None,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._allow = tuple(parse_allow(entry) for entry in allow)
        self._secrets = dict(secrets or {})
        self._ca_file = ca_file
        self._proxy = proxy
        self._journal = journal
        self._case_id = case_id
        self._given_resolver = resolver
        self._clock = clock
        self._edge: HttpEdge | None = None

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._clock()

    async def perform(self, probe: Probe) -> Evidence:
        """Ask; never raises for anything the outside does. Cancelling it closes its sockets at once."""
        at = stamp(self.now())
        match probe:
            case HttpProbe():
                return await self._http(probe, at)
            case DnsProbe():
                return await self._dns(probe, at)
            case TlsProbe():
                return await self._tls(probe, at)
            case LogProbe(name="reconcile"):
                await _loaded("reconcile")
                from postback_wizard.effects.reconcile import reconcile

                return await reconcile(probe, at)
            case LogProbe():
                await _loaded("logs")
                from postback_wizard.effects.logs import read_logs

                return await read_logs(probe, at)
            case SignProbe():
                from postback_wizard.effects.signing import recompute

                return await recompute(probe, at, self._secrets.get(SECRET, ""))
            case HarProbe():
                await _loaded("har")
                from postback_wizard.effects.har import read_har

                return await read_har(probe, at)
            case never:
                assert_never(never)

    async def aclose(self) -> None:
        """Close idle connections; what is still to be written down about a send is waited for."""
        if self._edge is not None:
            await self._edge.aclose()

    async def _http(self, probe: HttpProbe, at: str) -> HttpEvidence:
        if self._edge is None:
            await _loaded("edge")
            from postback_wizard.effects.edge import HttpEdge, Rules
            from postback_wizard.effects.vault import Vault

            rules = Rules(self._allow, self._ca_file, self._proxy)
            self._edge = self._edge or HttpEdge(
                rules, self._resolver(), Vault(self._secrets), self._journal, self._case_id
            )
        return await self._edge.perform(probe, at)

    async def _dns(self, probe: DnsProbe, at: str) -> DnsEvidence:
        try:
            found = await self._resolver().resolve(host_of(probe.host))
        except ValueError as error:
            return DnsEvidence(probe.name, at, probe.host, ("BAD_URL(host)",), detail=str(error))
        return DnsEvidence(probe.name, at, probe.host, found.outcome, found.addresses, found.took_ms, found.detail)

    async def _tls(self, probe: TlsProbe, at: str) -> TlsEvidence:
        await _loaded("handshake")
        from postback_wizard.effects.handshake import look_at_tls

        return await look_at_tls(probe, at, self._resolver(), self._allow, self._ca_file)

    def _resolver(self) -> "Resolver":
        from postback_wizard.effects.dns import Resolver

        self._given_resolver = self._given_resolver or Resolver()
        return self._given_resolver


async def _loaded(name: str) -> None:
    """Import a module of the edge in a thread, because loading takes longer than a screen may stand still."""
    await asyncio.to_thread(importlib.import_module, f"postback_wizard.effects.{name}")

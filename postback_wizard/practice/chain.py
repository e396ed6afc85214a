"""The running practice chain: six servers on 127.0.0.1, two days of earlier traffic, one conversion to look into."""

import json
import secrets
import string
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from postback_wizard.domain.facts import Facts
from postback_wizard.domain.url import split_url
from postback_wizard.practice.adplatform import AdPlatform
from postback_wizard.practice.books import Books
from postback_wizard.practice.earlier import earlier
from postback_wizard.practice.market import CURRENCY, GOAL, PAYOUT, STATUS, Market, Role
from postback_wizard.practice.roles import AdNetwork, Network, Partner, Shop
from postback_wizard.practice.scenarios import Scenario
from postback_wizard.practice.tracker import Tracker
from postback_wizard.practice.visitor import Visitor
from postback_wizard.practice.wire import Deliver, Reply, Request, Server, over_http, with_query

ROLES = ("ads", "tracker", "network", "shop", "partner", "adplatform")
#: The ad platform as the catalogue calls it.
AD_PLATFORM = "meta_capi"
TEST_EVENT_CODE = "TEST48213"
_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Received:
    """One request as a role received it; ``time`` in UTC, ``target`` byte for byte."""

    role: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: str
    time: datetime


class Chain:
    """An affiliate chain that runs until it is closed.

    ``facts`` is what a newcomer would be handed about the conversion that went wrong (or did not); ``token`` is the
    access token the Conversions API accepts, at the base address in ``endpoints``; ``secret`` is what postbacks are
    signed with, empty where nobody signs.
    """

    def __init__(self, scenario: Scenario, lang: str) -> None:
        self.scenario = scenario
        self._lang = lang
        self._temporary = TemporaryDirectory(prefix="postback-wizard-practice-")
        self.folder = Path(self._temporary.name)
        self.facts_path = self.folder / "facts.json"
        self.token = f"EAAB{_letters(40)}"
        self.secret = _letters(32) if scenario.faults.signed else ""
        self.facts = Facts()
        self._dataset_id = "".join(secrets.choice("123456789") for _ in range(15))
        self._ledger: list[Received] = []
        self._lock = Lock()
        self._servers = {role: Server(partial(self._hear, role)) for role in ROLES}
        self.addresses = {role: f"http://{role}.localhost:{server.port}" for role, server in self._servers.items()}
        self._market = Market(self.addresses, Books(self.folder), secret=self.secret)
        self._tracker = Tracker(self._market)
        self._roles = self._cast()

    def _cast(self) -> Mapping[str, Role]:
        network = Network(self._market)
        return {
            "ads": AdNetwork(self._market),
            "tracker": self._tracker,
            "network": network,
            "shop": Shop(self._market),
            "partner": Partner(self._market, network),
            "adplatform": AdPlatform(self._dataset_id, self.token),
        }

    @property
    def endpoints(self) -> Mapping[str, str]:
        """Base addresses of upload APIs, by catalogue id."""
        return {AD_PLATFORM: self.addresses["adplatform"]}

    @property
    def received(self) -> tuple[Received, ...]:
        """Every request that came in over HTTP, in order."""
        with self._lock:
            return tuple(self._ledger)

    # -- life ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Write the earlier traffic, break what the scenario breaks, and begin to answer."""
        self._remember(datetime.now(UTC))
        self._market.faults = self.scenario.faults
        for server in self._servers.values():
            server.start()

    def close(self) -> None:
        """End every thread, free the ports, remove the folder. Closing twice does no harm."""
        stops = [Thread(target=server.stop, name="practice") for server in self._servers.values()]
        for stop in stops:
            stop.start()
        for stop in stops:
            stop.join()
        self._temporary.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # -- what happens in it ----------------------------------------------------------------------------------------

    def perform(self) -> None:
        """One real click and one real order over HTTP; what they left behind becomes the facts and their file."""
        visitor = Visitor("buyer@example.com", over_http)
        ad = self._newsletter() if self.scenario.faults.tracker_redirects_for_good else self._ad("autumn-lamps")
        visited = visitor.click(ad)
        order = visitor.buy(visited[-1])
        self.facts = self._facts(ad, visited, order)
        known = {name: value for name, value in asdict(self.facts).items() if value}
        self.facts_path.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    def _facts(self, ad: str, visited: tuple[str, ...], order: str) -> Facts:
        event = self._tracker.events.get(order, "")
        facts = Facts(
            title=self.scenario.title.say(self._lang),
            allow=("127.0.0.0/8",),
            click_url=ad,
            transaction_id=order,
            goal=GOAL,
            status=STATUS,
            payout=PAYOUT,
            currency=CURRENCY,
            template=self._tracker.template,
        ).with_values({role: str(path) for role, path in self._market.books.paths.items()})
        if not event:
            # The tracker knows of no order: the shop is where the newcomer saw it, with the click ID it came with.
            landed = split_url(visited[-1]).first("clickid")
            return replace(facts, conversion_seen="yes", click_id=landed.text if landed else "")
        upload = {"dataset_id": self._dataset_id, "upload_event": event, "test_event_code": TEST_EVENT_CODE}
        return facts.with_values({"ad_platform": AD_PLATFORM, **upload})

    def _ad(self, campaign: str, *, tagged: bool = True) -> str:
        tag = {"fbclid": f"IwAR{_letters(57)}"} if tagged else {}
        return with_query(f"{self.addresses['ads']}/go", {"campaign": campaign, **tag})

    def _newsletter(self) -> str:
        """A link without an ad click ID: the same for everybody who gets the letter."""
        return with_query(f"{self.addresses['tracker']}/click", {"campaign": "autumn-letter"})

    def _remember(self, now: datetime) -> None:
        """Two days of traffic through the same roles, before anything broke or while it broke."""
        for number, visit in enumerate(earlier(self.scenario.faults)):
            self._market.faults = visit.faults
            clicked = now - timedelta(hours=visit.hours)
            ad = self._ad("autumn-lamps", tagged=visit.keeps_fbclid)
            landing = Visitor("", self._back_then(clicked), visit.user_agent).click(ad)[-1]
            if visit.minutes:
                bought = clicked + timedelta(minutes=visit.minutes)
                Visitor(f"buyer{number}@example.com", self._back_then(bought), visit.user_agent).buy(landing)

    def _back_then(self, at: datetime) -> Deliver:
        """A way to reach the roles without a network, at a moment of the past."""

        def deliver(method: str, url: str, headers: Mapping[str, str], body: str) -> Reply:
            parts = split_url(url)
            role = parts.host.removesuffix(".localhost")
            return self._roles[role].answer(Request(method, parts.target, at, tuple(headers.items()), body), deliver)

        return deliver

    def _hear(self, role: str, request: Request) -> Reply:
        heard = Received(role, request.method, request.target, request.headers, request.body, request.at)
        with self._lock:
            self._ledger.append(heard)
        return self._roles[role].answer(request, over_http)


def start(scenario: Scenario, lang: str = "en") -> Chain:
    """A running chain in which the scenario has just happened. Close it, or use it as a context manager.

    Raises:
        OSError: 127.0.0.1 gives no free port, or the temporary folder cannot be written.
    """
    chain = Chain(scenario, lang)
    try:
        chain.open()
        chain.perform()
    except BaseException:
        chain.close()
        raise
    return chain


def _letters(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))

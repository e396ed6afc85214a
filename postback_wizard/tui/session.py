"""The one writer of a case: what is typed and learned goes through here, and to disk soon after."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from postback_wizard.domain.case import Case, StepRecord
from postback_wizard.domain.closing import Conclusion
from postback_wizard.domain.edited import is_another
from postback_wizard.domain.probe import HttpEvidence
from postback_wizard.domain.request import RequestProblem, read_request
from postback_wizard.engine import absorb
from postback_wizard.tui.desk import Desk, OpenedCase, PracticeChain


class Session:
    """An open case, the latest state of it, and what has reached the disk."""

    def __init__(self, desk: Desk, opened: OpenedCase, chain: PracticeChain | None = None, lesson: str = "") -> None:
        self._desk = desk
        self._opened = opened
        self._written = opened.case
        self._lock = asyncio.Lock()
        self.case: Case = opened.case
        self.chain = chain
        self.lesson = lesson
        self.traced: set[str] = set()
        #: The request as it was pasted, before anybody changed it.
        self.original: str = opened.case.facts.sent_request
        self._pasted = bool(self.original)

    @property
    def read_only(self) -> bool:
        """Whether another window holds this case."""
        return self._opened.read_only

    def type(self, name: str, value: str) -> bool:
        """Take over what a person typed; False when that changes nothing."""
        if self.read_only or self.case.facts.get(name) == value:
            return False
        if name == "sent_request":
            self._remember(self.case.facts.sent_request, value)
        self.case = self.case.type(name, value)
        return True

    def type_customer(self, customer: Mapping[str, str]) -> bool:
        """Take over a customer's raw data, for as long as the program runs; False when that changes nothing."""
        if self.read_only or self.case.facts.customer == customer:
            return False
        self.case = self.case.learn({"customer": customer}, "typed")
        return True

    def _remember(self, old: str, value: str) -> None:
        """Keep the request as it was pasted; a text that grows under the keys is its own original."""
        if not _is_read(self.original):
            self._pasted, self.original = True, old
        if not _is_read(self.original) or is_another(self.original, value):
            self._pasted, self.original = len(value) - len(old) > 1, value
        elif not self._pasted and value.startswith(self.original):
            self.original = value

    def catch(self, evidence: HttpEvidence) -> None:
        """Keep what a sender sent to this machine."""
        if not self.read_only:
            self.case = self.case.catch(evidence)

    def learn(self, values: Mapping[str, object], origin: str) -> None:
        """Take over facts from elsewhere."""
        self.case = self.case.learn(values, origin)

    def restart(self, now: str) -> None:
        """Run the case again from its first step; what was found is kept to compare with. ``now`` is ISO 8601 UTC."""
        self.case = self.case.again(now)

    def conclude(self, conclusion: Conclusion) -> None:
        """Close the case."""
        self.case = replace(self.case, conclusion=conclusion)

    def exchange(self, name: str, value: str) -> None:
        """Take over a proposal that a person agreed to; what stood there is kept."""
        if name == "sent_request":
            self._remember(self.case.facts.sent_request, value)
        self.case = self.case.exchange(name, value)

    def put_back(self) -> None:
        """Put the text that was replaced last in its place again."""
        before, self.case = self.case.facts.sent_request, self.case.put_back()
        if before != self.case.facts.sent_request:
            self._remember(before, self.case.facts.sent_request)

    def finish(self, record: StepRecord) -> None:
        """Take over a step's record and what the step learned for the next ones."""
        self.case = absorb(self.case, record, self._desk.settings())

    async def save(self) -> None:
        """Write the latest state if it is not on disk yet. Raises DeskError; the work then stays in memory."""
        async with self._lock:
            latest = self.case
            if latest is self._written or self.read_only:
                return
            await asyncio.to_thread(self._opened.save, latest)
            self._written = latest

    async def close(self) -> None:
        """Put the case and the practice chain away."""
        if self.chain is not None:
            await asyncio.to_thread(self.chain.close)
        self._opened.close()


def _is_read(text: str) -> bool:
    return not isinstance(read_request(text), RequestProblem)

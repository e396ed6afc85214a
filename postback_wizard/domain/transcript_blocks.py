"""The lines of a pasted transcript gathered into one block a request: what was asked, what came back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from postback_wizard.domain.transcript_marks import Mark
from postback_wizard.domain.transcript_shapes import of_command

#: Characters of one page that are kept, as of a live answer.
MAX_BODY = 1024**2


@dataclass(slots=True)
class Block:
    """One request as far as the text shows it; ``url`` only where the text names it in full.

    ``secure`` is None where nothing tells http from https.
    """

    url: str = ""
    method: str = ""
    target: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    status: int = 0
    answered: list[tuple[str, str]] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    body_chars: int = 0
    peer: str = ""
    secure: bool | None = None
    ended: bool = False
    by_curl: bool = False
    by_wget: bool = False
    error: str = ""
    error_text: str = ""

    @property
    def has_answer(self) -> bool:
        """Whether anything of an answer was shown."""
        return bool(self.status or self.answered)


def read_blocks(marks: Iterable[Mark]) -> Iterator[Block]:
    """The blocks in order. Interim answers (1xx) and those of a proxy's tunnel are left out."""
    gathering = _Gathering()
    for mark in marks:
        done = gathering.take(mark)
        if done is not None and _counts(done):
            yield done
    if _counts(gathering.block):
        yield gathering.block


def _counts(block: Block) -> bool:
    return block.method != "CONNECT" and (block.has_answer or bool(block.error) or bool(block.target))


class _Gathering:
    def __init__(self) -> None:
        self.block = Block()
        self._peer = ""
        self._peers: set[str] = set()
        self._secure: bool | None = None

    def take(self, mark: Mark) -> Block | None:
        """Put a mark where it belongs; the block before it, where the mark begins a new one."""
        done = self._begin(mark) if self._begins(mark) else None
        self._put(mark)
        return done

    def _begins(self, mark: Mark) -> bool:
        block = self.block
        match mark.kind:
            case "request":
                return bool(block.target) or block.has_answer
            case "peer" if not mark.name:
                return False  # a browser's panel says it below the status
            case "command" | "url" | "method" | "peer":
                return block.has_answer or bool(block.error)
            case "error":
                return block.ended
            case "status":
                return bool(block.status) or block.ended
            case "answered":
                return block.ended and not block.status
        return False

    def _begin(self, mark: Mark) -> Block:
        done = self.block
        interim = 100 <= done.status < 200 or "connection established" in done.error_text.lower()
        self.block = Block()
        if mark.kind == "status" and interim:
            self.block, done = done, Block()
            self.block.status, self.block.answered, self.block.ended, self.block.error_text = 0, [], False, ""
        elif mark.kind in ("status", "error") and not done.target:
            self.block.method, self.block.by_curl = done.method, done.by_curl  # one command, one method
        return done

    def _put(self, mark: Mark) -> None:
        block = self.block
        match mark.kind:
            case "command":
                block.url, block.method = of_command(mark.text)
                block.by_curl, block.by_wget = mark.text[:4] == "curl", mark.text[:4] == "wget"
                self._peer, self._secure = "", None
            case "url":
                block.url, block.by_wget = mark.text, mark.name == "wget"
            case "method":
                block.method = mark.text
            case "peer":
                self._peer, self._secure = mark.text, {"80": False, "443": True}.get(mark.name)
                self._peers.add(mark.text)
                block.peer = mark.text
            case "tls":
                self._secure = True
            case "request":
                block.target, block.method, block.by_curl = mark.text, mark.name, True
                self._use_connection()
            case "asked":
                block.asked.append((mark.name, mark.text))
            case "status":
                block.status, block.error_text = int(mark.text), mark.name[:80]
            case "answered":
                again = block.by_wget and mark.name == "Location" and mark.text == self._moved()
                if not again:
                    block.answered.append((mark.name, mark.text))
            case "end":
                block.ended = block.has_answer
            case "body":
                self._put_body(mark.text)
            case "error":
                block.error, block.error_text, block.by_curl = mark.name, mark.text[:200], True

    def _moved(self) -> str:
        """The Location of this answer, which wget says a second time."""
        return next((value for name, value in self.block.answered if name.lower() == "location"), "")

    def _use_connection(self) -> None:
        """What is known of the connection; of one used again only where there is no other."""
        block = self.block
        if block.peer or len(self._peers) == 1:
            block.peer = block.peer or self._peer
            block.secure = bool(self._secure)

    def _put_body(self, line: str) -> None:
        block = self.block
        if block.has_answer and block.body_chars < MAX_BODY:
            block.body.append(line)
            block.body_chars += len(line) + 1

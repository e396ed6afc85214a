"""A person with a browser: clicks the ad, follows the redirects by hand and buys a lamp."""

from dataclasses import dataclass
from urllib.parse import urlencode

from postback_wizard.domain.url import split_url
from postback_wizard.practice.wire import Deliver, pairs

USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Mobile Safari/537.36"
)
#: An address of the documentation range, as a proxy in front of the chain would report it.
ADDRESS = "203.0.113.7"
_MOST_HOPS = 10


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with an e-mail address, a way to reach the chain and a browser."""

    email: str
    deliver: Deliver
    user_agent: str = USER_AGENT

    def click(self, url: str) -> tuple[str, ...]:
        """Open a link and follow it: every address visited, the landing page last.

        Raises:
            RuntimeError: the chain never reaches a page.
        """
        visited = [url]
        for _ in range(_MOST_HOPS):
            reply = self.deliver("GET", visited[-1], self._headers(), "")
            if not reply.location:
                return tuple(visited)
            visited.append(reply.location)
        raise RuntimeError("the practice chain never reaches its landing page")

    def buy(self, landing: str) -> str:
        """Send the form of the landing page; the number of the order, as the page of thanks names it."""
        parts = split_url(landing)
        came_with = pairs(parts.query or "")
        form = {"email": self.email, **{name: came_with.get(name, "") for name in ("clickid", "fbclid")}}
        headers = {**self._headers(), "Content-Type": "application/x-www-form-urlencoded"}
        reply = self.deliver("POST", f"http://{parts.authority}/order", headers, urlencode(form))
        return pairs(split_url(reply.location).query or "")["order"]

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self.user_agent, "X-Forwarded-For": ADDRESS, "Accept": "text/html"}

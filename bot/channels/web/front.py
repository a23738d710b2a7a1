"""The front door: who comes in, whether our own page sent the form, and whether they come too fast."""

import math
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.forms import Posted
from bot.channels.web.limits import Limiter, Limits, address
from bot.channels.web.visitors import Visitor, Visitors, from_our_page
from bot.clock import Clock
from bot.settings import Settings


class Front:
    """Holds the pace of each browser and address; of a person it knows nothing."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        url = settings.public_url or ""
        self.secure = url.startswith("https://")
        self._host = url.partition("://")[2].partition("/")[0]
        self._proxies = settings.trusted_proxies
        self.clock = clock
        self._limits = Limits()
        # Without a secret of its own a program that starts again does not know its visitors any more.
        secret = settings.secret.get_secret_value() if settings.secret else secrets.token_urlsafe(32)
        self.visitors = Visitors(secret, self.secure)

    def visitor(self, request: Request) -> Visitor:
        return self.visitors.known(request) or self.visitors.fresh()

    def ours(self, request: Request, visitor: Visitor, posted: Posted) -> bool:
        """Whether this form stands on a page that we gave to this very visitor."""
        mine = not visitor.fresh and self.visitors.owns(visitor, posted.token)
        return mine and from_our_page(request, self._host)

    def wait(self, request: Request, visitor: Visitor) -> float:
        return self._limits.wait(visitor.id, address(request, self._proxies), self.clock())

    def hold_back(self, request: Request) -> None:
        """Each look at the start page may make a new visitor, so an address has only so many."""
        wait = self._limits.wait_for_address(address(request, self._proxies), self.clock())
        if wait:
            raise HTTPException(429, headers={"retry-after": str(math.ceil(wait))})

    def counts(self, request: Request, paced: Limiter) -> bool:
        """Whether this still counts: an address that is too quick is answered, and adds to no figure."""
        return not paced.wait(address(request, self._proxies), self.clock())

    def remember(self, visitor: Visitor, response: Response) -> Response:
        if visitor.fresh:
            self.visitors.remember(visitor, response)
        return response

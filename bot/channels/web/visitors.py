"""Who is at the other end: one signed cookie, the token that belongs to it, and ids for what they send."""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from itsdangerous import BadSignature, Signer
from starlette.requests import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser that holds our cookie; `fresh` when it does not hold it yet."""

    id: str
    fresh: bool = False


class Visitors:
    """Gives out cookies and knows its own again."""

    def __init__(self, secret: str, secure: bool) -> None:
        self._secret = secret.encode()
        self._signer = Signer(secret, salt="web.visitor", digest_method=sha256)
        self._secure = secure
        # The prefix makes browsers refuse a cookie of this name that another site or plain http has set.
        self.cookie = "__Host-chat" if secure else "chat"

    def fresh(self) -> Visitor:
        return Visitor(secrets.token_urlsafe(24), fresh=True)

    def known(self, request: Request) -> Visitor | None:
        """The visitor whose cookie came along, unless it is missing or forged."""
        try:
            # A header may hold any bytes; what is not ours fails the signature either way.
            return Visitor(self._signer.unsign(request.cookies.get(self.cookie, "").encode()).decode())
        except (BadSignature, UnicodeError):
            return None

    def remember(self, visitor: Visitor, response: Response) -> None:
        """Lasts until the browser closes. Lax, because a link on a leaflet comes from elsewhere."""
        value = self._signer.sign(visitor.id).decode()
        response.set_cookie(self.cookie, value, httponly=True, samesite="lax", secure=self._secure)

    def forget(self, response: Response) -> None:
        response.delete_cookie(self.cookie, httponly=True, samesite="lax", secure=self._secure)

    def token(self, visitor: Visitor) -> str:
        """Stands in every form; only a page of ours knows it."""
        return self._keyed("token", visitor.id)

    def owns(self, visitor: Visitor, token: str) -> bool:
        return hmac.compare_digest(self.token(visitor).encode(), token.encode())

    def update(self, visitor: Visitor, nonce: str, *content: str) -> str:
        """A form sent twice with the same content has the same id, and the content cannot be read from it."""
        return self._keyed("update", visitor.id, nonce, *content)

    def _keyed(self, *parts: str) -> str:
        # Lengths stand before the parts, so that no two lists of parts look alike.
        message = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.digest(self._secret, message.encode("utf-8", "replace"), "sha256").hex()[:32]


def nonce() -> str:
    """A new mark for a page's forms."""
    return secrets.token_urlsafe(12)


def from_our_page(request: Request, public_host: str) -> bool:
    """Whether the browser says that our own page sent this form, as far as it says anything.

    A page without a referrer sends `Origin: null`, so that says nothing; the token decides then.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    host = origin.partition("://")[2]
    return origin == "null" or host in (request.headers.get("host"), public_host)

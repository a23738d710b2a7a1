"""What every page tells the browser: nothing from elsewhere, nothing framed, nothing kept."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
# Only where the site is reached by https: a browser ignores it elsewhere, and a year is the usual term.
SECURE: Mapping[str, str] = {"strict-transport-security": "max-age=31536000"}


def headers(secure: bool) -> Mapping[str, str]:
    return {**ALWAYS, **SECURE} if secure else ALWAYS


class Headers:
    """Adds them to every answer; an answer that sets one itself keeps its own."""

    def __init__(self, app: ASGIApp, always: Mapping[str, str]) -> None:
        self._app = app
        self._always = always

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                written = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    written.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)

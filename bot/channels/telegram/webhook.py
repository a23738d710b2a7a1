"""The address that Telegram posts updates to: 200 is said only when the update is stored."""

import hmac
import json

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.intake import Intake

PATH = "/telegram/updates"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024

log = structlog.get_logger()


def route(intake: Intake, secret: str) -> Route:
    """Refuses to exist without a secret: anybody could forge updates."""
    if not secret:
        raise ValueError("a webhook needs a secret")

    async def receive(request: Request) -> Response:
        return Response(status_code=await _receive(request, intake, secret))

    return Route(PATH, receive, methods=["POST"])


async def _receive(request: Request, intake: Intake, secret: str) -> int:
    if not _knows(request.headers.get(HEADER, ""), secret):
        log.warning("telegram.webhook_forged")
        return 403
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return 415
    body = await _body(request)
    if body is None:
        return 413
    try:
        update: object = json.loads(body)
    except (ValueError, RecursionError):
        return 400
    try:
        await intake.take([update])
    except Exception as error:
        log.error("telegram.webhook_not_stored", why=type(error).__name__)
        return 503
    return 200


def _knows(header: str, secret: str) -> bool:
    """On bytes: compare_digest raises on letters outside ASCII."""
    return hmac.compare_digest(header.encode("utf-8", "replace"), secret.encode())


async def _body(request: Request) -> bytes | None:
    """Counted while it comes in; the length that the sender claims is not believed."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)

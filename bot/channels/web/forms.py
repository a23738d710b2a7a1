"""What a browser posted: read with a limit, decoded whatever it is, and turned into an event."""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.model import Event, Located, Said, Tapped

ENDS = 32 * 1024
"""Bytes at each end of a form that are read, as the red flags do; what lies between is let go by."""
TOO_MUCH = 4 * 1024 * 1024
LONGEST = 2000
"""Characters of a message that the navigator answers; it checks all of them for red flags."""


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of our forms; anything else is not looked at."""

    text: str = ""
    tap: str = ""
    where: Located | None = None
    token: str = ""
    nonce: str = ""
    whole: bool = True

    @property
    def event(self) -> Event | None:
        """What the person did, or None when the form was empty."""
        if self.tap:
            return Tapped(self.tap)
        if self.where:
            return self.where
        return Said(self.text) if self.text.strip() else None

    @property
    def content(self) -> tuple[str, str]:
        """What makes this form different from another one with the same nonce."""
        return self.tap, f"{self.where or self.text}"


async def receive(request: Request) -> Posted:
    body, whole = await _body(request)
    return read(body, whole)


def read(body: bytes, whole: bool = True) -> Posted:
    """Any bytes become fields; what is not text becomes the replacement character."""
    written = body.decode("utf-8", "replace")
    fields = dict(parse_qsl(written, keep_blank_values=True, errors="replace"))
    text = clean(fields.get("text", ""))
    return Posted(
        text=text,
        tap=_code(fields.get("tap", "")),
        where=_where(fields),
        token=fields.get("token", "")[:64],
        nonce=fields.get("nonce", "")[:64],
        whole=whole and len(text) <= LONGEST,
    )


async def _body(request: Request) -> tuple[bytes, bool]:
    start, end, seen = b"", b"", 0
    async for chunk in request.stream():
        taken = chunk[: ENDS - len(start)]
        start, end = start + taken, (end + chunk[len(taken) :])[-ENDS:]
        seen += len(chunk)
        if seen > TOO_MUCH:
            raise HTTPException(413)
    whole = seen <= 2 * ENDS
    # The words come last in our forms, so both ends are theirs; a line's end stands for what is left out.
    return start + (b"" if whole else b"%0A") + end, whole


def clean(text: str) -> str:
    """Without control characters: no database takes them all, and nobody means them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _code(code: str) -> str:
    return clean(code).strip().encode("utf-8", "replace")[:64].decode("utf-8", "ignore")


def _where(fields: Mapping[str, str]) -> Located | None:
    latitude, longitude = _degrees(fields, "latitude", 90), _degrees(fields, "longitude", 180)
    return None if latitude is None or longitude is None else Located(latitude, longitude)


def _degrees(fields: Mapping[str, str], name: str, most: float) -> float | None:
    """Rounded to about a kilometre: near enough for a session, too coarse for a house."""
    try:
        degrees = float(fields.get(name, ""))
    except ValueError:
        return None
    return round(degrees, 2) if math.isfinite(degrees) and abs(degrees) <= most else None

"""The six digits of an authenticator app: their secret, its picture, and which of them count."""

import io
from base64 import b32encode
from datetime import datetime
from hmac import compare_digest

import pyotp
import qrcode
from qrcode.image.svg import SvgPathFillImage

from bot.console.signin.sealing import key, seal, unseal
from bot.settings import Settings

ISSUER = "Prehab Navigator"
SECONDS = 30
DRIFT = 1
"""Steps by which a phone's clock may be wrong."""


def secret_for(settings: Settings, occasion: str) -> str:
    """The same for the same occasion, so that a page drawn again shows the same picture. 160 bits."""
    return b32encode(key(settings, f"authenticator {occasion}", 20)).decode()


def right_step(secret: str, code: str, now: datetime, last: int = 0) -> int | None:
    """The time step of this code: near now, and after the last one that was used; None for a wrong code."""
    typed = "".join(code.split())
    if not (len(typed) == 6 and typed.isascii() and typed.isdigit()):
        return None
    app, here = pyotp.TOTP(secret), int(now.timestamp()) // SECONDS
    for step in range(here - DRIFT, here + DRIFT + 1):
        if step > last and compare_digest(app.generate_otp(step), typed):
            return step
    return None


def kept(settings: Settings, member: int, secret: str, now: datetime) -> str:
    """A secret as it stands in the database."""
    return seal(settings, f"totp of {member}", {"secret": secret}, now)


def opened(settings: Settings, member: int, sealed: str | None, now: datetime) -> str | None:
    """The secret again; None where there is none, or the deployment's secret is another one now."""
    found = unseal(settings, f"totp of {member}", sealed, now) if sealed else None
    return found["secret"] if found else None


def in_fours(secret: str) -> str:
    """To type where no camera is."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def picture(secret: str, name: str) -> bytes:
    """The QR code for an authenticator app, as SVG on white."""
    drawn = io.BytesIO()
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    qrcode.make(address, image_factory=SvgPathFillImage, border=4).save(drawn)
    return drawn.getvalue()

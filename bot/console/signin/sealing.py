"""Keys made from the deployment's secret, one for each purpose, and short notes that only we can read."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.settings import Settings


def key(settings: Settings, purpose: str, length: int = 32) -> bytes:
    """HKDF-SHA-256 of the secret; what is made for one purpose says nothing about another."""
    secret = settings.secret.get_secret_value() if settings.secret else ""
    made = HKDF(SHA256(), length, salt=None, info=f"prehab console: {purpose}".encode("utf-8", "replace"))
    return made.derive(secret.encode())


def seal(settings: Settings, purpose: str, values: Mapping[str, str], now: datetime) -> str:
    """For a cookie or a column: encrypted, and nobody else can make one."""
    written = json.dumps(dict(values)).encode()
    return _fernet(settings, purpose).encrypt_at_time(written, int(now.timestamp())).decode()


def unseal(
    settings: Settings, purpose: str, sealed: str, now: datetime, lasts: timedelta | None = None
) -> dict[str, str] | None:
    """What `seal` was given; None for anything else, and for what is older than it `lasts`."""
    fernet, at = _fernet(settings, purpose), int(now.timestamp())
    token = sealed.encode("utf-8", "replace")
    try:
        if lasts is None:
            written = fernet.decrypt(token)
        else:
            written = fernet.decrypt_at_time(token, int(lasts.total_seconds()), at)
    except InvalidToken:
        return None
    found: dict[str, str] = json.loads(written)
    return found


def _fernet(settings: Settings, purpose: str) -> Fernet:
    return Fernet(urlsafe_b64encode(key(settings, purpose)))

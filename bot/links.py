"""Signed links to someone's own pages, for a chat that cannot print: no name in them, and an end date."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, Signer

VALID = timedelta(days=30)
"""Long enough to open a saved link again; a plan that is deleted is gone behind it at once."""
PREFIX = "/p/"


@dataclass(frozen=True)
class Links:
    """Writes and reads the links of one deployment. `website` has no slash at its end."""

    website: str
    secret: str

    def to(self, path: str, person: str, now: datetime) -> str:
        """The address of `path` ("/plan") for this person, for 30 days from now."""
        ends = int((now + VALID).timestamp())
        return f"{self.website}{PREFIX}{self._signer().sign(f'{path[1:]}.{person}.{ends}').decode()}"

    def read(self, token: str, now: datetime) -> tuple[str, str] | None:
        """The path and the person of a link, or None when it is forged, broken or too old."""
        try:
            path, person, ends = self._signer().unsign(token.encode()).decode().split(".")
            good = datetime.fromtimestamp(int(ends), UTC) > now
        except (BadSignature, ValueError, OverflowError, OSError):
            return None
        return (f"/{path}", person) if good else None

    def _signer(self) -> Signer:
        return Signer(self.secret, salt="links", sep="~", digest_method=sha256)

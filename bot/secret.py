"""The deployment's own secret: the operator's, or one that is made once and kept beside the database."""

import contextlib
import secrets
import tempfile
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings


def with_secret(settings: Settings) -> Settings:
    """The operator's secret, or one made once and kept, so that cookies outlive a restart."""
    if settings.secret:
        return settings
    place = settings.secret_file
    if not place.exists() or not place.read_text().strip():
        _make_secret(place)
    return settings.model_copy(update={"secret": SecretStr(place.read_text().strip())})


def _make_secret(place: Path) -> None:
    """Written whole or not at all; when two processes start at once, both read the one that came first."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=place.parent) as draft:
        draft.write(secrets.token_urlsafe(32))
        draft.flush()
        with contextlib.suppress(FileExistsError):
            place.hardlink_to(draft.name)

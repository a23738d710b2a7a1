"""Content that was read before, kept as JSON under its fingerprint; whatever is odd is ignored."""

import contextlib
import hashlib
import os
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.content.content import Content
from bot.content.files import code_fingerprint

KEPT = 4
"""How many contents stay in the folder: with and without drafts, now and before."""


@cache
def _adapter() -> TypeAdapter[Content]:
    return TypeAdapter(Content)


def key(files: str, show_drafts: bool) -> str:
    """The fingerprint of a content: of its files, of the code that reads them, and of what is shown."""
    return f"{files[:32]}{code_fingerprint()[:16]}{'d' if show_drafts else 'l'}"


def find(folder: Path, fingerprint: str) -> Content | None:
    """The content of this fingerprint, if it was kept and is whole."""
    try:
        digest, _, kept = _path(folder, fingerprint).read_bytes().partition(b"\n")
        # A flipped bit in a phone number would still be valid JSON.
        if digest != _digest(kept):
            return None
        content = _adapter().validate_json(kept, by_alias=True)
    except (OSError, ValidationError):
        return None
    return content if content.fingerprint == fingerprint else None


def keep(folder: Path, fingerprint: str, content: Content) -> None:
    """Keep it whole or not at all. A folder that cannot be written to only costs time."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f"{fingerprint}.{os.getpid()}.half"
        kept = _adapter().dump_json(content, by_alias=True)
        half.write_bytes(_digest(kept) + b"\n" + kept)
        half.replace(_path(folder, fingerprint))
        for old in sorted(folder.glob("content-*.json"), key=lambda path: -path.stat().st_mtime)[KEPT:]:
            old.unlink()


def _digest(kept: bytes) -> bytes:
    return hashlib.sha256(kept).hexdigest().encode()


def _path(folder: Path, fingerprint: str) -> Path:
    return folder / f"content-{fingerprint}.json"

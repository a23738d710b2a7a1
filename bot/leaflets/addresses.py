"""The addresses of leaflets: what the QR code holds, and the same as people type it."""

from bot.leaflet_links import short_code

PREVIEW = "preview"
"""In place of a short code until there is one; like any code that is not known it leads to the front door."""


def short_path(id: int) -> str:
    return f"/l/{short_code(id) if id else PREVIEW}"


def address_of(website: str, id: int) -> str:
    """The whole address."""
    return website.rstrip("/") + short_path(id)


def as_typed(address: str) -> str:
    """Without what every browser adds by itself."""
    return address.removeprefix("https://").removeprefix("http://")

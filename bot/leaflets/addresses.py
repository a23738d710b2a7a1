"""The addresses of leaflets: the signed one that the QR code holds, and a short one for people who type."""

from bot.leaflet_links import Leaflet, LeafletLinks, short_code

PREVIEW = "preview"
"""In place of a code until there is one; like any code that is not known it leads to the front door."""


def short_path(id: int) -> str:
    return f"/l/{short_code(id) if id else PREVIEW}"


def address_of(website: str, id: int) -> str:
    """The whole short address."""
    return website.rstrip("/") + short_path(id)


def link_of(website: str, links: LeafletLinks | None, leaflet: Leaflet) -> str:
    """What the QR code holds: the signed link, or the short address where there is nothing to sign (a
    preview) or to sign with."""
    if not links or not leaflet.id:
        return address_of(website, leaflet.id)
    return f"{website.rstrip('/')}/l/{links.write(leaflet)}"


def as_typed(address: str) -> str:
    """Without what every browser adds by itself."""
    return address.removeprefix("https://").removeprefix("http://")

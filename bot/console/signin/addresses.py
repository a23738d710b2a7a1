"""Where staff reach the console: the address that links, passkeys and single sign-on agree on."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.settings import Settings


def origin(settings: Settings) -> str:
    """Scheme, host and port. This machine is called localhost: browsers keep passkeys for names only."""
    url = settings.public_url or f"http://{settings.host}:{settings.port}"
    parts = urlsplit(url.rstrip("/"))
    host = parts.hostname or ""
    if not settings.public_url and host in ("127.0.0.1", "::1", "0.0.0.0"):  # noqa: S104
        return f"{parts.scheme}://localhost:{settings.port}"
    return f"{parts.scheme}://{parts.netloc}"


def host(settings: Settings) -> str:
    """The name that passkeys are kept for; "" where there is only a number, and so no passkeys."""
    name = urlsplit(origin(settings)).hostname or ""
    return "" if _is_number(name) else name


def instead(settings: Settings, called: str) -> str:
    """Where passkeys work, for who has opened this machine by its number; "" where nothing is amiss."""
    # Behind a public address it is the proxy that knows what was opened.
    here = not settings.public_url and _is_number(called)
    return origin(settings) if here and host(settings) else ""


def link(settings: Settings, path: str) -> str:
    """A page of the console, as it is given to somebody."""
    return f"{origin(settings)}/staff{path}"


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True

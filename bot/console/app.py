"""Puts the console together: every page behind its door, and the files that pages need."""

from collections.abc import Iterator

from starlette.routing import BaseRoute, Mount, Route

from bot.channels.web.app import Files
from bot.console.door import HOME, guarded
from bot.console.drawing import STATIC
from bot.console.office import Office, Page
from bot.console.pages import today

PAGES: tuple[Page, ...] = (*today.PAGES,)


def routes(office: Office) -> tuple[BaseRoute, ...]:
    """For the web chat's server, beside its own pages."""
    return (*_pages(office), Mount(f"{HOME}/static", Files(directory=STATIC)))


def _pages(office: Office) -> Iterator[BaseRoute]:
    for page in PAGES:
        yield Route(f"{HOME}{page.path}", guarded(office, page), methods=[page.method])

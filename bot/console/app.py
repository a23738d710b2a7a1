"""Puts the console together: every page behind its door, and the files that pages need."""

from collections.abc import Iterator

from starlette.routing import BaseRoute, Mount, Route

from bot.channels.web.app import Files
from bot.console.door import HOME, guarded
from bot.console.drawing import STATIC
from bot.console.office import Office, Page
from bot.console.pages import (
    account,
    audit,
    authenticator,
    broadcasts,
    coverage,
    freshness,
    insights,
    leaflets,
    people,
    questions,
    queue,
    session_dates,
    sessions,
    team,
    today,
    unsure,
)
from bot.console.signin import routes as signin

PAGES: tuple[Page, ...] = (
    *today.PAGES,
    *team.PAGES,
    *account.PAGES,
    *authenticator.PAGES,
    *audit.PAGES,
    *broadcasts.PAGES,
    *sessions.PAGES,
    *session_dates.PAGES,
    *unsure.PAGES,
    *coverage.PAGES,
    *freshness.PAGES,
    *people.PAGES,
    *leaflets.PAGES,
    *insights.PAGES,
    *queue.PAGES,
    *questions.PAGES,
)


def routes(office: Office) -> tuple[BaseRoute, ...]:
    """For the web chat's server, beside its own pages."""
    return (*signin.routes(office), *_pages(office), Mount(f"{HOME}/static", Files(directory=STATIC)))


def _pages(office: Office) -> Iterator[BaseRoute]:
    for page in PAGES:
        yield Route(f"{HOME}{page.path}", guarded(office, page), methods=[page.method])

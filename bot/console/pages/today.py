"""Today: what a member of staff should see first."""

from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Page, Visit


async def show(office: Office, visit: Visit) -> Response:
    return drawing.page(office, visit, "today.html")


PAGES: tuple[Page, ...] = (Page("", "GET", "look", show),)

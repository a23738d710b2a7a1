"""Who changes how they sign in must have signed in just now: an open page is not enough."""

from datetime import timedelta
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from bot.console.door import SIGN_IN
from bot.console.office import Office, Visit
from bot.store import signins

JUST_NOW = timedelta(minutes=10)


async def fresh(office: Office, visit: Visit) -> bool:
    async with office.store.read() as tx:
        made = await signins.made(tx, visit.signin)
    return made is not None and visit.now - made <= JUST_NOW


def sign_in_again(back: str) -> Response:
    """With a sentence that says why, and back to this page afterwards."""
    return RedirectResponse(f"{SIGN_IN}?then={quote(back)}&said=again", 303)

"""A member of staff at a browser without scripts: signed in, reading pages, filling in forms."""

import re
from collections.abc import Mapping, Sequence
from html import unescape

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.channels import web
from bot.console.app import routes
from bot.console.office import Office
from bot.conversation.navigator import Navigator
from bot.service import Service
from bot.settings import Settings
from bot.store import signins, staff
from bot.store.engine import Store
from bot.store.staff import Role
from tests.databases import Clock
from tests.worlds import real

TOKEN = re.compile(r'name="token" value="([^"]+)"')
URL = "http://staff.test"
SAME = {"sec-fetch-site": "same-origin"}


def settings_of(**given: object) -> Settings:
    return Settings(secret=SecretStr("not a secret"), cache=None, public_url=URL, **given)  # type: ignore[arg-type]


def office_of(
    store: Store, clock: Clock, navigator: Navigator | None = None, settings: Settings | None = None
) -> Office:
    """The office over the real content, or over this navigator."""
    return Office(store, lambda: navigator or real(), settings or settings_of(), clock)


def app_of(office: Office) -> Starlette:
    """The whole website: the web chat, and the console beside it."""
    service = Service(office.store, office.navigator, office.clock)
    return web.app(service, office.navigator, office.settings, office.clock, routes(office))


class Browser:
    """Nobody is signed in until `sign_in`."""

    def __init__(self, office: Office, app: Starlette | None = None) -> None:
        self.office = office
        transport = httpx.ASGITransport(app or app_of(office), raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url=URL)
        self.html = ""

    async def sign_in(self, name: str = "Ann", role: Role = "admin") -> int:
        """As this member, who is made where they are not there yet; their id."""
        now, cookie = self.office.clock(), f"cookie of {name}"
        async with self.office.store.write() as tx:
            member = await staff.named(tx, name) or await staff.add(tx, name, role, now)
            assert member
            await signins.start(tx, member.id, cookie.replace(" ", "-"), "password", now)
        self.http.cookies.set("staff", cookie.replace(" ", "-"))
        return member.id

    async def open(self, path: str) -> httpx.Response:
        answer = await self.http.get(path, follow_redirects=True)
        self.html = answer.text
        return answer

    async def post(
        self, path: str, fields: Mapping[str, str | Sequence[str]], headers: Mapping[str, str] = SAME
    ) -> httpx.Response:
        """With the token of the page that was opened last; the answer is followed to its page."""
        token = TOKEN.findall(self.html)
        data = {"token": token[0] if token else "", **fields}
        answer = await self.http.post(path, data=data, headers=headers, follow_redirects=True)
        self.html = answer.text
        return answer


def words(html: str) -> str:
    """The words on a page, more or less."""
    return " ".join(unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL)).split())

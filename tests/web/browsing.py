"""A browser without scripts, as far as the tests need one: it reads the forms and keeps the cookie."""

import re
from collections.abc import Mapping
from html import unescape

import httpx
from starlette.applications import Starlette

TOKEN = re.compile(r'name="token" value="([^"]+)"')
NONCE = re.compile(r'name="nonce" value="([^"]+)"')
SAME = {"sec-fetch-site": "same-origin", "origin": "null"}
SCRIPT = {**SAME, "x-fragment": "1"}


def client(app: Starlette, url: str = "http://chat.test", address: str = "203.0.113.5") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 1234))
    return httpx.AsyncClient(transport=transport, base_url=url)


class Browser:
    """Opens the page, then fills in whatever forms stand on it."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.page = ""

    async def open(self, path: str = "/") -> httpx.Response:
        answer = await self.http.get(path, follow_redirects=True)
        self.page = answer.text
        return answer

    @property
    def fields(self) -> dict[str, str]:
        return {"token": TOKEN.findall(self.page)[0], "nonce": NONCE.findall(self.page)[0]}

    async def say(self, text: str, **fields: str) -> httpx.Response:
        return await self.post({"text": text, **fields})

    async def tap(self, code: str, **fields: str) -> httpx.Response:
        return await self.post({"tap": code, **fields})

    async def post(
        self, fields: Mapping[str, str], headers: Mapping[str, str] = SAME, path: str = "/chat"
    ) -> httpx.Response:
        """The page stays the one that was opened, so that a test can send its form again."""
        return await self.http.post(path, data={**self.fields, **fields}, headers=headers)


def shown(answer: httpx.Response) -> str:
    """The words on the page, more or less."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())

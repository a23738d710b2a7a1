"""Follows the console's links from Today, as somebody does who looks for a page."""

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urljoin, urlsplit

import httpx

from bot.console.app import PAGES

LINK = re.compile(r'(?:href|src|data-live)="([^"#]+)')
FILES = (".csv", ".pdf", ".png", ".svg", ".md", ".ics", ".json")
"""Addresses that are downloads, not pages."""
EACH = 4
"""Addresses of one page that are looked at: a draft leads elsewhere than what is sent."""


def pattern_of(path: str) -> str:
    """The page of the console that this address belongs to, as it stands in PAGES; "" for none."""
    for page in PAGES:
        written = re.sub(r"\{\w+(:path)?\}", "[^/]+", f"/staff{page.path}")
        if page.method == "GET" and re.fullmatch(written, path):
            return f"/staff{page.path}"
    return ""


def every() -> set[str]:
    """All pages that somebody may look at, by their pattern."""
    return {f"/staff{page.path}" for page in PAGES if page.method == "GET" and not page.path.endswith(FILES)}


async def walked(http: httpx.AsyncClient, files: bool = False) -> Mapping[str, str]:
    """One address of each page that links lead to, by its pattern. What is not 200 stands with its status."""
    todo, seen, found = ["/staff"], dict[str, set[str]](), dict[str, str]()
    while todo:
        address = todo.pop(0)
        path = urlsplit(address).path
        pattern = pattern_of(path)
        known = seen.setdefault(pattern, set())
        if not pattern or path in known or len(known) >= EACH or (path.endswith(FILES) and not files):
            continue
        known.add(path)
        answer = await http.get(address)
        found.setdefault(pattern, address if answer.status_code == 200 else f"{answer.status_code} {address}")
        if answer.headers["content-type"].startswith("text/html"):
            todo += [urljoin(address, unescape(link)) for link in LINK.findall(answer.text)]
    return found

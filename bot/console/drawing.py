"""Draws the console's pages; every sentence comes from the texts, every time is local."""

from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console.figures import Names
from bot.console.menu import menu_for
from bot.console.office import Office, Visit
from bot.conversation.texts import Texts

HERE = Path(__file__).parent
STATIC = HERE / "static"
FRAGMENT = "x-fragment"
"""The header with which a page's own script asks for the part that moves."""


def texts(office: Office) -> Texts:
    """What staff read; in English, whatever patients speak."""
    return Texts(office.world.content.texts)


def page(office: Office, visit: Visit, template: str, status: int = 200, **shown: object) -> HTMLResponse:
    """A page for a member of staff. `shown` are the template's own values."""
    said = visit.request.query_params.get("said", "")
    frame = {
        "visit": visit,
        "menu": menu_for(visit.member.role, visit.request.url.path),
        "said": said if f"console.said.{said}" in texts(office).sentences["en"] else "",
        "about": visit.request.query_params.get("about", "")[:100],
        "called": Names(office.world, texts(office)),
    }
    return bare(office, template, status, **frame, **shown)


def bare(office: Office, template: str, status: int = 200, **shown: object) -> HTMLResponse:
    """A page for somebody who is not signed in."""
    zone = office.world.directory.zone
    html = templates(zone).get_template(template).render(t=texts(office), version=version(), **shown)
    return HTMLResponse(html, status)


def wrong(office: Office, visit: Visit, key: str, status: int, **values: str) -> HTMLResponse:
    """Why it cannot be done, in a sentence (console.refused.<key>)."""
    return page(office, visit, "refused.html", status, why=f"console.refused.{key}", values=values)


def back_to(path: str, said: str = "", about: str = "") -> Response:
    """After a form: the page again, with a sentence (console.said.<said>), so that a reload posts nothing."""
    query = f"?said={said}" + (f"&about={about}" if about else "") if said else ""
    return RedirectResponse(f"/staff{path}{query}", 303)


@cache
def templates(zone: ZoneInfo) -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Templates change with the program only; else every page asks for the age of each of its files.
        auto_reload=False,
    )
    made.filters |= {
        "moment": lambda at: moment(at, zone),
        "clock": lambda at: clock(at, zone),
        "day": lambda at: day(at, zone),
    }
    return made


@cache
def version() -> str:
    """A changed file gets a new address, so browsers may keep the old one for ever."""
    return sha256(b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))).hexdigest()[:12]


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Thu 26 Nov 2026, 10:30"""
    return f"{day(at, zone)}, {clock(at, zone)}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone) if at.tzinfo else at:%H:%M}"


def day(at: date, zone: ZoneInfo) -> str:
    local = at.astimezone(zone) if isinstance(at, datetime) and at.tzinfo else at
    return _day(local.date() if isinstance(local, datetime) else local)


@lru_cache(maxsize=1024)
def _day(day: date) -> str:
    """Lists show the same days again and again, and Babel takes its time."""
    return format_date(day, "EEE d MMM y", locale="en_GB")

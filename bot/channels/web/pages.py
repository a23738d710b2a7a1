"""Draws pages and pieces of pages; every sentence comes from the texts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.channels.web.layout import draw, pieces
from bot.channels.web.ports import Navigating
from bot.channels.web.visitors import nonce
from bot.conversation.planning import in_full
from bot.directory.postcodes import attribution
from bot.model import Person, Say

HERE = Path(__file__).parent
STATIC = HERE / "static"
ERRORS = (403, 404, 413, 429, 500)
ABOUT = ("who", "privacy", "delete", "screen", "access")
NOBODY = Person(channel="web")


@dataclass(frozen=True, slots=True)
class View:
    """What is on the page: our earlier answers, what the person just wrote, and what we say to it."""

    person: Person = NOBODY
    token: str = ""
    earlier: tuple[Say, ...] = ()
    echo: str = ""
    says: tuple[Say, ...] = ()
    draft: str = ""
    empty: bool = False
    news: int | None = None
    """While somebody writes with the team: from which number on the page asks for answers."""


class Pages:
    """The templates, with the words of the person's language."""

    def __init__(self, navigator: Callable[[], Navigating]) -> None:
        self._navigator = navigator
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # A changed file gets a new address, so browsers may keep the old one for ever.
        self._version = sha256(b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))).hexdigest()[
            :12
        ]

    def chat(self, view: View, status: int = 200) -> HTMLResponse:
        return self._page("chat.html", status, view.person, view=view)

    def fragment(self, view: View, status: int = 200) -> HTMLResponse:
        """Only what is new, for the page's own script."""
        return self._page("fragment.html", status, view.person, view=view)

    def about(self, person: Person) -> HTMLResponse:
        credits = attribution().splitlines()
        return self._page("about.html", 200, person, parts=ABOUT, credits=credits)

    def sheet(self, person: Person, say: Say, today: date) -> HTMLResponse:
        """A page of somebody's own, to print."""
        return self._page("print.html", 200, person, say=say, day=in_full(today, person.language))

    def page(self, name: str, status: int, **shown: object) -> HTMLResponse:
        """A page that is the same for everybody."""
        return self._page(name, status, NOBODY, **shown)

    def spoken(self, name: str, language: str, **shown: object) -> HTMLResponse:
        """A page in this language, whoever reads it."""
        return self._page(name, 200, replace(NOBODY, language=language), **shown)

    def error(self, status: int) -> HTMLResponse:
        key = f"web.page-{status if status in ERRORS else 'other'}"
        return self._page("error.html", status, NOBODY, key=key)

    def _page(self, name: str, status: int, person: Person, **shown: object) -> HTMLResponse:
        navigator = self._navigator()
        language = navigator.content.languages.get(person.language)
        html = self._templates.get_template(name).render(
            t=navigator.texts_for(person),
            language=person.language,
            direction="rtl" if language and language.right_to_left else "ltr",
            version=self._version,
            nonce=nonce(),
            draw=draw,
            pieces=pieces,
            **shown,
        )
        return HTMLResponse(html, status)

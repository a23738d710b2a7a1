"""Words with the language that they are in: a leaflet may mix them, and a voice must know which is which."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.shapes import Nation
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.directory.wishes import Listing
from bot.leaflet_links import Leaflet
from bot.model import Person

HELPLINE = "macmillan"
"""The line that a leaflet gives where no service has its own: all of the UK, all questions."""


@dataclass(frozen=True, slots=True)
class Words:
    """Some words in one language, as `lang` writes it."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call, as it is shown; `name` is "" for the service that the leaflet is about."""

    name: str
    number: str
    hours: str = ""


class Speaker:
    """Says the sentences of one leaflet."""

    def __init__(self, world: World, leaflet: Leaflet) -> None:
        self.world = world
        self.leaflet = leaflet
        self.texts: Texts = world.texts_for(Person(language=leaflet.language, area=leaflet.area))

    @property
    def nation(self) -> str:
        return self.world.nation_of(Person(area=self.leaflet.area))

    @property
    def right_to_left(self) -> bool:
        language = self.world.content.languages.get(self.leaflet.language)
        return bool(language and language.right_to_left)

    def __call__(self, key: str, **values: str) -> Words:
        """A sentence; in English where the language lacks it."""
        own = key in self.texts.sentences.get(self.texts.language, {})
        return Words(self.texts(key, 0, **values), self.texts.language if own else "en")

    def written(self, text: Mapping[str, str]) -> Words:
        """What an author wrote by language."""
        language = self.texts.language if self.texts.language in text else "en"
        return Words(self.texts.written(text), language)

    def area(self) -> Words | None:
        area = self.world.content.areas.get(self.leaflet.area)
        return self.written(area.name) if area else None

    def listing(self) -> Listing | None:
        """The session that it is about."""
        target = self.leaflet.target if self.leaflet.purpose == "session" else ""
        return self.world.directory.listings.get(target)

    def subject(self) -> Words | None:
        """The session or the article that it is about."""
        if listing := self.listing():
            return self.written(listing.series.title)
        articles = self.world.content.articles
        article = articles.get(self.leaflet.target) if self.leaflet.purpose == "article" else None
        return Words(article.question) if article else None

    def purpose(self) -> Words:
        """What it is for, in one line."""
        area = self.area()
        if self.leaflet.purpose == "area" and area is None:
            return self("leaflet.for.start")
        return self(f"leaflet.for.{self.leaflet.purpose}", area=area.text if area else "")

    def phone(self) -> Phone:
        """Of the session's service where it has one, else the helpline."""
        listing = self.listing()
        service = listing.service if listing else None
        if service and service.phone:
            return Phone("", service.phone)
        line = self.world.content.contacts[HELPLINE]
        return Phone(line.name, line.phone or "", line.hours or "")

    def here(self, nations: tuple[Nation, ...]) -> bool:
        """Whether something for these nations is for people of this leaflet's area."""
        return "uk" in nations or not self.nation or self.nation in nations

"""What the navigator knows: the content, the index over it, the red flags, the sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from bot.content import Content
from bot.content.shapes import Contact
from bot.conversation.texts import Texts
from bot.directory import Directory, Places
from bot.hours import NO_HOURS, Hours
from bot.leaflet_links import LeafletLinks
from bot.links import Links
from bot.model import Flagged, Person
from bot.quiet import USUAL, Quiet
from bot.safety import Matcher
from bot.search import Index
from bot.search.found import Confidence, Found, Hit

OTHERS = {"scotland": "england", "england": "scotland"}


@dataclass(frozen=True)
class Local:
    """What the operator set for this deployment."""

    nation: str = ""
    cancer_line: str | None = None
    staff_hours: str | None = None
    website: str | None = None
    links: Links | None = None
    """Links to someone's own pages; None without a website of our own."""
    leaflets: LeafletLinks | None = None
    """The links of leaflets; None where there is no secret to sign with."""
    telegram_name: str | None = None
    """The bot's name on Telegram, where leaflets may lead there."""
    hours: Hours = NO_HOURS
    """When the team is there."""
    timezone: str = "Europe/London"
    quiet: Quiet = USUAL
    knowledge: Path | None = None
    flows: Path | None = None
    """Where the authors' files are; None where nothing can be written into them."""
    broadcast_approval: bool = True
    """Whether a second member of staff must approve what goes to many."""
    broadcast_hold: timedelta = timedelta(seconds=60)
    """How long a broadcast can still be stopped before its first message is out."""


@dataclass(frozen=True)
class World:
    """Everything `respond` may look at. Nothing in it ever changes; new content is a new world."""

    content: Content
    index: Index
    matcher: Matcher
    directory: Directory
    places: Places
    local: Local

    def nation_of(self, person: Person) -> str:
        """The nation whose numbers to show; "" when nobody has said."""
        area = self.content.areas.get(person.area)
        return person.nation or (area.nation if area else "") or self.local.nation

    def texts_for(self, person: Person) -> Texts:
        nation = self.nation_of(person)
        if nation not in self._by_nation:
            self._by_nation[nation] = self._numbers(nation)
        return Texts(self.content.texts, person.language, self._by_nation[nation])

    def topic_of(self, article: str) -> str:
        """The topic that an article stands in, or nothing."""
        return self._topics.get(article, "")

    @cached_property
    def _topics(self) -> Mapping[str, str]:
        return {one: topic.id for topic in self.content.topics.values() for one in topic.articles}

    @cached_property
    def _by_nation(self) -> dict[str, Mapping[str, str]]:
        """Every turn asks for these dozens of times."""
        return {}

    def _numbers(self, nation: str) -> Mapping[str, str]:
        """Each contact's gap: its phone, else what to text, else its web address."""
        contacts = self.content.contacts.values()
        numbers = {one.id: _reach(one) for one in contacts} | {f"{one.id}-name": one.name for one in contacts}
        sentences = self.content.texts["en"]
        line = self.local.cancer_line if nation == self.local.nation or not nation else None
        if nation == "scotland" and "cancer-line" in numbers:
            line = line or numbers["cancer-line"]
        numbers["cancer-line"] = line or sentences["cancer-line.unknown"][0]
        numbers["team-now"] = sentences["team-hours.unknown"][0]
        numbers["staff-hours"] = self.local.staff_hours or sentences["staff-hours.unknown"][0]
        return numbers

    def find(self, person: Person, text: str, limit: int = 4) -> Found:
        """The articles that answer, those of another nation after all others."""
        found = self.index.find(text, limit + 2)
        other = OTHERS.get(self.nation_of(person), "")
        known = [hit for hit in found.hits if hit.id in self.content.articles]
        fitting = [hit for hit in known if self.content.articles[hit.id].nation != other]
        hits = tuple(fitting[:limit]) if fitting else tuple(known[:limit])
        return Found(self._confidence(found, hits), hits)

    @staticmethod
    def _confidence(found: Found, hits: tuple[Hit, ...]) -> Confidence:
        """A hit that only moved up because a better one is for another nation is offered, not asserted."""
        if not hits:
            return "unknown"
        moved = found.hits and hits[0].id != found.hits[0].id
        return "unsure" if moved and found.confidence == "sure" else found.confidence

    def flagged(self, text: str, language: str) -> Flagged | None:
        return self.matcher.check(text, language)

    def grieves(self, text: str, language: str) -> bool:
        """Whether it tells of a death or of bad news, as something that is happening now."""
        explained = self.matcher.explain(text, language)
        return self.content.flags.compassion.calls_for_it(
            [(hit.id, hit.phrase, hit.words) for hit in explained.hits if not hit.off], text
        )


def _reach(contact: Contact) -> str:
    return contact.phone or contact.text or contact.web or contact.name

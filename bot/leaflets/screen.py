"""What a waiting-room screen shows, one thing at a time. Pure; nothing in it is about anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.listings import session_line
from bot.conversation.world import World
from bot.leaflet_links import Leaflet, Purpose
from bot.leaflets.addresses import address_of, as_typed
from bot.leaflets.words import Speaker, Words
from bot.model import Wanted

CODES: tuple[Purpose, ...] = ("check", "area", "start")
"""The purposes of the codes that a screen shows."""
NEXT = 3
TOPICS = ("what-is-prehab", "being-active", "eating", "sleep", "tiredness", "getting-prehab")
"""Topics of questions for a room in which anybody may look up."""


@dataclass(frozen=True, slots=True)
class Slide:
    """A heading, some lines, and perhaps a code with its address as people type it."""

    name: str
    heading: Words
    lines: tuple[Words, ...] = ()
    code: str = ""
    typed: str = ""
    sample: bool = False


def slides(
    world: World, where: tuple[str, str], codes: Mapping[Purpose, Leaflet], website: str, now: datetime
) -> tuple[Slide, ...]:
    """Five, for an area and in a language. `codes` are the leaflets behind the codes."""
    area, language = where
    say = Speaker(world, Leaflet(0, "area", "", area, language))
    typed = {purpose: as_typed(address_of(website, leaflet.id)) for purpose, leaflet in codes.items()}
    return (
        Slide("meaning", say("leaflet.title"), (say("leaflet.meaning"),)),
        _sessions(say, now),
        _question(say, typed["start"], now),
        Slide(
            "check",
            say("screen.check"),
            (say("screen.check-note"), say("leaflet.scan"), _call(say)),
            "check",
            typed["check"],
        ),
        _person(say, typed["area"]),
    )


def _sessions(say: Speaker, now: datetime) -> Slide:
    """The next ones of the area."""
    world = say.world
    suggested = world.directory.suggest(Wanted(area=say.leaflet.area), now, NEXT)
    found = () if "area" in suggested.relaxed else suggested.found
    lines = tuple(
        Words(session_line(world.directory, one, say.texts, now), say.texts.language) for one in found
    )
    sample = any(world.directory.session(one.session).sample for one in found)
    return Slide("sessions", say("screen.sessions"), lines or (say("screen.no-sessions"),), sample=sample)


def _question(say: Speaker, typed: str, now: datetime) -> Slide:
    """Another one each hour."""
    content = say.world.content
    known = [
        content.articles[id]
        for topic in TOPICS
        for id in (content.topics[topic].articles if topic in content.topics else ())
        if id in content.articles
    ]
    fitting = [
        one for one in known if one.status == "live" and not one.known_unknown and say.here((one.nation,))
    ]
    asked = () if not fitting else (Words(fitting[int(now.timestamp() // 3600) % len(fitting)].question),)
    return Slide("question", say("screen.ask"), (*asked, say("screen.ask-how"), _call(say)), "start", typed)


def _person(say: Speaker, typed: str) -> Slide:
    area = say.area()
    heading = say("screen.area", area=area.text if area else "")
    return Slide("person", heading, (say("leaflet.scan"), _call(say)), "area", typed)


def _call(say: Speaker) -> Words:
    """Under every code stands a number, for those who cannot scan it."""
    phone = say.phone()
    return say("screen.call", name=phone.name, phone=phone.number)

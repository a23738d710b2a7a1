"""Opening the chat, shared positions, photos and the like, and changed messages."""

from dataclasses import replace

from bot.conversation import asking, engine
from bot.conversation.answerers import leading, leaflets
from bot.conversation.moment import Moment
from bot.conversation.reading import coarse
from bot.leaflet_links import is_signed
from bot.model import Located, Opened, Said, Say, Sent, Turn, Value


def opened(moment: Moment) -> Turn | None:
    """A start, or a leaflet's link; a link that makes no sense, or is forged, is an ordinary start."""
    if not isinstance(moment.event, Opened):
        return None
    if is_signed(moment.event.payload):
        return leaflets.opened(moment, moment.event.payload) or leading.start(moment)
    parts = dict(part.split("-", 1) for part in moment.event.payload.split("_") if "-" in part)
    area = parts.get("area", "")
    if area in moment.world.content.areas:
        moment = moment.with_person(replace(moment.person, area=area))
    led = _led(moment, parts)
    return led or leading.start(moment)


def _led(moment: Moment, parts: dict[str, str]) -> Turn | None:
    """Where the link leads; someone new hears first what this is."""
    if "article" in parts:
        return leading.introduced(moment, leading.show(moment, parts["article"]))
    flow = moment.world.content.flows.get(parts.get("flow", ""))
    if flow is None or flow.internal:
        return None
    return leading.introduced(moment, leading.begin(moment, flow.flow))


def located(moment: Moment) -> Turn | None:
    """A position outside a question about place: sessions near it."""
    if not isinstance(moment.event, Located):
        return None
    spot = moment.world.places.at(moment.event.latitude, moment.event.longitude)
    if not spot.label:
        return leading.menu(moment, "place.abroad")
    given: dict[str, Value] = {"near": coarse(spot)}
    area = moment.world.places.area(spot)
    moment = moment.with_person(replace(moment.person, area=area or moment.person.area))
    return engine.start(moment, "find-session", given)


def not_text(moment: Moment) -> Turn | None:
    """A photo, voice or sticker is refused kindly and not kept. One with a caption comes as its words."""
    if not isinstance(moment.event, Sent):
        return None
    kind = moment.event.kind if f"sent.{moment.event.kind}" in moment.texts.sentences["en"] else "other"
    place = moment.person.place
    told = moment.say(f"sent.{kind}")
    talks = moment.person.relay and not place
    refused = Say(f"{told}\n{moment.say('relay.photo')}" if talks else told)
    again = (asking.ask_again(moment, place),) if place and engine.speaks(moment, place) else ()
    return moment.turn(*engine.merged((refused, *again)))


def changed(moment: Moment) -> Turn | None:
    """A changed message in the middle of a flow changes no answer; outside, it is a new question."""
    event = moment.event
    if not (isinstance(event, Said) and event.edited and moment.person.place):
        return None
    again = engine.carry_on(moment, "flow.again")
    return (
        Turn(again.person, engine.merged((Say(moment.say("edited.in-flow")), *again.actions)))
        if again
        else None
    )

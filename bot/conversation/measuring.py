"""What the conversation measures of the service: questions, searches and steps, without anybody in them."""

from bot.bookings import BookingDone, Done, GivenBack
from bot.conversation.moment import Moment
from bot.conversation.world import World
from bot.model import Frame, Location, Measure, Person, Suggested, Wanted
from bot.search.found import Found

ANY = "any"
"""A search without a wish of this sort."""


def measured(moment: Moment, name: str, what: str = "", outcome: str = "") -> Measure:
    """One more of this, by the person's area and language."""
    return Measure(name, what, outcome, moment.person.area, moment.person.language)


def question(moment: Moment, found: Found) -> Measure:
    """A question by the topic of the best answer; what nobody knows has no topic."""
    known = found.hits and found.confidence != "unknown"
    topic = moment.world.topic_of(found.hits[0].id) if known else ""
    return measured(moment, "question", topic, found.confidence if found.hits else "unknown")


def search(moment: Moment, wanted: Wanted, suggested: Suggested) -> Measure:
    """A search as "online/being-active", by council where a place was named: never by postcode."""
    outcome = "none" if not suggested.found else "relaxed" if suggested.relaxed else "found"
    what = f"{wanted.mode or ANY}/{wanted.kind or wanted.topic or ANY}"
    where = place(moment.world, wanted.near, wanted.area or moment.person.area)
    return Measure("search", what, outcome, where, moment.person.language)


def place(world: World, near: Location | None, area: str) -> str:
    """ "scotland/Highland": the area pack and the council; only the pack where no place is known."""
    if near is None:
        return area
    council = world.places.council(near)
    return f"{world.places.area(near)}/{council}" if council else area


def booked(person: Person, done: Done) -> tuple[Measure, ...]:
    """What came of asking for a session; a leaflet that somebody came by has led to a booking."""
    match done:
        case BookingDone("booked" | "waiting" | "cancelled" as outcome, date):
            one = Measure("booking", date.session, outcome, person.area, person.language)
            led = outcome == "booked" and person.came_by
            return (one, *leaflet(person)) if led else (one,)
        case GivenBack(bookings):
            sessions = [given.date.session for given in bookings]
            return tuple(Measure("booking", s, "cancelled", person.area, person.language) for s in sessions)
        case _:
            return ()


def leaflet(person: Person) -> tuple[Measure, ...]:
    return (Measure("leaflet", person.came_by, "booked", person.area, person.language),)


def step(moment: Moment, frame: Frame, outcome: str) -> Measure:
    """A question of a flow was asked, answered, or gone back from."""
    return measured(moment, "step", f"{frame.flow}/{frame.step}", outcome)

"""A leaflet's signed link: it sets the area, leads straight to what the leaflet is for, and is counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.bookings import SessionDate
from bot.conversation import booked, buttons, codes, session_buttons, suggesting
from bot.conversation.answerers import leading
from bot.conversation.moment import Moment
from bot.directory.occurrences import occurrence
from bot.directory.recurrence import end_of
from bot.leaflet_links import VIDEOS, Leaflet, Purpose, known_area
from bot.model import Action, Button, Measure, Person, Rows, Say, Suggestion, Turn, Wanted

KNOWN_FOR = timedelta(hours=24)
"""How long we know by which leaflet somebody came, as long as the answers in flows."""
LATER_DATES = 3
AHEAD = timedelta(days=366)
CHECK = "self-check"
"""The flow that leaflets of this purpose lead to."""


def opened(moment: Moment, payload: str) -> Turn | None:
    """Where a signed link leads; None for one that is mistyped, forged, or of another deployment."""
    links = moment.world.local.leaflets
    leaflet = links.read(payload) if links else "forged"
    if not isinstance(leaflet, Leaflet):
        return None
    leaflet = known_area(leaflet, moment.world.content.areas)
    first = moment.person.came_by != str(leaflet.id)
    moment = moment.with_person(_come(moment, leaflet))
    turn = leading.introduced(moment, LEADS[leaflet.purpose](moment, leaflet)) or leading.start(moment)
    return turn and (_counted(turn, leaflet) if first else turn)


def forgotten(moment: Moment) -> Moment:
    """After a day we do not know any more by which leaflet somebody came."""
    came_at = moment.person.came_at
    if came_at is None or moment.now - came_at <= KNOWN_FOR:
        return moment
    return moment.with_person(replace(moment.person, came_by="", came_at=None))


def _come(moment: Moment, leaflet: Leaflet) -> Person:
    """Somebody new is spoken to in the leaflet's language; others keep their own."""
    person, language = moment.person, moment.world.content.languages.get(leaflet.language)
    if language and language.enabled and "welcome" not in person.told:
        person = replace(person, language=language.id)
    area = leaflet.area or person.area
    return replace(person, area=area, came_by=str(leaflet.id), came_at=moment.now)


def _counted(turn: Turn, leaflet: Leaflet) -> Turn:
    chat = Measure("leaflet", str(leaflet.id), "chat", leaflet.area, turn.person.language)
    return replace(turn, actions=(*turn.actions, chat))


# ---- where they lead ------------------------------------------------------------------------------------


def _check(moment: Moment, leaflet: Leaflet) -> Turn | None:
    return leading.begin(moment, CHECK)


def _article(moment: Moment, leaflet: Leaflet) -> Turn | None:
    return leading.show(moment, leaflet.target)


def _video(moment: Moment, leaflet: Leaflet) -> Turn | None:
    return leading.show(moment, leaflet.target or VIDEOS)


def _area(moment: Moment, leaflet: Leaflet) -> Turn | None:
    """What is near, soonest first; then the search, for what else they wish."""
    cards = suggesting.suggest(moment, Wanted(area=leaflet.area)) if leaflet.area else ()
    return _beside(moment, *cards, _further(moment)) if cards else None


def _further(moment: Moment) -> Say:
    find = Button(moment.texts("button.sessions"), codes.write("command", "find"))
    rows = buttons.rows((find, *buttons.commands(moment.texts, "menu")))
    return Say(moment.say("leaflet.more-sessions"), rows)


def _session(moment: Moment, leaflet: Leaflet) -> Turn | None:
    """The card of its next date, and a button for each of the dates after it."""
    cards = session_cards(moment, leaflet.target)
    return _beside(moment, *cards) if cards else _area(moment, leaflet)


def _start(moment: Moment, leaflet: Leaflet) -> Turn | None:
    return leading.start(moment)


def _beside(moment: Moment, *says: Say) -> Turn:
    """With a flow open, the flow is parked and the way back offered."""
    actions: tuple[Action, ...] = says[:-1]
    last = leading.aside(moment, says[-1])
    return Turn(last.person, (*actions, *last.actions))


def session_cards(moment: Moment, session: str) -> tuple[Say, ...]:
    """The next date of one session as a card, and further dates to book; nothing where there is none."""
    directory = moment.world.directory
    listing = directory.listings.get(session)
    if listing is None:
        return ()
    ahead = listing.dates.between(moment.now, moment.now + AHEAD, 1 + LATER_DATES)
    dates = [on for on in ahead if _open(moment, SessionDate(session, listing.dates.listed(on)))]
    if not dates:
        return ()
    starts = dates[0].astimezone(directory.zone)
    listed = listing.dates.listed(dates[0])
    moved = listed if listed != dates[0] else None
    one = Suggestion(session, starts, end_of(starts, listing.series), listed=moved)
    card = suggesting.card(moment, one)
    later: Rows = tuple(
        (_coming(moment, SessionDate(session, listing.dates.listed(on))),) for on in dates[1:]
    )
    return (card, Say(moment.say("leaflet.later-dates"), later)) if later else (card,)


def _open(moment: Moment, date: SessionDate) -> bool:
    """Not of a listing that has run out."""
    return occurrence(moment.world.directory, date, moment.now) is not None


def _coming(moment: Moment, date: SessionDate) -> Button:
    """ "I'm coming", by its day."""
    listing = moment.world.directory.listings[date.session]
    on = listing.dates.now(date.listed) or date.listed
    label = booked.moment_in_words(moment.world, moment.texts, on, moment.now)
    return replace(session_buttons.coming(date, moment.texts), label=label)


LEADS: dict[Purpose, Callable[[Moment, Leaflet], Turn | None]] = {
    "check": _check,
    "video": _video,
    "area": _area,
    "session": _session,
    "article": _article,
    "start": _start,
}

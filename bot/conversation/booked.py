"""What came of a booking, in words: the place, the line, the reminders, and what can be done next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.bookings import Booking, BookingDone, GivenBack, MyBookings, SessionDate, short_code
from bot.content.listings import Series
from bot.conversation import buttons, codes, session_buttons
from bot.conversation.listings import day_in_words, time_in_words
from bot.conversation.moment import Moment
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.model import Button, Say

ENDED = ("called-off", "over", "gone")
PLACED = ("booked", "already-booked")
WAITS = ("waiting", "already-waiting")
WITH_REMINDERS = (*PLACED, "reminding", "reminders-chosen")


def in_words(moment: Moment, done: BookingDone | MyBookings | GivenBack) -> tuple[Say, ...]:
    """The messages that tell it."""
    match done:
        case BookingDone():
            return _outcome(moment, done)
        case MyBookings():
            return _list(moment, done)
        case GivenBack(bookings, kept):
            still = (still_coming(moment, kept),) if kept else ()
            return (*still, *((given_back(moment, bookings),) if bookings else ()))


# ---- one date -------------------------------------------------------------------------------------------


def _outcome(moment: Moment, done: BookingDone) -> tuple[Say, ...]:
    series = _series(moment.world, done.date)
    if done.outcome in ENDED or series is None or done.starts is None:
        outcome = done.outcome if done.outcome in (*ENDED, "cancelled", "not-booked") else "gone"
        find = (_find(moment.texts), *buttons.commands(moment.texts, "my-sessions"))
        return (Say(moment.say(f"booking.{outcome}"), buttons.rows(find), "answer"),)
    parts = (
        *_first(moment, done),
        what(moment.world, moment.texts, done.date, done.starts, moment.now),
        *_afterwards(moment, done, series),
    )
    return (Say("\n\n".join(parts), _next(moment, done), "answer"),)


def _first(moment: Moment, done: BookingDone) -> Iterator[str]:
    """How it went; for those who wait, how many are before them."""
    key = {0: "booking.first", 1: "booking.one-ahead"}.get(done.ahead, "booking.ahead")
    ahead = moment.texts(key, number=str(done.ahead))
    yield moment.say(f"booking.{done.outcome}", ahead=ahead)


def _afterwards(moment: Moment, done: BookingDone, series: Series) -> Iterator[str]:
    texts = moment.texts
    if done.outcome in WAITS:
        yield texts("booking.if-free")
    if done.outcome in WITH_REMINDERS:
        yield _reminders(moment.world, texts, done.reminders, moment.now)
    if moment.person.channel == "web" and (done.outcome in WAITS or done.reminders):
        yield texts("booking.only-here")
    if done.outcome in ("booked", "waiting", "reminding"):
        yield texts("booking.why-reminders")
    if done.outcome in PLACED and moment.person.id:
        yield texts("booking.code", code=short_code(moment.person.id, done.date))
    if done.outcome in (*PLACED, *WAITS) and series.book:
        yield texts("booking.elsewhere", text=texts.written(series.book))


def _next(moment: Moment, done: BookingDone) -> tuple[tuple[Button, ...], ...]:
    """What can be done with it now."""
    texts, date = moment.texts, done.date
    mine = buttons.commands(texts, "my-sessions")
    calendar = session_buttons.calendar(date, moment.world, moment.person.channel, texts)
    if done.outcome in (*PLACED, "reminders-chosen"):
        change = (session_buttons.choose(date, texts), session_buttons.cancel(date, texts))
        return buttons.batched((*change, *calendar, *mine), 2)
    if done.outcome == "reminding":
        change = (session_buttons.coming(date, texts), session_buttons.choose(date, texts))
        return buttons.batched((*change, *calendar, *mine), 2)
    if done.outcome in WAITS:
        return buttons.batched((session_buttons.cancel(date, texts), *mine), 2)
    return buttons.batched((session_buttons.button("again", date, texts), *mine), 2)


def _reminders(world: World, texts: Texts, times: Sequence[datetime], now: datetime) -> str:
    if not times:
        return texts("booking.no-reminders")
    words = [moment_in_words(world, texts, one, now) for one in times]
    together = words[0]
    for word in words[1:]:
        together = texts("booking.and", first=together, last=word)
    return texts("booking.reminders", times=together)


def _find(texts: Texts) -> Button:
    return Button(texts("button.sessions"), codes.write("command", "find"))


# ---- the list -------------------------------------------------------------------------------------------


def _list(moment: Moment, mine: MyBookings) -> tuple[Say, ...]:
    """A heading, then a message for each, with its own buttons."""
    if not mine.bookings:
        way_on = (_find(moment.texts), *buttons.commands(moment.texts, "menu"))
        return (Say(moment.say("booking.nothing"), buttons.rows(way_on)),)
    return (Say(moment.say("booking.mine")), *(_one(moment, booking) for booking in mine.bookings))


def _one(moment: Moment, booking: Booking) -> Say:
    texts, world, date = moment.texts, moment.world, booking.date
    until = moment_in_words(world, texts, booking.offered_until, moment.now) if booking.offered_until else ""
    lines = [
        what(world, texts, date, booking.starts, moment.now),
        texts(f"booking.state.{booking.state}", until=until),
    ]
    if booking.state in ("booked", "reminded"):
        lines.append(_reminders(world, texts, booking.reminders, moment.now))
    if booking.state == "booked" and moment.person.id:
        lines.append(texts("booking.code", code=short_code(moment.person.id, date)))
    return Say("\n".join(lines), buttons.batched(_of(moment, booking), 2), "answer")


def _of(moment: Moment, booking: Booking) -> tuple[Button, ...]:
    texts, date = moment.texts, booking.date
    if booking.state == "offered":
        return answers(date, texts)
    if booking.state == "waiting":
        return (session_buttons.cancel(date, texts),)
    calendar = session_buttons.calendar(date, moment.world, moment.person.channel, texts)
    come = (session_buttons.coming(date, texts),) if booking.state == "reminded" else ()
    return (*come, session_buttons.choose(date, texts), session_buttons.cancel(date, texts), *calendar)


def still_coming(moment: Moment, bookings: Sequence[Booking]) -> Say:
    """They stopped, and have places: nobody will tell them of changes, and one tap gives a place back."""
    texts = moment.texts
    lines = [moment_in_words(moment.world, texts, one.starts, moment.now) for one in bookings]
    cancel = [session_buttons.cancel(one.date, texts) for one in bookings]
    if len(cancel) > 1:  # then each button says which date it gives back
        cancel = [replace(one, label=f"{one.label}: {on}") for one, on in zip(cancel, lines, strict=True)]
    return Say(moment.say("booking.still-coming", dates="; ".join(lines)), buttons.rows(cancel, 1))


def given_back(moment: Moment, bookings: Sequence[Booking]) -> Say:
    """They stopped: what they had booked has gone back, and how to book it again."""
    texts, lines = moment.texts, []
    for one in bookings:
        lines.append(moment_in_words(moment.world, texts, one.starts, moment.now))
    again = [
        replace(session_buttons.coming(one.date, texts), label=label)
        for one, label in zip(bookings, lines, strict=True)
    ]
    return Say(moment.say("booking.given-back", dates="; ".join(lines)), buttons.rows(again, 1))


# ---- an offer, and what all of them share -----------------------------------------------------------------


def offer(
    texts: Texts, world: World, date: SessionDate, times: tuple[datetime, datetime], now: datetime
) -> Say:
    """A place has come free: `times` are the start, and until when it is kept. It stands on locked phones."""
    starts, until = (moment_in_words(world, texts, one, now) for one in times)
    return Say(texts("booking.offer", moment=starts, until=until), (answers(date, texts),), "question")


def answers(date: SessionDate, texts: Texts) -> tuple[Button, ...]:
    return session_buttons.button("accept", date, texts), session_buttons.button("decline", date, texts)


def what(world: World, texts: Texts, date: SessionDate, starts: datetime, now: datetime) -> str:
    """Title, day, time and place of one date."""
    series = _series(world, date)
    when = moment_in_words(world, texts, starts, now)
    if series is None:
        return when
    place = f"{series.venue.name}, {series.venue.postcode}" if series.venue else ""
    where = texts(f"booking.place.{'there' if place else series.mode}", place=place)
    shown = texts("booking.what", title=texts.written(series.title), moment=when, place=where)
    return f"{shown}\n{texts('session.sample')}" if series.sample else shown


def moment_in_words(world: World, texts: Texts, when: datetime, now: datetime) -> str:
    """ "Thursday 26 November, 10.30am", where the clinic is."""
    local, today = when.astimezone(world.directory.zone), now.astimezone(world.directory.zone).date()
    return texts(
        "booking.moment", date=day_in_words(local.date(), texts, today), time=time_in_words(local, texts)
    )


def _series(world: World, date: SessionDate) -> Series | None:
    listing = world.directory.listings.get(date.session)
    return listing.series if listing else None

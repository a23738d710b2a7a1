"""Reminders and the question afterwards, planned for bookings: a few statements, however many bookings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.listings import leads_of
from bot.conversation.reminding import Meeting, Wording
from bot.conversation.world import World
from bot.directory import Directory
from bot.messaging.reminders.letters import question_letter, reminder_letters
from bot.messaging.reminders.times import USUAL_LEADS, Reminder, asked_at, times
from bot.model import Person
from bot.store import ledger, letters, reminders
from bot.store.ledger import Planned, Urgency
from bot.store.letters import Letter
from bot.store.reminders import Attending

REMINDED = ("booked", "reminded")
Kind = tuple[int, str, tuple[int, ...], bool]
"""What makes the messages of two bookings the same: date, language, leads, and whether they are asked."""


@dataclass(frozen=True, slots=True)
class Message:
    """A letter that is due at a time; `name` ends the key of everybody's own copy."""

    name: str
    due: datetime
    letter: Letter


@dataclass
class Post:
    """Letters that are written once in a transaction, whoever gets them."""

    tx: AsyncConnection
    now: datetime
    _numbers: dict[str, int] = field(default_factory=dict)

    async def number(self, letter: Letter) -> int:
        if letter.key not in self._numbers:
            self._numbers[letter.key] = await letters.write(self.tx, letter, self.now)
        return self._numbers[letter.key]


async def plan(tx: AsyncConnection, booking: int, world: World, now: datetime) -> tuple[datetime, ...]:
    """Plan all messages of one booking anew; when its reminders will come."""
    found = await plan_all(tx, (booking,), world, now)
    return tuple(one.due for one in found.get(booking, ()))


async def plan_all(
    tx: AsyncConnection, bookings: Sequence[int], world: World, now: datetime
) -> Mapping[int, tuple[Reminder, ...]]:
    """The same for many; what was planned for them before ends."""
    await drop(tx, bookings, now, "planned anew")
    await reminders.renew(tx, bookings)
    return await put(tx, await reminders.of(tx, bookings), world, now)


async def drop(tx: AsyncConnection, bookings: Sequence[int], now: datetime, reason: str) -> None:
    """Nothing more is sent about these bookings."""
    await reminders.drop(tx, bookings, now, reason)


async def put(
    tx: AsyncConnection,
    attending: Sequence[Attending],
    world: World,
    now: datetime,
    directory: Directory | None = None,
) -> Mapping[int, tuple[Reminder, ...]]:
    """Plan the messages of bookings that have none; the reminders of each. `directory`: a newer one."""
    world = replace(world, directory=directory) if directory else world
    post, planned = Post(tx, now), list[Planned]()
    due: dict[int, tuple[Reminder, ...]] = {}
    for alike in _alike(attending, world):
        meeting, wording = meeting_of(alike[0], world), wording_of(alike[0], world)
        coming = times(alike[0].starts, leads_for(alike[0], world), world.local.quiet, now)
        due |= {one.booking: coming for one in alike}
        for message in _messages(alike[0], meeting, coming, wording, world):
            number = await post.number(message.letter)
            planned += [_planned(one, message, number) for one in alike]
    await ledger.plan(tx, planned, now)
    return due


def _alike(attending: Sequence[Attending], world: World) -> Iterator[list[Attending]]:
    """Bookings whose messages are the same, together; those that get none are left out."""
    groups: defaultdict[Kind, list[Attending]] = defaultdict(list)
    for one in attending:
        if one.state in REMINDED:
            groups[one.occasion, one.language, leads_for(one, world), _asked(one)].append(one)
    yield from groups.values()


def _asked(one: Attending) -> bool:
    """Who came is asked how it was; not who only wanted a reminder, nor who wants no messages at all."""
    return one.state == "booked" and one.leads != ()


def _messages(
    one: Attending, meeting: Meeting, coming: Sequence[Reminder], wording: Wording, world: World
) -> Iterator[Message]:
    for reminder, letter in reminder_letters(one.occasion, meeting, coming, wording):
        yield Message(f"remind:{{}}:{reminder.lead}", reminder.due, letter)
    if _asked(one):
        due = asked_at(one.ends, world.local.quiet)
        yield Message("after:{}", due, question_letter(one.occasion, meeting, due, wording))


def _planned(one: Attending, message: Message, letter: int) -> Planned:
    key = message.name.format(f"{one.booking}:{one.version}")
    about = f"occasion:{one.occasion}"
    return Planned(key, Urgency.REMINDER, about, one.person, one.channel, one.address, message.due, letter)


def leads_for(one: Attending, world: World) -> tuple[int, ...]:
    """The person's own choice, else the session's, else the usual."""
    if one.leads is not None:
        return one.leads
    listing = world.directory.listings.get(one.session)
    own = leads_of(listing.series) if listing else None
    return USUAL_LEADS if own is None else own


def meeting_of(one: Attending, world: World) -> Meeting:
    listing = world.directory.listings.get(one.session)
    starts = one.starts.astimezone(world.directory.zone)
    return Meeting(one.date, starts, listing.series if listing else None)


def wording_of(one: Attending, world: World) -> Wording:
    texts = world.texts_for(Person(language=one.language))
    return Wording(texts, world.content.lock_screen)

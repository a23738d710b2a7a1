"""What everybody who has to do with a date is told when it changes: once, and not in quiet hours."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import SessionDate
from bot.conversation import reminding
from bot.conversation.reminding import Meeting, Wording
from bot.conversation.world import World
from bot.directory import Directory
from bot.directory.whereabouts import Where, instead
from bot.messaging.reminders.letters import told
from bot.messaging.reminders.planning import Post, wording_of
from bot.model import Say, Suggestion
from bot.store import ledger
from bot.store.ledger import Planned, Urgency
from bot.store.occasions import Occasion
from bot.store.reminders import Attending

Saying = Callable[[Wording], Say]


@dataclass(frozen=True, slots=True)
class Changing:
    """One date that is being changed: its row is locked, and `directory` holds every change there is."""

    tx: AsyncConnection
    occasion: Occasion
    directory: Directory
    world: World
    now: datetime

    @property
    def about(self) -> str:
        return f"occasion:{self.occasion.id}"

    def meeting(self, starts: datetime) -> Meeting:
        """This date, if it begins then."""
        listing = self.directory.listings.get(self.occasion.session)
        local = starts.astimezone(self.directory.zone)
        return Meeting(self.occasion.date, local, listing.series if listing else None)


async def tell_of_change(changing: Changing, found: Where, attending: Sequence[Attending]) -> int:
    """The new time, or else the new place; that only its length has changed is not worth a message."""
    before, meeting = changing.occasion, changing.meeting(found.starts)
    if found.starts != before.starts:
        was = changing.meeting(before.starts)
        return await _tell(
            changing, "moved", attending, lambda wording: reminding.moved(was, meeting, wording)
        )
    if found.place != before.place:
        return await _tell(
            changing, "place", attending, lambda wording: reminding.new_place(meeting, wording)
        )
    return 0


async def tell_called_off(changing: Changing, attending: Sequence[Attending]) -> int:
    """It is cancelled, and the nearest other date."""
    occasion, directory = changing.occasion, changing.directory
    meeting = changing.meeting(occasion.starts)
    found = instead(directory, occasion.date, occasion.starts, changing.now)
    others = [meeting_at(directory, one) for one in found]
    return await _tell(
        changing, "off", attending, lambda wording: reminding.cancelled(meeting, others, wording)
    )


def meeting_at(directory: Directory, one: Suggestion) -> Meeting:
    series = directory.session(one.session)
    return Meeting(SessionDate(one.session, one.listed or one.starts), one.starts, series)


async def _tell(changing: Changing, what: str, attending: Sequence[Attending], saying: Saying) -> int:
    """One message to everybody, as soon as quiet hours allow; a letter for each language."""
    occasion, now = changing.occasion, changing.now
    due, post, planned = changing.world.local.quiet.after(now), Post(changing.tx, now), list[Planned]()
    languages: defaultdict[str, list[Attending]] = defaultdict(list)
    for one in attending:
        languages[one.language].append(one)
    for language, people in languages.items():
        say = saying(wording_of(people[0], changing.world))
        number = await post.number(told(f"{what}:{occasion.id}:{language}", say))
        planned += [_planned(one, f"{what}:{occasion.id}", changing.about, due, number) for one in people]
    await ledger.plan(changing.tx, planned, now)
    return len(planned)


def _planned(one: Attending, what: str, about: str, due: datetime, letter: int) -> Planned:
    key = f"{what}:{one.booking}:{one.version}"
    return Planned(key, Urgency.REMINDER, about, one.person, one.channel, one.address, due, letter)

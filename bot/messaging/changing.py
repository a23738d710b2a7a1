"""When a date of a session changes: its messages follow, and everybody who has to do with it is told once.

Staff's changes and authors' files go the same way: a date somebody has booked is compared with the listings.
"""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bookings import SessionDate
from bot.conversation.world import World
from bot.directory import Directory
from bot.directory.changes import BY_LISTING, Change
from bot.directory.whereabouts import Refusal, Where, refusal, whereabouts
from bot.messaging import fill
from bot.messaging.reminders import planning
from bot.messaging.reminders.telling import Changing, tell_called_off, tell_of_change
from bot.store import changes, ledger, measures, occasions, reminders
from bot.store.engine import Store
from bot.store.occasions import Occasion

log = structlog.get_logger(__name__)


class CannotChange(Exception):
    """Staff asked for a change that makes no sense; `why` says which."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why: Refusal = why


# ---- what staff do ----------------------------------------------------------------------------------------


async def cancel(tx: AsyncConnection, date: SessionDate, world: World, by: str, now: datetime) -> int:
    """Cancel a date; how many people are told. Raises CannotChange."""
    return await _change(tx, Change(date.session, date.listed, None, by), world, now)


async def move(
    tx: AsyncConnection, date: SessionDate, to: datetime, world: World, by: str, now: datetime
) -> int:
    """Move a date to another start; how many people are told. Raises CannotChange."""
    return await _change(tx, Change(date.session, date.listed, to, by), world, now)


async def hold(tx: AsyncConnection, date: SessionDate, world: World, now: datetime) -> None:
    """Nobody else changes this date, or books it, until the transaction is over."""
    await _locked(tx, date, world, now)


async def _change(tx: AsyncConnection, change: Change, world: World, now: datetime) -> int:
    date = SessionDate(change.session, change.listed)
    occasion = await _locked(tx, date, world, now)
    directory = world.directory.changed_by(await changes.every(tx, now))
    if why := refusal(directory, date, change.moved_to, now):
        raise CannotChange(why)
    await changes.put(tx, change, now)
    kind = "moved" if change.moved_to else "cancelled"
    log.info("a date was changed", session=change.session, listed=str(change.listed), kind=kind)
    return await reconcile(tx, occasion.id, world, now) if occasion else 0


async def _locked(tx: AsyncConnection, date: SessionDate, world: World, now: datetime) -> Occasion | None:
    """The row of the date, made where nobody has booked yet: who books it meanwhile waits for us."""
    directory = world.directory.changed_by(await changes.every(tx, now))
    if (found := whereabouts(directory, date)) is not None:
        new = Occasion(0, date.session, date.listed, found.starts, found.ends, found.place, "on")
        await occasions.make(tx, new, now)
    return await occasions.lock(tx, date)


# ---- what follows from it ---------------------------------------------------------------------------------


async def tick(store: Store, world: World, now: datetime) -> None:
    """Every 60 seconds, and at once when content or a change is new: every date to come is looked at."""
    async with store.read() as tx:
        directory = world.directory.changed_by(await changes.every(tx, now))
        known = await changes.to_come(tx, now)
        ended = await changes.any_ended(tx, now)
    for occasion in known:
        if _differs(occasion, _found(directory, occasion, known)):
            await _reconciled(store, occasion, world, now)
    if ended:
        async with store.write() as tx:
            over = await changes.finish(tx, now)
            await measures.add(
                tx, await fill.measured(tx, over, world), now.astimezone(directory.zone).date()
            )


async def _reconciled(store: Store, occasion: Occasion, world: World, now: datetime) -> None:
    """One date that cannot be changed must not keep the others from it."""
    try:
        async with store.write() as tx:
            await reconcile(tx, occasion.id, world, now)
    except Exception as error:
        log.error("a date could not be changed", occasion=occasion.id, error=type(error).__name__)
    store.planned.set()


async def reconcile(tx: AsyncConnection, id: int, world: World, now: datetime) -> int:
    """Bring one date to where the listings and staff's changes have it; how many people are told."""
    occasion = await occasions.lock_id(tx, id)
    if occasion is None or occasion.starts <= now or occasion.state == "over":
        return 0
    # Read again under the lock: what staff did meanwhile counts.
    directory = world.directory.changed_by(await changes.every(tx, now))
    found = _found(directory, occasion, await changes.to_come(tx, now))
    if not _differs(occasion, found):
        return 0
    changing = Changing(tx, occasion, directory, world, now)
    if found is None:
        return await _call_off(changing)
    await _note(tx, occasion, found, now)
    return await _follow(changing, found)


def moved_by(directory: Directory, known: Sequence[Occasion]) -> list[Occasion]:
    """Those of these dates that would be elsewhere, at another time or off with these listings."""
    return [one for one in known if _differs(one, _found(directory, one, known))]


def _found(directory: Directory, occasion: Occasion, known: Sequence[Occasion]) -> Where | None:
    others = [one for one in known if one.session == occasion.session and one.id != occasion.id]
    taken = {one.listed for one in others} | {one.starts for one in others}
    return whereabouts(directory, occasion.date, taken)


def _differs(occasion: Occasion, found: Where | None) -> bool:
    if found is None or occasion.state == "cancelled":
        return (found is None) != (occasion.state == "cancelled")
    return (found.starts, found.ends, found.place) != (occasion.starts, occasion.ends, occasion.place)


async def _note(tx: AsyncConnection, occasion: Occasion, found: Where, now: datetime) -> None:
    """A date that its author moved within its day keeps its first name, for the buttons that name it."""
    if found.by_author:
        moved = Change(occasion.session, occasion.listed, found.starts, BY_LISTING)
        await changes.put(tx, moved, now)
    elif found.starts == occasion.listed:
        await changes.forget(tx, occasion.date)


async def _follow(changing: Changing, found: Where) -> int:
    """The date is on, elsewhere or at another time; or it is on again."""
    tx, before = changing.tx, changing.occasion
    now_on = before._replace(starts=found.starts, ends=found.ends, place=found.place, state="on")
    await changes.put_occasion(tx, now_on, changing.now)
    log.info("a date follows its listing", occasion=before.id, state=before.state)
    if before.state == "cancelled":
        return 0
    unwanted = await reminders.unwanted(tx, before.id)
    await reminders.drop_at(tx, before.id, changing.now, "planned anew")
    await changes.renew(tx, before.id)
    attending = await reminders.at(tx, before.id)
    wanted = [one for one in attending if one.person not in unwanted]
    await planning.put(tx, wanted, changing.world, changing.now, changing.directory)
    return await tell_of_change(changing, found, attending)


async def _call_off(changing: Changing) -> int:
    """Nothing of it goes out any more; everybody hears it, with the nearest other date."""
    tx, occasion, now = changing.tx, changing.occasion, changing.now
    await changes.put_occasion(tx, occasion._replace(state="cancelled"), now)
    log.info("a date is called off", occasion=occasion.id)
    attending = await reminders.at(tx, occasion.id)
    for about in (changing.about, f"offer:{occasion.id}"):
        await ledger.call_off(tx, about, now, "called off")
    await changes.end_bookings(tx, occasion.id)
    return await tell_called_off(changing, attending)

"""What broadcasts do by themselves: begin at their time, end their hold, come again, and finish."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.world import World
from bot.messaging.broadcasts import desk, looking
from bot.messaging.broadcasts.repeating import following
from bot.messaging.broadcasts.words import Broadcast, Report, State
from bot.store import broadcasts, notices, recipients
from bot.store.broadcasts import New
from bot.store.engine import Store

log = structlog.get_logger(__name__)

LATE = timedelta(hours=6)
"""A machine that was off for longer does not surprise people with what was meant for another day."""
FORGOTTEN = timedelta(days=30)
"""So long after it was stopped, its list is not kept any more."""
STRAGGLERS = timedelta(minutes=2)
"""So long after a stop, a message that was on its way may come back to be tried again."""
MOVING: tuple[State, ...] = ("set", "holding", "sending", "recalling")
ENDED: tuple[State, ...] = ("stopped", "waits", "cancelled")
PROGRAM = "the program"


async def tick(store: Store, world: World, now: datetime) -> None:
    """One look at every broadcast that is not over; each that is due has its own transaction."""
    async with store.read() as tx:
        rows = await broadcasts.in_state(tx, *MOVING, *ENDED)
    for row in rows:
        if _due(row, now):
            await _advance(store, row, world, now)


def _due(row: Broadcast, now: datetime) -> bool:
    match row.state:
        case "set":
            return row.draft.send_at is None or row.draft.send_at <= now
        case "holding" | "sending" | "recalling":
            return True
        case "stopped":
            return now - row.changed < STRAGGLERS or now - row.changed > FORGOTTEN
        case _:
            return now - row.changed < STRAGGLERS


def _waits(row: Broadcast, now: datetime) -> bool:
    """Its hold is not over: what comes back from before a correction is held with the rest."""
    return row.state == "holding" and row.hold_until is not None and row.hold_until > now


async def _advance(store: Store, seen: Broadcast, world: World, now: datetime) -> None:
    """One that breaks does not keep the others back."""
    try:
        looks = seen.state not in ("set", "holding") or _waits(seen, now)
        if looks and await _still(store, seen, now):
            return
        async with store.write() as tx:
            row = await broadcasts.find(tx, seen.id, lock=True)
            if row is not None and row.version == seen.version:
                await _step(tx, row, world, now)
        store.planned.set()
    except Exception as error:
        log.error("a broadcast could not go on", broadcast=seen.id, error=type(error).__name__)


async def _still(store: Store, seen: Broadcast, now: datetime) -> bool:
    """Whether there is nothing to write: looked at without keeping any writer waiting."""
    async with store.read() as tx:
        if seen.state == "stopped" and now - seen.changed > FORGOTTEN:
            return False
        unsent = seen.state != "sending" and await recipients.waiting(tx, seen.about)
        quiet = seen.state in ENDED or seen.state == "holding"
        return not unsent and (quiet or await recipients.resting(tx, seen.about))


async def _step(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> None:
    match row.state:
        case "set":
            await _begin(tx, row, world, now)
        case "holding" if not _waits(row, now):
            await _release(tx, row, world, now)
        case "sending":
            await _finish(tx, row, world, now)
        case "recalling":
            await _recalled(tx, row, world, now)
        case "cancelled":
            await recipients.drop_unsent(tx, row.about, now, "cancelled")
        case "stopped" if now - row.changed > FORGOTTEN:
            await recipients.drop_unsent(tx, row.about, now, "cancelled")
            await _over(tx, row, "cancelled", now)
        case _:
            await recipients.hold(tx, row.about, now)


async def _begin(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> None:
    """Its time has come: a list that was not frozen yet is frozen now; then the hold."""
    if row.draft.send_at is not None and now - row.draft.send_at > LATE:
        await _too_late(tx, row, world, now)
        return
    frozen = row.frozen
    if frozen is None:
        await broadcasts.happened(tx, row.id, PROGRAM, "frozen", now)
        frozen = await desk.freeze(tx, row, world, now)
    held = {"state": "holding", "hold_until": now + world.local.broadcast_hold}
    await desk.saved(tx, row, now, frozen=frozen, **held)


async def _release(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> None:
    if row.hold_until is not None and now - row.hold_until > LATE:
        await _too_late(tx, row, world, now)
        return
    await desk.let_go(tx, row, world, now)
    await _again(tx, row, world, now)
    await desk.saved(tx, row, now, state="sending")
    await broadcasts.happened(tx, row.id, PROGRAM, "released", now)


async def _too_late(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> None:
    """Stopped, and staff are told; the times after it come all the same."""
    await _again(tx, row, world, now)
    await desk.saved(tx, row, now, state="stopped")
    await broadcasts.happened(tx, row.id, PROGRAM, "too late", now)
    await notices.add(tx, "broadcast-late", row.about, now)


async def _again(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> None:
    """The next one of those that repeat, once: approved as this one was, for the people of its own time."""
    draft = following(row.draft, ZoneInfo(world.local.timezone), now)
    if draft is None or draft.send_at is None:
        return
    request = f"repeat:{row.id}:{draft.send_at.isoformat()}"
    new, is_new = await broadcasts.add(tx, New(request, row.by, draft, "set", row.approved_by, row.id), now)
    if is_new:
        await broadcasts.happened(tx, new.id, PROGRAM, "made", now, f"follows {row.id}")


async def _finish(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> None:
    """The next of the list, or, when nothing is on its way any more, the end; whoever got the old words at
    the last moment is corrected first."""
    if await recipients.release(tx, row.about, now) or await recipients.underway(tx, row.about):
        return
    if await desk.correct_sent(tx, row, world, now):
        return
    await _over(tx, row, "done", now)


async def _recalled(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> None:
    """What arrived while it was being recalled is deleted too."""
    if await recipients.waiting(tx, row.about):
        await recipients.drop_unsent(tx, row.about, now, "recalled")
    if await recipients.release(tx, row.about, now, "delete") or await recipients.underway(tx, row.about):
        return
    if await desk.take_off(tx, row, world, now):
        return
    await _over(tx, row, "recalled", now)


async def _over(tx: AsyncConnection, row: Broadcast, state: State, now: datetime) -> None:
    """The figures are written down: they outlast the rows they count."""
    await desk.saved(tx, row, now, state=state)
    report = await looking.report(tx, row.id)
    await broadcasts.happened(tx, row.id, PROGRAM, state, now, in_figures(report))


def in_figures(report: Report) -> str:
    """A report on one line."""
    kept = {"frozen": report.frozen, "sent": report.sent, "unsure": report.unsure, "erased": report.erased}
    more = {"failed": sum(report.failed.values()), "dropped": sum(report.dropped.values())}
    return json.dumps(kept | more)

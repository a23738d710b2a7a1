"""What staff do with a broadcast: each step in one transaction, and only from what they saw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.world import World
from bot.messaging.broadcasts import checks, lettering, steps
from bot.messaging.broadcasts.steps import Step
from bot.messaging.broadcasts.words import Broadcast, By, Draft, Press, Refusal
from bot.store import audiences, broadcasts, corrections, recipients
from bot.store.broadcasts import New


async def make(tx: AsyncConnection, by: By, request: str, draft: Draft, now: datetime) -> Broadcast:
    """A draft. The same request again gives the broadcast that it made before, as it is now."""
    if by.role == "viewer":
        raise Refusal("broadcast.refused.viewer")
    row, new = await broadcasts.add(tx, New(request[:100], by.id, draft), now)
    if new:
        await broadcasts.happened(tx, row.id, by.name, "made", now)
    return row


async def change(tx: AsyncConnection, press: Press, draft: Draft, now: datetime) -> Broadcast:
    """Another draft in its place; whoever changed it answers for it."""
    row, _ = await opened(tx, press, "change")
    return await done(tx, row, press.by, ("changed", now), draft=draft, by=press.by.id)


async def propose(tx: AsyncConnection, press: Press, world: World, now: datetime) -> Broadcast:
    """Freeze the list and count it; then it waits for approval, for its time, or is held. Refuses words or
    times that are wrong, and an audience of nobody."""
    row, begun = await opened(tx, press, "propose")
    checks.check(row.draft, world, now)
    if not (await audiences.reach(tx, row.draft.audience)).people:
        raise Refusal("broadcast.refused.nobody")
    await broadcasts.happened(tx, row.id, press.by.name, "proposed", now)
    frozen = await freeze(tx, row, world, now)
    return await saved(tx, row, now, frozen=frozen, **steps.off(row, begun, world.local, now))


async def approve(tx: AsyncConnection, press: Press, world: World, now: datetime) -> Broadcast:
    """The second member of staff says yes. Refuses the author, and a time that has passed meanwhile."""
    row, begun = await opened(tx, press, "approve")
    if not begun and row.draft.send_at is not None and row.draft.send_at <= now:
        raise Refusal("broadcast.refused.past")
    approved = replace(row, approved_by=press.by.id)
    columns = steps.off(approved, begun, world.local, now)
    return await done(tx, row, press.by, ("approved", now), **columns, approved_by=press.by.id)


async def take_back(tx: AsyncConnection, press: Press, now: datetime) -> Broadcast:
    """A draft again, without its list; a correction that was not approved leaves it stopped."""
    row, begun = await opened(tx, press, "take-back")
    if not begun:
        await recipients.unfreeze(tx, row.about)
    return await done(tx, row, press.by, ("taken back", now), **steps.back(begun))


async def cancel(tx: AsyncConnection, press: Press, now: datetime) -> Broadcast:
    """It ends here: who has not got it will not."""
    row, _ = await opened(tx, press, "cancel")
    await recipients.drop_unsent(tx, row.about, now, "cancelled")
    return await done(tx, row, press.by, ("cancelled", now), state="cancelled")


async def stop(tx: AsyncConnection, id: int, by: By, now: datetime) -> Broadcast:
    """Nothing more goes out, whatever was pressed meanwhile. Stopping what is stopped is no mistake."""
    row = await locked(tx, id)
    begun = await recipients.begun(tx, row.about)
    if row.state == "stopped" and by.role != "viewer":
        return row
    steps.check("stop", row, by, begun)
    await recipients.hold(tx, row.about, now)
    return await done(tx, row, by, ("stopped", now), state="stopped")


async def resume(tx: AsyncConnection, press: Press, world: World, now: datetime) -> Broadcast:
    """On from where it stopped; one that had not begun is held again first, or waits for its time."""
    row, begun = await opened(tx, press, "resume")
    columns = steps.on(row, begun, world.local, now)
    if columns["state"] == "sending":
        await let_go(tx, row, world, now)
    return await done(tx, row, press.by, ("resumed", now), **columns)


async def correct(
    tx: AsyncConnection, press: Press, texts: Mapping[str, str], world: World, now: datetime
) -> Broadcast:
    """Other words: who got it sees them in the same message, who did not gets them instead. They need the
    same approval and are held as the first ones were."""
    row, begun = await opened(tx, press, "correct")
    draft = replace(row.draft, texts=dict(texts))
    checks.check_words(draft, world)
    if dict(texts) == dict(row.draft.texts):
        raise Refusal("broadcast.refused.same-words")
    await corrections.outdate(tx, row.about, now)
    worded = replace(row, draft=draft, by=press.by.id, approved_by=None)
    columns = steps.off(worded, begun, world.local, now)
    written = {"draft": draft, "by": press.by.id, "approved_by": None}
    return await done(tx, row, press.by, ("corrected", now), **columns, **written)


async def recall(tx: AsyncConnection, id: int, by: By, now: datetime) -> Broadcast:
    """Send no more from this moment, and delete what is out (the next tick begins with it), without approval.
    Again is no mistake."""
    row = await locked(tx, id)
    if row.state in ("recalling", "recalled") and by.role != "viewer":
        return row
    steps.check("recall", row, by, await recipients.begun(tx, row.about))
    await recipients.hold(tx, row.about, now)
    return await done(tx, row, by, ("recalled", now), state="recalling")


async def follow_up(
    tx: AsyncConnection, press: Press, request: str, texts: Mapping[str, str], now: datetime
) -> Broadcast:
    """A draft for exactly those who got this one (or may have), but for those who have stopped since."""
    row, _ = await opened(tx, press, "follow-up", since=False)
    audience = replace(row.draft.audience, areas=(), cancer="", topic="", language="", got=row.id)
    new = New(request[:100], press.by.id, Draft(audience, dict(texts)), follows=row.id)
    made, is_new = await broadcasts.add(tx, new, now)
    if is_new:
        await broadcasts.happened(tx, made.id, press.by.name, "made", now, f"follows {row.id}")
    return made


async def freeze(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> int:
    """The list as it is now, with the words as they are now; how many people."""
    letters = await lettering.worded(tx, row, world, now)
    return await audiences.freeze(tx, row.about, row.draft.audience, letters, now)


async def let_go(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> None:
    """The sender may have all of it now; where the words were corrected, the corrections too."""
    await recipients.drop_stopped(tx, row.about, now)
    await correct_sent(tx, row, world, now)
    await recipients.release(tx, row.about, now)


async def correct_sent(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> int:
    """How many people have other words than the last ones; their correction is planned, once."""
    _, times = await broadcasts.rounds(tx, row.id)
    if not times:
        return 0
    letters = await lettering.worded(tx, row, world, now)
    await corrections.reword(tx, row.about, letters, now)
    planned = await corrections.edit(tx, row.about, letters, times, now)
    await corrections.rewrite_silent(tx, row.about, letters)
    return planned


async def take_off(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> int:
    """Nothing more of it goes out, and all that is out is deleted; how many deletions are new."""
    await recipients.drop_unsent(tx, row.about, now, "recalled")
    letters = await lettering.taken_back(tx, row, world, now)
    planned = await corrections.delete_sent(tx, row.about, letters, now)
    await corrections.rewrite_silent(tx, row.about, letters)
    await recipients.release(tx, row.about, now, "delete")
    return planned


async def locked(tx: AsyncConnection, id: int) -> Broadcast:
    """The broadcast, ours until the end of the transaction."""
    row = await broadcasts.find(tx, id, lock=True)
    if row is None:
        raise Refusal("broadcast.refused.unknown")
    return row


async def opened(tx: AsyncConnection, press: Press, step: Step, since: bool = True) -> tuple[Broadcast, bool]:
    """The broadcast that was pressed, and whether it has begun; refuses a step it does not allow now, and,
    with `since`, one that was pressed on what has changed since."""
    row = await locked(tx, press.id)
    begun = await recipients.begun(tx, row.about)
    steps.check(step, row, press.by, begun)
    if since and row.version != press.version:
        raise await quicker(tx, row)
    return row, begun


async def quicker(tx: AsyncConnection, row: Broadcast) -> Refusal:
    """Somebody else was: who."""
    last = (await broadcasts.history(tx, row.id))[-1:]
    return Refusal("broadcast.refused.quicker", name=last[0].by if last else "")


async def done(
    tx: AsyncConnection, row: Broadcast, by: By, what: tuple[str, datetime], /, **columns: object
) -> Broadcast:
    """Save it and write down who did what."""
    event, now = what
    new = await saved(tx, row, now, **columns)
    await broadcasts.happened(tx, row.id, by.name, event, now)
    return new


async def saved(tx: AsyncConnection, row: Broadcast, now: datetime, /, **columns: object) -> Broadcast:
    """As it is then; refused when another process has changed it since it was read."""
    new = await broadcasts.save(tx, row, now, **columns)
    if new is None:
        raise await quicker(tx, row)
    return new

"""Writing down how messages went, and what follows: silence after a 429, a chat that moved or is gone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messaging.outcomes import Outcome, settle
from bot.model import Count, Gone, Moved, TryLater
from bot.store import arrivals, counters, ledger, outgoing, paces, people
from bot.store.ledger import Urgency
from bot.store.outgoing import Leased

Result: TypeAlias = tuple[Leased, Outcome]


async def record(tx: AsyncConnection, channel: str, results: Sequence[Result], now: datetime) -> datetime:
    """Write results down; until when the channel wants silence, or now."""
    settled = [(message, settle(message, outcome, now)) for message, outcome in results]
    await outgoing.settle(tx, settled, now)
    for message, outcome in results:
        await _follow(tx, message, outcome, now)
    lost = [m for m, s in settled if m.urgency == Urgency.REPLY and s.state in ("failed", "unsure")]
    await counters.add(tx, [Count("reply lost", (("channel", channel),)) for _ in lost], now)
    return await _freeze(tx, channel, results, now)


async def _follow(tx: AsyncConnection, message: Leased, outcome: Outcome, now: datetime) -> None:
    match outcome:
        case Gone():
            await people.unreachable(tx, message.channel, message.address)
            await outgoing.give_up(tx, message.channel, message.address, now)
        case Moved():
            await _move(tx, message.channel, message.address, outcome.address)


async def _move(tx: AsyncConnection, channel: str, old: str, new: str) -> None:
    await people.move(tx, channel, old, new)
    await arrivals.move(tx, channel, old, new)
    await ledger.move(tx, channel, old, new)


async def _freeze(tx: AsyncConnection, channel: str, results: Sequence[Result], now: datetime) -> datetime:
    waits = [one.seconds for _, one in results if isinstance(one, TryLater) and one.everyone]
    if not waits:
        return now
    until = now + timedelta(seconds=max(waits))
    await paces.freeze(tx, channel, until)
    return until

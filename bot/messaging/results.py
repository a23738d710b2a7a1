"""Writing down how messages went, and what follows: silence after a 429, a chat that moved or is gone."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.failures import Gone, Moved, TryLater
from bot.messaging.outcomes import LATE, Outcome, settle
from bot.model import Count
from bot.store import arrivals, counters, ledger, notices, outgoing, paces, people, settling, staff
from bot.store.ledger import Urgency
from bot.store.outgoing import Leased, Settled

log = structlog.get_logger(__name__)

Result: TypeAlias = tuple[Leased, Outcome]


async def record(tx: AsyncConnection, channel: str, results: Sequence[Result], now: datetime) -> datetime:
    """Write results down; until when the channel wants silence, or now."""
    settled = [(message, settle(message, outcome, now)) for message, outcome in results]
    await settling.settle(tx, settled, now)
    again = [message.id for message, one in settled if one.state == "planned" and message.urgency]
    await outgoing.drop_stopped(tx, again, now)
    for message, outcome in results:
        await _follow(tx, message, outcome, now)
    replies = [(m, s) for m, s in settled if m.urgency == Urgency.REPLY and m.act == "send"]
    lost = [m for m, s in replies if s.state in ("failed", "unsure")]
    await counters.add(tx, [Count("reply lost", (("channel", channel),)) for _ in lost], now)
    await _tell_staff(tx, settled, now)
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
    await staff.move(tx, channel, old, new)
    await arrivals.move(tx, channel, old, new)
    await ledger.move(tx, channel, old, new)


async def _tell_staff(tx: AsyncConnection, settled: Sequence[tuple[Leased, Settled]], now: datetime) -> None:
    """What came too late, what is parked and what nobody knows of: once for each thing it is about."""
    told = Counter((_kind(of.state, of.reason), message.about or "reply") for message, of in settled)
    for (kind, about), times in told.items():
        if kind:
            log.warning("not delivered", why=kind, about=about, times=times)
            await notices.add(tx, kind, about, now, times)


def _kind(state: str, reason: str) -> str:
    """A chat that is gone is no news to staff: it stands in the report."""
    if state == "failed":
        return "" if reason in ("gone", "moved") else "parked"
    return state if state == "unsure" else "late" if reason == LATE else ""


async def _freeze(tx: AsyncConnection, channel: str, results: Sequence[Result], now: datetime) -> datetime:
    waits = [one.seconds for _, one in results if isinstance(one, TryLater) and one.everyone]
    if not waits:
        return now
    until = now + timedelta(seconds=max(waits))
    await paces.freeze(tx, channel, until)
    return until

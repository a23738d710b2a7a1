"""What staff see of a broadcast: how it will look, whom it reaches, and what became of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.world import World
from bot.messaging.broadcasts import checks
from bot.messaging.broadcasts.rendering import languages, render
from bot.messaging.broadcasts.words import (
    Broadcast,
    Chat,
    Happened,
    Preview,
    Reach,
    Refusal,
    Report,
    Shown,
    State,
)
from bot.model import Person
from bot.store import audiences, broadcasts, recipients
from bot.store.recipients import Tally

FIRST = 3
LIVE: tuple[State, ...] = ("waits", "set", "holding", "sending", "stopped", "recalling")
"""What staff still have to do with."""
AS_STOPPED = ("grief",)
"""Somebody's bad news is nobody's figure: these count as people who stopped messages, in every report."""


async def get(tx: AsyncConnection, id: int) -> Broadcast:
    """The broadcast of this number; refused where there is none."""
    row = await broadcasts.find(tx, id)
    if row is None:
        raise Refusal("broadcast.refused.unknown")
    return row


async def every(tx: AsyncConnection, limit: int = 20, before: int | None = None) -> tuple[Broadcast, ...]:
    """The newest first; with `before`, of those that are older than it."""
    return await broadcasts.every(tx, limit, before)


async def live(tx: AsyncConnection) -> tuple[Broadcast, ...]:
    """Those that are neither drafts nor over, the oldest first: whose progress is shown."""
    return await broadcasts.in_state(tx, *LIVE)


async def history(tx: AsyncConnection, id: int) -> tuple[Happened, ...]:
    """Who did what, in order."""
    return await broadcasts.history(tx, id)


async def preview(tx: AsyncConnection, id: int, world: World, now: datetime) -> Preview:
    """The first 3 in sending order, each as they will see it. Refuses words that cannot be sent."""
    row = await get(tx, id)
    checks.check_words(row.draft, world)
    listed = row.frozen is not None
    rows = await (recipients.first(tx, row.about, FIRST) if listed else _first(tx, row))
    staff = world.texts_for(Person())
    shown = tuple(
        Shown(
            staff("broadcast.recipient", number=str(number)),
            one.channel,
            one.language,
            render(row.draft, one.language, world),
        )
        for number, one in enumerate(rows, start=1)
    )
    reach = await _reach(tx, row)
    return Preview(shown, reach, tuple(checks.warnings(row.draft, reach, world, now)))


async def send_to_me(tx: AsyncConnection, id: int, chat: Chat, world: World, now: datetime) -> int:
    """The message in each of its languages in a staff member's own chat, as people will see it; how many
    messages are new. The same press, or none and the same version, is sent once."""
    row = await get(tx, id)
    checks.check_words(row.draft, world)
    mark = f"mine:{row.id}:{chat.press or row.version}:{chat.channel}:{chat.address}"
    says = {f"{mark}:{one}"[:200]: render(row.draft, one, world) for one in languages(row.draft)}
    return await recipients.to_staff(tx, says, chat.channel, chat.address, now)


async def report(tx: AsyncConnection, id: int) -> Report:
    """What became of everybody on the list. Before it is frozen, there is nobody on it."""
    row = await get(tx, id)
    tallies = await recipients.figures(tx, row.about)
    sends = [tally for tally in tallies if tally.act == "send"]
    states = _sum((tally.state, tally) for tally in sends)
    frozen = row.frozen or 0
    return Report(
        row.id,
        row.state,
        frozen,
        **{state: states[state] for state in ("sent", "unsure", "held", "planned", "sending")},
        erased=frozen - sum(states.values()),
        failed=_reasons(sends, "failed"),
        dropped=_reasons(sends, "dropped"),
        edits=_sum((tally.state, tally) for tally in tallies if tally.act == "edit"),
        deletes=_sum((tally.state, tally) for tally in tallies if tally.act == "delete"),
    )


def _reasons(tallies: list[Tally], state: str) -> Counter[str]:
    counted = (tally for tally in tallies if tally.state == state)
    return _sum(("stopped" if one.reason in AS_STOPPED else one.reason, one) for one in counted)


def _sum(named: Iterable[tuple[str, Tally]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for name, tally in named:
        counted[name] += tally.many
    return counted


async def _first(tx: AsyncConnection, row: Broadcast) -> Sequence[Row[Any, Any]]:
    return await audiences.first(tx, row.draft.audience, FIRST)


async def _reach(tx: AsyncConnection, row: Broadcast) -> Reach:
    """A frozen list as it was frozen; who is left out, as people are now."""
    now = await audiences.reach(tx, row.draft.audience)
    if row.frozen is None:
        return now
    by_channel: Counter[str] = Counter()
    by_language: Counter[str] = Counter()
    for one in await recipients.spread(tx, row.about):
        by_channel[one.channel] += one.many
        by_language[one.language] += one.many
    return Reach(row.frozen, by_channel, by_language, now.left_out)

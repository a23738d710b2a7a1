"""Taking the topics of requests out of the staff's group, when what people wrote must go."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import EPOCH
from bot.store.engine import insert_new
from bot.store.tables import handovers, ledger

TELEGRAM = "telegram"
TOPIC = "topic"
"""The target of a deletion that takes the whole topic away."""
REPLY = 0
"""As bot/store/ledger.py has it."""


async def gone(tx: AsyncConnection, where: ColumnElement[bool]) -> None:
    """The topics of these requests are taken away: what people wrote must not stay in the group."""
    chosen = select(handovers.c.thread).where(where, handovers.c.thread.like("%:%"))
    threads = (await tx.execute(chosen)).scalars().all()
    rows = [_deletion(thread) for thread in threads]
    if rows:
        await tx.execute(insert_new(tx.dialect.name, ledger, "key"), rows)


def _deletion(thread: str) -> dict[str, object]:
    return {
        "key": f"topic-gone:{thread}",
        "urgency": REPLY,
        "channel": TELEGRAM,
        "address": thread,
        "act": "delete",
        "target": TOPIC,
        "state": "planned",
        "due": EPOCH,
        "not_before": EPOCH,
        "attempts": 0,
        "repeats": 0,
        "touched": EPOCH,
        "forget": False,
    }

"""Writing down how messages went: one statement for a whole batch, each row only by who leased it."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import TextClause, delete, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import in_milliseconds
from bot.store.outgoing import Leased, Settled
from bot.store.tables import ledger


async def settle(tx: AsyncConnection, results: Sequence[tuple[Leased, Settled]], now: datetime) -> None:
    """Write results down, each only where the row is still leased to the one who sent it."""
    if not results:
        return
    rows = [_row(message, settled) for message, settled in results]
    await tx.execute(_settle(tx.dialect.name), {"rows": json.dumps(rows), "now": in_milliseconds(now)})
    done = [message.id for message, settled in results if message.forget and settled.state != "planned"]
    if done:
        over = ledger.c.state.not_in(("planned", "sending"))
        await tx.execute(delete(ledger).where(ledger.c.id.in_(done), ledger.c.forget, over))


def _row(message: Leased, settled: Settled) -> tuple[object, ...]:
    who = (message.id, message.owner, message.attempts)
    return (
        *who,
        settled.state,
        in_milliseconds(settled.not_before),
        settled.repeats,
        settled.reason or None,
        settled.message or None,
    )


@cache
def _settle(dialect: str) -> TextClause:
    """An UPDATE from a list that travels as one JSON value. Row by row it took most of the sender's time:
    on PostgreSQL each row was a trip of its own."""
    return text(_UPDATE.format(rows=_ROWS[dialect]))


_UPDATE = """
UPDATE ledger SET state = r.state, not_before = r.not_before, repeats = r.repeats, reason = r.reason,
    message = r.message, touched = :now, owner = NULL, lease = NULL
FROM ({rows}) AS r
WHERE ledger.id = r.id AND ledger.state = 'sending' AND ledger.owner = r.owner
    AND ledger.attempts = r.attempts
"""
_ROWS = {
    "sqlite": """
        SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS owner,
            json_extract(value, '$[2]') AS attempts, json_extract(value, '$[3]') AS state,
            json_extract(value, '$[4]') AS not_before, json_extract(value, '$[5]') AS repeats,
            json_extract(value, '$[6]') AS reason, json_extract(value, '$[7]') AS message
        FROM json_each(:rows)""",
    "postgresql": """
        SELECT CAST(value ->> 0 AS bigint) AS id, value ->> 1 AS owner,
            CAST(value ->> 2 AS int) AS attempts, value ->> 3 AS state,
            CAST(value ->> 4 AS bigint) AS not_before, CAST(value ->> 5 AS int) AS repeats,
            value ->> 6 AS reason, value ->> 7 AS message
        FROM jsonb_array_elements(CAST(:rows AS jsonb)) AS t(value)""",
}

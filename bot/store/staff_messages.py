"""Messages to staff: they name no person, are said at once, and can be edited once they are out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.model import Say
from bot.store.engine import insert_new
from bot.store.ledger import AT_ONCE, WAITING, Act, Urgency
from bot.store.tables import broadcasts, ledger


@dataclass(frozen=True, slots=True)
class ToStaff:
    """A message to a member's chat. `key` makes it one for ever; an edit changes the message `target`."""

    key: str
    channel: str
    address: str
    say: Say
    about: str = ""
    act: Act = "send"
    target: str | None = None


async def plan(tx: AsyncConnection, messages: Sequence[ToStaff], now: datetime) -> None:
    """Those whose key is there already are left as they are."""
    rows = [_row(one, now) for one in messages]
    if rows:
        await tx.execute(insert_new(tx.dialect.name, ledger, "key"), rows)


async def sent_as(tx: AsyncConnection, key: str) -> str:
    """The channel's own id of this message; "" as long as it is not out."""
    return (await tx.execute(select(ledger.c.message).where(ledger.c.key == key))).scalar() or ""


async def outdate(tx: AsyncConnection, about: str, now: datetime) -> None:
    """Edits that are not out yet are overtaken by a newer one."""
    waiting = (ledger.c.about == about, ledger.c.act == "edit", ledger.c.state.in_(WAITING))
    await tx.execute(
        update(ledger).where(*waiting).values(state="dropped", reason="out of date", touched=now)
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the progress of a broadcast is shown, by which message, and what stands there."""

    chat: str
    message: str
    words: str


async def put(tx: AsyncConnection, broadcast: int, seen: Shown, new: Shown) -> bool:
    """Note what is shown now. Of two who change the same thing at once, one gets False."""
    found = [func.coalesce(broadcasts.c[name], "") for name in ("shown_in", "shown_as", "shown")]
    before = (seen.chat, seen.message, seen.words)
    here = (column == value for column, value in zip(found, before, strict=True))
    values = {"shown_in": new.chat, "shown_as": new.message, "shown": new.words}
    moved = update(broadcasts).where(broadcasts.c.id == broadcast, *here).values(values)
    return (await tx.execute(moved)).rowcount == 1


def _row(one: ToStaff, now: datetime) -> dict[str, object]:
    return {
        "key": one.key,
        "urgency": Urgency.REPLY,
        "about": one.about or None,
        "person": None,
        "channel": one.channel,
        "address": one.address,
        "body": forms.write(one.say),
        "act": one.act,
        "target": one.target,
        "state": "planned",
        "due": AT_ONCE,
        "not_before": AT_ONCE,
        "attempts": 0,
        "repeats": 0,
        "touched": now,
        "forget": False,
    }

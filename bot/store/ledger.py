"""What goes out: rows are planned in the transaction that decided them, and read back for the person."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Literal, NamedTuple, TypeAlias

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.model import Say
from bot.store.columns import EPOCH, in_milliseconds
from bot.store.engine import insert_new
from bot.store.tables import SENT, ledger, letters

# A reply is due at once whatever the clock says, also after the clock was set back.
AT_ONCE = EPOCH
WAITING = ("planned", "held")
Act: TypeAlias = Literal["send", "edit", "delete"]
AT_A_TIME = 5000
PAGE_AMONG = 50
"""Messages that are looked through for a page: someone who prints does so soon."""


class Urgency(IntEnum):
    """Replies go before reminders before broadcasts."""

    REPLY = 0
    REMINDER = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class Planned:
    """A message planned ahead. `key` makes it one for ever: planning it again does nothing.

    `about` is what moves or ends it ("occasion:5", "programme:7", "broadcast:12"). `act` may be edit or
    delete; then `target` is the channel's own id of the message.
    """

    key: str
    urgency: Urgency
    about: str
    person: str
    channel: str
    address: str
    due: datetime
    letter: int
    state: Literal["planned", "held"] = "planned"
    act: Act = "send"
    target: str | None = None


@dataclass(frozen=True, slots=True)
class To:
    """Whom a turn's messages are for. `person` is empty for someone who has just been erased."""

    arrival: int
    person: str
    channel: str
    address: str


WITH_LETTERS = select(func.coalesce(ledger.c.body, letters.c.body).label("body")).select_from(
    ledger.outerjoin(letters, ledger.c.letter == letters.c.id)
)
"""The words of messages, their own or their letter's."""


async def reply(tx: AsyncConnection, to: To, says: Sequence[Say], now: datetime, shown: bool = False) -> None:
    """Plan the messages of a turn, in order; `shown` ones the channel has put before the person itself."""
    state = "sent" if shown else "planned"
    rows = [_row(to, place, say, now) | {"state": state} for place, say in enumerate(says)]
    if rows:
        await tx.execute(insert(ledger), rows)


async def post(tx: AsyncConnection, key: str, about: str, to: To, say: Say, now: datetime) -> None:
    """Plan one message to a person as a reply, with words of its own; the same key is planned once."""
    row = _row(to, 0, say, now) | {"key": key, "about": about, "arrival": None, "state": "planned"}
    await tx.execute(insert_new(tx.dialect.name, ledger, "key"), row)


async def plan(tx: AsyncConnection, planned: Sequence[Planned], now: datetime) -> None:
    """Plan messages ahead; those whose key is there already are left as they are."""
    for start in range(0, len(planned), AT_A_TIME):
        rows = [_planned_row(one) for one in planned[start : start + AT_A_TIME]]
        await tx.execute(_PLAN[tx.dialect.name], {"rows": json.dumps(rows), "now": in_milliseconds(now)})


def _planned_row(one: Planned) -> tuple[object, ...]:
    where = (one.person, one.channel, one.address)
    when = (in_milliseconds(one.due), one.letter, one.state)
    return (one.key, int(one.urgency), one.about, *where, *when, one.act, one.target)


# A list that travels as one JSON value: row by row, 100,000 reminders took PostgreSQL more than a minute.
_PLAN = {
    "sqlite": text(
        """
        INSERT INTO ledger (key, urgency, about, person, channel, address, due, letter, state, act, target,
            not_before, attempts, repeats, touched, forget)
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
            json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]'),
            json_extract(value, '$[6]'), json_extract(value, '$[7]'), json_extract(value, '$[8]'),
            json_extract(value, '$[9]'), json_extract(value, '$[10]'), 0, 0, 0, :now, false
        FROM json_each(:rows) WHERE true ON CONFLICT (key) DO NOTHING"""
    ),
    "postgresql": text(
        """
        INSERT INTO ledger (key, urgency, about, person, channel, address, due, letter, state, act, target,
            not_before, attempts, repeats, touched, forget)
        SELECT value ->> 0, CAST(value ->> 1 AS int), value ->> 2, value ->> 3, value ->> 4, value ->> 5,
            CAST(value ->> 6 AS bigint), CAST(value ->> 7 AS bigint), value ->> 8, value ->> 9,
            value ->> 10, 0, 0, 0, CAST(:now AS bigint), false
        FROM jsonb_array_elements(CAST(:rows AS jsonb)) WITH ORDINALITY AS t(value, place) ORDER BY place
        ON CONFLICT (key) DO NOTHING"""
    ),
}


async def call_off(tx: AsyncConnection, about: str, now: datetime, reason: str) -> int:
    """What is planned or held about this does not go out any more; how many messages that were."""
    waiting = ledger.c.state.in_(WAITING)
    ended = update(ledger).where(ledger.c.about == about, waiting)
    return (await tx.execute(ended.values(state="dropped", reason=reason, touched=now))).rowcount


async def call_off_keys(tx: AsyncConnection, keys: Sequence[str], now: datetime, reason: str) -> int:
    """The same for messages by their keys."""
    waiting = ledger.c.state.in_(WAITING)
    ended = update(ledger).where(ledger.c.key.in_(list(keys)), waiting)
    return (await tx.execute(ended.values(state="dropped", reason=reason, touched=now))).rowcount


async def said(tx: AsyncConnection, arrival: int) -> tuple[Say, ...]:
    """The answers to one update, as they were given."""
    found = select(ledger.c.body).where(ledger.c.arrival == arrival).order_by(ledger.c.id)
    return tuple(forms.read_say(row.body) for row in await tx.execute(found))


async def recent(tx: AsyncConnection, channel: str, address: str, limit: int) -> tuple[Say, ...]:
    """Our own last messages to this address, oldest first."""
    here = (ledger.c.channel == channel, ledger.c.address == address, ledger.c.state == SENT)
    found = WITH_LETTERS.where(*here, ledger.c.act == "send").order_by(ledger.c.id.desc()).limit(limit)
    rows = (await tx.execute(found)).all()
    return tuple(forms.read_say(row.body) for row in reversed(rows))


class Pushed(NamedTuple):
    """Messages that came to an address unasked, oldest first, and the number to ask from next time."""

    newest: int
    says: tuple[Say, ...]


async def pushed(tx: AsyncConnection, channel: str, address: str, after: int | None) -> Pushed:
    """What came since that number; with None nothing but the newest number."""
    here = (ledger.c.channel == channel, ledger.c.address == address, ledger.c.state == SENT)
    unasked = WITH_LETTERS.add_columns(ledger.c.id).where(
        *here, ledger.c.act == "send", ledger.c.arrival.is_(None)
    )
    if after is None:
        row = (await tx.execute(unasked.order_by(ledger.c.id.desc()).limit(1))).first()
        return Pushed(row.id if row else 0, ())
    rows = (await tx.execute(unasked.where(ledger.c.id > after).order_by(ledger.c.id))).all()
    newest = rows[-1].id if rows else after
    return Pushed(newest, tuple(forms.read_say(row.body) for row in rows))


async def last_page(tx: AsyncConnection, person: str) -> Say | None:
    """The newest message to this person that is a page."""
    own = ledger.c.body.is_not(None)
    found = select(ledger.c.body).where(ledger.c.person == person, ledger.c.person != "", own)
    newest = found.order_by(ledger.c.id.desc()).limit(PAGE_AMONG)
    says = (forms.read_say(row.body) for row in await tx.execute(newest))
    return next((say for say in says if say.look == "page"), None)


async def drop(
    tx: AsyncConnection, person: str, urgencies: Sequence[Urgency], now: datetime, reason: str = "stopped"
) -> None:
    """What is planned of these kinds does not go out to this person any more."""
    await tx.execute(
        update(ledger)
        .where(ledger.c.person == person, ledger.c.state.in_(WAITING), ledger.c.urgency.in_(urgencies))
        .values(state="dropped", reason=reason, touched=now)
    )


async def move(tx: AsyncConnection, channel: str, old: str, new: str) -> None:
    """The chat has a new address: everything unsent goes there."""
    here = (ledger.c.channel == channel, ledger.c.address == old, ledger.c.state.in_((*WAITING, "sending")))
    await tx.execute(update(ledger).where(*here).values(address=new))


def _row(to: To, place: int, say: Say, now: datetime) -> dict[str, object]:
    return {
        "key": f"reply:{to.arrival}:{place}",
        "urgency": Urgency.REPLY,
        "arrival": to.arrival,
        "person": to.person or None,
        "channel": to.channel,
        "address": to.address,
        "body": forms.write(say),
        "due": AT_ONCE,
        "not_before": AT_ONCE,
        "attempts": 0,
        "repeats": 0,
        "touched": now,
        "forget": not to.person,
    }

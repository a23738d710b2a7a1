"""Corrections and recalls: what is out is edited or deleted in its place, each message once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    literal,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.audiences import in_their_language
from bot.store.columns import Moment
from bot.store.engine import upsert
from bot.store.ledger import AT_ONCE, WAITING, Urgency
from bot.store.recipients import COUNTED
from bot.store.sqlite import LONG
from bot.store.tables import ledger, people

SILENT = "web"
"""The page shows what stands in the row when it is opened: changing the row is all there is to do."""


async def outdate(tx: AsyncConnection, about: str, now: datetime) -> None:
    """Corrections that are not out yet are corrected themselves: they never go out."""
    waiting = (ledger.c.about == about, ledger.c.state.in_(WAITING), ledger.c.act == "edit")
    await tx.execute(
        update(ledger).where(*waiting).values(state="dropped", reason="out of date", touched=now)
    )


async def reword(tx: AsyncConnection, about: str, letters: Mapping[str, int], now: datetime) -> None:
    """The right words for those who have not got it, also for whom staff may yet send it again."""
    not_out = (*WAITING, "unsure", "failed")
    waiting = (ledger.c.about == about, ledger.c.state.in_(not_out), ledger.c.act == "send")
    worded = update(ledger).prefix_with(LONG).where(*waiting)
    await tx.execute(worded.values(letter=_theirs(letters), touched=now))


async def edit(
    tx: AsyncConnection, about: str, letters: Mapping[str, int], correction: int, now: datetime
) -> int:
    """Plan the correction for all who got other words, once each; never for anyone who stopped."""
    letter = in_their_language(letters)
    corrected = ledger.alias("corrected")
    before = exists().where(
        corrected.c.about == about, corrected.c.act == "edit", corrected.c.person == ledger.c.person
    )
    others = and_(or_(ledger.c.letter != letter, before), not_(people.c.stopped))
    key = literal(f"edit:{about.partition(':')[2]}:{correction}:").concat(people.c.id)
    return await _again(tx, about, _copies("edit", key, letter, Urgency.BROADCAST, now), others)


async def delete_sent(tx: AsyncConnection, about: str, letters: Mapping[str, int], now: datetime) -> int:
    """Plan the deletion of all that is out, once each. Also for those who stopped: it makes no sound, and
    what was wrong should not stay with them."""
    key = literal(f"recall:{about.partition(':')[2]}:").concat(people.c.id)
    copies = _copies("delete", key, in_their_language(letters), Urgency.REPLY, now)
    return await _again(tx, about, copies, not_(false()))


async def _again(
    tx: AsyncConnection, about: str, copies: Sequence[ColumnElement[Any]], who: ColumnElement[bool]
) -> int:
    """One row more for each message that is out and that the channel can name; on the page it is done by
    writing it down."""
    sent = (ledger.c.about == about, ledger.c.act == "send", ledger.c.state == "sent")
    named = or_(ledger.c.message.is_not(None), ledger.c.channel == SILENT)
    found: Select[Any] = select(*copies).join(people, ledger.c.person == people.c.id)
    put = upsert(tx.dialect.name, ledger).prefix_with(LONG)
    rows = found.where(*sent, named, who).order_by(ledger.c.id)
    new = put.from_select(_COPIED, rows.with_for_update(read=True, key_share=True, of=people))
    unique = new.on_conflict_do_nothing(index_elements=["key"])
    return (await tx.execute(unique.execution_options(**COUNTED))).rowcount


async def rewrite_silent(tx: AsyncConnection, about: str, letters: Mapping[str, int]) -> None:
    """What stands on the page is the new letter at once."""
    sent = (ledger.c.about == about, ledger.c.act == "send", ledger.c.state == "sent")
    here = update(ledger).prefix_with(LONG).where(*sent, ledger.c.channel == SILENT)
    await tx.execute(here.values(letter=_theirs(letters)))


def _theirs(letters: Mapping[str, int]) -> ColumnElement[int]:
    """The letter in the language of the person of a row."""
    found = select(in_their_language(letters)).where(people.c.id == ledger.c.person)
    return found.scalar_subquery()


def _copies(
    act: str, key: ColumnElement[str], letter: ColumnElement[int], urgency: Urgency, now: datetime
) -> tuple[ColumnElement[Any], ...]:
    """The columns of _COPIED."""
    return (
        key,
        literal(int(urgency)),
        ledger.c.about,
        ledger.c.person,
        ledger.c.channel,
        ledger.c.address,
        letter,
        literal(act),
        ledger.c.message,
        case((ledger.c.channel == SILENT, "sent"), else_="held"),
        literal(now, Moment),
        literal(AT_ONCE, Moment),
        literal(0),
        literal(0),
        literal(now, Moment),
        false(),
    )


_COPIED = (
    "key",
    "urgency",
    "about",
    "person",
    "channel",
    "address",
    "letter",
    "act",
    "target",
    "state",
    "due",
    "not_before",
    "attempts",
    "repeats",
    "touched",
    "forget",
)

"""How long everything is kept: the one table of it, and the daily sweep that holds to it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import Row, Table, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.clock import Clock
from bot.content.programmes import LAST
from bot.model import Person, Place
from bot.store import audit, people, signins, topics
from bot.store.engine import Store
from bot.store.enrolments import about_column
from bot.store.erase import erase
from bot.store.ledger import Urgency
from bot.store.tables import (
    arrivals,
    consents,
    enrolments,
    handovers,
    invitations,
    ledger,
    letters,
    notices,
    occasions,
    questions,
    relays,
)
from bot.store.tables import people as rows

log = structlog.get_logger(__name__)

Sweep = Callable[[AsyncConnection, datetime], Awaitable[int]]
DAY = timedelta(days=1)
LONGEST_PROGRAMME = timedelta(days=LAST)
AT_A_TIME = 500
SILENCE = timedelta(days=30)


class Rule(NamedTuple):
    """What is kept, how long after it was last touched, and how it is removed."""

    what: str
    keep: timedelta
    remove: Sweep


async def sweep(store: Store, now: datetime) -> dict[str, int]:
    """Remove what is past its time; how many rows of each kind."""
    removed = {}
    for rule in RETENTION:
        removed[rule.what] = await _remove(store, rule, now - rule.keep)
    return removed


async def _remove(store: Store, rule: Rule, before: datetime) -> int:
    """In short transactions, so that nobody who writes meanwhile waits long."""
    total, found = 0, AT_A_TIME
    while found >= AT_A_TIME:
        async with store.write() as tx:
            found = await rule.remove(tx, before)
        total += found
    return total


async def sweep_daily(store: Store, clock: Clock, stop: asyncio.Event) -> None:
    """Sweep now, and every day until `stop`. A day that fails is logged and the next one tried."""
    while not stop.is_set():
        try:
            log.info("swept", **await sweep(store, clock()))
        except Exception as error:
            log.error("sweep failed", error=type(error).__name__)
        try:
            await asyncio.wait_for(stop.wait(), DAY.total_seconds())
        except TimeoutError:
            continue


def _old(table: Table, *where: ColumnElement[bool], touched: str = "touched") -> Sweep:
    """Rows of a table that match and were last touched too long ago."""

    async def remove(tx: AsyncConnection, before: datetime) -> int:
        return (await tx.execute(delete(table).where(table.c[touched] < before, *where))).rowcount

    return remove


def _over() -> ColumnElement[bool]:
    """What is held is still to come: the list of a broadcast that is set for next month."""
    return ledger.c.state.not_in(("held", "planned", "sending"))


def _still_needed() -> ColumnElement[bool]:
    """What a programme has sent: as long as somebody takes part, nothing of it may be sent twice."""
    return exists().where(ledger.c.about == about_column(), ledger.c.state != "dropped")


async def _unread_letters(tx: AsyncConnection, before: datetime) -> int:
    """Letters whose messages are all gone; one that was written just now waits for its first."""
    read = exists().where(ledger.c.letter == letters.c.id)
    return (await tx.execute(delete(letters).where(letters.c.written < before, ~read))).rowcount


async def _ended_programmes(tx: AsyncConnection, before: datetime) -> int:
    """Those that were stopped, those whose last message is out, and paused ones that could send no more."""
    over = enrolments.c.state.in_(("stopped", "done"))
    lately = exists().where(ledger.c.about == about_column(), ~_over() | (ledger.c.touched >= before))
    said_all = (enrolments.c.state == "on") & ~lately
    last_day = (before - LONGEST_PROGRAMME).date().isoformat()
    ended = (enrolments.c.since < before) & (over | said_all | (enrolments.c.day < last_day))
    return (await tx.execute(delete(enrolments).where(ended))).rowcount


async def _unfinished(tx: AsyncConnection, before: datetime) -> int:
    """Answers inside a flow that was left: only where they were stays, so that we can say so kindly."""
    return await _each(tx, _forget_answers, rows.c.seen < before, rows.c.answers)


async def _idle(tx: AsyncConnection, before: datetime) -> int:
    """What we remember of someone who stays away; without a consent or an open request, all of them."""
    gone = await _each(tx, None, rows.c.seen < before, ~_consenting(), ~_asked())
    return gone + await _each(tx, _forget_remembered, rows.c.seen < before, rows.c.answers | rows.c.remembers)


async def _long_idle(tx: AsyncConnection, before: datetime) -> int:
    return await _each(tx, None, rows.c.seen < before, ~_asked())


def _talk() -> ColumnElement[bool]:
    """What the team wrote stays on the page of the web chat for as long as the talk itself is kept."""
    return func.coalesce(ledger.c.about, "").like("handover:%")


async def _silent_talks(tx: AsyncConnection, before: datetime) -> int:
    """Nobody has written for so long: closed, and what the person types is the chat's again."""
    late = select(func.max(relays.c.at)).where(relays.c.handover == handovers.c.id).scalar_subquery()
    waits = (handovers.c.kind == "relay", handovers.c.state.in_(("open", "claimed")))
    silent = func.coalesce(late, handovers.c.asked) < before
    chosen = select(handovers.c.id, handovers.c.person).where(*waits, silent).limit(AT_A_TIME)
    found = (await tx.execute(chosen)).all()
    for id, person in found:
        row = (await tx.execute(select(rows).where(rows.c.id == person))).one()
        await _save(tx, row, lambda one: replace(one, relay=0))
        over = {"state": "done", "closed": before + SILENCE, "version": handovers.c.version + 1}
        await tx.execute(update(handovers).where(handovers.c.id == id).values(over))
    return len(found)


async def _closed_requests(tx: AsyncConnection, before: datetime) -> int:
    """With their topics in the staff's group."""
    old = handovers.c.closed < before
    await topics.gone(tx, old)
    return (await tx.execute(delete(handovers).where(old))).rowcount


def _consenting() -> ColumnElement[bool]:
    return exists().where(consents.c.person == rows.c.id, consents.c.withdrawn.is_(None))


def _asked() -> ColumnElement[bool]:
    waits = handovers.c.state.in_(("open", "claimed"))
    return exists().where(handovers.c.person == rows.c.id, waits)


async def _each(
    tx: AsyncConnection, change: Callable[[Person], Person] | None, *where: ColumnElement[bool]
) -> int:
    """Change (or, with none, erase) these people, AT_A_TIME of them."""
    found = (await tx.execute(select(rows).where(*where).limit(AT_A_TIME))).all()
    for row in found:
        if change is None:
            await erase(tx, row.id)
        else:
            await _save(tx, row, change)
    return len(found)


async def _save(
    tx: AsyncConnection, row: Row[tuple[object, ...]], change: Callable[[Person], Person]
) -> None:
    person = people.read(row.id, row.channel, row.state)
    known = people.Known(person, row.channel, row.address, row.version)
    await people.save(tx, known, change(person))


def _forget_answers(person: Person) -> Person:
    left = replace(person, place=_bare(person.place), parked=_bare(person.parked), finished=None)
    return replace(left, came_by="", came_at=None)


def _forget_remembered(person: Person) -> Person:
    return replace(_forget_answers(person), remembered={})


def _bare(place: Place | None) -> Place | None:
    return place and replace(place, visits=place.visits[-1:], kept=(), chosen=())


# safety.md section 6, and our own choice where it names none. Counters stay forever: nobody is in them.
RETENTION: tuple[Rule, ...] = (
    Rule("answers in flows", timedelta(hours=24), _unfinished),
    Rule("remembered answers, and people without a consent", timedelta(days=30), _idle),
    Rule("people with a consent", timedelta(days=365), _long_idle),
    Rule("replies", timedelta(hours=24), _old(ledger, ledger.c.urgency == Urgency.REPLY, _over(), ~_talk())),
    Rule("answers of the team", timedelta(days=30), _old(ledger, _talk(), _over())),
    Rule(
        "reminders",
        timedelta(days=7),
        _old(ledger, ledger.c.urgency == Urgency.REMINDER, _over(), ~_still_needed()),
    ),
    Rule("programmes that are over", timedelta(days=30), _ended_programmes),
    Rule("broadcasts", timedelta(days=30), _old(ledger, ledger.c.urgency == Urgency.BROADCAST, _over())),
    Rule("bookings, after their session", timedelta(days=7), _old(occasions, touched="ends")),
    Rule(
        "update numbers", timedelta(days=7), _old(arrivals, arrivals.c.state != "pending", touched="arrived")
    ),
    Rule("talks that nobody goes on with", SILENCE, _silent_talks),
    Rule("requests for the team, once closed", timedelta(days=30), _closed_requests),
    Rule("letters that nobody got", timedelta(days=30), _unread_letters),
    Rule("notices to staff", timedelta(days=90), _old(notices, touched="last")),
    Rule("shared questions", timedelta(days=90), _old(questions, touched="shared")),
    Rule("sign-ins of staff, once over", timedelta(0), signins.sweep),
    Rule("invitations of staff, once over", timedelta(days=7), _old(invitations, touched="expires")),
    Rule("audit log", timedelta(days=365), audit.sweep),
)

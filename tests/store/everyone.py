"""Someone about whom every table holds something."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import AskHandover, Button, Kept, Person, Place, Say
from bot.store import arrivals, consents, handovers, ledger, paces, people, questions, relays
from bot.store.arrivals import Raw
from bot.store.ledger import To, Urgency
from bot.store.relays import Post
from bot.store.tables import bookings, counters, enrolments, metadata, occasions
from bot.store.tables import ledger as ledger_table

ADDRESS = "address-of-ann"


async def settle_in(tx: AsyncConnection, now: datetime, address: str = ADDRESS) -> str:
    """Write a row about them into every table that can hold one; their id."""
    known = await people.lock(tx, "telegram", address, now)
    assert known is not None
    place = Place(1, ((),), now, kept=(Kept(1, "worry", "tired"),))
    person = Person(place=place, remembered={"cancer": "lung"}, offered=(Button("Yes", "c:yes"),))
    await people.save(tx, known, person, now)
    id = known.person.id
    number = await arrivals.first_time(tx, "telegram", f"update of {address[-3:]}", now)
    await ledger.reply(tx, To(number or 0, id, "telegram", address), [Say("Hello")], now)
    await consents.give(tx, id, "reminders", "2026-11", now)
    await handovers.ask(tx, id, AskHandover("moving", "0131 496 0000", "after 5"), now)
    talk = await handovers.ask(tx, id, AskHandover("moving", "", kind="relay"), now)
    await relays.add(tx, Post(talk, id, "my knees hurt"), now)
    await questions.share(tx, id, "can I swim", now)
    await reminder(tx, id, address, now)
    await _plans(tx, id, now)
    await paces.lock(tx, "telegram")
    return id


async def _plans(tx: AsyncConnection, person: str, now: datetime) -> None:
    """A place at a session and a programme."""
    date = {"listed": now, "starts": now, "ends": now, "place": "", "state": "on"}
    made = insert(occasions).values(date | {"session": f"class-{person[:8]}", "changed": now})
    occasion = (await tx.execute(made.returning(occasions.c.id))).scalar_one()
    booking = {"person": person, "occasion": occasion, "state": "booked", "asked": now, "version": 1}
    await tx.execute(insert(bookings).values(booking))
    part = {"person": person, "programme": "ready", "day": "2026-12-01", "state": "on"}
    await tx.execute(insert(enrolments).values(part | {"since": now, "version": 1}))


async def reminder(
    tx: AsyncConnection, person: str, address: str, due: datetime, urgency: Urgency = Urgency.REMINDER
) -> None:
    """A message planned ahead, as bookings and broadcasts will plan them."""
    row = (await tx.execute(select(ledger_table).where(ledger_table.c.person == person))).first()
    assert row is not None
    planned = dict(row._mapping) | {"key": f"{urgency.name}:{person}:{due}", "urgency": urgency, "due": due}
    planned |= {"state": "planned", "arrival": None}
    del planned["id"]
    await tx.execute(insert(ledger_table).values(planned))


async def wait_in_the_inbox(tx: AsyncConnection, now: datetime) -> None:
    await arrivals.accept(tx, [Raw("telegram", "7", ADDRESS, "words")], now)


async def traces(tx: AsyncConnection, *marks: str) -> list[str]:
    """The tables in which any column of any row holds one of these."""
    found = []
    for table in metadata.sorted_tables:
        written = str((await tx.execute(select(table))).all())
        found += [table.name for mark in marks if mark in written]
    return found


ABOUT_NOBODY = {
    counters.name,
    "paces",
    "arrivals",
    "occasions",
    "changes",
    "letters",
    "broadcasts",
    "events",
    "staff",
    "notices",
    "accounts",
    "passkeys",
    "invitations",
    "signins",
    "audit",
    "audit_ends",
    "rooms",
    "leaflets",
    "measures",
    "drafts",
}

"""Removing a person: every row of every table that names them or their address. Staff are not patients:
who forgets their own chat with us stays a member of staff."""

from sqlalchemy import Table, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from bot.store import topics
from bot.store.tables import arrivals, handovers, metadata, people, staff


async def erase(tx: AsyncConnection, person: str) -> None:
    """Remove them. An update of theirs that still waits stays: it is answered, as a stranger's."""
    here = select(people.c.channel, people.c.address).where(people.c.id == person)
    found = (await tx.execute(here)).one_or_none()
    channel, address = (found.channel, found.address) if found else ("", "")
    await topics.gone(tx, handovers.c.person == person)
    for table in reversed(metadata.sorted_tables):
        if (theirs := _theirs(table, person, channel, address)) is not None:
            await tx.execute(delete(table).where(theirs))


def _theirs(table: Table, person: str, channel: str, address: str) -> ColumnElement[bool] | None:
    """Found by the columns' names, so that a table added tomorrow is erased too."""
    if table is people:
        return people.c.id == person
    named = [table.c.person == person] if "person" in table.c else []
    if "address" in table.c and table not in (arrivals, staff):
        named.append(and_(table.c.channel == channel, table.c.address == address))
    return or_(*named) if named else None

"""`prehab ledger …`: what is on its way, what nobody is sure of, and what was given up."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.tools.session_command import settings_or_end

if TYPE_CHECKING:
    from bot.store.engine import Store
    from bot.store.unsure import Unsure

ledger = typer.Typer(help="Messages: how many, which are unsure, which were parked.", no_args_is_help=True)
LIMIT = Annotated[int, typer.Option(min=1, max=100_000, help="At most so many, the oldest first.")]
ABOUT = Annotated[str | None, typer.Option(help="Only about this: broadcast:12, occasion:5 …")]
WAYS = "say --again to send them again, or --leave to let them be"


@ledger.command()
def counts() -> None:
    """How many messages there are of each kind, in each state."""
    table = Table("kind", "state", "messages")
    for kind, state, messages in asyncio.run(_counts()):
        table.add_row(kind, state, str(messages))
    Console(highlight=False).print(table)


@ledger.command()
def unsure(limit: LIMIT = 1000, about: ABOUT = None) -> None:
    """Messages that may have arrived or not: the connection, or the machine, went away on the way."""
    _show(asyncio.run(_listed(limit, about, parked=False)))


@ledger.command()
def parked(limit: LIMIT = 1000) -> None:
    """Messages that were refused, or tried too often."""
    _show(asyncio.run(_listed(limit, None, parked=True)))


@ledger.command()
def resolve(
    by: Annotated[str, typer.Option(help="Who decides this; it is written down.")],
    ids: Annotated[list[int] | None, typer.Argument(help="Numbers from the list; none means all.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Send them again: some may come twice.")] = False,
    leave: Annotated[bool, typer.Option("--leave", help="Let them be: some may never have come.")] = False,
    about: ABOUT = None,
) -> None:
    """Decide what becomes of unsure messages (and of parked ones, by their numbers)."""
    if again == leave:
        typer.echo(WAYS, err=True)
        raise typer.Exit(2)
    done = asyncio.run(_resolve(ids or [], again, by, about))
    typer.echo(f"{done} messages: {'planned again' if again else 'left as they are'}")


def _show(found: "Sequence[Unsure]") -> None:
    table = Table("number", "about", "why", "since (UTC)", "channel", "person")
    for one in found:
        since = one.since.strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(str(one.id), one.about, one.reason, since, one.channel, one.pseudonym)
    Console(highlight=False).print(table)
    typer.echo(f"{len(found)} messages")


async def _counts() -> list[tuple[str, str, int]]:
    from sqlalchemy import func, select

    from bot.store.ledger import Urgency
    from bot.store.tables import ledger as rows

    found = select(rows.c.urgency, rows.c.state, func.count()).group_by(rows.c.urgency, rows.c.state)
    async with opened() as store, store.read() as tx:
        counted = (await tx.execute(found.order_by(rows.c.urgency, rows.c.state))).all()
    return [(Urgency(urgency).name.lower(), state, messages) for urgency, state, messages in counted]


async def _listed(limit: int, about: str | None, parked: bool) -> "Sequence[Unsure]":
    from bot.store import unsure as doubts

    async with opened() as store, store.read() as tx:
        return await (doubts.parked(tx, limit) if parked else doubts.listed(tx, limit, about))


async def _resolve(ids: list[int], again: bool, by: str, about: str | None) -> int:
    from bot.clock import now
    from bot.store import unsure as doubts
    from bot.store.engine import moment

    async with opened() as store, store.write() as tx:
        chosen = ids or [one.id for one in await doubts.listed(tx, 1_000_000, about)]
        return await doubts.resolve(tx, chosen, again, by, await moment(tx, now))


@asynccontextmanager
async def opened() -> "AsyncIterator[Store]":
    """This deployment's database, with every table."""
    from bot.store.engine import Store
    from bot.store.migrations import migrate

    settings = settings_or_end()
    await migrate(settings.database)
    store = Store(settings.database)
    try:
        yield store
    finally:
        await store.close()

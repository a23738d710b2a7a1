"""`prehab audit …`: who did what, and whether the log of it is whole."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.tools.session_command import settings_or_end

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.store.audit import Entry
    from bot.store.chain import Verified

audit = typer.Typer(help="The audit log: list it, and verify that it is whole.", no_args_is_help=True)
HEAD = Annotated[str, typer.Option(help="A seal that you noted earlier: it must still be in the log.")]


@audit.command()
def verify(head: HEAD = "") -> None:
    """Follow every seal from the first row to the last; exit code 1 where the log is not whole."""
    found = asyncio.run(_verified(head.strip().lower()))
    typer.echo(told(found))
    raise typer.Exit(1 if found.broken else 0)


@audit.command("list")
def list_(
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many, the newest first.")] = 50,
    about: Annotated[str, typer.Option(help="Only about this: staff:3, broadcast:12 …")] = "",
) -> None:
    """The newest rows; times in UTC."""
    table = Table("row", "at (UTC)", "who", "did", "about", "detail")
    for one in asyncio.run(_listed(limit, about)):
        written = f"{one.at:%Y-%m-%d %H:%M:%S}"
        table.add_row(str(one.id), written, one.name, one.what, one.about, one.detail)
    Console(highlight=False, markup=False).print(table)


def told(found: "Verified") -> str:
    """What an operator reads, and what they should note."""
    swept = f" Rows up to {found.swept} were removed because of their age." if found.swept else ""
    if found.broken:
        return f"The audit log is broken at row {found.broken.id}: {found.broken.why}.{swept}"
    return (
        f"The audit log is whole: {found.rows} rows.{swept}\nNewest seal: {found.seal}\n"
        "Note it elsewhere. Later, `prehab audit verify --head SEAL` shows that nothing was cut off "
        "or written anew."
    )


async def _verified(head: str) -> "Verified":
    from bot.store import chain

    async with _reading() as tx:
        return await chain.verify(tx, head)


async def _listed(limit: int, about: str) -> "Sequence[Entry]":
    from bot.store import audit as log

    async with _reading() as tx:
        return await log.latest(tx, limit, about=about)


@asynccontextmanager
async def _reading() -> "AsyncIterator[AsyncConnection]":
    """This deployment's database, with every table."""
    from bot.store.engine import Store
    from bot.store.migrations import migrate

    settings = settings_or_end()
    await migrate(settings.database)
    store = Store(settings.database)
    try:
        async with store.read() as tx:
            yield tx
    finally:
        await store.close()

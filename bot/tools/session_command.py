"""`prehab session …`: the coming dates, who is coming, and dates that are cancelled or moved."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

import typer
from pydantic import ValidationError

from bot.bookings import SessionDate
from bot.settings import Settings, problems

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.conversation.world import World

Result = TypeVar("Result")
Work: TypeAlias = "Callable[[AsyncConnection, World, datetime], Coroutine[Any, Any, Result]]"
SESSION = Annotated[str, typer.Argument(help="The session's id, as its file has it.")]
DATE = Annotated[str, typer.Argument(help="Its start, in local time: 2026-11-26T10:30")]
BY = Annotated[str, typer.Option(help="Who does this; it is written down.")]
WRITTEN = "%Y-%m-%dT%H:%M"
REFUSED = {
    "unknown": "there is no such session on that date; see: prehab session list",
    "past": "this date has begun, or is over; only a date to come can be changed",
    "cancelled": "this date is cancelled already",
    "to-past": "the new time has passed; write one that is to come",
    "same": "it is at that time already",
    "taken": "this session has another date at that time",
}

sessions = typer.Typer(help="Dates of sessions: who is coming, cancel one, move one.", no_args_is_help=True)


class Mistake(Exception):
    """What the operator typed cannot be done; the message says why."""


@sessions.command("list")
def list_(days: Annotated[int, typer.Option(min=1, max=366, help="How many days ahead.")] = 14) -> None:
    """The dates of the coming days, with how many are booked."""

    async def work(tx: "AsyncConnection", world: "World", now: datetime) -> str:
        return await listed(tx, world, now, days)

    _say(work)


@sessions.command()
def who(session: SESSION, date: DATE) -> None:
    """Who is coming: the short codes that people say at the door."""

    async def work(tx: "AsyncConnection", world: "World", now: datetime) -> str:
        return await coming(tx, world, session, date)

    _say(work)


@sessions.command()
def cancel(session: SESSION, date: DATE, by: BY = "command line") -> None:
    """Cancel one date. Everybody booked is told once, with the nearest other date."""

    async def work(tx: "AsyncConnection", world: "World", now: datetime) -> str:
        return await change(tx, world, (session, date, None, by), now)

    _say(work)


@sessions.command()
def move(session: SESSION, date: DATE, to: DATE, by: BY = "command line") -> None:
    """Move one date. Its reminders move too, and everybody booked is told once."""

    async def work(tx: "AsyncConnection", world: "World", now: datetime) -> str:
        return await change(tx, world, (session, date, to, by), now)

    _say(work)


# ---- the work -------------------------------------------------------------------------------------------


async def listed(tx: "AsyncConnection", world: "World", now: datetime, days: int) -> str:
    """A line for each date, soonest first."""
    from bot.store import changes

    numbers = await changes.numbers(tx, now)
    lines = sorted(_lines(world, now, days, numbers))
    return "\n".join(line for _, line in lines) or f"there is no session in the next {days} days"


def _lines(world: "World", now: datetime, days: int, numbers: Any) -> Iterator[tuple[datetime, str]]:
    from bot.store.changes import Numbers

    for id, listing in world.directory.listings.items():
        for starts in listing.dates.between(now, now + timedelta(days=days)):
            date = SessionDate(id, listing.dates.listed(starts))
            count, capacity = numbers.get(date, Numbers()), listing.series.capacity
            booked = f"{count.booked + count.offered}{f'/{capacity}' if capacity else ''} booked"
            waiting = f", {count.waiting} waiting" if count.waiting else ""
            moved = date.listed != starts.astimezone(UTC)
            was = f", moved from {_local(world, date.listed)}" if moved else ""
            yield starts, f"{starts:{WRITTEN}}  {id:<28}  {booked}{waiting}{was}"


async def coming(tx: "AsyncConnection", world: "World", session: str, date: str) -> str:
    """Codes of those who come, then of those who wait."""
    from bot.directory.whereabouts import whereabouts
    from bot.store import bookings, occasions

    named = named_date(world, session, date)
    if await occasions.find(tx, named) is None and whereabouts(world.directory, named) is None:
        raise Mistake(REFUSED["unknown"])
    listing = world.directory.listings.get(session)
    found = await bookings.coming(tx, named, listing.series.capacity if listing else None)
    lists = (("booked", found.booked), ("offered a place", found.offered), ("waiting", found.waiting))
    lines = [f"{what}: {len(codes)}  {' '.join(codes)}".rstrip() for what, codes in lists]
    lines.append(f"only reminded: {found.reminded}")
    return "\n".join([*lines, *([f"free: {found.free}"] if found.free is not None else [])])


async def change(
    tx: "AsyncConnection", world: "World", what: tuple[str, str, str | None, str], now: datetime
) -> str:
    """Cancel or move a date, and say how many people hear of it."""
    from bot.authoring import dates
    from bot.messaging import changing
    from bot.store.audit import PROGRAM, Who

    session, date, to, by = what
    deed = dates.Deed(named_date(world, session, date), "", moment(world, to) if to else None)
    try:
        told = await dates.change_now(tx, deed, world, Who(PROGRAM, by), now)
    except changing.CannotChange as refused:
        raise Mistake(REFUSED[refused.why]) from None
    done = "cancelled" if to is None else f"moved to {to}"
    return f"{session} {date} is {done}; {told} {'person is' if told == 1 else 'people are'} told."


def named_date(world: "World", session: str, date: str) -> SessionDate:
    """The date that begins then, by its own name: the start that its listing has."""
    listing, starts = world.directory.listings.get(session), moment(world, date)
    return SessionDate(session, listing.dates.listed(starts) if listing else starts)


def moment(world: "World", written: str) -> datetime:
    """Local time, as files write it."""
    from bot.directory.recurrence import at_zone

    try:
        wall = datetime.strptime(written.replace(" ", "T"), WRITTEN)
    except ValueError:
        raise Mistake(f"'{written}' is not a time; write it like 2026-11-26T10:30") from None
    return at_zone(wall, world.directory.zone).astimezone(UTC)


def _local(world: "World", starts: datetime) -> str:
    return f"{starts.astimezone(world.directory.zone):{WRITTEN}}"


def _say(work: "Work[str]") -> None:
    """Do it in one transaction and print what came of it, or why it cannot be done."""
    try:
        typer.echo(asyncio.run(_done(settings_or_end(), work)))
    except Mistake as mistake:
        typer.secho(str(mistake), fg="red", err=True)
        raise typer.Exit(2) from None


def settings_or_end() -> Settings:
    """The settings, or every problem with them and an end."""
    try:
        return Settings(log_level="ERROR")
    except ValidationError as error:
        for problem in problems(error):
            typer.secho(problem, fg="red", err=True)
        raise typer.Exit(2) from None


async def _done(settings: Settings, work: "Work[str]") -> str:
    from bot import clock
    from bot.compose import navigator_of
    from bot.store import changes
    from bot.store.engine import Store
    from bot.store.migrations import migrate
    from bot.tools.logs import set_up_logs
    from bot.tools.looking import content

    set_up_logs(settings)
    await migrate(settings.database)
    world, store = navigator_of(content(settings), settings).world, Store(settings.database)
    try:
        async with store.write() as tx:
            now = clock.now()
            directory = world.directory.changed_by(await changes.every(tx, now))
            return await work(tx, replace(world, directory=directory), now)
    finally:
        await store.close()

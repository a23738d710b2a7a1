"""`prehab migrate-to`: everything into another database, with every row counted on both sides."""

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import known_database
from bot.store.moving import CannotMove, Line, move
from bot.tools.failures import no_database

screen = Console(highlight=False, soft_wrap=True)
NOTHING = "Nothing was copied."


def migrate_to_command(source: str, target: str, anyway: bool) -> int:
    """Copy, and show both sides; the exit code."""
    try:
        known_database(source), known_database(target)
        with Progress(TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn()) as bars:
            lines = move(source, target, _drawn(bars), anyway)
    except (CannotMove, ValueError) as failure:
        return _failed(str(failure))
    except SQLAlchemyError as failure:
        return _failed(no_database(failure))
    screen.print(both_sides(lines))
    return _told(lines, target)


def _failed(why: str) -> int:
    screen.print(f"{why.rstrip('.')}. {NOTHING}", style="red", markup=False)
    return 1


def _told(lines: Sequence[Line], target: str) -> int:
    if not all(line.same for line in lines):
        return _failed("The two sides differ.")
    if mended := sum(line.mended for line in lines):
        screen.print(f"{mended} rows held a character that PostgreSQL does not take; it was left out.")
    rows = sum(line.there.rows for line in lines)
    screen.print(f"{rows} rows are in {shown(target)}. Now set NAVIGATOR_DATABASE to it and start.")
    return 0


def shown(database: str) -> str:
    """The address without the password."""
    return database.split("@")[-1]


def both_sides(lines: Sequence[Line]) -> Table:
    """Each table with its rows here and there, and whether their checksums agree."""
    table = Table()
    table.add_column("table")
    for name in ("here", "there", "same"):
        table.add_column(name, justify="right")
    for line in lines:
        same = "yes" if line.same else "[red]NO[/red]"
        table.add_row(line.table, str(line.here.rows), str(line.there.rows), same)
    return table


def _drawn(bars: Progress) -> Callable[[str, int, int], None]:
    """A bar for each table that has rows."""
    tasks: dict[str, TaskID] = {}

    def draw(table: str, done: int, total: int) -> None:
        if total and table not in tasks:
            tasks[table] = bars.add_task(table, total=total)
        if total:
            bars.update(tasks[table], completed=done)

    return draw

"""`prehab export …`: the measures of a month or a year, and the data dictionary, as files."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.tools.session_command import settings_or_end

if TYPE_CHECKING:
    from bot.insights.looking import Looked

export = typer.Typer(
    help="Numbers for an evaluation: small ones are hidden, nobody is in them.", no_args_is_help=True
)
MONTH = Annotated[str, typer.Option(help="2026-11; else the month before this one.")]
OUT = Annotated[Path, typer.Option(help="The file to write.")]


@export.command()
def measures(out: OUT, month: MONTH = "") -> None:
    """Everything that may be shown of one month, as CSV."""
    from bot.insights.exports import measures_csv

    chosen, looked = asyncio.run(_looked(month, months=1))
    _write(out, measures_csv(looked, chosen[-1]))


@export.command()
def monthly(out: OUT, month: MONTH = "") -> None:
    """The year up to this month, a line for each month, as CSV."""
    from bot.insights.exports import monthly_csv

    chosen, looked = asyncio.run(_looked(month, months=12))
    _write(out, monthly_csv(looked, chosen))


@export.command()
def dictionary(out: OUT) -> None:
    """What every measure and every column means, as Markdown."""
    from bot.insights.dictionary import dictionary as written

    _write(out, written())


def _write(out: Path, text: str) -> None:
    out.write_text(text, encoding="utf-8", newline="")
    typer.echo(f"wrote {out}")


async def _looked(month: str, months: int) -> "tuple[tuple[str, ...], Looked]":
    """What may be shown of these months; each look is in the audit log."""
    from bot import clock
    from bot.insights.looking import look, month_of, months_to, read_month
    from bot.insights.measured import MEASURES
    from bot.store import audit
    from bot.tools.ledger_command import opened

    settings = settings_or_end()
    now = clock.now()
    local = now.astimezone(ZoneInfo(settings.timezone))
    today = local.date()
    chosen = month or months_to(month_of(today), 2)[0]
    if read_month(chosen, today) != chosen:
        typer.echo(f"{chosen} is not a month of the last 5 years; write it as 2026-11", err=True)
        raise typer.Exit(2)
    span = months_to(chosen, months)
    async with opened() as store, store.write() as tx:
        what = f"insights:{'measures' if months == 1 else 'monthly'}@{chosen}"
        await audit.add(tx, audit.Who(audit.PROGRAM, "command line"), "figures.export", what, now)
        return span, await look(tx, tuple(MEASURES), span, local)

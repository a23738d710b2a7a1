"""`prehab`: the composition root. One command each for running, checking, chatting and looking inside."""

import gc
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from bot.settings import Settings, problems

app = typer.Typer(
    help="The Prehab Navigator.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
screen = Console(stderr=True, highlight=False)
KNOWLEDGE = Annotated[Path | None, typer.Option(help="The folder of knowledge files.")]
FLOWS = Annotated[Path | None, typer.Option(help="The folder of flows.")]
REPORT = Path("var/red-flags.html")
JSON = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def settings_of(**given: object) -> Settings:
    """The settings, or every problem with them and an end."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        for problem in problems(error):
            screen.print(problem, style="red")
        raise typer.Exit(2) from None


@app.command()
def run(
    role: Annotated[str, typer.Option(help="all, web or worker")] = "all",
    host: Annotated[str | None, typer.Option(help="The address the web chat listens on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port the web chat listens on.")] = None,
) -> None:
    """Start the navigator: web chat, and Telegram where TELEGRAM_BOT_TOKEN is set."""
    gc.disable()  # a fifth of the start-up time; on again in bot.compose.settled
    from bot.tools.running import run_command

    raise typer.Exit(run_command(settings_of(host=host, PORT=port), role))


@app.command()
def release() -> None:
    """Bring the database to this version; run before a new version starts."""
    from bot.tools.running import release_command

    raise typer.Exit(release_command(settings_of()))


@app.command()
def check(
    knowledge: KNOWLEDGE = None,
    flows: FLOWS = None,
    strict: Annotated[bool, typer.Option(help="Warnings count as well.")] = False,
    accept: Annotated[bool, typer.Option(help="From now on, compare the search with this content.")] = False,
    lost: Annotated[bool, typer.Option(help="List every phrasing that another article would win.")] = False,
) -> None:
    """Read everything authors wrote, play the transcripts, and tell every problem with its line."""
    from bot.tools.check_command import check_command

    raise typer.Exit(check_command(settings_of(knowledge=knowledge, flows=flows), strict, accept, lost))


@app.command()
def stats(what: Annotated[str, typer.Argument(help="What to draw: content")] = "content") -> None:
    """What the content covers, by topic, nation and area."""
    if what != "content":
        screen.print(f"there are no figures for '{what}'; there is: content", style="red")
        raise typer.Exit(2)
    from bot.tools.looking import content
    from bot.tools.stats_command import content_tables

    for table in content_tables(content(settings_of(log_level="ERROR", show_drafts=True))):
        Console(highlight=False).print(table)


@app.command()
def chat() -> None:
    """The same navigator, here in the terminal. Type, or tap a button by its number: [2]."""
    gc.disable()  # as in run
    from bot.tools.chatting import chat_command

    raise typer.Exit(chat_command(settings_of(log_level="ERROR")))


@app.command()
def search(
    question: Annotated[list[str] | None, typer.Argument(help="A question; else one a line is read.")] = None,
    as_json: JSON = False,
) -> None:
    """What the search finds, and why."""
    from bot.tools.looking import index
    from bot.tools.search_command import answer_lines

    show(answer_lines(index(settings_of(log_level="ERROR")), given(question), as_json))


@app.command()
def flags(
    message: Annotated[list[str] | None, typer.Argument(help="A message; else one a line is read.")] = None,
    as_json: JSON = False,
    out: Annotated[Path, typer.Option(help="Where `flags report` writes its page.")] = REPORT,
) -> None:
    """Which red flags a message raises, and why. `prehab flags report` writes the page for a clinician."""
    from bot.tools.flags_command import flag_lines, write_report
    from bot.tools.looking import matcher

    if message == ["report"]:
        typer.echo(write_report(settings_of(log_level="ERROR"), out))
        return
    show(flag_lines(matcher(settings_of(log_level="ERROR")), given(message), as_json))


@app.command()
def schemas(folder: Annotated[Path, typer.Argument(help="Where to write them.")]) -> None:
    """JSON Schemas of all files, for editors."""
    from bot.content.schema_export import schemas as all_schemas

    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in all_schemas().items():
        (folder / f"{name}.schema.json").write_text(json.dumps(schema, indent=2) + "\n")


@app.command()
def picture(flow: Annotated[str, typer.Argument(help="The flow's name.")]) -> None:
    """A flow as a Mermaid picture, to show to a clinician."""
    from bot.tools.looking import picture_of

    typer.echo(picture_of(settings_of(), flow))


def given(words: list[str] | None) -> Iterable[str]:
    """What stands on the command line, else every line that comes in."""
    return [" ".join(words)] if words else (line.rstrip("\n") for line in sys.stdin)


def show(lines: Iterator[str]) -> None:
    for line in lines:
        typer.echo(line)
        sys.stdout.flush()

"""`prehab`: the composition root. One command each for running, checking, chatting and looking inside."""

import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from typer.core import TyperGroup

from bot.settings import Settings, problems
from bot.tools.audit_command import audit
from bot.tools.export_command import export
from bot.tools.ledger_command import ledger
from bot.tools.session_command import sessions


class Commands(TyperGroup):
    """Whatever command finds no database that it can use says so in a sentence."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as failure:
            if not type(failure).__module__.startswith("sqlalchemy"):
                raise
            from bot.tools.failures import no_database

            screen.print(no_database(failure), style="red", markup=False)
            raise typer.Exit(1) from None


app = typer.Typer(
    cls=Commands,
    help="The Prehab Navigator.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
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


@app.command(name="migrate-to")
def migrate_to(
    address: Annotated[str, typer.Argument(help="sqlite:///… or postgresql://user:password@host/name")],
    source: Annotated[str | None, typer.Option("--from", help="Else NAVIGATOR_DATABASE.")] = None,
    anyway: Annotated[
        bool, typer.Option(help="Although processes run on it: what they write meanwhile stays behind.")
    ] = False,
) -> None:
    """Copy everything into another, empty database, and count every row on both sides."""
    from bot.tools.migrate_command import migrate_to_command

    raise typer.Exit(migrate_to_command(source or settings_of().database, address, anyway))


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


@app.command()
def leaflet(  # noqa: PLR0913  each is an option that a person types
    purpose: Annotated[str, typer.Option(help="check, video, area, session, article or start")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    area: Annotated[str, typer.Option(help="Whose local help and numbers it lists; else none.")] = "",
    language: Annotated[str, typer.Option(help="One that is switched on.")] = "en",
    kind: Annotated[str, typer.Option(help="a5, a4, poster or card")] = "a5",
    target: Annotated[str, typer.Option(help="The id of the session or article.")] = "",
    large: Annotated[bool, typer.Option("--large", help="Large print.")] = False,
) -> None:
    """A leaflet, poster or appointment card with a QR code, as a PDF."""
    from bot.tools.leaflet_command import Asked, leaflet_command

    asked = Asked(area, purpose, language, kind, target, large, out)
    told(lambda: leaflet_command(settings_of(log_level="ERROR"), asked))


staff = typer.Typer(help="Who is staff, and the code that links their chat.", no_args_is_help=True)
app.add_typer(staff, name="staff")
NAME = Annotated[str, typer.Argument(help="The name that colleagues know.")]


@staff.command("add")
def staff_add(
    name: NAME, role: Annotated[str, typer.Option(help="viewer, navigator, editor or admin")] = "editor"
) -> None:
    """Add a member of staff; prints the code that links their chat, once."""
    from bot.tools import staff_command

    told(lambda: staff_command.add_command(settings_of(log_level="ERROR"), name, role))


@staff.command("invite")
def staff_invite(
    name: NAME,
    role: Annotated[str | None, typer.Option(help="viewer, navigator, editor or admin")] = None,
) -> None:
    """A link to the console, to choose a way to sign in; it also unlocks, and ends earlier ways."""
    from bot.tools import staff_command

    told(lambda: staff_command.invite_command(settings_of(log_level="ERROR"), name, role))


@staff.command("list")
def staff_list() -> None:
    """Everybody, with their role and whether their chat is linked."""
    from bot.tools.staff_command import list_command

    Console(highlight=False).print(list_command(settings_of(log_level="ERROR")))


@staff.command("code")
def staff_code(name: NAME) -> None:
    """A new code for somebody who is staff; an earlier code is worth nothing from now on."""
    from bot.tools import staff_command

    told(lambda: staff_command.code_command(settings_of(log_level="ERROR"), name))


@staff.command("end")
def staff_end(name: NAME) -> None:
    """No longer staff, from this moment on."""
    from bot.tools import staff_command

    told(lambda: staff_command.end_command(settings_of(log_level="ERROR"), name))


app.add_typer(sessions, name="session")
app.add_typer(ledger, name="ledger")
app.add_typer(export, name="export")
app.add_typer(audit, name="audit")
broadcast = typer.Typer(help="News to many: write it, approve it, stop it, correct it.", no_args_is_help=True)
app.add_typer(broadcast, name="broadcast")
BY = Annotated[str, typer.Option(help="The member of staff who does it.")]
NUMBER = Annotated[int, typer.Argument(help="The broadcast's number.")]
TEXT = Annotated[list[str], typer.Option(help='English words, or another language\'s: "pl=Dzień dobry".')]
REQUEST = Annotated[str, typer.Option(help="Any word: the same request again is the same broadcast.")]


@broadcast.command("new")
def broadcast_new(
    by: BY,
    request: REQUEST,
    text: TEXT,
    to: Annotated[
        list[str] | None,
        typer.Option(
            help="Whom: area=…, cancer=…, topic=…, language=…, session=…, date=…; else all who want news."
        ),
    ] = None,
    at: Annotated[str, typer.Option(help="Local time, 2026-12-01 10:30; else at once.")] = "",
    repeats: Annotated[str, typer.Option(help="An RFC 5545 rule, such as FREQ=WEEKLY.")] = "",
) -> None:
    """A draft; nothing goes out yet."""
    from bot.tools import broadcast_command as its

    words = its.Words(tuple(text), tuple(to or ()), at, repeats)
    told(lambda: its.new_command(settings_of(log_level="ERROR"), by, request, words))


@broadcast.command("preview")
def broadcast_preview(number: NUMBER) -> None:
    """What the first 3 recipients will see, and how many there are."""
    from bot.tools import broadcast_command as its

    told(lambda: its.preview_command(settings_of(log_level="ERROR"), number))


@broadcast.command("report")
def broadcast_report(number: NUMBER, as_json: JSON = False) -> None:
    """What became of everybody on the list, with reasons, and who did what."""
    from bot.tools import broadcast_command as its

    told(lambda: its.report_command(settings_of(log_level="ERROR"), number, as_json))


@broadcast.command("list")
def broadcast_list() -> None:
    """The newest 20."""
    from bot.tools import broadcast_command as its

    told(lambda: its.list_command(settings_of(log_level="ERROR")))


@broadcast.command("digest")
def broadcast_digest(area: Annotated[str, typer.Option(help="One area; else all.")] = "") -> None:
    """The sessions of the coming 7 days with their free places, ready to pass on."""
    from bot.tools import broadcast_command as its

    told(lambda: its.digest_command(settings_of(log_level="ERROR"), area))


def _step(what: str, number: int, by: str, text: list[str] | None = None, request: str = "") -> None:
    from bot.tools import broadcast_command as its

    pressed = its.Pressed(what, number, by, tuple(text or ()), request)
    told(lambda: its.step_command(settings_of(log_level="ERROR"), pressed))


def _steps() -> None:
    """The steps that need nothing but the broadcast and the one who takes it."""

    def command(what: str, help: str) -> None:
        @broadcast.command(what, help=help)
        def step(number: NUMBER, by: BY) -> None:
            _step(what, number, by)

    command("send", "Freeze the list and ask for approval; where none is needed, the hold begins.")
    command("approve", "The second member of staff says yes.")
    command("take-back", "A draft again, before anything has gone out.")
    command("cancel", "It ends; who has not got it will not.")
    command("stop", "Nothing more goes out until it is resumed.")
    command("resume", "On from where it stopped.")
    command("recall", "Delete what has arrived, and send no more.")


_steps()


@broadcast.command("correct")
def broadcast_correct(number: NUMBER, by: BY, text: TEXT) -> None:
    """New words: edited where it has arrived, sent instead where it has not."""
    _step("correct", number, by, text)


@broadcast.command("tell")
def broadcast_tell(number: NUMBER, by: BY, text: TEXT, request: REQUEST) -> None:
    """A new draft for exactly those who got this one."""
    _step("tell", number, by, text, request)


def told(work: Callable[[], str]) -> None:
    """Print what came of it, or why it cannot be done."""
    from bot.tools.staff_command import Mistake

    try:
        typer.echo(work())
    except Mistake as mistake:
        screen.print(str(mistake), style="red")
        raise typer.Exit(2) from None


def given(words: list[str] | None) -> Iterable[str]:
    """What stands on the command line, else every line that comes in."""
    return [" ".join(words)] if words else (line.rstrip("\n") for line in sys.stdin)


def show(lines: Iterator[str]) -> None:
    for line in lines:
        typer.echo(line)
        sys.stdout.flush()

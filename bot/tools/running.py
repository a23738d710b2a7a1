"""`prehab run`: the address, its QR code, and what is switched on; then the navigator itself."""

import asyncio
import io
from typing import get_args

import qrcode
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram.errors import CannotRun
from bot.compose import ContentWrong
from bot.console.signin.addresses import link
from bot.run import CannotServe, Role, run
from bot.settings import Settings
from bot.store.migrations import migrate
from bot.tools.failures import no_database
from bot.tools.logs import set_up_logs

screen = Console(stderr=True, highlight=False)


def run_command(settings: Settings, role: str) -> int:
    """Run until stopped; the exit code."""
    if role not in get_args(Role):
        screen.print(f"--role is one of {', '.join(get_args(Role))}", style="red")
        return 2
    set_up_logs(settings)
    try:
        asyncio.run(run(settings, role, announce))  # type: ignore[arg-type]
    except ContentWrong as wrong:
        for problem in wrong.problems:
            screen.print(str(problem), style="red" if problem.severity == "error" else "yellow", markup=False)
        return 1
    except SQLAlchemyError as failure:
        screen.print(no_database(failure), style="red")
        return 1
    except (CannotRun, CannotServe) as failure:
        screen.print(str(failure), style="red")
        return 1
    return 0


def release_command(settings: Settings) -> int:
    """Bring the database to this version; the exit code."""
    try:
        asyncio.run(migrate(settings.database))
    except SQLAlchemyError as failure:
        screen.print(no_database(failure), style="red")
        return 1
    screen.print("The database is up to date.")
    return 0


def announce(settings: Settings, first_admin: str = "") -> None:
    """Where people reach us, and what an operator must know at a glance. The link is never logged."""
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    print(qr_of(address))
    print(f"Prehab Navigator: {address}")
    print(f"Database: {settings.database.split('@')[-1]}")
    if settings.telegram_bot_token:
        print(f"Telegram: on, by {'webhook' if settings.public_url else 'polling'}")
    if settings.show_drafts:
        print("DRAFTS ARE SHOWN: answers no clinician has checked. Unset NAVIGATOR_SHOW_DRAFTS for patients.")
    if first_admin:
        print(f"No admin can sign in yet. Open this link within 24 hours, it works once:\n  {first_admin}")
    else:
        print(f"Staff sign in at {link(settings, '')}")
    print("Sessions and services are SAMPLES. Stop with Ctrl-C.", flush=True)


def qr_of(address: str) -> str:
    """An address as a QR code in characters."""
    code = qrcode.QRCode(border=2)
    code.add_data(address)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue()

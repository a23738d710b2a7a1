"""`prehab run`: everything in one process, or only the web or the worker part of it."""

import asyncio
import secrets
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import structlog
import uvicorn
from starlette.routing import BaseRoute

from bot import clock
from bot.channels import web
from bot.channels.telegram.connection import Line, connect
from bot.channels.telegram.errors import CannotRun
from bot.channels.telegram.intake import Doors, Intake
from bot.channels.telegram.payload import unpack
from bot.channels.telegram.poller import Poller
from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.setup import arrive, introduce, listen
from bot.channels.telegram.webhook import route
from bot.compose import Current
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.pace import Pace
from bot.model import Person
from bot.service import Service
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrations import migrate
from bot.store.retention import sweep_daily

Role = Literal["all", "web", "worker"]
Job = Callable[[asyncio.Event], Awaitable[None]]
log = structlog.get_logger()


@dataclass
class Telegram:
    """The bot's line, its way in and its way out."""

    line: Line
    intake: Intake
    sender: TelegramChannel
    failed: list[CannotRun] = field(default_factory=list)


@dataclass
class Home:
    """What a process holds while it runs."""

    settings: Settings
    current: Current
    store: Store
    service: Service
    stop: asyncio.Event
    telegram: Telegram | None = None


def open_home(settings: Settings, stop: asyncio.Event) -> Home:
    """Content, database and service, ready to run; raises ContentWrong when there is nothing to say."""
    settings = with_secret(settings)
    current = Current(settings)
    store = Store(settings.database)
    service = Service(store, current, clock.now, {"telegram": unpack})
    home = Home(settings, current, store, service, stop)
    if settings.telegram_bot_token:
        home.telegram = _telegram(home, settings.telegram_bot_token.get_secret_value())
    return home


def with_secret(settings: Settings) -> Settings:
    """The operator's secret, or one made once and kept beside the database, so that cookies survive."""
    if settings.secret:
        return settings
    place = Path("var/secret")
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(32))
    return Settings(**{**settings.model_dump(by_alias=True), "secret": place.read_text().strip()})


def _telegram(home: Home, token: str) -> Telegram:
    line = connect(token, home.settings.telegram_api, home.settings.telegram_pace)
    failed: list[CannotRun] = []

    def halt(failure: CannotRun) -> None:
        failed.append(failure)
        home.stop.set()

    sender = TelegramChannel(line, home.current().texts_for(Person()), halt)
    intake = Intake(Doors(home.service.accept, home.service.standing), line)
    return Telegram(line, intake, sender, failed)


async def run(settings: Settings, role: Role, announce: Callable[[Settings], None]) -> None:
    """Run until told to stop; then finish what is in flight."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_, stop.set)
    home = open_home(settings, stop)
    await migrate(settings.database)
    announce(home.settings)
    await _together(home, jobs_of(home, role))
    await home.store.close()
    if home.telegram and home.telegram.failed:
        raise home.telegram.failed[0]


async def _together(home: Home, jobs: tuple[Job, ...]) -> None:
    """All jobs at once; when one ends or breaks, all end."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_ending(job, home.stop))


async def _ending(job: Job, stop: asyncio.Event) -> None:
    try:
        await job(stop)
    finally:
        stop.set()


def jobs_of(home: Home, role: Role) -> tuple[Job, ...]:
    """What this process does, by its role."""
    jobs: list[Job] = []
    if home.settings.reload:
        jobs.append(home.current.follow)
    if role in ("all", "web"):
        jobs.append(lambda stop: serve(home, stop))
    if role in ("all", "worker"):
        jobs += _working(home)
    return tuple(jobs)


def _working(home: Home) -> list[Job]:
    jobs: list[Job] = [home.service.run, lambda stop: sweep_daily(home.store, clock.now, stop)]
    telegram = home.telegram
    if telegram:
        pace = Pace(per_second=home.settings.telegram_pace)
        dispatcher = Dispatcher(home.store, {"telegram": telegram.sender}, pace, clock.now)
        jobs += [dispatcher.run, lambda stop: _listen(home, telegram, stop)]
    return jobs


async def serve(home: Home, stop: asyncio.Event) -> None:
    """The web chat, and Telegram's webhook where updates come by it."""
    settings, routes = home.settings, tuple[BaseRoute, ...]()
    if home.telegram and settings.public_url:
        routes = (route(home.telegram.intake, webhook_secret(settings)),)
    app = web.app(home.service, home.current, settings, clock.now, routes)
    config = uvicorn.Config(
        app, settings.host, settings.port, log_config=None, access_log=False, proxy_headers=False, lifespan="off"
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving
    stopped.cancel()


def webhook_secret(settings: Settings) -> str:
    """The operator's, or one that follows from our own secret: every process knows it."""
    if settings.telegram_secret:
        return settings.telegram_secret.get_secret_value()
    own = settings.secret.get_secret_value() if settings.secret else ""
    return "".join(letter for letter in f"hook-{own}" if letter.isalnum() or letter in "-_")


async def _listen(home: Home, telegram: Telegram, stop: asyncio.Event) -> None:
    """Introduce ourselves, then fetch updates, or wait for them to be brought."""
    settings = home.settings
    try:
        await arrive(telegram.line)
        await introduce(telegram.line, home.current().texts_for(Person()))
        await listen(telegram.line, settings.public_url, webhook_secret(settings))
        polling = asyncio.create_task(_poll(telegram, settings, stop))
        await stop.wait()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
    except CannotRun as failure:
        telegram.failed.append(failure)
    finally:
        await telegram.intake.close()
        await telegram.line.shutdown()


async def _poll(telegram: Telegram, settings: Settings, stop: asyncio.Event) -> None:
    if settings.public_url:
        return
    try:
        await Poller(telegram.line, telegram.intake).run()
    except CannotRun as failure:
        telegram.failed.append(failure)
        stop.set()

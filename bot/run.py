"""`prehab run`: everything in one process, or only the web or the worker part of it."""

import asyncio
import contextlib
import hashlib
import signal
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import uvicorn

from bot import clock
from bot.channels import web
from bot.channels.telegram.channel import Hook, Telegram
from bot.channels.telegram.connection import connect, width_at
from bot.channels.telegram.errors import CannotRun
from bot.channels.telegram.intake import CHANNEL, Doors
from bot.channels.telegram.payload import unpack
from bot.channels.telegram.topics import TelegramTopics
from bot.channels.web.chat import CHANNEL as CHAT
from bot.channels.web.inbox import WebChannel
from bot.compose import Current, quiet_of, settled
from bot.console.app import routes as console_routes
from bot.console.office import Office
from bot.console.signin import inviting
from bot.following import Following
from bot.insights.ahead import keep_counted
from bot.messaging import broadcasts, changing, offers
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.pace import Pace
from bot.messaging.ticks import Tick, Ticks
from bot.model import Person
from bot.secret import with_secret
from bot.service import Service
from bot.settings import Settings
from bot.staff import progress, saving, telling
from bot.staff.topics import Topics
from bot.store.engine import Store
from bot.store.migrations import migrate
from bot.store.outgoing import Chat
from bot.store.retention import sweep_daily

UNHURRIED = Pace(per_second=1000.0, chat=Chat(timedelta(seconds=1), 100, timedelta(seconds=1), 100))
"""A page shows whatever there is."""
FREE = 30.0
"""Messages a second that Telegram takes without being paid."""
TICKS: tuple[tuple[Tick, float], ...] = (
    (changing.tick, 60.0),
    (offers.lapse, 30.0),
    (broadcasts.tick, 0.5),
    (broadcasts.weekly, 60.0),
    (progress.tick, 2.0),
    (saving.tick, 2.0),
    (telling.tick, 60.0),
)
"""The jobs between messages, and how many seconds apart."""
Role = Literal["all", "web", "worker"]
Announce = Callable[[Settings, str], None]
"""Told once the door is open; the text is the link for the first admin, or nothing."""
Job = Callable[[asyncio.Event], Awaitable[None]]


class CannotServe(Exception):
    """The web chat's door cannot be opened."""


@dataclass
class Home:
    """What a process holds while it runs."""

    settings: Settings
    current: Current
    store: Store
    service: Service
    telegram: Telegram | None = None
    failed: list[CannotRun] = field(default_factory=list)


async def run(settings: Settings, role: Role, announce: Announce) -> None:
    """Run until told to stop; then finish what is in flight. Raises CannotRun, CannotServe, ContentWrong."""
    stop = asyncio.Event()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal_, stop.set)
    home = open_home(settings)
    await migrate(settings.database)
    ready = partial(announce, home.settings, await first_link(home) if role != "worker" else "")
    jobs = (*worker_jobs(home, role), *web_jobs(home, role, ready))
    if role == "worker":
        ready()
    try:
        await _together(jobs, stop)
    finally:
        await _close(home)
    if home.failed:
        raise home.failed[0]


async def first_link(home: Home) -> str:
    """For whoever starts the program, as long as no admin can sign in to the console."""
    async with home.store.write() as tx:
        return await inviting.first_admin(tx, home.settings, clock.now())


def open_home(settings: Settings) -> Home:
    """Content, database and service, ready to run."""
    settings = with_secret(settings)
    current, store = Current(settings), Store(settings.database)
    service = Service(store, current, clock.now, {CHANNEL: unpack})
    home = Home(settings, current, store, service)
    if settings.telegram_bot_token:
        line = connect(
            settings.telegram_bot_token.get_secret_value(), settings.telegram_api, settings.telegram_pace
        )
        doors = Doors(service.accept, partial(service.standing, CHANNEL), service.room)
        paid = settings.telegram_pace > FREE
        home.telegram = Telegram(line, current().texts_for(Person()), doors, paid)
    settled()
    return home


async def _close(home: Home) -> None:
    """Only after the dispatcher has ended: what is in flight still needs the line."""
    if home.telegram:
        await home.telegram.close()
    await home.store.close()


async def _together(jobs: tuple[Job, ...], stop: asyncio.Event) -> None:
    """All jobs at once; when one ends or breaks, all end."""
    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(_ending(job, stop))


async def _ending(job: Job, stop: asyncio.Event) -> None:
    try:
        await job(stop)
    finally:
        stop.set()


def worker_jobs(home: Home, role: Role) -> list[Job]:
    """Following the authors, everywhere; deciding and sending, where this process does that."""
    jobs: list[Job] = [home.current.follow] if home.settings.reload else []
    jobs.append(Following(home.store, home.current, clock.now, works=role != "web").run)
    if role != "web":
        jobs += [home.service.run, partial(sweep_daily, home.store, clock.now), *_telegram_jobs(home)]
        jobs += [*_senders(home), ticks_of(home).run]
    return jobs


def web_jobs(home: Home, role: Role, ready: Callable[[], None]) -> list[Job]:
    """The web chat, behind a door that is open before anything else starts."""
    if role == "worker":
        return []
    host, port = home.settings.host, home.settings.port
    try:
        door = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise CannotServe(f"http://{host}:{port} cannot be opened: {error.strerror}. Set PORT.") from None
    # asyncio would do this only for a socket that names its protocol; without it each page waits 40 ms.
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    zone = ZoneInfo(home.settings.timezone)
    return [partial(serve, home, door, ready), partial(keep_counted, home.store, zone, clock.now)]


def _senders(home: Home) -> list[Job]:
    """One for the pages of the web chat, which take any number, and one for Telegram at its pace."""
    quiet = quiet_of(home.settings)
    jobs: list[Job] = [Dispatcher(home.store, {CHAT: WebChannel()}, UNHURRIED, clock.now, quiet).run]
    if home.telegram is not None:
        pace = Pace(per_second=home.settings.telegram_pace)
        channels = {CHANNEL: home.telegram.sender}
        width = width_at(home.settings.telegram_pace)
        jobs += [Dispatcher(home.store, channels, pace, clock.now, quiet, width).run]
    return jobs


def _telegram_jobs(home: Home) -> list[Job]:
    return [] if home.telegram is None else [partial(_listen, home, home.telegram)]


def ticks_of(home: Home) -> Ticks:
    """What every worker looks after between messages."""
    own = ((Topics(TelegramTopics(home.telegram.line)).tick, 2.0),) if home.telegram else ()
    return Ticks(home.store, lambda: home.current().world, clock.now, (*TICKS, *own))


async def _listen(home: Home, telegram: Telegram, stop: asyncio.Event) -> None:
    url = home.settings.public_url
    try:
        await telegram.listen(stop, Hook(url, webhook_secret(home.settings)) if url else None)
    except CannotRun as failure:
        home.failed.append(failure)


async def serve(home: Home, door: socket.socket, ready: Callable[[], None], stop: asyncio.Event) -> None:
    """The web chat, and Telegram's webhook where updates come by it."""
    settings = home.settings
    hooked = home.telegram and settings.public_url
    hooks = [home.telegram.route(webhook_secret(settings))] if home.telegram and hooked else []
    office = Office(home.store, home.current, settings, clock.now)
    app = web.app(home.service, home.current, settings, clock.now, (*hooks, *console_routes(office)))
    server = Server(
        ready,
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=5,
        ),
    )
    serving = asyncio.create_task(server.serve([door]))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    stopped.cancel()
    await serving


class Server(uvicorn.Server):
    """Uvicorn without its own signal handlers: ours stop every job, not only this one."""

    def __init__(self, ready: Callable[[], None], config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell that we are there only once the door is open."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # type: ignore[override]
        return contextlib.nullcontext()


def webhook_secret(settings: Settings) -> str:
    """The operator's, or one that follows from our own secret: every process knows it."""
    if settings.telegram_secret:
        return settings.telegram_secret.get_secret_value()
    own = settings.secret.get_secret_value() if settings.secret else ""
    return hashlib.sha256(f"webhook {own}".encode()).hexdigest()

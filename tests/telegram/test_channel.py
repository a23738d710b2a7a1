"""Telegram end to end: from what someone writes to what they read, over loopback and a real database."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import clock
from bot.channels.telegram.channel import Hook, Telegram
from bot.channels.telegram.connection import Line, connect
from bot.channels.telegram.errors import BAD_ADDRESS, STRANGER, CannotRun
from bot.channels.telegram.intake import Doors
from bot.channels.telegram.payload import unpack
from bot.conversation.texts import Texts
from bot.messaging.dispatcher import Dispatcher
from bot.messaging.pace import Pace
from bot.model import Event, Person, Say, Turn
from bot.service import Service
from bot.store import people, tables
from bot.store.engine import Store
from tests.speechless import Speechless
from tests.telegram.builders import membership, message
from tests.telegram.conftest import HURRIED
from tests.telegram.emulator import TOKEN, Delivered, FakeTelegram, Fault, FaultsInTurn


class Echo(Speechless):
    """Counts a person's turns and says what they did."""

    def respond(self, person: Person, event: Event, now: datetime) -> Turn:
        turns = person.turns + 1
        return Turn(replace(person, turns=turns), (Say(f"{turns}: {event}"),))

    def our_mistake(self, person: Person, event: Event | None = None) -> Say:
        return Say("our mistake")

    def data_report(self, person: Person, held: Mapping[str, object]) -> Say:
        return Say("nothing")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    async with opened.write() as tx:
        await tx.run_sync(tables.metadata.create_all)
    yield opened
    await opened.close()


@pytest.fixture
def service(store: Store) -> Service:
    return Service(store, Echo, clock.now, {"telegram": unpack})


@pytest.fixture
def ours(line: Line, texts: Texts, service: Service, store: Store) -> Telegram:
    async def standing(address: str, reachable: bool) -> None:
        async with store.write() as tx:
            await people.unreachable(tx, "telegram", address)

    return Telegram(line, texts, Doors(service.accept, standing))


@pytest.fixture
async def running(ours: Telegram, service: Service, store: Store) -> AsyncIterator[Telegram]:
    stop = asyncio.Event()
    dispatcher = Dispatcher(store, {"telegram": ours.sender}, Pace(per_second=1000), clock.now)
    jobs = (ours.listen(stop, patience=HURRIED), service.run(stop), dispatcher.run(stop))
    running = [asyncio.create_task(job) for job in jobs]
    yield ours
    stop.set()
    await asyncio.gather(*running)
    await ours.close()


class Phone:
    """Waits until so many messages have come."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.come: asyncio.Queue[Delivered] = asyncio.Queue()
        telegram.listener = self.come.put_nowait

    async def texts(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            return [(await self.come.get()).text for _ in range(count)]


async def test_someone_writes_and_is_answered_in_order(running: Telegram, telegram: FakeTelegram) -> None:
    phone = Phone(telegram)
    for text in ("/start area-london", "hello"):
        await telegram.write("message", message(text=text))
    assert await phone.texts(2) == ["1: Opened(payload='area-london')", "2: Said(text='hello', edited=False)"]


async def test_a_dropped_connection_loses_no_answer(running: Telegram, telegram: FakeTelegram) -> None:
    phone = Phone(telegram)
    telegram.faults = FaultsInTurn("sendMessage", Fault("cut"))
    await telegram.write("message", message(text="hello"))
    assert await phone.texts(1) == ["1: Said(text='hello', edited=False)"]


async def test_someone_who_blocks_the_bot_gets_nothing_planned(
    ours: Telegram, service: Service, store: Store
) -> None:
    await ours.intake.take([{"update_id": 1, "message": message(text="hello")}])
    await service.work()
    await ours.intake.take([{"update_id": 2, "my_chat_member": membership("kicked")}])
    async with store.read() as tx:
        assert (await tx.execute(select(tables.people.c.reachable))).scalar_one() is False


async def test_the_inbox_holds_no_name(ours: Telegram, store: Store) -> None:
    await ours.intake.take([{"update_id": 1, "message": message(text="hello")}])
    async with store.read() as tx:
        payload = (await tx.execute(select(tables.arrivals.c.payload))).scalar_one()
    assert "Anne" not in payload


async def test_a_token_refused_while_sending_stops_the_program(
    ours: Telegram, telegram: FakeTelegram, service: Service, store: Store
) -> None:
    await ours.intake.take([{"update_id": 1, "message": message(text="hello")}])
    await service.work()
    telegram.faults = FaultsInTurn("sendMessage", Fault("status", status=401, description="Unauthorized"))
    await Dispatcher(store, {"telegram": ours.sender}, Pace(), clock.now).step()
    with pytest.raises(CannotRun) as stopped:
        await ours.halted()
    assert str(stopped.value) == STRANGER


async def test_an_address_that_telegram_refuses_stops_the_program(ours: Telegram) -> None:
    with pytest.raises(CannotRun) as stopped:
        await ours.listen(asyncio.Event(), Hook("http://not-https.example.org", "s3cret"))
    assert str(stopped.value) == BAD_ADDRESS


async def test_stopping_does_not_wait_for_a_telegram_that_is_away(texts: Texts, service: Service) -> None:
    away = Telegram(connect(TOKEN, "http://127.0.0.1:9", 28, HURRIED), texts, Doors(service.accept))
    stop = asyncio.Event()
    listening = asyncio.create_task(away.listen(stop, patience=HURRIED))
    stop.set()
    async with asyncio.timeout(5):
        await listening
    await away.close()

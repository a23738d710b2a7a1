"""The inbox: stored before it is acknowledged, decided in each person's order, by any number of processes."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot import forms
from bot.model import EraseMe, Event, Say
from bot.service import Service
from bot.store.engine import Store
from bot.store.tables import arrivals, ledger, people
from tests.databases import Clock, column, rows
from tests.service.fakes import SORRY, FakeNavigator, raw, translate


def service_of(store: Store, clock: Clock, navigator: FakeNavigator | None = None) -> Service:
    chosen = navigator or FakeNavigator()
    return Service(store, lambda: chosen, clock, {"telegram": translate})


async def planned(store: Store, address: str = "ann") -> list[str]:
    found = await rows(store, ledger)
    return [forms.read_say(row["body"]).text for row in found if row["address"] == address]


async def test_an_accepted_update_is_decided_and_its_reply_planned(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    await service.accept([raw("hello", "1")])
    assert await service.work() == 1
    assert await column(store, ledger, "state") == ["planned"]


async def test_an_update_accepted_twice_is_answered_once(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    await service.accept([raw("hello", "1"), raw("hello", "1")])
    await service.work()
    await service.accept([raw("hello", "1")])
    await service.work()
    assert await planned(store) == ["1: hello"]


async def test_a_decided_update_keeps_its_number_only(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    await service.accept([raw("my words", "1")])
    await service.work()
    (row,) = await rows(store, arrivals)
    assert (row["state"], row["payload"], row["address"], row["update"]) == ("decided", None, None, "1")


async def test_an_update_without_anything_for_us_is_put_aside_in_silence(store: Store, clock: Clock) -> None:
    service = service_of(store, clock)
    await service.accept([raw("", "1")])
    assert await service.work() == 1
    assert await rows(store, ledger) == []


async def test_updates_that_came_in_the_wrong_order_are_decided_in_the_right_one(
    store: Store, clock: Clock
) -> None:
    service = service_of(store, clock)
    await service.accept([raw("second", "10")])
    await service.accept([raw("first", "9")])
    await service.work()
    await service.work()
    assert await planned(store) == ["1: first", "2: second"]


async def test_many_workers_keep_the_order_of_each_person(
    store: Store, other_store: Store, clock: Clock
) -> None:
    services = [service_of(store, clock), service_of(other_store, clock)]
    names = [f"person{number}" for number in range(6)]
    await services[0].accept([raw(str(n), str(100 + n), names[n % 6]) for n in range(48)])
    await asyncio.gather(*(work_until_empty(service, store) for service in services * 2))
    for place, name in enumerate(names):
        assert await planned(store, name) == [f"{turn + 1}: {turn * 6 + place}" for turn in range(8)]


async def work_until_empty(service: Service, store: Store) -> None:
    while "pending" in await column(store, arrivals, "state"):
        await service.work()


class Killed(BaseException):
    """The process ended here."""


async def test_an_update_whose_process_died_is_decided_by_the_next_one(
    store: Store, other_store: Store, clock: Clock
) -> None:
    def die(payload: str) -> Event | None:
        raise Killed

    dying = Service(store, FakeNavigator, clock, {"telegram": die})
    await dying.accept([raw("hello", "1")])
    with pytest.raises(Killed):
        await dying.work()
    assert await service_of(other_store, clock).work() == 1
    assert await planned(other_store) == ["1: hello"]


async def test_a_bug_of_ours_is_rolled_back_and_tried_three_times(store: Store, clock: Clock) -> None:
    service = service_of(store, clock, FakeNavigator(breaks_on="boo"))
    await service.accept([raw("boo", "1")])
    assert [await service.work() for _ in range(4)] == [0, 0, 1, 0]
    (row,) = await rows(store, arrivals)
    assert (row["state"], row["payload"], row["address"]) == ("parked", None, None)


async def test_the_person_hears_that_it_was_our_mistake(store: Store, clock: Clock) -> None:
    service = service_of(store, clock, FakeNavigator(breaks_on="boo"))
    await service.accept([raw("boo", "1"), raw("hello", "2")])
    for _ in range(4):
        await service.work()
    assert await planned(store) == [SORRY.text, "1: hello"]


async def test_a_bug_while_one_person_is_served_does_not_hold_up_others(store: Store, clock: Clock) -> None:
    service = service_of(store, clock, FakeNavigator(breaks_on="boo"))
    await service.accept([raw("boo", "1", "ann"), raw("hello", "2", "bob")])
    assert await service.work() == 1
    assert await planned(store, "bob") == ["1: hello"]


async def test_no_log_line_of_the_inbox_holds_what_a_person_wrote(store: Store, clock: Clock) -> None:
    service = service_of(store, clock, FakeNavigator(breaks_on="my secret"))
    await service.accept([raw("my secret", "1")])
    with capture_logs() as lines:
        await service.work()
    assert [line["error"] for line in lines] == ["ValueError"]
    assert "secret" not in str(lines)


async def test_what_an_erased_person_is_told_is_still_sent_and_names_nobody(
    store: Store, clock: Clock
) -> None:
    service = service_of(store, clock, FakeNavigator({"delete": (EraseMe(), Say("All gone."))}))
    await service.accept([raw("delete", "1")])
    await service.work()
    (row,) = await rows(store, ledger)
    assert (row["person"], row["forget"], row["state"]) == (None, True, "planned")
    assert await rows(store, people) == []


async def test_someone_who_writes_on_after_an_erasure_is_answered_as_a_stranger(
    store: Store, clock: Clock
) -> None:
    service = service_of(store, clock, FakeNavigator({"delete": (EraseMe(), Say("All gone."))}))
    await service.accept([raw("hi", "1"), raw("delete", "2"), raw("hello", "3")])
    for _ in range(3):
        await service.work()
    assert await planned(store) == ["All gone.", "1: hello"]


async def test_the_service_works_by_itself_until_it_is_stopped(store: Store, clock: Clock) -> None:
    service, stop = service_of(store, clock), asyncio.Event()
    running = asyncio.create_task(service.run(stop))
    await service.accept([raw("hello", "1")])
    await asyncio.wait_for(store.planned.wait(), 5)
    stop.set()
    await asyncio.wait_for(running, 5)
    assert await planned(store) == ["1: hello"]

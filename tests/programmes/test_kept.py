"""How long programmes and their messages are kept."""

from bot.store.engine import Store
from bot.store.retention import sweep
from bot.store.tables import enrolments
from tests.databases import Clock, rows
from tests.programmes.people import Chat, deliver, name, of, utc


async def test_what_was_sent_is_known_as_long_as_they_take_part(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    clock.time = utc("2026-12-07 10:00")
    await deliver(store, clock())
    clock.time = utc("2026-12-20 12:00")
    await sweep(store, clock())
    assert [name(row["key"]) for row in await of(store, "sent")] == ["three-things"]


async def test_a_programme_that_was_stopped_goes_after_30_days(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    clock.time = utc("2026-12-07 10:00")
    await deliver(store, clock())
    await chat.tap("k:stop=getting-ready")
    clock.forward(days=29)
    await sweep(store, clock())
    assert len(await rows(store, enrolments)) == 1
    clock.forward(days=2)
    await sweep(store, clock())
    await sweep(store, clock())
    assert await rows(store, enrolments) == [] and await of(store, "sent") == []


async def test_one_whose_last_message_is_out_goes_30_days_later(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    for row in await of(store, "planned"):
        clock.time = row["due"]
        await deliver(store, clock())
    clock.forward(days=29)
    await sweep(store, clock())
    assert len(await rows(store, enrolments)) == 1
    clock.forward(days=2)
    await sweep(store, clock())
    assert await rows(store, enrolments) == []


async def test_one_that_was_put_off_is_kept_until_nothing_more_could_come(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.say("not now")
    for days in (300, 100):
        clock.forward(days=days)
        await chat.say("hello")
        await sweep(store, clock())
        assert len(await rows(store, enrolments)) == 1
    clock.forward(days=50)
    await chat.say("hello")
    await sweep(store, clock())
    assert await rows(store, enrolments) == []

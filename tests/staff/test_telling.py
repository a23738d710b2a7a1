"""What staff are told unasked: notices in one message, and not again and again."""

from dataclasses import replace

from bot.handover import queue
from bot.hours import Hours, read_openings
from bot.messaging import broadcasts
from bot.model import AskHandover
from bot.quiet import USUAL
from bot.staff import telling
from bot.store import notices, rooms
from bot.store.engine import Store
from tests.broadcasts.crowd import WORLD
from tests.databases import Clock
from tests.handover.people import hired, press, waiting
from tests.staff.office import Office, drafted


async def note(store: Store, clock: Clock, about: str, kind: str = "late") -> None:
    async with store.write() as tx:
        await notices.add(tx, kind, about, clock())


def news(office: Office, address: str) -> list[str]:
    return [text for text in office.telegram.to(address) if text.startswith("New for you")]


async def test_new_notices_come_in_one_message_to_everybody_who_can_act(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary, joe, vic = (
        await office.hire("Mary"),
        await office.hire("Joe", "navigator"),
        await office.hire("Vic", "viewer"),
    )
    await note(store, clock, "occasion:5")
    await note(store, clock, "ledger:77", "parked")
    await office.tick()
    [text] = news(office, mary.address)
    assert "session date 5" in text and "message 77" in text
    assert len(news(office, joe.address)) == 1 and not news(office, vic.address)


async def test_what_was_told_is_not_told_again(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await note(store, clock, "occasion:5")
    for _ in range(3):
        await office.tick(700)
    assert len(news(office, mary.address)) == 1


async def test_the_next_news_wait_ten_minutes(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await note(store, clock, "occasion:5")
    await office.tick()
    await note(store, clock, "occasion:6")
    await office.tick(60)
    assert len(news(office, mary.address)) == 1
    await office.tick(600)
    assert len(news(office, mary.address)) == 2


async def test_two_workers_tell_the_same_news_once(store: Store, other_store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await note(store, clock, "occasion:5")
    await telling.tick(store, WORLD, clock())
    await telling.tick(other_store, WORLD, clock())
    await office.tick()
    assert len(news(office, mary.address)) == 1


async def test_at_night_news_wait_for_the_morning(store: Store, clock: Clock) -> None:
    night = replace(WORLD, local=replace(WORLD.local, quiet=USUAL))
    office = Office(store, clock, night)
    mary = await office.hire("Mary")
    clock.forward(hours=13)
    await note(store, clock, "occasion:5")
    await office.tick()
    assert not news(office, mary.address)
    await office.tick(9 * 3600 + 1)
    assert len(news(office, mary.address)) == 1


async def test_news_are_kept_until_somebody_is_linked(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    await note(store, clock, "occasion:5")
    await office.tick()
    mary = await office.hire("Mary")
    await office.tick()
    assert len(news(office, mary.address)) == 1


async def test_the_list_of_notices_says_how_often(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    assert "nothing new" in await mary.say("/notices")
    for _ in range(3):
        await note(store, clock, "occasion:5")
    assert "session date 5. (3 times)" in await mary.say("/notices")


async def test_a_colleague_who_is_linked_later_is_asked_for_a_yes_too(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    await office.people()
    mary = await office.hire("Mary")
    await drafted(mary)
    await mary.tap("Send")
    joe = await office.hire("Joe")
    await office.tick()
    await office.tick(60)
    asked = [text for text in office.telegram.to(joe.address) if "asks for your yes" in text]
    assert len(asked) == 1
    async with store.read() as tx:
        assert (await broadcasts.get(tx, 1)).state == "waits"


# ---- requests to the team ---------------------------------------------------------------------------------

CALL = AskHandover("Money or work", "0131 496 0000", "I cannot pay the rent", kind="call", team="money")


async def test_those_who_may_answer_hear_of_a_request_once_and_none_of_its_words(
    store: Store, clock: Clock
) -> None:
    office = Office(store, clock)
    joe, edith = await office.hire("Joe", "navigator"), await office.hire("Edith", "editor")
    await waiting(store, clock)
    await waiting(store, clock, "b", CALL)
    for _ in range(3):
        await office.tick(700)
    [text] = news(office, joe.address)
    assert "Somebody asked for the team (Nurses, in writing). See /queue." in text
    assert "(Money advisers, call back)" in text
    assert not any(word in text for word in ("rent", "0131", "low", "times"))
    assert not news(office, edith.address)


async def test_an_hour_of_the_teams_own_time_later_it_is_told_once_more(store: Store, clock: Clock) -> None:
    hours = Hours(read_openings("Mon-Sun 09:00-17:00"))
    office = Office(store, clock, replace(WORLD, local=replace(WORLD.local, hours=hours)))
    joe = await office.hire("Joe", "navigator")
    clock.forward(hours=12)
    await waiting(store, clock)
    await office.tick(3 * 3600)
    assert ["still waits" in text for text in news(office, joe.address)] == [False]
    for _ in range(20):
        await office.tick(3600)
    assert ["still waits" in text for text in news(office, joe.address)] == [False, True]


async def test_nothing_is_told_again_of_what_somebody_has_taken_or_a_group_shows(
    store: Store, clock: Clock
) -> None:
    office, ben = Office(store, clock), await hired(store, clock, "Ben")
    joe = await office.hire("Joe", "navigator")
    asked = await waiting(store, clock)
    await office.tick()
    async with store.write() as tx:
        await queue.claim(tx, press(asked, ben), WORLD, clock())
        await rooms.put(tx, "-100", "Joe", clock())
    await waiting(store, clock, "b", CALL)
    await office.tick(2 * 3600)
    assert len(news(office, joe.address)) == 1

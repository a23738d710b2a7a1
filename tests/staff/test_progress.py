"""One message for each broadcast, edited while its figures change and left alone while they do not."""

import pytest

from bot.messaging import broadcasts
from bot.model import Tapped
from bot.staff import progress
from bot.store import staff
from bot.store.engine import Store
from bot.store.retention import sweep
from bot.store.tables import ledger
from tests.broadcasts.crowd import world_of
from tests.databases import Clock, column
from tests.staff.office import PEOPLE, Office, Phone, drafted

ALONE = world_of(approval=False)


async def proposed(store: Store, clock: Clock) -> tuple[Office, Phone]:
    office = Office(store, clock, ALONE)
    await office.people()
    mary = await office.hire("Mary")
    await drafted(mary)
    await mary.tap("Send")
    return office, mary


def progress_messages(office: Office, address: str) -> list[str]:
    return [text for text in office.telegram.to(address) if text.startswith("Broadcast 1")]


async def test_it_is_one_message_that_follows_the_figures(store: Store, clock: Clock) -> None:
    office, mary = await proposed(store, clock)
    await office.tick()
    await office.tick(70)
    await office.tick()
    assert len(progress_messages(office, mary.address)) == 1
    assert "Sent 6 of 6, left 0, failed 0." in office.telegram.edited[-1][2]


async def test_nothing_is_edited_while_nothing_changes(store: Store, clock: Clock) -> None:
    office, _ = await proposed(store, clock)
    for _ in range(5):
        await office.tick()
    assert office.telegram.edited == []


async def test_two_workers_at_the_same_moment_edit_once(
    store: Store, other_store: Store, clock: Clock
) -> None:
    office, _ = await proposed(store, clock)
    await office.tick()
    clock.forward(seconds=61)
    await broadcasts.tick(store, ALONE, clock())
    await progress.tick(store, ALONE, clock())
    await progress.tick(other_store, ALONE, clock())
    assert [act for act in await column(store, ledger, "act") if act == "edit"] == ["edit"]


async def test_an_edit_that_is_overtaken_is_not_sent(store: Store, clock: Clock) -> None:
    office, mary = await proposed(store, clock)
    await office.tick()
    clock.forward(seconds=61)
    await broadcasts.tick(store, ALONE, clock())
    await progress.tick(store, ALONE, clock())
    await mary.tap("Stop")
    while await office.dispatcher.step():
        clock.forward(seconds=5)
    assert len(office.telegram.edited) == 1 and "is stopped" in office.telegram.edited[0][2]


async def test_whoever_stops_it_the_message_of_the_author_says_so(store: Store, clock: Clock) -> None:
    office, mary = await proposed(store, clock)
    await office.tick()
    joe = await office.hire("Joe", "navigator")
    answer = await joe.send(Tapped(mary.buttons["Stop"].code))
    assert "Broadcast 1 is stopped." in answer and "[Resume]" in answer
    await office.tick()
    assert office.telegram.edited[-1][0] == mary.address and "is stopped" in office.telegram.edited[-1][2]


async def test_in_the_chat_that_shows_it_a_stop_is_answered_without_a_second_copy(
    store: Store, clock: Clock
) -> None:
    office, mary = await proposed(store, clock)
    await office.tick()
    assert await mary.tap("Stop") == "Broadcast 1 is stopped. What is on its way now still arrives."


async def test_when_the_author_is_gone_the_colleague_who_approved_sees_it(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    await office.people()
    mary, joe = await office.hire("Mary"), await office.hire("Joe")
    await drafted(mary)
    await mary.tap("Send")
    await office.tick()
    async with store.write() as tx:
        await staff.end(tx, 1, clock())
    await joe.tap("Approve")
    await office.tick()
    assert progress_messages(office, joe.address) and not progress_messages(office, mary.address)


async def test_a_broadcast_of_the_command_line_is_shown_when_its_author_is_linked(
    store: Store, clock: Clock
) -> None:
    office = Office(store, clock, ALONE)
    await office.people()
    mary = await office.hire("Mary")
    async with store.write() as tx:
        by, words = broadcasts.By(1, "Mary", "editor"), broadcasts.Draft(texts={"en": "Hi"})
        row = await broadcasts.make(tx, by, "cli", words, clock())
        await broadcasts.propose(tx, broadcasts.Press(row.id, 1, by), ALONE, clock())
    await office.tick()
    await office.tick()
    assert len(progress_messages(office, mary.address)) == 1


@pytest.mark.parametrize("hours", [30])
async def test_a_message_that_waits_for_days_is_still_the_one_that_is_edited(
    store: Store, clock: Clock, hours: int
) -> None:
    office = Office(store, clock, ALONE)
    await office.people(*PEOPLE)
    mary = await office.hire("Mary")
    await drafted(mary)
    await mary.tap("At a set time")
    await mary.say("25 Nov 10:30")
    await mary.tap("Send at that time")
    await office.tick()
    await office.tick()
    clock.forward(hours=hours)
    await sweep(store, clock())
    clock.forward(hours=48.5 - hours)
    await office.tick()
    await office.tick(70)
    await office.tick()
    assert len(progress_messages(office, mary.address)) == 1
    assert "Sent 6 of 6" in office.telegram.edited[-1][2]

"""What goes wrong at the desk is told in a clear sentence, and nothing happens twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Tapped
from bot.staff import codes, state
from bot.staff.codes import Code
from bot.staff.respond import VERBS
from bot.staff.rights import RIGHTS, may
from bot.store import staff
from bot.store.engine import Store
from bot.store.tables import events
from tests.broadcasts.crowd import world_of
from tests.databases import START, Clock, column
from tests.staff.office import Office, drafted

ALONE = world_of(approval=False)


async def test_of_two_who_press_send_at_once_one_is_told_who_was_quicker(store: Store, clock: Clock) -> None:
    office = Office(store, clock, ALONE)
    await office.people()
    mary, joe = await office.hire("Mary"), await office.hire("Joe")
    await drafted(mary)
    send = mary.buttons["Send"].code
    await mary.send(Tapped(send))
    answer = await joe.send(Tapped(send))
    assert answer and "Traceback" not in answer and "It can go" not in answer
    assert (await column(store, events, "what")).count("proposed") == 1


async def test_the_same_tap_delivered_twice_is_one_draft(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    await mary.say("/broadcast")
    await mary.tap("Write the words")
    await mary.say("Hello")
    old = mary.buttons["Send"].code
    await mary.tap("Change people")
    await mary.tap("Area")
    await mary.tap("Scotland")
    assert "It can go" not in await mary.send(Tapped(old))


async def test_a_broadcast_to_nobody_is_refused(store: Store, clock: Clock) -> None:
    office = Office(store, clock, ALONE)
    mary = await office.hire("Mary")
    await drafted(mary)
    await mary.tap("Send")
    assert (await office.broadcast()).state == "draft"


async def test_a_text_over_the_limit_is_refused_and_waited_for_again(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await mary.say("/broadcast")
    await mary.tap("Write the words")
    refused = await mary.say("😀" * 2100)
    assert "Is it right?" not in refused and (await office.broadcast()).draft.texts == {}
    assert "Is it right?" in await mary.say("Hello")


@pytest.mark.parametrize("time", ["yesterday 9am", "soon", "25:00", "23 Nov 09:59", "1 Jan 2040 9am"])
async def test_a_time_that_is_none_is_asked_for_again(store: Store, clock: Clock, time: str) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await drafted(mary)
    await mary.tap("At a set time")
    assert "cannot read that" in await mary.say(time)
    assert "It goes out on Tue 24 Nov, 09:00." in await mary.say("tomorrow 9am")


async def test_who_loses_the_role_half_way_is_told_so_at_the_next_step(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    await office.people()
    mary = await office.hire("Mary")
    await mary.say("/broadcast")
    await mary.tap("Write the words")
    async with store.write() as tx:
        await staff.set_role(tx, 1, "viewer")
    assert "Your role (viewer) may not do this." in await mary.say("Hello all")
    assert (await office.broadcast()).draft.texts == {}


async def test_who_is_no_longer_staff_has_no_desk_at_the_next_tap(store: Store, clock: Clock) -> None:
    office = Office(store, clock, ALONE)
    await office.people()
    mary = await office.hire("Mary")
    await drafted(mary)
    async with store.write() as tx:
        await staff.end(tx, 1, clock())
    await mary.tap("Send")
    assert (await office.broadcast()).state == "draft"


@pytest.mark.parametrize("verb", VERBS)
async def test_a_viewer_changes_nothing_by_any_button(store: Store, clock: Clock, verb: str) -> None:
    if may("viewer", VERBS[verb].right):
        return
    office = Office(store, clock)
    await office.people()
    mary, vic = await office.hire("Mary"), await office.hire("Vic", "viewer")
    await drafted(mary)
    row = await office.broadcast()
    assert "may not do this" in await vic.send(Tapped(codes.write(verb, row.id, row.version)))
    assert await office.broadcast() == row


FORGED = (
    "z: z:fly z:send z:send:99:1 z:put:1:1:area=atlantis z:put:1:1:x z:pick:1:1:shoe z:who:x.y "
    "z:who:nothing.123 z:again:all z:leave:-1 z:when:1:2:x z:coming:mars.999"
).split()


@pytest.mark.parametrize("code", FORGED)
async def test_a_forged_button_does_no_harm(store: Store, clock: Clock, code: str) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await drafted(mary)
    before = (await office.broadcast()).draft
    assert await mary.send(Tapped(code))
    assert (await office.broadcast()).draft == before


@given(st.text())
def test_any_text_is_a_code_or_none(text: str) -> None:
    found = codes.read(text)
    assert found is None or codes.read(codes.write(found.verb, found.id, found.version, found.name)) == found


@given(st.text(max_size=60))
def test_any_desk_that_was_kept_can_be_read(text: str) -> None:
    desk = state.waiting("words", 3, START, "en", {"en": text})
    assert state.read(state.write(desk), START) == desk
    assert state.read(state.write(desk), START + 2 * state.PATIENCE) == state.NOTHING


def test_every_right_that_is_asked_for_is_somebodys() -> None:
    assert {verb.right for verb in VERBS.values()} <= set(RIGHTS)
    assert codes.read("z:stop:12:3") == Code("stop", 12, 3)

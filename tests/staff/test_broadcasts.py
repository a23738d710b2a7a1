"""A broadcast as staff live it: draft, preview, second yes, hold, stop, correct, delete, report."""

import pytest
from sqlalchemy import update

from bot.model import Person, Tapped
from bot.staff import codes
from bot.store.engine import Store
from bot.store.tables import audit, ledger
from tests.broadcasts.crowd import join, world_of
from tests.databases import Clock, rows
from tests.staff.office import PEOPLE, Office, Phone, drafted


async def office_of(store: Store, clock: Clock, approval: bool = True) -> tuple[Office, Phone]:
    office = Office(store, clock, world_of(approval))
    await office.people()
    return office, await office.hire("Mary")


async def going(store: Store, clock: Clock) -> tuple[Office, Phone]:
    """On its way without approval, the hold not over."""
    office, mary = await office_of(store, clock, approval=False)
    await drafted(mary)
    await mary.tap("Send")
    await office.tick()
    return office, mary


async def test_the_preview_counts_and_shows_the_message_as_it_will_be_seen(
    store: Store, clock: Clock
) -> None:
    _, mary = await office_of(store, clock)
    shown = await drafted(mary, "The walk is off.")
    assert "to 6 people: everyone who said yes to news" in shown
    assert "As Person 1 (telegram, en), Person 2" in shown
    assert "The walk is off.\n\nTo stop news like this" in shown and "[No more session news]" in shown


async def test_the_buttons_of_patients_are_shown_but_cannot_be_tapped(store: Store, clock: Clock) -> None:
    _, mary = await office_of(store, clock)
    await drafted(mary)
    assert all(codes.ours(button.code) for say in mary.says for row in say.rows for button in row)


async def test_people_are_chosen_by_what_fits_them(store: Store, clock: Clock) -> None:
    _, mary = await office_of(store, clock)
    async with store.write() as tx:
        lung = Person(area="scotland", interests=(("cancer", "lung"),))
        await join(tx, "201", clock(), lung)
        await join(tx, "202", clock(), Person(area="scotland"))
    assert "It reaches 8 people." in await mary.say("/broadcast")
    await mary.tap("Area")
    assert "It reaches 2 people." in await mary.tap("Scotland")
    await mary.tap("Cancer type")
    answer = await mary.tap("lung cancer")
    assert "Now: Scotland; lung cancer." in answer and "It reaches 1 person." in answer


async def test_a_choice_is_taken_back_by_tapping_it_again(store: Store, clock: Clock) -> None:
    _, mary = await office_of(store, clock)
    await mary.say("/broadcast")
    await mary.tap("Area")
    await mary.tap("Scotland")
    await mary.tap("Area")
    assert "Now: everyone" in await mary.tap("✓ Scotland")


async def test_all_choices_of_every_way_have_a_button_that_works(store: Store, clock: Clock) -> None:
    _, mary = await office_of(store, clock)
    await mary.say("/broadcast")
    for way in ("Area", "Cancer type", "Topic", "Language", "Session"):
        shown = await mary.tap(way)
        label = shown.split("[")[1].split("]")[0]
        assert "Broadcast 1: whom is it for?" in await mary.tap(label)
        await mary.tap("Everyone")


async def test_send_to_me_first_comes_to_my_own_chat_as_people_see_it(store: Store, clock: Clock) -> None:
    office, mary = await office_of(store, clock)
    await drafted(mary)
    await mary.tap("Send to me first")
    await office.tick()
    assert [text for text in office.telegram.to(mary.address) if text.startswith("Hello all\n")]
    assert not office.telegram.to(PEOPLE[0])


async def test_a_second_member_looks_and_approves_and_after_the_hold_everybody_gets_it(
    store: Store, clock: Clock
) -> None:
    office, mary = await office_of(store, clock)
    joe = await office.hire("Joe")
    await drafted(mary)
    assert "I have asked 1 person for a yes." in await mary.tap("Send")
    await office.tick()
    assert "Mary asks for your yes to broadcast 1" in office.telegram.to(joe.address)[-1]
    assert "Hello all" in await joe.tap("Look")
    assert "You said yes to broadcast 1." in await joe.tap("Approve")
    await office.tick(30)
    assert not office.telegram.to(PEOPLE[0])
    await office.tick(40)
    assert {address for address, text in office.telegram.arrived if text.startswith("Hello all")} == set(
        PEOPLE
    )


async def test_say_no_makes_it_a_draft_again_and_tells_the_author(store: Store, clock: Clock) -> None:
    office, mary = await office_of(store, clock)
    joe = await office.hire("Joe")
    await drafted(mary)
    await mary.tap("Send")
    await office.tick()
    assert "You said no" in await joe.tap("Say no")
    await office.tick()
    assert "Joe said no to broadcast 1." in office.telegram.to(mary.address)[-1]
    assert "Is it right?" in await mary.tap("Open")


async def test_when_no_colleague_is_linked_the_author_is_told(store: Store, clock: Clock) -> None:
    _, mary = await office_of(store, clock)
    await drafted(mary)
    assert "no other editor is linked" in await mary.tap("Send")


async def test_nobody_approves_their_own(store: Store, clock: Clock) -> None:
    office, mary = await office_of(store, clock)
    await drafted(mary)
    await mary.tap("Send")
    row = await office.broadcast()
    answer = await mary.send(Tapped(codes.write("yes", row.id, row.version)))
    assert "You said yes" not in answer and (await office.broadcast()).state == "waits"


async def test_stop_in_the_hold_keeps_everybody_from_getting_it(store: Store, clock: Clock) -> None:
    office, mary = await going(store, clock)
    assert "Broadcast 1 is stopped." in await mary.tap("Stop")
    await office.tick(120)
    assert not office.telegram.to(PEOPLE[0])


async def test_stop_again_and_stop_after_the_end_are_answered_clearly(store: Store, clock: Clock) -> None:
    office, mary = await going(store, clock)
    stop = mary.buttons["Stop"].code
    await mary.send(Tapped(stop))
    assert "is stopped" in await mary.send(Tapped(stop))
    await office.tick()
    await mary.tap("Resume")
    await office.tick(70)
    assert (await office.broadcast()).state == "done"
    answer = await mary.send(Tapped(stop))
    assert answer and "is stopped" not in answer and (await office.broadcast()).state == "done"


async def test_what_is_out_can_be_corrected_in_the_same_message(store: Store, clock: Clock) -> None:
    office, mary = await going(store, clock)
    await office.tick(70)
    await mary.tap("Correct")
    await mary.tap("Change the words people have")
    await mary.say("Hello everybody")
    await office.tick()
    await office.tick(70)
    corrected = [text for to, _, text in office.telegram.edited if to in PEOPLE]
    assert len(corrected) == 6 and all(text.startswith("Hello everybody") for text in corrected)


async def test_those_who_got_it_can_be_written_to_again(store: Store, clock: Clock) -> None:
    office, mary = await going(store, clock)
    await office.tick(70)
    async with store.write() as tx:
        await join(tx, "301", clock())
    await mary.tap("Correct")
    await mary.tap("Write to those who got it")
    assert "to 6 people: those who got broadcast 1" in await mary.say("It is at 3pm.")


async def test_what_is_out_can_be_deleted_after_a_second_tap(store: Store, clock: Clock) -> None:
    office, mary = await going(store, clock)
    await office.tick(70)
    assert "cannot be undone" in await mary.tap("Delete what was sent")
    assert not office.telegram.deleted
    await mary.tap("Yes, delete it everywhere")
    await office.tick()
    assert {address for address, _ in office.telegram.deleted} == set(PEOPLE)


async def test_the_report_adds_up_and_says_who_did_what(store: Store, clock: Clock) -> None:
    office, mary = await going(store, clock)
    await office.tick(70)
    report = await mary.tap("Report")
    assert "Sent 6 of 6, left 0, failed 0." in report and "In all: 6." in report
    assert "Mary, pressed Send" in report and report.count("Mary, changed it") <= 1


async def test_somebodys_bad_news_is_nobodys_figure(store: Store, clock: Clock) -> None:
    office, mary = await going(store, clock)
    await office.tick(70)
    for place, reason in enumerate(("grief", "stopped")):
        chosen = ledger.c.address == PEOPLE[place]
        async with store.write() as tx:
            await tx.execute(update(ledger).where(chosen).values(state="dropped", reason=reason))
    report = await mary.tap("Report")
    assert "grief" not in report and "In all: 6." in report
    assert "2" in next(line for line in report.splitlines() if "stopped" in line)


@pytest.mark.parametrize(("time", "hours"), [("tomorrow 9am", 23), ("25 Nov 10:30", 48.5)])
async def test_a_set_time_is_waited_for(store: Store, clock: Clock, time: str, hours: float) -> None:
    office, mary = await office_of(store, clock, approval=False)
    await drafted(mary)
    await mary.tap("At a set time")
    assert "It goes out on" in await mary.say(time)
    await mary.tap("Send at that time")
    await office.tick(60)
    assert (await office.broadcast()).state == "set"
    clock.forward(hours=hours)
    await office.tick()
    await office.tick(70)
    assert (await office.broadcast()).state == "done"


async def test_every_week_is_one_tap_after_a_time(store: Store, clock: Clock) -> None:
    _, mary = await office_of(store, clock)
    await drafted(mary)
    await mary.tap("At a set time")
    await mary.tap("Mon 23 Nov, 16:30")
    assert "and every week after that" in await mary.tap("Every week")
    assert "every week" not in await mary.tap("Once only")
    assert "when you press Send" in await mary.tap("At once")


async def test_thrown_away_is_the_end_of_a_draft(store: Store, clock: Clock) -> None:
    office, mary = await office_of(store, clock)
    await drafted(mary)
    assert "ends here" in await mary.tap("Throw away")
    assert (await office.broadcast()).state == "cancelled"


async def test_the_list_leads_to_every_broadcast(store: Store, clock: Clock) -> None:
    _, mary = await going(store, clock)
    assert "1 about to go: Hello all" in await mary.say("/broadcasts")
    assert "Broadcast 1 goes out at" in await mary.tap("1 about to go: Hello all")


async def test_every_step_at_the_desk_is_in_the_audit_log(store: Store, clock: Clock) -> None:
    office, mary = await going(store, clock)
    await mary.say("/broadcasts")
    await mary.tap(next(label for label in mary.buttons if label.startswith("1 ")))
    await mary.tap("Stop")
    found = [(one["name"], one["what"], one["about"]) for one in await rows(office.store, audit)]
    broadcast = [what for name, what, about in found if (name, about) == ("Mary", "broadcast:1")]
    assert broadcast == ["broadcast.make", "broadcast.change", "broadcast.propose", "broadcast.stop"]

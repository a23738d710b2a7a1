"""/queue in a colleague's own chat: the same steps, the same refusals, the same audit rows."""

from bot.store import audit
from bot.store.engine import Store
from tests.databases import Clock
from tests.handover.people import WORLD
from tests.handover.test_relay_talk import begun, only
from tests.staff.office import Office


async def test_a_navigator_opens_claims_answers_and_closes(store: Store, clock: Clock) -> None:
    office, patient = Office(store, clock, WORLD), await begun(store, clock)
    ann = await office.hire("Ann", "navigator")
    clock.forward(minutes=35)
    listed = await ann.say("/queue")
    code = (await only(store)).code
    assert f"{code} · Physios · in writing · waits 35 min · new messages: 1" in listed
    assert "knees" not in listed
    opened = await ann.tap(f"Open {code}")
    assert "my knees hurt" in opened and ann.says[0].sensitive
    assert "Ann has claimed it" in await ann.tap("Claim")
    await ann.tap("Answer in writing")
    assert "too long" in await ann.say("x" * 2001)
    assert "From the team (physio):\nTry ice." in await ann.say("Try ice.")
    assert "It goes to the person now" in await ann.tap("Send")
    await office.tick()
    # The same button once more sends nothing.
    assert "does not work any more" in await ann.tap("Send")
    assert "Ann has closed it" in await ann.tap("Done")
    assert "Nobody waits" in await ann.say("/queue")
    async with store.read() as tx:
        whats = [row.what for row in await audit.latest(tx, 4)]
    assert whats == ["handover.done", "handover.answer", "handover.claim", "handover.read"]
    assert await patient.relay() == 0


async def test_what_was_typed_stays_when_a_colleague_was_quicker(store: Store, clock: Clock) -> None:
    office, _ = Office(store, clock, WORLD), await begun(store, clock)
    ann, ben = await office.hire("Ann", "navigator"), await office.hire("Ben", "navigator")
    code = (await only(store)).code
    for phone in (ann, ben):
        await phone.say("/queue")
        await phone.tap(f"Open {code}")
    await ann.tap("Answer in writing")
    await ann.say("Try ice.")
    await ben.tap("Claim")
    assert "Ben claimed this at 10:00" in await ann.tap("Send")
    assert "Ben claimed this at 10:00" in await ann.tap("Claim")
    assert (await only(store)).answered is None


async def test_viewers_and_editors_see_no_note_and_no_queue(store: Store, clock: Clock) -> None:
    office, _ = Office(store, clock, WORLD), await begun(store, clock)
    for name, role in (("Vic", "viewer"), ("Eve", "editor")):
        phone = await office.hire(name, role)  # type: ignore[arg-type]
        assert "may not do this" in await phone.say("/queue")
        assert "/queue" not in await phone.say("/help")


async def test_a_new_message_of_the_person_stops_an_answer_that_did_not_know_it(
    store: Store, clock: Clock
) -> None:
    office, patient = Office(store, clock, WORLD), await begun(store, clock)
    ann = await office.hire("Ann", "navigator")
    await ann.say("/queue")
    await ann.tap(f"Open {(await only(store)).code}")
    await ann.tap("Answer in writing")
    await patient.say("it is the left one")
    await ann.say("Which one?")
    assert "The person has written again" in await ann.tap("Send")

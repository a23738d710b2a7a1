"""Taking part in programmes: each change plans all that is still to come anew, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TypeAlias, assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.bookings import (
    Enrolment,
    JoinProgramme,
    LeaveProgramme,
    MyProgrammes,
    PauseProgrammes,
    ProgrammeDone,
    ResumeProgrammes,
    ShowProgrammes,
)
from bot.conversation import programmes as words
from bot.conversation.timetable import Slot, Taken, timetable
from bot.conversation.world import World
from bot.messaging import booking
from bot.messaging.whose import Whose
from bot.store import enrolments, ledger, letters
from bot.store.enrolments import Enrolled
from bot.store.ledger import Planned, Urgency
from bot.store.letters import Letter

Asked: TypeAlias = JoinProgramme | LeaveProgramme | PauseProgrammes | ResumeProgrammes


@dataclass(frozen=True, slots=True)
class Desk:
    """One request of one person, whose programmes are locked."""

    tx: AsyncConnection
    whose: Whose
    world: World
    now: datetime


async def do(
    tx: AsyncConnection, whose: Whose, request: Asked | ShowProgrammes, world: World, now: datetime
) -> ProgrammeDone | MyProgrammes:
    """Do it; what came of it."""
    desk = Desk(tx, whose, world, now)
    match request:
        case JoinProgramme():
            return await _join(desk, request.programme, request.day)
        case LeaveProgramme():
            return await _leave(desk, request.programme)
        case PauseProgrammes():
            return await _pause(desk)
        case ResumeProgrammes():
            return await _resume(desk)
        case ShowProgrammes():
            return await _mine(desk)
        case _:
            assert_never(request)


async def end(tx: AsyncConnection, person: str, now: datetime, reason: str) -> None:
    """All programmes of a person stop, with whatever was planned for them."""
    for one in await enrolments.live(tx, person):
        await ledger.call_off(tx, one.about, now, reason)
    await enrolments.end_all(tx, person, now)


async def grieve(tx: AsyncConnection, whose: Whose, world: World, now: datetime) -> None:
    """The compassion pause: nothing that was planned goes out, and every booking is given back."""
    await ledger.drop(tx, whose.person, (Urgency.REMINDER, Urgency.BROADCAST), now, "grief")
    await enrolments.end_all(tx, whose.person, now)
    await booking.give_back(tx, whose.person, world, now)
    # What giving back a booking would tell them is not said now, either.
    await ledger.drop(tx, whose.person, (Urgency.REMINDER, Urgency.BROADCAST), now, "grief")


async def _join(desk: Desk, name: str, day: date) -> ProgrammeDone:
    if name not in desk.world.content.programmes:
        return ProgrammeDone("nothing", name)
    before = {one.programme: one for one in await enrolments.live(desk.tx, desk.whose.person)}
    await enrolments.join(desk.tx, desk.whose.person, name, day, desk.now)
    coming = await _plan(desk)
    if name not in coming:
        await _end_one(desk, name, "done")
        return ProgrammeDone("over", name, day)
    return ProgrammeDone("moved" if name in before else "joined", name, day, coming[name])


async def _end_one(desk: Desk, name: str, state: enrolments.State) -> None:
    mine = [one for one in await enrolments.live(desk.tx, desk.whose.person) if one.programme == name]
    for one in mine:
        await ledger.call_off(desk.tx, one.about, desk.now, "left")
    await enrolments.become(desk.tx, [one.id for one in mine], state, desk.now)


async def _leave(desk: Desk, name: str) -> ProgrammeDone:
    """One, or, with "", all of them. The others are planned anew: a day may be free or silent no more."""
    mine = await enrolments.live(desk.tx, desk.whose.person)
    leaving = [one.programme for one in mine if name in ("", one.programme)]
    if not leaving:
        return ProgrammeDone("nothing", name)
    for programme in leaving:
        await _end_one(desk, programme, "stopped")
    await _plan(desk)
    return ProgrammeDone("left", name)


async def _pause(desk: Desk) -> ProgrammeDone:
    mine = await enrolments.live(desk.tx, desk.whose.person)
    if not mine:
        return ProgrammeDone("nothing")
    for one in mine:
        await ledger.call_off(desk.tx, one.about, desk.now, "paused")
    running = [one.id for one in mine if one.state == "on"]
    await enrolments.become(desk.tx, running, "paused", desk.now)
    return ProgrammeDone("paused")


async def _resume(desk: Desk) -> ProgrammeDone:
    mine = await enrolments.live(desk.tx, desk.whose.person)
    if not mine:
        return ProgrammeDone("nothing")
    resting = [one.id for one in mine if one.state == "paused"]
    await enrolments.become(desk.tx, resting, "on", desk.now)
    coming = await _plan(desk)
    return ProgrammeDone("resumed", next=min(coming.values())) if coming else ProgrammeDone("over")


async def _mine(desk: Desk) -> MyProgrammes:
    """What is left of each; one whose last message is out is done."""
    listed = []
    for one in await enrolments.live(desk.tx, desk.whose.person):
        due = await enrolments.next_due(desk.tx, one.about)
        if one.state == "paused" or due:
            listed.append(Enrolment(one.programme, one.day, one.state == "paused", due))
        else:
            await enrolments.become(desk.tx, [one.id], "done", desk.now)
    return MyProgrammes(tuple(listed))


async def _plan(desk: Desk) -> Mapping[str, datetime]:
    """Call off what is planned for all programmes and plan it anew; when the next message of each comes.

    All at once, because they share the silent days and have one message a day between them.
    """
    running = [one for one in await enrolments.live(desk.tx, desk.whose.person) if one.state == "on"]
    for one in running:
        await ledger.call_off(desk.tx, one.about, desk.now, "moved")
    slots = _slots(desk, running)
    coming: dict[str, datetime] = {}
    for one in running:
        # Only now: what a sender has taken meanwhile is out, and was not called off.
        gone = await enrolments.gone_out(desk.tx, one.about)
        left = [slot for slot in slots if slot.programme == one.programme and slot.message not in gone]
        if left:
            await _write(desk, one, left)
            coming[one.programme] = left[0].due
    return coming


def _slots(desk: Desk, running: Sequence[Enrolled]) -> Sequence[Slot]:
    known = desk.world.content.programmes
    taken = [Taken(known[one.programme], one.day) for one in running if one.programme in known]
    return [slot for slot in timetable(taken, desk.world.local.quiet) if slot.due > desk.now]


async def _write(desk: Desk, enrolled: Enrolled, slots: Sequence[Slot]) -> None:
    version = await enrolments.next_version(desk.tx, enrolled.id)
    rows = [await _row(desk, enrolled, slot, version) for slot in slots]
    await ledger.plan(desk.tx, rows, desk.now)


async def _row(desk: Desk, enrolled: Enrolled, slot: Slot, version: int) -> Planned:
    letter = await letters.write(desk.tx, _letter(desk, slot), desk.now)
    key = enrolments.key_of(enrolled.id, version, slot.message)
    here = (desk.whose.person, desk.whose.channel, desk.whose.address)
    return Planned(key, Urgency.REMINDER, enrolled.about, *here, slot.due, letter)


def _letter(desk: Desk, slot: Slot) -> Letter:
    """The same words for everybody who gets this message at this time in this language."""
    say = words.message(desk.world, desk.whose.language, slot.programme, slot.message)
    drawn = sha256(forms.write(say).encode()).hexdigest()[:12]
    ends = int(slot.useless_from.timestamp())
    key = f"programme:{slot.programme}:{slot.message}:{desk.whose.language}:{drawn}:{ends}"
    return Letter(key, say, useless_from=slot.useless_from)

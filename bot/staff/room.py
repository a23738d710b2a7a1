"""The staff's group: what colleagues write in a person's topic goes to that person. All else is silence."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.handover import queue
from bot.handover.words import Asked, Press, Refusal, Who
from bot.model import Button, Rows, Say
from bot.staff import codes
from bot.staff.codes import Code
from bot.staff.rights import may
from bot.staff.topics import ways
from bot.store import arrivals, audit, rooms, staff, staff_messages
from bot.store.handovers import TEAMS
from bot.store.staff import Member
from bot.store.staff_messages import ToStaff

HERE = "/here"
NOTE = "#"
"""What begins so stays among colleagues."""


@dataclass(frozen=True, slots=True)
class GroupHeard:
    """Words or a button in a group; `topic` is 0 outside of topics. `sender` is the private chat of whoever
    it was, which a code may have linked."""

    update: str
    chat: str
    topic: int
    sender: str
    text: str = ""
    code: str = ""
    forum: bool = False
    forwarded: bool = False
    """Somebody else's words, perhaps another person's: never an answer."""

    @property
    def thread(self) -> str:
        return f"{self.chat}:{self.topic}" if self.topic else self.chat


@dataclass(frozen=True, slots=True)
class Case:
    """Something a colleague does in the topic of a request."""

    tx: AsyncConnection
    asked: Asked
    who: Who
    world: World
    now: datetime

    @property
    def texts(self) -> Texts:
        return Texts(self.world.content.texts)

    def press(self, version: int | None = None) -> Press:
        return Press(self.asked.id, self.asked.version if version is None else version, self.who)


async def concerns_us(tx: AsyncConnection, heard: GroupHeard) -> bool:
    """Whether this is worth a transaction; groups that are not the team's are none of our business."""
    return _here(heard) or heard.chat == await rooms.find_room(tx)


def _here(heard: GroupHeard) -> bool:
    return heard.text.strip().partition("@")[0].lower() == HERE


async def hear(tx: AsyncConnection, heard: GroupHeard, world: World, now: datetime) -> None:
    """Do it, and plan what is said about it. The same update is heard once."""
    if await arrivals.first_time(tx, rooms.TELEGRAM, heard.update, now) is None:
        return
    member = await staff.at(tx, rooms.TELEGRAM, heard.sender)
    texts = Texts(world.content.texts)
    if _here(heard):
        if member:
            await _say(tx, heard, Say(await _settle(tx, heard, member, texts, now)), now)
        return
    asked = await rooms.of_thread(tx, heard.thread)
    if asked is None or heard.chat != await rooms.find_room(tx):
        return
    if member is None or not may(member.role, "notes"):
        key = f"room-refused:{heard.thread}:{heard.sender}"
        await _say(tx, heard, Say(texts("staff.room.refused")), now, key)
        return
    case = Case(tx, asked, Who(member.id, member.name), world, now)
    if (say := await _done(case, heard)) is not None:
        await _say(tx, heard, say, now)


async def _settle(tx: AsyncConnection, heard: GroupHeard, member: Member, texts: Texts, now: datetime) -> str:
    """This group is the team's from now on."""
    if not may(member.role, "notes"):
        return texts("staff.no-right", role=member.role)
    if not heard.forum:
        return texts("staff.room.no-topics")
    await rooms.put(tx, heard.chat, member.name, now)
    await audit.add(tx, Who(member.id, member.name), "room.set", "room:telegram", now, heard.chat)
    return texts("staff.room.here")


async def _done(case: Case, heard: GroupHeard) -> Say | None:
    """What is said about it, or silence."""
    try:
        async with case.tx.begin_nested():
            return await (_tapped(case, heard.code) if heard.code else _written(case, heard))
    except Refusal as refusal:
        return Say(case.texts(refusal.key, 0, **refusal.values), ways(case.texts, case.asked))


async def _written(case: Case, heard: GroupHeard) -> Say | None:
    """An answer to the person. What begins with # is a word among colleagues; so is all about a call back."""
    text = heard.text.strip()
    if not text or text.startswith((NOTE, "/")):
        return None
    if heard.forwarded:
        return Say(case.texts("staff.room.forwarded"))
    if case.asked.kind == "call":
        return Say(case.texts("staff.room.call"), ways(case.texts, case.asked))
    await queue.answer(case.tx, case.press(), text, case.world, case.now)
    after = await queue.glance(case.tx, case.asked.id)
    return Say(case.texts("staff.room.sent"), ways(case.texts, after))


async def _tapped(case: Case, tapped: str) -> Say | None:
    code = codes.read(tapped)
    if code is None or code.id != case.asked.id:
        return None
    after = await _step(case, code)
    if after is None:
        return Say(case.texts("staff.queue.which-team"), teams(case.texts, case.asked))
    verb = code.verb.removeprefix("q-")
    team = case.texts(f"staff.queue.team.{after.team}")
    said = case.texts(f"staff.queue.did.{verb}", name=case.who.name, team=team)
    return Say(said, ways(case.texts, after))


async def _step(case: Case, code: Code) -> Asked | None:
    """The request afterwards; None when a team must be chosen first."""
    press, tx, world, now = case.press(code.version), case.tx, case.world, case.now
    match code.verb, code.name:
        case "q-claim", _:
            return await queue.claim(tx, press, world, now)
        case "q-release", _:
            return await queue.release(tx, press, world, now)
        case "q-done", _:
            return await queue.done(tx, press, world, now)
        case "q-pass", team if team in TEAMS:
            return await queue.pass_on(tx, press, next(one for one in TEAMS if one == team), world, now)
        case _:
            return None


def teams(texts: Texts, asked: Asked) -> Rows:
    """The other teams, as buttons."""
    others = (team for team in TEAMS if team != asked.team)
    return tuple(
        (Button(texts(f"staff.queue.team.{team}"), codes.write("q-pass", asked.id, asked.version, team)),)
        for team in others
    )


async def _say(tx: AsyncConnection, heard: GroupHeard, say: Say, now: datetime, key: str = "") -> None:
    to = ToStaff(key or f"room:{heard.update}", rooms.TELEGRAM, heard.thread, say)
    await staff_messages.plan(tx, [to], now)

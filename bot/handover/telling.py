"""What the person hears from the team, and what a colleague hears who came too late."""

import re
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import private
from bot.conversation.buttons import commands
from bot.conversation.codes import write
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.handover.words import ANSWER, Asked, Refusal, Who
from bot.model import Button, Person, Say
from bot.store import ledger
from bot.store.ledger import To
from bot.store.tables import people

LINK = re.compile(r"\b(?:http://|ftp://|javascript:|data:|file:)", re.IGNORECASE)
"""What is not https is no link that we send."""


def texts_of(asked: Asked, world: World) -> Texts:
    """The sentences as the person reads them."""
    return world.texts_for(Person(language=asked.language, area=asked.area))


def check_answer(text: str, asked: Asked, world: World) -> Say:
    """The answer as the person will see it: in the team's name, never in a colleague's. Raises Refusal."""
    text = text.strip()
    if not text:
        raise Refusal("staff.queue.refused.empty")
    if len(text) > ANSWER:
        over = f"{len(text) - ANSWER:,}"
        raise Refusal("staff.queue.refused.too-long", most=f"{ANSWER:,}", over=over)
    if LINK.search(text):
        raise Refusal("staff.queue.refused.link")
    if "number" in private.mask(text).kinds or "birth" in private.mask(text).kinds:
        raise Refusal("staff.queue.refused.private")
    texts = texts_of(asked, world)
    heading = texts("handover.from", team=texts(f"handover.team.{asked.team}"))
    if asked.kind == "call":
        return Say(f"{heading}\n{text}")
    # Whoever is in the middle of other questions comes back to the team by this one.
    back = Button(texts("button.write-back"), write("command", "talk-again"))
    return Say(f"{heading}\n{text}", ((back, *commands(texts, "end-talk")),))


def over(asked: Asked, world: World) -> Say:
    """The team has ended the talk."""
    texts = texts_of(asked, world)
    return Say(texts("handover.over"), (commands(texts, "talk-again", "menu"),))


async def send(tx: AsyncConnection, asked: Asked, key: str, say: Say, now: datetime) -> None:
    """Plan it as a reply: it goes out at once. The same key goes out once."""
    found = select(people.c.channel, people.c.address).where(people.c.id == asked.person)
    where = (await tx.execute(found)).one_or_none()
    if where is None:
        return
    # Words of its own and no letter: they must go with the person, at once.
    to = To(0, asked.person, where.channel, where.address)
    await ledger.post(tx, key, asked.about, to, say, now)


def quicker(asked: Asked, who: Who, world: World) -> Refusal:
    """Why what was pressed does nothing: who did what meanwhile, and when."""
    match asked.state:
        case "claimed" if asked.claimed_by != who.id and asked.claimed:
            return Refusal(
                "staff.queue.refused.claimed", name=asked.claimer, time=_when(asked.claimed, world)
            )
        case "done" if asked.closed and asked.closer:
            return Refusal("staff.queue.refused.done", name=asked.closer, time=_when(asked.closed, world))
        case "done" | "cancelled":
            return Refusal("staff.queue.refused.ended")
        case _:
            return Refusal("staff.queue.refused.changed")


def _when(moment: datetime, world: World) -> str:
    return f"{moment.astimezone(world.directory.zone):%H:%M}"


def today(world: World, now: datetime) -> date:
    """The date where the team is."""
    return now.astimezone(world.directory.zone).date()

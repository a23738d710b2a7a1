"""Staff stop all messages to somebody: what /stop does, and nothing is said to them."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.answerers import own_data
from bot.conversation.moment import Moment
from bot.model import Opened, Turn
from bot.service.perform import Performance, Wording
from bot.store.people import Known


async def stop(tx: AsyncConnection, known: Known, navigator: Wording, now: datetime) -> None:
    """`known` is locked. Like /stop it holds until they ask for messages again themselves."""
    turn = own_data.stop(Moment(navigator.world, known.person, Opened(), now))
    await Performance(tx, known, now, navigator).silently(Turn(turn.person, turn.actions))

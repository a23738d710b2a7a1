"""One message put before one person, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.failures import Gone, Moved, Refused, TryLater, Unsure
from bot.messaging.outcomes import Delivered, Outcome
from bot.model import Say
from bot.store.outgoing import Leased

log = structlog.get_logger(__name__)


class Channel(Protocol):
    """Where messages go. All three raise TryLater, Gone, Moved, Refused or Unsure (bot/model.py), and
    nothing else."""

    async def send(self, address: str, say: Say, key: str) -> str:
        """Put it before the person and return the channel's own id of it.

        `key` names the message for good: the same key is the same message.
        """
        ...

    async def edit(self, address: str, message: str, say: Say) -> None:
        """Change a message that was sent."""
        ...

    async def delete(self, address: str, message: str) -> None:
        """Take a message that was sent away again."""
        ...


@dataclass(frozen=True, slots=True)
class Parcel:
    """A leased message with the words that go out now; none when its time is over."""

    message: Leased
    say: Say | None


async def deliver(channels: Mapping[str, Channel], parcel: Parcel) -> Outcome:
    """Send, edit or delete it. Raises nothing but a cancellation."""
    message = parcel.message
    try:
        return await _act(channels[message.channel], parcel)
    except (TryLater, Gone, Moved, Refused, Unsure) as outcome:
        return outcome
    except Exception as error:
        # A bug of ours in drawing this one message: park it, so that it never blocks those behind it.
        log.error("a message could not be sent", ledger=message.id, error=type(error).__name__)
        return Refused(type(error).__name__)


async def _act(channel: Channel, parcel: Parcel) -> Outcome:
    message, say = parcel.message, parcel.say
    if message.act == "delete":
        await channel.delete(message.address, message.target or "")
        return Delivered(message.target or "")
    assert say is not None
    if message.act == "edit":
        await channel.edit(message.address, message.target or "", say)
        return Delivered(message.target or "")
    return Delivered(await channel.send(message.address, say, message.key))

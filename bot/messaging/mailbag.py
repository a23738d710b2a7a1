"""The words of claimed messages: their own, or those of a letter that is read once and kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.messaging.lateness import say_of
from bot.messaging.sending import Parcel
from bot.model import Say
from bot.store import letters
from bot.store.letters import Letter
from bot.store.outgoing import Leased

KEPT = 1000
"""Letters that are kept at once; a letter never changes."""


class Mailbag:
    def __init__(self) -> None:
        self._letters: dict[int, Letter] = {}

    async def pack(self, tx: AsyncConnection, messages: Sequence[Leased], now: datetime) -> list[Parcel]:
        """Each message with what is to be said now."""
        await self._fetch(tx, {message.letter for message in messages if message.letter})
        return [Parcel(message, self._say(message, now)) for message in messages]

    async def _fetch(self, tx: AsyncConnection, wanted: set[int]) -> None:
        missing = wanted - self._letters.keys()
        if not missing:
            return
        if len(self._letters) > KEPT:
            self._letters.clear()
            missing = wanted
        self._letters.update(await letters.read(tx, missing))

    def _say(self, message: Leased, now: datetime) -> Say | None:
        """None where nothing is sent: it is too late, or the act needs no words."""
        if message.letter is None:
            return forms.read_say(message.body) if message.body else None
        return say_of(self._letters[message.letter], now)

"""The letters of a broadcast: written once for each round of its words, and then never changed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.world import World
from bot.messaging.broadcasts.rendering import languages, render, withdrawn
from bot.messaging.broadcasts.words import Broadcast
from bot.store import broadcasts, letters
from bot.store.letters import Letter


async def worded(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> Mapping[str, int]:
    """Each language's letter of the round that was settled last."""
    settled, _ = await broadcasts.rounds(tx, row.id)
    return {
        language: await letters.write(
            tx, Letter(f"{row.about}:{settled}:{language}", render(row.draft, language, world)), now
        )
        for language in languages(row.draft)
    }


async def taken_back(tx: AsyncConnection, row: Broadcast, world: World, now: datetime) -> Mapping[str, int]:
    """What stands in the place of a message that cannot be deleted any more, in each language it had."""
    says = {language: withdrawn(language, world) for language in languages(row.draft)}
    return {
        language: await letters.write(tx, Letter(f"{row.about}:withdrawn:{language}", say), now)
        for language, say in says.items()
    }

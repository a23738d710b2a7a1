"""The same navigator in the terminal: for authors, and for whoever wants to try it without a browser."""

import asyncio
import sys
from collections.abc import AsyncIterator
from uuid import uuid4

from bot.model import Arrival, Button, Event, Opened, Said, Say, Tapped
from bot.service import Service

ADDRESS = "me"


async def converse(service: Service, lines: AsyncIterator[str], channel: str = "terminal") -> None:
    """Greet, then answer line by line until there are no more."""
    shown = await _turn(service, channel, Opened())
    async for line in lines:
        shown = await _turn(service, channel, _event(line, shown)) or shown


def _event(line: str, shown: tuple[Button, ...]) -> Event:
    """A number in square brackets, or a label, taps the button that was shown; all else is said."""
    tapped = line.strip().removeprefix("[").removesuffix("]")
    if line.strip().startswith("["):
        by_label = {button.label: button for button in shown}
        by_number = {str(number): button for number, button in enumerate(shown, start=1)}
        button = by_label.get(tapped) or by_number.get(tapped)
        return Tapped(button.code if button else tapped)
    return Said(line)


async def _turn(service: Service, channel: str, event: Event) -> tuple[Button, ...]:
    says = await service.handle(Arrival(channel, ADDRESS, uuid4().hex, event))
    shown: list[Button] = []
    for say in says:
        print(drawn(say, len(shown)), flush=True)
        shown += [button for row in say.rows for button in row if button.code]
    return tuple(shown)


def drawn(say: Say, before: int = 0) -> str:
    """A message as text: its words, then its buttons with the numbers to tap them by."""
    lines, number = [say.text], before
    for row in say.rows:
        parts = []
        for button in row:
            number += bool(button.code)
            parts.append(f"[{number}] {button.label}" if button.code else f"{button.label}: {button.url}")
        lines.append("   ".join(parts))
    return "\n".join(lines) + "\n"


async def typed() -> AsyncIterator[str]:
    """Lines from the keyboard or a pipe."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line.rstrip("\n")

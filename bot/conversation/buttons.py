"""Buttons: to what comes next, to the commands that hold everywhere, and how they stand in rows."""

from collections.abc import Iterable, Sequence
from itertools import islice

from bot.content.shapes import Next
from bot.conversation import codes
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.model import Button, Rows

SHORT = 14
"""Labels up to this many characters stand 2 in a row."""


def command(texts: Texts, name: str) -> Button:
    return Button(texts(f"button.{name}"), codes.write("command", name))


def commands(texts: Texts, *names: str) -> tuple[Button, ...]:
    return tuple(command(texts, name) for name in names)


def towards(world: World, texts: Texts, following: Iterable[Next]) -> tuple[Button, ...]:
    """The buttons to what comes next; a target that is a draft and not shown has no button."""
    return tuple(button for one in following if (button := _towards(world, texts, one)))


def _towards(world: World, texts: Texts, one: Next) -> Button | None:
    label = texts.written(one.label) if one.label else ""
    if one.article:
        article = world.content.articles.get(one.article)
        return Button(label or article.question, codes.write("article", article.id)) if article else None
    if one.flow:
        flow = world.content.flows.get(one.flow)
        return Button(label or texts.written(flow.title), codes.write("flow", flow.flow)) if flow else None
    if one.sessions:
        wishes = codes.write_filter(one.sessions.model_dump(exclude_none=True))
        return Button(label or texts("button.sessions"), codes.write("sessions", wishes))
    return Button(label or texts(f"button.{one.command}"), codes.write("command", str(one.command)))


def rows(buttons: Sequence[Button], across: int = 2) -> Rows:
    """Short labels side by side, longer ones each in a row of its own."""
    if all(len(button.label) <= SHORT for button in buttons):
        return batched(buttons, across)
    return tuple((button,) for button in buttons)


def batched(buttons: Sequence[Button], across: int) -> Rows:
    left = iter(buttons)
    return tuple(iter(lambda: tuple(islice(left, across)), ()))

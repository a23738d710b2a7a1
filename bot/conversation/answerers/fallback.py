"""When nothing else answered: never silence, never a dead end."""

from dataclasses import replace

from bot.conversation import engine
from bot.conversation.answerers import leading
from bot.conversation.moment import Moment
from bot.model import Say, Tapped, Turn


def old_button(moment: Moment) -> Turn | None:
    """A button that leads nowhere any more, or was never ours."""
    if not isinstance(moment.event, Tapped):
        return None
    return _with_way_on(moment, "button.old")


def anything(moment: Moment) -> Turn:
    """Empty, only signs, or something no one foresaw."""
    return _with_way_on(moment, "fallback.text")


def _with_way_on(moment: Moment, key: str) -> Turn:
    again = engine.carry_on(moment, "flow.again") if moment.person.place else None
    if again is None:
        return leading.menu(moment, key)
    return replace(again, actions=engine.merged((Say(moment.say(key)), *again.actions)))

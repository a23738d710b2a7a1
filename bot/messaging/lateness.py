"""What to do with a message that its letter calls late: send it, send its short form, or let it be. Pure."""

from datetime import datetime

from bot.model import Say
from bot.store.letters import Letter


def say_of(letter: Letter, now: datetime) -> Say | None:
    """The words to send now; None when it is too late for them, and staff are told."""
    if letter.useless_from and now >= letter.useless_from:
        return None
    if letter.late_from is None or now < letter.late_from or letter.late == "send":
        return letter.say
    return letter.short if letter.late == "short" else None

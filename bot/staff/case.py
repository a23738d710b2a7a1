"""One thing that a member of staff does at the desk, with all that is needed to answer it."""

from dataclasses import dataclass

from bot.messaging.broadcasts import Broadcast
from bot.staff.asks import Facts
from bot.staff.codes import Code
from bot.staff.state import Desk
from bot.store.staff import Member


@dataclass(frozen=True, slots=True)
class Case:
    member: Member
    desk: Desk
    facts: Facts
    code: Code

    @property
    def broadcast(self) -> Broadcast:
        """The one that is spoken of; steps that need none never ask for it."""
        if self.facts.broadcast is None:
            raise LookupError("this step speaks of a broadcast")
        return self.facts.broadcast

"""The words of broadcasts that the desk, the command line and the steps share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.model import Say
from bot.store.audiences import Audience, Reach
from bot.store.broadcasts import Broadcast, Draft, Happened, State

__all__ = [
    "Audience",
    "Broadcast",
    "By",
    "Chat",
    "Draft",
    "Happened",
    "Press",
    "Preview",
    "Reach",
    "Refusal",
    "Report",
    "Shown",
    "State",
]


class Refusal(Exception):
    """Nothing was done, and why: `texts(refusal.key, **refusal.values)` is a clear sentence for staff."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


class By(NamedTuple):
    """The member of staff who does something. A viewer may look, and nothing else."""

    id: int
    name: str
    role: str = "navigator"


class Press(NamedTuple):
    """A button pressed on broadcast `id` as it was seen in `version`: after a change it does nothing."""

    id: int
    version: int
    by: By


class Chat(NamedTuple):
    """A staff member's own chat. The same `press` to it is the same message: it is sent once."""

    channel: str
    address: str
    press: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as one recipient will see it. They are named by a word that says nothing about them."""

    pseudonym: str
    channel: str
    language: str
    say: Say


@dataclass(frozen=True, slots=True)
class Preview:
    """The first recipients in sending order, everybody in numbers, and what staff should think of first.
    `warnings` are keys of sentences, each with its gaps."""

    shown: tuple[Shown, ...]
    reach: Reach
    warnings: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of everybody on the frozen list: the numbers always add up to `frozen`.

    `held` are those that the sender may not see yet, also while it is sent: it gets them bit by bit.
    `erased` are people who had all their data removed meanwhile, or whose rows are past their time.
    `edits` and `deletes` count corrections and recalls by state, beside the recipients.
    """

    id: int
    state: State
    frozen: int
    sent: int = 0
    unsure: int = 0
    held: int = 0
    planned: int = 0
    sending: int = 0
    erased: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)
    dropped: Mapping[str, int] = field(default_factory=dict)
    edits: Mapping[str, int] = field(default_factory=dict)
    deletes: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Everybody, added up."""
        gone = sum(self.failed.values()) + sum(self.dropped.values())
        return self.sent + self.unsure + self.held + self.planned + self.sending + self.erased + gone

"""What every page of the console is given: the office around it, and the visit it answers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from bot.clock import Clock
from bot.conversation.navigator import Navigator
from bot.conversation.world import World
from bot.settings import Settings
from bot.staff.rights import Right, may
from bot.store.audit import Who
from bot.store.engine import Store
from bot.store.staff import Member


@dataclass(frozen=True)
class Office:
    """One for a process. `navigator` is the one of this moment: content may be reloaded at any time."""

    store: Store
    navigator: Callable[[], Navigator]
    settings: Settings
    clock: Clock

    @property
    def world(self) -> World:
        return self.navigator().world

    @property
    def website(self) -> str:
        """Where the world reaches us, without a slash at its end."""
        url = self.settings.public_url or f"http://{self.settings.host}:{self.settings.port}"
        return url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a member of staff whose right to this page was checked. `token` stands in every form."""

    request: Request
    member: Member
    signin: int
    token: str
    now: datetime
    form: Mapping[str, str] = field(default_factory=dict)
    several: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """All values of a field that may be chosen more than once."""

    @property
    def who(self) -> Who:
        """For the audit log."""
        return Who(self.member.id, self.member.name)

    def may(self, right: Right) -> bool:
        return may(self.member.role, right)


Do: TypeAlias = Callable[[Office, Visit], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the console, or a form's target. The path begins after /staff."""

    path: str
    method: Literal["GET", "POST"]
    right: Right
    do: Do


class Refusal(Exception):
    """What was asked cannot be done; `key` is the sentence under console.refused that says why."""

    def __init__(self, key: str, status: int = 409, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.values = values

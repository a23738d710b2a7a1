"""What the desk's shell works with: one transaction, for one member, over one set of facts."""

from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messaging.broadcasts import By, Chat
from bot.staff.asks import Facts
from bot.store.audit import Who
from bot.store.staff import Member


class Work(NamedTuple):
    """`request` names what asked for it: what it makes is made once, however often it comes."""

    tx: AsyncConnection
    member: Member
    facts: Facts
    request: str

    @property
    def by(self) -> By:
        return By(self.member.id, self.member.name, self.member.role)

    @property
    def who(self) -> Who:
        """For the audit log."""
        return Who(self.member.id, self.member.name)

    @property
    def chat(self) -> Chat:
        return Chat(self.member.channel, self.member.address, self.request)

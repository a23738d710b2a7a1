"""What the pages about staff share: numbers from forms, and the code that links a chat."""

import secrets

from bot.console.office import Office, Visit
from bot.console.signin.coming_in import about
from bot.store import audit, staff
from bot.store.staff import Member

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look like one another; 32 of them, so that ten are 50 random bits."""
LENGTH = 10


def number(typed: str) -> int:
    """An id from a form or an address; 0, which nothing has, for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else 0


async def telegram_code(office: Office, visit: Visit, member: Member) -> str:
    """What they type to the bot; an earlier code is worth nothing from now on."""
    secret = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    async with office.store.write() as tx:
        made = await staff.invite(tx, member.id, secret, visit.now)
        await audit.add(tx, visit.who, "staff.code", about(member.id), visit.now)
    return made

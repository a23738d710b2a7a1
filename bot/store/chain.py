"""Whether the audit log is whole: follows its seals from row to row and tells where they break."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import audit
from bot.store.audit import Ends, Entry, sealed


class Link(NamedTuple):
    """How far the log was followed: the last good row and its seal. `noted`: the asked-for seal came by."""

    id: int
    seal: str
    noted: bool = False


class Broken(NamedTuple):
    """The first row where the log is not as it was written, and why, as an operator reads it."""

    id: int
    why: str


class Verified(NamedTuple):
    """`rows` that hold, after those up to `swept`, which were removed because of their age."""

    rows: int
    swept: int
    seal: str
    broken: Broken | None


def follow(link: Link, entries: Iterable[Entry], noted: str = "") -> Link | Broken:
    """From a good row over those behind it, as they lie in the table; `noted` is a seal to look out for."""
    for entry in entries:
        if entry.id != link.id + 1:
            return _out_of_place(link, entry)
        if entry.seal != sealed(link.seal, entry):
            return Broken(entry.id, "it is not as it was written, or not in the place where it was written")
        link = Link(entry.id, entry.seal, link.noted or entry.seal == noted)
    return link


def ended(link: Link, ends: Ends, noted: str = "") -> Broken | None:
    """Whether the log ends where it should, and holds the seal that somebody noted earlier."""
    if link.id < ends.newest:
        return Broken(link.id + 1, f"it and all after it are missing: there were rows up to {ends.newest}")
    if link.seal != ends.seal:
        return Broken(link.id, "the log should end with another seal")
    if noted and not (link.noted or noted == ends.swept_seal):
        return Broken(link.id, "the seal that you noted is not in the log: it was cut off or written anew")
    return None


async def verify(tx: AsyncConnection, noted: str = "") -> Verified:
    """All of it, in pages. What is written meanwhile is not looked at; a sweep meanwhile begins it anew."""
    # Before the ends: a row behind them was not written by us.
    youngest = max((entry.id for entry in await audit.latest(tx, 1)), default=0)
    ends = await audit.ends(tx)
    broken = await _first_break(tx, ends, noted)
    if broken and (await audit.ends(tx)).swept != ends.swept:
        return await verify(tx, noted)
    if broken is None and youngest > ends.newest:
        broken = Broken(ends.newest + 1, "it was added without being part of the log")
    good = (broken.id - 1 if broken else ends.newest) - ends.swept
    return Verified(max(good, 0), ends.swept, ends.seal, broken)


async def _first_break(tx: AsyncConnection, ends: Ends, noted: str) -> Broken | None:
    link, after = Link(ends.swept, ends.swept_seal), 0
    while entries := await audit.page(tx, after, ends.newest):
        followed = follow(link, entries, noted)
        if isinstance(followed, Broken):
            return followed
        link, after = followed, followed.id
    return ended(link, ends, noted)


def _out_of_place(link: Link, entry: Entry) -> Broken:
    if entry.id <= link.id:
        return Broken(entry.id, "it does not belong here: this row was there already, or was removed")
    missing = entry.id - link.id - 1
    return Broken(link.id + 1, f"{missing} row{'s are' if missing > 1 else ' is'} missing")

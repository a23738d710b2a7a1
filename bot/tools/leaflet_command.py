"""`prehab leaflet`: a leaflet, poster or card as a PDF, with its code; every wrong argument told at once."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.settings import Settings
from bot.tools.staff_command import Mistake

if TYPE_CHECKING:
    from bot.conversation.world import World
    from bot.leaflet_links import Wish
    from bot.store.engine import Store

BY = "command line"


class Asked(NamedTuple):
    """What was typed."""

    area: str
    purpose: str
    language: str
    kind: str
    target: str
    large: bool
    out: Path


def leaflet_command(settings: Settings, asked: Asked) -> str:
    """Make it and write the file; what was made, in a line. Raises Mistake."""
    _known(asked)
    return asyncio.run(_made(settings, asked))


async def _made(settings: Settings, asked: Asked) -> str:
    from bot import clock
    from bot.compose import world_to_print
    from bot.secret import with_secret
    from bot.store.engine import Store
    from bot.store.migrations import migrate
    from bot.tools.logs import set_up_logs
    from bot.tools.looking import content

    set_up_logs(settings)
    settings = with_secret(settings)
    world = world_to_print(content(settings), settings)
    await migrate(settings.database)
    store = Store(settings.database)
    try:
        return await make(store, world, website_of(settings), asked, clock.now())
    finally:
        await store.close()


async def make(store: "Store", world: "World", website: str, asked: Asked, now: datetime) -> str:
    """The PDF into its file. Nothing is kept of a wish that cannot be met."""
    from bot.leaflets import typesetting
    from bot.leaflets.addresses import address_of
    from bot.leaflets.sheet import sheet
    from bot.store import audit, leaflets

    wish = wish_of(world, asked, now)
    async with store.write() as tx:
        made = await leaflets.make(tx, wish, BY, now)
        try:
            pdf = typesetting.pdf(sheet(world, made.id, wish, website, now))
        except typesetting.NotTypeset as error:
            raise Mistake(f"it cannot be drawn: {error}") from None
        _write(asked.out, pdf)
        await audit.add(
            tx, audit.Who(audit.PROGRAM, BY), "leaflet.make", f"leaflet:{made.id}", now, wish.purpose
        )
    return f"{asked.out}: leaflet {made.id}, {address_of(website, made.id)}"


def wish_of(world: "World", asked: Asked, now: datetime) -> "Wish":
    """What was typed, as a wish that can be met. Raises Mistake with everything that is wrong."""
    from bot.leaflet_links import Wish
    from bot.leaflets.wishes import faults, whole

    _known(asked)
    typed = Wish(asked.purpose, asked.target, asked.area, asked.language, asked.kind, asked.large)  # type: ignore[arg-type]
    wish = whole(world, typed)
    if found := faults(world, wish, now):
        say = world.content.texts["en"]
        raise Mistake("\n".join(one.said(say) for one in found))
    return wish


def _known(asked: Asked) -> None:
    """What can be told before anything is read. Raises Mistake."""
    if wrong := list(_unknown(asked)):
        raise Mistake("\n".join(wrong))


def _unknown(asked: Asked) -> Iterator[str]:
    from bot.leaflet_links import PAPERS, PURPOSES

    if asked.purpose not in PURPOSES:
        yield f"there is no purpose '{asked.purpose}'; there are: {', '.join(PURPOSES)}"
    if asked.kind not in PAPERS:
        yield f"there is no kind '{asked.kind}'; there are: {', '.join(PAPERS)}"
    if asked.out.suffix.lower() != ".pdf":
        yield f"'{asked.out}' is not the name of a PDF; write --out leaflet.pdf"
    elif not asked.out.resolve().parent.is_dir():
        yield f"there is no folder '{asked.out.resolve().parent}'; make it first"


def _write(out: Path, pdf: bytes) -> None:
    try:
        out.write_bytes(pdf)
    except OSError as error:
        raise Mistake(f"'{out}' cannot be written: {error.strerror}") from None


def website_of(settings: Settings) -> str:
    """Where people reach us; without a public address, only this machine can."""
    return (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")

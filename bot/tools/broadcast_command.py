"""`prehab broadcast …`: every step of a broadcast from the command line, as the staff desk does it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import clock
from bot.compose import navigator_of
from bot.conversation.texts import fill
from bot.conversation.world import World
from bot.directory.recurrence import at_zone
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, Broadcast, By, Draft, Press, Preview, Refusal, Report
from bot.model import Person
from bot.settings import Settings
from bot.store import audit, changes, staff
from bot.store.engine import Store
from bot.store.migrations import migrate
from bot.tools.looking import content
from bot.tools.staff_command import Mistake

Result = TypeVar("Result")
WISHES = ("area", "cancer", "topic", "language", "session", "date")
TIME = "%Y-%m-%d %H:%M"
AT_A_TERMINAL = audit.Who(audit.PROGRAM, "command line")
AS_AT_THE_DESK = {"send": "propose", "tell": "follow-up"}
"""What the audit log calls these steps, wherever they were taken."""


@dataclass(frozen=True, slots=True)
class Words:
    """A draft as it is typed: texts like "pl=Dzień dobry" (English needs no "en="), whom like "area=wessex",
    times in local time."""

    texts: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    at: str = ""
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """Who does what to which broadcast."""

    what: str
    id: int
    by: str
    texts: tuple[str, ...] = ()
    request: str = ""


def new_command(settings: Settings, by: str, request: str, words: Words) -> str:
    """A draft; the same request again is the same one."""

    async def work(tx: AsyncConnection, world: World, now: datetime) -> str:
        draft = draft_of(words, ZoneInfo(world.local.timezone))
        row = await broadcasts.make(tx, await _who(tx, by), request, draft, now)
        await audit.add(tx, AT_A_TERMINAL, "broadcast.make", row.about, now, f"for {by}")
        return line_of(row)

    return _in(settings, work)


def step_command(settings: Settings, pressed: Pressed) -> str:
    """One step; the broadcast as it is then."""

    async def work(tx: AsyncConnection, world: World, now: datetime) -> str:
        return line_of(await press(tx, pressed, world, now))

    return _in(settings, work)


def preview_command(settings: Settings, id: int) -> str:
    """What the first 3 will see, how many there are, and what to think of."""

    async def work(tx: AsyncConnection, world: World, now: datetime) -> str:
        return "\n".join(_preview(await broadcasts.preview(tx, id, world, now), world))

    return _in(settings, work)


def report_command(settings: Settings, id: int, as_json: bool) -> str:
    """What became of everybody, and who did what."""

    async def work(tx: AsyncConnection, world: World, now: datetime) -> str:
        report = await broadcasts.report(tx, id)
        if as_json:
            return json.dumps(asdict(report) | {"total": report.total})
        past = [f"{one.at:%d %b %H:%M:%S}  {one.by}: {one.what}" for one in await broadcasts.history(tx, id)]
        return "\n".join([*report_lines(report), "", *past])

    return _in(settings, work)


def list_command(settings: Settings) -> str:
    """The newest first."""

    async def work(tx: AsyncConnection, world: World, now: datetime) -> str:
        rows = await broadcasts.every(tx)
        return "\n".join(line_of(row) for row in rows) or "there are no broadcasts"

    return _in(settings, work)


def digest_command(settings: Settings, area: str) -> str:
    """The coming 7 days, ready to pass on."""

    async def work(tx: AsyncConnection, world: World, now: datetime) -> str:
        if area and area not in world.content.areas:
            raise Mistake(f"there is no area '{area}'; there are: {', '.join(world.content.areas)}")
        return "\n\n".join(await broadcasts.digest(tx, world, area, now))

    return _in(settings, work)


def draft_of(words: Words, zone: ZoneInfo) -> Draft:
    """Raises Mistake for what cannot be read."""
    send_at = _time(words.at, zone) if words.at else None
    return Draft(_audience(words.to, zone), texts_of(words.texts), send_at, words.repeats)


def _audience(to: tuple[str, ...], zone: ZoneInfo) -> Audience:
    wishes = [(name, value) for name, _, value in (one.partition("=") for one in to)]
    if unknown := [name for name, _ in wishes if name not in WISHES]:
        raise Mistake(f"nobody can be chosen by '{unknown[0]}'; write {', '.join(WISHES)}, then = and which")
    names = [name for name, _ in wishes if name != "area"]
    if twice := [name for name in names if names.count(name) > 1]:
        raise Mistake(f"only area may be given more than once, and there are two of '{twice[0]}'")
    given: dict[str, Any] = dict(wishes)
    date, areas = given.pop("date", ""), tuple(value for name, value in wishes if name == "area")
    given.pop("area", None)
    return Audience(areas=areas, listed=_time(date, zone) if date else None, **given)


def texts_of(written: tuple[str, ...]) -> Mapping[str, str]:
    """ "pl=…" is Polish; what names no language is English."""
    pairs = (text.partition("=") for text in written)
    return dict(
        (name, rest) if mark and name.isalpha() and len(name) <= 3 else ("en", name + mark + rest)
        for name, mark, rest in pairs
    )


async def press(tx: AsyncConnection, pressed: Pressed, world: World, now: datetime) -> Broadcast:
    """The step of this name, on the broadcast as it is now; it is in the audit log, too."""
    row = await _press(tx, pressed, world, now)
    what = f"broadcast.{AS_AT_THE_DESK.get(pressed.what, pressed.what)}"
    await audit.add(tx, AT_A_TERMINAL, what, row.about, now, f"for {pressed.by}, {row.state}")
    return row


async def _press(tx: AsyncConnection, pressed: Pressed, world: World, now: datetime) -> Broadcast:
    by, id = await _who(tx, pressed.by), pressed.id
    if pressed.what == "stop":
        return await broadcasts.stop(tx, id, by, now)
    if pressed.what == "recall":
        return await broadcasts.recall(tx, id, by, now)
    seen = Press(id, (await broadcasts.get(tx, id)).version, by)
    if pressed.what == "correct":
        return await broadcasts.correct(tx, seen, texts_of(pressed.texts), world, now)
    if pressed.what == "tell":
        return await broadcasts.follow_up(tx, seen, pressed.request, texts_of(pressed.texts), now)
    if pressed.what in BACKWARDS:
        return await BACKWARDS[pressed.what](tx, seen, now)
    return await ONWARDS[pressed.what](tx, seen, world, now)


BACKWARDS: Mapping[str, Callable[[AsyncConnection, Press, datetime], Awaitable[Broadcast]]] = {
    "take-back": broadcasts.take_back,
    "cancel": broadcasts.cancel,
}
ONWARDS: Mapping[str, Callable[[AsyncConnection, Press, World, datetime], Awaitable[Broadcast]]] = {
    "send": broadcasts.propose,
    "approve": broadcasts.approve,
    "resume": broadcasts.resume,
}


def line_of(row: Broadcast) -> str:
    """One broadcast on one line; scripts read its number and its state."""
    people = "" if row.frozen is None else f", {row.frozen:,} people"
    when = f", at {row.draft.send_at:%d %b %Y %H:%M} UTC" if row.draft.send_at else ""
    words = " ".join(row.draft.texts.get("en", "").split())[:50]
    return f"broadcast {row.id}: {row.state}{people}{when}, “{words}”"


def report_lines(report: Report) -> Iterator[str]:
    yield f"broadcast {report.id}: {report.state}"
    for name in ("sent", "unsure", "held", "planned", "sending", "erased"):
        yield f"{name:>10} {getattr(report, name):,}"
    for name, reasons in (("failed", report.failed), ("dropped", report.dropped)):
        for reason, people in sorted(reasons.items()):
            yield f"{name:>10} {people:,}  {reason}"
    yield f"{'together':>10} {report.total:,} of {report.frozen:,}"
    for name, states in (("edits", report.edits), ("deletes", report.deletes)):
        for state, messages in sorted(states.items()):
            yield f"{name:>10} {messages:,}  {state}"


def _preview(preview: Preview, world: World) -> Iterator[str]:
    for one in preview.shown:
        buttons = " ".join(f"[{button.label}]" for row in one.say.rows for button in row)
        yield f"--- {one.pseudonym} ({one.channel}, {one.language})\n{one.say.text}\n{buttons}"
    reach = preview.reach
    yield f"--- {reach.people:,} people"
    named = {"channel": reach.by_channel, "language": reach.by_language, "left out": reach.left_out}
    for name, many in named.items():
        yield from (f"{name:>10} {people:,}  {which}" for which, people in sorted(many.items()))
    texts = world.texts_for(Person())
    yield from (fill(texts(key), values) for key, values in preview.warnings)


async def _who(tx: AsyncConnection, name: str) -> By:
    member = await staff.named(tx, " ".join(name.split()))
    if member is None or member.ended:
        raise Mistake(f"nobody called '{name}' is staff; see: prehab staff list")
    return By(member.id, member.name, member.role)


def _time(written: str, zone: ZoneInfo) -> datetime:
    try:
        return at_zone(datetime.strptime(written, TIME), zone)
    except ValueError:
        raise Mistake(f"'{written}' is no time; write it like 2026-12-01 10:30") from None


def _in(settings: Settings, work: Callable[[AsyncConnection, World, datetime], Awaitable[Result]]) -> Result:
    """Do it in one transaction on this deployment's database; a refusal is told in its sentence."""
    world = navigator_of(content(settings), settings).world

    async def done() -> Result:
        await migrate(settings.database)
        store = Store(settings.database)
        try:
            async with store.write() as tx:
                now = clock.now()
                directory = world.directory.changed_by(await changes.every(tx, now))
                return await work(tx, replace(world, directory=directory), now)
        finally:
            await store.close()

    try:
        return asyncio.run(done())
    except Refusal as refusal:
        raise Mistake(fill(world.texts_for(Person())(refusal.key), refusal.values)) from None

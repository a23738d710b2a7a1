"""`prehab broadcast …`: what is typed becomes the same steps that the desk takes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, Draft
from bot.store.engine import Store
from bot.store.tables import audit
from bot.tools.broadcast_command import Pressed, Words, draft_of, line_of, press, report_lines
from bot.tools.staff_command import Mistake
from tests.broadcasts.crowd import WORLD, crowd, drafted, hire
from tests.databases import Clock, rows

LONDON = ZoneInfo("Europe/London")


def test_a_draft_is_read_in_local_time_with_its_languages_and_people() -> None:
    typed = Words(
        ("Hello = all", "pl=Cześć"),
        ("area=scotland", "area=london", "session=yoga", "date=2026-07-01 10:30"),
        "2026-07-01 09:00",
        "FREQ=WEEKLY",
    )
    listed = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)
    audience = Audience(("scotland", "london"), session="yoga", listed=listed)
    send_at = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    texts = {"en": "Hello = all", "pl": "Cześć"}
    assert draft_of(typed, LONDON) == Draft(audience, texts, send_at, "FREQ=WEEKLY")


@pytest.mark.parametrize(
    "typed", [Words(to=("town=Leith",)), Words(to=("cancer=lung", "cancer=breast")), Words(at="tomorrow")]
)
def test_what_cannot_be_read_is_told(typed: Words) -> None:
    with pytest.raises(Mistake):
        draft_of(typed, LONDON)


async def test_every_step_can_be_typed_and_the_report_is_in_lines(store: Store, clock: Clock) -> None:
    await hire(store, clock())
    await crowd(store, clock(), ("ann", "bob"))
    row = await drafted(store, clock(), text="Hello  there")
    steps = [("send", "Anna", "waits"), ("approve", "Ben", "holding"), ("stop", "Anna", "stopped")]
    steps += [("resume", "Anna", "holding"), ("take-back", "Ben", "draft"), ("cancel", "Anna", "cancelled")]
    for what, by, state in steps:
        async with store.write() as tx:
            row = await press(tx, Pressed(what, row.id, by), WORLD, clock())
        assert row.state == state
    assert line_of(row) == f"broadcast {row.id}: cancelled, “Hello there”"
    async with store.read() as tx:
        lines = list(report_lines(await broadcasts.report(tx, row.id)))
    assert lines[0] == f"broadcast {row.id}: cancelled" and lines[-1].strip() == "together 0 of 0"


async def test_only_staff_can_do_anything(store: Store, clock: Clock) -> None:
    await hire(store, clock())
    with pytest.raises(Mistake, match="nobody called 'Eve' is staff"):
        async with store.write() as tx:
            await press(tx, Pressed("send", 1, "Eve"), WORLD, clock())


async def test_what_is_typed_is_in_the_audit_log_as_what_the_desk_does(store: Store, clock: Clock) -> None:
    await hire(store, clock())
    await crowd(store, clock(), ["ann"])
    row = await drafted(store, clock())
    async with store.write() as tx:
        await press(tx, Pressed("send", row.id, "Anna"), WORLD, clock())
        await press(tx, Pressed("approve", row.id, "Ben"), WORLD, clock())
    said = [(one["staff"], one["name"], one["what"], one["detail"]) for one in await rows(store, audit)]
    assert said == [
        (0, "command line", "broadcast.propose", "for Anna, waits"),
        (0, "command line", "broadcast.approve", "for Ben, holding"),
    ]

"""Every process learns of staff's changes, and of new content, without a restart."""

from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path

from bot.compose import Current
from bot.conversation.navigator import Navigator
from bot.directory.changes import Change
from bot.directory.recurrence import cancelled_between
from bot.following import Following
from bot.model import Wanted
from bot.settings import Settings
from bot.store import changes
from bot.store.engine import Store
from bot.store.tables import occasions
from tests.bookings.people import DATE, LISTED
from tests.content.author import SERVICE, SESSION, Author
from tests.databases import Clock, column
from tests.reminders.helpers import booked, local, staff_cancel, staff_move, texts
from tests.worlds import real

NEXT = local(2026, 12, 3, 10, 30)


@dataclass
class Shown:
    """The navigator as a process shows it."""

    navigator: Navigator = field(default_factory=real)

    def __call__(self) -> Navigator:
        return self.navigator

    def use(self, staffs: tuple[Change, ...]) -> None:
        world = self.navigator.world
        self.navigator = Navigator(replace(world, directory=world.directory.changed_by(staffs)))


async def test_another_process_shows_a_moved_date_where_it_is_now(
    store: Store, other_store: Store, clock: Clock
) -> None:
    here = Shown()
    following = Following(other_store, here, clock, works=False)
    await following.look()
    await staff_move(store, clock, here(), local(2026, 11, 25, 9))
    before = here()
    await following.look()
    assert here() is not before
    assert here().world.directory.next_date(DATE.session, clock()) == local(2026, 11, 25, 9)
    await staff_cancel(store, clock, here())
    clock.forward(seconds=1)
    await following.look()
    assert here().world.directory.next_date(DATE.session, clock()) == local(2026, 12, 3, 10, 30)


async def test_nothing_new_changes_nothing(store: Store, clock: Clock) -> None:
    here = Shown()
    following = Following(store, here, clock, works=True)
    await following.look()
    before = here()
    await following.look()
    assert here() is before


async def test_a_worker_brings_bookings_in_line_at_once(store: Store, clock: Clock) -> None:
    here = Shown()
    await booked(store, clock, "ann", navigator=here())
    async with store.write() as tx:
        # Another machine's change, of which nobody has been told yet.
        await changes.put(tx, Change(DATE.session, LISTED, local(2026, 11, 27, 9)), clock())
    await Following(store, here, clock, works=False).look()
    assert await column(store, occasions, "starts") == [LISTED]
    await Following(store, here, clock, works=True).look()
    assert await column(store, occasions, "starts") == [local(2026, 11, 27, 9)]
    assert any("Your session has moved." in text for text in await texts(store))


def test_a_suggestion_names_the_listed_date_of_one_that_was_moved() -> None:
    moved = Change(DATE.session, LISTED, local(2026, 11, 24, 9))
    directory = real().world.directory.changed_by([moved])
    first = next(
        one
        for one in directory.suggest(Wanted(area="london"), local(2026, 11, 23, 8), 200).found
        if one.session == DATE.session
    )
    assert (first.starts, first.listed) == (local(2026, 11, 24, 9), LISTED)


def test_a_cancelled_date_is_said_and_not_suggested() -> None:
    directory = real().world.directory.changed_by([Change(DATE.session, LISTED, None)])
    now = local(2026, 11, 23, 8)
    assert directory.next_date(DATE.session, now) == NEXT
    series = directory.session(DATE.session)
    assert cancelled_between(series, directory.zone, now, NEXT) == (LISTED,)


def test_taking_the_changes_back_gives_the_listing_as_it_was() -> None:
    as_written = real().world.directory
    changed = as_written.changed_by([Change(DATE.session, LISTED, None)])
    assert changed.changed_by([]).listings == as_written.listings


def test_what_staff_have_changed_holds_until_they_take_it_back(tmp_path: Path) -> None:
    author = Author(tmp_path)
    author.writes("knowledge/services/scotland.yaml", SERVICE)
    author.writes("knowledge/sessions/scotland.yaml", SESSION)
    current = Current(Settings(knowledge=tmp_path / "knowledge", flows=tmp_path / "flows", cache=None))
    now, listed = local(2026, 11, 22, 8), local(2026, 11, 23, 10)
    assert current().world.directory.next_date("class", now) == listed
    current.use((Change("class", listed.astimezone(UTC), local(2026, 11, 24, 9)),))
    assert current().world.directory.next_date("class", now) == local(2026, 11, 24, 9)
    current.use(())
    assert current().world.directory.next_date("class", now) == listed

"""Coming sessions and unsure messages: short lists with a tap on each."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, update

from bot.bookings import SessionDate, short_code
from bot.model import Tapped
from bot.staff import codes
from bot.store import people
from bot.store.engine import Store
from bot.store.tables import bookings, broadcasts, ledger, notices, occasions
from tests.broadcasts.crowd import world_of
from tests.databases import Clock, column
from tests.staff.office import PEOPLE, Office, drafted

SURGERY_SCHOOL = "4"
"""Its number in the list of this week."""


async def booked(store: Store, clock: Clock, session: str, listed: datetime) -> list[str]:
    """Two people come to it; the codes they can say at the door."""
    date = SessionDate(session, listed)
    row = {"session": session, "listed": listed, "starts": listed, "ends": listed + timedelta(hours=1)}
    async with store.write() as tx:
        made = insert(occasions).values(row | {"place": "", "state": "on", "changed": clock()})
        occasion = (await tx.execute(made.returning(occasions.c.id))).scalar_one()
        codes = []
        for address in ("51", "52"):
            known = await people.lock(tx, "telegram", address, clock())
            assert known
            place = {"person": known.person.id, "occasion": occasion, "state": "booked"}
            await tx.execute(insert(bookings).values(place | {"asked": clock(), "version": 1}))
            codes.append(short_code(known.person.id, date))
        return codes


def school(office: Office) -> tuple[str, datetime]:
    """The surgery school with 12 places on the first day."""
    for id, listing in office.world.directory.listings.items():
        start = listing.dates.after(office.clock())
        if start == datetime(2026, 11, 23, 13, 30, tzinfo=UTC) and listing.series.capacity == 12:
            return id, start
    raise AssertionError("the sample listings have changed: choose another session")


async def test_coming_shows_places_and_a_tap_shows_codes_and_no_names(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary", "navigator")
    codes = await booked(store, clock, *school(office))
    assert "Booked 2, free 10, waiting 0." in await mary.say("/coming")
    assert f"Booked: {codes[0]}, {codes[1]}" in await mary.tap(SURGERY_SCHOOL)


async def test_coming_goes_on_page_by_page_and_area_by_area(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    first = await mary.say("/coming")
    second = await mary.tap("More")
    assert "\n11. " in second and "\n1. " in first and first != second
    scotland = await mary.tap("Scotland")
    assert "\n1. " in scotland and "[Scotland]" not in scotland and "[London]" in scotland


async def test_those_who_are_booked_can_be_written_to(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary")
    await booked(store, clock, *school(office))
    await mary.say("/coming")
    await mary.tap(SURGERY_SCHOOL)
    answer = await mary.tap("Write to them")
    assert "Now: booked on" in answer and "It reaches 2 people." in answer


async def test_a_viewer_sees_the_places_but_not_who_comes(store: Store, clock: Clock) -> None:
    vic = await Office(store, clock).hire("Vic", "viewer")
    await vic.say("/coming")
    assert "may not do this" in await vic.tap("1")


async def unsure_ones(store: Store, clock: Clock) -> Office:
    """A broadcast of which two messages may not have arrived."""
    office = Office(store, clock, world_of(approval=False))
    await office.people()
    mary = await office.hire("Mary")
    await drafted(mary)
    await mary.tap("Send")
    await office.tick(70)
    await office.tick()
    async with store.write() as tx:
        mine = (ledger.c.address.in_(PEOPLE[:2]), ledger.c.about == "broadcast:1")
        await tx.execute(update(ledger).where(*mine).values(state="unsure"))
    return office


async def test_unsure_messages_are_sent_again_or_left_one_by_one(store: Store, clock: Clock) -> None:
    office = await unsure_ones(store, clock)
    mary = office.telegram.phones["901"]
    assert "1. broadcast 1, to " in await mary.say("/unsure")
    assert "Sent again: 1." in await mary.tap("1 Send again")
    assert "Left as they are: 1." in await mary.tap("1 Leave it")
    assert "No message is unsure." in await mary.say("/unsure")
    assert "unsure" not in await column(store, ledger, "state")


async def test_all_unsure_messages_are_left_with_one_tap(store: Store, clock: Clock) -> None:
    office = await unsure_ones(store, clock)
    mary = office.telegram.phones["901"]
    await mary.say("/unsure")
    assert "Left as they are: 2." in await mary.tap("Leave all")


async def test_the_digest_is_ready_to_forward(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    digest = await mary.say("/digest")
    assert digest.startswith("Sessions from Monday 23 November") and "[" not in digest


async def test_a_notice_without_words_of_ours_is_told_as_it_is(store: Store, clock: Clock) -> None:
    mary = await Office(store, clock).hire("Mary")
    async with store.write() as tx:
        row = {"kind": "comet", "about": "moon:1", "times": 1, "first": clock(), "last": clock()}
        await tx.execute(insert(notices).values(row))
    assert "comet: moon:1" in await mary.say("/notices")


async def test_what_is_about_a_session_names_it_with_its_time(store: Store, clock: Clock) -> None:
    office = Office(store, clock)
    mary = await office.hire("Mary", "navigator")
    session, starts = school(office)
    await booked(store, clock, session, starts)
    async with store.write() as tx:
        row = {"kind": "free-place", "about": "occasion:1", "times": 1}
        await tx.execute(insert(notices).values(row | {"first": clock(), "last": clock()}))
    title = office.world.directory.listings[session].series.title["en"]
    assert f"A place is free, and it is too late to offer it to those who wait: {title}" in await mary.say(
        "/notices"
    )
    assert "Mon 23 Nov, 13:30." in await mary.say("/notices")


async def test_the_list_of_unsure_ones_says_how_many_more_there_are(store: Store, clock: Clock) -> None:
    office = await unsure_ones(store, clock)
    async with store.write() as tx:
        copies = [
            {"key": f"more:{n}", "urgency": 2, "channel": "telegram", "address": "101", "state": "unsure"}
            | {"due": clock(), "not_before": clock(), "attempts": 1, "repeats": 0, "touched": clock()}
            | {"forget": False}
            for n in range(15)
        ]
        await tx.execute(insert(ledger), copies)
    assert "And 7 more." in await office.telegram.phones["901"].say("/unsure")


async def test_one_that_was_ended_half_way_can_still_be_deleted_where_it_arrived(
    store: Store, clock: Clock
) -> None:
    office = await unsure_ones(store, clock)
    mary = office.telegram.phones["901"]
    async with store.write() as tx:
        await tx.execute(update(broadcasts).values(state="cancelled"))
    await mary.say("/broadcasts")
    row = await office.broadcast()
    await mary.send(Tapped(codes.write("open", row.id, row.version)))
    assert "Delete broadcast 1" in await mary.tap("Delete what was sent")
    await mary.tap("Yes, delete it everywhere")
    for _ in range(4):
        await office.tick()
    assert len(office.telegram.deleted) == 4 and (await office.broadcast()).state == "recalled"

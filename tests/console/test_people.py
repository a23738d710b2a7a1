"""People by pseudonym: no name, no address, no word; and staff can stop all messages to one of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.bookings import SessionDate, short_code
from bot.model import Person
from bot.store import chain, occasions, people, pseudonyms
from bot.store.engine import Store
from bot.store.erase import erase
from bot.store.occasions import Occasion
from bot.store.staff import Role
from bot.store.tables import audit, bookings, consents, enrolments, ledger
from bot.store.tables import people as table
from tests.broadcasts.crowd import join
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock, column, rows
from tests.worlds import real

PRIVATE = "07700 900123"


async def seat(store: Store, clock: Clock, role: Role = "navigator") -> Browser:
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Nav", role)
    return browser


async def somebody(store: Store, clock: Clock, address: str = PRIVATE) -> str:
    """Someone with news on, in Scotland; their number."""
    async with store.write() as tx:
        person = Person(area="scotland", consents=("news", "reminders"), interests=(("cancer", "lung"),))
        id = await join(tx, address, clock(), person)
        await tx.execute(insert(consents).values(person=id, switch="reminders", version="r/1", given=clock()))
        return id


async def booked(store: Store, clock: Clock, person: str, state: str = "booked") -> SessionDate:
    session = next(iter(real().world.directory.listings))
    date_ = SessionDate(session, datetime(2026, 11, 24, 10, 30, tzinfo=UTC))
    async with store.write() as tx:
        ends = date_.listed + timedelta(hours=1)
        await occasions.make(tx, Occasion(0, session, date_.listed, date_.listed, ends, "", "on"), clock())
        occasion = await occasions.find(tx, date_)
        assert occasion
        row = {"person": person, "occasion": occasion.id, "state": state, "asked": clock(), "version": 1}
        await tx.execute(insert(bookings).values(row))
    return date_


async def test_the_list_shows_a_code_and_nothing_that_names_anybody(store: Store, clock: Clock) -> None:
    id = await somebody(store, clock)
    await booked(store, clock, id)
    page = await (await seat(store, clock)).open("/staff/people")
    shown = words(page.text)
    assert f"{id[:4]} {id[4:8]} {id[8:12]} Telegram Scotland English session news, reminders" in shown
    assert "week of Mon 23 Nov 2026 1 can be sent" in shown
    assert id not in page.text and PRIVATE not in page.text and "lung" not in page.text


async def test_each_look_is_in_the_audit_log(store: Store, clock: Clock) -> None:
    id = await somebody(store, clock)
    browser = await seat(store, clock)
    for path in ("people", f"people?code={id[:6]}", "people?code=Mary+Smith", f"people/{id[:12]}"):
        await browser.open(f"/staff/{path}")
    looks = [
        (row["about"], row["detail"]) for row in await rows(store, audit) if row["what"] == "people.look"
    ]
    listed = ["first page", f"code {id[:6]}", "nobody's code"]
    assert looks == [*(("people", what) for what in listed), (f"person:{id[:12]}", "")]


async def test_a_viewer_sees_nobody(store: Store, clock: Clock) -> None:
    id = await somebody(store, clock)
    browser = await seat(store, clock, "viewer")
    assert (await browser.open("/staff/people")).status_code == 403
    assert (await browser.open(f"/staff/people/{id[:12]}")).status_code == 403


async def test_somebody_is_found_by_the_beginning_of_their_code(store: Store, clock: Clock) -> None:
    id, other = await somebody(store, clock), await somebody(store, clock, "2")
    browser = await seat(store, clock)
    for said in (id[:6], id[:12], f"{id[:4]} {id[4:8]}".upper()):
        page = (await browser.open(f"/staff/people?code={said}")).text
        assert id[:12] in page and other[:12] not in page
    for said in (id[:5], PRIVATE, "telegram", "' or 1=1", "%", id + "0"):
        assert "Nobody has this code." in words((await browser.open(f"/staff/people?code={said}")).text)


async def test_somebody_is_found_by_what_they_say_at_the_door_on_the_day(store: Store, clock: Clock) -> None:
    id = await somebody(store, clock)
    date_ = await booked(store, clock, id)
    code, browser = short_code(id, date_), await seat(store, clock)
    page = await browser.open(f"/staff/people?code={code.lower()}&day=2026-11-24")
    assert id[:12] in page.text
    for day in ("2026-11-23", "", "9999-12-31", "x"):
        assert id[:12] not in (await browser.open(f"/staff/people?code={code}&day={day}")).text


async def test_pages_follow_one_another_without_gap_or_repeat(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        ids = sorted([await join(tx, str(number), clock()) for number in range(7)])
    zone, found, after = ZoneInfo("Europe/London"), [], ""
    async with store.read() as tx:
        while here := await pseudonyms.page(tx, after, 3, zone):
            found += [one.code for one in here]
            after = found[-1]
        assert await pseudonyms.many(tx) == 7
    assert found == [id[:12] for id in ids]


async def plan(store: Store, clock: Clock, person: str) -> None:
    """A reply, a reminder and a broadcast on their way, and a programme."""
    async with store.write() as tx:
        for urgency in (0, 1, 2):
            row = {"key": f"k{urgency}", "urgency": urgency, "person": person, "channel": "telegram"}
            times = {"due": clock(), "not_before": clock(), "touched": clock(), "attempts": 0, "repeats": 0}
            more = {"address": PRIVATE, "state": "planned", "forget": False, "body": '{"text": "x"}'}
            await tx.execute(insert(ledger).values(row | times | more))
        own = {"person": person, "programme": "getting-ready", "day": "2026-12-24", "state": "on"}
        await tx.execute(insert(enrolments).values(own | {"since": clock(), "version": 1}))


async def test_staff_stop_all_messages_as_the_person_could_and_nothing_is_sent(
    store: Store, clock: Clock
) -> None:
    id = await somebody(store, clock)
    await booked(store, clock, id)
    await plan(store, clock, id)
    browser = await seat(store, clock)
    page = await browser.open(f"/staff/people/{id[:12]}")
    assert "because the person has died" in words(page.text)
    assert await column(store, table, "stopped") == [False]
    await browser.post(f"/staff/people/{id[:12]}/stop", {})
    assert "All messages to this person are stopped. Nothing was sent to them." in words(browser.html)
    async with store.read() as tx:
        person = await people.of_id(tx, id)
    assert person and person.stopped and not person.consents and not person.interests
    assert await column(store, ledger, "state") == ["planned", "dropped", "dropped"]
    assert await column(store, enrolments, "state") == ["stopped"]
    assert await column(store, bookings, "state") == ["booked"]
    assert None not in await column(store, consents, "withdrawn")
    stops = [(row["name"], row["about"]) for row in await rows(store, audit) if row["what"] == "people.stop"]
    assert stops == [("Nav", f"person:{id[:12]}")]


async def test_a_place_in_line_goes_back_when_messages_are_stopped(store: Store, clock: Clock) -> None:
    id = await somebody(store, clock)
    await booked(store, clock, id, "waiting")
    browser = await seat(store, clock)
    await browser.open(f"/staff/people/{id[:12]}")
    await browser.post(f"/staff/people/{id[:12]}/stop", {})
    assert await column(store, bookings, "state") == ["cancelled"]


async def test_stopping_twice_is_no_mistake(store: Store, clock: Clock) -> None:
    id = await somebody(store, clock)
    browser = await seat(store, clock)
    for _ in range(2):
        await browser.open("/staff/people")
        assert (await browser.post(f"/staff/people/{id[:12]}/stop", {})).status_code == 200


async def test_a_forged_code_is_nobodys(store: Store, clock: Clock) -> None:
    await somebody(store, clock)
    browser = await seat(store, clock)
    await browser.open("/staff/people")
    form = browser.html
    for code in ("x", "0" * 12, "0" * 13, "%25", "g" * 12, "'--"):
        assert (await browser.open(f"/staff/people/{code}")).status_code == 404
        browser.html = form
        assert (await browser.post(f"/staff/people/{code}/stop", {})).status_code == 404
    assert await column(store, table, "stopped") == [False]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_when_they_were_here_is_told_as_a_monday(seen: datetime) -> None:
    week = pseudonyms.monday(seen, ZoneInfo("Europe/London"))
    local = seen.astimezone(ZoneInfo("Europe/London")).date()
    assert week.weekday() == 0 and timedelta() <= local - week < timedelta(days=7)
    assert isinstance(week, date)


async def test_who_is_erased_leaves_a_code_in_the_log_that_leads_to_nobody(
    store: Store, clock: Clock
) -> None:
    """The log is only added to: for its year a piece of a random number stays, which nothing else has."""
    id = await somebody(store, clock)
    browser = await seat(store, clock)
    await browser.open(f"/staff/people/{id[:12]}")
    async with store.write() as tx:
        await erase(tx, id)
    assert (await browser.open(f"/staff/people/{id[:12]}")).status_code == 404
    assert "Nobody has this code" in words((await browser.open(f"/staff/people?code={id[:12]}")).text)
    looks = [row["about"] for row in await rows(store, audit) if row["what"] == "people.look"]
    assert looks == [f"person:{id[:12]}", "people"] and id not in str(await rows(store, audit))
    async with store.read() as tx:
        assert (await chain.verify(tx)).broken is None

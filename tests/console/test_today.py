"""Today: what needs a person now, and only what the role may see."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from bot.bookings import SessionDate
from bot.console.pages.today import midnights_of, wait_in_words
from bot.console.sessions.coming import where
from bot.conversation.navigator import Navigator
from bot.conversation.texts import Texts
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, By, Draft
from bot.store import notices, occasions
from bot.store.engine import Store
from bot.store.occasions import Occasion
from bot.store.staff import Role
from bot.store.tables import audit, bookings, handovers, ledger
from tests.broadcasts.crowd import crowd, join, press, world_of
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock, column, rows
from tests.worlds import real


async def seat(store: Store, clock: Clock, role: Role = "admin") -> Browser:
    browser = Browser(office_of(store, clock, Navigator(world_of())))
    await browser.sign_in("Ann", role)
    return browser


async def asks(store: Store, clock: Clock, team: str, address: str) -> None:
    async with store.write() as tx:
        person = await join(tx, address, clock())
        row = {"person": person, "topic": "x", "phone": "07700", "note": "my private words", "best_time": ""}
        await tx.execute(insert(handovers).values(row | {"state": "open", "asked": clock(), "team": team}))


async def test_a_quiet_day_says_so(store: Store, clock: Clock) -> None:
    page = words((await (await seat(store, clock)).open("/staff")).text)
    assert "People who wait for us 0 Nobody waits." in page
    assert "Sessions today, Mon 23 Nov 2026" in page and "Sessions tomorrow, Tue 24 Nov 2026" in page
    assert "to do" not in page.replace("What the program could not do", "").split("Listings past")[0]


async def test_people_who_wait_are_counted_by_team_with_the_longest_wait(store: Store, clock: Clock) -> None:
    await asks(store, clock, "nurse", "1")
    clock.forward(hours=3)
    await asks(store, clock, "nurse", "2")
    await asks(store, clock, "money", "3")
    clock.forward(minutes=30)
    page = words((await (await seat(store, clock)).open("/staff")).text)
    assert "People who wait for us 3 to do" in page
    assert "Money: 1, the longest wait 30 min. Nurses: 2, the longest wait 3 hours." in page
    assert "private words" not in page and "07700" not in page


async def test_each_role_sees_only_its_own_cards(store: Store, clock: Clock) -> None:
    seen = {}
    roles: tuple[Role, ...] = ("viewer", "navigator", "editor")
    for role in roles:
        browser = Browser(office_of(store, clock))
        await browser.sign_in(role, role)
        page = words((await browser.open("/staff")).text)
        seen[role] = ("Nobody waits." in page, "may not have arrived" in page)
    assert seen == {"viewer": (False, False), "navigator": (True, True), "editor": (False, True)}


async def test_a_broadcast_that_waits_for_a_yes_is_on_the_page(store: Store, clock: Clock) -> None:
    browser = await seat(store, clock)
    await crowd(store, clock(), ("1", "2"))
    async with store.write() as tx:
        by = By(1, "Ann", "admin")
        row = await broadcasts.make(tx, by, "one", Draft(Audience(), {"en": "Hello"}), clock())
        await broadcasts.propose(tx, press(row, by), world_of(), clock())
    assert "Broadcasts that wait for a yes 1 to do" in words((await browser.open("/staff")).text)
    part = await browser.http.get("/staff", headers={"x-fragment": "1"})
    assert "wait for a yes" in part.text and "<html" not in part.text


async def test_only_who_can_say_yes_is_told_to(store: Store, clock: Clock) -> None:
    browser = await seat(store, clock, "navigator")
    await crowd(store, clock(), ("1", "2"))
    async with store.write() as tx:
        by = By(1, "Ann", "admin")
        row = await broadcasts.make(tx, by, "one", Draft(Audience(), {"en": "Hello"}), clock())
        await broadcasts.propose(tx, press(row, by), world_of(), clock())
    page = words((await browser.open("/staff")).text)
    assert "Broadcasts that wait for a yes 1 A second editor must say yes" in page


async def test_the_sessions_of_today_say_how_many_places_are_left(store: Store, clock: Clock) -> None:
    listings = real().world.directory.listings
    first, last, _ = midnights_of(clock(), real().world)
    session, starts = min(
        (
            (id, one.dates.between(first, last)[0])
            for id, one in listings.items()
            if one.dates.between(first, last)
        ),
        key=lambda found: (found[1], found[0]),
    )
    date = SessionDate(session, starts.astimezone(UTC))
    async with store.write() as tx:
        ends = date.listed + timedelta(hours=1)
        await occasions.make(tx, Occasion(0, session, date.listed, date.listed, ends, "", "on"), clock())
        occasion = await occasions.find(tx, date)
        assert occasion
        for address in ("1", "2"):
            person = await join(tx, address, clock())
            row = {
                "person": person,
                "occasion": occasion.id,
                "state": "booked",
                "asked": clock(),
                "version": 1,
            }
            await tx.execute(insert(bookings).values(row))
    page = words((await (await seat(store, clock)).open("/staff")).text)
    texts = Texts(real().content.texts)
    title = texts.written(listings[session].series.title)
    capacity = listings[session].series.capacity
    free = "no limit" if capacity is None else str(capacity - 2)
    assert f"{starts:%H:%M} {title} {where(real().world, texts, session)} 2 {free} 0" in page


async def unsure(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        for number in (1, 2):
            person = await join(tx, str(number), clock())
            about = {"key": f"k{number}", "about": "broadcast:7", "person": person, "address": str(number)}
            times = {"due": clock(), "not_before": clock(), "touched": clock(), "attempts": 1, "repeats": 0}
            row = about | times | {"urgency": 2, "channel": "telegram", "state": "unsure", "forget": False}
            await tx.execute(insert(ledger).values(row | {"body": '{"text": "secret words"}'}))


async def test_an_unsure_message_is_sent_again_or_left_once(store: Store, clock: Clock) -> None:
    await unsure(store, clock)
    browser = await seat(store, clock, "navigator")
    assert "Messages that may not have arrived 2 to do" in words((await browser.open("/staff")).text)
    page = await browser.open("/staff/unsure")
    assert "broadcast 7" in words(page.text) and "secret words" not in page.text
    ids = await column(store, ledger, "id")
    for _ in range(2):
        await browser.open("/staff/unsure")
        await browser.post("/staff/unsure", {"id": str(ids[0]), "do": "again"})
    assert "Sent again: 0." in words(browser.html)
    await browser.post("/staff/unsure", {"id": "all", "do": "leave"})
    assert await column(store, ledger, "state") == ["planned", "dropped"]

    said = [row["what"] for row in await rows(store, audit) if row["what"].startswith("unsure")]
    assert said == ["unsure.again", "unsure.leave"]


async def test_a_forged_choice_changes_no_message(store: Store, clock: Clock) -> None:
    await unsure(store, clock)
    browser = await seat(store, clock, "navigator")
    for form in (
        {"id": "-1", "do": "again"},
        {"id": "all", "do": "eat"},
        {"id": "1' or 1", "do": "leave"},
        {},
    ):
        await browser.open("/staff/unsure")
        assert (await browser.post("/staff/unsure", form)).status_code == 404
    assert set(await column(store, ledger, "state")) == {"unsure"}


async def test_a_viewer_sees_no_list_of_unsure_messages(store: Store, clock: Clock) -> None:
    browser = await seat(store, clock, "viewer")
    assert (await browser.open("/staff/unsure")).status_code == 403


async def test_what_the_program_could_not_do_is_listed(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        await notices.add(tx, "late", "broadcast:3", clock())
        await notices.add(tx, "late", "broadcast:3", clock())
        await notices.add(tx, "unheard-of", "<b>", clock())
    browser = await seat(store, clock, "viewer")
    page = await browser.open("/staff/notices")
    assert "A message came too late and was not sent: broadcast 3. (2 times)" in words(page.text)
    assert "unheard-of: &lt;b&gt;" in page.text


def test_a_wait_is_told_in_whole_units() -> None:
    texts = Texts(real().content.texts)
    told = [wait_in_words(texts, timedelta(minutes=minutes)) for minutes in (-5, 0, 119, 120, 2879, 2880)]
    assert told == ["0 min", "0 min", "119 min", "2 hours", "47 hours", "2 days"]


def test_a_day_begins_at_local_midnight_also_when_the_clocks_change() -> None:
    first, second, third = midnights_of(datetime(2027, 3, 27, 23, 30, tzinfo=UTC), real().world)
    assert [f"{one:%d %H:%M}" for one in (first, second, third)] == ["27 00:00", "28 00:00", "29 00:00"]
    assert third.astimezone(UTC) - second.astimezone(UTC) == timedelta(hours=23)

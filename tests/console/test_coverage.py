"""Coverage: what is listed where, and where there is nothing; words beside every number."""

import csv
import io
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.console.coverage import WAYS, matrix
from bot.conversation.texts import Texts
from bot.insights.cells import safe, table
from bot.model import Measure
from bot.store import measures
from bot.store.engine import Store
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock
from tests.worlds import NOW, real

TEXTS = Texts(real().content.texts)


def test_every_open_listing_is_in_the_row_of_its_area() -> None:
    for by in WAYS:
        found = matrix(real().world, TEXTS, by, NOW)
        assert sum(row.total for row in found.rows) == found.listings > 0
        assert [row.area for row in found.rows] == [*real().content.areas, ""]
        assert all(len(row.numbers) == len(found.columns) for row in found.rows)


def test_a_session_that_is_held_both_ways_counts_as_both() -> None:
    listings = real().world.directory.listings.values()
    found = matrix(real().world, TEXTS, "mode", NOW)
    online = sum(row.numbers[1] for row in found.rows)
    both = {
        one.series.id for one in listings if one.series.mode in ("online", "hybrid") and one.dates.after(NOW)
    }
    assert online == len(both) and [id for id, _ in found.columns] == ["in-person", "online", "phone"]


def test_what_is_there_for_everybody_is_no_gap_anywhere() -> None:
    world = real().world
    listings = world.directory.listings
    id, one = next((id, one) for id, one in listings.items() if one.service and one.topics)
    assert one.service
    everybodys = replace(one, service=one.service.model_copy(update={"area": None}))
    directory = replace(world.directory, listings={**listings, id: everybodys})
    found = matrix(replace(world, directory=directory), TEXTS, "topic", NOW)
    everywhere = {
        words for (_, words), number in zip(found.columns, found.rows[-1].numbers, strict=True) if number
    }
    assert everywhere and all(everywhere.isdisjoint(row.gaps) for row in found.rows)


def test_a_listing_whose_dates_are_over_covers_nothing() -> None:
    assert matrix(real().world, TEXTS, "kind", NOW.replace(year=2060)).listings == 0


async def test_gaps_are_said_in_words_and_samples_are_called_samples(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Vic", "viewer")
    page = words((await browser.open("/staff/coverage")).text)
    found = matrix(real().world, TEXTS, "topic", clock())
    gaps = [gap for gap in found.rows[0].gaps if gap not in found.nowhere]
    assert gaps and f"Scotland : nothing for {', '.join(gaps)}." in page
    assert f"Nowhere at all : nothing for {', '.join(found.nowhere)}." in page
    assert "listings are SAMPLE" in page and "none" in page
    for way in (*WAYS, "<script>", ""):
        assert (await browser.open(f"/staff/coverage?by={way}")).status_code == 200


async def test_searches_that_found_nothing_are_told_from_5_on(store: Store, clock: Clock) -> None:
    async with store.write() as tx:
        missed = Measure("search", "online/sleep", "none", "scotland/Highland")
        rare = Measure("search", "phone/money", "none", "wessex")
        for month, found in ((9, [rare] * 4), (10, [missed] * 12)):
            await measures.add(tx, found, clock().date().replace(month=month, day=1))
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Vic", "viewer")
    page = words((await browser.open("/staff/coverage")).text)
    sleep = TEXTS.written(real().content.topics["sleep"].title)
    assert f"12 searches for online, {sleep} in Highland (Scotland): nothing found that fits." in page
    assert "searches for phone" not in page


async def test_the_file_has_every_cell(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Vic", "viewer")
    answer = await browser.open("/staff/coverage.csv?by=mode")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert rows[0] == ["Area", "Way of meeting", "Listings"] and len(rows) == 1 + 4 * 3
    assert ["Scotland", "Online"] in [row[:2] for row in rows]


@given(st.text(), st.sampled_from(["=", "+", "-", "@", "\t=", " =", "＝", "|", "%", "\r\n="]))
def test_no_cell_is_a_formula(text: str, start: str) -> None:
    cell = safe(start + text)
    assert cell == "'" + start + text
    assert next(csv.reader(io.StringIO(table([[start + text, -1]]).lstrip("\ufeff"), newline="")))[1] == "-1"

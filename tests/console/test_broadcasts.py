"""Broadcasts in the console: written, looked at, sent off, stopped, put right, and never sent twice."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.bookings import SessionDate
from bot.console.broadcasting.filled import Filled, draft_of, of_draft
from bot.conversation.navigator import Navigator
from bot.messaging import broadcasts
from bot.messaging.broadcasts import Audience, Draft
from bot.model import Person
from bot.store import staff, tables
from bot.store.engine import Store
from tests.broadcasts.crowd import crowd, join, settled, world_of
from tests.console.desk import Browser, office_of, words
from tests.databases import START, Clock, rows
from tests.messaging.fakes import FakeChannel, dispatcher_of
from tests.worlds import real

WORDS = "The walk on Tuesday is off."
FORM = {"words-en": WORDS, "when": "now", "go": "save"}
SESSION = next(iter(real().world.directory.listings))
NONCE = re.compile(r'name="nonce" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="([^"]+)"')


class Desk:
    """Two editors over one world of six people who said yes to news."""

    def __init__(self, store: Store, clock: Clock, approval: bool = True) -> None:
        self.store, self.clock, self.world = store, clock, world_of(approval)
        self.office = office_of(store, clock, Navigator(self.world))
        self.channel = FakeChannel()

    async def sits(self, name: str = "Ann", role: staff.Role = "editor") -> Browser:
        browser = Browser(self.office)
        await browser.sign_in(name, role)
        return browser

    async def people(self, *addresses: str) -> None:
        await crowd(self.store, self.clock(), addresses or ("1", "2", "3", "4", "5", "6"))

    async def goes_out(self) -> None:
        """Time goes by, and everything is sent."""
        self.clock.forward(seconds=61)
        await broadcasts.tick(self.store, self.world, self.clock())
        await settled(self.store, self.clock, dispatcher_of(self.store, self.clock, self.channel), self.world)

    async def at(self, id: int = 1) -> broadcasts.Broadcast:
        async with self.store.read() as tx:
            return await broadcasts.get(tx, id)

    async def log(self) -> list[tuple[str, str, str]]:
        return [(row["name"], row["what"], row["about"]) for row in await rows(self.store, tables.audit)]


@pytest.fixture
async def desk(store: Store, clock: Clock) -> Desk:
    made = Desk(store, clock)
    await made.people()
    return made


async def write(browser: Browser, **more: str | list[str]) -> str:
    """A draft out of an empty form; the page it leads to."""
    await browser.open("/staff/broadcasts/new")
    answer = await browser.post(
        "/staff/broadcasts/new", {**FORM, "nonce": NONCE.findall(browser.html)[0], **more}
    )
    return words(answer.text)


async def press(browser: Browser, deed: str, id: int = 1) -> tuple[int, str]:
    """The button of the page that is open."""
    version = VERSION.findall(browser.html)
    answer = await browser.post(f"/staff/broadcasts/{id}/{deed}", {"version": version[0] if version else "1"})
    return answer.status_code, words(answer.text)


async def test_a_draft_shows_whom_it_reaches_and_the_words_as_people_will_see_them(desk: Desk) -> None:
    page = await write(await desk.sits())
    assert "Saved as broadcast 1. Nothing has been sent." in page
    assert "6 people" in page and f"{WORDS} To stop news like this" in page
    assert "[No more session news]" in page
    assert (await desk.at()).state == "draft"


async def test_people_are_counted_before_anything_is_saved(desk: Desk) -> None:
    async with desk.store.write() as tx:
        await join(tx, "7", desk.clock(), Person(area="scotland", stopped=True))
        await join(tx, "8", desk.clock(), Person(area="scotland"))
    page = await write(await desk.sits(), go="count", area=["scotland"])
    assert "It reaches 1 person." in page and "Left out: 1 person" in page
    async with desk.store.read() as tx:
        assert await broadcasts.every(tx) == ()


async def test_those_booked_on_one_date_of_a_session_are_preset(desk: Desk) -> None:
    browser, session = await desk.sits(), SESSION
    page = await browser.open(f"/staff/broadcasts/new?session={session}@2026-11-26T10:30Z")
    assert f'value="{session}@2026-11-26T10:30Z" selected' in page.text
    page = await browser.open(f"/staff/broadcasts/new?session={session}@2026-11-26T10:30")
    assert f'value="{session}@2026-11-26T10:30Z" selected' in page.text


async def test_a_draft_for_one_date_of_a_session_keeps_it(desk: Desk) -> None:
    browser, session = await desk.sits(), SESSION
    await write(browser, session=f"{session}@2026-11-26T10:30Z")
    audience = (await desk.at()).draft.audience
    assert audience.listed
    assert SessionDate(audience.session, audience.listed).session == session
    assert f"{audience.listed:%d %H:%M}" == "26 10:30"


async def test_the_same_form_sent_twice_is_one_broadcast(desk: Desk) -> None:
    browser = await desk.sits()
    await browser.open("/staff/broadcasts/new")
    form = {**FORM, "nonce": NONCE.findall(browser.html)[0]}
    await browser.post("/staff/broadcasts/new", form)
    await browser.open("/staff/broadcasts/new")
    await browser.post("/staff/broadcasts/new", form)
    async with desk.store.read() as tx:
        assert [one.id for one in await broadcasts.every(tx)] == [1]
    assert [one for one in await desk.log() if one[1] == "broadcast.make"] == [
        ("Ann", "broadcast.make", "broadcast:1")
    ]


async def test_the_same_form_with_other_words_loses_neither(desk: Desk) -> None:
    browser = await desk.sits()
    await write(browser, nonce="the-same-form")
    page = await write(browser, nonce="the-same-form", **{"words-en": "Second thoughts."})
    assert "This form was sent before" in page and WORDS in page and "Second thoughts." in page
    assert (await desk.at()).draft.texts == {"en": WORDS}


async def test_a_broadcast_is_approved_by_a_second_editor_and_reaches_everybody_once(desk: Desk) -> None:
    ann, ben = await desk.sits(), await desk.sits("Ben")
    await write(ann)
    assert "waits for a second yes" in (await press(ann, "propose"))[1]
    assert "Approve" not in words(ann.html)
    await ben.open("/staff/broadcasts/1")
    assert "Approve" in words(ben.html)
    await press(ben, "approve")
    await desk.goes_out()
    page = words((await ben.open("/staff/broadcasts/1")).text)
    assert "Broadcast 1 is done." in page and "Sent 6 of 6." in page and "In all 6" in page
    assert len(desk.channel.arrived) == 6
    said = [(name, what) for name, what, _ in await desk.log()]
    assert said == [("Ann", "broadcast.make"), ("Ann", "broadcast.propose"), ("Ben", "broadcast.approve")]


async def test_the_author_cannot_approve_by_a_forged_form(desk: Desk) -> None:
    ann = await desk.sits()
    await write(ann)
    await press(ann, "propose")
    status, page = await press(ann, "approve")
    assert status == 409 and "Someone else has to approve them." in page
    assert (await desk.at()).state == "waits"


async def test_a_button_pressed_twice_does_it_once(desk: Desk) -> None:
    ann = await desk.sits()
    await write(ann)
    seen = ann.html
    await press(ann, "propose")
    ann.html = seen
    status, page = await press(ann, "propose")
    assert status == 409 and "waits for a second person to approve it" in page
    assert [what for _, what, _ in await desk.log()] == ["broadcast.make", "broadcast.propose"]


async def test_who_comes_second_sees_what_changed_and_keeps_their_own_words(desk: Desk) -> None:
    ann, ben = await desk.sits(), await desk.sits("Ben")
    await write(ann)
    for browser in (ann, ben):
        await browser.open("/staff/broadcasts/1/change")
    seen = VERSION.findall(ben.html)[0]
    await ann.post("/staff/broadcasts/1/change", {**FORM, "words-en": "Ann's words.", "version": seen})
    answer = await ben.post(
        "/staff/broadcasts/1/change", {**FORM, "words-en": "Ben's words.", "version": seen}
    )
    page = words(answer.text)
    assert answer.status_code == 409 and "Ann did something with this message just before you" in page
    assert "What is there now" in page and "Ann's words." in page and "Ben's words." in page
    assert (await desk.at()).draft.texts == {"en": "Ann's words."}
    now = VERSION.findall(answer.text)[0]
    await ben.post("/staff/broadcasts/1/change", {**FORM, "words-en": "Ben's words.", "version": now})
    assert (await desk.at()).draft.texts == {"en": "Ben's words."}


async def test_a_navigator_can_stop_it_and_a_viewer_only_looks(desk: Desk) -> None:
    ann, ben = await desk.sits(), await desk.sits("Ben")
    nav, vic = await desk.sits("Nav", "navigator"), await desk.sits("Vic", "viewer")
    await write(ann)
    await press(ann, "propose")
    await ben.open("/staff/broadcasts/1")
    await press(ben, "approve")
    assert "Stop" not in words((await vic.open("/staff/broadcasts/1")).text)
    assert (await press(vic, "stop"))[0] == 403
    await nav.open("/staff/broadcasts/1")
    assert (await press(nav, "approve"))[0] == 403
    await nav.open("/staff/broadcasts/1")
    assert "Broadcast 1 is stopped." in (await press(nav, "stop"))[1]
    await desk.goes_out()
    assert desk.channel.arrived == []


async def test_who_loses_the_role_between_the_preview_and_the_button_sends_nothing(desk: Desk) -> None:
    ann = await desk.sits()
    await write(ann)
    async with desk.store.write() as tx:
        member = await staff.named(tx, "Ann")
        assert member
        await staff.set_role(tx, member.id, "viewer")
    status, page = await press(ann, "propose")
    assert status == 403 and "Your role (viewer) may not do this" in page
    assert (await desk.at()).state == "draft"


async def test_words_that_are_out_are_corrected_and_a_second_message_follows(
    store: Store, clock: Clock
) -> None:
    desk = Desk(store, clock, approval=False)
    await desk.people("1", "2")
    ann = await desk.sits()
    await write(ann)
    await press(ann, "propose")
    await desk.goes_out()
    await ann.open("/staff/broadcasts/1/correct")
    fields = {"version": VERSION.findall(ann.html)[0], "nonce": NONCE.findall(ann.html)[0]}
    same = await ann.post("/staff/broadcasts/1/correct", {**fields, "words-en": WORDS})
    assert same.status_code == 409 and "These are the words that people have already." in words(same.text)
    page = await ann.post("/staff/broadcasts/1/correct", {**fields, "words-en": "It is on after all."})
    assert "The new words are kept." in words(page.text)
    await desk.goes_out()
    assert [text.split("\n")[0] for _, _, text in desk.channel.edited] == ["It is on after all."] * 2
    await ann.open("/staff/broadcasts/1/follow-up")
    fields = {"version": VERSION.findall(ann.html)[0], "nonce": NONCE.findall(ann.html)[0]}
    for _ in range(2):
        await ann.open("/staff/broadcasts/1/follow-up")
        page = await ann.post("/staff/broadcasts/1/follow-up", {**fields, "words-en": "Bring water."})
    assert "Draft 2 is for those who got it." in words(page.text) and "2 people" in words(page.text)
    async with store.read() as tx:
        assert len(await broadcasts.every(tx)) == 2


async def test_the_report_is_a_table_of_numbers_only(store: Store, clock: Clock) -> None:
    desk = Desk(store, clock, approval=False)
    await desk.people("1", "2")
    ann = await desk.sits()
    await write(ann)
    await press(ann, "propose")
    await desk.goes_out()
    answer = await ann.open("/staff/broadcasts/1/report.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.lstrip("\ufeff").split("\r\n") == ["Outcome,People", "Sent,2", "In all,2", ""]


async def test_it_is_deleted_only_after_a_second_question(store: Store, clock: Clock) -> None:
    desk = Desk(store, clock, approval=False)
    await desk.people("1")
    ann = await desk.sits()
    await write(ann)
    await press(ann, "propose")
    await desk.goes_out()
    assert "This cannot be undone." in words((await ann.open("/staff/broadcasts/1/recall")).text)
    assert (await desk.at()).state == "done"
    await press(ann, "recall")
    assert (await desk.at()).state == "recalling"


async def test_script_in_the_words_is_only_words(desk: Desk) -> None:
    ann = await desk.sits()
    await write(ann, **{"words-en": "<script>alert(1)</script>"})
    for path in ("/staff/broadcasts/1", "/staff/broadcasts", "/staff/broadcasts/1/change"):
        page = (await ann.open(path)).text
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


async def test_a_forged_number_is_no_broadcast(desk: Desk) -> None:
    ann = await desk.sits()
    await ann.open("/staff/broadcasts/new")
    form = ann.html
    for id in ("0", "99", "x", "1e3", "9" * 30, "-1", "%00"):
        assert (await ann.open(f"/staff/broadcasts/{id}")).status_code == 404
        ann.html = form
        assert (await ann.post(f"/staff/broadcasts/{id}/propose", {"version": "1"})).status_code == 404


async def test_what_makes_no_sense_is_told_and_the_words_stay(desk: Desk) -> None:
    browser = await desk.sits()
    page = await write(browser, area="atlantis", when="later", day="2026-13-45")
    assert "I do not know “atlantis”." in page and "Please give a day and a time." in page
    assert WORDS in browser.html and "2026-13-45" in browser.html
    async with desk.store.read() as tx:
        assert await broadcasts.every(tx) == ()


@pytest.mark.parametrize(
    ("filled", "why"),
    [
        (Filled(areas=("atlantis",)), "audience"),
        (Filled(cancer="'; drop table"), "audience"),
        (Filled(topic="nothing"), "audience"),
        (Filled(language="xx"), "audience"),
        (Filled(session="nowhere@2026-11-26T10:30Z"), "audience"),
        (Filled(session="nowhere@"), "audience"),
        (Filled(session=f"{SESSION}@"), "audience"),
        (Filled(session=f"{SESSION}@0001-01-01T00:00+23:59"), "audience"),
        (Filled(session=f"{SESSION}@2026-11-26T10:30Z"), ""),
        (Filled(later=True), "no-time"),
        (Filled(later=True, day="2026-13-45", hour="9"), "no-time"),
        (Filled(later=True, day="9999-12-31", hour="23:59:59.999"), ""),
        (Filled(later=True, day="0001-01-01", hour="00:00+14:00"), "past"),
        (Filled(later=True, day="2026-11-22", hour="09:00"), "past"),
        (Filled(again=True), "rule-needs-time"),
        (Filled(words={"en": "x" * 5000}), "too-long"),
        (Filled(words={"en": "Hello", "xx": "?"}), "language"),
        (Filled(words={"pl": "?"}), "no-text"),
        (Filled(), ""),
    ],
)
def test_each_mistake_has_its_sentence(filled: Filled, why: str) -> None:
    _, mistakes = draft_of(filled, Draft(), world_of(), START)
    assert [key.rpartition(".")[2] for key, _ in mistakes.values()] == ([why] if why else [])


def test_a_draft_fills_the_form_from_which_it_comes_again() -> None:
    listed = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)
    audience = Audience(("scotland",), "lung", "sleep", "en", SESSION, listed)
    draft = Draft(audience, {"en": "Hello"}, datetime(2027, 6, 1, 8, 30, tzinfo=UTC), "FREQ=MONTHLY")
    filled = of_draft(draft, world_of().directory.zone)
    assert filled.hour == "09:30" and draft_of(filled, draft, world_of(), START) == (draft, {})
    follows = replace(draft, audience=Audience(got=7))
    assert draft_of(of_draft(follows, world_of().directory.zone), follows, world_of(), START) == (follows, {})


async def test_a_form_with_a_forged_mark_or_version_changes_nothing(desk: Desk) -> None:
    ann = await desk.sits()
    assert "This form did not come from our own page" in await write(ann, nonce="'; drop")
    await write(ann)
    answer = await ann.post("/staff/broadcasts/1/propose", {"version": "seven"})
    assert answer.status_code == 409 and (await desk.at()).state == "draft"


async def test_a_time_is_local_and_can_repeat_every_week(desk: Desk) -> None:
    ann = await desk.sits()
    page = await write(ann, when="later", day="2027-06-01", hour="09:30", again="yes")
    assert "It goes out on Tue 1 Jun, 09:30, and every week after that." in page
    draft = (await desk.at()).draft
    assert f"{draft.send_at:%H:%M}" == "08:30" and draft.repeats == "FREQ=WEEKLY"


async def test_the_part_that_moves_comes_alone(desk: Desk) -> None:
    ann = await desk.sits()
    await write(ann)
    await press(ann, "propose")
    assert 'data-live="/staff/broadcasts/1"' in ann.html
    part = await ann.http.get("/staff/broadcasts/1", headers={"x-fragment": "1"})
    assert "waits for a second yes" in part.text and "<html" not in part.text
    part = await ann.http.get("/staff/broadcasts", headers={"x-fragment": "1"})
    assert "waits for a yes" in part.text and "<html" not in part.text


async def test_the_list_says_how_far_each_is(store: Store, clock: Clock) -> None:
    desk = Desk(store, clock, approval=False)
    await desk.people("1", "2")
    ann = await desk.sits()
    assert "There is no broadcast yet." in words((await ann.open("/staff/broadcasts")).text)
    await write(ann)
    await press(ann, "propose")
    assert "Sent 0 of 2." in words((await ann.open("/staff/broadcasts")).text)
    await desk.goes_out()
    page = words((await ann.open("/staff/broadcasts")).text)
    assert "Sent 2 of 2." in page and "For: everyone who said yes to news." in page

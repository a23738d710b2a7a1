"""The queue in the console: read, claimed, answered, passed on and closed, only from what was seen."""

import re
from dataclasses import replace
from datetime import time

import pytest

from bot.content.findings import Template
from bot.conversation.navigator import Navigator
from bot.handover import talk
from bot.hours import Hours, Opening
from bot.model import AskHandover, Person, RelayMessage
from bot.store import people
from bot.store.engine import Store
from bot.store.staff import Role
from bot.store.tables import audit, drafts, ledger
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock, rows
from tests.worlds import real

SEEN = re.compile(r'name="(version|seen)" value="([^"]+)"')
QUESTION = "I'm Margaret, 0131 496 0123. Can I get a free wig?"


class Desk:
    """Colleagues over one queue."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        world = real().world
        hours = Hours(tuple(Opening(day, time(9), time(17)) for day in range(5)))
        self.world = replace(world, local=replace(world.local, hours=hours))
        self.office = office_of(store, clock, Navigator(self.world))

    async def sits(self, name: str = "Ann", role: Role = "navigator") -> Browser:
        browser = Browser(self.office)
        await browser.sign_in(name, role)
        return browser

    async def asks(self, wish: AskHandover, address: str = "her") -> Person:
        async with self.store.write() as tx:
            known = await people.lock(tx, "web", address, self.clock())
            assert known
            await people.save(tx, known, known.person)
            await talk.do(tx, known.person, wish, self.clock())
            return known.person

    async def writes(self, person: Person, text: str) -> None:
        async with self.store.write() as tx:
            await talk.do(tx, person, RelayMessage(text), self.clock())

    async def log(self) -> list[str]:
        return [row["what"] for row in await rows(self.store, audit)]


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return Desk(store, clock)


CALL = AskHandover("money", "0131 496 0000", "<script>alert(1)</script> my note", "after 5", team="money")
RELAY = AskHandover("wigs", "", QUESTION, kind="relay", area="scotland")


async def press(browser: Browser, path: str, **fields: str) -> str:
    """A button of the page that is open, with what it says about the request."""
    seen = {name: value for name, value in SEEN.findall(browser.html)}
    return words((await browser.post(f"/staff/queue/{path}", {**seen, **fields})).text)


async def test_the_list_says_who_waits_how_long_and_nobodys_words(desk: Desk) -> None:
    await desk.asks(CALL)
    desk.clock.forward(hours=3)
    await desk.asks(RELAY, "him")
    html = (await (await desk.sits()).open("/staff/queue")).text
    page = words(html)
    assert "Not closed yet: 2." in page
    assert page.index(" 3 h call back") < page.index(" 0 min 1 message")
    assert "Money advisers" in page
    assert "0131" not in html
    assert "wig?" not in html
    assert await desk.log() == []


async def test_the_list_can_be_of_one_team_and_of_what_is_closed(desk: Desk) -> None:
    await desk.asks(CALL)
    browser = await desk.sits()
    assert "Nobody waits" in words((await browser.open("/staff/queue?team=nurse")).text)
    assert "Not closed yet: 1." in words((await browser.open("/staff/queue?team=money")).text)
    odd = await browser.open("/staff/queue?team=%00&state=x&page=99999999999999999999")
    assert odd.status_code == 200
    assert "Nothing was closed" in words((await browser.open("/staff/queue?state=closed")).text)


async def test_the_part_that_moves_is_served_alone(desk: Desk) -> None:
    await desk.asks(CALL)
    browser = await desk.sits()
    for path in ("/staff/queue", "/staff/queue/1?seen=1"):
        answer = await browser.http.get(path, headers={"x-fragment": "1"})
        assert "<html" not in answer.text
        assert "0 min" in words(answer.text)
    assert await desk.log() == []


async def test_whoever_reads_a_note_stands_in_the_audit_log(desk: Desk) -> None:
    await desk.asks(CALL)
    html = (await (await desk.sits()).open("/staff/queue/1")).text
    assert 'href="tel:01314960000"' in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; my note" in html
    assert "after 5" in words(html)
    assert await desk.log() == ["handover.read"]


@pytest.mark.parametrize("role", ["viewer", "editor"])
async def test_only_navigators_and_admins_read_it(desk: Desk, role: Role) -> None:
    await desk.asks(CALL)
    browser = await desk.sits(role=role)
    assert (await browser.open("/staff/queue")).status_code == 403
    assert (await browser.open("/staff/queue/1")).status_code == 403
    assert "handover.read" not in await desk.log()


async def test_a_request_is_claimed_given_back_passed_on_phoned_and_closed(desk: Desk) -> None:
    await desk.asks(CALL)
    browser = await desk.sits()
    await browser.open("/staff/queue/1")
    assert "It is yours" in await press(browser, "1/claim")
    assert "It is open again" in await press(browser, "1/release")
    assert "It is passed on" in await press(browser, "1/pass-on", team="physio")
    assert "Noted" in await press(browser, "1/called")
    assert "It is closed" in await press(browser, "1/done")
    assert "This is over" in words(browser.html)
    done = [what for what in await desk.log() if what != "handover.read"]
    assert done == [f"handover.{one}" for one in ("claim", "release", "pass-on", "claim", "called", "done")]


async def test_who_came_too_late_sees_who_was_first(desk: Desk) -> None:
    await desk.asks(RELAY)
    first, second = await desk.sits("Ann"), await desk.sits("Bob")
    await first.open("/staff/queue/1")
    await second.open("/staff/queue/1")
    await press(first, "1/claim")
    page = await press(second, "1/claim")
    assert "Ann claimed this at 10:00" in page
    assert "Ann has it" in page


async def test_nobody_is_offered_to_answer_what_a_colleague_has(desk: Desk) -> None:
    await desk.asks(RELAY)
    first, second = await desk.sits("Ann"), await desk.sits("Bob")
    await first.open("/staff/queue/1")
    await press(first, "1/claim")
    assert "<textarea" in first.html
    page = words((await second.open("/staff/queue/1")).text)
    assert "<textarea" not in second.html
    assert "Ann has this one." in page and "Give it back" in page


async def test_an_answer_that_came_too_late_is_not_lost(desk: Desk) -> None:
    person = await desk.asks(RELAY)
    browser = await desk.sits()
    await browser.open("/staff/queue/1")
    await desk.writes(person, "and a hat?")
    page = await press(browser, "1/send", text="Yes, you can.")
    assert "The person has written again" in page
    assert "Yes, you can." in browser.html
    assert "and a hat?" in page
    assert not [row for row in await rows(desk.store, ledger) if "Yes, you can" in row["say"]]


async def test_an_answer_starts_from_a_template_is_looked_at_and_goes_out_in_the_teams_name(
    desk: Desk,
) -> None:
    await desk.asks(RELAY)
    browser = await desk.sits()
    await browser.open("/staff/queue/1")
    await press(browser, "1/answer", step="template", template="ask-your-team", text="Hello.")
    text = re.findall(r"<textarea[^>]*>([^<]*)", browser.html)[0]
    assert text.startswith("Hello.\n\nThis is a question for your own cancer team")
    assert "{" not in text
    page = await press(browser, "1/answer", step="preview", text="Yes, ask your team.")
    assert "What the person will see" in page
    assert "Yes, ask your team." in page
    assert "handover.answer" not in await desk.log()
    assert "Your answer goes to the person now" in await press(browser, "1/send", text="Yes, ask your team.")
    assert [row for row in await rows(desk.store, ledger) if "Yes, ask your team" in str(row)]
    assert "Ann" in words(browser.html)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "write the words"),
        ("x" * 2001, "too long"),
        ("see http://x.org", "begin with https"),
        ("your number 943 476 5919", "health number"),
    ],
)
async def test_what_cannot_be_sent_is_said_and_kept(desk: Desk, text: str, why: str) -> None:
    await desk.asks(RELAY)
    browser = await desk.sits()
    await browser.open("/staff/queue/1")
    assert why in await press(browser, "1/answer", step="preview", text=text)
    assert text in browser.html


async def test_it_says_whether_the_team_is_there_and_whether_the_person_is_reached(desk: Desk) -> None:
    await desk.asks(RELAY)
    browser = await desk.sits()
    assert "The team is there now" in words((await browser.open("/staff/queue/1")).text)
    async with desk.store.write() as tx:
        await people.unreachable(tx, "web", "her")
    desk.clock.forward(hours=9)
    browser = await desk.sits("Ben")
    page = words((await browser.open("/staff/queue/1")).text)
    assert "The team is not there now" in page
    assert "Tue 24 Nov 2026, 09:00" in page
    assert "Messages do not reach this person now" in page


async def test_one_tap_fills_in_an_article_with_the_answer_and_the_scrubbed_question(desk: Desk) -> None:
    await desk.asks(RELAY)
    browser = await desk.sits()
    await browser.open("/staff/queue/1")
    await press(browser, "1/send", text="Dr Smith's clinic can give you a voucher.")
    page = await press(
        browser, "1/article", message=re.findall(r'name="message" value="(\d+)"', browser.html)[0]
    )
    assert "Can I get a free wig?" in browser.html
    assert "clinic can give you a voucher." in browser.html
    assert "Margaret" not in browser.html
    assert "0131 496" not in browser.html
    assert "Smith" not in browser.html
    assert "It is written as a draft" in page
    assert 'action="/staff/queue/article"' in browser.html
    assert await rows(desk.store, drafts) == []


async def test_a_navigator_may_not_deal_with_shared_questions_on_this_way(desk: Desk) -> None:
    await desk.asks(RELAY)
    browser = await desk.sits()
    await browser.open("/staff/queue/1")
    answer = await browser.post("/staff/queue/article", {"sources": "question:1", "step": "save"})
    assert answer.status_code == 403


async def test_a_request_that_is_not_there_is_said_so(desk: Desk) -> None:
    await desk.asks(CALL)
    browser = await desk.sits()
    for path in ("0", "99", "x", "1e3", "9" * 30, "%00", "1%27"):
        assert (await browser.open(f"/staff/queue/{path}")).status_code == 404
        await browser.open("/staff/queue/1")
        assert (await browser.post(f"/staff/queue/{path}/claim", {"version": "1"})).status_code == 404
    await browser.open("/staff/queue/1")
    forged = await browser.post("/staff/queue/1/claim", {"version": "-1"})
    assert forged.status_code in (404, 409)


def test_there_are_templates_for_every_team_and_all_can_be_sent() -> None:
    found = real().content.templates
    assert set(found) == {"navigator", "nurse", "money", "physio"}
    assert 8 <= sum(len(some) for some in found.values()) <= 20
    assert all(isinstance(one, Template) for some in found.values() for one in some)

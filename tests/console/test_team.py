"""Who is staff: inviting, changing roles, ending; and an office that never loses its last admin."""

import asyncio

from bot.store import accounts, audit, staff
from bot.store.accounts import Way
from bot.store.engine import Store
from bot.store.staff import Role
from tests.console.arriving import cheap_passwords, code_of, knock, member_of, with_password
from tests.console.desk import Browser, office_of, words
from tests.databases import Clock

__all__ = ["cheap_passwords"]
LINK = "/staff/invited/"


async def admin(store: Store, clock: Clock, name: str = "Ann") -> Browser:
    """An admin with an account, signed in."""
    browser = Browser(office_of(store, clock))
    member = await browser.sign_in(name)
    async with store.write() as tx:
        assert await accounts.choose(tx, member, Way(), clock())
    await browser.sign_in(name)
    return browser


async def colleague(store: Store, clock: Clock, role: Role = "navigator", name: str = "Mary") -> int:
    async with store.write() as tx:
        member = await staff.add(tx, name, role, clock())
    assert member
    return member.id


async def test_an_admin_invites_and_sees_the_link_once(store: Store, clock: Clock) -> None:
    browser = await admin(store, clock)
    await browser.open("/staff/team")
    await browser.post("/staff/team", {"name": " Mary   Muir", "role": "editor"})
    assert "http://staff.test/staff/invited/" in browser.html
    assert (await member_of(browser.office, "Mary Muir")).role == "editor"
    await browser.open("/staff/team")
    assert LINK not in browser.html
    assert "A link is out" in words(browser.html)


async def test_a_new_link_is_one_press_away(store: Store, clock: Clock) -> None:
    browser, mary = await admin(store, clock), await colleague(store, clock)
    await browser.open(f"/staff/team/{mary}")
    await browser.post(f"/staff/team/{mary}/link", {})
    assert LINK in browser.html


async def test_what_cannot_be_invited_is_told(store: Store, clock: Clock) -> None:
    browser = await admin(store, clock)
    for name, role, status, said in (
        ("Ann", "editor", 409, "is staff already"),
        ("", "editor", 422, "1 to 100 characters"),
        ("x" * 101, "editor", 422, "1 to 100 characters"),
        ("First admin", "editor", 422, "1 to 100 characters"),
        ("Mary", "owner", 422, "no such role"),
    ):
        await browser.open("/staff/team")
        answer = await browser.post("/staff/team", {"name": name, "role": role})
        assert (answer.status_code, said in words(answer.text)) == (status, True)


async def test_only_admins_see_the_team(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Ed", "editor")
    assert (await browser.open("/staff/team")).status_code == 403
    assert (await browser.post("/staff/team", {"name": "Eve", "role": "admin"})).status_code == 403


async def test_a_role_that_was_taken_away_counts_at_the_next_press(store: Store, clock: Clock) -> None:
    browser = await admin(store, clock)
    await admin(store, clock, "Bob")
    await browser.open("/staff/team")
    async with store.write() as tx:
        await staff.set_role(tx, (await member_of(browser.office, "Ann")).id, "viewer")
    answer = await browser.post("/staff/team", {"name": "Mary", "role": "admin"})
    assert answer.status_code == 403
    assert "Your role (viewer)" in words(answer.text)
    async with store.read() as tx:
        assert (await audit.latest(tx, 1))[0].what == "refused"
        assert await staff.named(tx, "Mary") is None


async def test_the_second_of_two_admins_sees_what_the_first_changed(store: Store, clock: Clock) -> None:
    first, second = await admin(store, clock), await admin(store, clock, "Bob")
    mary = await colleague(store, clock)
    for browser in (first, second):
        await browser.open(f"/staff/team/{mary}")
    await first.post(f"/staff/team/{mary}/role", {"was": "navigator", "role": "editor"})
    assert "The role is changed" in words(first.html)
    answer = await second.post(f"/staff/team/{mary}/role", {"was": "navigator", "role": "viewer"})
    assert answer.status_code == 409
    assert "Mary is now editor" in words(answer.text)
    assert (await member_of(first.office)).role == "editor"
    async with store.read() as tx:
        row = (await audit.latest(tx, 1, about=f"staff:{mary}"))[0]
    assert (row.name, row.what, row.detail) == ("Ann", "staff.role", "from navigator to editor")


async def test_the_last_admin_can_neither_leave_nor_step_down(store: Store, clock: Clock) -> None:
    browser = await admin(store, clock)
    await colleague(store, clock, "admin", "Only invited")
    me = (await member_of(browser.office, "Ann")).id
    for path, fields in (("role", {"was": "admin", "role": "viewer"}), ("end", {})):
        await browser.open(f"/staff/team/{me}")
        answer = await browser.post(f"/staff/team/{me}/{path}", fields)
        assert answer.status_code == 409
        assert "only admin who can sign in" in words(answer.text)
    assert (await member_of(browser.office, "Ann")).role == "admin"


async def test_two_admins_who_end_each_other_at_once_leave_one(
    store: Store, other_store: Store, clock: Clock
) -> None:
    ann, bob = await admin(store, clock), await admin(store, clock, "Bob")
    ids = [(await member_of(ann.office, name)).id for name in ("Ann", "Bob")]
    elsewhere = Browser(office_of(other_store, clock))
    elsewhere.http.cookies.set("staff", bob.http.cookies["staff"])
    await ann.open(f"/staff/team/{ids[1]}")
    await elsewhere.open(f"/staff/team/{ids[0]}")
    await asyncio.gather(
        ann.post(f"/staff/team/{ids[1]}/end", {}), elsewhere.post(f"/staff/team/{ids[0]}/end", {})
    )
    async with store.read() as tx:
        assert len(await accounts.admins(tx)) == 1


async def test_who_is_ended_is_out_at_once(store: Store, clock: Clock) -> None:
    browser = await admin(store, clock)
    theirs = Browser(browser.office)
    secret = await with_password(theirs, clock)
    mary = (await member_of(browser.office)).id
    await browser.open(f"/staff/team/{mary}")
    assert "no longer staff" in words((await browser.post(f"/staff/team/{mary}/end", {})).text)
    assert (await theirs.http.get("/staff")).status_code == 303
    assert (await knock(theirs, "Mary", "three quiet otters", code_of(secret, clock))).status_code == 403
    assert (await browser.open(f"/staff/team/{mary}")).status_code == 404


async def test_who_comes_back_starts_anew(store: Store, clock: Clock) -> None:
    browser = await admin(store, clock)
    mary = await colleague(store, clock)
    await browser.open(f"/staff/team/{mary}")
    await browser.post(f"/staff/team/{mary}/end", {})
    await browser.post("/staff/team", {"name": "Mary", "role": "viewer"})
    assert LINK in browser.html
    member = await member_of(browser.office)
    assert (member.id, member.role, member.ended) == (mary, "viewer", None)


async def test_a_code_from_the_console_links_a_chat(store: Store, clock: Clock) -> None:
    browser, mary = await admin(store, clock), await colleague(store, clock)
    await browser.open(f"/staff/team/{mary}")
    await browser.post(f"/staff/team/{mary}/code", {})
    code = browser.html.split("/link ")[1].split("<")[0]
    async with store.write() as tx:
        linked = await staff.link(tx, code, "telegram", "11", clock())
    assert linked and linked.name == "Mary"


async def test_forged_ids_lead_nowhere(store: Store, clock: Clock) -> None:
    browser = await admin(store, clock)
    await browser.open("/staff/team")
    page = browser.html
    for id in ("0", "999", "x", "9" * 30, "-1", "1%00", "٣"):
        assert (await browser.open(f"/staff/team/{id}")).status_code == 404
    for path in ("role", "end", "link", "code"):
        browser.html = page
        answer = await browser.post(f"/staff/team/{'9' * 30}/{path}", {"role": "admin"})
        assert answer.status_code == 404


async def test_script_in_a_name_is_only_a_name(store: Store, clock: Clock) -> None:
    browser = await admin(store, clock)
    await browser.open("/staff/team")
    await browser.post("/staff/team", {"name": "<script>alert(1)</script>", "role": "viewer"})
    assert "<script>alert" not in (await browser.open("/staff/team")).text

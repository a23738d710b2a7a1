"""Who writes with the team in the web chat sees the answer come in, without a reload."""

import re

import httpx
from starlette.responses import Response

from bot.channels.web.visitors import Visitor, Visitors
from bot.store.engine import Store
from bot.store.tables import ledger
from tests.console.desk import URL, app_of, office_of
from tests.databases import Clock
from tests.handover.people import hired
from tests.handover.test_relay_talk import answers, begun
from tests.web.browsing import shown

NEWS = re.compile(r'data-news="(\d+)"')


def browser_of(store: Store, clock: Clock, address: str) -> httpx.AsyncClient:
    """The browser that holds the cookie of this chat."""
    office = office_of(store, clock)
    assert office.settings.secret
    response = Response()
    visitors = Visitors(office.settings.secret.get_secret_value(), secure=False)
    visitors.remember(Visitor(address), response)
    cookie = response.headers["set-cookie"].partition(";")[0]
    transport = httpx.ASGITransport(app_of(office))
    return httpx.AsyncClient(transport=transport, base_url=URL, headers={"cookie": cookie})


async def test_the_teams_answer_comes_in_while_the_page_is_open(store: Store, clock: Clock) -> None:
    ann, patient = await hired(store, clock, "Ann"), await begun(store, clock)
    browser = browser_of(store, clock, patient.address)
    after = NEWS.findall((await browser.get("/")).text)[0]
    assert (await browser.get(f"/news?after={after}")).status_code == 204
    await answers(store, clock, ann, "Try ice.")
    async with store.write() as tx:
        await tx.execute(ledger.update().values(state="sent", touched=clock()))
    answer = await browser.get(f"/news?after={after}")
    assert "From the team (physio): Try ice." in shown(answer)
    assert (await browser.get(f"/news?after={NEWS.findall(answer.text)[0]}")).status_code == 204


async def test_a_page_of_somebody_who_does_not_write_with_the_team_never_asks(
    store: Store, clock: Clock
) -> None:
    page = await browser_of(store, clock, "somebody").get("/")
    assert page.status_code == 200 and not NEWS.findall(page.text)


async def test_whatever_stands_in_the_address_nothing_breaks(store: Store, clock: Clock) -> None:
    browser = browser_of(store, clock, "somebody")
    for after in ("", "x", "-1", "9" * 40, "²"):
        assert (await browser.get("/news", params={"after": after})).status_code == 204

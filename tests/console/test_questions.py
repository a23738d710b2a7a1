"""Shared questions become articles: in groups, scrubbed, looked at before anything is saved."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.compose import navigator_of
from bot.console.office import Office
from bot.content.source import parse
from bot.model import Arrival
from bot.model import Said as Types
from bot.service import Service
from bot.settings import Settings
from bot.store import drafts, people, questions
from bot.store.engine import Store
from bot.store.staff import Role
from bot.store.tables import audit
from bot.store.tables import questions as table
from tests.console.desk import Browser, office_of, settings_of, words
from tests.content.author import Author
from tests.databases import Clock, rows
from tests.worlds import real

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
WIGS = ("how do i get a wig", "do i get a free wig?", "wigs on the nhs", "whats a wig voucher")
FILLED = {
    "new-topic": "hair",
    "title": "Hair",
    "id": "wigs",
    "question": "How do I get a wig?",
    "asked": "\n".join((*WIGS[:3], *(f"wig shop {letter}" for letter in "abcde"))),
    "tests": "hello, how do I get a wig please",
    "short": "Ask your team. They can help.",
    "next": "article:cannot-sleep",
    "from": "Macmillan, page read | 2026",
    "confidence": "G",
    "nation": "uk",
    "review": "2027-05-22",
    "sources": "question:1 question:2 question:3 question:4",
}


class Desk:
    """A small content of its own, which editors may write into."""

    def __init__(self, store: Store, clock: Clock, home: Path) -> None:
        self.author, self.store, self.clock = Author(home), store, clock
        made = navigator_of(self.author.content(), Settings(cache=None))
        content = replace(made.world.content, texts=real().content.texts)
        navigator = replace(made, world=replace(made.world, content=content))
        settings = settings_of(knowledge=home / "knowledge", flows=home / "flows")
        self.office: Office = office_of(store, clock, navigator, settings)

    async def sits(self, name: str = "Ann", role: Role = "editor") -> Browser:
        browser = Browser(self.office)
        await browser.sign_in(name, role)
        return browser

    async def shared(self, *texts: str, each: int = 1) -> None:
        """Every text by `each` people of its own."""
        async with self.store.write() as tx:
            for number, text in enumerate(texts):
                for other in range(each):
                    known = await people.lock(tx, "web", f"{text[:20]} {number} {other}", self.clock())
                    assert known
                    await people.save(tx, known, known.person)
                    await questions.share(tx, known.person.id, text, self.clock())

    async def log(self) -> list[tuple[str, str]]:
        return [(row["what"], row["about"]) for row in await rows(self.store, audit)]

    def file(self, name: str) -> str:
        path = self.author.home / name
        return path.read_text() if path.exists() else ""


@pytest.fixture
def desk(store: Store, clock: Clock, tmp_path: Path) -> Desk:
    return Desk(store, clock, tmp_path)


def hidden(html: str) -> dict[str, str]:
    """The last form's hidden fields."""
    last = html.rsplit("<form", 1)[1]
    return {name: value.replace("&#34;", '"').replace("&#39;", "'") for name, value in HIDDEN.findall(last)}


async def looked(browser: Browser, changes: Mapping[str, str] = {}) -> str:
    """The form is filled in and looked at."""
    await browser.open("/staff/questions")
    return words((await browser.post("/staff/questions/article", {**FILLED, "step": "look", **changes})).text)


async def saved(browser: Browser) -> str:
    """The look is saved as it stands on the page."""
    return words(
        (await browser.post("/staff/questions/article", {**hidden(browser.html), "step": "save"})).text
    )


async def test_what_is_shared_is_scrubbed_before_it_is_kept(store: Store, clock: Clock) -> None:
    service = Service(store, real, clock)
    asked = "I'm Margaret Brown of EH6 5NA, phone 0131 496 0123, who one the wurld cup"
    said = ("who won the world cup in 1998", "tell the team what I asked", asked)
    for number, text in enumerate(said):
        await service.handle(Arrival("web", "her", str(number), Types(text)))
    kept = [row["text"] for row in await rows(store, table)]
    assert kept == ["I'm … of …, phone …, who one the wurld cup"]


async def test_questions_stand_in_groups_with_how_many_people_asked(desk: Desk) -> None:
    await desk.shared("dogs allowed at the clinic", *WIGS)
    await desk.shared("how do i get a wig", each=2)
    page = words((await (await desk.sits()).open("/staff/questions")).text)
    assert "6 questions" not in page
    assert "Questions: 7, in groups" in page
    assert page.index("how do i get a wig") < page.index("dogs allowed")
    assert "They agreed to share their words" in page


async def test_script_in_a_question_is_only_words(desk: Desk) -> None:
    await desk.shared("<script>alert(1)</script> wig", "my name is Margaret Brown of EH6 5NA")
    html = (await (await desk.sits()).open("/staff/questions")).text
    assert "<script>alert" not in html
    assert "Margaret" not in html
    assert "EH6" not in html


@pytest.mark.parametrize("role", ["viewer", "navigator"])
async def test_only_who_writes_content_reads_them(desk: Desk, role: Role) -> None:
    assert (await (await desk.sits(role=role)).open("/staff/questions")).status_code == 403


async def test_the_form_is_filled_in_and_keeps_one_question_to_test_with(desk: Desk) -> None:
    await desk.shared(*WIGS)
    browser = await desk.sits()
    await browser.open("/staff/questions")
    html = (await browser.post("/staff/questions/article", {"sources": FILLED["sources"]})).text
    assert 'value="how do i get a wig"' in html
    assert 'value="get-wig"' in html
    assert re.search(r'name="tests"[^>]*>whats a wig voucher<', html)
    assert "2027-05-23" in html


async def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk: Desk) -> None:
    await desk.shared(*WIGS)
    browser = await desk.sits()
    page = await looked(browser, {"asked": "only one", "short": ""})
    assert "2 fields need a look" in page
    assert "8 ways of asking are needed" in page
    assert "only one" in browser.html
    assert desk.file("knowledge/articles/hair.yaml") == ""


async def test_an_article_is_saved_as_a_draft_with_its_test_and_its_questions_are_dealt_with(
    desk: Desk,
) -> None:
    await desk.shared(*WIGS)
    browser = await desk.sits()
    assert "The check finds nothing wrong" in await looked(browser)
    assert "The draft wigs is written" in await saved(browser)
    article = parse("", desk.file("knowledge/articles/hair.yaml").encode()).value["articles"][0]
    assert (article["id"], article["status"], article["asked"][:3]) == ("wigs", "draft", list(WIGS[:3]))
    assert "hello, how do I get a wig please" in desk.file("knowledge/articles/hair.test.yaml")
    assert "wigs" not in desk.author.content().articles
    assert "There is nothing to answer" in words((await browser.open("/staff/questions")).text)
    assert ("article.draft", "article:wigs") in await desk.log()


async def test_nothing_is_written_by_looking(desk: Desk) -> None:
    await desk.shared(*WIGS)
    await looked(await desk.sits())
    assert desk.file("knowledge/articles/hair.yaml") == ""
    assert await desk.log() == []


async def test_what_the_check_finds_is_shown_at_its_line_and_cannot_be_saved(desk: Desk) -> None:
    await desk.shared(*WIGS)
    browser = await desk.sits()
    page = await looked(browser, {"id": "cannot-sleep", "short": "A GP will cure you. {nobody} knows."})
    assert "knowledge/articles/hair.yaml:4:" in page
    assert "another article is called 'cannot-sleep'" in page
    assert "nobody knows what to put into {nobody}" in page
    assert "Save as a draft" not in page
    await saved(browser)
    assert desk.file("knowledge/articles/hair.yaml") == ""


async def test_an_article_that_its_test_does_not_find_cannot_be_saved(desk: Desk) -> None:
    await desk.shared(*WIGS)
    browser = await desk.sits()
    page = await looked(browser, {"tests": "where do I park"})
    assert "“where do I park” finds" in page
    assert "Save as a draft" not in page
    assert "Save as a draft" not in await saved(browser)
    assert desk.file("knowledge/articles/hair.yaml") == ""


async def test_a_second_editor_sees_what_the_first_one_changed_and_keeps_their_words(desk: Desk) -> None:
    await desk.shared(*WIGS, "scarves?")
    first, second = await desk.sits("Ann"), await desk.sits("Bob")
    await looked(first)
    mine = {
        "id": "scarves",
        "question": "Where are scarves?",
        "sources": "question:5",
        "tests": "hello, scarf a please",
    }
    mine["asked"] = "\n".join(f"scarf {letter}" for letter in "abcdefgh")
    await looked(second, mine)
    await saved(first)
    page = await saved(second)
    assert "A colleague changed knowledge/articles/hair.yaml" in page
    assert "wigs is new." in page
    assert "Where are scarves?" in page
    assert "scarves" not in desk.file("knowledge/articles/hair.yaml")
    assert "The draft scarves is written" in await saved(second)
    ids = [
        one["id"] for one in parse("", desk.file("knowledge/articles/hair.yaml").encode()).value["articles"]
    ]
    assert ids == ["wigs", "scarves"]


async def test_the_second_of_two_who_make_the_same_article_is_told(desk: Desk) -> None:
    await desk.shared(*WIGS)
    first, second = await desk.sits("Ann"), await desk.sits("Bob")
    await looked(first)
    other = {name: FILLED[name].replace("wig", "hairpiece") for name in ("asked", "tests")}
    await looked(second, {"new-topic": "wig", "id": "other-wigs", **other})
    await saved(first)
    page = await saved(second)
    assert "A colleague was quicker" in page
    assert "other-wigs" in page
    assert desk.file("knowledge/articles/wig.yaml") == ""


async def test_words_are_added_to_the_article_that_answers_them(desk: Desk) -> None:
    text = desk.file("knowledge/articles/sleep.yaml")
    block = text.replace("asked: [a b, c d, e f, g h, i j, k l, m n, o p]", ASKED)
    desk.author.writes("knowledge/articles/sleep.yaml", block)
    await desk.shared("ma heid's birlin aw nicht", "no sleep: help")
    browser = await desk.sits()
    await browser.open("/staff/questions")
    both = {"sources": "question:1 question:2", "article": "cannot-sleep"}
    page = words((await browser.post("/staff/questions/phrasings", both)).text)
    assert "What it would change for others" in page
    chosen = {**hidden(browser.html), "asked": "no sleep: help", "step": "save"}
    page = words((await browser.post("/staff/questions/phrasings", chosen)).text)
    assert "The article cannot-sleep has more ways of asking now" in page
    expected = block.replace("      - o p\n", '      - o p\n      - "no sleep: help"\n')
    assert desk.file("knowledge/articles/sleep.yaml") == expected
    assert ("article.phrasings", "article:cannot-sleep") in await desk.log()


ASKED = "asked:" + "".join(
    f"\n      - {one}" for one in ("a b", "c d", "e f", "g h", "i j", "k l", "m n", "o p")
)


async def test_a_list_that_only_its_author_can_add_to_is_left_alone(desk: Desk) -> None:
    await desk.shared(*WIGS)
    browser = await desk.sits()
    await browser.open("/staff/questions")
    answer = await browser.post(
        "/staff/questions/phrasings", {"sources": "question:1", "article": "cannot-sleep"}
    )
    assert answer.status_code == 409
    assert "only its author can add to" in words(answer.text)


async def test_not_for_us_is_kept_and_can_be_taken_back(desk: Desk) -> None:
    await desk.shared("is the moon cheese")
    browser = await desk.sits()
    await browser.open("/staff/questions")
    page = words((await browser.post("/staff/questions/dismiss", {"sources": "question:1"})).text)
    assert "Questions put aside: 1" in page
    assert "There is nothing to answer" in page
    again = await browser.post("/staff/questions/dismiss", {"sources": "question:1"})
    assert "A colleague was quicker" in words(again.text)
    await browser.open("/staff/questions")
    await browser.post("/staff/questions/bring-back", {"sources": "question:1"})
    assert "is the moon cheese" in words((await browser.open("/staff/questions")).text)
    assert [what for what, _ in await desk.log()] == ["question.dismiss", "question.bring-back"]


async def test_a_number_that_is_given_again_is_another_question(desk: Desk) -> None:
    """SQLite gives the number of a question that was swept away again."""
    async with desk.store.write() as tx:
        await drafts.keep(tx, ["question:1"], "", "", ("Ann", desk.clock()))
    desk.clock.forward(days=91)
    await desk.shared("where are the wigs")
    assert "where are the wigs" in words((await (await desk.sits()).open("/staff/questions")).text)


FORGED = ("", "question:99", "relay:1", "question:1' OR 1=1", "x" * 999, "question:" + "9" * 40)


@pytest.mark.parametrize("page", ["article", "dismiss", "phrasings"])
async def test_forged_numbers_are_refused_with_a_sentence(desk: Desk, page: str) -> None:
    browser = await desk.sits()
    for sources in FORGED:
        await browser.open("/staff/questions")
        forged = {"sources": sources, "article": "cannot-sleep"}
        answer = await browser.post(f"/staff/questions/{page}", forged)
        assert answer.status_code in (404, 409), sources
    assert await desk.log() == []


async def test_a_huge_group_is_one_card_and_one_press(desk: Desk) -> None:
    async with desk.store.write() as tx:
        known = await people.lock(tx, "web", "her", desk.clock())
        assert known
        await people.save(tx, known, known.person)
        mine = {"person": known.person.id, "shared": desk.clock()}
        await tx.execute(insert(table), [{"text": f"can i swim {n % 9}", **mine} for n in range(1200)])
    browser = await desk.sits()
    html = (await browser.open("/staff/questions")).text
    assert "Questions: 1200, in" in words(html)
    sources = re.findall(r'name="sources" value="([^"]+)"', html)[0]
    assert len(sources.split()) == 1000
    answer = await browser.post("/staff/questions/dismiss", {"sources": sources})
    assert "Questions: 200, in" in words(answer.text)

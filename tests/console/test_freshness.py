"""Content to check: what is past its review comes first, with the line where it is edited."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import yaml

from bot.console.pages.freshness import sorted_out
from bot.content.files import gather
from bot.content.standing import standing
from bot.conversation.navigator import Navigator
from bot.conversation.texts import Texts
from bot.store.engine import Store
from tests.console.desk import Browser, office_of, settings_of, words
from tests.databases import Clock
from tests.worlds import NOW, ROOT, real

FILES = gather(ROOT / "knowledge", ROOT / "flows")
FOUND = standing(FILES)
CONTENT = real().content
TEXTS = Texts(CONTENT.texts)


def test_everything_with_a_review_is_found_where_it_stands() -> None:
    groups = {
        "article": CONTENT.articles,
        "contact": CONTENT.contacts,
        "word": CONTENT.glossary,
        "service": CONTENT.services,
        "session": CONTENT.sessions,
        "programme": CONTENT.programmes,
    }
    for noun, group in groups.items():
        here = {one.id: one for one in FOUND if one.noun == noun}
        assert here.keys() == group.keys()
        reviews = {id: getattr(it, "review", None) for id, it in group.items()}
        assert {id: one.review for id, one in here.items()} == reviews


def test_each_line_is_where_the_thing_begins() -> None:
    for one in FOUND:
        line = (ROOT / one.path).read_text().splitlines()[one.line - 1]
        assert one.id in line


def test_drafts_are_those_that_the_reader_calls_drafts() -> None:
    drafts = {one.id for one in FOUND if one.draft and one.noun == "article"}
    assert drafts == {id for id, article in CONTENT.articles.items() if article.status == "draft"}


def test_the_longest_overdue_comes_first_and_a_draft_is_not_due() -> None:
    lists = sorted_out(FOUND, CONTENT, TEXTS, date(2035, 1, 1))
    reviews = [line.review for line in lists.overdue if line.review]
    assert reviews == sorted(reviews) and not lists.due
    assert len(lists.overdue) + len(lists.drafts) == len([one for one in FOUND if one.review or one.draft])
    assert {line.at for line in lists.overdue}.isdisjoint(line.at for line in lists.drafts)


def test_what_is_due_within_60_days_is_listed_beside_what_is_late() -> None:
    first = min(one.review for one in FOUND if one.review and not one.draft)
    lists = sorted_out(FOUND, CONTENT, TEXTS, first - timedelta(days=60))
    assert lists.due and not lists.overdue
    assert not sorted_out(FOUND, CONTENT, TEXTS, first - timedelta(days=61)).due
    assert sorted_out(FOUND, CONTENT, TEXTS, first + timedelta(days=1)).overdue[0].days == -1


def test_a_file_that_makes_no_sense_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.yaml").write_bytes(
        b"\xff\xfe - id: x\n- id: \n review: tomorrow\n- id: y\n  review: 9\n"
    )
    assert [(one.id, one.review) for one in standing(gather(tmp_path, tmp_path))] == [("y", None)]


async def test_the_page_says_what_is_late_and_where_to_edit_it(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    article = next(iter(CONTENT.articles.values()))
    (tmp_path / "articles").mkdir()
    items = [
        {"id": article.id, "review": date(2026, 11, 1)},
        {"id": "new", "review": "2027-09-09", "status": "draft"},
    ]
    (tmp_path / "articles" / "a.yaml").write_text(
        yaml.safe_dump({"topic": "t", "articles": items}, sort_keys=False)
    )
    settings = settings_of(knowledge=tmp_path, flows=tmp_path / "none")
    browser = Browser(office_of(store, clock, settings=settings))
    await browser.sign_in("Vic", "viewer")
    page = words((await browser.open("/staff/freshness")).text)
    assert f"{article.question} Answer Sun 1 Nov 2026 22 days late us knowledge/articles/a.yaml:3" in page
    assert "new Answer us knowledge/articles/a.yaml:5" in page
    assert "there is no such folder" in page


async def test_script_in_a_title_is_only_words(store: Store, clock: Clock) -> None:
    article = next(iter(CONTENT.articles.values()))
    named = article.model_copy(update={"question": "<script>alert(1)</script>", "status": "draft"})
    content = replace(CONTENT, articles={**CONTENT.articles, article.id: named})
    office = office_of(store, clock, Navigator(replace(real().world, content=content)))
    browser = Browser(
        replace(office, settings=settings_of(knowledge=ROOT / "knowledge", flows=ROOT / "flows"))
    )
    clock.time = NOW.replace(year=2035)
    await browser.sign_in("Vic", "viewer")
    page = (await browser.open("/staff/freshness")).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


async def test_languages_that_nobody_can_choose_say_what_is_missing(store: Store, clock: Clock) -> None:
    browser = Browser(office_of(store, clock))
    await browser.sign_in("Vic", "viewer")
    page = words((await browser.open("/staff/freshness")).text)
    assert "Polish: nobody has translated its safety texts" in page

"""The form of a new article: filled in as far as we can, looked at, and written as a draft with its test."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.authoring import articles, files, trying
from bot.authoring.articles import ASKED, REVIEW, Written
from bot.authoring.asked import differences, versions
from bot.authoring.files import CannotWrite, Changed, Edit, Wrong
from bot.authoring.yamls import Unreadable
from bot.console import drawing
from bot.console.knowing.groups import nearest, scrubbed
from bot.console.knowing.sources import folders_of, sources_of, still_asked
from bot.console.office import Office, Refusal, Visit
from bot.store import audit, drafts, questions

KEPT_FOR_TESTS = 4
"""Every fourth question of a group is kept to test with: what is written down finds itself."""
SHARED = 1000
"""Shared questions among which the likest are tried with the new article: the newest."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the form is filled in from: how people asked, the most central first, and an answer if there is
    one."""

    words: Sequence[str]
    answer: str = ""


async def article(office: Office, visit: Visit) -> Response:
    """One step of the form; whatever goes wrong, the words that were typed are on the page again."""
    sources = sources_of(visit)
    step = visit.form.get("step", "")
    if step not in ("look", "save", "change"):
        async with office.store.read() as tx:
            rows = await still_asked(tx, sources)
        words = scrubbed(rows)
        if not words:
            raise Refusal("not-there", 404)
        return form(office, visit, sources, filled_in(office, visit, Start(words)))
    written = articles.of_form(visit.form, visit.several)
    slips = articles.slips(written, office.world.content.topics)
    if step == "change" or slips:
        return form(office, visit, sources, written, slips if step != "change" else ())
    return await (save if step == "save" else look)(office, visit, sources, written)


def filled_in(office: Office, visit: Visit, start: Start) -> Written:
    """As much as can be said without thinking; `short` stays empty where nobody has answered yet."""
    words = start.words
    tests = tuple(words[KEPT_FOR_TESTS - 1 :: KEPT_FOR_TESTS]) or tuple(words[1:][-1:])
    near = nearest(office.world, words[0])
    topics = office.world.content.topics.values()
    topic = next((one.id for one in topics if near and near.id in one.articles), "")
    return Written(
        topic=topic,
        title="",
        id=articles.suggested_id(words[0]),
        question=words[0],
        asked=tuple(one for one in words if one not in tests),
        tests=tests,
        short=start.answer,
        more="",
        next=(f"article:{near.id}",) if near else (),
        sources=(),
        confidence="G",
        nation="uk",
        review=(visit.now.date() + REVIEW).isoformat(),
    )


def form(
    office: Office,
    visit: Visit,
    sources: Sequence[str],
    written: Written,
    slips: Sequence[tuple[str, str]] = (),
    action: str = "",
) -> Response:
    """The form with these words in it; `action` is where it goes, if not to where it came from."""
    content = office.world.content
    return drawing.page(
        office,
        visit,
        "questions-article.html",
        422 if slips else 200,
        sources=" ".join(sources),
        action=action or visit.request.url.path,
        one=written,
        slips=dict(slips),
        needed=ASKED,
        topics=sorted(content.topics.values(), key=lambda topic: topic.title["en"]),
        articles=content.articles,
        flows=[flow for flow in content.flows.values() if not flow.internal],
    )


async def look(office: Office, visit: Visit, sources: Sequence[str], written: Written) -> Response:
    """All that it would do, before it does anything."""
    edits = _edits(office, visit, written)
    return await _looked(office, visit, (sources, written), edits)


def _edits(office: Office, visit: Visit, written: Written) -> tuple[Edit, Edit]:
    folders = folders_of(office)
    try:
        before = files.read(folders, written.place), files.read(folders, written.test_place)
        return articles.edits(written, *before, visit.now.date())
    except Unreadable:
        raise Refusal("by-hand", file=written.place) from None
    except CannotWrite as error:
        raise Refusal("cannot-write", why=error.why) from None


async def _looked(
    office: Office,
    visit: Visit,
    what: tuple[Sequence[str], Written],
    edits: tuple[Edit, Edit],
    meanwhile: Sequence[tuple[str, str]] = (),
    dealt_with: bool = False,
) -> Response:
    sources, written = what
    async with office.store.read() as tx:
        shared = tuple(dict.fromkeys(row.text for row in await questions.waiting(tx, SHARED)))
    own = {one for one in written.asked + written.tests}
    words = (written.tests, [text for text in shared if text not in own])
    checked = (folders_of(office), edits, visit.now.date())
    found = await asyncio.to_thread(trying.look, office.world.index, trying.searched(written), words, checked)
    return drawing.page(
        office,
        visit,
        "questions-look.html",
        sources=" ".join(sources),
        one=written,
        look=found,
        meanwhile=meanwhile,
        dealt_with=dealt_with,
        marks=[edit.expected for edit in edits],
        had=_had(office, written),
        yaml=[(edit.place, _new(office, edit)) for edit in edits],
        articles=office.world.content.articles,
    )


def _had(office: Office, written: Written) -> str:
    """Which articles the file has, to tell later what a colleague changed."""
    found = versions(files.read(folders_of(office), written.place).text)
    return " ".join(f"{id}={version}" for id, version in found.items())


def _new(office: Office, edit: Edit) -> str:
    """The lines that are added at the end."""
    before = files.read(folders_of(office), edit.place).text.rstrip()
    return edit.text.removeprefix(before).strip("\n")


async def save(office: Office, visit: Visit, sources: Sequence[str], written: Written) -> Response:
    """Into the files, whole or not at all; the questions are dealt with in the same transaction."""
    marks = visit.form.get("mark", ""), visit.form.get("test-mark", "")
    now = _edits(office, visit, written)
    edits = tuple(edit._replace(expected=mark) for edit, mark in zip(now, marks, strict=True))
    folders = folders_of(office)
    try:
        if [edit.expected for edit in now] != list(marks):
            raise Changed
        trial = (office.world.index, trying.searched(written), written.tests)
        if await asyncio.to_thread(trying.lost_tests, *trial):
            raise Wrong(())
        await files.examine(folders, edits, visit.now.date())
        async with files.writing(office.store, folders, edits) as tx:
            left = await still_asked(tx, sources)
            kept = [questions.source_of(row.id) for row in left] + [one for one in sources if "relay" in one]
            await drafts.keep(tx, kept, written.id, written.place, (visit.member.name, visit.now))
            about = f"article:{written.id}"
            await audit.add(tx, visit.who, "article.draft", about, visit.now, f"{len(kept)} sources")
    except (Changed, Wrong):
        return await _looked(office, visit, (sources, written), now, _meanwhile(office, visit, written))
    except Refusal:
        return await _looked(office, visit, (sources, written), now, dealt_with=True)
    except CannotWrite as error:
        raise Refusal("cannot-write", why=error.why) from None
    return drawing.back_to(_home(visit), "article-drafted", written.id)


def _home(visit: Visit) -> str:
    return "/queue" if "/queue" in visit.request.url.path else "/questions"


def _meanwhile(office: Office, visit: Visit, written: Written) -> Sequence[tuple[str, str]]:
    """What a colleague has done to the file since it was looked at."""
    pairs = (one.partition("=") for one in visit.form.get("had", "").split())
    before = {id: version for id, _, version in pairs}
    return differences(before, versions(files.read(folders_of(office), written.place).text))

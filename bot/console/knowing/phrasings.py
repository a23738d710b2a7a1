"""An article answers it already: its file gets the words in which people asked."""

import asyncio
from collections.abc import Sequence

from starlette.responses import Response

from bot.authoring import articles, asked, files, trying
from bot.authoring.files import CannotWrite, Changed, Edit, Read, Wrong
from bot.authoring.yamls import Unreadable
from bot.console import drawing
from bot.console.knowing.articles import SHARED
from bot.console.knowing.groups import scrubbed
from bot.console.knowing.sources import folders_of, sources_of, still_asked
from bot.console.office import Office, Refusal, Visit
from bot.content.shapes import Article
from bot.search.articles import read_articles
from bot.store import audit, drafts, questions

Words = tuple[str, ...]


async def phrasings(office: Office, visit: Visit) -> Response:
    """Choose the words, look at what they would do to other articles, save."""
    sources = sources_of(visit)
    known = office.world.content.articles.get(visit.form.get("article", ""))
    if known is None:
        raise Refusal("not-there", 404)
    if visit.form.get("step", "") == "save":
        return await _save(office, visit, sources, known)
    words = articles.lines(visit.form.get("asked", ""))
    if not words:
        async with office.store.read() as tx:
            rows = await still_asked(tx, sources)
        words = scrubbed(rows)
    return await _look(office, visit, sources, (known, words))


async def _look(
    office: Office, visit: Visit, sources: Sequence[str], what: tuple[Article, Words], changed: bool = False
) -> Response:
    article, words = what
    file, edit = _edit(office, article, words)
    found = None
    if edit is not None:
        async with office.store.read() as tx:
            shared = [row.text for row in await questions.waiting(tx, SHARED)]
        wider = read_articles([article.model_copy(update={"asked": (*article.asked, *words)})])[0]
        checked = (folders_of(office), (edit,), visit.now.date())
        others = [text for text in dict.fromkeys(shared) if text not in words]
        found = await asyncio.to_thread(trying.look, office.world.index, wider, ((), others), checked)
    return drawing.page(
        office,
        visit,
        "questions-phrasings.html",
        sources=" ".join(sources),
        article=article,
        words=words,
        look=found,
        mark=file.mark,
        meanwhile=changed,
        articles=office.world.content.articles,
    )


def _edit(office: Office, article: Article, words: Words) -> tuple[Read, Edit | None]:
    place = _place(office, article)
    try:
        file = files.read(folders_of(office), place)
        return file, asked.with_asked(file, place, article.id, words)
    except Unreadable:
        raise Refusal("by-hand", file=place) from None
    except CannotWrite as error:
        raise Refusal("cannot-write", why=error.why) from None


def _place(office: Office, article: Article) -> str:
    topics = office.world.content.topics.values()
    topic = next(one.id for one in topics if article.id in one.articles)
    return f"knowledge/articles/{topic}.yaml"


async def _save(office: Office, visit: Visit, sources: Sequence[str], article: Article) -> Response:
    words = articles.lines(visit.form.get("asked", ""))
    file, edit = _edit(office, article, words)
    if edit is None:
        return await _look(office, visit, sources, (article, words))
    try:
        if file.mark != visit.form.get("mark", ""):
            raise Changed
        await files.examine(folders_of(office), (edit,), visit.now.date())
        async with files.writing(office.store, folders_of(office), (edit,)) as tx:
            kept = [questions.source_of(row.id) for row in await still_asked(tx, sources)]
            await drafts.keep(tx, kept, article.id, edit.place, (visit.member.name, visit.now))
            about = f"article:{article.id}"
            await audit.add(tx, visit.who, "article.phrasings", about, visit.now, f"{len(words)} more")
    except (Changed, Wrong) as error:
        changed = isinstance(error, Changed)
        return await _look(office, visit, sources, (article, words), changed)
    except CannotWrite as error:
        raise Refusal("cannot-write", why=error.why) from None
    return drawing.back_to("/questions", "phrasings-added", article.id)

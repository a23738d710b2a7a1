"""Content to check: what is past its review, what is due, what waits for a clinician, and where it is."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Page, Visit
from bot.content.check_dates import SOON
from bot.content.content import Content
from bot.content.files import gather
from bot.content.shapes import Language
from bot.content.standing import Standing, standing
from bot.conversation.texts import Texts

LISTED = 200
"""Lines of one list; more are counted."""


class Line(NamedTuple):
    """One thing to check: what it is called, whose it is ("" where nobody is named), and where it stands.
    `path` is the page on which staff can change it, under /staff; "" where only its file can be edited."""

    noun: str
    title: str
    owner: str
    at: str
    review: date | None
    days: int
    shown: bool
    path: str = ""


class Lists(NamedTuple):
    """Past its review, due within SOON, and drafts; each the most urgent first."""

    overdue: Sequence[Line]
    due: Sequence[Line]
    drafts: Sequence[Line]


async def show(office: Office, visit: Visit) -> Response:
    """What was just edited goes from the list when the program has taken it up, which takes seconds."""
    settings, today = office.settings, visit.now.astimezone(office.world.directory.zone).date()
    texts, content = drawing.texts(office), office.world.content
    read = partial(_read, content.fingerprint, settings.knowledge, settings.flows)
    found, problems = await asyncio.to_thread(read)
    lists = sorted_out(found, content, texts, today)
    shown = {name: getattr(lists, name)[:LISTED] for name in Lists._fields}
    return drawing.page(
        office,
        visit,
        "freshness.html",
        lists=shown,
        many={name: len(getattr(lists, name)) for name in Lists._fields},
        kinds={name: Counter(line.noun for line in getattr(lists, name)) for name in Lists._fields},
        languages=_languages(content),
        problems=problems,
        soon=SOON.days,
    )


@lru_cache(maxsize=2)
def _read(fingerprint: str, knowledge: Path, flows: Path) -> tuple[tuple[Standing, ...], tuple[str, ...]]:
    """From the files, once for each content that the program runs on."""
    files = gather(knowledge, flows)
    return standing(files), tuple(str(one) for one in files.problems[:LISTED])


def sorted_out(found: Iterable[Standing], content: Content, texts: Texts, today: date) -> Lists:
    """Everything in its list. A draft is not due: it is shown to nobody until a clinician has read it."""
    lines = [(one, _line(one, content, texts, today)) for one in found]
    live = [line for one, line in lines if not one.draft and line.review is not None]
    by_review = sorted(live, key=lambda line: (line.review or date.max, line.noun, line.title))
    return Lists(
        [line for line in by_review if line.days < 0],
        [line for line in by_review if timedelta() <= timedelta(line.days) <= SOON],
        [line for one, line in lines if one.draft],
    )


def _line(one: Standing, content: Content, texts: Texts, today: date) -> Line:
    title, owner = _called(one, content, texts)
    days = (one.review - today).days if one.review else 0
    running = one.id in _of(one, content)
    path = f"/sessions/{one.id}/change" if running and one.noun == "session" else ""
    return Line(one.noun, title, owner, f"{one.path}:{one.line}", one.review, days, running, path)


def _of(one: Standing, content: Content) -> Mapping[str, object]:
    groups: dict[str, Mapping[str, object]] = {
        "article": content.articles,
        "contact": content.contacts,
        "word": content.glossary,
        "service": content.services,
        "session": content.sessions,
        "programme": content.programmes,
        "flow": content.flows,
    }
    return groups[one.noun]


def _called(one: Standing, content: Content, texts: Texts) -> tuple[str, str]:
    """Its title, and who offers it; what is not running yet goes by its id."""
    match one.noun:
        case "article" if one.id in content.articles:
            return content.articles[one.id].question, ""
        case "contact" if one.id in content.contacts:
            return content.contacts[one.id].name, ""
        case "word" if one.id in content.glossary:
            return content.glossary[one.id].word, ""
        case "service" if one.id in content.services:
            return content.services[one.id].name, content.services[one.id].provider
        case "session" if one.id in content.sessions:
            series = content.sessions[one.id]
            service = content.services.get(series.service)
            return texts.written(series.title), service.provider if service else ""
        case _:
            return one.id, ""


def _languages(content: Content) -> tuple[Language, ...]:
    """Those that nobody can choose yet: what is missing is said beside each."""
    return tuple(one for one in content.languages.values() if not one.enabled)


PAGES: tuple[Page, ...] = (Page("/freshness", "GET", "look", show),)

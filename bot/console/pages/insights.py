"""Insights: the month in pictures, each with its numbers beside it, and exports. Small numbers are hidden."""

from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from bot.console import drawing
from bot.console.figures import HERE, Names
from bot.console.office import Office, Page, Refusal, Visit
from bot.content.flows import Ask, Flow
from bot.insights import dictionary, exports, flow_picture, pictures
from bot.insights.chapters import CHAPTERS, Chapter, Wish
from bot.insights.looking import Looked, look, month_of, months_to, read_month
from bot.insights.measured import MEASURES
from bot.insights.pictures import Picture
from bot.insights.unmet import missed
from bot.store import audit, leaflets

SVG = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
"""A picture is drawn by us and has no scripts; opened on its own it may do nothing but look like itself."""
SENTENCES = 12
FIRST_FLOW = "self-check"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the page: its numbers, its one sentence, and where it is drawn."""

    name: str
    picture: Picture
    alt: str
    url: str


async def show(office: Office, visit: Visit) -> Response:
    """The page of one month."""
    wish, now = _wish(office, visit), _now(office, visit)
    async with office.store.read() as tx:
        looked = await look(tx, tuple(MEASURES), (wish.month,), now)
        year = await look(tx, _back(), wish.months, now)
        names = await _names(office, tx)
    chapters = [_chapter(name, year if one.year else looked, wish, names) for name, one in CHAPTERS.items()]
    found = [one for one in missed((looked.of("search", wish.month),)) if _here(wish, one.area)]
    flow = _flow(office, visit.request.query_params.get("flow", FIRST_FLOW))
    steps = flow_picture.stops(flow, looked.counts("step", wish.month))
    return drawing.page(
        office,
        visit,
        "insights.html",
        wish=wish,
        names=names,
        chapters=chapters,
        unmet=found[:SENTENCES],
        flow=flow,
        flows=_flows(office),
        stops=[(one, flow_picture.sentence(one, names)) for one in steps if one.asks],
        months=tuple(reversed(months_to(month_of(now.date())))),
        counted=looked.counted,
        areas=office.world.content.areas,
        query=urlencode({"month": wish.month, "area": wish.area}),
    )


def _back() -> Sequence[str]:
    """What is shown over a year."""
    return tuple({name for one in CHAPTERS.values() if one.year for name in one.measures})


def _here(wish: Wish, place: str) -> bool:
    return not wish.area or place.partition("/")[0] == wish.area


def _chapter(name: str, looked: Looked, wish: Wish, names: Names) -> Shown:
    picture = CHAPTERS[name].picture(looked, wish, names)
    title, largest = names.texts(f"{HERE}.title.{name}"), picture.largest
    key = f"{HERE}.alt" if largest else f"{HERE}.alt-nothing"
    most, number = largest or ("", 0)
    month = names("month", wish.month)
    alt = names.texts(key, title=title, month=month, most=most, number=str(number))
    return Shown(name, picture, alt, f"/staff/insights/{name}.svg")


async def _names(office: Office, tx: AsyncConnection) -> Names:
    plain = Names(office.world, drawing.texts(office))
    made = {
        str(one.id): _leads_to(plain, one.leaflet.purpose, one.leaflet.area)
        for one in await leaflets.latest(tx)
    }
    return Names(office.world, drawing.texts(office), made)


def _leads_to(names: Names, purpose: str, area: str) -> str:
    led = names("purpose", purpose)
    return f"{led}, {names('area', area)}" if area else led


# ---- what was asked for -----------------------------------------------------------------------------------


def _now(office: Office, visit: Visit) -> datetime:
    return visit.now.astimezone(office.world.directory.zone)


def _wish(office: Office, visit: Visit) -> Wish:
    """The month and the area that were chosen; anything else is this month and all areas."""
    asked = visit.request.query_params
    month = read_month(asked.get("month", ""), _now(office, visit).date())
    area = asked.get("area", "")
    return Wish(months_to(month), area if area in office.world.content.areas else "")


def _flows(office: Office) -> Sequence[Flow]:
    """Those that ask something, by title."""
    every = office.world.content.flows.values()
    asking = [one for one in every if any(isinstance(step, Ask) for step in one.steps.values())]
    return sorted(asking, key=lambda one: one.title["en"].casefold())


def _flow(office: Office, name: str) -> Flow:
    flow = office.world.content.flows.get(name)
    if flow is None:
        raise Refusal("not-there", 404)
    return flow


# ---- pictures ---------------------------------------------------------------------------------------------


async def picture(office: Office, visit: Visit) -> Response:
    """One picture as SVG."""
    chapter = CHAPTERS.get(visit.request.path_params["name"])
    if chapter is None:
        raise Refusal("not-there", 404)
    wish = _wish(office, visit)
    async with office.store.read() as tx:
        looked = await look(tx, chapter.measures, _months(chapter, wish), _now(office, visit))
        names = await _names(office, tx)
    nothing = names.texts(f"{HERE}.nothing")
    # Drawing takes long enough to be felt by people who wait for an answer, so it is done beside the loop.
    narrow = visit.request.query_params.get("narrow") == "1"
    return _svg(await to_thread(pictures.drawn, chapter.picture(looked, wish, names), nothing, narrow))


def _months(chapter: Chapter, wish: Wish) -> Sequence[str]:
    return wish.months if chapter.year else (wish.month,)


async def flow(office: Office, visit: Visit) -> Response:
    """Where people stop, on the flow's own picture."""
    found, wish = _flow(office, visit.request.path_params["name"]), _wish(office, visit)
    async with office.store.read() as tx:
        looked = await look(tx, ("step",), (wish.month,), _now(office, visit))
    stops = flow_picture.stops(found, looked.counts("step", wish.month))
    return _svg(flow_picture.drawn(found, stops, Names(office.world, drawing.texts(office))))


def _svg(text: str) -> Response:
    return Response(text, media_type="image/svg+xml", headers=SVG)


# ---- exports ----------------------------------------------------------------------------------------------


async def measures_csv(office: Office, visit: Visit) -> Response:
    """All that may be shown of one month."""
    wish = _wish(office, visit)
    looked = await _exporting(office, visit, (wish.month,))
    await _exported(office, visit, f"insights:measures@{wish.month}")
    return _file(exports.measures_csv(looked, wish.month), f"measures-{wish.month}.csv")


async def monthly_csv(office: Office, visit: Visit) -> Response:
    """A year, month by month."""
    wish = _wish(office, visit)
    looked = await _exporting(office, visit, wish.months)
    await _exported(office, visit, f"insights:monthly@{wish.month}")
    return _file(exports.monthly_csv(looked, wish.months), f"monthly-{wish.month}.csv")


async def dictionary_md(office: Office, visit: Visit) -> Response:
    await _exported(office, visit, "insights:dictionary")
    return _file(dictionary.dictionary(), "data-dictionary.md", "text/markdown")


async def _exporting(office: Office, visit: Visit, months: Sequence[str]) -> Looked:
    """Only looked at: a year may take seconds, in which everybody else must be able to write."""
    async with office.store.read() as tx:
        return await look(tx, tuple(MEASURES), months, _now(office, visit))


async def _exported(office: Office, visit: Visit, about: str) -> None:
    """Written down before the file goes out."""
    async with office.store.write() as tx:
        await audit.add(tx, visit.who, "figures.export", about, visit.now)


def _file(text: str, name: str, kind: str = "text/csv") -> Response:
    """To be saved, not shown."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=kind, headers=headers)


PAGES: tuple[Page, ...] = (
    Page("/insights", "GET", "figures", show),
    Page("/insights/measures.csv", "GET", "figures", measures_csv),
    Page("/insights/monthly.csv", "GET", "figures", monthly_csv),
    Page("/insights/dictionary.md", "GET", "figures", dictionary_md),
    Page("/insights/flow/{name}.svg", "GET", "figures", flow),
    Page("/insights/{name}.svg", "GET", "figures", picture),
)

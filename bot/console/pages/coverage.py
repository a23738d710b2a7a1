"""Coverage: what is listed where, where there is nothing, and what people looked for in vain."""

from starlette.responses import Response

from bot.console import drawing
from bot.console.coverage import WAYS, By, Matrix, matrix
from bot.console.figures import Names
from bot.console.office import Office, Page, Visit
from bot.insights.cells import table
from bot.insights.looking import month_of, months_to
from bot.insights.unmet import Unmet, unmet

MONTHS = 3
LISTED = 20


async def show(office: Office, visit: Visit) -> Response:
    """One matrix, and the searches of the last months that found nothing that fits."""
    found = _matrix(office, visit)
    searches = await _searches(office, visit) if visit.may("figures") else []
    return drawing.page(
        office, visit, "coverage.html", matrix=found, ways=WAYS, searches=searches, months=MONTHS
    )


async def export(office: Office, visit: Visit) -> Response:
    """The matrix for a spreadsheet: one line for each cell. Listings are counted, nobody else."""
    found, texts = _matrix(office, visit), drawing.texts(office)
    head = [texts(f"console.coverage.{name}") for name in ("area", found.by, "listings")]
    lines = [
        (row.name, words, number)
        for row in found.rows
        for (_, words), number in zip(found.columns, row.numbers, strict=True)
    ]
    headers = {"content-disposition": f'attachment; filename="coverage-{found.by}.csv"'}
    return Response(table([head, *lines]), media_type="text/csv; charset=utf-8", headers=headers)


def _matrix(office: Office, visit: Visit) -> Matrix:
    return matrix(office.world, drawing.texts(office), _way(visit), visit.now)


def _way(visit: Visit) -> By:
    """What they asked for, which may be forged; topics otherwise."""
    asked = visit.request.query_params.get("by", "")
    return next((by for by in WAYS if by == asked), "topic")


async def _searches(office: Office, visit: Visit) -> list[tuple[str, str, int]]:
    """In words: what was looked for, where, and how often at the least."""
    now = visit.now.astimezone(office.world.directory.zone)
    async with office.store.read() as tx:
        found = await unmet(tx, months_to(month_of(now.date()), MONTHS), now)
    return [in_words(office, one) for one in found[:LISTED]]


def in_words(office: Office, one: Unmet) -> tuple[str, str, int]:
    """ "online, Being active" in "Highland (Scotland)"."""
    content, texts = office.world.content, drawing.texts(office)
    names, (mode, _, what) = Names(office.world, texts), one.what.partition("/")
    about = "topic" if what in content.topics else "kind"
    said = [names(kind, id) for kind, id in (("mode", mode), (about, what)) if id not in ("", "any")]
    pack, _, place = one.area.partition("/")
    area = texts.written(content.areas[pack].name) if pack in content.areas else ""
    where = f"{place} ({area})" if place and area else place or area or texts("console.coverage.somewhere")
    return ", ".join(said) or texts("console.coverage.any"), where, one.number


PAGES: tuple[Page, ...] = (
    Page("/coverage", "GET", "look", show),
    Page("/coverage.csv", "GET", "look", export),
)

"""Leaflets: choose one, look at it, make it, download it again with the numbers of today."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console import drawing
from bot.console.office import Office, Page, Refusal, Visit
from bot.console.sessions.coming import where
from bot.conversation.texts import Texts
from bot.conversation.world import World
from bot.leaflet_links import PAPERS, PURPOSES, Paper, Purpose, Wish, short_code
from bot.leaflets import typesetting
from bot.leaflets.addresses import address_of
from bot.leaflets.sheet import sheet
from bot.leaflets.wishes import Fault, faults, whole
from bot.store import audit, leaflets
from bot.store.leaflets import Made

FIELDS = ("purpose", "area", "session", "article", "language", "kind", "large")
SHOWN = 100


async def show(office: Office, visit: Visit) -> Response:
    """The form, a preview of what it asks for, and what was made before."""
    asked = {name: visit.request.query_params.get(name, "")[:80] for name in (*FIELDS, "target")}
    return await _page(office, visit, _with_target(asked))


async def make(office: Office, visit: Visit) -> Response:
    """From now on its code leads somewhere. The same wish again is the leaflet that is there."""
    asked = {name: visit.form.get(name, "")[:80] for name in FIELDS}
    wish = _wish(asked)
    if wish is None or faults(office.world, whole(office.world, wish), visit.now):
        return await _page(office, visit, asked, 422)
    wish = whole(office.world, wish)
    async with office.store.write() as tx:
        made = await leaflets.make(tx, wish, visit.member.name, visit.now)
        await audit.add(tx, visit.who, "leaflet.make", f"leaflet:{made.id}", visit.now, wish.purpose)
    return drawing.back_to(f"/leaflets/{made.id}", said="leaflet-made")


async def one(office: Office, visit: Visit) -> Response:
    """One leaflet: its picture, its file, and what its code opens."""
    made = await _made(office, visit)
    shown: dict[str, object] = {"made": made, "code": short_code(made.id)}
    shown |= {"address": address_of(office.website, made.id), "nowhere": not office.settings.public_url}
    return drawing.page(office, visit, "leaflet.html", 200, **shown)


async def preview(office: Office, visit: Visit) -> Response:
    """The first page of what is asked for, without a number."""
    wish = _wish(dict(visit.request.query_params))
    if wish is None or faults(office.world, whole(office.world, wish), visit.now):
        raise Refusal("not-there", 404)
    return await _picture(office, 0, whole(office.world, wish), visit.now)


async def picture(office: Office, visit: Visit) -> Response:
    made = await _made(office, visit)
    return await _picture(office, made.id, made.wish, visit.now)


async def file(office: Office, visit: Visit) -> Response:
    """The PDF, as the directory is now."""
    made = await _made(office, visit)
    words = sheet(office.world, made.id, made.wish, office.website, visit.now)
    try:
        pdf = await asyncio.to_thread(typesetting.pdf, words)
    except typesetting.NotTypeset:
        raise Refusal("leaflet-not-drawn", 409) from None
    name = f"leaflet-{short_code(made.id)}.pdf"
    return Response(
        pdf, media_type="application/pdf", headers={"content-disposition": f'attachment; filename="{name}"'}
    )


async def _picture(office: Office, id: int, wish: Wish, now: datetime) -> Response:
    words = sheet(office.world, id, wish, office.website, now)
    try:
        png = await asyncio.to_thread(typesetting.picture, words)
    except typesetting.NotTypeset:
        raise Refusal("leaflet-not-drawn", 409) from None
    return Response(png, media_type="image/png")


async def _made(office: Office, visit: Visit) -> Made:
    """The leaflet that the path names. Screens have no paper. Raises Refusal."""
    number = visit.request.path_params["id"]
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise Refusal("not-there", 404)
    async with office.store.read() as tx:
        made = await leaflets.of_id(tx, int(number))
    if made is None or made.wish.kind not in PAPERS:
        raise Refusal("not-there", 404)
    return made


# ---- the form -------------------------------------------------------------------------------------------


async def _page(office: Office, visit: Visit, asked: Mapping[str, str], status: int = 200) -> Response:
    """With their choices still there, and a sentence for each that cannot be."""
    world, wish = office.world, _wish(asked)
    chosen = bool(wish and (wish.target or wish.purpose not in ("session", "article")))
    wrong = faults(world, whole(world, wish), visit.now) if wish and chosen else [Fault("wish")]
    started = bool(asked.get("purpose"))
    async with office.store.read() as tx:
        earlier = [one for one in await leaflets.latest(tx, SHOWN) if one.wish.kind in PAPERS]
    shown = {
        "asked": asked,
        "choices": _choices(world, drawing.texts(office), visit.now),
        "wrong": [one.said(world.content.texts["en"]) for one in wrong] if started else [],
        "preview": urlencode(asked) if started and not wrong else "",
        "earlier": [(one, short_code(one.id)) for one in earlier],
        "areas": world.content.areas.values(),
        "nowhere": not office.settings.public_url,
    }
    return drawing.page(office, visit, "leaflets.html", status, **shown)


def _choices(world: World, texts: Texts, now: datetime) -> dict[str, object]:
    """What can be chosen: sessions with dates to come, answers that are live, languages that are on."""
    listings = world.directory.listings.items()
    articles = world.content.articles.values()
    return {
        "purposes": PURPOSES,
        "kinds": PAPERS,
        "languages": [one for one in world.content.languages.values() if one.enabled],
        "sessions": [
            (id, f"{one.series.title['en']} ({where(world, texts, id)})")
            for id, one in listings
            if one.dates.after(now)
        ],
        "articles": [(one.id, one.question) for one in articles if one.status == "live"],
    }


def _with_target(asked: dict[str, str]) -> dict[str, str]:
    """A link from a session's own page names it as the target."""
    target = asked.pop("target")
    field = asked["purpose"] if asked["purpose"] in ("session", "article") else ""
    return asked | {field: target} if target and field else asked


def _wish(asked: Mapping[str, str]) -> Wish | None:
    """What was chosen; None for a form that is not complete."""
    purpose = _purpose(asked.get("purpose", ""))
    kind = _kind(asked.get("kind") or "a5")
    if purpose is None or kind is None:
        return None
    target = asked.get(purpose, "") if purpose in ("session", "article") else ""
    area, language = asked.get("area", ""), asked.get("language") or "en"
    return Wish(purpose, target, area, language, kind, bool(asked.get("large")))


def _purpose(written: str) -> Purpose | None:
    return next((one for one in PURPOSES if one == written), None)


def _kind(written: str) -> Paper | None:
    return next((one for one in PAPERS if one == written), None)


PAGES: tuple[Page, ...] = (
    Page("/leaflets", "GET", "look", show),
    Page("/leaflets", "POST", "sessions", make),
    Page("/leaflets/preview.png", "GET", "look", preview),
    Page("/leaflets/{id}", "GET", "look", one),
    Page("/leaflets/{id}/picture.png", "GET", "look", picture),
    Page("/leaflets/{id}/leaflet.pdf", "GET", "look", file),
)

"""Small listings for the tests: everything that a test does not care about is filled in."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from bot.content.listings import PlaceFile, PlaceName, Series, Service, ServiceFile, SessionFile
from bot.content.shapes import Area, AreaFile
from bot.conversation.texts import Texts
from bot.directory import Directory, build_directory
from bot.model import Location

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LEITH = Location("Leith", 55.9725, -3.1752, "scotland")
AREAS = (
    Area(id="scotland", name={"en": "Scotland"}, nation="scotland", letters=("EH", "G", "IV", "TD")),
    Area(id="london", name={"en": "London"}, nation="england", letters=("N", "SE", "EC")),
    Area(id="wessex", name={"en": "Wessex"}, nation="england", letters=("SO", "BH")),
)


def session(id: str = "walk", **told: object) -> Series:
    """An online class tomorrow at 10.30, unless told otherwise."""
    filled = {
        "id": id,
        "service": "team",
        "title": "Walking group",
        "kinds": "group",
        "topics": ["being-active"],
        "mode": "online",
        "starts": "2026-11-24T10:30",
        "minutes": 45,
        "sample": True,
        "checked": date(2026, 11, 1),
        "review": date(2027, 11, 1),
    }
    return Series.model_validate({**filled, **told})


def at_venue(id: str, postcode: str, step_free: object = "not stated", **told: object) -> Series:
    venue = {"name": "SAMPLE Hall", "postcode": postcode, "step_free": step_free}
    return session(id, **{"mode": "in-person", "venue": venue, **told})


def service(**told: object) -> Service:
    filled = {
        "id": "team",
        "name": "SAMPLE Team",
        "provider": "SAMPLE Team",
        "provider_type": "sample",
        "what": "A made-up team.",
        "source": "made up",
        "sample": True,
        "checked": date(2026, 11, 1),
        "review": date(2027, 11, 1),
    }
    return Service.model_validate({**filled, **told})


def directory(*sessions: Series, team: Service | None = None) -> Directory:
    return build_directory([team or service()], sessions, (), AREAS, "Europe/London")


def real_places() -> tuple[PlaceName, ...]:
    return PlaceFile.model_validate(_yaml("places.yaml")).places


def real_areas() -> tuple[Area, ...]:
    return AreaFile.model_validate(_yaml("areas.yaml")).areas


def real_directory() -> Directory:
    """What the navigator really knows."""
    areas = ("scotland", "london", "wessex")
    services = [
        one for area in areas for one in ServiceFile.model_validate(_yaml(f"services/{area}.yaml")).services
    ]
    sessions = [
        one for area in areas for one in SessionFile.model_validate(_yaml(f"sessions/{area}.yaml")).sessions
    ]
    return build_directory(services, sessions, real_places(), real_areas(), "Europe/London")


def english() -> Texts:
    written = _yaml("texts/en/sessions.yaml")
    assert isinstance(written, dict)
    return Texts({"en": {key: (text,) for key, text in written.items()}})


def _yaml(name: str) -> object:
    return yaml.safe_load((KNOWLEDGE / name).read_text(encoding="utf-8"))

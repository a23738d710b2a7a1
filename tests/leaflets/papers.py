"""The real world with a secret of its own, and leaflets of it."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from bot.content.shapes import Language
from bot.conversation.navigator import Navigator
from bot.conversation.world import World
from bot.leaflet_links import PAPERS, Kind, LeafletLinks, Purpose, Wish
from bot.leaflets.sheet import Sheet, sheet
from tests.worlds import real

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
WEBSITE = "https://prehab.example.org"
LINKS = LeafletLinks.of("not a secret")
OTHERS = LeafletLinks.of("the secret of another hospital")
SESSION = "sco-get-active"
ARABIC = "استعد للعلاج"
"""Made-up words: nobody has translated anything yet."""
EVERY: tuple[tuple[Kind, bool], ...] = tuple((kind, large) for kind in PAPERS for large in (False, True))


@cache
def navigator() -> Navigator:
    """The real one, with links of its own and a bot on Telegram."""
    world = real().world
    local = replace(world.local, leaflets=LINKS, telegram_name="prehab_test_bot", website=WEBSITE)
    return Navigator(replace(world, local=local))


@cache
def right_to_left() -> World:
    """The same with a language that runs from right to left, switched on for tests only."""
    world = navigator().world
    arabic = Language(id="ar", name="العربية", english="Arabic", right_to_left=True, enabled=True)
    said = {
        key: (f"{ARABIC} {key.rpartition('.')[2]}",) for key in world.content.texts["en"] if "leaflet." in key
    }
    said |= {"leaflet.phone": ("اتصل {name}:",), "leaflet.qr": ("{address}",)}
    texts = {**world.content.texts, "ar": said}
    content = replace(world.content, languages={**world.content.languages, "ar": arabic}, texts=texts)
    return replace(world, content=content)


def wish(purpose: Purpose = "check", kind: Kind = "a5", large: bool = False, **rest: str) -> Wish:
    target = {"session": SESSION, "article": "what-is-prehab", "video": "exercise-videos"}.get(purpose, "")
    return Wish(purpose, target, rest.get("area", "scotland"), rest.get("language", "en"), kind, large)


def made(of: Wish, world: World | None = None, id: int = 7, website: str = WEBSITE) -> Sheet:
    return sheet(world or navigator().world, id, of, website, NOW)

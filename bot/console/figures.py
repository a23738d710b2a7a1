"""How the ids in measures are called on the insights page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date

from bot.conversation.texts import Texts
from bot.conversation.world import World

HERE = "console.insights"


@dataclass(frozen=True)
class Names:
    """Words of bot/insights/chapters.py. What is called nothing any more is shown by its id."""

    world: World
    texts: Texts
    leaflets: Mapping[str, str] = field(default_factory=dict)
    """By number: what they lead to."""

    def __call__(self, kind: str, id: str) -> str:
        if not id:
            return self.texts(f"{HERE}.not-known")
        match kind:
            case "month":
                return format_date(date.fromisoformat(f"{id}-01"), "MMMM y", locale="en_GB")
            case "place":
                return self.place(id)
            case "search":
                return self.search(id)
            case "leaflet":
                return self.texts(f"{HERE}.leaflet", number=id, what=self.leaflets.get(id, "")).strip(" :")
            case _:
                return self._in_content(kind, id) or self._said(kind, id)

    def place(self, id: str) -> str:
        """ "Highland"; where only the area pack is known, its name."""
        area, _, council = id.partition("/")
        return council or self("area", area)

    def search(self, id: str) -> str:
        """ "online, Being active"."""
        mode, _, what = id.partition("/")
        kind = f"{HERE}.kind.{what}"
        about = self._said("kind", what) if kind in self.texts.sentences["en"] else self("topic", what)
        return self.texts(f"{HERE}.searched", mode=self._said("mode", mode), what=about)

    def _said(self, kind: str, id: str) -> str:
        key = f"{HERE}.{kind}.{id}"
        return self.texts(key) if key in self.texts.sentences["en"] else id

    def _in_content(self, kind: str, id: str) -> str:
        content = self.world.content
        match kind:
            case "topic" if id in content.topics:
                return content.topics[id].title["en"]
            case "session" if id in content.sessions:
                return content.sessions[id].title["en"]
            case "area" if id in content.areas:
                return content.areas[id].name["en"]
            case "language" if id in content.languages:
                return content.languages[id].english
            case _:
                return ""

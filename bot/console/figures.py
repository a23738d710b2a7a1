"""How ids are called on the pages: of areas, languages, topics, and whatever measures count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from babel.dates import format_date

from bot.content.flows import Ask
from bot.conversation.texts import Texts
from bot.conversation.world import World

HERE = "console.insights"
ELSEWHERE = {"switch": "switch", "deed": "console.audit.deed"}


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
                return self._in_content(kind, id) or self._request(kind, id) or self._said(kind, id)

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
        key = f"{ELSEWHERE.get(kind, f'{HERE}.{kind}')}.{id}"
        return self.texts(key) if key in self.texts.sentences["en"] else id

    def _request(self, kind: str, id: str) -> str:
        """What somebody wants to talk about, in the words that they chose it by."""
        flow = self.world.content.flows.get("talk-to-person") if kind == "request" else None
        asking = [step for step in flow.steps.values() if isinstance(step, Ask)] if flow else []
        return next((one.label["en"] for step in asking for one in step.options if one.id == id), "")

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
            case "article" if id in content.articles:
                return content.articles[id].question
            case _:
                return ""

"""Shared questions in their groups, as the page shows them; worked out once for the same questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.authoring.likeness import Group, group
from bot.authoring.scrub import scrub
from bot.conversation.world import World
from bot.search import Index
from bot.search.found import Confidence
from bot.store.questions import Shared, source_of

MOST_OF_A_GROUP = 1000
"""Questions that one press deals with; the others of a larger group come again."""
SHOWN = 8
"""Ways of asking that stand on the page; the form has them all."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The article that the search gives now, and how sure it is of it."""

    id: str
    question: str
    score: float
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Asked:
    """One group. `people` is how many different people asked; `words` differ, the most central first."""

    title: str
    people: int
    words: tuple[str, ...]
    sources: tuple[str, ...]
    nearest: Nearest | None

    @property
    def shown(self) -> tuple[str, ...]:
        return self.words[1 : SHOWN + 1]

    @property
    def more(self) -> int:
        return max(0, len(self.words) - 1 - SHOWN)


@dataclass(frozen=True)
class _All:
    """What the groups depend on; the index is that of the content of this fingerprint."""

    fingerprint: str
    texts: tuple[str, ...]
    index: Index = field(compare=False)


def grouped(world: World, rows: Sequence[Shared]) -> tuple[Group, ...]:
    """About a second for 5,000 questions that it has not seen before; for a thread."""
    return _grouped(_All(world.content.fingerprint, tuple(row.text for row in rows), world.index))


@lru_cache(maxsize=2)
def _grouped(all: _All) -> tuple[Group, ...]:
    return group(all.texts, all.index)


def as_shown(world: World, rows: Sequence[Shared], one: Group) -> Asked:
    """Scrubbed once more: what was kept by an older version was scrubbed less well."""
    mine = [rows[at] for at in one.places[:MOST_OF_A_GROUP]]
    words = scrubbed(mine)
    return Asked(
        title=words[0],
        people=len({row.person for row in mine}),
        words=words,
        sources=tuple(source_of(row.id) for row in mine),
        nearest=nearest(world, words[0]),
    )


def scrubbed(rows: Iterable[Shared]) -> tuple[str, ...]:
    """Each wording once, in the order in which they came."""
    return tuple(dict.fromkeys(scrub(text).text for text in dict.fromkeys(row.text for row in rows)))


def nearest(world: World, question: str) -> Nearest | None:
    found = world.index.find(question, 1)
    for hit in found.hits:
        if article := world.content.articles.get(hit.id):
            return Nearest(hit.id, article.question, hit.score, found.confidence)
    return None

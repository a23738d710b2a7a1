"""What may be published of a measure: every picture, page and export of a month reads from one such table."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any, TypeAlias, TypeVar

from bot.insights.circulation import FEWEST, Edge, Name, Node, hidden
from bot.store.measures import Total

Columns: TypeAlias = tuple[str, ...]
Key: TypeAlias = tuple[str, ...]
Shown: TypeAlias = int | None
"""A number, or None: fewer than 5, or hidden because it would give such a number away."""

Counts = TypeVar("Counts", bound=Hashable)
TOTAL: Name = ("total",)
SUM_COST, TOTAL_COST = 1_000_000, 1_000_000_000
"""Details are hidden before sums, and the total last of all."""
STEP = 5
"""What is still changing is rounded to this, so that nobody sees a single person come."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The sums of a measure that may be shown, each beside the next: outcome by topic, topic by area …

    Only neighbours are shown together. `sparse` names layers with so many values that only pairs that
    occurred are looked at: on a page, one that did not is not told from one that is hidden. A layer that says
    more about the same is always sparse: its other pairs cannot occur, and hide nothing.
    """

    layers: tuple[Columns, ...]
    sparse: tuple[Columns, ...] = ()

    def grid(self, number: int) -> bool:
        """Whether all pairs of a layer with its next are looked at."""
        return not {self.layers[number], self.layers[number + 1]} & set(self.sparse)


USUAL = Chain((("outcome",), ("what",), ("area",), ("language",)))
BY_PLACE = Chain(
    (("outcome",), ("what", "outcome"), ("place",), ("area",), ("language",)),
    sparse=(("what", "outcome"), ("place",)),
)

WAITS = Chain(
    (("outcome",), ("step", "outcome"), ("what", "outcome"), ("area",), ("language",)),
    sparse=(("step", "outcome"), ("what", "outcome")),
)


@dataclass(frozen=True)
class Published:
    """A month of a measure: its total, the sums of each layer, and those of each layer with the next."""

    total: Shown = None
    sums: Mapping[Columns, Mapping[Key, Shown]] = field(default_factory=dict)
    pairs: Mapping[tuple[Columns, Columns], Mapping[tuple[Key, Key], Shown]] = field(default_factory=dict)

    def by(self, *columns: str) -> Mapping[Key, Shown]:
        return self.sums.get(columns, {})

    def both(self, first: Columns, then: Columns) -> Mapping[tuple[Key, Key], Shown]:
        return self.pairs.get((first, then), {})


def publish(found: Iterable[Total], chain: Chain = USUAL, rounded: bool = False) -> Published:
    """What may be shown of one measure in one month; `rounded` while the month is not over."""
    edges = circulation_of(list(found), chain)
    if not edges:
        return Published()
    gone = hidden(edges)
    shown = {name: None if name in gone else _number(edge.number, rounded) for name, edge in edges.items()}
    return Published(
        shown[TOTAL],
        {layer: _keyed(shown, ("sum", n)) for n, layer in enumerate(chain.layers)},
        {two: _keyed(shown, ("pair", n)) for n, two in enumerate(pairwise(chain.layers))},
    )


def about(count: int) -> Shown:
    """The nearest 5 of what is never shown exactly; nothing of what is small."""
    return None if count < FEWEST else _number(count, rounded=True)


def _number(count: int, rounded: bool) -> int:
    return (count + STEP // 2) // STEP * STEP if rounded else count


def _keyed(shown: Mapping[Name, Shown], kind: tuple[str, int]) -> dict[Any, Shown]:
    """Of the names ("sum", layer, key) or ("pair", layer, (key, key)) those of one kind and layer, by key."""
    return {name[2]: value for name, value in shown.items() if name[:2] == kind}


# ---- a measure as a circulation ---------------------------------------------------------------------------


def circulation_of(found: Sequence[Total], chain: Chain) -> dict[Name, Edge]:
    """Each sum flows from its layer's side to the next one's, and the total from the end to the start."""
    if not found:
        return {}
    keys = [[_key(one, layer) for one in found] for layer in chain.layers]
    times = [one.times for one in found]
    sums = [_counted(layer, times) for layer in keys]
    edges = {TOTAL: Edge("end", "start", sum(times), TOTAL_COST)}
    for n, layer in enumerate(sums):
        for key, number in layer.items():
            tail: Node = ("in", n, key) if n else "start"
            head: Node = ("out", n, key) if n < len(sums) - 1 else "end"
            edges["sum", n, key] = Edge(tail, head, number, SUM_COST + number)
    for n, (first, then) in enumerate(pairwise(keys)):
        pairs = _counted(zip(first, then, strict=True), times)
        for a, b in product(sums[n], sums[n + 1]) if chain.grid(n) else pairs:
            number = pairs.get((a, b), 0)
            edges["pair", n, (a, b)] = Edge(("out", n, a), ("in", n + 1, b), number, number + 1)
    return edges


def _counted(keys: Iterable[Counts], times: Iterable[int]) -> dict[Counts, int]:
    counted: dict[Counts, int] = {}
    for key, number in zip(keys, times, strict=True):
        counted[key] = counted.get(key, 0) + number
    return counted


def _key(one: Total, layer: Columns) -> Key:
    return tuple([COLUMNS[column](one) for column in layer])


COLUMNS: Mapping[str, Callable[[Total], str]] = {
    "what": lambda one: one.what,
    "outcome": lambda one: one.outcome,
    "area": lambda one: one.area.partition("/")[0],
    "step": lambda one: one.what.partition("/")[2],
    "place": lambda one: one.area,
    "language": lambda one: one.language,
}
"""A measure's area is a pack, or a pack and a council: "scotland/Highland"."""

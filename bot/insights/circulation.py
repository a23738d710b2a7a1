"""Which numbers must stay hidden so that no small one can be found from those that are shown.

The numbers of a table with its sums are a circulation: every sum flows on into the sums of the next kind, and
the total flows round. A hidden number can be found exactly when no circle of hidden numbers leads through it
(add 1 along the circle, and everything that is shown stays as it is).
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

FEWEST = 5
"""Smaller numbers are not shown (needs 19, 28 and 30)."""
Name: TypeAlias = tuple[Hashable, ...]
Node: TypeAlias = Hashable


class Edge(NamedTuple):
    """A number that flows from one node to another; `cost` is how much its hiding would be missed."""

    tail: Node
    head: Node
    number: int
    cost: int


class Way(NamedTuple):
    """A step along an edge: forwards adds 1 to its number, backwards takes 1 away."""

    to: Node
    name: Name
    cost: int


def hidden(edges: Mapping[Name, Edge]) -> frozenset[Name]:
    """The small numbers, and as few and as small others as keep each small one open to 2 values at least."""
    every, free = _ways(edges, edges), dict[Node, list[Way]]()
    small = sorted(name for name, edge in edges.items() if edge.number < FEWEST)
    gone, open_ = set(small), set[Name]()
    _ways(edges, small, free)
    for name in small:
        if name in open_:
            continue
        circle = _circle(edges, free, name, gone)
        if circle is None:
            circle = _circle(edges, every, name, gone) or frozenset()
            _ways(edges, circle - gone, free)
        # Every number on the circle may be 1 more or 1 less.
        open_ |= circle
        gone |= circle
    return frozenset(gone)


def _ways(
    edges: Mapping[Name, Edge], names: Iterable[Name], ways: dict[Node, list[Way]] | None = None
) -> dict[Node, list[Way]]:
    """The ways out of each node along these edges, added to those there are."""
    ways = {} if ways is None else ways
    for name in names:
        edge = edges[name]
        ways.setdefault(edge.tail, []).append(Way(edge.head, name, edge.cost))
        if edge.number:
            # Nothing can be taken from a number that is 0.
            ways.setdefault(edge.head, []).append(Way(edge.tail, name, edge.cost))
    return ways


def _circle(
    edges: Mapping[Name, Edge], ways: Mapping[Node, list[Way]], name: Name, gone: set[Name]
) -> frozenset[Name] | None:
    """The circle through this number for which least has to be hidden: with 1 more of it, or 1 less."""
    edge = edges[name]
    found = [_path(ways, (edge.head, edge.tail), name, gone)]
    if edge.number and (found[0] is None or found[0][0]):
        found.append(_path(ways, (edge.tail, edge.head), name, gone))
    circles = [one for one in found if one is not None]
    return frozenset({name, *min(circles)[1]}) if circles else None


def _path(
    ways: Mapping[Node, list[Way]], ends: tuple[Node, Node], but: Name, gone: set[Name]
) -> tuple[int, tuple[Name, ...]] | None:
    """Dijkstra's way from one node to another; what is hidden already costs nothing."""
    start, goal = ends
    before: dict[Node, tuple[Node, Name]] = {}
    far, left, number = {start: 0}, [(0, 0, start)], 0
    while left:
        cost, _, here = heappop(left)
        if here == goal:
            return cost, tuple(_walked(before, start, goal))
        for way in ways.get(here, ()) if cost == far[here] else ():
            sum_ = cost + (0 if way.name in gone else way.cost)
            if way.name != but and sum_ < far.get(way.to, 1 << 60):
                far[way.to], before[way.to], number = sum_, (here, way.name), number + 1
                heappush(left, (sum_, number, way.to))
    return None


def _walked(before: Mapping[Node, tuple[Node, Name]], start: Node, goal: Node) -> Iterator[Name]:
    while goal != start:
        goal, name = before[goal]
        yield name

"""Which numbers must stay hidden so that no small one can be found from those that are shown.

The numbers of a table with its sums are a circulation: every sum flows on into the sums of the next kind, and
the total flows round. A hidden number can be found exactly when no circle of hidden numbers leads through it
(add 1 along the circle, and everything that is shown stays as it is).

Places that circles of hidden numbers have joined are one place from then on: whatever is hidden within it has
its circle. So a month of 2,000 sessions, of which nearly every number is small, takes a second and not hours.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

FEWEST = 5
"""Smaller numbers are not shown (needs 19, 28 and 30)."""
Name: TypeAlias = tuple[Hashable, ...]
Node: TypeAlias = Hashable
Ways: TypeAlias = list[list[tuple[int, int]]]
"""By place: the next place, and the number of the edge that leads there."""


class Edge(NamedTuple):
    """A number that flows from one node to another; `cost` is how much its hiding would be missed."""

    tail: Node
    head: Node
    number: int
    cost: int


def hidden(edges: Mapping[Name, Edge]) -> frozenset[Name]:
    """The small numbers, and as few and as small others as keep each small one open to 2 values at least."""
    names = sorted(name for name, edge in edges.items() if edge.number < FEWEST)
    names += [name for name, edge in edges.items() if edge.number >= FEWEST]
    world = _World([edges[name] for name in names])
    small = sum(edge.number < FEWEST for edge in world.edges)
    gone = set(range(small))
    for at in range(small):
        circle = world.circle(at)
        gone |= circle
        # Every number on the circle may be 1 more or 1 less.
        world.join(circle)
    return frozenset(names[at] for at in gone)


class _World:
    """Places and the ways between them, both by number; small numbers are hidden from the beginning."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.edges = edges
        self._cost = [edge.cost if edge.number >= FEWEST else 0 for edge in edges]
        places = {node: at for at, node in enumerate(dict.fromkeys(_nodes(edges)))}
        self._ends = [(places[edge.tail], places[edge.head]) for edge in edges]
        self._joined = list(range(len(places)))
        self._out: Ways = [[] for _ in places]
        self._in: Ways = [[] for _ in places]
        for at, (tail, head) in enumerate(self._ends):
            self._lead(tail, head, at)
            if edges[at].number:
                # Nothing can be taken from a number that is 0.
                self._lead(head, tail, at)

    def _lead(self, tail: int, head: int, at: int) -> None:
        self._out[tail].append((head, at))
        self._in[head].append((tail, at))

    def circle(self, at: int) -> set[int]:
        """The circle through this edge for which least has to be hidden: with 1 more of it, or 1 less. Empty
        where it needs none any more, or where there is none."""
        tail, head = (self._place(end) for end in self._ends[at])
        if tail == head:
            return set()
        found = [self._path(head, tail, at)]
        if self.edges[at].number and (found[0] is None or found[0][0]):
            found.append(self._path(tail, head, at))
        circles = [one for one in found if one is not None]
        return {at, *min(circles)[1]} if circles else set()

    def join(self, circle: Iterable[int]) -> None:
        """What lies on a circle is hidden, and its places are one."""
        for at in circle:
            self._cost[at] = 0
            less, more = sorted((self._place(end) for end in self._ends[at]), key=self._size)
            if less != more:
                self._joined[less] = more
                self._out[more] += self._out[less]
                self._in[more] += self._in[less]

    def _place(self, node: int) -> int:
        """The place that this one has become a part of."""
        while (above := self._joined[node]) != node:
            self._joined[node] = node = self._joined[above]
        return node

    def _size(self, place: int) -> int:
        return len(self._out[place])

    def _path(self, start: int, goal: int, but: int) -> tuple[int, list[int]] | None:
        """The cheapest way from one place to another, from that end at which there are fewer ways."""
        if self._size(start) <= self._size(goal):
            return self._search(self._out, start, goal, but)
        return self._search(self._in, goal, start, but)

    def _search(self, ways: Ways, start: int, goal: int, but: int) -> tuple[int, list[int]] | None:
        """Dijkstra's; what it costs, and the edges."""
        before: dict[int, tuple[int, int]] = {}
        far, left = {start: 0}, [(0, start)]
        while left:
            cost, here = heappop(left)
            if here == goal:
                return cost, _walked(before, start, goal)
            for node, at in ways[here] if cost == far[here] else ():
                sum_, there = cost + self._cost[at], self._place(node)
                if at != but and (there not in far or sum_ < far[there]):
                    far[there], before[there] = sum_, (here, at)
                    heappush(left, (sum_, there))
        return None


def _nodes(edges: Iterable[Edge]) -> Iterable[Node]:
    return (node for edge in edges for node in (edge.tail, edge.head))


def _walked(before: Mapping[int, tuple[int, int]], start: int, goal: int) -> list[int]:
    edges = []
    while goal != start:
        goal, at = before[goal]
        edges.append(at)
    return edges

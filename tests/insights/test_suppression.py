"""No small number is shown, and none can be found: an attacker tries every table there could be."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import product
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.insights.circulation import Edge, Name, hidden
from bot.insights.suppression import Chain, Published, about, circulation_of, publish
from bot.store.measures import Total

FEW = Chain((("what",), ("area",)))
THREE = Chain((("outcome",), ("what",), ("area",)))
Ways: TypeAlias = dict[Hashable, list[tuple[Hashable, Name]]]


def table(rows: Sequence[Sequence[int]]) -> list[Total]:
    """Counts by topic (rows) and area (columns)."""
    return [
        Total("question", "2026-11", f"t{r}", "sure", f"a{c}", "en", count)
        for r, row in enumerate(rows)
        for c, count in enumerate(row)
    ]


def numbers(published: Published) -> Iterator[int | None]:
    """Everything that is shown or hidden, always in the same order."""
    yield published.total
    for sums in published.sums.values():
        yield from sums.values()
    for pairs in published.pairs.values():
        yield from pairs.values()


def truth(rows: Sequence[Sequence[int]]) -> list[int]:
    """The same numbers, all of them, in the same order."""
    across = [sum(row) for row in rows]
    down = [sum(column) for column in zip(*rows, strict=True)]
    return [sum(across), *across, *down, *(count for row in rows for count in row)]


def agrees(shown: Sequence[int | None], could_be: Sequence[int]) -> bool:
    return all(number in (None, one) for number, one in zip(shown, could_be, strict=True))


def possible(shown: Sequence[int | None], height: int, width: int, most: int) -> Iterator[list[int]]:
    """Every table that agrees with what is shown."""
    for cells in product(range(most + 1), repeat=height * width):
        rows = [cells[at : at + width] for at in range(0, height * width, width)]
        could_be = truth(rows)
        if agrees(shown, could_be):
            yield could_be


small_tables = st.sampled_from([(2, 2), (1, 3), (3, 1), (1, 2), (2, 1)]).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 8), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@settings(max_examples=25, deadline=None)
@given(small_tables)
def test_whoever_tries_every_table_finds_no_small_number(rows: list[list[int]]) -> None:
    shown = list(numbers(publish(table(rows), FEW)))
    assert all(number is None or number >= 5 for number in shown)
    tried = list(zip(*possible(shown, len(rows), len(rows[0]), most=10), strict=True))
    for number, real, could_be in zip(shown, truth(rows), tried, strict=True):
        if real < 5:
            assert number is None
            assert len(set(could_be)) >= 2


def of_topics(published: Published, other: str) -> list[int | None]:
    """The picture of 2 topics by 2 of something else, in the order of truth()."""
    what, then = ("what",), (other,)
    there = published.both(what, then)
    pairs = there or {(b, a): number for (a, b), number in published.both(then, what).items()}
    sums = [published.total, *published.by(*what).values(), *published.by(*then).values()]
    return [*sums, *(pairs[a, b] for a in published.by(*what) for b in published.by(*then))]


def by_topics(shown: Sequence[int | None]) -> dict[tuple[int, ...], list[list[int]]]:
    """Every table that agrees with the picture, by the sums of its topics."""
    found: dict[tuple[int, ...], list[list[int]]] = {}
    for one in possible(shown, 2, 2, most=8):
        found.setdefault(tuple(one[1:3]), []).append(one)
    return found


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_two_pictures_laid_over_each_other_give_no_small_number_away(counts: list[int]) -> None:
    """Topic by outcome and topic by area: the attacker tries all pairs of tables whose topics agree."""
    found = [
        Total("question", "2026-11", f"t{n // 2 % 2}", f"o{n // 4}", f"a{n % 2}", "en", count)
        for n, count in enumerate(counts)
    ]
    pictures = [of_topics(publish(found, THREE), other) for other in ("outcome", "area")]
    could = [by_topics(shown) for shown in pictures]
    agreed = could[0].keys() & could[1].keys()
    for shown, tables in zip(pictures, could, strict=True):
        tried = zip(*(one for topics in agreed for one in tables[topics]), strict=True)
        counted = zip(shown, tried, strict=True)
        assert all(number is not None or len(set(values)) >= 2 for number, values in counted)


def test_every_small_number_of_a_large_table_could_be_another() -> None:
    """300 sessions of which nearly every number is small: a network of flows finds another value of each."""
    keys = [(f"s{n * 131 % 307}", "abcd"[n * 7 % 11 % 4], "xyz"[n // 5 % 3]) for n in range(1500)]
    found = [Total("booking", "2026-11", *key, "en", many) for key, many in Counter(keys).items()]
    edges = circulation_of(found, THREE)
    gone = hidden(edges)
    ways: Ways = {}
    for name in gone:
        ways.setdefault(edges[name].tail, []).append((edges[name].head, name))
        if edges[name].number:
            ways.setdefault(edges[name].head, []).append((edges[name].tail, name))
    small = [name for name, edge in edges.items() if edge.number < 5]
    assert gone.issuperset(small)
    for name in small[::20]:
        assert round_trip(ways, edges[name], name), name


def round_trip(ways: Ways, edge: Edge, name: Name) -> bool:
    """Whether hidden numbers lead from one end of this one to its other end."""
    ends = [(edge.head, edge.tail), *([(edge.tail, edge.head)] if edge.number else [])]
    return any(goal in reached(ways, start, name) for start, goal in ends)


def reached(ways: Ways, start: Hashable, but: Name) -> set[Hashable]:
    seen, todo = {start}, [start]
    while todo:
        new = {to for to, name in ways.get(todo.pop(), ()) if name != but} - seen
        seen |= new
        todo += new
    return seen


def test_one_small_number_takes_others_with_it_but_no_sum() -> None:
    published = publish(table([[20, 3], [30, 40]]), FEW)
    assert published.total == 93
    assert list(published.by("what").values()) == [23, 70]
    assert list(published.by("area").values()) == [50, 43]
    assert list(published.both(("what",), ("area",)).values()) == [None, None, None, None]


def test_a_small_sum_hides_another_sum() -> None:
    published = publish(table([[3], [30], [40]]), FEW)
    assert list(published.by("what").values()) == [None, None, 40]
    assert published.total == 73


def test_what_is_large_is_all_shown() -> None:
    assert None not in numbers(publish(table([[20, 30], [30, 40]]), FEW))


def test_two_pictures_of_one_month_cannot_be_set_against_each_other() -> None:
    """By outcome and by area are two pictures; what is hidden in one stays hidden in both."""
    found = [
        Total("question", "2026-11", "sleep", "sure", "north", "en", 17),
        Total("question", "2026-11", "sleep", "unknown", "south", "en", 3),
        Total("question", "2026-11", "work", "sure", "north", "en", 10),
        Total("question", "2026-11", "work", "unknown", "south", "en", 12),
    ]
    published = publish(found, THREE)
    by_outcome = published.both(("outcome",), ("what",))
    by_area = published.both(("what",), ("area",))
    assert by_outcome[("unknown",), ("sleep",)] is None
    assert by_area[("sleep",), ("south",)] is None
    shown = [sum(n is not None for n in pairs.values()) for pairs in (by_outcome, by_area)]
    assert shown == [0, 0]
    assert published.by("what") == {("sleep",): 20, ("work",): 22}


def test_a_month_that_is_not_over_moves_in_fives() -> None:
    published = publish(table([[21, 32], [33, 44]]), FEW, rounded=True)
    assert list(numbers(published)) == [130, 55, 75, 55, 75, 20, 30, 35, 45]


def test_nothing_at_all_is_nothing() -> None:
    assert publish([], FEW) == Published()


def test_what_is_never_exact_is_given_in_fives() -> None:
    assert [about(count) for count in (0, 4, 5, 7, 8, 122)] == [None, None, 5, 5, 10, 120]

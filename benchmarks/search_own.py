"""Measures the search on our own content with messages that its authors never saw, by voice and by topic.

Only sums are printed: whoever reads a miss and mends it has used the message up."""

from collections.abc import Callable, Sequence

from benchmarks.search_sets import Question, own
from benchmarks.searchers import Ours, ours
from bot.search import Found

Asked = tuple[Question, Found]
COLUMNS = ("asked", "first", "in three", "sure", "sure+right", "sure+wrong")
TARGET = {"first": 0.90, "in three": 0.97}
MOST_SURE_STRANGERS = 0.05


def show_own() -> None:
    """The tables: all messages, each voice, each topic, and the messages that no article answers."""
    given = own()
    built = ours(given)
    assert isinstance(built, Ours)
    asked = [(one, built.index.find(one.ways[0], 3)) for one in given.asked]
    strange = [(one, built.index.find(one.ways[0], 3)) for one in given.strange]
    print(f"\nour own content: {len(given.entries)} articles, {len(asked)} held-out messages")
    print(f"{'':<30}" + "".join(f"{column:>11}" for column in COLUMNS))
    _row("all", asked)
    print(f"{'  target':<30}{'':11}" + "".join(f"{TARGET[column]:11.2f}" for column in COLUMNS[1:3]))
    _by("voice", asked, lambda one: one.voice)
    _by("topic", asked, lambda one: one.topic)
    _strangers(strange)


def _by(title: str, asked: Sequence[Asked], group: Callable[[Question], str]) -> None:
    names = sorted({group(one) for one, _ in asked} - {""})
    for name in names:
        _row(f"  {title}: {name}", [pair for pair in asked if group(pair[0]) == name])


def _row(title: str, asked: Sequence[Asked]) -> None:
    first = [bool(found.hits) and found.hits[0].id in one.gold for one, found in asked]
    three = [any(hit.id in one.gold for hit in found.hits) for one, found in asked]
    sure = [found.confidence == "sure" for _, found in asked]
    right = [is_sure and is_first for is_sure, is_first in zip(sure, first, strict=True)]
    shares = [sum(kind) / max(len(asked), 1) for kind in (first, three, sure, right)]
    cells = [*shares, shares[2] - shares[3]]
    print(f"{title:<30}{len(asked):>11}" + "".join(f"{cell:11.3f}" for cell in cells), flush=True)


def _strangers(strange: Sequence[Asked]) -> None:
    print(f"\nout of scope, share answered surely (target: at most {MOST_SURE_STRANGERS:.0%})")
    kinds = sorted({one.voice for one, _ in strange})
    groups = [("all", strange)] + [
        (kind, [pair for pair in strange if pair[0].voice == kind]) for kind in kinds
    ]
    for name, group in groups:
        # `gold` names the articles that honestly say who can help; any other sure answer is wrong.
        sure = sum(found.confidence == "sure" and found.hits[0].id not in one.gold for one, found in group)
        print(f"  {name or 'all':<28}{len(group):>11}{sure / max(len(group), 1):11.3f}")

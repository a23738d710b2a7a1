"""Measures the search on public question sets and on our own content, beside plain rapidfuzz and FTS5."""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from benchmarks.search_own import show_own
from benchmarks.search_sets import KINDS, PUBLIC, Question, Set, load, public_names
from benchmarks.searchers import SEARCHERS, Searcher

Row: TypeAlias = dict[str, float]
COLUMNS = (*KINDS, "mean", "recall@3", "AUROC", "right@5%", "p50 ms", "p99 ms", "build s", "MB")
TARGETS = {
    "ours, with vectors": {"clean": 0.79, "mean": 0.77, "recall@3": 0.91, "AUROC": 0.84, "right@5%": 0.45},
    "ours, without vectors": {
        "clean": 0.765,
        "mean": 0.75,
        "recall@3": 0.88,
        "AUROC": 0.83,
        "right@5%": 0.44,
    },
}
GOAL = {"clean": 0.845, "mean": 0.825, "recall@3": 0.945, "AUROC": 0.871, "right@5%": 0.514}
"""Beyond the targets: what the lexical core reaches with MiniLM, in 29 ms."""
LIMITS = {"p99 ms": 8.0, "build s": 2.0, "MB": 200.0}
"""Of the large collection."""


def main() -> int:
    """Every searcher on every set, each in a process of its own; then the means beside the targets."""
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], load(sys.argv[2]))))
        return 0
    names = public_names()
    if not names:
        print(f"The public question sets are not here ({PUBLIC.name}/): only our own content is measured.")
    print(" " * 42 + "".join(f"{column:>9}" for column in COLUMNS))
    for searcher in SEARCHERS:
        rows = [_told(searcher, name) for name in names]
        if rows:
            _show(f"{searcher}: mean", _mean(rows))
            _targets(searcher)
        if names:
            _told(searcher, "large")
        _told(searcher, "own")
    print(f"targets at 8,015 phrasings (“large”): {LIMITS}")
    show_own()
    return 0


def _told(searcher: str, name: str) -> Row:
    command = [sys.executable, "-m", "benchmarks.search", searcher, name]
    row: Row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    _show(f"{searcher}: {name}", row)
    return row


def _show(title: str, row: Row) -> None:
    cells = (f"{row[column]:9.3f}" if column in row else " " * 9 for column in COLUMNS)
    print(f"{title:<42}" + "".join(cells), flush=True)


def _targets(searcher: str) -> None:
    if searcher in TARGETS:
        _show("  target (mean)", TARGETS[searcher])
        _show("  goal beyond it (mean)", GOAL)


def _mean(rows: Sequence[Row]) -> Row:
    return {column: statistics.fmean(row[column] for row in rows) for column in COLUMNS}


def measure(searcher: str, given: Set) -> Row:
    """Build, ask everything, and count."""
    started = time.perf_counter()
    built = SEARCHERS[searcher](given)
    seconds = time.perf_counter() - started
    built.search("warm up", 3)
    times: list[float] = []
    asked = [_ask(built, given.asked, kind, times) for kind in range(len(KINDS))]
    strange = [_ask(built, given.strange, kind, times) for kind in range(len(KINDS))]
    row = dict(_quality(given, asked, strange)) if given.name != "large" else {}
    row["p50 ms"], row["p99 ms"] = (float(np.quantile(times, at) * 1e3) for at in (0.5, 0.99))
    row["build s"], row["MB"] = seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return row


Answers: TypeAlias = list[Sequence[tuple[str, float]]]


def _ask(built: Searcher, questions: Sequence[Question], kind: int, times: list[float]) -> Answers:
    answers: Answers = []
    for question in questions:
        text = question.ways[kind % len(question.ways)]
        started = time.perf_counter()
        answers.append(built.search(text, 3))
        times.append(time.perf_counter() - started)
    return answers


def _quality(given: Set, asked: list[Answers], strange: list[Answers]) -> Iterator[tuple[str, float]]:
    """Means over the kinds of typing, of which our own content has only one."""
    firsts = [_right(given, answers, 1) for answers in asked]
    yield from ((kind, float(right.mean())) for kind, right in zip(KINDS, firsts, strict=True))
    yield "mean", statistics.fmean(float(right.mean()) for right in firsts)
    yield "recall@3", statistics.fmean(float(_right(given, answers, 3).mean()) for answers in asked)
    pairs = [(_tops(a), _tops(b)) for a, b in zip(asked, strange, strict=True)]
    yield "AUROC", statistics.fmean(_auroc(a, b) for a, b in pairs)
    kept = [a > np.quantile(b, 0.95) for a, b in pairs]
    yield "right@5%", statistics.fmean(float((r & k).mean()) for r, k in zip(firsts, kept, strict=True))


def _right(given: Set, answers: Answers, limit: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    pairs = zip(given.asked, answers, strict=True)
    return np.array([any(id in asked.gold for id, _ in hits[:limit]) for asked, hits in pairs], np.bool_)


def _tops(answers: Answers) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([hits[0][1] if hits else 0.0 for hits in answers], np.float64)


def _auroc(
    inside: np.ndarray[tuple[int], np.dtype[np.float64]],
    outside: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> float:
    """How often a question that has an answer scores higher than one that has none."""
    higher = (inside[:, None] > outside).mean()
    return float(higher + (inside[:, None] == outside).mean() / 2)


if __name__ == "__main__":
    sys.exit(main())

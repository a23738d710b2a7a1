"""`prehab search`: what the search finds for each line, as JSON or with its reasons."""

import json
from collections.abc import Iterable, Iterator

from bot.search import Explained, Found, Index


def answer_lines(index: Index, lines: Iterable[str], as_json: bool) -> Iterator[str]:
    """With `as_json` one object for every line, also for an empty one; else reasons, for a reader."""
    for line in lines:
        if as_json:
            yield _as_json(index.find(line))
        else:
            yield from _told(line, index.explain(line))


def _as_json(found: Found) -> str:
    hits = [{"id": hit.id, "score": round(hit.score, 4)} for hit in found.hits]
    return json.dumps({"confidence": found.confidence, "hits": hits}, ensure_ascii=False)


def _told(line: str, explained: Explained) -> Iterator[str]:
    """The message, how it was read, and each article with the phrasing and the words that led to it."""
    yield f"{line.strip()}  ({explained.found.confidence})"
    if explained.changed:
        yield f"  read as: {' '.join(explained.read)}"
    for reason in explained.reasons:
        words = ", ".join(reason.words) or "meaning and letters only"
        yield f"  {reason.hit.score:4.0%}  {reason.hit.id}: “{reason.phrasing}” ({words})"

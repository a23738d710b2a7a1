"""What the search says: the articles that fit, and how sure it is."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias


class Hit(NamedTuple):
    """An article and how well it fits; best first. `score` is the probability that it is right (0 to 1)."""

    id: str
    score: float


Confidence: TypeAlias = Literal["sure", "unsure", "unknown"]


@dataclass(frozen=True, slots=True)
class Found:
    confidence: Confidence
    hits: tuple[Hit, ...]

"""Says when a phrase is not about now: safe words, idioms, stories, questions, the long past, denials."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from bot.content.flags import Flag
from bot.safety.faults import Kind
from bot.safety.matching import Book, Found, Line
from bot.safety.scope import Stops, is_no_denial, is_past, is_unreal, negated

AHEAD = 8
"""Words that count from "what are the signs of" to the flag, at most."""
BEHIND = 5
"""The same, from the flag to "20 years ago"."""
SOON = 4
"""How soon after an aside "and now" must come to undo it."""

Aside: TypeAlias = Found[Kind]
Hit: TypeAlias = Found[Flag]


@dataclass
class Context:
    """The asides of one line: looked for when the first flag is met, and never in most messages."""

    line: Line
    book: Book[Kind]
    stops: Stops

    @cached_property
    def asides(self) -> list[Aside]:
        """Those that hold."""
        found = list(self.book.find(self.line))
        undoing = [aside for aside in found if aside.owner == "unless"]
        return [
            aside
            for aside in found
            if aside.owner == "stories"
            or (self._in_one_breath(aside) and not any(self._undoes(other, aside) for other in undoing))
        ]

    def switches_off(self, hit: Hit) -> str:
        """The aside that switches a hit off, as its author wrote it; "" if none does."""
        written = next((aside.phrase for aside in self.asides if self._applies(aside, hit)), "")
        return written or ("" if hit.owner.always else negated(hit.at, self.line, self.stops))

    def _applies(self, aside: Aside, hit: Hit) -> bool:
        if aside.owner in ("safe", "idioms"):
            return self._shares(aside, hit)
        if aside.owner == "past":
            return is_past(aside.at, hit.at, self.line, self.stops, hit.owner.always)
        return not hit.owner.always and self._reaches(aside, hit)

    def _reaches(self, aside: Aside, hit: Hit) -> bool:
        """Does a story, or a question before or after it, hold the hit?"""
        if aside.owner == "unreal":
            return is_unreal(aside.at, hit.at, self.line, self.stops)
        if aside.owner == "stories":
            return aside.at[0] <= hit.at[0] and hit.at[-1] <= aside.at[-1]
        if self._is_owned(hit):
            return False
        if aside.owner == "before":
            return aside.at[0] <= hit.at[0] and self._near(aside.at[-1], hit.at, AHEAD)
        begun = [at for at in hit.at if at < aside.at[0]]
        return aside.owner == "after" and bool(begun) and self._near(begun[-1], aside.at, BEHIND)

    def _is_owned(self, hit: Hit) -> bool:
        """ "my chest pain" is someone's, and not a question about chest pain."""
        return hit.at[0] > 0 and self.line.words[hit.at[0] - 1].text in self.stops.whose

    def _shares(self, aside: Aside, hit: Hit) -> bool:
        """Does the aside hold at least half of the words that count? More, of harm no question undoes."""
        counting = {at for at in hit.at if not self.line.little[at]} or set(hit.at)
        held = 2 * len(counting & set(aside.at))
        return held > len(counting) or (held == len(counting) and not hit.owner.always)

    def _near(self, end: int, second: tuple[int, ...], reach: int) -> bool:
        """Does the second part end soon after `end`, in its sentence, with no here and now between?"""
        if second[-1] <= end or self._sentence(end) != self._sentence(second[-1]):
            return False
        between = self.line.words[end + 1 : second[0]]
        if any(word.text in self.stops.now for word in between):
            return False
        return self.line.between(end, max(second[0], end + 1)) <= reach

    def _in_one_breath(self, aside: Aside) -> bool:
        """Does it stand in one sentence, with nothing new begun in its middle?"""
        first, last = aside.at[0], aside.at[-1]
        if aside.owner == "safe" and is_no_denial(aside.at, self.line, self.stops):
            return False
        inside = (self.line.words[at].text for at in range(first, last) if at not in aside.at)
        return self._sentence(first) == self._sentence(last) and self.stops.breaks.isdisjoint(inside)

    def _undoes(self, other: Aside, aside: Aside) -> bool:
        """Does "and now" stand inside the aside, or soon after it?"""
        end = aside.at[-1]
        if other.at[0] < aside.at[0]:
            return False
        return other.at[0] <= end or self.line.between(end, other.at[0]) <= SOON

    def _sentence(self, at: int) -> int:
        return self.line.words[at].sentence

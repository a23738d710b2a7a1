"""Reads a message into lines in which phrases can be found: words, and what each may be meant for."""

from collections.abc import Iterator, Sequence

from bot.safety.building import Rewrites
from bot.safety.matching import Line, lay_out
from bot.safety.reading import Word, read_words
from bot.safety.spelling import JOINED, Spelling

WINDOW, STEP = 90, 60
"""A long message is read in overlapping stretches, so that time grows with its length and no faster."""


class Reader:
    """Knows the spelling, the words that are one, and the little words."""

    def __init__(
        self, spelling: Spelling, rewrites: Rewrites, little: frozenset[str], never: frozenset[str]
    ) -> None:
        self._spelling = spelling
        self._never = never | little
        self._rewrites = rewrites
        self._little = little

    def words(self, text: str) -> list[Word]:
        """ "I can not breathe" as: i, cant, breathe."""
        words: list[Word] = []
        for word in self._rewritten(read_words(text)):
            words += (word,) if len(word.text) < JOINED else self._split(word)
        return words

    def lines(self, words: Sequence[Word]) -> Iterator[Line]:
        meant = {word.text: self._spelling.read(word.text) for word in words}
        for start in range(0, max(1, len(words) - WINDOW + STEP), STEP):
            stretch = words[start : start + WINDOW]
            yield lay_out(stretch, [meant[word.text] for word in stretch], self._little)

    def generous_line(self, words: Sequence[Word]) -> Line:
        """As if any word might be a slip: for short messages only."""
        look = self._spelling
        meant = [look.read(w.text) if w.text in self._never else look.guess(w.text) for w in words]
        return lay_out(words, meant, self._little)

    def counting(self, words: Sequence[str]) -> int:
        """How many of them are not little words."""
        return sum(word not in self._little for word in words)

    def _split(self, word: Word) -> tuple[Word, ...]:
        parts = self._spelling.split(word.text)
        return (word,) if len(parts) == 1 else tuple(Word(part, word.sentence) for part in parts)

    def _rewritten(self, words: Sequence[Word]) -> Iterator[Word]:
        """Two or three words that are one ("can not" is "cant")."""
        at = 0
        while at < len(words):
            for before, after in self._rewrites.get(words[at].text, ()):
                if before == tuple(word.text for word in words[at : at + len(before)]):
                    yield from (Word(each, words[at].sentence) for each in after)
                    at += len(before)
                    break
            else:
                yield words[at]
                at += 1

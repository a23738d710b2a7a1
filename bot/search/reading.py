"""Reads a message for what is asked in it: without its politeness, and a long one piece by piece."""

from collections.abc import Sequence

from bot.search.normalise import courtesy

LONG = 12
"""A message of more words is also read piece by piece."""
RUN_ON = 30
"""A sentence of more words is read in overlapping stretches: tired people use no full stops."""
STRETCH = 12
STEP = 6
FIRST = 4
LAST = 3
"""Pieces that are read of a very long message: what it is about stands first, what is asked often last."""


def plain(words: Sequence[str]) -> tuple[str, ...]:
    """Politeness says nothing about what is meant, unless it is all there is."""
    return tuple(courtesy().rewrite(list(words)) or words)


def readings(words: list[str], sentences: Sequence[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The message without its politeness, and the pieces of it if it is still long."""
    told = [kept for sentence in sentences if (kept := courtesy().rewrite(sentence))]
    whole = [word for sentence in told for word in sentence] or words
    if len(whole) <= LONG:
        return whole, []
    pieces = [piece for sentence in told for piece in _stretches(sentence) if len(piece) > 2]
    return whole, pieces if len(pieces) <= FIRST + LAST else pieces[:FIRST] + pieces[-LAST:]


def _stretches(sentence: list[str]) -> list[list[str]]:
    if len(sentence) <= RUN_ON:
        return [sentence]
    return [sentence[at : at + STRETCH] for at in range(0, len(sentence) - STEP, STEP)]

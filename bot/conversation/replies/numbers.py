"""Whole numbers as people write them: "3", "about 3", "three", "twenty-one", "a couple"."""

import re

from bot.conversation.replies.words import plain

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: value for value, word in enumerate(ONES)} | {
    word: 10 * value for value, word in enumerate(TENS, start=2)
}
WORDS |= {
    "none": 0,
    "nil": 0,
    "nought": 0,
    "once": 1,
    "twice": 2,
    "couple": 2,
    "dozen": 12,
    "wan": 1,
    "twa": 2,
}
OUT_OF = re.compile(r"\s*(?:/|\bout of\b|\boot o\b)\s*(?:10|ten)\b")
"""What follows an answer to "0 to 10"."""
DIGITS = re.compile(r"(?<![\w.])(-?\d{1,9})(?:st|nd|rd|th)?(?![\w.]*\d)")


def read_number(text: str) -> int | None:
    """The one number in the reply; None when there is none, or when there are two different ones."""
    said = OUT_OF.sub("", plain(text))
    said = said.replace("-", " -") if re.search(r"\d", said) else said.replace("-", " ")
    found = {int(digits) for digits in DIGITS.findall(said)}
    if not found:
        found = _spelled(said.split())
    return found.pop() if len(found) == 1 else None


def _spelled(words: list[str]) -> set[int]:
    found: set[int] = set()
    tens = 0
    for word in [*words, ""]:
        value = WORDS.get(word)
        if value is not None and tens and value < 10:
            found.add(tens + value)
            tens = 0
            continue
        if tens:
            found.add(tens)
        tens = value if value is not None and value >= 20 else 0
        if value is not None and value < 20:
            found.add(value)
    return found

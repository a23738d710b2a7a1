"""Turns what a person typed into plain lower-case words: no accents, tricks, emoji or punctuation."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

LONGEST = 30_000
"""Characters read from each end of a text: far beyond any message, so that a flood cannot stop the bot."""

PAIRS = (
    "аa вb еe зz іi кk мm нh оo рp сc тt уy хx ѕs јj ԁd ԛq ԝw ɡg ɑa ıi ℓl "
    "αa βb εe ηn ιi κk νv οo ρp τt υu χx ωw ßss øo łl đd ðd þth æae œoe "
    "’' ‘' `' ´' ′'"
)
LOOKALIKES = str.maketrans({pair[0]: pair[1:] for pair in PAIRS.split()})
"""Letters of other alphabets that look like ours, and every kind of apostrophe."""

PIECES = re.compile(r"(\d{1,2})\s?/\s?(10)\b|(\d+)(?:[.,](\d{1,2}))?(?![\d])|(\d+)|([^\W\d_]+)|([.!?;\n\r]+)")
JOINERS = re.compile(r"(?<=[^\W\d_])['*]+(?=[^\W\d_])")
SHORTENED = {
    "cant": re.compile(r"\b(?:ca't|an't|can' (?=[a-z]))"),
    "wont": re.compile(r"\b(?:wo't|on't|won' (?=[a-z]))"),
    "dont": re.compile(r"\b(?:do't|don' (?=[a-z]))"),
}
"""Slips in the words that turn "can" round: they must not be lost with their apostrophe."""
SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .\-]{1,3}){4,}[^\W\d_](?![^\W_])")
"""c a n t  b r e a t h e"""
RUNS = re.compile(r"([^\W\d_])\1{2,}")

INSIDE = {
    sign: (letter, re.compile(f"(?<=[a-z]){re.escape(sign)}(?=[a-z])"))
    for sign, letter in {"@": "a", "$": "s", "0": "o", "1": "i", "!": "i", "3": "e"}.items()
}
"""Signs that stand for a letter where they stand inside a word."""

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
UNITS = {word: value for value, word in enumerate(SMALL.split())}
ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * at for at, word in enumerate(ROUND.split(), 2)}
NUMBERS = {word: float(value) for word, value in (TENS | UNITS).items()}


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read; `sentence` counts the full stops before it."""

    text: str
    sentence: int = 0
    number: float | None = None


def read_words(text: str) -> list[Word]:
    """The words of a message, in order. Of a very long text: of its start and of its end."""
    if len(text) > 2 * LONGEST:
        text = f"{text[:LONGEST]}\n{text[-LONGEST:]}"
    words = list(_words(plain(text)))
    return words if all(word.number is None for word in words) else _join_numbers(words)


def plain(text: str) -> str:
    """Lower case, unaccented, in our own letters and digits."""
    text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).lower()
        text = "".join(_character(each) for each in text).translate(LOOKALIKES)
    text = text.replace("£", " pounds ")
    if "'" in text:
        for word, slip in SHORTENED.items():
            text = slip.sub(f"{word} ", text)
    for sign, (letter, inside) in INSIDE.items():
        if sign in text:
            text = inside.sub(letter, text)
    text = SPACED.sub(lambda run: re.sub(r"[ .\-]", "", run[0]), JOINERS.sub("", text))
    return RUNS.sub(r"\1\1", text)


def _character(each: str) -> str:
    kind = unicodedata.category(each)
    if kind in ("Mn", "Me", "Cf", "Lm"):
        return "'" if each == "ʼ" else ""
    if kind == "Nd":
        return str(unicodedata.digit(each))
    if kind == "Cc":
        return each if each in "\n\r" else " "
    return "." if each == "·" else each


def _words(text: str) -> Iterator[Word]:
    sentence = 0
    for score, of, whole, parts, digits, word, stop in PIECES.findall(text):
        if word:
            yield Word(word, sentence, NUMBERS.get(word))
        elif stop:
            sentence += 1
        elif score:
            yield Word(score, sentence, float(score))
            yield Word("out", sentence)
            yield Word("of", sentence)
            yield Word(of, sentence, float(of))
        else:
            yield _number(whole or digits, parts, sentence)


def _number(whole: str, parts: str, sentence: int) -> Word:
    written = f"{whole[:9]}.{parts}" if parts else whole[:9]
    return Word(written, sentence, float(written))


def _join_numbers(words: list[Word]) -> list[Word]:
    """ "thirty eight point five" is 38.5, and so is "38 point 5"."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if before and before.text in TENS and word.text in UNITS and word.number:
            joined[-1] = replace(before, text=f"{before.text} {word.text}", number=_sum(before, word))
        elif before and before.text == "point" and word.number is not None and _after_number(joined):
            joined[-2:] = [_decimal(joined[-2], word)]
        else:
            joined.append(word)
    return joined


def _sum(tens: Word, units: Word) -> float:
    return (tens.number or 0) + (units.number or 0)


def _after_number(joined: list[Word]) -> bool:
    return len(joined) > 1 and joined[-2].number is not None


def _decimal(whole: Word, parts: Word) -> Word:
    written = f"{int(whole.number or 0)}.{int(parts.number or 0)}"
    return Word(written, whole.sentence, float(written))

"""The real red flags, their matcher and cards, and lists of messages, read once for all safety tests."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from bot.content.flags import Card, CardFile, FlagFile, merge
from bot.safety import Matcher, build_matcher

HERE = Path(__file__).parent
FOLDER = HERE.parent.parent / "knowledge" / "red_flags"

REAL_WORDS = ("am", "his", "did", "ties", "does")
"""Slips that turn a short word into another real one; no one could tell them apart."""


@cache
def flags() -> FlagFile:
    paths = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "cards.yaml")
    return merge(FlagFile.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in paths)


@cache
def matcher() -> Matcher:
    return build_matcher(flags())


@cache
def cards() -> dict[str, Card]:
    read = CardFile.model_validate(yaml.safe_load((FOLDER / "cards.yaml").read_text("utf-8")))
    return {card.id: card for card in read.cards}


def level_of(text: str) -> str:
    flagged = matcher().check(text)
    return flagged.level.value if flagged else "none"


def ids_of(text: str) -> tuple[str, ...]:
    flagged = matcher().check(text)
    return flagged.ids if flagged else ()


def seeds() -> Iterator[tuple[str, str, str]]:
    """Level, flag and phrase of every seed of the safety pack."""
    for level, flagged in yaml.safe_load((HERE / "seeds.yaml").read_text("utf-8")).items():
        for flag, phrases in flagged.items():
            yield from ((level, flag, phrase) for phrase in phrases)


def messages(name: str) -> Iterator[tuple[str, str]]:
    """Heading and message of a list under tests/safety."""
    for heading, listed in yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")).items():
        yield from ((heading, message) for message in listed)


def typos(phrase: str) -> Iterator[str]:
    """The phrase with one slip in its longest word: a middle letter dropped, swapped, doubled."""
    word = max(phrase.replace("-", " ").split(), key=len)
    middle = len(word) // 2
    slips = (
        word[:middle] + word[middle + 1 :],
        word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :],
        word[:middle] + word[middle] + word[middle:],
    )
    return (
        phrase.replace(word, slip, 1) for slip in slips if slip not in REAL_WORDS and not word[0].isdigit()
    )

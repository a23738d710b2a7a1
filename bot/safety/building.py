"""Makes the books and the spelling of a matcher from what the authors wrote."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import TypeAlias

from bot.content.flags import Flag, FlagFile
from bot.safety.faults import KINDS, Kind, phrases_of
from bot.safety.matching import Book, Entry, Owner, entry
from bot.safety.phrases import BrokenPhrase, Vocabulary, read_phrase, words_of
from bot.safety.scope import Stops
from bot.safety.spelling import Spelling

Rewrites: TypeAlias = Mapping[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]
"""Under a first word: the words, and the words that they stand for; the longest first."""


def flag_books(flags: FlagFile, vocabulary: Vocabulary) -> dict[str, Book[Flag]]:
    """The flags' phrases, by language."""
    entries: dict[str, list[Entry[Flag]]] = {"en": []}
    for flag in flags.flags:
        for phrase in flag.phrases:
            entries.setdefault(flag.language, []).extend(_entries(flag, phrase, vocabulary))
    return {language: Book(listed) for language, listed in entries.items()}


def aside_book(flags: FlagFile, vocabulary: Vocabulary) -> Book[Kind]:
    """The phrases that switch flags off."""
    pairs = ((kind, phrase) for kind in KINDS for phrase in phrases_of(flags.asides, kind))
    return Book([each for kind, phrase in pairs for each in _entries(kind, phrase, vocabulary)])


def _entries(owner: Owner, phrase: str, vocabulary: Vocabulary) -> Iterator[Entry[Owner]]:
    """A broken phrase is left out: `faults` tells its author, and the others must go on working."""
    try:
        runs = read_phrase(phrase, vocabulary)
    except BrokenPhrase:
        return
    for run in runs:
        yield entry(owner, phrase, run)


def stops_of(flags: FlagFile) -> Stops:
    return Stops(**{each.name: frozenset(getattr(flags.asides, each.name)) for each in fields(Stops)})


def rewrites_of(flags: FlagFile) -> Rewrites:
    """What is more than one word on either side; single words are the spelling's."""
    under: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for before, after in sorted(flags.same.items(), key=lambda pair: -len(pair[0])):
        words = tuple(before.split())
        if len(words) > 1 or " " in after:
            under.setdefault(words[0], []).append((words, tuple(after.split())))
    return under


def spelling_of(flags: FlagFile, books: Iterable[Book[Flag] | Book[Kind]]) -> Spelling:
    choices = {element.choice for book in books for each in book.entries for element in each.run}
    known = frozenset[str]().union(*(words for choice in choices for words in words_of(choice)))
    ordinary = {*flags.ordinary.split(), *flags.little.split(), *flags.same, *_written(flags)} - set(
        flags.slips
    )
    return Spelling(known, flags.same, ordinary, flags.slips)


def _written(flags: FlagFile) -> list[str]:
    """The words that authors wrote out: rightly spelt, and so no slip of another word."""
    listed = [phrase for phrases in flags.lists.values() for phrase in phrases]
    spoken = [phrase for flag in flags.flags for phrase in flag.phrases]
    asides = [phrase for kind in KINDS for phrase in phrases_of(flags.asides, kind)]
    return re.findall("[a-z0-9]+", "\n".join((*listed, *spoken, *asides)).lower())

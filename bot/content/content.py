"""Everything the authors have written, as one value; new content is a new value."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.findings import Template
from bot.content.flags import Card, FlagFile
from bot.content.flows import Flow, TranscriptFile
from bot.content.glossary import Term
from bot.content.listings import PlaceName, Series, Service
from bot.content.lock_screen import LockScreen
from bot.content.programmes import Programme
from bot.content.shapes import Area, Article, Contact, Language, Text, WordFile


@dataclass(frozen=True, slots=True)
class Topic:
    """One file of articles: what it is about, and the articles in their order."""

    id: str
    title: Text
    articles: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """What the program runs on. Drafts are in it only where they may be shown."""

    articles: Mapping[str, Article]
    topics: Mapping[str, Topic]
    contacts: Mapping[str, Contact]
    areas: Mapping[str, Area]
    languages: Mapping[str, Language]
    texts: Mapping[str, Mapping[str, tuple[str, ...]]]
    words: WordFile
    glossary: Mapping[str, Term]
    flows: Mapping[str, Flow]
    transcripts: tuple[TranscriptFile, ...]
    flags: FlagFile
    cards: Mapping[str, Card]
    services: Mapping[str, Service]
    sessions: Mapping[str, Series]
    programmes: Mapping[str, Programme]
    places: tuple[PlaceName, ...]
    templates: Mapping[str, tuple[Template, ...]]
    """Answers to start from, by team."""
    lock_screen: LockScreen
    fingerprint: str

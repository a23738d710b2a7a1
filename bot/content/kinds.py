"""The kinds of files that authors write: where they live, what shape they have, what each holds."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from bot.content.findings import FindingFile, TemplateFile
from bot.content.flags import CardFile, FlagFile
from bot.content.flows import Flow, TranscriptFile
from bot.content.glossary import GlossaryFile
from bot.content.listings import PlaceFile, ServiceFile, SessionFile
from bot.content.lock_screen import LockScreenFile
from bot.content.programmes import Programme
from bot.content.shapes import AreaFile, ArticleFile, ContactFile, LanguageFile, Shape, TextFile, WordFile

Folder = Literal["knowledge", "flows"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. `items` names the list inside it whose entries have ids; `noun` is one of them."""

    name: str
    folder: Folder
    pattern: str
    shape: type[Shape] | type[TextFile]
    items: str = ""
    noun: str = ""


KINDS: tuple[Kind, ...] = (
    Kind("article-tests", "knowledge", "articles/*.test.yaml", FindingFile),
    Kind("articles", "knowledge", "articles/*.yaml", ArticleFile, "articles", "article"),
    Kind("contacts", "knowledge", "contacts.yaml", ContactFile, "contacts", "contact"),
    Kind("areas", "knowledge", "areas.yaml", AreaFile, "areas", "area"),
    Kind("languages", "knowledge", "languages.yaml", LanguageFile, "languages", "language"),
    Kind("texts", "knowledge", "texts/*/*.yaml", TextFile),
    Kind("words", "knowledge", "words.yaml", WordFile),
    Kind("lock-screen", "knowledge", "lock-screen.yaml", LockScreenFile),
    Kind("glossary", "knowledge", "glossary/*.yaml", GlossaryFile, "words", "word"),
    Kind("cards", "knowledge", "red_flags/cards.yaml", CardFile, "cards", "card"),
    Kind("red_flags", "knowledge", "red_flags/*.yaml", FlagFile),
    Kind("services", "knowledge", "services/*.yaml", ServiceFile, "services", "service"),
    Kind("sessions", "knowledge", "sessions/*.yaml", SessionFile, "sessions", "session"),
    Kind("programmes", "knowledge", "programmes/*.yaml", Programme, noun="programme"),
    Kind("templates", "knowledge", "templates/*.yaml", TemplateFile, "templates", "template"),
    Kind("places", "knowledge", "places.yaml", PlaceFile),
    Kind("transcripts", "flows", "*.test.yaml", TranscriptFile),
    Kind("flows", "flows", "*.yaml", Flow, noun="flow"),
)
"""The first whose pattern fits is the kind of a file."""


def kind_of(folder: Folder, file: PurePosixPath) -> Kind | None:
    """The kind of a file by its place inside its folder."""
    for kind in KINDS:
        depth = len(PurePosixPath(kind.pattern).parts)
        if kind.folder == folder and len(file.parts) == depth and file.match(kind.pattern):
            return kind
    return None


def expected_in(folder: Folder) -> str:
    """The places where files may stand, for an author who put one elsewhere."""
    return ", ".join(f"{folder}/{kind.pattern}" for kind in KINDS if kind.folder == folder)

"""From files to one Content: lists become tables by id, languages are gathered, drafts are left out."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from bot.content.content import Content, Topic
from bot.content.findings import TemplateFile
from bot.content.flags import CardFile, FlagFile, merge
from bot.content.flows import Flow, TranscriptFile
from bot.content.glossary import GlossaryFile
from bot.content.listings import PlaceFile, ServiceFile, SessionFile
from bot.content.lock_screen import LockScreen, LockScreenFile
from bot.content.programmes import Programme
from bot.content.shapes import AreaFile, ArticleFile, ContactFile, LanguageFile, TextFile, WordFile
from bot.content.sources import Sources


def assemble(sources: Sources, show_drafts: bool, fingerprint: str) -> Content:
    """All that could be read. Of two with the same id the first counts (and the second is a problem)."""
    topics = [file for _, file in sources.files(ArticleFile)]
    articles = _shown((one for file in topics for one in file.articles), show_drafts)
    return Content(
        articles=articles,
        topics=_topics(topics, articles),
        contacts=_shown(
            (one for _, file in sources.files(ContactFile) for one in file.contacts), show_drafts
        ),
        areas=_by_id(one for _, file in sources.files(AreaFile) for one in file.areas),
        languages=_by_id(one for _, file in sources.files(LanguageFile) for one in file.languages),
        texts=_texts(sources),
        words=next((file for _, file in sources.files(WordFile)), WordFile()),
        glossary=_shown((one for _, file in sources.files(GlossaryFile) for one in file.words), show_drafts),
        flows=_flows(sources, show_drafts),
        transcripts=tuple(file for _, file in sources.files(TranscriptFile)),
        flags=merge(file for _, file in sources.files(FlagFile)),
        cards=_by_id(one for _, file in sources.files(CardFile) for one in file.cards),
        services=_by_id(one for _, file in sources.files(ServiceFile) for one in file.services),
        sessions=_by_id(one for _, file in sources.files(SessionFile) for one in file.sessions),
        programmes=_shown((programme for _, programme in sources.files(Programme)), show_drafts, "programme"),
        places=tuple(one for _, file in sources.files(PlaceFile) for one in file.places),
        templates={file.team: file.templates for _, file in sources.files(TemplateFile)},
        lock_screen=LockScreen(
            tuple(word for _, file in sources.files(LockScreenFile) for word in file.words)
        ),
        fingerprint=fingerprint,
    )


def _by_id(items: Iterable[Any], name: str = "id") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        found.setdefault(getattr(item, name), item)
    return found


def _shown(items: Iterable[Any], show_drafts: bool, name: str = "id") -> dict[str, Any]:
    return _by_id((item for item in items if show_drafts or item.status == "live"), name)


def _flows(sources: Sources, show_drafts: bool) -> dict[str, Flow]:
    return _shown((flow for _, flow in sources.files(Flow)), show_drafts, "flow")


def _topics(files: list[ArticleFile], articles: Mapping[str, object]) -> dict[str, Topic]:
    """A topic of which nothing is shown is no topic."""
    topics: dict[str, Topic] = {}
    for file in files:
        before = topics[file.topic].articles if file.topic in topics else ()
        now = tuple(one.id for one in file.articles if one.id in articles)
        if before + now:
            topics[file.topic] = Topic(file.topic, file.title, before + now)
    return topics


def _texts(sources: Sources) -> dict[str, dict[str, tuple[str, ...]]]:
    texts: dict[str, dict[str, tuple[str, ...]]] = {}
    for path, file in sources.files(TextFile):
        language = texts.setdefault(language_of(path), {})
        for key, said in file.root.items():
            language.setdefault(key, (said,) if isinstance(said, str) else said)
    return texts


def language_of(path: str) -> str:
    """knowledge/texts/<language>/core.yaml"""
    return PurePosixPath(path).parent.name

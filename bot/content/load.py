"""Reading everything that authors write: one Content, or every problem of every file at once."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from bot.content import cache as cached
from bot.content.content import Content
from bot.content.files import File, Files, gather
from bot.content.problems import Problem
from bot.content.source import Source, parse
from bot.content.sources import Sheet, Sources
from bot.content.translate import problems as shape_problems


@dataclass(frozen=True)
class Loaded:
    """What was read. `content` is None when something must be mended first; `readable` is the rest."""

    content: Content | None
    problems: tuple[Problem, ...]
    source: Sources
    readable: Content


def read(knowledge: Path, flows: Path, show_drafts: bool = False, cache: Path | None = None) -> Loaded:
    """All content, from the cache if no file has changed. `check` needs positions, so it takes no cache."""
    return load(gather(knowledge, flows), show_drafts, cache)


def load(files: Files, show_drafts: bool = False, cache: Path | None = None) -> Loaded:
    """The content of these files."""
    fingerprint = cached.key(files.fingerprint, show_drafts)
    if cache and not files.problems and (content := cached.find(cache, fingerprint)):
        return Loaded(content, (), Sources({}), content)
    loaded = _load(files, show_drafts, fingerprint)
    if cache and loaded.content:
        cached.keep(cache, fingerprint, loaded.content)
    return loaded


def _load(files: Files, show_drafts: bool, fingerprint: str) -> Loaded:
    # Only here: what was kept since the last time needs no rules, and starts the sooner.
    from bot.content.assemble import assemble
    from bot.content.rules import STANDING, run

    sheets: dict[str, Sheet] = {}
    problems = list(files.problems)
    for file in files.files:
        sheets[file.path], wrong = _sheet(file)
        problems += wrong
    sources = Sources(sheets)
    readable = assemble(sources, show_drafts, fingerprint)
    found = tuple(sorted({*problems, *run(STANDING, readable, sources)}))
    stopped = any(problem.severity == "error" for problem in found)
    return Loaded(None if stopped else readable, found, sources, readable)


def _sheet(file: File) -> tuple[Sheet, list[Problem]]:
    source = parse(file.path, file.raw)
    if source.top is None:
        return Sheet(file.kind, source, None), list(source.problems)
    shape, problems = shape_of(file.kind.shape, source)
    return Sheet(file.kind, source, shape), [*source.problems, *problems]


def shape_of(shape: type[BaseModel], source: Source) -> tuple[BaseModel | None, list[Problem]]:
    try:
        return shape.model_validate(source.value), []
    except ValidationError as error:
        return None, shape_problems(shape, source, error)

"""Parts of the navigator for commands that look inside: the index, the red flags, a flow's picture."""

import typer

from bot.compose import index_of, load
from bot.content import Content
from bot.content.graph import mermaid
from bot.safety import Matcher, build_matcher
from bot.search import Index
from bot.settings import Settings


def content(settings: Settings) -> Content:
    """The content, or its problems and an end."""
    loaded = load(settings)
    if loaded.content is None:
        for problem in loaded.problems:
            typer.echo(str(problem), err=True)
        raise typer.Exit(1)
    return loaded.content


def index(settings: Settings) -> Index:
    return index_of(content(settings), settings.cache)


def matcher(settings: Settings) -> Matcher:
    return build_matcher(content(settings).flags)


def picture_of(settings: Settings, flow: str) -> str:
    """The flow as Mermaid text; an unknown name is told with those that exist."""
    flows = content(settings).flows
    if flow not in flows:
        typer.echo(f"there is no flow '{flow}'; there are: {', '.join(sorted(flows))}", err=True)
        raise typer.Exit(2)
    return mermaid(flows[flow])

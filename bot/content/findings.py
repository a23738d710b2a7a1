"""The authors' tests of articles, and the team's ready-made answers: what stands beside the articles."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.content.shapes import Id, Shape, Words


class Finding(Shape):
    """A question as a person would put it, and the article that must come first."""

    ask: Words
    finds: Id


class FindingFile(Shape):
    """knowledge/articles/<topic>.test.yaml"""

    tests: tuple[Finding, ...] = Field(min_length=1)


class Template(Shape):
    """An answer to start from, for a colleague who writes to a person. Its {gaps} are contacts."""

    id: Id
    title: Words
    text: Annotated[Words, StringConstraints(max_length=1000)]


class TemplateFile(Shape):
    """knowledge/templates/<team>.yaml"""

    team: Literal["navigator", "nurse", "money", "physio"]
    templates: tuple[Template, ...] = Field(min_length=1)

"""Values as they stand in the authors' YAML: plain where that is safe, in quotes where it is not."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from bot.content.scalars import meaning

PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ,.'()/+&;!?=_-]*[A-Za-z0-9.)!?])?")
"""Signs that mean nothing to YAML where we write them."""
STYLES = ((2, 4, 2), (2, 2, 0), (4, 4, 2), (4, 6, 4), (4, 4, 0), (2, 3, 1))
"""How authors indent: groups, lists, and the dash in lists. The usual way first."""
NO_BREAKS = 1_000_000


class Unreadable(Exception):
    """This part of a file does not stand on its own: it leans on another part with & and *."""


def scalar(words: str) -> str:
    """One text, whatever signs are in it; what would mean something else without quotes has them."""
    if PLAIN.fullmatch(words) and meaning(words) == words:
        return words
    quoted: str = DoubleQuotedScalarString(words)
    return quoted


def node(value: object) -> object:
    """A value of our shapes as ruamel writes it."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value
    if isinstance(value, Mapping):
        return CommentedMap((name, node(one)) for name, one in value.items())
    if isinstance(value, tuple | list):
        listed = CommentedSeq(node(one) for one in value)
        listed.fa.set_flow_style()
        return listed
    return scalar(str(value))


def loaded(text: str) -> tuple[CommentedMap, tuple[int, int, int]]:
    """A group with its comments, and the style in which it comes out as it went in. Raises Unreadable."""
    found: list[tuple[CommentedMap, tuple[int, int, int]]] = []
    for style in STYLES:
        group = _read(text)
        if dumped(group, style) == text:
            return _read(text), style
        found.append((group, style))
    return _read(text), found[0][1]


def dumped(group: CommentedMap, style: tuple[int, int, int] = STYLES[0]) -> str:
    written = StringIO()
    _yaml(style).dump(group, written)
    return written.getvalue()


def _read(text: str) -> CommentedMap:
    try:
        group: Any = _yaml(STYLES[0]).load(text)
    except YAMLError as error:
        raise Unreadable from error
    if not isinstance(group, CommentedMap):
        raise Unreadable
    return group


def _yaml(style: tuple[int, int, int]) -> Any:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = NO_BREAKS
    mapping, sequence, offset = style
    yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
    return yaml

"""Sessions in the authors' files: found, changed where they stand, and added, all else untouched."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml.comments import CommentedMap

from bot.authoring import entries, files
from bot.authoring.entries import Entry
from bot.authoring.files import CannotWrite, Edit, Folders, Read
from bot.authoring.yamls import Unreadable, node
from bot.content.listings import Series, Venue
from bot.content.source import parse

ITEMS = "sessions"
ID = re.compile(r"\bid: *[\"']?([a-z0-9-]+)")
LONGEST_ID = 28
EVERYWHERE = "everywhere"
"""The file of sessions whose service is there for all areas."""


class ByHand(CannotWrite):
    """This entry is written in a way that only its author can change, in the file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A session as its file has it. `version` is of this session alone, `file` of the whole file."""

    place: str
    file: Read
    entry: Entry
    series: Series

    @property
    def version(self) -> str:
        return self.entry.version


def find(folders: Folders, session: str) -> Kept | None:
    """Where a session is kept, or None when no file has it. Raises ByHand and CannotWrite."""
    for path in _paths(folders):
        place = f"knowledge/{ITEMS}/{path.name}"
        found = files.read(folders, place)
        try:
            entry = entries.find(found.text, ITEMS, session)
        except Unreadable as error:
            raise ByHand from error
        if entry is not None:
            return Kept(place, found, entry, _series(entry.text))
    return None


def ids(folders: Folders) -> set[str]:
    """The ids of all sessions as the files have them, at a glance."""
    texts = (files.read(folders, f"knowledge/{ITEMS}/{path.name}").text for path in _paths(folders))
    return {id for text in texts for id in ID.findall(text)}


def _paths(folders: Folders) -> list[Path]:
    return sorted(path for path in (folders.knowledge / ITEMS).glob("*.yaml") if path.name[0] != ".")


def place_of(area: str | None) -> str:
    """The file where a new session of this area goes."""
    return f"knowledge/{ITEMS}/{area or EVERYWHERE}.yaml"


def changed(kept: Kept, new: Series) -> Edit:
    """The file with this session as it is now; only what differs is touched. Raises ByHand."""

    def change(group: CommentedMap) -> None:
        _change(group, kept.series, new)

    try:
        text = entries.changed(kept.entry, change)
        _check(kept.file.text, text, new)
    except Unreadable as error:
        raise ByHand from error
    return Edit(kept.place, text, kept.file.mark)


def added(folders: Folders, place: str, new: Series) -> Edit:
    """The file with this session at its end. Raises ByHand and CannotWrite."""
    found = files.read(folders, place)
    try:
        text = entries.added(found.text, ITEMS, _written(new))
        _check(found.text, text, new)
    except Unreadable as error:
        raise ByHand from error
    return Edit(place, text, found.mark)


def new_id(title: str, area: str, taken: Collection[str]) -> str:
    """An id out of the title that no session has yet: "sco-tea-and-talk"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = [area[:3], *re.findall(r"[a-z0-9]+", plain.replace("'", "").removeprefix("sample"))]
    id = _short([word for word in words if word] or ["session"], LONGEST_ID - 4)
    numbered = (f"{id}-{number}" for number in range(2, 1000))
    return next(one for one in (id, *numbered) if one not in taken)


def _short(words: list[str], longest: int) -> str:
    """As many whole words as fit."""
    id = words[0][:longest]
    for word in words[1:]:
        if len(id) + 1 + len(word) > longest:
            break
        id = f"{id}-{word}"
    return id


def _series(text: str) -> Series:
    try:
        return Series.model_validate(parse("", text.encode()).value)
    except ValidationError as error:
        raise ByHand from error


def _check(before: str, text: str, new: Series) -> None:
    """What a reader finds is what was meant, whatever signs are in it; and no other session says another
    thing than before."""
    entry = entries.find(text, ITEMS, new.id)
    if entry is None or _series(entry.text) != new:
        raise Unreadable
    if before.strip() and entries.others(before, ITEMS, new.id) != entries.others(text, ITEMS, new.id):
        raise Unreadable


# ---- values and their lines --------------------------------------------------------------------------------


def _written(series: Series) -> CommentedMap:
    return CommentedMap((name, _node(name, value)) for name, value in _stated(series))


def _stated(series: Series | Venue) -> Iterator[tuple[str, Any]]:
    """What stands in a file: all that is not as if nothing were written."""
    for name, field in type(series).model_fields.items():
        value = getattr(series, name)
        if field.is_required() or value != field.get_default(call_default_factory=True):
            yield name, value


def _node(name: str, value: Any) -> object:
    if isinstance(value, Venue):
        return CommentedMap((part, _node(part, one)) for part, one in _stated(value))
    if isinstance(value, dict) and set(value) == {"en"}:
        return node(value["en"])
    return node(value)


def _change(group: CommentedMap, old: Series | Venue, new: Series | Venue) -> None:
    stated = dict(_stated(new))
    order = list(type(new).model_fields)
    for name in order:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if name not in stated:
            group.pop(name, None)
        elif isinstance(before, Venue) and isinstance(after, Venue) and name in group:
            _change(group[name], before, after)
        elif isinstance(group.get(name), CommentedMap) and isinstance(after, dict):
            _change_text(group[name], after)
        else:
            _set(group, order, name, _node(name, after))


def _change_text(group: CommentedMap, after: dict[str, str]) -> None:
    """A text in several languages: each on its own line."""
    for language, words in after.items():
        if group.get(language) != words:
            group[language] = node(words)
    for language in [one for one in group if one not in after]:
        del group[language]


def _set(group: CommentedMap, order: list[str], name: str, value: object) -> None:
    """A new line goes where its shape has it, after the last line that comes before it."""
    if name in group:
        group[name] = value
        return
    before = order[: order.index(name)]
    places = [place for place, one in enumerate(group) if one in before]
    group.insert(max(places, default=-1) + 1, name, value)

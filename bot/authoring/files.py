"""Rewriting the authors' files: the whole content is checked first, and a file is put in place whole or not
at all."""

import asyncio
import contextlib
import fcntl
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content import Problem, check
from bot.content.files import File, Files, gather
from bot.content.kinds import Folder, kind_of
from bot.content.load import load
from bot.store.engine import Store

log = structlog.get_logger(__name__)


class Folders(NamedTuple):
    """Where the authors' files are on this machine."""

    knowledge: Path
    flows: Path


class Edit(NamedTuple):
    """`place` as we say it ("knowledge/sessions/scotland.yaml"), all that the file holds then, and the mark
    of what its writer saw; "" where there was no file."""

    place: str
    text: str
    expected: str


class Read(NamedTuple):
    """A file as it is now. `mark` is "" where there is none."""

    text: str
    mark: str


class CannotWrite(Exception):
    """The file stays as it was; `why` is the system's reason, such as "No space left on device"."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


class Changed(CannotWrite):
    """Somebody else wrote the file since its writer looked."""


class Wrong(CannotWrite):
    """With these words the content would have problems that it has not now."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


# ---- reading and checking ----------------------------------------------------------------------------------


def read(folders: Folders, place: str) -> Read:
    """The file of this place. Raises CannotWrite where it cannot be read."""
    try:
        raw = _path(folders, place).read_bytes()
        return Read(raw.decode("utf-8-sig"), _mark(raw))
    except FileNotFoundError:
        return Read("", "")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotWrite(str(getattr(error, "strerror", error))) from error


async def examine(folders: Folders, edits: Sequence[Edit], today: date) -> None:
    """Read and check everything with these edits, in memory; some seconds of work. Raises Wrong."""
    if problems := await asyncio.to_thread(new_errors, folders, edits, today):
        raise Wrong(problems)


def new_errors(folders: Folders, edits: Sequence[Edit], today: date) -> tuple[Problem, ...]:
    """The errors of `prehab check` that these edits would bring. What is wrong already keeps nobody from
    writing: it was there before them."""
    files = gather(*folders)
    after = _errors(with_edits(folders, files, edits), today)
    if not after:
        return ()
    known = Counter(_said(problem) for problem in _errors(files, today))
    new = Counter(_said(problem) for problem in after) - known
    return tuple(_ours(folders, problem) for problem in after if _said(problem) in new)


def with_edits(folders: Folders, files: Files, edits: Sequence[Edit]) -> Files:
    """All files as they would be; nothing is written."""
    new = {one.path: one for edit in edits if (one := _file(folders, edit))}
    kept = [new.pop(one.path, one) for one in files.files]
    return replace(files, files=(*kept, *new.values()))


def _file(folders: Folders, edit: Edit) -> File:
    path = _path(folders, edit.place)
    folder, place = _split(edit.place)
    kind = kind_of(folder, place)
    if kind is None:
        raise ValueError(f"nobody reads a file at {edit.place}")
    return File(path.as_posix(), place, kind, edit.text.encode())


def _errors(files: Files, today: date) -> list[Problem]:
    # Drafts are checked like all else, as `prehab check` does.
    found = check(load(files, show_drafts=True), today)
    return [problem for problem in found if problem.severity == "error"]


def _said(problem: Problem) -> tuple[str, str]:
    """A problem wherever its line has moved to."""
    return problem.path, problem.message


def _ours(folders: Folders, problem: Problem) -> Problem:
    """Its path without the machine's own folders."""
    for name, folder in zip(Folders._fields, folders, strict=True):
        if problem.path.startswith(f"{folder.as_posix()}/"):
            inside = problem.path.removeprefix(f"{folder.as_posix()}/")
            return replace(problem, path=f"{name}/{inside}")
    return problem


# ---- writing -----------------------------------------------------------------------------------------------


@asynccontextmanager
async def writing(store: Store, folders: Folders, edits: Sequence[Edit]) -> AsyncIterator[AsyncConnection]:
    """A write transaction whose last step puts these files in place; what goes wrong puts them back.
    Raises Changed and CannotWrite. Examine the edits before: meanwhile nobody else can write."""
    undo: Callable[[], None] | None = None
    try:
        async with store.write() as tx:
            yield tx
            undo = place(folders, edits)
    except BaseException:
        if undo:
            undo()
        raise


def place(folders: Folders, edits: Sequence[Edit]) -> Callable[[], None]:
    """Put every file in place, or none; what puts them back. Raises Changed and CannotWrite."""
    # A link is followed: its target is rewritten, and it stays a link.
    paths = {edit: _path(folders, edit.place).resolve() for edit in edits}
    before: dict[Edit, bytes | None] = {}
    try:
        with _alone(folders.knowledge):
            for edit, path in paths.items():
                found = _bytes(path)
                if _mark(found) != edit.expected:
                    raise Changed
                before[edit] = found
            try:
                for edit, path in paths.items():
                    _replace(path, edit.text.encode())
            except OSError:
                _put_back(paths, before)
                raise
    except OSError as error:
        log.error("a file of the authors could not be written", why=error.strerror)
        raise CannotWrite(error.strerror or type(error).__name__) from error
    return lambda: _undo(folders, paths, before)


def _undo(folders: Folders, paths: Mapping[Edit, Path], before: Mapping[Edit, bytes | None]) -> None:
    """What failed already must fail as what it was."""
    try:
        with _alone(folders.knowledge):
            _put_back(paths, before)
    except OSError as error:
        log.error("a file of the authors could not be put back", why=error.strerror)


def _put_back(paths: Mapping[Edit, Path], before: Mapping[Edit, bytes | None]) -> None:
    """Only what still holds our words: somebody may have written theirs since."""
    for edit, path in paths.items():
        if _bytes(path) != edit.text.encode():
            continue
        if (raw := before[edit]) is None:
            path.unlink()
        else:
            _replace(path, raw)


def _replace(path: Path, raw: bytes) -> None:
    """Whole or not at all, also when the power goes. Nobody reads a name that begins with a dot."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    try:
        with half.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            half.chmod(path.stat().st_mode & 0o777)
        half.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time on this machine. Nobody waits for anything while holding it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        # Some network drives lock no folders; there the marks alone have to tell.
        with contextlib.suppress(OSError):
            fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _mark(raw: bytes | None) -> str:
    return "" if raw is None else sha256(raw).hexdigest()


def _split(place: str) -> tuple[Folder, PurePosixPath]:
    top, _, inside = place.partition("/")
    names: dict[str, Folder] = {"knowledge": "knowledge", "flows": "flows"}
    return names[top], PurePosixPath(inside)


def _path(folders: Folders, place: str) -> Path:
    """Raises ValueError for what is no place of ours: a way out of the folders, or a file nobody reads."""
    if place.partition("/")[0] not in Folders._fields or ".." in PurePosixPath(place).parts:
        raise ValueError(f"{place} is no file of the authors")
    folder, inside = _split(place)
    if kind_of(folder, inside) is None:
        raise ValueError(f"nobody reads a file at {place}")
    path: Path = getattr(folders, folder) / inside
    return path

"""The files that authors wrote, as bytes, and a fingerprint of them all. The only place that reads a disk."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.content.kinds import Folder, Kind, expected_in, kind_of
from bot.content.problems import Problem

ENDINGS = (".yaml", ".yml")
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class File:
    """One file: how it is called in messages, its place inside its folder, and its bytes."""

    path: str
    place: PurePosixPath
    kind: Kind
    raw: bytes


@dataclass(frozen=True, slots=True)
class Files:
    """All files of both folders, in order, and what was wrong with their names."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same files, wherever they stand."""
        seen = hashlib.sha256()
        for file in self.files:
            for part in (file.kind.folder, str(file.place), len(file.raw)):
                seen.update(f"{part}\0".encode(errors="surrogateescape"))
            seen.update(file.raw)
        return seen.hexdigest()


def gather(knowledge: Path, flows: Path) -> Files:
    """Read every YAML file of both folders."""
    found = [*_folder("knowledge", knowledge), *_folder("flows", flows)]
    return Files(
        tuple(one for one in found if isinstance(one, File)),
        tuple(one for one in found if isinstance(one, Problem)),
    )


def yaml_files(top: Path) -> list[Path]:
    """Every YAML file below a folder, in order; what editors leave behind (.x.yaml, x.yaml~) is passed by."""
    found = (
        path for ending in ENDINGS for path in top.rglob(f"*{ending}") if not _hidden(path.relative_to(top))
    )
    return sorted(found)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _folder(folder: Folder, top: Path) -> Iterator[File | Problem]:
    if not top.is_dir():
        yield Problem(top.as_posix(), 1, 1, f"there is no such folder; the {folder} are expected here")
        return
    for path in yaml_files(top):
        yield _file(folder, path, PurePosixPath(path.relative_to(top).as_posix()))


def _file(folder: Folder, path: Path, place: PurePosixPath) -> File | Problem:
    name = path.as_posix()
    if path.suffix == ".yml":
        return Problem(name, 1, 1, f"nobody reads .yml files; call it '{path.stem}.yaml'")
    kind = kind_of(folder, place)
    if kind is None:
        return Problem(name, 1, 1, f"nobody reads a file here; files stand in {expected_in(folder)}")
    try:
        return File(name, place, kind, path.read_bytes())
    except OSError as error:
        return Problem(name, 1, 1, f"this file cannot be read ({error.strerror})")


def code_fingerprint() -> str:
    """Of this package's own code: content that was read by other code may have another shape."""
    seen = hashlib.sha256()
    for path in sorted(HERE.glob("*.py")):
        seen.update(path.read_bytes())
    return seen.hexdigest()

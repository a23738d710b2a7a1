"""Content that may change while the program runs: read again on change, the last good one kept."""

from pathlib import Path

from bot.content.content import Content
from bot.content.files import gather, yaml_files
from bot.content.load import Loaded, load

Stamp = tuple[tuple[str, int, int], ...]


class Watched:
    """Both folders. `content` is the last that was good; `reload` looks whether there is a newer one."""

    def __init__(
        self, knowledge: Path, flows: Path, show_drafts: bool = False, cache: Path | None = None
    ) -> None:
        self._folders = (knowledge, flows)
        self._show_drafts = show_drafts
        self._cache = cache
        self._stamp: Stamp | None = None
        self._seen = ""
        self.content: Content | None = None

    def reload(self) -> Loaded | None:
        """What is new, with its problems if it has any; None when no file has really changed."""
        stamp = self._look()
        if stamp == self._stamp:
            return None
        files = gather(*self._folders)
        self._stamp = stamp
        names = "\n".join(str(problem) for problem in files.problems)
        seen = f"{files.fingerprint}\n{names}"
        if seen == self._seen:
            return None
        self._seen = seen
        loaded = load(files, self._show_drafts, self._cache)
        self.content = loaded.content or self.content
        return loaded

    def _look(self) -> Stamp:
        """Names, times and sizes: cheap enough to be asked every second."""
        found = []
        for folder in self._folders:
            for path in yaml_files(folder):
                try:
                    known = path.stat()
                except OSError:
                    continue  # Gone since it was listed: an editor is saving, the next look will see it.
                found.append((path.as_posix(), known.st_mtime_ns, known.st_size))
        return tuple(found)

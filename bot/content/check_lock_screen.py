"""Rules for what shows on a locked phone: the list is there, and no reminder holds a word of it."""

from collections.abc import Iterator

from bot.content.content import Content
from bot.content.problems import Problem
from bot.content.shapes import TextFile
from bot.content.sources import Sources

LIST = "knowledge/lock-screen.yaml"
OURS = "reminder."


def the_list_is_there(content: Content, sources: Sources) -> Iterator[Problem]:
    """Without it nobody would know what a reminder must not say."""
    unread = any(sheet.shape is None for path, sheet in sources.sheets.items() if path.endswith(LIST))
    if not content.lock_screen.words and not unread:
        yield Problem(LIST, 1, 1, "no words are written that a locked phone must not show")


def reminders_say_nothing_of_health(content: Content, sources: Sources) -> Iterator[Problem]:
    """Every wording of every sentence of a reminder, in every language."""
    for path, file in sources.files(TextFile):
        for key, said in file.root.items():
            wordings = (said,) if isinstance(said, str) else said
            if key.startswith(OURS) and (found := content.lock_screen.blocked(" | ".join(wordings))):
                yield sources.problem(path, (key,), refused(found))


def refused(found: tuple[str, ...]) -> str:
    """For every message that can be read on a locked phone."""
    return f"a locked phone would show '{found[0]}'; say it without a word about health (see {LIST})"


STANDING = (the_list_is_there, reminders_say_nothing_of_health)

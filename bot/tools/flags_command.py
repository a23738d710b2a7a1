"""`prehab flags`: what the red flags make of each line, as JSON or with its reasons."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot import clock
from bot.model import Flagged
from bot.safety import Explained, Hit, Matcher, build_matcher
from bot.settings import Settings
from bot.tools import looking
from bot.tools.flags_report import report

MESSAGES = Path("tests")
"""Where the written messages are, in a folder for each half."""


def flag_lines(matcher: Matcher, lines: Iterable[str], as_json: bool) -> Iterator[str]:
    """With `as_json` one object for every line, also for an empty one; else reasons, for a reader."""
    for line in lines:
        if as_json:
            yield _as_json(matcher.check(line))
        else:
            yield from _told(line, matcher.explain(line))


def write_report(settings: Settings, out: Path) -> str:
    """Write the page for the clinician; what to tell whoever asked for it."""
    content = looking.content(settings)
    if not (MESSAGES / "held_out").is_dir():
        return f"the written messages are not here ({MESSAGES}/); run this where the project is checked out"
    page = report(content, build_matcher(content.flags), MESSAGES, clock.now().date())
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page, "utf-8")
    return f"written: {out}"


def _as_json(flagged: Flagged | None) -> str:
    level = flagged.level.value if flagged else "none"
    return json.dumps({"level": level, "ids": list(flagged.ids) if flagged else []})


def _told(line: str, explained: Explained) -> Iterator[str]:
    """The message with its level and card, and each phrase with the words that met it."""
    flagged = explained.flagged
    said = f"{flagged.level.value}: {', '.join(flagged.ids)}, card {flagged.card}" if flagged else "none"
    yield f"{line.strip()}  ({said})"
    for hit in dict.fromkeys(explained.hits):
        yield f"  {hit.id} {hit.level}: “{hit.phrase}” ({_met(hit)})"


def _met(hit: Hit) -> str:
    words = " … ".join(hit.words)
    slips = f", {hit.slips} slips" if hit.slips else ""
    return f"{words}{slips}" + (f"; off: “{hit.off}”" if hit.off else "")

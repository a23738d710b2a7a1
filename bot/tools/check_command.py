"""`prehab check`: every problem of every file, then the transcripts with their coverage."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console

from bot import clock
from bot.compose import load, navigator_of
from bot.content import Content, Loaded, Problem, check, fails
from bot.content.flags import FlagFile
from bot.content.flows import Flow, TranscriptFile
from bot.content.problems import Severity
from bot.conversation.navigator import Navigator
from bot.conversation.rehearse import Mismatch, Played, Way, folded, play, ways_of
from bot.safety import faults
from bot.settings import Settings

screen = Console(highlight=False, soft_wrap=True)
ALIKE = 3
COLOURS = {"error": "red", "warning": "yellow"}


def check_command(settings: Settings, strict: bool) -> int:
    """Tell all problems; the exit code says whether the content may go live."""
    settings = settings.model_copy(update={"show_drafts": True})
    loaded = load(settings, cached=False)
    problems = check(loaded, clock.now().date())
    coverage: list[str] = []
    if loaded.content is not None:
        rehearsed, coverage = rehearse(loaded, navigator_of(loaded.content, settings))
        problems += (*red_flags(loaded, loaded.content), *rehearsed)
    tell(problems, coverage, loaded.readable, strict)
    return 1 if fails(problems, strict) else 0


def red_flags(loaded: Loaded, content: Content) -> Iterator[Problem]:
    """Phrases the matcher cannot read, at their lines."""
    for path, file in loaded.source.files(FlagFile):
        for fault in faults(file, whole=content.flags):
            yield loaded.source.problem(path, fault.where, fault.message)


def rehearse(loaded: Loaded, navigator: Navigator) -> tuple[list[Problem], list[str]]:
    """Play every transcript: what went wrong or was never tried, and a line of coverage for each flow."""
    taken: set[Way] = set()
    found: list[Problem] = []
    for path, file in loaded.source.files(TranscriptFile):
        for number, transcript in enumerate(file.transcripts):
            played = play(navigator.respond, transcript)
            taken |= played.ways
            found += _mismatches(loaded, path, number, played)
    flows = dict(loaded.source.files(Flow))
    walked = folded({flow.flow: flow for flow in flows.values()}, taken)
    for path, flow in flows.items():
        found += _untried(loaded, path, flow, walked)
    return found, [_coverage(flow, walked) for flow in flows.values()]


def lines_of(problems: list[Problem], strict: bool) -> Iterator[tuple[str, Severity]]:
    """Errors all; of one warning said many times only the first few, unless warnings count."""
    times = Counter(problem.message for problem in problems if problem.severity == "warning")
    told: Counter[str] = Counter()
    for problem in problems:
        told[problem.message] += 1
        if strict or problem.severity == "error" or told[problem.message] <= ALIKE:
            yield str(problem), problem.severity
        elif told[problem.message] == times[problem.message]:
            yield f"  … and {times[problem.message] - ALIKE} more like that (--strict shows all)", "warning"


def _mismatches(loaded: Loaded, path: str, number: int, played: Played) -> Iterator[Problem]:
    for wrong in played.mismatches:
        yield loaded.source.problem(path, ("transcripts", number, "says", wrong.line), _told(wrong))


def _told(wrong: Mismatch) -> str:
    came = "\n    ".join(wrong.came.splitlines()) or "(nothing)"
    return f"the answer must hold “{wrong.wanted}”; it was:\n    {came}"


def _untried(loaded: Loaded, path: str, flow: Flow, walked: frozenset[Way]) -> Iterator[Problem]:
    for _, step, way in sorted(ways_of(flow) - walked):
        yield loaded.source.problem(path, ("steps", step), f"no transcript leaves '{step}' by '{way}'")


def _coverage(flow: Flow, walked: frozenset[Way]) -> str:
    ways = ways_of(flow)
    steps, reached = {step for _, step, _ in ways}, {step for _, step, _ in ways & walked}
    return f"{flow.flow}: {len(reached)} of {len(steps)} steps, {len(ways & walked)} of {len(ways)} branches"


def tell(problems: tuple[Problem, ...], coverage: list[str], content: Content, strict: bool) -> None:
    """Each problem at its line, then what the content holds."""
    for line, severity in lines_of(sorted(set(problems)), strict):
        screen.print(line, style=COLOURS[severity], markup=False)
    for line in coverage:
        screen.print(line)
    drafts = sum(article.status == "draft" for article in content.articles.values())
    errors = sum(problem.severity == "error" for problem in problems)
    screen.print(
        f"{len(content.articles)} articles ({drafts} drafts) over {len(content.topics)} topics, "
        f"{len(content.flags.flags)} red-flag groups, {len(content.services)} services, "
        f"{len(content.sessions)} sessions. {errors} errors, {len(problems) - errors} warnings."
    )

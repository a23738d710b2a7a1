"""`prehab check`: every problem of every file, then the transcripts with their coverage."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console

from bot import clock
from bot.compose import load, navigator_of
from bot.content import Content, Loaded, Problem, check, fails
from bot.content.check_findings import unfound
from bot.content.flags import FlagFile
from bot.content.flows import Flow, Option, TranscriptFile
from bot.content.problems import Severity
from bot.content.walk import walk
from bot.conversation.navigator import Navigator
from bot.conversation.rehearse import Mismatch, Played, Way, folded, play, ways_of
from bot.model import Person
from bot.safety import faults
from bot.search import first, lost_phrasings
from bot.settings import Settings
from bot.tools import findability

screen = Console(highlight=False, soft_wrap=True)
ALIKE = 3
COLOURS = {"error": "red", "warning": "yellow"}


def check_command(settings: Settings, strict: bool, accept_now: bool = False, lost: bool = False) -> int:
    """Tell all problems; the exit code says whether the content may go live. `accept_now`: from now on this
    content is what a change is compared with. `lost`: list what only wins because it is written.
    """
    settings = settings.model_copy(update={"show_drafts": True})
    loaded = load(settings, cached=False)
    problems = check(loaded, clock.now().date())
    coverage: list[str] = []
    if loaded.content is not None:
        navigator = navigator_of(loaded.content, settings)
        rehearsed, coverage = rehearse(loaded, navigator)
        found, measured = findable(loaded, navigator, accept_now, lost)
        problems += (*red_flags(loaded, loaded.content), *loud_options(loaded, navigator), *rehearsed, *found)
        coverage += [measured]
    tell(problems, coverage, loaded.readable, strict)
    return 1 if fails(problems, strict) else 0


def findable(loaded: Loaded, navigator: Navigator, accept_now: bool, lost: bool) -> tuple[list[Problem], str]:
    """What got worse for the search since it was last accepted, and a line with the figures."""
    index = navigator.world.index
    before = None if accept_now else findability.accepted()
    now = findability.measure(
        navigator.content, index, lambda text: navigator.world.find(Person(), text), before
    )
    if accept_now:
        findability.accept(now)
    for line in findability.lost_lines(lost_phrasings(index)) if lost else ():
        screen.print(line, markup=False)
    before = before or now
    line = (
        f"search: {now.accuracy:.1%} of the held-out messages find their answer (accepted: "
        f"{before.accuracy:.1%}); {len(before.lost)} phrasings only win because they are written (see --lost)"
    )
    tests = unfound(loaded.source, lambda text: first(index, text))
    return [*findability.worse(loaded, now, before), *tests], line


def red_flags(loaded: Loaded, content: Content) -> Iterator[Problem]:
    """Phrases the matcher cannot read, at their lines."""
    for path, file in loaded.source.files(FlagFile):
        for fault in faults(file, whole=content.flags):
            yield loaded.source.problem(path, fault.where, fault.message)


def loud_options(loaded: Loaded, navigator: Navigator) -> Iterator[Problem]:
    """Choices whose label raises a red flag: whoever taps one gets a card, and the flow stops."""
    matcher = navigator.world.matcher
    for path, flow in loaded.source.files(Flow):
        for where, option in walk(flow):
            if isinstance(option, Option):
                label = option.label["en"]
                if flagged := matcher.check(label):
                    raised = ", ".join(flagged.ids)
                    message = (
                        f"'{label}' raises the red flag {raised}, so the flow would stop here; "
                        f"use other words, unless it should"
                    )
                    yield loaded.source.problem(path, (*where, "label"), message, "warning")


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

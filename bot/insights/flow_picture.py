"""Where people stop in a flow, drawn on the flow's own picture: each step a box, each way an arrow. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bot.content.flowgraph import ways
from bot.content.flows import Ask, Flow
from bot.content.graph import in_words
from bot.insights.chapters import Words
from bot.insights.suppression import Shown, about

WIDTH, BOX, HIGH, GAP, LEFT = 760, 500, 62, 26, 20
LANE = 14
"""Between arrows that pass by other steps, at the right of the boxes."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of a flow. Numbers are in fives, and None where they are small: see about()."""

    id: str
    words: str
    asks: bool = False
    asked: Shown = None
    answered: Shown = None

    @property
    def left(self) -> Shown:
        """The difference of two numbers in fives, so no closer than they are."""
        return about(max((self.asked or 0) - (self.answered or 0), 0))


def stops(flow: Flow, counts: Mapping[tuple[str, str], int]) -> tuple[Stop, ...]:
    """Every step in its author's order. Whoever went back to an earlier question has not left this one."""
    return tuple(_stop(flow, name, counts) for name in flow.steps)


def _stop(flow: Flow, name: str, counts: Mapping[tuple[str, str], int]) -> Stop:
    step, here = flow.steps[name], f"{flow.flow}/{name}"
    if not isinstance(step, Ask):
        return Stop(name, in_words(step))
    asked, back = counts.get((here, "asked"), 0), counts.get((here, "back"), 0)
    return Stop(name, in_words(step), True, about(asked - back), about(counts.get((here, "answered"), 0)))


def sentence(stop: Stop, words: Words) -> str:
    """ "about 120 asked, about 95 answered, about 25 left here"; what is small is left out."""
    numbers = (("asked", stop.asked), ("answered", stop.answered), ("left", stop.left))
    shown = [words("stop", name).replace("{number}", str(number)) for name, number in numbers if number]
    return ", ".join(shown) if shown else words("stop", "few") if stop.asks else ""


def drawn(flow: Flow, found: tuple[Stop, ...], words: Words) -> str:
    """The flow as SVG, top to bottom."""
    high = len(found) * (HIGH + GAP) + GAP
    size = f'viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}'
    title = f"<title>{escape(flow.title['en'])}</title>"
    most = max((stop.asked or 0 for stop in found), default=0) or 1
    boxes = (line for at, stop in enumerate(found) for line in _box(at, stop, most, words))
    return "\n".join([f'{head} role="img">{title}{STYLE}{TIP}', *_arrows(flow), *boxes, "</svg>"])


STYLE = (
    "<style>text{font:14px system-ui,sans-serif;fill:#1f2a2a}.id{font-size:12px;fill:#4c5a59}"
    ".n{font-weight:600}.box{fill:#fff;stroke:#86928f}.asks{stroke:#23524c;stroke-width:2}"
    ".in{fill:#e3efec}.out{fill:#f2cf8f}.way{fill:none;stroke:#4c5a59;stroke-width:1.2}"
    'rect.page{fill:#fff}</style><rect class="page" width="100%" height="100%"/>'
)
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"'
    ' orient="auto"><path d="M0 0L8 4L0 8z" fill="#4c5a59"/></marker></defs>'
)


def _top(at: int) -> int:
    return GAP + at * (HIGH + GAP)


def _box(at: int, stop: Stop, most: int, words: Words) -> Iterator[str]:
    """Its breadth in colour shows how many came here, the other colour how many left."""
    y, kind = _top(at), "box asks" if stop.asks else "box"
    yield f'<g><rect class="{kind}" x="{LEFT}" y="{y}" width="{BOX}" height="{HIGH}" rx="6"/>'
    asked, left = ((number or 0) * (BOX - 4) // most for number in (stop.asked, stop.left))
    inside = f'y="{y + 2}" height="{HIGH - 4}" rx="5"'
    if asked:
        yield f'<rect class="in" x="{LEFT + 2}" width="{asked}" {inside}/>'
    if left:
        yield f'<rect class="out" x="{LEFT + 2 + asked - left}" width="{left}" {inside}/>'
    lines = (("id", stop.id), ("", stop.words), ("n", sentence(stop, words)))
    for number, (look, line) in enumerate(lines):
        yield f'<text class="{look}" x="{LEFT + 12}" y="{y + 17 + 19 * number}">{escape(line)}</text>'
    yield "</g>"


def _arrows(flow: Flow) -> Iterator[str]:
    """Straight to the next box, round at the right to any other."""
    places = {name: at for at, name in enumerate(flow.steps)}
    passing = 0
    for name, step in flow.steps.items():
        targets = dict.fromkeys(to for _, to, _ in ways(step) if to in places)
        for to in targets:
            here, there = places[name], places[to or ""]
            if there == here + 1:
                x = LEFT + BOX // 2
                yield _way(f"M{x} {_top(here) + HIGH}V{_top(there)}")
                continue
            lane = LEFT + BOX + 24 + passing * LANE % (WIDTH - LEFT - BOX - 40)
            passing += 1
            start, end = _top(here) + HIGH * 2 // 3, _top(there) + HIGH // 3
            yield _way(f"M{LEFT + BOX} {start}H{lane}V{end}H{LEFT + BOX}")


def _way(path: str) -> str:
    return f'<path class="way" marker-end="url(#tip)" d="{path}"/>'

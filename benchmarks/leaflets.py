"""How long each kind of leaflet takes, and how often its code is read back from the finished PDF.

python -m benchmarks leaflets

The codes are read by zxing-cpp, which has nothing in common with what draws them: small and large, blurred,
turned, photographed from the side, and with a stain over as many codewords as level Q promises to mend.
Ends with 1 if a leaflet takes longer than 2 seconds, or a code that should be read is not.
"""

import sys
from collections.abc import Iterator
from itertools import product
from time import perf_counter

from bot.conversation.world import World
from bot.leaflet_links import PAPERS, Kind, Leaflet, Purpose, Wish
from bot.leaflets import typesetting
from bot.leaflets.addresses import link_of
from bot.leaflets.qr import QUIET, side_of, squares
from tests.leaflets import photographs
from tests.leaflets.papers import LINKS, SESSION, WEBSITE, made, navigator, right_to_left, wish

LIMIT = 2.0
TIMES = 5
CODES = (
    (WEBSITE, Leaflet(7, "check", "", "scotland")),
    (WEBSITE, Leaflet(1024, "session", SESSION, "scotland")),
    (WEBSITE, Leaflet(99, "article", "what-is-prehab", "london", "gd")),
    (
        "https://prehab-navigator.some-hospital.nhs.example.org",
        Leaflet(32**6 - 1, "session", "s" * 28, "a" * 28),
    ),
)
LINKED = tuple(link_of(website, LINKS, leaflet) for website, leaflet in CODES)
SEEDS = range(25)
SHARES = (0.25, 0.5, 0.75, 0.9, 1.0)
"""Of all the codewords that level Q can mend: a quarter of the code has mistakes, an eighth is mended."""


def main() -> int:
    navigator()
    right_to_left()
    slow = sum(seconds > LIMIT for seconds in _times())
    unread = _read_back() + _stained()
    print(f"\n{slow} leaflets slower than {LIMIT:.0f} s, {unread} codes unread that should be read")
    return 1 if slow or unread else 0


def _times() -> Iterator[float]:
    """Seconds of each kind as PDF, the slowest of a few; the first of all also opens the fonts."""
    print(f"{'leaflet':<34} {'first':>8} {'slowest':>8} {'size':>8}   limit {LIMIT:.0f} s")
    purposes: tuple[Purpose, ...] = ("area", "session")
    for purpose, kind, large in product(purposes, PAPERS, (False, True)):
        name = f"{kind}, {purpose}{', large print' if large else ''}"
        yield _timed(name, wish(purpose, kind, large))
    yield _timed("a5, area, right to left", wish(language="ar"), right_to_left())


def _timed(name: str, wanted: Wish, world: World | None = None) -> float:
    taken: list[float] = []
    for _ in range(TIMES):
        begun = perf_counter()
        pdf = typesetting.pdf(made(wanted, world))
        taken.append(perf_counter() - begun)
    print(f"{name:<34} {taken[0]:6.2f} s {max(taken[1:]):6.2f} s {len(pdf) / 1024:5.0f} kB")
    return max(taken)


def _read_back() -> int:
    """Every paper at every size of a module, as it is seen in many ways; how many are not read."""
    print(f"\n{'read back from the PDF':<34} " + " ".join(f"{size:>5} px" for size in photographs.SIZES))
    seen: dict[str, list[list[bool]]] = {}
    for kind in PAPERS:
        sheet = made(wish(kind=kind))
        pdf = typesetting.pdf(sheet)
        for place, size in enumerate(photographs.SIZES):
            page = photographs.pages(pdf, photographs.dots_for(size, _module(kind, sheet.link)))[0]
            for name, view in photographs.views(photographs.code_in(page)):
                cells = seen.setdefault(f"{kind}: {name.split()[0]}", [[] for _ in photographs.SIZES])
                cells[place].append(photographs.read(view) == [sheet.link])
    for name, cells in seen.items():
        print(f"{name:<34} " + " ".join(f"{sum(cell):>4}/{len(cell):<3}" for cell in cells))
    return sum(not read for cells in seen.values() for cell in cells for read in cell)


def _module(kind: Kind, link: str) -> float:
    """Millimetres of one on this paper."""
    side = side_of(link, typesetting.SIDES[kind, False])
    return side / (len(squares(link)) + 2 * QUIET)


def _stained() -> int:
    """A stain over a share of what level Q (25 %) can mend: all of it must still be read."""
    print(f"\n{'stain, of what level Q can mend':<34} read of {len(SEEDS) * len(LINKED)}")
    unread = 0
    for share in SHARES:
        stained = [photographs.damaged(link, share, seed) for link in LINKED for seed in SEEDS]
        wanted = [link for link in LINKED for _ in SEEDS]
        read = sum(photographs.read(one) == [link] for one, link in zip(stained, wanted, strict=True))
        unread += len(wanted) - read
        print(f"{share:<34.0%} {read}")
    return unread


if __name__ == "__main__":
    sys.exit(main())

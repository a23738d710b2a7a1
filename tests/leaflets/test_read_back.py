"""What is printed can be scanned: codes are read back from the finished PDF by an independent decoder."""

import pytest

from bot.leaflet_links import PAPERS, Kind, short_code
from bot.leaflets import typesetting
from bot.leaflets.qr import QUIET, SMALLEST, side_of, squares
from tests.leaflets.papers import EVERY, WEBSITE, made, wish
from tests.leaflets.photographs import SIZES, code_in, damaged, dots_for, pages, read, views

ADDRESS = f"{WEBSITE}/l/{short_code(7)}"
DOTS: dict[Kind, int] = {"a5": 120, "a4": 100, "poster": 40, "card": 150}
COPIES: dict[tuple[Kind, bool], int] = {("card", False): 10, ("card", True): 4}


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_every_code_on_every_paper_is_read(kind: Kind, large: bool) -> None:
    pdf = typesetting.pdf(made(wish(kind=kind, large=large)))
    found = [text for page in pages(pdf, DOTS[kind]) for text in read(page)]
    assert found == [ADDRESS] * COPIES.get((kind, large), 1)


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("size", SIZES)
def test_at_every_size_blurred_turned_and_photographed(kind: Kind, size: int) -> None:
    drawn = made(wish(kind=kind))
    module = side_of(drawn.address, typesetting.SIDES[kind, False]) / (len(squares(ADDRESS)) + 2 * QUIET)
    code = code_in(pages(typesetting.pdf(drawn), dots_for(size, module))[0])
    assert [name for name, view in views(code) if read(view) != [ADDRESS]] == []


@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_a_stain_as_large_as_the_level_promises_hides_nothing(share: float) -> None:
    unread = [seed for seed in range(12) if read(damaged(ADDRESS, share, seed)) != [ADDRESS]]
    assert unread == []


@pytest.mark.parametrize(
    "website", ["https://a.uk", WEBSITE, "https://prehab-navigator.some-hospital.nhs.example.org"]
)
def test_no_module_is_too_small_for_an_old_phone(website: str) -> None:
    for (_, _), least in typesetting.SIDES.items():
        address = f"{website}/l/7K4"
        assert side_of(address, least) / (len(squares(address)) + 2 * QUIET) >= SMALLEST

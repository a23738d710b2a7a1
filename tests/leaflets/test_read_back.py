"""What is printed can be scanned: codes are read back from the finished PDF by an independent decoder."""

from dataclasses import replace

import pytest

from bot.leaflet_links import PAPERS, Kind, Leaflet
from bot.leaflets import typesetting
from bot.leaflets.addresses import link_of
from bot.leaflets.qr import QUIET, SMALLEST, side_of, squares
from tests.leaflets.papers import EVERY, LINKS, SESSION, WEBSITE, made, wish
from tests.leaflets.photographs import SIZES, code_in, damaged, dots_for, pages, read, views

LINK = link_of(WEBSITE, LINKS, Leaflet(7, "check", "", "scotland"))
LONGEST = Leaflet(32**6 - 1, "session", "s" * 28, "a" * 28, "gla")
"""Nobody's link is longer: 64 characters."""
HOSPITAL = "https://prehab-navigator.some-hospital.nhs.example.org"
DOTS: dict[Kind, int] = {"a5": 120, "a4": 100, "poster": 40, "card": 150}
COPIES: dict[tuple[Kind, bool], int] = {("card", False): 10, ("card", True): 4}


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_every_code_on_every_paper_is_read(kind: Kind, large: bool) -> None:
    pdf = typesetting.pdf(made(wish(kind=kind, large=large)))
    found = [text for page in pages(pdf, DOTS[kind]) for text in read(page)]
    assert found == [LINK] * COPIES.get((kind, large), 1)


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("size", SIZES)
def test_at_every_size_blurred_turned_and_photographed(kind: Kind, size: int) -> None:
    drawn = made(wish(kind=kind))
    module = side_of(LINK, typesetting.SIDES[kind, False]) / (len(squares(LINK)) + 2 * QUIET)
    code = code_in(pages(typesetting.pdf(drawn), dots_for(size, module))[0])
    assert [name for name, view in views(code) if read(view) != [LINK]] == []


@pytest.mark.parametrize(
    ("website", "leaflet"), [(WEBSITE, Leaflet(7, "session", SESSION)), (HOSPITAL, LONGEST)]
)
@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_a_stain_as_large_as_the_level_promises_hides_nothing(
    website: str, leaflet: Leaflet, share: float
) -> None:
    link = link_of(website, LINKS, leaflet)
    unread = [seed for seed in range(8) if read(damaged(link, share, seed)) != [link]]
    assert unread == []


@pytest.mark.parametrize("website", ["https://a.uk", WEBSITE, HOSPITAL])
def test_no_module_is_too_small_for_an_old_phone(website: str) -> None:
    link = link_of(website, LINKS, LONGEST)
    for least in typesetting.SIDES.values():
        assert side_of(link, least) / (len(squares(link)) + 2 * QUIET) >= SMALLEST


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_the_longest_link_there_can_be_is_read_from_every_paper(kind: Kind, large: bool) -> None:
    drawn = made(wish(kind=kind, large=large), id=LONGEST.id, website=HOSPITAL)
    drawn = replace(drawn, link=link_of(HOSPITAL, LINKS, LONGEST))
    found = [text for page in pages(typesetting.pdf(drawn), DOTS[kind]) for text in read(page)]
    assert found == [drawn.link] * COPIES.get((kind, large), 1)


def test_a_leaflet_that_is_only_looked_at_leads_to_the_front_door() -> None:
    assert made(wish(), id=0).link == f"{WEBSITE}/l/preview"

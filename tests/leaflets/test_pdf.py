"""What a leaflet looks like and says: to the eye, to a screen reader, to a printer."""

import io
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, TextStringObject

from bot.leaflet_links import PURPOSES, Kind, Purpose
from bot.leaflets import typesetting
from bot.leaflets.sheet import sheet
from bot.leaflets.words import Words
from tests.leaflets.papers import EVERY, NOW, SESSION, WEBSITE, made, navigator, right_to_left, wish
from tests.leaflets.photographs import pages, read

MOST_PAGES: dict[tuple[Kind, bool], int] = {
    ("a5", False): 2,
    ("a5", True): 4,
    ("a4", False): 2,
    ("a4", True): 3,
}


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader(pdf).pages)


def dictionary(found: object) -> DictionaryObject:
    held = found.get_object() if isinstance(found, IndirectObject) else found
    assert isinstance(held, DictionaryObject)
    return held


def first(found: object) -> object:
    held = found.get_object() if isinstance(found, IndirectObject) else found
    assert isinstance(held, ArrayObject)
    return held[0]


def figures(pdf: bytes) -> list[str]:
    """The alternative text of every picture in the tags."""
    found: list[str] = []
    waiting: list[object] = [dictionary(reader(pdf).trailer["/Root"])["/StructTreeRoot"]]
    while waiting:
        held = waiting.pop(0)
        held = held.get_object() if isinstance(held, IndirectObject) else held
        if isinstance(held, list):
            waiting += held
        elif isinstance(held, DictionaryObject):
            found += [str(held["/Alt"])] if held.get("/S") == "/Figure" else []
            waiting += [held["/K"]] if "/K" in held else []
    return found


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_it_is_tagged_and_says_its_language_and_title(kind: Kind, large: bool) -> None:
    pdf = typesetting.pdf(made(wish(kind=kind, large=large)))
    root = dictionary(reader(pdf).trailer["/Root"])
    assert str(dictionary(root["/MarkInfo"])["/Marked"]) == "True"
    assert str(root["/Lang"]) == "en-GB"
    assert "pdfuaid:part>1<" in dictionary(root["/Metadata"]).get_data().decode()  # type: ignore[attr-defined]
    about = reader(pdf).metadata
    assert about is not None and about.title is not None and about.title.startswith("Get ready for cancer")
    assert set(figures(pdf)) == {"QR code that opens prehab.example.org/l/07J"}


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_every_font_is_inside(kind: Kind, large: bool) -> None:
    for page in reader(typesetting.pdf(made(wish(kind=kind, large=large)))).pages:
        for font in dictionary(dictionary(page["/Resources"])["/Font"]).values():
            inner = dictionary(first(dictionary(font)["/DescendantFonts"]))
            assert "/FontFile2" in dictionary(inner["/FontDescriptor"])


def test_the_words_stand_in_the_order_in_which_they_are_read() -> None:
    said = words(typesetting.pdf(made(wish(kind="a4"))))
    order = [
        "Get ready for cancer treatment",
        "Prehab means getting ready",
        "Check what could help you get ready",
        "Or type this address:",
        "prehab.example.org",
        "Macmillan Support Line",
        "0808 808 00 00",
        "This is not for emergencies",
        "People who can help in Scotland",
        "0800 917 7711",
        "SAMPLE Get Ready Team",
        "is made up",
        "Correct on Monday 23 November 2026",
        "Made with the Prehab Navigator",
    ]
    places = [said.index(one) for one in order]
    assert places == sorted(places)


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_under_each_code_stand_its_address_and_a_number(kind: Kind, large: bool) -> None:
    said = words(typesetting.pdf(made(wish(kind=kind, large=large)))).replace(" ", "")
    assert "prehab.example.org/l/07J" in said and "08088080000" in said and "999" in said


@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_purpose_says_in_one_line_what_its_code_is_for(purpose: Purpose) -> None:
    drawn = made(wish(purpose))
    assert drawn.purpose.text in words(typesetting.pdf(drawn))


def test_a_sessions_leaflet_has_its_place_and_next_dates_and_is_marked_sample() -> None:
    said = words(typesetting.pdf(made(wish("session"))))
    assert "SAMPLE: Gentle exercise group" in said
    assert "SAMPLE Community Hall, Leith, EH6 6AA" in said
    assert "Thursday 26 November, 10.30am" in said and "Thursday 3 December, 10.30am" in said
    assert "what is marked SAMPLE is made up" in said


def test_numbers_of_another_nation_are_not_on_it() -> None:
    scotland, london = (words(typesetting.pdf(made(wish(area=area)))) for area in ("scotland", "london"))
    assert "Quit Your Way Scotland" in scotland and "Stop smoking helpline for England" not in scotland
    assert "Stop smoking helpline for England" in london and "0800 917 7711" not in london


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_it_stays_on_as_few_sheets_as_it_should(kind: Kind, large: bool) -> None:
    wishes = [wish(kind=kind, large=large, area=area) for area in ("london", "wessex")]
    for one in (*wishes, wish("session", kind, large)):
        pdf = typesetting.pdf(made(one))
        assert len(reader(pdf).pages) <= MOST_PAGES.get((kind, large), 1)


def test_the_same_leaflet_on_the_same_day_is_the_same_file() -> None:
    again = sheet(navigator().world, 7, wish(), WEBSITE, NOW + timedelta(hours=2))
    assert typesetting.pdf(made(wish())) == typesetting.pdf(again)


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_a_language_that_runs_from_right_to_left_is_set_so(kind: Kind, large: bool) -> None:
    pdf = typesetting.pdf(made(wish(kind=kind, large=large, language="ar"), right_to_left()))
    assert dictionary(reader(pdf).trailer["/Root"])["/Lang"].get_object() == TextStringObject("ar")
    first = pages(pdf, 40)[0]
    ink = np.asarray(first) < 128
    heading = ink[: first.height // 12]
    columns = np.flatnonzero(heading.any(axis=0))
    assert columns.size and columns.max() > first.width * 0.75
    assert made(wish(), right_to_left()).address == f"{WEBSITE}/l/07J"


def test_words_that_are_not_translated_yet_are_marked_as_english() -> None:
    drawn = made(wish(language="ar"), right_to_left())
    assert drawn.title.language == "ar"
    assert {one.name.language for one in drawn.help} == {"en"}


def test_a_letter_that_we_have_no_font_for_is_told_and_not_left_out() -> None:
    drawn = made(wish())
    with pytest.raises(typesetting.NotTypeset):
        typesetting.pdf(replace(drawn, title=replace(drawn.title, text="化疗之前")))


def test_a_session_with_code_in_its_title_is_only_words() -> None:
    drawn = made(wish("session"))
    hostile = '#panic("x") $x$ <script>alert(1)</script> *bold* _it_ @ref'
    said = words(typesetting.pdf(replace(drawn, title=replace(drawn.title, text=hostile))))
    assert '#panic("x")' in said and "<script>" in said


def test_a_preview_is_a_picture_of_the_first_page() -> None:
    png = typesetting.picture(made(wish("session"), id=0))
    picture = Image.open(io.BytesIO(png))
    assert picture.format == "PNG" and picture.width > 300
    assert SESSION not in read(picture)


def test_what_looks_like_a_program_in_a_title_is_only_printed() -> None:
    """Whoever names a session reads no file of ours with it, and breaks no leaflet."""
    title = 'Yoga #read("/etc/passwd") #image("x") $x^2$ @see *b* _i_ \\n [x] </script>'
    world = navigator().world
    listing = world.directory.listings[SESSION]
    named = replace(listing, series=listing.series.model_copy(update={"title": {"en": title}}))
    directory = replace(world.directory, listings={**world.directory.listings, SESSION: named})
    pdf = typesetting.pdf(made(wish("session", "a4"), replace(world, directory=directory)))
    assert title.replace(" ", "") in words(pdf).replace(" ", "")


LONG = "SAMPLE: Gentle chair-based movement and breathing for people who wait for an operation on their lungs"


@pytest.mark.parametrize(("kind", "large"), EVERY)
def test_a_long_title_and_a_long_address_push_nothing_off_the_first_page(kind: Kind, large: bool) -> None:
    host = "https://navigator.prehabilitation.nhslothian.scot.nhs.uk"
    whole = replace(made(wish("session", kind, large), website=host), title=Words(LONG))
    found = reader(typesetting.pdf(whole)).pages
    front = " ".join(found[0].extract_text().split())
    assert "0808 808 00 00" in front and "07J" in front
    assert kind not in ("poster", "card") or len(found) == 1


@pytest.mark.parametrize("large", [False, True])
def test_a_card_for_a_made_up_session_says_so(large: bool) -> None:
    assert "SAMPLE" in words(typesetting.pdf(made(wish("session", "card", large))))
    assert "SAMPLE" not in words(typesetting.pdf(made(wish("check", "card", large))))

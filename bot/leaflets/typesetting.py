"""Makes a leaflet's words into a tagged PDF or a picture, with typst and our own fonts only."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from bot.leaflet_links import Kind
from bot.leaflets.qr import side_of, svg
from bot.leaflets.sheet import Sheet

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
LATIN = ("Noto Sans",)
PICTURE = 60.0
"""Dots an inch of a preview."""
SIDES: dict[tuple[Kind, bool], float] = {
    ("a5", False): 40.0,
    ("a5", True): 44.0,
    ("a4", False): 55.0,
    ("a4", True): 65.0,
    ("poster", False): 120.0,
    ("poster", True): 105.0,
    ("card", False): 25.0,
    ("card", True): 34.0,
}
"""Millimetres of the code with its quiet zone."""
FAMILIES: dict[str, tuple[str, ...]] = {
    **{
        language: LATIN
        for language in "en gd pl cy ga ro lt lv cs sk hu pt es fr it de nl tr so sq uk ru bg el vi".split()
    },
    **{language: ("Noto Sans Arabic", *LATIN) for language in ("ar", "ur", "fa", "ps")},
    "bn": ("Noto Sans Bengali", *LATIN),
    "pa": ("Noto Sans Gurmukhi", *LATIN),
}
"""Which of our fonts have the letters of a language. One that is not here needs a font first."""


class NotTypeset(Exception):
    """It cannot be drawn: a letter that none of our fonts has, or words that do not fit. Says which."""


def can_be_printed(language: str) -> bool:
    """Whether we have a font for its letters."""
    return language in FAMILIES


def pdf(sheet: Sheet) -> bytes:
    """PDF/UA-1: tagged, with its language, title and fonts in it. The same sheet gives the same bytes."""
    return _compiled(sheet, "pdf")


def picture(sheet: Sheet, dots: float = PICTURE) -> bytes:
    """The first page as PNG."""
    return _compiled(sheet, "png", dots)


def _compiled(sheet: Sheet, format: Literal["pdf", "png"], dots: float = PICTURE) -> bytes:
    compiler = typst.Compiler(
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(_written(sheet))},
    )
    template = str(TEMPLATES / f"{sheet.wish.kind}.typ")
    standards: list[typst.PDFStandard] = ["ua-1"] if format == "pdf" else []
    try:
        made = compiler.compile(template, format=format, ppi=dots, pdf_standards=standards, timestamp=0)
    except typst.TypstError as error:
        raise NotTypeset(str(error.message)) from error
    pages = made if isinstance(made, list) else [made or b""]
    return pages[0]


def _written(sheet: Sheet) -> dict[str, object]:
    """For the template: the words, the code as a picture, and what the paper asks for."""
    side = side_of(sheet.link, SIDES[sheet.wish.kind, sheet.wish.large])
    drawn = {"qr": svg(sheet.link), "side": side, "fonts": FAMILIES[sheet.wish.language]}
    return {**asdict(sheet), **drawn}


@cache
def fonts() -> typst.Fonts:
    """Read once: they are two megabytes."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])

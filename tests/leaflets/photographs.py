"""What a phone may see of a finished PDF: drawn small or large, blurred, turned, photographed, damaged."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from qrcode.base import rs_blocks
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.util import pattern_position

from bot.leaflets.qr import QUIET, squares

Picture = Image.Image
Pixels = NDArray[np.float64]
QR: Any = zxingcpp.BarcodeFormat.QRCode
SIZES = (4, 6, 10)
"""Pixels of a module: a phone held far away, near, and a scanner."""
ANGLES = (0, 17, 45, 90, 180, 233)


def dots_for(pixels: float, millimetres: float) -> float:
    """Dots an inch at which a module of this size has so many pixels."""
    return pixels * 25.4 / millimetres


def pages(pdf: bytes, dots: float) -> list[Picture]:
    """Every page as greys."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dots / 72).to_pil().convert("L") for page in document]


def read(picture: Picture) -> list[str]:
    """What an independent decoder reads: the text of each code that it finds."""
    found: list[Any] = zxingcpp.read_barcodes(picture, formats=QR)
    return [str(one.text) for one in found]


def code_in(picture: Picture) -> Picture:
    """The first code of a page, cut out with half its size around it."""
    found: Any = zxingcpp.read_barcodes(picture, formats=QR)[0].position
    corners = [found.top_left, found.top_right, found.bottom_right, found.bottom_left]
    left, right = min(one.x for one in corners), max(one.x for one in corners)
    top, bottom = min(one.y for one in corners), max(one.y for one in corners)
    room = (right - left) // 6
    return picture.crop((left - room, top - room, right + room, bottom + room))


def blurred(picture: Picture, pixels: float) -> Picture:
    return picture.filter(ImageFilter.GaussianBlur(pixels))


def turned(picture: Picture, degrees: float) -> Picture:
    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def photographed(picture: Picture, tilt: float, seed: int) -> Picture:
    """From the side, in uneven light, by a camera with noise; `tilt` is how much shorter the far edge is."""
    return _noisy(_shaded(_tilted(picture, tilt)), seed)


def _tilted(picture: Picture, tilt: float) -> Picture:
    wide, high = picture.size
    inset, drop = wide * tilt / 2, high * tilt / 3
    corners = [(inset, drop), (wide - inset, 0.0), (float(wide), float(high)), (0.0, high - drop)]
    straight = [(0.0, 0.0), (float(wide), 0.0), (float(wide), float(high)), (0.0, float(high))]
    way = _perspective(corners, straight)
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, way, Image.Resampling.BICUBIC, fillcolor=255
    )


def _perspective(seen: list[tuple[float, float]], drawn: list[tuple[float, float]]) -> list[float]:
    """The eight numbers that bring each corner where it is seen."""
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, drawn, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(one) for one in np.linalg.solve(np.array(rows), np.array(values))]


def _shaded(picture: Picture) -> Picture:
    """A lamp at one side: the other is half as bright."""
    light: Pixels = (
        np.linspace(1.0, 0.5, picture.width)[None, :] * np.linspace(1.0, 0.85, picture.height)[:, None]
    )
    return Image.fromarray((np.asarray(picture, dtype=float) * light).astype(np.uint8))


def _noisy(picture: Picture, seed: int) -> Picture:
    grain = np.random.default_rng(seed).normal(0, 9, (picture.height, picture.width))
    pixels: Pixels = np.asarray(blurred(picture, 0.8), dtype=float) * 0.85 + 18 + grain
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def from_svg(svg: str, module: int = 6) -> Picture:
    """Our own SVG as a picture: boxes of one module's height, black on white."""
    side = int(svg.partition('viewBox="0 0 ')[2].partition(" ")[0])
    pixels = np.full((side, side), 255, dtype=np.uint8)
    for x, y, wide in re.findall(r"M(\d+) (\d+)h(\d+)v1H", svg):
        pixels[int(y), int(x) : int(x) + int(wide)] = 0
    return Image.fromarray(np.kron(pixels, np.ones((module, module), dtype=np.uint8)))


# ---- damage ---------------------------------------------------------------------------------------------


def damaged(address: str, share: float, seed: int, module: int = 6) -> Picture:
    """A code with a round stain over as many codewords as its level promises to mend, times `share`.

    1.0 is the whole promise: one more wrong codeword in any block, and no decoder could read it.
    """
    drawn = np.array(squares(address), dtype=bool)
    chance = np.random.default_rng(seed)
    for row, column in _stained(drawn.shape[0], share, chance):
        drawn[row, column] = not drawn[row, column] if chance.random() < 0.7 else True
    framed = np.pad(drawn, QUIET)
    pixels = np.where(np.kron(framed, np.ones((module, module), dtype=bool)), 0, 255).astype(np.uint8)
    return Image.fromarray(pixels)


def _stained(side: int, share: float, chance: np.random.Generator) -> Iterator[tuple[int, int]]:
    """The modules of the codewords nearest to some spot, as many in each block as can be mended."""
    words, blocks = _codewords(side), _blocks((side - 17) // 4)
    left = {number: int((total - data) // 2 * share) for number, (total, data) in enumerate(blocks)}
    spot = chance.integers(0, side, 2)
    near = sorted(range(len(words)), key=lambda at: float(np.hypot(*(np.mean(words[at], axis=0) - spot))))
    for at in near:
        block = _block_of(at, blocks)
        if left[block]:
            left[block] -= 1
            yield from words[at]


def _blocks(version: int) -> list[tuple[int, int]]:
    """All and the data codewords of each block, at level Q."""
    return [(one.total_count, one.data_count) for one in rs_blocks(version, ERROR_CORRECT_Q)]


def _block_of(codeword: int, blocks: list[tuple[int, int]]) -> int:
    """Codewords stand in turns: the first of each block, the second of each, and so on."""
    turns = [
        number
        for place in range(max(data for _, data in blocks))
        for number, (_, data) in enumerate(blocks)
        if place < data
    ]
    rest = codeword - len(turns)
    return turns[codeword] if rest < 0 else rest % len(blocks)


def _codewords(side: int) -> list[list[tuple[int, int]]]:
    """The 8 modules of each codeword, in the order in which a code is written."""
    fixed = _fixed(side)
    order = []
    for turn, right in enumerate(column for column in range(side - 1, 0, -2)):
        right -= right <= 6
        rows = range(side) if turn % 2 else range(side - 1, -1, -1)
        order += [(row, column) for row in rows for column in (right, right - 1) if not fixed[row, column]]
    return [order[at : at + 8] for at in range(0, len(order) - 7, 8)]


def _fixed(side: int) -> NDArray[np.bool_]:
    """What is no data: finders, timing, alignment, and how to read the rest."""
    fixed = np.zeros((side, side), dtype=bool)
    fixed[:9, :9] = fixed[:9, -8:] = fixed[-8:, :9] = True
    fixed[6, :] = fixed[:, 6] = True
    version = (side - 17) // 4
    if version >= 7:
        fixed[-11:-8, :6] = fixed[:6, -11:-8] = True
    places = pattern_position(version)
    for row in places:
        for column in places:
            if not _under_a_finder(row, column, side):
                fixed[row - 2 : row + 3, column - 2 : column + 3] = True
    return fixed


def _under_a_finder(row: int, column: int, side: int) -> bool:
    """The three corners have no alignment pattern; on the timing lines there may be one."""
    return (row, column) in ((6, 6), (6, side - 7), (side - 7, 6))


def views(picture: Picture) -> Iterator[tuple[str, Picture]]:
    """One code in every way that the tests promise, by name."""
    yield "clean", picture
    for degrees in ANGLES[1:]:
        yield f"turned {degrees}", turned(picture, degrees)
    module = picture.width / 50
    yield "blurred", blurred(picture, module * 0.4)
    for seed, tilt in enumerate((0.05, 0.12, 0.2)):
        yield f"photographed {tilt}", photographed(picture, tilt, seed)

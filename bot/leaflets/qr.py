"""QR codes: an address as squares, drawn as SVG."""

from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_Q

QUIET = 4
"""Empty modules around it, as ISO/IEC 18004 asks for."""
SMALLEST = 0.5
"""Millimetres of a module that an old phone still reads."""

Squares = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=256)
def squares(address: str) -> Squares:
    """Level Q: a quarter of it may be dirty or torn. Without the quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(address)
    code.make(fit=True)
    return tuple(tuple(bool(one) for one in row) for row in code.get_matrix())


def side_of(address: str, least: float) -> float:
    """Millimetres of a side with its quiet zone: `least`, or what keeps every module readable."""
    return max(least, (len(squares(address)) + 2 * QUIET) * SMALLEST)


def svg(address: str) -> str:
    """Black on white with its quiet zone, one unit a module."""
    drawn = squares(address)
    side = len(drawn) + 2 * QUIET
    path = "".join(_runs(row, y + QUIET) for y, row in enumerate(drawn))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: tuple[bool, ...], y: int) -> str:
    """Neighbours as one box: no hair line shows between them."""
    drawn, start = "", None
    for x, dark in enumerate((*row, False)):
        if dark and start is None:
            start = x
        if not dark and start is not None:
            drawn += f"M{start + QUIET} {y}h{x - start}v1H{start + QUIET}z"
            start = None
    return drawn

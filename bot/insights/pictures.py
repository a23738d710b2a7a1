"""Draws numbers as bars: an SVG without scripts, and the same numbers for a table beside it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pygal
from pygal.style import Style

from bot.insights.suppression import Shown

SCRIPT = re.compile(r"<script.*?(?:</script>|/>)", re.DOTALL)
MOST = 25
"""Bars of a picture: more cannot be read. The table has them all."""
WIDTH, NARROW, BAR, FRAME = 760, 320, 26, 110
COLOURS = ("#23524c", "#d08a00", "#80519f", "#2f6aa0")
STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#1f2a2a",
    foreground_strong="#1f2a2a",
    foreground_subtle="#4c5a59",
    colors=COLOURS,
    font_family="system-ui, sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=13,
    value_font_size=12,
    value_colors=("#ffffff", "#1f2a2a", "#ffffff", "#ffffff"),
    opacity="1",
    opacity_hover="1",
    transition="none",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """`labels` are the bars, top to bottom; each of `series` has a name and a number for each bar."""

    labels: tuple[str, ...] = ()
    series: tuple[tuple[str, tuple[Shown, ...]], ...] = ()

    @property
    def rows(self) -> Sequence[tuple[str, tuple[Shown, ...]]]:
        """The same as a table."""
        return [(label, tuple(one[1][at] for one in self.series)) for at, label in enumerate(self.labels)]

    @property
    def largest(self) -> tuple[str, int] | None:
        """The bar that stands for most, and for how many."""
        sums = [(sum(number or 0 for number in row), label) for label, row in self.rows]
        most = max(sums, key=lambda one: one[0], default=(0, ""))
        return (most[1], most[0]) if most[0] else None


def shortened(label: str, most: int) -> str:
    """Cut where it would leave no room for its bar; the table has all of it."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip(' ,:')}…"


def drawn(picture: Picture, nothing: str, narrow: bool = False) -> str:
    """The picture as SVG, `narrow` for a phone; `nothing` is said where there is nothing to draw."""
    shown = picture.labels[:MOST]
    chart = pygal.HorizontalStackedBar(
        js=[],
        style=STYLE,
        width=NARROW if narrow else WIDTH,
        height=FRAME + BAR * max(len(shown), 4) + 20 * narrow * len(picture.series),
        print_values=True,
        print_zeroes=False,
        legend_at_bottom=True,
        show_legend=len(picture.series) > 1,
        no_data_text=nothing,
        disable_xml_declaration=True,
        explicit_size=True,
        truncate_label=-1,
        truncate_legend=-1,
        legend_at_bottom_columns=1 if narrow else 2,
        max_scale=5 if narrow else 10,
        value_formatter=lambda number: f"{number:.0f}",
    )
    # pygal draws from the bottom up.
    chart.x_labels = [shortened(label, 15 if narrow else 34) for label in reversed(shown)]
    for name, numbers in picture.series if shown else ():
        chart.add(name, list(reversed(numbers[:MOST])))
    return SCRIPT.sub("", chart.render(is_unicode=True))

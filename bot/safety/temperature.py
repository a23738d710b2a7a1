"""Reads a body temperature in a message: "temp 37.6", "38.5", "35.5 this morning", "101 F"."""

from collections.abc import Iterator

from bot.content.flags import Temperature
from bot.safety.matching import Line

NEAR = 5
"""How many words from a number "temp" may stand."""
CLOSE = 3
"""How many words from a number "kg" or "oven" makes it something else."""
FAHRENHEIT = ("f", "fahrenheit", "farenheit", "fahrenheight")


def readings(line: Line, rule: Temperature) -> Iterator[int]:
    """Where in the line a temperature stands that is too high or too low."""
    for at, word in enumerate(line.words):
        if word.number is not None and _is_reading(line, at, rule) and _is_flag(line, at, rule):
            yield at


def _is_reading(line: Line, at: int, rule: Temperature) -> bool:
    """Is it said to be a temperature, or a bare "38.5" that is not said to be anything else?"""
    if any(line.words[place].text in rule.not_words for place in _near(line, at, CLOSE)):
        return False
    if any(_names_it(line, place, rule) for place in _near(line, at, NEAR)):
        return True
    alone = len(line.words) == 1 or (line.words[at].number or 0) >= rule.hot
    return alone and len(line.words[at].text.partition(".")[2]) == 1


def _near(line: Line, at: int, reach: int) -> range:
    return range(max(0, at - reach), min(len(line.words), at + reach + 1))


def _names_it(line: Line, place: int, rule: Temperature) -> bool:
    return line.words[place].text in rule.words or any(word in rule.words for word in line.meant[place])


def _is_flag(line: Line, at: int, rule: Temperature) -> bool:
    after = line.words[at + 1].text if at + 1 < len(line.words) else ""
    value = _celsius(line.words[at].number or 0, after)
    return rule.hot <= value <= rule.hottest or rule.coldest <= value < rule.cold


def _celsius(value: float, after: str) -> float:
    if after in FAHRENHEIT or 90 <= value <= 115:
        return round((value - 32) / 1.8, 1)
    if 340 <= value <= 429:
        return value / 10  # "temp 385" is 38.5 without its point
    return value

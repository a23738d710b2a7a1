"""Reads a body temperature in a message: "temp 37.6", "38.5", "35.5 this morning", "101 F"."""

from collections.abc import Iterator

from bot.content.flags import Temperature
from bot.safety.matching import Line

NEAR = 5
"""How many words from a number "temp" may stand."""
CLOSE = 3
"""How many words from a number "kg" or "oven" makes it something else."""
WHOLE = 4
"""Letters of a word that names a temperature by itself: "temp", but not "c" or "hot"."""
FAHRENHEIT = ("f", "fahrenheit", "farenheit", "fahrenheight")


def readings(line: Line, rule: Temperature) -> Iterator[int]:
    """Where in the line a temperature stands that is too high or too low."""
    for at, word in enumerate(line.words):
        if word.number is not None and _is_reading(line, at, rule) and _is_flag(line, at, rule):
            yield at


def _is_reading(line: Line, at: int, rule: Temperature) -> bool:
    """Is it said to be a temperature, or a bare "38.5" that is not said to be anything else?"""
    tenths = len(line.words[at].text.partition(".")[2]) == 1
    after = 1 if tenths else CLOSE
    if _is_introduced(line, at, 0 if tenths else 1, rule):
        return True
    if _is_something_else(line, _near(line, at, CLOSE, after), rule):
        return False
    if any(_names_it(line, place, rule) for place in _near(line, at, NEAR, NEAR)):
        return True
    return tenths and (len(line.words) == 1 or (line.words[at].number or 0) >= rule.hot)


def _is_introduced(line: Line, at: int, after: int, rule: Temperature) -> bool:
    """ "temp is 38 for 2 hours": its name comes first, so that the hours belong to something else."""
    names = [place for place in _near(line, at, NEAR, -1) if _names_it(line, place, rule)]
    named = bool(names) and len(line.words[names[-1]].text) >= WHOLE
    return named and not _is_something_else(line, _near(line, at, at - names[-1] + 1, after), rule)


def _is_something_else(line: Line, places: range, rule: Temperature) -> bool:
    return any(line.words[place].text in rule.not_words for place in places)


def _near(line: Line, at: int, before: int, after: int) -> range:
    return range(max(0, at - before), min(len(line.words), at + after + 1))


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

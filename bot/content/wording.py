"""What pydantic found wrong, said in an author's words: what is wrong, and what to write instead."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from bot.content.builder import Mark

ALIKE = 65
"""From this likeness (0 to 100) on, a name may be a slip of the pen for another."""

WANTED = {
    "string": "a text",
    "bool": "yes or no",
    "int": "a whole number",
    "float": "a number",
    "tuple": "a list (each item after '- ')",
    "list": "a list (each item after '- ')",
    "dict": "a group of lines ('name: value')",
    "model": "a group of lines ('name: value')",
    "date": "a date like 2026-11-30",
    "datetime": "a date and time like 2026-11-30T14:30",
    "time": "a time like 14:30",
}

SHAPES = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and hyphens only",
    r"^[a-z][a-z0-9_]*$": "small letters, digits and _ only",
    r"^[FCRM]\d{2,3}$": "F, C, R or M and its number, like F12",
    r"^[RMS]\d{2}$": "R, M or S and 2 digits, like R07",
    r"^[a-z]{2,3}$": "a language's short name, like en",
    r"^[A-Z]{1,2}\d[A-Z\d]?$": "the first half of a postcode in capitals, like EH6",
    r"^[A-Z]{1,2}\d[A-Z\d]?( \d[A-Z]{2})?$": "a postcode in capitals with its space, like EH6 5NA",
    r"^(tel:|sms:|https://)": "it begins with tel:, sms: or https://",
    r"^[a-z]:": "a button's code begins with a letter and a colon, like c:menu",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that pydantic found at one place."""

    kind: str
    name: str
    context: Mapping[str, Any]
    mark: Mark
    names: tuple[str, ...] = ()
    """What may stand there."""

    @property
    def wants(self) -> str:
        """The sort of value that was wanted, if that is what is wrong."""
        return self.kind.removesuffix("_type") if self.kind.endswith("_type") else ""


def nearest(name: str, names: tuple[str, ...]) -> str | None:
    """The name that was probably meant."""
    found = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None


def did_you_mean(name: str, names: tuple[str, ...]) -> str:
    """A guess at the name that was meant, or all names there are."""
    if meant := nearest(name, names):
        return f"did you mean '{meant}'?"
    return f"there is: {', '.join(names)}" if names else "take it out"


def say(findings: list[Finding]) -> str:
    """One sentence about one place: a choice of types is told together."""
    for finding in findings:
        if not finding.wants:
            return _one(finding)
    wanted = tuple(dict.fromkeys(finding.wants for finding in findings))
    return _wrong_type(wanted, findings[0].mark)


def _one(finding: Finding) -> str:
    for kinds, words in SENTENCES:
        if re.fullmatch(kinds, finding.kind):
            return words(finding)
    return f"this is not right here: {finding.context.get('error', finding.kind.replace('_', ' '))}"


def _wrong_type(wanted: tuple[str, ...], mark: Mark) -> str:
    if mark.value is None:
        return f"nothing is written here; {_expected(wanted)}"
    if mark.plain and {"string", "dict"} & {*wanted} and not isinstance(mark.value, str):
        return f'{mark.written} without quotes is {_sort(mark.value)}; write "{mark.written}"'
    if mark.bracket and isinstance(mark.value, dict) and "string" in wanted:
        return "a text that starts with { needs quotes"
    if isinstance(mark.value, dict) and "string" in wanted:
        return f"{_expected(wanted)}, not a group of lines; a text with ': ' in it needs quotes"
    return f"{_expected(wanted)}, not {_sort(mark.value)}"


def _expected(wanted: tuple[str, ...]) -> str:
    words = dict.fromkeys(WANTED.get(one, one.replace("_", " ")) for one in wanted)
    return f"{' or '.join(words)} is expected here"


def _sort(value: object) -> str:
    if isinstance(value, bool):
        return "a yes or no (true or false)"
    sorts = {
        int: "a number",
        float: "a number",
        date: "a date",
        str: "a text",
        list: "a list",
        dict: "a group",
    }
    return sorts.get(type(value), "nothing")


def _unknown(finding: Finding) -> str:
    return f"nothing here is called '{finding.name}'; {did_you_mean(finding.name, finding.names)}"


def _missing(finding: Finding) -> str:
    return f"'{finding.name}' is missing; add a line '{finding.name}: ...'"


def _pattern(finding: Finding) -> str:
    shape = SHAPES.get(
        str(finding.context.get("pattern")), f"it must look like {finding.context.get('pattern')}"
    )
    written = finding.name if finding.name else finding.mark.written
    better = re.sub(r"[^a-z0-9]+", "-", written.lower()).strip("-")
    tip = f"; write '{better}'" if shape.startswith("small letters, digits and h") and better else ""
    return f"'{written}' cannot stand here: {shape}{tip}"


def _too_long(finding: Finding) -> str:
    length, most = len(finding.name or finding.mark.written), finding.context["max_length"]
    return f"this has {length:,} characters; at most {most:,} can stand here: make it shorter"


def _too_many(finding: Finding) -> str:
    return f"{len(finding.mark.value)} are written here; {finding.context['max_length']} at most"


def _too_few(finding: Finding) -> str:
    least, there = finding.context["min_length"], len(finding.mark.value)
    return f"{least} or more are needed here, and there are {there}: write {least - there} more"


def _choice(finding: Finding) -> str:
    choices = tuple(re.findall(r"'([^']*)'", str(finding.context["expected"])))
    written = finding.mark.written or str(finding.mark.value)
    meant = nearest(written, choices)
    guess = f"did you mean '{meant}'? " if meant else ""
    return f"'{written}' is not a choice here; {guess}Choose: {', '.join(choices)}".replace("; C", "; c")


def _verb(finding: Finding) -> str:
    if not isinstance(finding.mark.value, dict):
        return f"a step is a group of lines, one of them: {', '.join(finding.names)}"
    guesses = (nearest(str(name), finding.names) for name in finding.mark.value)
    guess = next((f"; did you mean '{meant}'?" for meant in guesses if meant), "")
    return f"a step needs one of: {', '.join(finding.names)}{guess}"


def _error(finding: Finding) -> str:
    return str(finding.context.get("error", "this is not right here"))


def _number(finding: Finding) -> str:
    limits = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    said = " and ".join(
        f"{words} {finding.context[name]}" for name, words in limits.items() if name in finding.context
    )
    return f"{finding.mark.written} cannot stand here; it must be {said}"


def _parsing(finding: Finding) -> str:
    wanted = next((name for name in ("datetime", "date", "time") if finding.kind.startswith(name)), "")
    if finding.kind.startswith("time_delta"):
        return f"'{finding.mark.written}' is not a length of time; write 45m, 24h or 7d"
    wanted = wanted or finding.kind.split("_")[0]
    return f"'{finding.mark.written}' cannot be read; {_expected((wanted,))}"


SENTENCES: tuple[tuple[str, Callable[[Finding], str]], ...] = (
    ("extra_forbidden", _unknown),
    ("missing", _missing),
    ("string_pattern_mismatch", _pattern),
    ("string_too_long", _too_long),
    ("string_too_short", lambda finding: "nothing is written here; a text is expected"),
    ("too_long", _too_many),
    ("too_short", _too_few),
    ("literal_error", _choice),
    ("union_tag_.*", _verb),
    ("value_error|assertion_error", _error),
    ("greater_than.*|less_than.*", _number),
    (".*_parsing.*|.*_from_.*", _parsing),
)
"""What pydantic calls it, and how we say it."""

"""The data dictionary, made of the tables that the exports are made of. Pure."""

from collections.abc import Iterable, Iterator

from bot.insights.exports import ALL, MONTHLY, NOT_KNOWN
from bot.insights.measured import MEASURES, Described


def dictionary() -> str:
    """The data dictionary, in Markdown."""
    return "\n".join([_HEAD, *_columns(), *_measures(), *_months()]) + "\n"


_HEAD = """# Data dictionary

Nobody is in these numbers: no name, no pseudonym, no text that somebody wrote. They are counted as they
happen, by day and by month in local time, and only months are shown or exported.

**Small numbers.** A number from 0 to 4 is never shown. Other numbers are hidden with it where it could be
found from them: along a row, a column or a total, or by laying two pictures of the same month over each
other. All pictures, pages and exports of a month read from one table that was hidden once, so they never
differ. A category that did not occur at all in a month is not in its table. What is not listed is under 5,
or hidden.

**A month that is not over** is rounded to fives, so that nobody sees one person come; from the second day of
the next month on its numbers are exact. **Flows** (`flow`, `step`) are always in fives: who is asked the next
question is who answered the last, so exact numbers would show how few people left in between."""


def _columns() -> Iterator[str]:
    yield "\n## measures.csv: one month\n\n| Column | What stands there |\n|---|---|"
    yield "| month | 2026-11, local time |\n| measure | one of those below |"
    yield "| what, outcome | see each measure; `*/answered` is that step of all teams |"
    yield "| place | pack and council of a search, `scotland/Highland` |"
    yield "| area | area pack (knowledge/areas.yaml) |\n| language | language the person reads, as a code |"
    yield f"| number | how often; `{ALL}` in a column means that the number is the sum over it |"
    yield f"\n`{NOT_KNOWN}` is what was not known, such as the area of somebody who named no place."


def _measures() -> Iterator[str]:
    for name, one in MEASURES.items():
        yield f"\n## {name}\n\nAdds 1 for {one.counts}.\n"
        yield from _described(one)


def _described(one: Described) -> Iterable[str]:
    outcomes = "; ".join(f"`{id}` {said}" if id else said for id, said in one.outcomes.items())
    return (f"- what: {one.what}", f"- outcome: {outcomes}", f"- area: {one.area}")


def _months() -> Iterator[str]:
    yield "\n## monthly.csv: a year, month by month\n\n| Column | Measure | Note |\n|---|---|---|"
    for column, (name, _, key, note) in MONTHLY.items():
        where = f"{name} ({', '.join(key)})" if key else name
        yield f"| {column} | {where} | {note} |"

"""What to tell an author when the YAML itself cannot be read: the parser's words, in plain ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What the parser said, and what stands in the line before and at the spot."""

    said: str
    before: str
    spot: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Fits when the parser said one of `said` (any, if there is none) and the line looks like this."""

    words: str
    said: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    spot: tuple[str, ...] = ()

    def fits(self, seen: Seen) -> bool:
        return (
            (not self.said or any(words in seen.said for words in self.said))
            and (not self.before or any(sign in seen.before for sign in self.before))
            and (not self.spot or seen.spot.startswith(self.spot))
        )


HINTS: tuple[Hint, ...] = (
    Hint("a tab stands here; indent with spaces", spot=("\t",)),
    Hint(
        "a text with ': ' in it needs quotes, or its own lines after |", ("mapping values are not allowed",)
    ),
    Hint("inside \"double quotes\" a \\ is special; use 'single quotes'", ("escape", "hexdecimal")),
    Hint("a list begins on a line of its own, each item after '- '", ("block sequence entries",)),
    Hint("a text that starts with * or & needs quotes", ("alphabetic or numeric",)),
    Hint(
        "a text that starts with '{sign}' needs quotes",
        ("cannot start any token", "node content", "mapping keys are not"),
    ),
    Hint("a name and a colon are missing in this line or the one above ('name: text')", ("expected ':'",)),
    Hint("a bracket is not closed, or a text that starts with { or [ needs quotes", ("or ']'", "or '}'")),
    Hint("a text that starts with { or [ needs quotes", ("expected key", "'-' indicator"), ("} ", "] ")),
    Hint(
        "the quotes end too early: put the whole text in quotes, and write a quote inside it twice ('')",
        ("expected key", "'-' indicator", "<scalar>"),
        ("'", '"'),
    ),
    Hint(
        "a quote is not closed, or a quote stands inside a quoted text (write it twice: '')",
        ("end of stream",),
    ),
    Hint("this line is not indented like the ones around it", ("expected key", "'-' indicator", "<scalar>")),
)
"""The first that fits is told."""


def hint(said: str, line: str, column: int) -> str:
    """One sentence: what is wrong with this line as YAML, and what to write instead."""
    seen = Seen(said, line[:column], line[column:])
    for one in HINTS:
        if one.fits(seen):
            return one.words.replace("{sign}", seen.spot[:1])
    return f"this is not YAML ({said})"

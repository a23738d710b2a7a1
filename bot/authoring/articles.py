"""A new article as a draft: from what an editor wrote in a form to the authors' files, with its test."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.authoring import entries
from bot.authoring.files import Edit, Read
from bot.authoring.yamls import NO_BREAKS, scalar

ITEMS = "articles"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 28
ASKED = 8
"""Ways of asking that an article needs."""
MOST_LINES = 200
REVIEW = timedelta(days=181)
TARGETS = ("article", "flow", "command")

Slip = tuple[str, str]
"""A field of the form, and what is wrong with it (a text under console.questions.slip)."""


@dataclass(frozen=True, slots=True)
class Written:
    """An article as it was typed into the form; `next` are targets such as "article:sleeping-badly",
    `sources` lines such as "Macmillan, page read | 2026 | https://…"."""

    topic: str
    title: str
    id: str
    question: str
    asked: tuple[str, ...]
    tests: tuple[str, ...]
    short: str
    more: str
    next: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str
    nation: str
    review: str

    @property
    def place(self) -> str:
        return f"knowledge/articles/{self.topic}.yaml"

    @property
    def test_place(self) -> str:
        return f"knowledge/articles/{self.topic}.test.yaml"


def of_form(form: Mapping[str, str], several: Mapping[str, Sequence[str]]) -> Written:
    """What was posted, whatever it was."""
    return Written(
        topic=form.get("new-topic", "") or form.get("topic", ""),
        title=one_line(form.get("title", "")),
        id=form.get("id", ""),
        question=one_line(form.get("question", "")),
        asked=lines(form.get("asked", "")),
        tests=lines(form.get("tests", "")),
        short=paragraphs(form.get("short", "")),
        more=paragraphs(form.get("more", "")),
        next=tuple(dict.fromkeys(one for one in several.get("next", ()) if one))[:3],
        sources=lines(form.get("from", "")),
        confidence=form.get("confidence", ""),
        nation=form.get("nation", ""),
        review=form.get("review", ""),
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


def lines(text: str) -> tuple[str, ...]:
    """Each line once, without blank ones."""
    return tuple(dict.fromkeys(found for line in text.splitlines() if (found := one_line(line))))[:MOST_LINES]


def paragraphs(text: str) -> str:
    """Without blanks at the ends of lines, and never more than one empty line."""
    kept = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    return re.sub(r"\n{3,}", "\n\n", kept)


def slips(written: Written, topics: Iterable[str]) -> tuple[Slip, ...]:
    """What keeps it from being written down at all; everything else is said by the check of the content."""
    found = [("topic", "topic") for _ in [0] if not _is_id(written.topic)]
    found += [("id", "id") for _ in [0] if not _is_id(written.id)]
    if written.topic not in topics and not written.title:
        found.append(("title", "title"))
    if len(written.asked) < ASKED:
        found.append(("asked", "asked"))
    if not written.tests:
        found.append(("tests", "tests"))
    found += [(name, name) for name in ("question", "short", "next", "sources") if not getattr(written, name)]
    if day_of(written.review) is None:
        found.append(("review", "review"))
    return tuple(found)


def _is_id(text: str) -> bool:
    return len(text) <= LONGEST_ID and ID.fullmatch(text) is not None


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def suggested_id(question: str) -> str:
    """A short name from the question's own words."""
    words = [
        word for word in re.findall(r"[a-z0-9]+", question.casefold().replace("'", "")) if word not in SMALL
    ]
    name = ""
    for word in words:
        if len(name) + len(word) + 1 > LONGEST_ID:
            break
        name = f"{name}-{word}" if name else word
    return name


SMALL = frozenset(
    "a an the i my me we can could do does how is are am to of in on for with what when it be if".split()
)


# ---- into the files ----------------------------------------------------------------------------------------


def edits(written: Written, file: Read, tests: Read, today: date) -> tuple[Edit, Edit]:
    """Both files with the article and its tests at their ends. Raises Unreadable where a file is written in a
    way that only its author can add to."""
    before = file.text if file.text.strip() else _head(written)
    text = entries.added(before, ITEMS, as_group(written, today))
    tested = tests.text
    for ask in written.tests:
        tested = entries.added(tested, "tests", CommentedMap(ask=scalar(ask), finds=scalar(written.id)))
    return Edit(written.place, text, file.mark), Edit(written.test_place, tested, tests.mark)


def _head(written: Written) -> str:
    return f"topic: {dumped(scalar(written.topic))}\ntitle: {dumped(scalar(written.title))}\n"


def as_group(written: Written, today: date) -> CommentedMap:
    """As it stands in the file. It is always a draft: a clinician has not looked at it."""
    group = CommentedMap(id=scalar(written.id), question=scalar(written.question))
    group["asked"] = CommentedSeq(scalar(one) for one in written.asked)
    group["short"] = _text(written.short)
    if written.more:
        group["more"] = _text(written.more)
    group["next"] = CommentedSeq(_inline(_target(one)) for one in written.next)
    group["nation"] = scalar(written.nation)
    group["sources"] = CommentedSeq(_inline(_source(one)) for one in written.sources)
    group["confidence"] = scalar(written.confidence)
    group["status"] = "draft"
    group["checked"] = today
    group["review"] = day_of(written.review)
    return group


def _text(words: str) -> str:
    if "\n" not in words:
        return scalar(words)
    block: str = LiteralScalarString(words)
    return block


def _target(written: str) -> dict[str, Any]:
    kind, _, name = written.partition(":")
    return {kind if kind in TARGETS else "article": name or kind}


def _source(written: str) -> dict[str, Any]:
    """ "name | year | url", the last two in any order and both left out if need be."""
    name, *others = (part.strip() for part in written.split("|"))
    found: dict[str, Any] = {"name": name}
    for part in others:
        if re.fullmatch(r"\d{4}", part):
            found["year"] = int(part)
        elif part:
            found["url"] = part
    return found


def _inline(values: Mapping[str, Any]) -> CommentedMap:
    group = CommentedMap((name, scalar(one) if isinstance(one, str) else one) for name, one in values.items())
    group.fa.set_flow_style()
    return group


def dumped(value: object) -> str:
    """A single value as it stands behind its name."""
    yaml = YAML()
    yaml.width = NO_BREAKS
    written = StringIO()
    yaml.dump({"x": value}, written)
    return written.getvalue()[3:-1]

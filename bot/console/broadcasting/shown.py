"""A broadcast as the console shows it: how far it is, how people see it, what can be done with it. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.conversation.world import World
from bot.messaging.broadcasts import Broadcast, Draft, Happened, Preview, Report
from bot.messaging.broadcasts.rendering import languages, render
from bot.staff import drafting, figures, screens
from bot.staff.asks import Facts
from bot.staff.rights import Right, may
from bot.store.staff import Member


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be done now: the words staff.button.<key>, and the path after the broadcast's own.
    A form is sent at once; a page asks first."""

    key: str
    path: str
    kind: Literal["form", "page"] = "form"
    right: Right = "write"
    look: Literal["", "quiet", "stop"] = "quiet"


@dataclass(frozen=True, slots=True)
class Seen:
    """The message as people read it in one language, with how many do; `buttons` are only named."""

    language: str
    name: str
    right_to_left: bool
    text: str
    buttons: tuple[str, ...]
    people: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """Something in words, and how many."""

    words: str
    many: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The part of a broadcast's page that moves; `steps` are what this member can do now."""

    row: Broadcast
    report: Report
    whom: str
    outcomes: tuple[Line, ...]
    per_cent: int
    steps: tuple[Step, ...]


STEPS: Mapping[str, tuple[Step, ...]] = {
    "stop": (Step("stop", "stop", right="stop", look="stop"),),
    "back": (Step("take-back", "take-back"),),
    "go": (Step("resume", "resume", look=""),),
    "fix": (Step("edit-sent", "correct", "page"), Step("write-again", "follow-up", "page")),
    "undo": (Step("delete", "recall", "page"),),
    "more": (Step("write-again", "follow-up", "page"),),
    "drop": (Step("end", "cancel"),),
}
"""By the verb of the same button in the chat: see BUTTONS in bot/staff/figures.py."""
ANSWERS = (Step("approve", "approve", look=""), Step("say-no", "refuse"))


def steps(broadcast: Broadcast, report: Report, member: Member) -> tuple[Step, ...]:
    """What this member can do with it now."""
    return tuple(step for step in _steps(broadcast, report, member) if may(member.role, step.right))


def _steps(broadcast: Broadcast, report: Report, member: Member) -> Iterator[Step]:
    if broadcast.state == "draft":
        yield from _of_a_draft(broadcast.draft, bool(member.address))
        return
    if broadcast.state == "waits" and broadcast.by != member.id:
        yield from ANSWERS
    for _, verb in figures.BUTTONS[figures.standing(broadcast, report)]:
        yield from STEPS.get(verb, ())


def _of_a_draft(draft: Draft, has_chat: bool) -> Iterator[Step]:
    if draft.texts.get("en"):
        yield Step("send-then" if draft.send_at else "send", "propose", look="")
        if has_chat:
            yield Step("send-to-me", "send-to-me")
    yield Step("change-words", "change", "page")
    yield Step("throw-away", "cancel")


def seen(draft: Draft, world: World, by_language: Mapping[str, int] | None) -> tuple[Seen, ...]:
    """Every different message; who has no words of their own reads the English ones."""
    written = languages(draft)
    if "en" not in written:
        return ()
    counted: Counter[str] = Counter()
    for language, people in (by_language or {}).items():
        counted[language if language in written else "en"] += people
    return tuple(
        _seen(draft, language, world, counted if by_language is not None else None) for language in written
    )


def _seen(draft: Draft, language: str, world: World, counted: Counter[str] | None) -> Seen:
    say, known = render(draft, language, world), world.content.languages.get(language)
    labels = tuple(button.label for row in say.rows for button in row)
    people = None if counted is None else counted[language]
    name = known.english if known else language
    return Seen(language, name, bool(known and known.right_to_left), say.text, labels, people)


def warnings(facts: Facts, preview: Preview | None) -> tuple[str, ...]:
    return tuple(facts.texts(key, 0, **gaps) for key, gaps in preview.warnings) if preview else ()


def left_out(facts: Facts, reasons: Mapping[str, int]) -> tuple[str, ...]:
    """Who fits and gets nothing, and why."""
    return tuple(
        facts.say(f"left-out.{reason}", people=screens.people(facts, many))
        for reason, many in sorted(reasons.items())
    )


def outcomes(facts: Facts, report: Report) -> tuple[Line, ...]:
    """What became of everybody on the list; together they are all of them."""
    fixed = (
        ("sent", report.sent),
        ("going", report.held + report.planned + report.sending),
        ("unsure", report.unsure),
        ("erased", report.erased),
    )
    lines = [Line(facts.texts(f"console.broadcasts.outcome.{name}"), many) for name, many in fixed]
    for name, reasons in (("failed", report.failed), ("dropped", report.dropped)):
        lines += [
            Line(facts.texts(f"console.broadcasts.outcome.{name}", 0, reason=_reason(facts, reason)), many)
            for reason, many in sorted(reasons.items())
        ]
    return tuple(line for line in lines if line.many or line is lines[0])


def _reason(facts: Facts, reason: str) -> str:
    if reason.startswith("left by"):
        return facts.texts("console.broadcasts.left-by-staff")
    return figures.in_words(facts, "reason", reason.replace(" ", "-"), reason)


def progress(facts: Facts, row: Broadcast, report: Report, member: Member) -> Progress:
    """How far it is, for this member."""
    lines = outcomes(facts, report) if row.frozen is not None else ()
    return Progress(row, report, whom(facts, row.draft), lines, _per_cent(report), steps(row, report, member))


def _per_cent(report: Report) -> int:
    """How much of the list is over."""
    over = report.frozen - report.held - report.planned - report.sending
    return 100 * over // report.frozen if report.frozen else 0


def history(facts: Facts, happened: Sequence[Happened]) -> tuple[tuple[Happened, str], ...]:
    """Who did what, the newest first."""
    return tuple(
        (one, figures.in_words(facts, "did", one.what.replace(" ", "-"), one.what))
        for one in reversed(happened)
    )


def whom(facts: Facts, draft: Draft) -> str:
    return drafting.in_words(facts, draft.audience)

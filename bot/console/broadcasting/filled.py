"""The form of a draft: what stands in it, what is wrong with it, and the draft it means. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import get_args
from zoneinfo import ZoneInfo

from bot.content.listings import Cancer
from bot.conversation.world import World
from bot.directory.recurrence import at_zone
from bot.messaging.broadcasts import Audience, Draft, Refusal
from bot.messaging.broadcasts.checks import check_words
from bot.staff.steps import WEEKLY

Mistakes = Mapping[str, tuple[str, Mapping[str, str]]]
"""By field: the key of a sentence, and its gaps."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the fields, whether or not it makes sense. `later`: not at once, but at day and hour."""

    areas: tuple[str, ...] = ()
    cancer: str = ""
    topic: str = ""
    language: str = ""
    session: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    later: bool = False
    day: str = ""
    hour: str = ""
    again: bool = False


FIELDS = ("areas", "cancer", "topic", "language", "session", "words", "later", "day", "hour", "again")


def of_draft(draft: Draft, zone: ZoneInfo) -> Filled:
    """The form as a draft fills it."""
    whom = draft.audience
    local = draft.send_at.astimezone(zone) if draft.send_at else None
    return Filled(
        whom.areas,
        whom.cancer,
        whom.topic,
        whom.language,
        date_in_words(whom.session, whom.listed),
        dict(draft.texts),
        local is not None,
        f"{local:%Y-%m-%d}" if local else "",
        f"{local:%H:%M}" if local else "",
        bool(draft.repeats),
    )


def of_post(form: Mapping[str, str], several: Mapping[str, Sequence[str]]) -> Filled:
    """The form as somebody sent it to us."""
    words = {name.removeprefix("words-"): text for name, text in form.items() if name.startswith("words-")}
    return Filled(
        tuple(sorted({one for one in several.get("area", ()) if one})),
        form.get("cancer", ""),
        form.get("topic", ""),
        form.get("language", ""),
        form.get("session", ""),
        {language: text for language, text in words.items() if text.strip()},
        form.get("when") == "later",
        form.get("day", ""),
        form.get("hour", ""),
        bool(form.get("again")),
    )


def draft_of(filled: Filled, before: Draft, world: World, now: datetime) -> tuple[Draft, Mistakes]:
    """The draft it means, as far as it makes sense. Those who got an earlier broadcast stay its people."""
    zone = world.directory.zone
    send_at = _moment(filled, zone) if filled.later else None
    repeats = (before.repeats or WEEKLY) if filled.again and send_at else ""
    audience = before.audience if before.audience.got is not None else _audience(filled, zone)
    draft = Draft(audience, dict(filled.words), send_at, repeats)
    mistakes = dict(_mistakes(filled, draft, world, now))
    if unknown := next(_unknown(filled, draft.audience, before.audience, world), ""):
        mistakes["whom"] = ("broadcast.refused.audience", {"name": unknown[:60]})
    return draft, mistakes


def differences(mine: Filled, theirs: Filled) -> tuple[str, ...]:
    """The fields in which these two differ."""
    return tuple(name for name in FIELDS if getattr(mine, name) != getattr(theirs, name))


def date_in_words(session: str, listed: datetime | None) -> str:
    """One date of a session as a form and an address name it: sco-walk@2026-11-26T10:30Z."""
    if not session or listed is None:
        return session
    return f"{session}@{listed.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def date_of_words(words: str, zone: ZoneInfo) -> tuple[str, datetime | None]:
    """The session and its listed start in universal time; a time that names no zone is local. A start that
    cannot be read is none."""
    session, _, written = words.partition("@")
    try:
        start = datetime.fromisoformat(written)
        return session, (start if start.tzinfo else at_zone(start, zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return session, None


def _audience(filled: Filled, zone: ZoneInfo) -> Audience:
    session, listed = date_of_words(filled.session, zone)
    return Audience(filled.areas, filled.cancer, filled.topic, filled.language, session, listed)


def _moment(filled: Filled, zone: ZoneInfo) -> datetime | None:
    try:
        wall = datetime.combine(date.fromisoformat(filled.day), time.fromisoformat(filled.hour))
        return at_zone(wall.replace(tzinfo=None), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _mistakes(
    filled: Filled, draft: Draft, world: World, now: datetime
) -> Iterator[tuple[str, tuple[str, Mapping[str, str]]]]:
    if filled.later and draft.send_at is None:
        yield "when", ("console.broadcasts.no-time", {})
    if draft.send_at is not None and draft.send_at <= now:
        yield "when", ("broadcast.refused.past", {})
    if filled.again and not filled.later:
        yield "when", ("broadcast.refused.rule-needs-time", {})
    if draft.texts:
        try:
            check_words(draft, world)
        except Refusal as refusal:
            yield "words", (refusal.key, refusal.values)


def _unknown(filled: Filled, audience: Audience, before: Audience, world: World) -> Iterator[str]:
    """What no list of ours has offered."""
    known = world.content
    yield from (area for area in filled.areas if area not in known.areas)
    for chosen, among in (
        (filled.cancer, get_args(Cancer)),
        (filled.topic, known.topics),
        (filled.language, known.languages),
    ):
        if chosen and chosen not in among:
            yield chosen
    # Without its date, a session would mean everybody who ever booked on any date of it.
    dated = audience.session in world.directory.listings and audience.listed is not None
    kept = (audience.session, audience.listed) == (before.session, before.listed)
    if filled.session and not (dated or kept):
        yield filled.session


def with_session(words: str, zone: ZoneInfo) -> Filled:
    """A new form for those who are booked on this date."""
    return replace(Filled(), session=date_in_words(*date_of_words(words, zone)))

"""What is wrong with a draft before anything is sent, and what staff should think of. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from bot.content.check_texts import UNITS
from bot.content.listings import Cancer, rule_from, whole_days
from bot.conversation.world import World
from bot.messaging.broadcasts.rendering import languages, render
from bot.messaging.broadcasts.words import Audience, Draft, Reach, Refusal

Warning_ = tuple[str, Mapping[str, str]]


def check(draft: Draft, world: World, now: datetime) -> None:
    """Raise the first thing that is wrong with it."""
    check_words(draft, world)
    _check_audience(draft.audience, world)
    if draft.send_at is not None and draft.send_at <= now:
        raise Refusal("broadcast.refused.past")
    if draft.repeats:
        _check_rule(draft, ZoneInfo(world.local.timezone))


def check_words(draft: Draft, world: World) -> None:
    """English is there, every language is one of ours, and each text fits one message as it will be sent."""
    if not draft.texts.get("en", "").strip():
        raise Refusal("broadcast.refused.no-text")
    for language in draft.texts:
        if language not in world.content.languages:
            raise Refusal("broadcast.refused.language", language=language)
    for language in languages(draft):
        units = len(render(draft, language, world).text.encode("utf-16-le", "replace")) // 2
        if units > UNITS:
            over = f"{units - UNITS:,}"
            raise Refusal("broadcast.refused.too-long", language=language, most=f"{UNITS:,}", over=over)


def _check_audience(audience: Audience, world: World) -> None:
    known = world.content
    wrong = [area for area in audience.areas if area not in known.areas]
    wrong += [audience.cancer] if audience.cancer and audience.cancer not in get_args(Cancer) else []
    wrong += [audience.topic] if audience.topic and audience.topic not in known.topics else []
    wrong += [audience.language] if audience.language and audience.language not in known.languages else []
    if audience.session and audience.session not in world.directory.listings:
        wrong.append(audience.session)
    if wrong:
        raise Refusal("broadcast.refused.audience", name=wrong[0])


def _check_rule(draft: Draft, zone: ZoneInfo) -> None:
    if draft.send_at is None:
        raise Refusal("broadcast.refused.rule-needs-time")
    starts = draft.send_at.astimezone(zone).replace(tzinfo=None)
    try:
        first = next(iter(rule_from(whole_days(draft.repeats), starts)), None)
    except (ValueError, TypeError, KeyError):
        raise Refusal("broadcast.refused.rule") from None
    if first != starts:
        raise Refusal("broadcast.refused.rule-start")


def warnings(draft: Draft, reach: Reach, world: World, now: datetime) -> Iterator[Warning_]:
    """Quiet hours, and people who will read English because their language has no text."""
    begins = (draft.send_at or now) + world.local.broadcast_hold
    if world.local.quiet.at(begins):
        after = world.local.quiet.after(begins).astimezone(ZoneInfo(world.local.timezone))
        yield "broadcast.warn.quiet", {"time": f"{after:%H:%M}"}
    for language, people in reach.by_language.items():
        if not draft.texts.get(language, "").strip():
            yield "broadcast.warn.language", {"language": language, "people": f"{people:,}"}

"""How a draft looks to the one who writes it: whom, the words, the preview, the questions between. Pure."""

from collections.abc import Iterable, Sequence

from bot.conversation.buttons import batched
from bot.messaging.broadcasts import Broadcast, Preview, Reach, Shown
from bot.model import Button, Rows, Say
from bot.staff import codes, drafting, times
from bot.staff.asks import Facts
from bot.staff.drafting import WAYS, By, Choice
from bot.staff.rights import may
from bot.staff.state import Waits
from bot.store.staff import Member

MARK = "✓ "
WIDE = 24
"""Characters of a label; longer ones have a row of their own."""


def button(facts: Facts, name: str, verb: str, broadcast: Broadcast | None = None, more: str = "") -> Button:
    """A button whose words are staff.button.<name>."""
    label = facts.say(f"button.{name}")
    if broadcast is None:
        return Button(label, codes.write(verb, name=more))
    return Button(label, codes.write(verb, broadcast.id, broadcast.version, more))


def number(many: int) -> str:
    return f"{many:,}"


def people(facts: Facts, many: int) -> str:
    return facts.say("one-person") if many == 1 else facts.say("people", number=number(many))


def whom(facts: Facts, broadcast: Broadcast, reach: Reach) -> Say:
    """Whom it is for so far, and how many that are."""
    lines = [
        facts.say("whom.title", id=str(broadcast.id)),
        facts.say("whom.now", whom=drafting.in_words(facts, broadcast.draft.audience)),
        facts.say("whom.reach", people=people(facts, reach.people))
        if reach.people
        else facts.say("whom.nobody"),
        *_left_out(facts, reach),
        facts.say("whom.ask"),
    ]
    ways = [
        Button(facts.say(f"by.{by}"), codes.write("pick", broadcast.id, broadcast.version, by)) for by in WAYS
    ]
    ways.append(button(facts, "everyone", "all", broadcast))
    steps = (
        (button(facts, "write-words", "words", broadcast),),
        (button(facts, "throw-away", "drop", broadcast),),
    )
    return Say("\n".join(lines), (*batched(ways, 2), *steps))


def _left_out(facts: Facts, reach: Reach) -> Iterable[str]:
    for reason, many in sorted(reach.left_out.items()):
        yield facts.say(f"left-out.{reason}", people=people(facts, many))


def pick(facts: Facts, broadcast: Broadcast, by: By, choices: Sequence[Choice]) -> Say:
    """One way to choose people; what is chosen is marked, and taps on and off."""
    buttons = [
        Button(
            (MARK if one.chosen else "") + one.label,
            codes.write("put", broadcast.id, broadcast.version, f"{by}={one.value}"),
        )
        for one in choices
    ]
    across = 2 if all(len(one.label) <= WIDE for one in buttons) else 1
    rows = (*batched(buttons, across), (button(facts, "done", "whom", broadcast),))
    return Say(facts.say(f"pick.{by}") if buttons else facts.say("pick.nothing"), rows)


def ask_words(facts: Facts, broadcast: Broadcast, language: str) -> Say:
    """Type the words of this language; those that are there can be kept."""
    there = broadcast.draft.texts.get(language, "")
    name = drafting.language_name(facts, language)
    text = facts.say("words.ask", language=name)
    if there:
        text += "\n\n" + facts.say("words.there", words=there)
    skip = "keep-words" if there else "no-words"
    rows = ((button(facts, skip, "look", broadcast),),) if there or language != "en" else ()
    return Say(text, rows)


def ask_new_words(facts: Facts, waits: Waits, language: str) -> Say:
    """Type the words of a correction, or of a second message."""
    return Say(facts.say(f"words.{waits}", language=drafting.language_name(facts, language)))


def ask_time(facts: Facts, broadcast: Broadcast) -> Say:
    zone = facts.world.directory.zone
    offered = [
        Button(
            times.written(moment, zone),
            codes.write("when", broadcast.id, broadcast.version, times.minutes(moment)),
        )
        for moment in times.offered(facts.now, zone)
    ]
    return Say(facts.say("time.ask"), (*batched(offered, 2), (button(facts, "back", "look", broadcast),)))


def preview(facts: Facts, broadcast: Broadcast, seen: Preview, member: Member) -> tuple[Say, ...]:
    """The numbers, the message as the first people will see it, and what can be done with it now."""
    return (
        Say("\n".join(_summary(facts, broadcast, seen))),
        *_as_seen(facts, seen.shown),
        choose(facts, broadcast, member),
    )


def _summary(facts: Facts, broadcast: Broadcast, seen: Preview) -> Iterable[str]:
    whom_ = drafting.in_words(facts, broadcast.draft.audience)
    yield facts.say(
        "preview.title", id=str(broadcast.id), people=people(facts, seen.reach.people), whom=whom_
    )
    if len(seen.reach.by_language) > 1:
        parts = [
            f"{drafting.language_name(facts, id)} {number(many)}"
            for id, many in sorted(seen.reach.by_language.items())
        ]
        yield facts.say("preview.languages", languages=", ".join(parts))
    yield from _left_out(facts, seen.reach)
    yield when(facts, broadcast)
    for key, gaps in seen.warnings:
        yield facts.texts(key, 0, **gaps)


def when(facts: Facts, broadcast: Broadcast) -> str:
    """At once, at a time, or every week from a time on."""
    moment = broadcast.draft.send_at
    if moment is None:
        return facts.say("when.at-once" if broadcast.state == "draft" else "when.after-yes")
    written = times.written(moment, facts.world.directory.zone)
    return facts.say("when.again" if broadcast.draft.repeats else "when.set", time=written)


def _as_seen(facts: Facts, shown: Sequence[Shown]) -> Iterable[Say]:
    """Each different message once, with those who see it. Its buttons are only named: no tap for staff."""
    seen: dict[str, list[Shown]] = {}
    for one in shown:
        seen.setdefault(one.say.text, []).append(one)
    for text, readers in seen.items():
        who = ", ".join(f"{one.pseudonym} ({one.channel}, {one.language})" for one in readers)
        labels = " ".join(f"[{button.label}]" for row in readers[0].say.rows for button in row)
        title = facts.say("preview.seen", who=who)
        yield Say(f"{title}\n\n{text}\n\n{labels}".rstrip())


def choose(facts: Facts, broadcast: Broadcast, member: Member, asked: str = "preview.ask") -> Say:
    """What this member can do with it now."""
    if not may(member.role, "write"):
        return Say(facts.say("preview.look-only"))
    if broadcast.state == "waits" and broadcast.by != member.id:
        answers = (button(facts, "approve", "yes", broadcast), button(facts, "say-no", "no", broadcast))
        return Say(facts.say("approve.ask"), (answers,))
    if broadcast.state != "draft":
        return Say(facts.say("preview.not-draft"), ((button(facts, "open", "open", broadcast),),))
    return Say(facts.say(asked), _draft_rows(facts, broadcast))


def _draft_rows(facts: Facts, broadcast: Broadcast) -> Rows:
    timed = broadcast.draft.send_at is not None
    again = "once-only" if broadcast.draft.repeats else "weekly"
    when_row = (
        (button(facts, "other-time", "at", broadcast), button(facts, "at-once", "now", broadcast))
        if timed
        else (button(facts, "set-time", "at", broadcast),)
    )
    rows: Rows = (
        (button(facts, "send-to-me", "me", broadcast),),
        (button(facts, "send-then" if timed else "send", "send", broadcast),),
        when_row,
    )
    if timed:
        rows = (*rows, (button(facts, again, "weekly", broadcast),))
    change = (
        button(facts, "change-words", "words", broadcast),
        button(facts, "change-people", "whom", broadcast),
    )
    return (*rows, change, (button(facts, "throw-away", "drop", broadcast),))


def fix(facts: Facts, broadcast: Broadcast) -> Say:
    """Two ways to put right what is out."""
    rows = (
        (button(facts, "edit-sent", "edit", broadcast),),
        (button(facts, "write-again", "more", broadcast),),
        (button(facts, "back", "open", broadcast),),
    )
    return Say(facts.say("correct.ask"), rows)


def sure_to_delete(facts: Facts, broadcast: Broadcast) -> Say:
    rows = (
        (button(facts, "delete-yes", "undo-yes", broadcast),),
        (button(facts, "back", "open", broadcast),),
    )
    return Say(facts.say("recall.sure", id=str(broadcast.id)), rows)

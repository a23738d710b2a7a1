"""The words of programmes: their messages, what came of joining and pausing, and the list of one's own."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.bookings import Enrolment, MyProgrammes, ProgrammeDone
from bot.content.programmes import Programme
from bot.conversation import buttons, codes
from bot.conversation.moment import Moment
from bot.conversation.texts import Texts
from bot.conversation.timetable import message_of
from bot.conversation.world import World
from bot.model import Button, Say

STOP = "stop="
"""Before the name of the programme that a button stops."""


def message(world: World, language: str, programme: str, id: str) -> Say:
    """One message, with the way to put it off and the way out under it."""
    texts, written = Texts(world.content.texts, language), world.content.programmes[programme]
    one = message_of(written, id)
    onward = buttons.towards(world, texts, one.next)
    aside = (
        _button(texts, "programmes-pause", "pause"),
        _button(texts, "programmes-stop", f"{STOP}{programme}"),
    )
    return Say(texts.written(one.text), (*buttons.rows(onward, 1), aside))


def done(moment: Moment, what: ProgrammeDone) -> tuple[Say, ...]:
    """What came of it. "nothing" without a programme: there is none to pause or to stop."""
    known = moment.world.content.programmes.get(what.programme)
    gaps = {
        "title": moment.texts.written(known.title) if known else "",
        "day": in_words(what.day) if what.day else "",
        "next": _moment_in_words(moment, what.next) if what.next else "",
    }
    key = f"programmes.{what.outcome}" + ("-all" if what.outcome == "left" and not known else "")
    text = moment.say(key, **gaps)
    if moment.person.channel == "web" and what.next:
        text = f"{text}\n{moment.texts('programmes.only-here')}"
    return (Say(text, _after(moment, what)),)


def _after(moment: Moment, what: ProgrammeDone) -> tuple[tuple[Button, ...], ...]:
    """The way back from what was just done. After joining, the flow goes on with its own last words."""
    texts = moment.texts
    if what.outcome in ("joined", "moved", "over") and what.programme:
        return ()
    if what.outcome == "paused":
        return buttons.rows((_resume(texts), buttons.command(texts, "menu")), 1)
    return buttons.rows(buttons.commands(texts, "programmes", "menu"), 1)


def mine(moment: Moment, listed: MyProgrammes) -> tuple[Say, ...]:
    """What this person takes part in, each with its buttons, and what else there is to join."""
    texts, known = moment.texts, moment.world.content.programmes
    taking = [one for one in listed.enrolments if one.programme in known]
    lines = [_line(moment, one) for one in taking] or [moment.say("programmes.none")]
    others = [one for one in known.values() if one.programme not in {taken.programme for taken in taking}]
    offered = [moment.say("programmes.others")] * bool(others) + [
        texts("programmes.other", title=texts.written(one.title), about=texts.written(one.about))
        for one in others
    ]
    shown = (
        *_controls(moment, taking),
        *(_join(texts, one) for one in others),
        buttons.command(texts, "menu"),
    )
    return (Say("\n".join((*lines, "", *offered) if offered else lines), buttons.rows(shown, 1), "question"),)


def _line(moment: Moment, one: Enrolment) -> str:
    written = moment.world.content.programmes[one.programme]
    gaps = {
        "title": moment.texts.written(written.title),
        "called": moment.texts.written(written.day),
        "day": in_words(one.day),
        "next": _moment_in_words(moment, one.next) if one.next else "",
    }
    return moment.say("programmes.paused-line" if one.paused else "programmes.line", **gaps)


def _controls(moment: Moment, taking: list[Enrolment]) -> tuple[Button, ...]:
    """Change the date of each, stop each, and pause or carry on with all."""
    texts, known = moment.texts, moment.world.content.programmes
    if not taking:
        return ()
    paused = any(one.paused for one in taking)
    pause = _resume(texts) if paused else _button(texts, "programmes-pause", "pause")
    each: list[Button] = []
    for one in taking:
        title = texts.written(known[one.programme].title)
        each += [
            Button(texts("programmes.change", title=title), codes.write("flow", known[one.programme].flow)),
            Button(texts("programmes.stop", title=title), codes.write("programme", f"{STOP}{one.programme}")),
        ]
    return (pause, *each)


def _join(texts: Texts, programme: Programme) -> Button:
    return Button(
        texts("programmes.join", title=texts.written(programme.title)), codes.write("flow", programme.flow)
    )


def _button(texts: Texts, label: str, name: str) -> Button:
    return Button(texts(f"button.{label}"), codes.write("programme", name))


def _resume(texts: Texts) -> Button:
    return _button(texts, "programmes-resume", "resume")


def in_words(day: date) -> str:
    return format_date(day, "EEEE d MMMM y", locale="en_GB")


def _moment_in_words(moment: Moment, at: datetime) -> str:
    return in_words(at.astimezone(ZoneInfo(moment.world.local.timezone)).date())

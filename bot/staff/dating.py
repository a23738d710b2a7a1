"""One date of a session at the desk, cancelled after a yes."""

from bot.authoring import dates
from bot.authoring.dates import Deed, Stale, Standing
from bot.bookings import SessionDate
from bot.messaging.changing import CannotChange
from bot.model import Button, Say
from bot.staff import codes, drafting, times
from bot.staff.asks import CallOff, Facts, Show
from bot.staff.screens import number
from bot.staff.work import Work


async def ask_to_call_off(work: Work, ask: Show) -> tuple[Say, ...]:
    """How many people will be told, before anything is done."""
    date, facts = named(ask.name), work.facts
    standing = date and await dates.standing(work.tx, date, facts.world, facts.now)
    if date is None or not standing:
        return (Say(facts.say("old-button")),)
    if standing.starts is None or standing.starts <= facts.now:
        return (Say(_how_it_stands(facts, standing)),)
    people = await dates.told(work.tx, standing)
    key = "off.nobody" if not people else "off.one" if people == 1 else "off.people"
    yes = codes.write("off-yes", name=f"{ask.name}.{standing.version}")
    back = codes.write("who", name=ask.name)
    rows = ((Button(facts.say("button.off-yes"), yes),), (Button(facts.say("button.back"), back),))
    text = facts.say("off.ask", title=drafting.title(facts, date.session), when=_when(facts, standing))
    return (Say(f"{text}\n{facts.say(key, number=number(people))}", rows),)


async def call_off(work: Work, ask: CallOff) -> tuple[Say, ...]:
    facts = work.facts
    name, _, version = ask.name.rpartition(".")
    date = named(name)
    if date is None:
        return (Say(facts.say("old-button")),)
    try:
        people = await dates.change(work.tx, Deed(date, version), facts.world, work.who, facts.now)
    except Stale as stale:
        return (Say(f"{facts.say('off.stale')} {_how_it_stands(facts, stale.now)}"),)
    except CannotChange as refused:
        return (Say(facts.texts(f"console.refused.date-{refused.why}")),)
    return (Say(facts.say("off.done", number=number(people))),)


def named(name: str) -> SessionDate | None:
    """Out of a button's code, which may be forged."""
    session, _, minutes = name.partition(".")
    listed = times.of_minutes(minutes)
    return SessionDate(session, listed) if listed else None


def _how_it_stands(facts: Facts, standing: Standing) -> str:
    if standing.change is None:
        return facts.texts("console.sessions.too-late")
    return facts.say(f"off.is-{standing.change.kind}", name=standing.change.by, when=_when(facts, standing))


def _when(facts: Facts, standing: Standing) -> str:
    return times.written(standing.starts or standing.date.listed, facts.world.directory.zone)

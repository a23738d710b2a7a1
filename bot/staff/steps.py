"""What each button of the desk asks for. Pure."""

from dataclasses import replace

from bot.messaging.broadcasts import Audience, Draft
from bot.staff import drafting, screens, times
from bot.staff.asks import CallOff, Change, Deed, Do, Make, Reply, Resolve, Show, Sight, Tell, reply
from bot.staff.case import Case
from bot.staff.state import Waits, waiting

WEEKLY = "FREQ=WEEKLY"


def show(sight: Sight, case: Case) -> Reply:
    return reply(Show(sight, case.code.id, case.code.name))


def do(deed: Deed, case: Case) -> Reply:
    return reply(Do(deed, case.code.id, case.code.version))


def new(case: Case) -> Reply:
    return reply(Make(Draft()))


def write_to(case: Case) -> Reply:
    """A draft for those who are booked on one date of a session."""
    return reply(Make(Draft(drafting.chosen(Audience(), "session", case.code.name))))


def call_off(case: Case) -> Reply:
    """Cancel a date of a session, now that they are sure."""
    return reply(CallOff(case.code.name))


def pick(case: Case) -> Reply:
    """The list of one way to choose people."""
    by = drafting.way(case.code.name)
    if by is None:
        return reply(case.facts.tell("old-button"))
    choices = drafting.choices(case.facts, by, case.broadcast.draft.audience)
    return reply(Tell(screens.pick(case.facts, case.broadcast, by, choices)))


def put(case: Case) -> Reply:
    """One choice out of such a list."""
    name, _, value = case.code.name.partition("=")
    by, audience = drafting.way(name), case.broadcast.draft.audience
    if by is None or not _offered(case, by, value):
        return reply(case.facts.tell("old-button"))
    return _to(case, drafting.chosen(audience, by, value))


def _offered(case: Case, by: drafting.By, value: str) -> bool:
    if by == "session":
        return value.partition(".")[0] in case.facts.world.directory.listings
    return any(value == one.value for one in drafting.choices(case.facts, by, Audience()))


def everyone(case: Case) -> Reply:
    return _to(case, Audience())


def _to(case: Case, audience: Audience) -> Reply:
    draft = replace(case.broadcast.draft, audience=audience)
    return reply(_change(case, draft), Show("whom", case.code.id))


def words(case: Case) -> Reply:
    """Ask for the words, English first."""
    desk = waiting("words", case.code.id, case.facts.now, "en")
    return reply(Tell(screens.ask_words(case.facts, case.broadcast, "en")), desk=desk)


def rewrite(waits: Waits, case: Case) -> Reply:
    """Ask for new words: of the message itself, or of a second one to those who got it."""
    desk = waiting(waits, case.code.id, case.facts.now, "en")
    return reply(Tell(screens.ask_new_words(case.facts, waits, "en")), desk=desk)


def at(case: Case) -> Reply:
    """Ask for a time; it may be typed, too."""
    desk = waiting("time", case.code.id, case.facts.now)
    return reply(Tell(screens.ask_time(case.facts, case.broadcast)), desk=desk)


def when(case: Case) -> Reply:
    """A time from a button."""
    moment = times.of_minutes(case.code.name)
    if moment is None:
        return reply(case.facts.tell("old-button"))
    return _timed(case, replace(case.broadcast.draft, send_at=moment))


def weekly(case: Case) -> Reply:
    """Every week from its time on, or once only again."""
    draft = case.broadcast.draft
    return _timed(case, replace(draft, repeats="" if draft.repeats else WEEKLY))


def at_once(case: Case) -> Reply:
    return _timed(case, replace(case.broadcast.draft, send_at=None, repeats=""))


def _timed(case: Case, draft: Draft) -> Reply:
    return reply(_change(case, draft), Show("preview", case.code.id))


def _change(case: Case, draft: Draft) -> Change:
    return Change(case.code.id, case.code.version, draft)


def fix(case: Case) -> Reply:
    return reply(Tell(screens.fix(case.facts, case.broadcast)))


def undo(case: Case) -> Reply:
    return reply(Tell(screens.sure_to_delete(case.facts, case.broadcast)))


def resolve(again: bool, case: Case) -> Reply:
    """One unsure message, or all that are listed now."""
    name = case.code.name
    if name == "all":
        return reply(Resolve((), again))
    if not (name.isascii() and name.isdigit() and len(name) <= 15):
        return reply(case.facts.tell("old-button"))
    return reply(Resolve((int(name),), again))

"""The desk's lists in words: broadcasts, coming sessions, unsure messages, notices, help. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.conversation.buttons import batched
from bot.messaging.broadcasts import Broadcast
from bot.model import Button, Rows, Say
from bot.staff import codes, drafting, figures, times
from bot.staff.asks import Facts, Reply, Tell, reply
from bot.staff.case import Case
from bot.staff.drafting import Date
from bot.staff.rights import may
from bot.staff.screens import button, number
from bot.store.bookings import Coming
from bot.store.notices import Notice
from bot.store.staff import Member
from bot.store.unsure import Unsure

HELP = {
    "write": ("broadcast",),
    "look": ("broadcasts", "sessions", "notices", "digest"),
    "sessions": ("new", "cancel"),
    "people": ("unsure",),
    "notes": ("queue",),
}
MOST = 30
"""Lines of a list: more nobody reads on a phone."""


DATED = ("occasion", "offer")
"""What is about a date of a session."""
PAGE = 10
"""Sessions in one list."""


class Page(NamedTuple):
    """A page of the coming sessions, of one area or, with "", of all."""

    area: str = ""
    number: int = 0

    def write(self) -> str:
        return f"{self.area}.{self.number}"

    @classmethod
    def read(cls, name: str) -> "Page":
        """Out of a button's code, which may be forged."""
        area, _, number = name.rpartition(".")
        return cls(area, int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0)


class Use(NamedTuple):
    """What a list of dates is for: its title, the verb of each number, and of its other pages."""

    title: str
    tap: str
    page: str


TO_SEE = Use("coming.title", "who", "coming")
TO_CALL_OFF = Use("off.which", "off", "to-off")


class Expected(NamedTuple):
    """A date that is coming, and who comes."""

    date: Date
    listed: datetime
    coming: Coming


def broadcasts(facts: Facts, found: Sequence[Broadcast], member: Member) -> Say:
    """The newest, each a button."""
    rows: Rows = tuple((figures.one_line(facts, one),) for one in found)
    if may(member.role, "write"):
        rows = (*rows, (button(facts, "new", "new"),))
    return Say(facts.say("list.title" if found else "list.empty"), rows)


def coming(facts: Facts, dates: Sequence[Expected], page: Page, more: bool, use: Use = TO_SEE) -> Say:
    """A page of the next 7 days, with the places; a tap shows who comes, or cancels."""
    first = page.number * PAGE + 1
    numbered = [f"{place}. {_coming_line(facts, one)}" for place, one in enumerate(dates, first)]
    buttons = [
        Button(str(place), codes.write(use.tap, name=_name(one))) for place, one in enumerate(dates, first)
    ]
    title = facts.say(use.title if dates else "coming.empty")
    return Say("\n".join((title, *numbered)), (*batched(buttons, 5), *_turning(facts, page, more, use.page)))


def _turning(facts: Facts, page: Page, more: bool, verb: str) -> Rows:
    """To the next page, and to each area."""
    further = page._replace(number=page.number + 1)
    next_ = ((Button(facts.say("button.further"), codes.write(verb, name=further.write())),),) if more else ()
    areas = facts.world.content.areas.values()
    others = [
        Button(facts.texts.written(area.name), codes.write(verb, name=Page(area.id).write()))
        for area in areas
        if area.id != page.area and len(areas) > 1
    ]
    return (*next_, *batched(others, 3))


def _coming_line(facts: Facts, one: Expected) -> str:
    when = times.written(one.date.starts, facts.world.directory.zone)
    title = drafting.title(facts, one.date.session)
    return facts.say("coming.line", when=when, title=title, places=_places(facts, one.coming))


def _places(facts: Facts, coming: Coming) -> str:
    booked, waiting = number(len(coming.booked) + len(coming.offered)), number(len(coming.waiting))
    if coming.free is None:
        return facts.say("coming.open", booked=booked, waiting=waiting)
    return facts.say("coming.places", booked=booked, free=number(coming.free), waiting=waiting)


def _name(one: Expected) -> str:
    return f"{one.date.session}.{times.minutes(one.listed)}"


def who(facts: Facts, one: Expected, member: Member) -> Say:
    """The codes that people say at the door; nobody's name."""
    lines = [_coming_line(facts, one)]
    for name in ("booked", "offered", "waiting"):
        if found := getattr(one.coming, name):
            lines.append(facts.say(f"who.{name}", codes=", ".join(found)))
    if one.coming.reminded:
        lines.append(facts.say("who.reminded", number=number(one.coming.reminded)))
    rows: Rows = ()
    if one.coming.booked and may(member.role, "write"):
        rows = ((Button(facts.say("button.write-to"), codes.write("write-to", name=_name(one))),),)
    if may(member.role, "sessions"):
        rows = (*rows, (Button(facts.say("button.call-off"), codes.write("off", name=_name(one))),))
    return Say("\n".join(lines), rows)


def dates_in(abouts: Iterable[str]) -> set[int]:
    """The numbers of the dates that these speak of."""
    parts = (about.partition(":") for about in abouts)
    return {int(id) for kind, _, id in parts if kind in DATED and id.isdigit()}


def unsure(facts: Facts, found: Sequence[Unsure], more: int = 0) -> Say:
    """Messages that may or may not have arrived: staff decide, one by one or all at once. `more` of them
    are not in the list."""
    if not found:
        return Say(facts.say("unsure.none"))
    zone = facts.world.directory.zone
    lines = [
        facts.say(
            "unsure.line",
            number=str(place),
            about=about_in_words(facts, one.about),
            whom=one.pseudonym,
            when=times.written(one.since, zone),
        )
        for place, one in enumerate(found, 1)
    ]
    if more:
        lines.append(facts.say("notices.more", number=number(more)))
    rows = [
        (
            Button(facts.say("unsure.again", number=str(place)), codes.write("again", name=str(one.id))),
            Button(facts.say("unsure.leave", number=str(place)), codes.write("leave", name=str(one.id))),
        )
        for place, one in enumerate(found, 1)
    ]
    rows.append(
        (button(facts, "all-again", "again", more="all"), button(facts, "all-leave", "leave", more="all"))
    )
    return Say("\n".join((facts.say("unsure.title"), *lines)), tuple(rows))


def notices(facts: Facts, found: Sequence[Notice], title: str = "notices.title") -> Say:
    """What staff should know, newest first."""
    if not found:
        return Say(facts.say("notices.none"))
    newest = sorted(found, key=lambda one: (one.last, one.id), reverse=True)
    lines = [_notice(facts, one) for one in newest[:MOST]]
    if len(newest) > MOST:
        lines.append(facts.say("notices.more", number=number(len(newest) - MOST)))
    return Say("\n".join((facts.say(title), *lines)))


def _notice(facts: Facts, one: Notice) -> str:
    known = f"staff.notice.{one.kind}" in facts.world.content.texts["en"]
    about = about_in_words(facts, one.about)
    text = facts.say(f"notice.{one.kind}", about=about) if known else f"{one.kind}: {about}"
    again = facts.say("notices.times", times=number(one.times)) if one.times > 1 else ""
    when = times.written(one.last, facts.world.directory.zone)
    return facts.say("notices.line", when=when, text=f"{text} {again}".rstrip())


def about_in_words(facts: Facts, about: str) -> str:
    """ "broadcast:12" as staff say it; what has no words is told as it is."""
    kind, _, id = about.partition(":")
    if kind in DATED and id.isdigit() and (date := facts.dates.get(int(id))):
        when = times.written(date.starts, facts.world.directory.zone)
        return facts.say("about.session", title=drafting.title(facts, date.session), when=when)
    if kind == "handover" and id.count(":") == 2:
        _, team, how = id.split(":")
        return f"{facts.say(f'queue.team.{team}')}, {facts.say(f'queue.kind.{how}')}"
    if f"staff.about.{kind}" not in facts.world.content.texts["en"]:
        return about or facts.say("about.reply")
    return facts.say(f"about.{kind}", id=id)


def help_(case: Case) -> Reply:
    """The commands that this member may use."""
    lines = [
        f"/{command} {case.facts.say(f'help.{command}')}"
        for right in ("write", "look", "sessions", "people", "notes")
        if may(case.member.role, right)
        for command in HELP[right]
    ]
    title = case.facts.say("help.title", name=case.member.name, role=case.member.role)
    return reply(Tell(Say("\n".join((title, *lines, case.facts.say("help.also"))))))

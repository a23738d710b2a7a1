"""/new at the desk: a session like one that is there, with its own first date, repeats and places. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.authoring.repeating import Repeat, often_of
from bot.authoring.session_reading import Frame, Mistaken, series_of
from bot.authoring.session_words import fields_of
from bot.content.listings import Series
from bot.conversation.buttons import batched
from bot.model import Button, Say
from bot.staff import codes, times
from bot.staff.asks import Facts, Reply, Tell, reply
from bot.staff.case import Case
from bot.staff.lists import Page
from bot.staff.screens import button
from bot.staff.state import Desk, Waits, waiting

WAITS: tuple[Waits, ...] = ("new-time", "new-often", "new-places", "new-sure")
OFTEN: tuple[Repeat, ...] = ("once", "week", "two-weeks", "month")
PAGE = 10
REVIEWED_AFTER = timedelta(days=182)
WALL = "%Y-%m-%dT%H:%M"


def begin(case: Case) -> Reply:
    """The areas, where there are several; else its sessions."""
    areas = case.facts.world.content.areas
    if case.code.name or len(areas) < 2:
        return _sessions(case, Page.read(case.code.name or f"{next(iter(areas), '')}.0"))
    buttons = [
        Button(case.facts.texts.written(area.name), codes.write("add", name=Page(area.id).write()))
        for area in areas.values()
    ]
    return reply(Tell(Say(case.facts.say("new.area"), batched(buttons, 2))))


def _sessions(case: Case, page: Page) -> Reply:
    """Those of the area, to copy one."""
    facts = case.facts
    listings = facts.world.directory.listings.items()
    found = sorted((_title(facts, one.series), id) for id, one in listings if one.area == page.area)
    here = found[page.number * PAGE : (page.number + 1) * PAGE]
    lines = [f"{place}. {title}" for place, (title, _) in enumerate(here, 1)]
    buttons = [Button(str(place), codes.write("copy", name=id)) for place, (_, id) in enumerate(here, 1)]
    rows = batched(buttons, 5)
    if len(found) > (page.number + 1) * PAGE:
        further = page._replace(number=page.number + 1)
        rows = (*rows, (Button(facts.say("button.further"), codes.write("add", name=further.write())),))
    return reply(Tell(Say("\n".join((facts.say("new.which" if here else "new.none"), *lines)), rows)))


def _title(facts: Facts, series: Series) -> str:
    return facts.texts.written(series.title)


def _listed(facts: Facts, id: str) -> Series | None:
    """As its author wrote it, without what staff changed about single dates."""
    directory = facts.world.directory
    listing = directory.written.get(id) or directory.listings.get(id)
    return listing.series if listing else None


def copy(case: Case) -> Reply:
    """Ask when it is held first."""
    series = _listed(case.facts, case.code.name)
    if series is None:
        return reply(case.facts.tell("old-button"))
    desk = waiting("new-time", 0, case.facts.now, texts={"copy": series.id})
    return reply(case.facts.tell("new.time", title=_title(case.facts, series)), desk=desk)


def words(case: Case, text: str) -> Reply:
    """Take them for the first date or for the places; what is tapped is asked for again."""
    match case.desk.waits:
        case "new-time":
            return _timed(case, text)
        case "new-places":
            return _placed(case, text.strip())
        case "new-often":
            return reply(_ask_often(case.facts), desk=case.desk)
        case _:
            return _preview(case, case.desk.texts)


def _timed(case: Case, text: str) -> Reply:
    facts = case.facts
    moment = times.read_time(text, facts.now, facts.world.directory.zone)
    if moment is None:
        return reply(facts.tell("time.unclear"), desk=case.desk)
    wall = f"{moment.astimezone(facts.world.directory.zone):{WALL}}"
    return reply(_ask_often(facts), desk=_further(case, "new-often", {"starts": wall}))


def _ask_often(facts: Facts) -> Tell:
    said = facts.texts
    buttons = [
        Button(said(f"console.sessions.repeat.{one}"), codes.write("often", name=one)) for one in OFTEN
    ]
    return Tell(Say(facts.say("new.often"), tuple((one,) for one in buttons)))


def often(case: Case) -> Reply:
    if "starts" not in case.desk.texts or case.code.name not in OFTEN:
        return reply(case.facts.tell("old-button"))
    desk = _further(case, "new-places", {"repeat": case.code.name})
    rows = ((button(case.facts, "no-limit", "places"),),)
    return reply(Tell(Say(case.facts.say("new.places"), rows)), desk=desk)


def places(case: Case) -> Reply:
    """No limit, from its button."""
    if "repeat" not in case.desk.texts:
        return reply(case.facts.tell("old-button"))
    return _preview(case, {**case.desk.texts, "places": ""})


def _placed(case: Case, text: str) -> Reply:
    return _preview(case, {**case.desk.texts, "places": text})


def _preview(case: Case, told: Mapping[str, str]) -> Reply:
    """What it will say, and both ways to save it: who saves says whether it is real."""
    facts, original = case.facts, _listed(case.facts, told.get("copy", ""))
    if original is None:
        return reply(facts.tell("old-button"))
    try:
        made = made_of(facts, original, told, "preview")
    except Mistaken as mistaken:
        return reply(*(_wrong(facts, *one) for one in mistaken.mistakes.items()), desk=_back(case, mistaken))
    rows = (
        (button(facts, "save-sample", "add-yes"),),
        (button(facts, "save-real", "add-real"),),
        (button(facts, "throw-away", "add-no"),),
    )
    desk = waiting("new-sure", 0, facts.now, texts={**told})
    return reply(Tell(Say(_as_told(facts, made), rows)), desk=desk)


def _wrong(facts: Facts, field: str, why: str) -> Tell:
    name = facts.texts(f"console.sessions.field.{field}")
    return Tell(Say(f"{name}: {facts.texts(f'console.sessions.wrong.{why}')}"))


def _back(case: Case, mistaken: Mistaken) -> Desk:
    """What was typed wrongly is waited for again; what was tapped wrongly begins anew from the time."""
    if set(mistaken.mistakes) == {"capacity"}:
        return _further(case, "new-places", {})
    return _further(case, "new-time", {})


def made_of(facts: Facts, original: Series, told: Mapping[str, str], id: str, real: bool = False) -> Series:
    """The new session. Raises Mistaken."""
    starts = datetime.strptime(told["starts"], WALL)
    title = _title(facts, original)
    plain = title.partition(":")[2].strip() if title.upper().startswith("SAMPLE:") else title
    fields = fields_of(original) | {
        "title": plain,
        "date": f"{starts:%Y-%m-%d}",
        "time": f"{starts:%H:%M}",
        "repeat": told["repeat"],
        "until": "",
        "capacity": told.get("places", ""),
        "real": "yes" if real else "",
        "review": f"{facts.now + REVIEWED_AFTER:%Y-%m-%d}",
    }
    world = facts.world
    return series_of(fields, Frame(world.directory, world.content.services, facts.now, None, id))


def _as_told(facts: Facts, made: Series) -> str:
    zone = facts.world.directory.zone
    moment = made.starts.replace(tzinfo=zone)
    return facts.say(
        "new.preview",
        title=_title(facts, made),
        when=times.written(moment, zone),
        often=facts.texts(f"console.sessions.repeat.{_repeat(made)}"),
        places=str(made.capacity) if made.capacity else facts.say("new.no-limit"),
        review=f"{made.review:%d %b %Y}",
    )


def _repeat(made: Series) -> Repeat:
    return often_of(made.rrule, made.starts).repeat


def save(real: bool, case: Case) -> Reply:
    """Only the wish, here: bot/staff/saving.py looks at all content, and tells what came of it."""
    facts = case.facts
    if case.desk.waits != "new-sure":
        return reply(facts.tell("old-button"))
    if facts.world.local.knowledge is None or facts.world.local.flows is None:
        return reply(facts.tell("new.no-files"))
    if case.desk.saving:
        return reply(facts.tell("new.one-before"), desk=case.desk)
    wish = {**case.desk.texts, "real": "yes" if real else "", "at": facts.now.isoformat()}
    return reply(facts.tell("new.checking"), desk=Desk(saving=wish))


def drop(case: Case) -> Reply:
    return reply(case.facts.tell("new.dropped"))


def _further(case: Case, waits: Waits, more: Mapping[str, str]) -> Desk:
    return waiting(waits, 0, case.facts.now, texts={**case.desk.texts, **more})

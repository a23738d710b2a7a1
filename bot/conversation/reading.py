"""Reading an event as the answer to the open question."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.content.flows import Ask, Kind
from bot.conversation.asking import choices, least, most, on_page
from bot.conversation.moment import Moment
from bot.conversation.replies import (
    at_position,
    label,
    named,
    pick,
    pick_label,
    pick_several,
    plain,
    read_date,
    read_number,
    read_phone,
    yes_or_no,
)
from bot.model import Located, Location, Place, Value


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer, and which way of the step it takes ("yes", an option's id, "skip", "answered")."""

    value: Value
    way: str = "answered"


@dataclass(frozen=True, slots=True)
class Several:
    """More than one thing may be meant: the labels to choose from."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfit:
    """It is an answer, but not one we can use: the key of the sentence that says why."""

    key: str


Reading = Understood | Several | Unfit | None


def read(moment: Moment, place: Place, step: Ask) -> Reading:
    """What the person answered, or None when it is no answer to this question."""
    if isinstance(moment.event, Located):
        return _position(moment, moment.event) if step.ask == "place" else None
    if not moment.said.strip():
        return None
    if step.skip and _wants_to_skip(moment):
        return Understood(None, "skip")
    return READERS[step.ask](moment, place, step)


def tapped(moment: Moment, place: Place, step: Ask, option: str) -> Reading:
    """What a button of this question means; a forged option means nothing."""
    if option == "skip" and step.skip:
        return Understood(None, "skip")
    if option == "done" and step.ask == "several-of":
        return Understood(place.chosen)
    known = {choice.id: choice for choice in choices(moment, step, place)}
    if option not in known:
        return None
    if step.ask == "place":
        return _place(moment, known[option].names[0])
    return Understood(_value(step, option), "answered" if step.ask == "scale" else option)


def _value(step: Ask, option: str) -> Value:
    match step.ask:
        case "yes-no":
            return option == "yes"
        case "scale":
            return int(option)
        case _:
            return option


def _position(moment: Moment, event: Located) -> Reading:
    spot = moment.world.places.at(event.latitude, event.longitude)
    return Understood(coarse(spot)) if spot.label else Unfit("place.abroad")


def coarse(spot: Location) -> Location:
    """To 2 decimals, about 1 km: enough for miles, too little for a front door."""
    return replace(spot, latitude=round(spot.latitude, 2), longitude=round(spot.longitude, 2))


def _wants_to_skip(moment: Moment) -> bool:
    words = {label(word) for key in ("says.skip", "says.unsure") for word in moment.texts.variants(key)}
    return plain(moment.said) in words


def read_exactly(moment: Moment, place: Place, step: Ask) -> Understood | None:
    """A choice of a list in its very words, a yes or a no as a whole; nothing that needs guessing."""
    if step.ask == "one-of":
        choice = named(moment.said, choices(moment, step, place))
        return Understood(choice, choice) if choice else None
    if step.ask == "yes-no":
        said = _said_yes(moment, clearly=True)
        return None if said is None else Understood(said, "yes" if said else "no")
    return None


def _said_yes(moment: Moment, clearly: bool) -> bool | None:
    texts = moment.texts
    return yes_or_no(moment.said, texts.variants("says.yes"), texts.variants("says.no"), clearly)


def _yes_no(moment: Moment, place: Place, step: Ask) -> Reading:
    """Where a yes gives consent, only a clear one counts."""
    said = _said_yes(moment, clearly=step.consent is not None)
    if said is None and step.consent is None:
        choice = pick_label(moment.said, choices(moment, step, place))
        said = None if choice is None else choice == "yes"
    return None if said is None else Understood(said, "yes" if said else "no")


def _one_of(moment: Moment, place: Place, step: Ask) -> Reading:
    listed = choices(moment, step, place)
    shown = on_page(place, listed)
    choice = named(moment.said, listed) or at_position(moment.said, shown) or pick(moment.said, listed)
    return Understood(choice, choice) if choice else None


def _several_of(moment: Moment, place: Place, step: Ask) -> Reading:
    listed = choices(moment, step, place)
    if _is_done(moment) and not named(moment.said, listed):
        return Understood(place.chosen)
    picked = pick_several(moment.said, listed)
    if picked and len(picked) > most(step):
        return Unfit("several.too-many")
    return Understood(picked) if picked else None


def _is_done(moment: Moment) -> bool:
    """ "Done", "none" or "no": nothing further is to be ticked."""
    texts = moment.texts
    words = (*texts.variants("says.done"), *texts.variants("says.none"), *texts.variants("says.no"))
    return plain(moment.said) in {label(word) for word in (*words, texts("button.none"))}


def _number(moment: Moment, _: Place, step: Ask) -> Reading:
    number = read_number(moment.said)
    return Understood(number) if number is not None and least(step) <= number <= most(step) else None


def _date(moment: Moment, _: Place, step: Ask) -> Reading:
    day = read_date(moment.said, moment.today, step.when)
    return Understood(day) if day else None


def _where(moment: Moment, place: Place, step: Ask) -> Reading:
    if place.chosen and (choice := pick(moment.said, choices(moment, step, place))):
        return tapped(moment, place, step, choice)
    return _place(moment, moment.said) or _code_among(moment, moment.said.split())


def _code_among(moment: Moment, words: list[str]) -> Reading:
    """We asked for a place: then a postcode counts, whatever stands around it ("eh6 pleas")."""
    windows = (words[at : at + size] for size in (3, 2, 1) for at in range(len(words) - size + 1))
    written = (" ".join(window) for window in windows if any(map(str.isdecimal, "".join(window))))
    return next((found for one in written if (found := _place(moment, one))), None)


def _place(moment: Moment, text: str) -> Reading:
    understood = moment.world.places.understand(text)
    found = understood.locations
    if len(found) > 1:
        return Several(tuple(spot.label for spot in found[:6]))
    if found:
        return Understood(coarse(found[0]))
    return Unfit(f"place.outside.{understood.outside}") if understood.outside else None


def _short_text(moment: Moment, _: Place, step: Ask) -> Reading:
    return Understood(moment.said.strip()) if len(moment.said.strip()) <= step.longest else None


def _phone(moment: Moment, _: Place, __: Ask) -> Reading:
    number = read_phone(moment.said)
    return Understood(number) if number else None


READERS: dict[Kind, Callable[[Moment, Place, Ask], Reading]] = {
    "yes-no": _yes_no,
    "one-of": _one_of,
    "several-of": _several_of,
    "number": _number,
    "scale": _number,
    "date": _date,
    "place": _where,
    "short-text": _short_text,
    "phone": _phone,
}

"""A session as the fields of a form, all of them words."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bot.authoring.repeating import often_of
from bot.content.listings import Series

Fields: TypeAlias = Mapping[str, str]
"""By the names in ORDER; of what may be chosen several times, all with blanks between."""
SEVERAL = ("kinds", "topics", "languages", "cancer")
VENUE = ("venue", "postcode", "step-free", "parking", "bus", "toilet")
ORDER = (
    *("service", "title", "about", "kinds", "mode", *VENUE),
    *("date", "time", "minutes", "repeat", "until", "capacity"),
    *("level", "free", "cost", "book", "languages", "topics", "cancer", "real", "review"),
)


def fields_of(series: Series) -> dict[str, str]:
    """As the form shows it; all texts in English."""
    often = often_of(series.rrule, series.starts, series.until)
    venue = series.venue
    return {
        "service": series.service,
        "title": series.title["en"],
        "about": _english(series.about),
        "kinds": " ".join(series.kinds),
        "mode": series.mode,
        "venue": venue.name if venue else "",
        "postcode": venue.postcode if venue else "",
        "step-free": venue.step_free if venue else "not stated",
        "parking": _english(venue.parking if venue else None),
        "bus": _english(venue.bus if venue else None),
        "toilet": _english(venue.toilet if venue else None),
        "date": f"{series.starts:%Y-%m-%d}",
        "time": f"{series.starts:%H:%M}",
        "minutes": str(series.minutes),
        "repeat": often.repeat,
        "until": often.until.isoformat() if often.until else "",
        "capacity": str(series.capacity or ""),
        "level": series.level or "",
        "free": series.free,
        "cost": _english(series.cost),
        "book": _english(series.book),
        "languages": " ".join(series.languages),
        "topics": " ".join(series.topics),
        "cancer": " ".join(series.cancer),
        "real": "" if series.sample else "yes",
        "review": series.review.isoformat(),
    }


def _english(text: Mapping[str, str] | None) -> str:
    return text["en"] if text else ""


def received(several: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What a form posted, as fields; whatever else it posted is left out."""
    found = {}
    for name in ORDER:
        values = several.get(name, ())
        found[name] = " ".join(dict.fromkeys(values)) if name in SEVERAL else "".join(values[-1:])
    return found


def merged(seen: Fields, now: Fields, own: Fields) -> dict[str, str]:
    """Of two who changed one session: each keeps what only they changed; of what both did, `own` stays."""
    return {name: own[name] if own[name] != seen.get(name) else now[name] for name in ORDER}


def differing(old: Series, new: Series) -> tuple[str, ...]:
    """The lines of the file that are not the same."""
    return tuple(name for name in type(new).model_fields if getattr(old, name) != getattr(new, name))

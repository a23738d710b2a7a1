"""The form of a session: what can be chosen in it, and what two people who had it open at once see."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, get_args

from bot.authoring.repeating import REPEATS, Repeat
from bot.authoring.session_words import ORDER, SEVERAL, Fields
from bot.console import drawing
from bot.console.office import Office
from bot.content.listings import Cancer, Kind, Level, Mode
from bot.content.problems import Problem


class Choice(NamedTuple):
    value: str
    label: str


class Difference(NamedTuple):
    """A field that somebody else changed meanwhile, in three states."""

    name: str
    was: str
    now: str
    yours: str


class Form(NamedTuple):
    """What a form shows. `seen` are the fields as they were when its writer opened it."""

    fields: Fields
    version: str = ""
    seen: Fields = {}  # noqa: RUF012
    mistakes: Mapping[str, str] = {}
    problems: Sequence[Problem] = ()
    differences: Sequence[Difference] = ()
    unwritten: str = ""
    """Why the file could not be written."""

    @property
    def before(self) -> str:
        return json.dumps(dict(self.seen))


EMPTY: Fields = dict.fromkeys(ORDER, "") | {
    "mode": "in-person",
    "step-free": "not stated",
    "free": "not stated",
    "minutes": "60",
    "repeat": "week",
    "languages": "en",
}


def before(written: str) -> dict[str, str]:
    """What the writer had seen, out of the form; it may be forged, and then it only spoils their own view."""
    try:
        found = json.loads(written)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: one for name, one in found.items() if name in ORDER and isinstance(one, str)}


def choices(office: Office, fields: Fields) -> dict[str, list[Choice]]:
    """Everything that can be chosen, by field."""
    content, t = office.world.content, drawing.texts(office)
    services = [Choice(one.id, one.name) for one in content.services.values()]
    repeats = [one for one in REPEATS if one != "as-written" or fields["repeat"] == one]
    return {
        "service": sorted(services, key=lambda one: one.label),
        "kinds": _said(t, "console.sessions.kind", get_args(Kind)),
        "mode": _said(t, "console.sessions.mode", get_args(Mode)),
        "step-free": _said(t, "console.sessions.stated", ("yes", "no", "not stated")),
        "free": _said(t, "console.sessions.stated", ("yes", "no", "not stated")),
        "repeat": _said(t, "console.sessions.repeat", repeats),
        "level": [
            Choice("", t("console.sessions.level.none")),
            *_said(t, "console.sessions.level", get_args(Level)),
        ],
        "languages": [Choice(one.id, one.english) for one in content.languages.values()],
        "topics": [Choice(one.id, t.written(one.title)) for one in content.topics.values()],
        "cancer": _said(t, "session.cancer", get_args(Cancer)),
    }


def _said(t: Any, prefix: str, values: Sequence[str] | Sequence[Repeat]) -> list[Choice]:
    return [Choice(one, t(f"{prefix}.{one.replace(' ', '-')}")) for one in values]


def differences(
    offered: Mapping[str, Sequence[Choice]], seen: Fields, now: Fields, own: Fields
) -> list[Difference]:
    """Every field that is not any more as the writer saw it."""
    return [
        Difference(name, *(_shown(offered, name, one.get(name, "")) for one in (seen, now, own)))
        for name in ORDER
        if seen.get(name) != now[name]
    ]


def _shown(offered: Mapping[str, Sequence[Choice]], name: str, value: str) -> str:
    labels = dict(offered.get(name, ()))
    values = value.split() if name in SEVERAL else [value]
    return ", ".join(labels.get(one, one) for one in values)

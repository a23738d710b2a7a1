"""What we hold about someone, told in words, with the JSON to keep."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from babel import Locale
from babel.dates import format_date

from bot.content.flows import Flow
from bot.conversation.buttons import commands, rows
from bot.conversation.texts import Texts
from bot.model import Say

Held = Mapping[str, Any]
"""As bot/store/held.py gathers it: the person's state, then a list for each other kind of thing."""


def report(texts: Texts, held: Held, flows: Mapping[str, Flow]) -> Say:
    """One line for each kind of thing, a button for each switch that is on, then all of it as JSON."""
    lines = (
        texts(f"mydata.{name}", value=value or texts("mydata.nothing"))
        for name, value in facts(texts, held, flows)
    )
    export = json.dumps(held, ensure_ascii=False, indent=1, default=str, sort_keys=True)
    text = "\n".join((texts("mydata.text"), *lines, "", texts("mydata.export"), export))
    off = commands(texts, *(f"off-{switch}" for switch in in_force(held)))
    return Say(text, rows((*off, *commands(texts, "delete", "menu"))), sensitive=True)


def in_force(held: Held) -> tuple[str, ...]:
    """The switches that are on."""
    return tuple(one["switch"] for one in held.get("consents", ()) if not one.get("withdrawn"))


def facts(texts: Texts, held: Held, flows: Mapping[str, Flow]) -> Iterable[tuple[str, str]]:
    """Each kind of thing by name, in words; "" where there is none."""
    person: Held = held.get("person", {})
    place = person.get("place") or {}
    yield "channel", str(person.get("channel", ""))
    yield "last_seen", _day(str(person.get("seen", "")))
    yield "language", Locale(str(person.get("language", "en"))).get_display_name("en") or ""
    yield "area", str(person.get("area", ""))
    yield "open_flow", ", ".join(_titles(texts, (person.get("place"), person.get("parked")), flows))
    yield (
        "answers",
        ", ".join(
            _yes_no(texts, kept["value"])
            for kept in place.get("kept", ())
            if kept["value"] not in (None, "", [])
        ),
    )
    yield "remembered", ", ".join(_plain(value) for value in person.get("remembered", {}).values())
    yield "plan", "; ".join(str(item["text"]) for item in person.get("plan", ()))
    yield "interests", ", ".join(_plain(value) for _, value in person.get("interests", ()))
    yield "consents", ", ".join(texts(f"switch.{switch}") for switch in in_force(held))
    calls = [one for one in held.get("handovers", ()) if one.get("kind", "call") == "call"]
    yield "handovers", "; ".join(_request(texts, one) for one in calls)
    yield "talks", "; ".join(_message(texts, one) for one in held.get("talks", ()))
    yield "came_by", str(person.get("came_by") or "")
    yield "bookings", "; ".join(_booking(texts, one) for one in held.get("bookings", ()))
    yield "questions", "; ".join(str(one["text"]) for one in held.get("questions", ()))
    yield "programmes", "; ".join(_programme(texts, one, flows) for one in held.get("programmes", ()))
    yield "messages", str(len(held.get("messages", ())) or "")


def _day(written: str) -> str:
    return format_date(datetime.fromisoformat(written), "d MMMM y", locale="en_GB") if written else ""


def _titles(texts: Texts, places: Iterable[Held | None], flows: Mapping[str, Flow]) -> Iterable[str]:
    names = (place["visits"][-1][0]["flow"] for place in places if place and place.get("visits"))
    return (texts.written(flows[name].title) for name in names if name in flows)


def _yes_no(texts: Texts, value: Any) -> str:
    return texts("button.yes" if value else "button.no") if isinstance(value, bool) else _plain(value)


def _plain(value: Any) -> str:
    """A place by its name; a list by its items."""
    if isinstance(value, Mapping):
        return str(value.get("label", ""))
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _programme(texts: Texts, one: Held, flows: Mapping[str, Flow]) -> str:
    """By the title of the questions that sign people up for it; by its id where those have gone."""
    joins = next((flow for flow in flows.values() if _joins(flow, str(one["programme"]))), None)
    title = texts.written(joins.title) if joins else str(one["programme"])
    return texts(f"mydata.programme.{one['state']}", title=title, day=_day(str(one["day"])))


def _joins(flow: Flow, programme: str) -> bool:
    return any(getattr(step, "join", None) == programme for step in flow.steps.values())


def _booking(texts: Texts, one: Held) -> str:
    return texts(f"mydata.booking.{one['state']}", day=_day(str(one["starts"])))


def _message(texts: Texts, one: Held) -> str:
    return texts(f"mydata.talk.{one['side']}", text=str(one["text"]))


def _request(texts: Texts, one: Held) -> str:
    said = ", ".join(str(one[name]) for name in ("phone", "topic", "note") if one.get(name))
    over = one.get("state") in ("done", "cancelled")
    return texts(f"mydata.request.{one['state']}", text=said) if over else said

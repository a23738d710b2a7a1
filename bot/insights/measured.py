"""Every measure there is, in one table: what it counts, and which of its sums may be shown together."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.insights.suppression import BY_PLACE, USUAL, WAITS, Chain

PACK = "area pack of the person; empty where it is not known"


@dataclass(frozen=True, slots=True)
class Described:
    """`counts`: what adds 1. `what`, `outcomes` and `area`: what stands in these columns. Where `chain` is
    None the numbers belong to the steps of a flow, and are given in fives: see flow_picture.py."""

    counts: str
    what: str
    outcomes: Mapping[str, str]
    area: str = PACK
    chain: Chain | None = USUAL


MEASURES: Mapping[str, Described] = {
    "question": Described(
        "a question that somebody asked in their own words",
        "topic of the best answer (knowledge/articles); empty where nothing is known",
        {
            "sure": "one answer was given",
            "unsure": "the nearest questions were offered",
            "unknown": "the chat said that it does not know",
        },
    ),
    "search": Described(
        "a search for sessions; looking at more of the same is no new search",
        'how and what: "online/being-active"; "any" is no wish',
        {
            "found": "sessions that fit every wish",
            "relaxed": "only sessions that miss a wish, and it was said which",
            "none": "nothing at all",
        },
        'area pack and council of the place they named, as "scotland/Highland"; never a postcode',
        BY_PLACE,
    ),
    "flow": Described(
        "a run of a flow",
        "the flow (flows/)",
        {"started": "it was begun", "finished": "it came to its end"},
        chain=None,
    ),
    "step": Described(
        "a question of a flow that was put to somebody",
        'flow and step: "self-check/moving"',
        {
            "asked": "it was put",
            "answered": "it was answered or skipped",
            "back": "they went back to an earlier question",
        },
        chain=None,
    ),
    "self-check": Described(
        "a self-check of somebody who said yes to being counted; one person may be in several topics",
        "activity, nutrition and mood: also ask about it; universal: none of these, general help only",
        {"": "has no outcomes"},
    ),
    "booking": Described(
        "something that happened to a place in a session",
        "the session (knowledge/sessions)",
        {
            "booked": 'somebody said "I\'m coming" and has a place',
            "waiting": "they went on the waiting list",
            "cancelled": "they gave the place, or the place in line, back",
            "came": 'they answered "How was it?" afterwards',
        },
    ),
    "fill": Described(
        "a place of a date that is over",
        "the session (knowledge/sessions)",
        {"taken": "somebody had it", "free": "nobody had it; none are free where there is no limit"},
        "area pack of the session's service",
    ),
    "leaflet": Described(
        "something that a leaflet's code led to",
        "the leaflet's number (the leaflets page)",
        {
            "scan": "its page was opened",
            "chat": "a chat was opened with its link",
            "booked": "somebody booked a session within a day of that",
        },
        "area pack of the leaflet, or of the person who booked",
    ),
    "handover": Described(
        "a step with a request of somebody who asked for a person",
        'team and step: "nurse/claimed", "nurse/answered", "nurse/closed"',
        {
            "hour": "less than an hour after they asked",
            "day": "on the same day",
            "next-day": "on the next day",
            "longer": "later",
        },
        chain=WAITS,
    ),
}
"""The data dictionary is made of this, and a test holds every measure that is emitted against it."""

IN_FIVES = tuple(name for name, one in MEASURES.items() if not one.chain)

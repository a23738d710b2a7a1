"""What is measured as it happens: questions, searches, steps, self-checks, bookings and full dates."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bookings import BookingDone, GivenBack
from bot.content.flows import CountStep
from bot.conversation.measuring import booked
from bot.insights.dictionary import dictionary
from bot.insights.measured import MEASURES
from bot.messaging import changing
from bot.model import Measure, Person, Tapped
from bot.store.engine import Store
from bot.store.tables import measures
from tests.bookings.people import DATE, LISTED, SESSION, Door, with_capacity
from tests.databases import Clock, rows
from tests.worlds import ROOT, Talk, real

SLEEPLESS = "how can I sleep better"


def measured(talk: Talk, name: str) -> list[tuple[str, str]]:
    """What the last turn measured, by what and outcome."""
    found = [one for one in talk.actions if isinstance(one, Measure)]
    return [(one.what, one.outcome) for one in found if one.name == name]


def test_a_question_is_measured_by_its_topic_and_never_by_its_words() -> None:
    talk = Talk(real(), Person(area="scotland", language="pl", told=("welcome",)))
    talk.say(SLEEPLESS)
    (one,) = [action for action in talk.actions if isinstance(action, Measure)]
    assert one == Measure("question", "sleep", "sure", "scotland", "pl")


def test_what_nobody_knows_has_no_topic() -> None:
    talk = Talk(real())
    talk.say("how do I repair a carburettor gasket")
    assert measured(talk, "question") == [("", "unknown")]


def test_a_question_in_the_middle_of_a_talk_is_measured_too() -> None:
    talk = Talk(real())
    talk.begin("self-check")
    talk.say("can I exercise during treatment?")
    assert [outcome for _, outcome in measured(talk, "question")] == ["sure"]


def test_a_search_is_measured_by_council_and_never_by_postcode() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    for typed in ("IV2 3EB", "online", "moving", "any"):
        talk.say(typed)
    (one,) = [action for action in talk.actions if isinstance(action, Measure) and action.name == "search"]
    assert (one.what, one.area) == ("online/being-active", "scotland/Highland")
    assert one.outcome in ("found", "relaxed", "none")


def test_looking_at_more_of_the_same_is_no_new_search() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    for typed in ("EH6", "any", "everything", "any"):
        talk.say(typed)
    talk.tap("Show more")
    assert measured(talk, "search") == []


def test_each_step_is_asked_and_answered_once() -> None:
    talk = Talk(real())
    talk.begin("self-check")
    assert measured(talk, "flow") == [("self-check", "started")]
    assert measured(talk, "step") == [("self-check/stage", "asked")]
    talk.say("in treatment")
    assert measured(talk, "step") == [("self-check/stage", "answered"), ("self-check/moving", "asked")]


def test_whoever_goes_back_has_not_left() -> None:
    talk = Talk(real())
    talk.begin("self-check")
    talk.say("in treatment")
    talk.say("back")
    assert measured(talk, "step") == [("self-check/moving", "back"), ("self-check/stage", "asked")]


def checked(*last: str) -> Talk:
    """A self-check in which moving and eating are hard, to its end."""
    talk = Talk(real())
    talk.begin("self-check")
    for label in (
        "Skip",
        "Hardly ever",
        "Skip",
        "Yes, I have",
        "Yes",
        "Fine",
        "Skip",
        "Skip",
        "Skip",
        "Skip",
    ):
        talk.tap(label)
    talk.tap("No")
    for label in last:
        talk.tap(label)
    return talk


def test_a_self_check_is_counted_by_topic_when_they_agree() -> None:
    talk = checked("Yes")
    assert measured(talk, "self-check") == [("activity", ""), ("nutrition", "")]
    assert measured(talk, "flow") == [("self-check", "finished")]


@pytest.mark.parametrize("label", ["No", "Skip"])
def test_a_self_check_is_not_counted_when_they_do_not(label: str) -> None:
    assert measured(checked(label), "self-check") == []


def test_a_booking_after_a_leaflet_is_the_leaflets_too() -> None:
    person = Person(area="london", came_by="7")
    done = BookingDone("booked", DATE, LISTED)
    assert booked(person, done) == (
        Measure("booking", SESSION, "booked", "london"),
        Measure("leaflet", "7", "booked", "london"),
    )
    assert booked(person, replace(done, outcome="already-booked")) == ()
    assert booked(person, GivenBack(())) == ()


async def test_places_are_measured_when_booked_and_when_the_date_is_over(store: Store, clock: Clock) -> None:
    door = Door(store, clock, with_capacity(3))
    for who in ("ann", "bob"):
        await door.tap(who, "coming")
    clock.time = LISTED
    clock.forward(hours=3)
    for _ in range(2):
        await changing.tick(store, door.navigator.world, clock())
    found = {
        (row["name"], row["outcome"]): row["count"]
        for row in await rows(store, measures)
        if row["what"] == SESSION and len(row["period"]) == len("2026-11")
    }
    assert found == {("booking", "booked"): 2, ("fill", "taken"): 2, ("fill", "free"): 1}


async def test_having_been_there_is_measured(store: Store, clock: Clock) -> None:
    await Door(store, clock).send("ann", Tapped(f"h:good:{SESSION}"))
    assert [row["outcome"] for row in await rows(store, measures)] == ["came"] * 2


# ---- the dictionary -------------------------------------------------------------------------------------


def emitted(path: Path) -> set[str]:
    """The names with which a file makes measures; `measured(moment, "flow", …)` is of the conversation."""
    text = path.read_text()
    if "easure" not in text:
        return set()
    makers = {"Measure": 0}
    if "conversation" in path.parts:
        makers |= {"measured": 1, "measuring.measured": 1}
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    made = [(call, makers.get(ast.unparse(call.func))) for call in calls]
    named = [call.args[at] for call, at in made if at is not None and len(call.args) > at]
    return {str(one.value) for one in named if isinstance(one, ast.Constant)}


def test_every_measure_that_is_emitted_is_in_the_dictionary() -> None:
    found = {name for path in (ROOT / "bot").rglob("*.py") for name in emitted(path)}
    steps = [step for flow in real().content.flows.values() for step in flow.steps.values()]
    found |= {step.count for step in steps if isinstance(step, CountStep)}
    assert found == set(MEASURES)
    assert all(f"## {name}\n" in dictionary() for name in found)


def test_the_page_in_the_docs_is_the_dictionary() -> None:
    assert (ROOT / "docs" / "data-dictionary.md").read_text("utf-8") == dictionary()

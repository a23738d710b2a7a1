"""Red flags come before everything, in every state and on every channel."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.conversation.navigator import Navigator
from bot.model import Count, Flagged, Person, Sent, Tapped
from tests.conversation.test_everywhere import STARTS
from tests.worlds import NOW, Talk, real, with_flows

READINESS = """
flow: f
title: F
steps:
  q: {ask: one-of, text: "Which?", options: [{id: a, label: I have chest pain}, {id: b, label: Nae}]}
  e: {end: "Bye."}
"""
CHANNELS = ("terminal", "web", "telegram")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("flow", STARTS)
@pytest.mark.parametrize(
    "text", ["i have chest pain", "CANT BREATHE", "I want to die", "crushing chst pain help"]
)
def test_a_red_flag_stops_whatever_was_open(channel: str, flow: str, text: str) -> None:
    talk = Talk(real(), Person(id="x", channel=channel))
    if flow:
        talk.begin(flow)
    answer = talk.say(text)
    assert "999" in answer
    assert len(talk.says) == 1 and talk.says[0].look in ("emergency", "crisis")
    assert talk.person.place is None and talk.person.parked is None
    assert talk.person.quiet_until == NOW + timedelta(hours=24)


def test_an_emergency_card_has_one_call_to_action_and_three_ways_on() -> None:
    talk = Talk(real())
    answer = talk.say("crushing chest pain")
    assert answer.startswith("EMERGENCY")
    assert [button.label for row in talk.says[0].rows for button in row] == [
        "Call 999",
        "I am not in danger",
        "Help for a carer",
    ]
    assert talk.says[0].rows[0][0].url == "tel:999"


def test_not_in_danger_leads_to_the_urgent_card_and_then_the_menu() -> None:
    talk = Talk(real())
    talk.say("crushing chest pain")
    answer = talk.tap("I am not in danger")
    assert "URGENT" in answer and "[Find a session]" in answer
    talk.say("crushing chest pain")
    assert talk.tap("Help for a carer")


def test_a_caption_and_a_buttons_label_are_checked_too() -> None:
    talk = Talk(real())
    assert "EMERGENCY" in talk.send(Sent("photo", "crushing chest pain"))
    talk = Talk(with_flows(READINESS))
    talk.begin("f")
    assert "EMERGENCY" in talk.tap("I have chest pain")


def test_a_concern_is_kind_and_the_flow_can_be_carried_on() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    talk.say("my anxiety is through the roof")
    assert talk.says[0].look == "concern"
    assert "Where do you want to go from?" in talk.tap("Carry on where I was")


def test_what_is_counted_has_no_words_and_nobody_in_it() -> None:
    talk = Talk(real())
    talk.say("i have crushing chest pain and my name is Jean")
    counts = [action for action in talk.actions if isinstance(action, Count)]
    assert {name for count in counts for name, _ in count.labels} == {"flag", "level", "channel", "language"}
    assert "Jean" not in repr(counts)


@dataclass(frozen=True)
class BrokenMatcher:
    def check(self, text: str, language: str = "en") -> Flagged | None:
        raise RuntimeError("broken")


def test_a_broken_matcher_shows_the_static_card_and_never_silence() -> None:
    world = replace(real().world, matcher=BrokenMatcher())  # type: ignore[arg-type]
    answer = Talk(Navigator(world)).say("hello")
    assert "999" in answer and "111" in answer


def test_the_cards_work_without_any_article() -> None:
    world = real().world
    empty = Navigator(replace(world, content=replace(world.content, articles={})))
    assert "EMERGENCY" in Talk(empty).say("crushing chest pain")


@pytest.mark.parametrize("area", ["scotland", "london", ""])
def test_the_numbers_of_an_urgent_card_are_those_of_the_nation(area: str) -> None:
    answer = Talk(real(), Person(id="x", area=area)).say("temperature of 38 after chemo")
    assert ("0800 917 7711" in answer) == (area == "scotland")
    assert "111" in answer


def test_a_tap_is_never_mistaken_for_a_message() -> None:
    talk = Talk(real())
    assert "EMERGENCY" not in talk.send(Tapped("chest pain"))

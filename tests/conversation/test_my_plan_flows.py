"""The small flows that fill My plan, the check before moving more, and the page for someone who helps."""

from datetime import date

import pytest

from bot.content.flows import Ask
from bot.conversation.planning import MOST
from bot.model import Person, PlanItem
from tests.worlds import Talk, real

FLOWS = (
    "active-check",
    "getting-active",
    "helping-someone",
    "plan-contact",
    "plan-date",
    "plan-question",
    "small-goal",
)
GATES = 6
STOPPED = "I have stopped the plan here."


def at(flow: str, *said: str, person: Person | None = None) -> tuple[Talk, str]:
    """Someone who has said all this in a flow, and what came back last."""
    talk = Talk(real(), person)
    came = talk.begin(flow)
    for words in said:
        came = talk.say(words)
    return talk, came


def with_a_plan(*items: PlanItem) -> Person:
    return Person(id="someone", plan=items, consents=("remember",), told=("welcome", "telegram"))


PHYSIO = PlanItem(1, "question", "Can I see a physio?", date(2026, 11, 1))


# ---- getting ready to be active: the gates come first


@pytest.mark.parametrize("gate", range(GATES))
@pytest.mark.parametrize("answer", ["yes", "aye", "skip", "not sure"])
def test_a_yes_or_an_unsure_answer_at_any_gate_ends_without_a_plan_to_move(gate: int, answer: str) -> None:
    _, came = at("getting-active", *["no"] * gate, answer)
    assert "How many minutes" not in came and "how often do you move" not in came
    assert STOPPED in came or "What to ask before I do more" in came


@pytest.mark.parametrize(
    ("gate", "level"),
    [
        (0, "NOT URGENT:"),
        (1, "EMERGENCY:"),
        (2, "URGENT:"),
        (3, "URGENT:"),
        (4, "URGENT:"),
        (5, "NOT URGENT:"),
    ],
)
def test_the_first_words_after_a_yes_carry_the_level(gate: int, level: str) -> None:
    talk, _ = at("getting-active", *["no"] * gate, "yes")
    assert talk.says[0].text.startswith(level)


@pytest.mark.parametrize("gate", [1, 2, 3, 4])
def test_where_a_call_comes_first_nothing_cheerful_is_offered_below(gate: int) -> None:
    _, came = at("getting-active", *["no"] * gate, "yes")
    assert STOPPED in came
    assert "[Set a small goal]" not in came and "My plan" not in came


@pytest.mark.parametrize("risk", ["heart", "bones", "balance", "low counts", "blood thinners", "operation"])
def test_who_has_a_risk_takes_questions_to_a_physio_and_gets_no_minutes(risk: str) -> None:
    _, came = at("getting-active", *["no"] * GATES, risk)
    assert came.startswith("NOT URGENT: Ask a physiotherapist or your nurse")
    assert "What to ask before I do more" in came


def test_minutes_and_days_are_the_persons_own_and_stop_signs_stand_on_the_page() -> None:
    _, came = at("getting-active", *["no"] * GATES, "none", "some days", "walk", "7", "4", "bands")
    assert "Minutes at a time: 7. Days a week: 4." in came
    assert "STOP and call 999: chest pain, fainting, or very hard to breathe." in came


# ---- a small goal


def test_a_goal_about_moving_asks_the_gates_and_a_goal_about_sleep_does_not() -> None:
    assert "Question 1 of 6" in at("small-goal", "skip", "moving")[1]
    assert "Question 1 of 6" not in at("small-goal", "skip", "sleep")[1]


@pytest.mark.parametrize(("sure", "asked"), [("0", True), ("6", True), ("7", False), ("10", False)])
def test_under_7_the_goal_is_made_easier(sure: str, asked: bool) -> None:
    _, came = at("small-goal", "skip", "sleep", "wind down", "3", "evening", sure)
    assert ("Let us make it a bit easier." in came) is asked


def test_it_is_asked_again_once_only() -> None:
    _, came = at("small-goal", "skip", "sleep", "wind down", "3", "evening", "2", "less", "1")
    assert "What might get in the way?" in came and "make it a bit easier" not in came


def test_the_goal_its_if_then_and_the_day_to_look_back_go_into_the_plan() -> None:
    said = ("skip", "people", "phone a friend", "1", "evening", "9", "i forget", "alarm", "7 december", "yes")
    talk, _ = at("small-goal", *said)
    assert [(item.kind, item.text) for item in talk.person.plan] == [
        ("goal", "Phone a friend or family. 1 day a week"),
        ("goal", "If I forget, then I will put up a note or an alarm."),
        ("date", "See how it went: Phone a friend or family"),
    ]
    assert talk.person.plan[2].day == date(2026, 12, 7)


def test_a_goal_that_is_not_kept_takes_nothing_else_away() -> None:
    said = ("skip", "people", "phone a friend", "skip", "skip", "skip", "skip", "skip", "no")
    talk, came = at("small-goal", *said, person=with_a_plan(PHYSIO))
    assert "I have not kept it" in came
    assert talk.person.plan == (PHYSIO,) and talk.person.consents == ("remember",)


@pytest.mark.parametrize("said", ["8 out of 10", "8/10", "about eight oot o ten"])
def test_a_scale_of_10_is_answered_as_people_say_it(said: str) -> None:
    _, came = at("small-goal", "skip", "sleep", "wind down", "3", "evening", said)
    assert "What might get in the way?" in came


# ---- one line into the plan


@pytest.mark.parametrize(
    ("flow", "said", "line"),
    [
        ("plan-question", ("dietitian",), "Can I see a dietitian?"),
        ("plan-question", ("my own question", "can I fly"), "can I fly"),
        ("plan-date", ("operation", "14 march"), "My operation"),
        ("plan-contact", ("scotland", "samaritans"), "Samaritans: 116 123"),
        (
            "plan-contact",
            ("skip", "my nurse", "my ward", "0131 496 0000"),
            "My ward or clinic: 0131 496 0000",
        ),
    ],
)
def test_one_line_is_kept_with_a_yes_and_not_without(flow: str, said: tuple[str, ...], line: str) -> None:
    assert [item.text for item in at(flow, *said, "yes")[0].person.plan] == [line]
    talk, came = at(flow, *said, "no")
    assert talk.person.plan == () and talk.person.consents == ()
    assert "I have not kept it." in came


@pytest.mark.parametrize("flow", ["plan-question", "plan-date", "plan-contact"])
def test_with_a_plan_already_nobody_is_asked_again(flow: str) -> None:
    said = {"plan-question": ("physio",), "plan-date": ("op", "1 december"), "plan-contact": ("skip", "111")}
    talk, came = at(flow, *said[flow], person=with_a_plan(PHYSIO))
    assert "Shall I keep this" not in came and "I have put it into" in came
    assert "remember" in talk.person.consents


def test_a_full_plan_is_never_said_to_have_taken_one_more() -> None:
    items = tuple(PlanItem(n, "goal", f"Goal {n}", date(2026, 11, 1)) for n in range(1, MOST + 1))
    talk, came = at("plan-question", "dietitian", person=with_a_plan(*items))
    assert "Your plan is full." in came and "I have put it into" not in came
    assert "[My plan]" in came and talk.person.plan == items


def test_the_number_of_another_nation_is_never_put_in_as_my_cancer_line() -> None:
    talk, _ = at("plan-contact", "england", "cancer line", "yes")
    assert "0800 917 7711" not in talk.person.plan[0].text
    scot = Person(id="someone", area="scotland", told=("welcome", "telegram"))
    assert "0800 917 7711" in at("plan-contact", "cancer line", "yes", person=scot)[0].person.plan[0].text


@pytest.mark.parametrize("flow", FLOWS)
def test_no_button_of_these_flows_is_taken_for_a_danger(flow: str) -> None:
    world = real().world
    steps = world.content.flows[flow].steps.values()
    labels = [option.label["en"] for step in steps if isinstance(step, Ask) for option in step.options]
    assert [label for label in labels if world.flagged(label, "en")] == []


# ---- helping someone


def test_a_carer_hears_first_not_to_share_more_than_needed() -> None:
    assert "Please do not share more about the other person than you need to." in at("helping-someone")[1]


@pytest.mark.parametrize("wish", ["talk", "read", "worse", "died"])
def test_under_18_childline_and_a_trusted_adult_are_on_every_way(wish: str) -> None:
    _, came = at("helping-someone", "im 15", wish)
    assert "0800 1111" in came and "adult" in came


def test_under_18_nobody_is_asked_to_let_us_keep_something() -> None:
    talk, came = at("helping-someone", "under 18", "worse")
    assert "Shall I keep" not in came and talk.person.plan == ()


@pytest.mark.parametrize(("area", "number"), [("scotland", "0808 802 6161"), ("london", "0808 808 1677")])
def test_after_a_death_the_number_of_their_nation_comes_and_no_more_questions(area: str, number: str) -> None:
    person = Person(id="someone", area=area, told=("welcome", "telegram"))
    talk, came = at("helping-someone", "friend", "grief", person=person)
    assert number in came and talk.person.place is None

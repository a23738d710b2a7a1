"""What holds everywhere, in every state: menu, back, stop, help, a person, my data, delete."""

from collections.abc import Iterator

import pytest

from bot.content.flows import Ask
from bot.model import (
    EraseMe,
    Located,
    Opened,
    Person,
    Said,
    Sent,
    ShareQuestion,
    ShowMyData,
    StopMessages,
    Tapped,
    WithdrawConsent,
)
from tests.worlds import Talk, real

STARTS = ("", "find-session", "talk-to-person", "welcome", "share-question")


def somewhere() -> Iterator[tuple[str, str]]:
    """Every open question of every flow, as (flow, step)."""
    for flow in real().content.flows.values():
        for step_id, step in flow.steps.items():
            if isinstance(step, Ask):
                yield flow.flow, step_id


def test_someone_new_is_welcomed_and_someone_known_sees_the_menu() -> None:
    talk = Talk(real(), Person(id="new"))
    assert "I am the Prehab Navigator" in talk.open()
    talk.say("skip")
    assert "[Find a session]" in talk.open()


def test_start_in_the_middle_of_a_flow_carries_on() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    assert "Where do you want to go from?" in talk.open()


def test_the_menu_parks_an_open_flow() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    assert "[Carry on where I was]" in talk.say("menu")
    assert "Where do you want to go from?" in talk.tap("Carry on where I was")


@pytest.mark.parametrize("typed", ["menu", "Menu!", "/menu", "meun", "main menu", "MENU"])
def test_commands_are_read_through_slips_of_the_finger(typed: str) -> None:
    talk = Talk(real())
    talk.begin("find-session")
    assert "[Carry on where I was]" in talk.say(typed)


@pytest.mark.parametrize("flow", STARTS)
def test_stop_works_at_once_in_every_state(flow: str) -> None:
    talk = Talk(real(), Person(id="x", told=("welcome",), consents=("news", "callback")))
    if flow:
        talk.begin(flow)
    answer = talk.say("STOP")
    assert "I will not send you any more messages" in answer
    assert StopMessages() in talk.actions and WithdrawConsent("news") in talk.actions
    assert talk.person.place is None and talk.person.stopped
    assert talk.person.consents == ("callback",)


@pytest.mark.parametrize("flow", STARTS)
def test_delete_takes_two_steps_in_every_state(flow: str) -> None:
    talk = Talk(real())
    if flow:
        talk.begin(flow)
    assert "Shall I go ahead?" in talk.say("/delete")
    assert EraseMe() not in talk.actions
    talk.tap("Yes, delete everything")
    assert EraseMe() in talk.actions


def test_delete_can_be_answered_by_typing_and_can_be_called_off() -> None:
    talk = Talk(real())
    talk.say("delete my data")
    talk.say("yes")
    assert EraseMe() in talk.actions
    talk.say("delete my data")
    assert "I have not deleted anything" in talk.say("no")


def test_deleting_on_telegram_says_what_it_cannot_delete() -> None:
    talk = Talk(real(), Person(id="x", channel="telegram", told=("welcome", "telegram")))
    assert "Telegram's own copy" in talk.say("/delete")


@pytest.mark.parametrize("flow", STARTS)
def test_my_data_is_shown_in_every_state(flow: str) -> None:
    talk = Talk(real())
    if flow:
        talk.begin(flow)
    talk.say("/mydata")
    assert ShowMyData() in talk.actions


@pytest.mark.parametrize("flow", STARTS)
def test_help_says_what_can_be_typed_and_asks_again(flow: str) -> None:
    talk = Talk(real())
    opening = talk.begin(flow) if flow else ""
    answer = talk.say("help")
    assert "You can also type these words" in answer
    assert opening.splitlines()[-1:] == answer.splitlines()[-1:] or not flow


def test_a_person_is_always_one_tap_away() -> None:
    for flow, step in somewhere():
        if flow == "talk-to-person":
            continue
        talk = Talk(real())
        talk.begin(flow)
        assert "[Talk to a person]" in "\n".join(f"[{label}]" for label in talk.buttons), (flow, step)


def test_the_language_is_told_honestly() -> None:
    assert "I need an interpreter" in Talk(real()).say("change language")


def test_a_language_that_is_not_ready_cannot_be_forced() -> None:
    talk = Talk(real())
    assert "does not work any more" in talk.send(Tapped("l:pl"))
    assert talk.person.language == "en"


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document", "contact", "dice"])
def test_what_is_not_text_is_refused_kindly_and_the_question_asked_again(kind: str) -> None:
    talk = Talk(real())
    talk.begin("find-session")
    answer = talk.send(Sent(kind))
    assert "words" in answer or "type" in answer
    assert "Where do you want to go from?" in answer


def test_a_caption_is_read() -> None:
    answer = Talk(real()).send(Sent("photo", "what is prehab?"))
    assert "I have not kept it" in answer and "prehab" in answer.lower()


def test_a_position_finds_sessions() -> None:
    talk = Talk(real())
    assert "How would you like to take part?" in talk.send(Located(50.9, -1.4))
    assert talk.person.area == "wessex"


def test_an_edited_message_is_a_new_question_outside_and_changes_no_answer_inside() -> None:
    talk = Talk(real())
    assert "prehab" in talk.send(Said("what is prehab?", edited=True)).lower()
    talk.begin("find-session")
    assert "To change an answer, type: back" in talk.send(Said("EH6", edited=True))


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "x" * 64,
        "article-",
        "flow-nothing",
        "area-mars",
        "___",
        "-",
        "article-what-is-prehab-x",
        "flow-share-question",
    ],
)
def test_a_forged_link_is_an_ordinary_start(payload: str) -> None:
    talk = Talk(real(), Person(id="new"))
    assert "I am the Prehab Navigator" in talk.send(Opened(payload))
    assert talk.person.area == ""


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "c:",
        "c:nothing",
        "a:nope",
        "w:share",
        "r:",
        "r:1:1",
        "l:zz",
        "s:",
        "p:1:0:zz",
        "💥",
        "c:menu\x00",
    ],
)
def test_an_unknown_button_gets_a_kind_answer(code: str) -> None:
    talk = Talk(real())
    answer = talk.send(Tapped(code))
    assert "[" in answer


def test_a_session_button_starts_the_search_filtered() -> None:
    talk = Talk(real())
    talk.send(Tapped("s:topic=feelings;mode=online;evil=1"))
    assert talk.person.place is not None
    assert talk.person.place.answers == {"topic": "feelings", "mode": "online"}


def test_what_the_search_offers_can_be_typed() -> None:
    talk = Talk(real())
    talk.say("menu")
    assert "Where do you want to go from?" in talk.say("find a session")
    talk.say("menu")
    assert talk.say("1")


def test_i_do_not_know_is_said_and_nothing_is_kept_but_a_number() -> None:
    talk = Talk(real())
    answer = talk.say("who won the world cup in 1998 and by how many goals")
    assert "I have not kept what you wrote" in answer and "[Talk to a person]" in answer
    assert "world cup" not in repr(talk.person) + repr(talk.actions)
    talk.tap("Tell the team what I asked")
    talk.say("my name is Jean and I want to know about the world cup")
    shared = [action.text for action in talk.actions if isinstance(action, ShareQuestion)]
    assert shared == ["my name is … and I want to know about the world cup"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("my nhs number is 943 476 5919 can i exercise", "NHS or CHI number"),
        ("chi 0101556659 what is prehab", "NHS or CHI number"),
        ("dob 3/4/1956 what is prehab", "date of birth"),
        ("I was born on 3 April 1956, what is prehab", "date of birth"),
        ("my name is Jean Brodie what is prehab", "your name"),
    ],
)
def test_private_details_are_told_and_not_kept(text: str, said: str) -> None:
    talk = Talk(real())
    assert said in talk.say(text)
    assert "Jean" not in repr(talk.person) and "1956" not in repr(talk.person)


def test_the_person_hears_what_telegram_can_read_before_the_first_answer_and_only_once() -> None:
    talk = Talk(real(), Person(id="new", channel="telegram"))
    first = talk.say("what is prehab?")
    assert first.index("Telegram is a private company") < first.index("Source:")
    assert "Telegram is a private company" not in talk.say("what is prehab?")


@pytest.mark.parametrize("words", ["thank you pet", "ta duck", "cheers hen", "hiya love"])
def test_kind_words_are_met_with_kind_words(words: str) -> None:
    came = Talk(real()).say(words)
    assert "You are welcome." in came or "Hello." in came


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("self check", "up to 10 short questions"),
        ("Self-check", "up to 10 short questions"),
        ("selfchekc", "up to 10 short questions"),
        ("my concerns", "what weighs on you"),
        ("set a goal pls", "goal"),
    ],
)
def test_a_flow_starts_when_its_name_is_typed(words: str, first: str) -> None:
    talk = Talk(real())
    assert first in talk.say(words)
    assert talk.person.place is not None

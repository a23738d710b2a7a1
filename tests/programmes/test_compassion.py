"""The compassion pause: what starts it, what does not, and what it stands above."""

import pytest

from bot.bookings import PauseForGrief
from bot.model import Level, StopMessages
from tests.worlds import Talk, real

GRIEF = (
    "she died",
    "stop texting me, she died",
    "stop sending me messages my husband has died",
    "stop txting us ma mam's deid",
    "ma man died yestreen, stop yer messages",
    "she dyed last nite",
    "please stop. dad passed away this morning",
    "my wife died on saturday take her off your list",
    "the funeral is on friday so no more reminders",
    "shes gone. stop messages",
    "stop the reminders, my mum has gone",
    "we got bad news today",
    "bad news from the scan",
    "bad news",
    "Bad news.",
    "bad newz",
    "its come back",
    "It's come back.",
    "they said weeks",
    "they telt us its weeks left",
    "theres nothing more they can do",
    "doctors said its terminal",
    "i am dying",
    "my brother died yesterday, I was caring for him",
)
NO_GRIEF_NOW = (
    "my mum died 10 years ago, can I exercise?",
    "my dad died of cancer in 1998, am I at risk",
    "my husband died when I was 40, what helps with loneliness",
    "I am a widow, is there a walking group",
    "im scared of dying",
    "my cancer is incurable, can i do yoga",
    "how long have I got left",
    "what if they give me bad news",
    "no bad news so far",
    "the class was bad news for my knees",
    "how do i tell my kids the bad news",
    "dying for a cuppa",
    "my phone died",
    "stop",
    "stop texting me",
    "not now",
)


@pytest.mark.parametrize("words", GRIEF)
def test_a_death_or_bad_news_stops_everything_kindly(words: str) -> None:
    talk = Talk(real())
    answer = talk.say(words)
    assert "We are so sorry. Thank you for telling us." in answer
    assert "I have stopped all messages to you. You can write here at any time." in answer
    assert talk.person.grieving and PauseForGrief() in talk.actions
    assert not any(isinstance(action, StopMessages) for action in talk.actions)


@pytest.mark.parametrize("words", GRIEF)
def test_it_stands_above_a_question_that_is_open_and_offers_no_way_back_into_it(words: str) -> None:
    talk = Talk(real())
    talk.begin("find-session")
    answer = talk.say(words)
    assert talk.person.grieving
    assert (talk.person.place, talk.person.parked, talk.person.finished) == (None, None, None)
    assert "Carry on" not in answer


@pytest.mark.parametrize("words", NO_GRIEF_NOW)
def test_what_is_long_past_or_only_feared_stops_nothing(words: str) -> None:
    talk = Talk(real())
    talk.say(words)
    assert not talk.person.grieving and PauseForGrief() not in talk.actions


def test_a_higher_card_is_shown_and_everything_stops_all_the_same() -> None:
    talk = Talk(real())
    talk.say("my husband died and i want to kill myself")
    assert talk.says[0].look in (Level.CRISIS, Level.EMERGENCY)
    assert talk.person.grieving and talk.person.quiet_until is not None


def test_a_plain_stop_stays_a_plain_stop() -> None:
    talk = Talk(real())
    assert "I will not send you any more messages." in talk.say("stop")


@pytest.mark.parametrize("words", ["thanks", "thank you", "ok", "bye", "ta"])
def test_a_thank_you_gets_a_kind_word_and_no_menu(words: str) -> None:
    talk = Talk(real())
    talk.say("she died")
    assert talk.say(words) == "I am here if you want to write."


def test_who_writes_again_is_answered_and_hears_once_that_messages_are_off() -> None:
    talk = Talk(real())
    talk.say("she died")
    talk.say("thanks")
    answer = talk.say("what is prehab")
    assert answer.startswith("My messages to you are off.") and "[Start messages again]" in answer
    assert "Source:" in answer
    assert "My messages to you are off." not in talk.say("can i eat eggs")


@pytest.mark.parametrize("how", ["Start messages again", "start messages again"])
def test_messages_start_again_only_when_they_say_so(how: str) -> None:
    talk = Talk(real())
    talk.say("she died")
    talk.say("what is prehab")
    answer = talk.tap(how) if how in talk.buttons else talk.say(how)
    assert "What was planned before does not come back." in answer
    assert not talk.person.grieving


def test_telling_it_again_gets_the_card_again() -> None:
    talk = Talk(real())
    talk.say("she died")
    answer = talk.say("he passed away on friday")
    assert "We are so sorry." in answer and "My messages to you are off." not in answer


def test_it_says_again_that_messages_are_off_after_a_second_pause() -> None:
    talk = Talk(real())
    for _ in range(2):
        talk.say("she died")
        assert "[Start messages again]" in talk.say("what is prehab")
        talk.say("start messages again")


def test_who_signs_up_for_a_programme_wants_messages_again() -> None:
    talk = Talk(real())
    talk.say("she died")
    talk.begin("join-after-treatment")
    talk.say("yesterday")
    talk.say("yes")
    assert not talk.person.grieving


def test_deleting_everything_says_nothing_of_messages() -> None:
    talk = Talk(real())
    talk.say("she died")
    talk.say("delete my data")
    assert "Start messages again" not in talk.say("yes")


def test_a_message_of_which_nothing_is_done_gets_the_card_and_no_claim() -> None:
    card = real().flagged_card(Talk(real()).person, "she died", Talk(real()).now)
    assert card is not None and "We are so sorry." in card.text
    assert "I have stopped all messages" not in card.text

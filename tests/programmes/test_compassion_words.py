"""The words of tired people to a phone that keeps buzzing: stop, she died, carry on, cancel it."""

import pytest

from bot.bookings import GiveBackBookings, ResumeProgrammes, ShowBookings
from bot.model import Say, StopMessages, Tapped, WithdrawConsent
from tests.worlds import Talk, real

STOPS = (
    "dont text me",
    "dinnae text me",
    "no more texts please",
    "no more messages",
    "No more messages please",
    "nae mair messages",
    "I don't want any more messages",
    "please stop sending me these",
)


@pytest.mark.parametrize("words", STOPS)
def test_stop_in_other_words_is_stop(words: str) -> None:
    talk = Talk(real())
    assert "I will not send you any more messages." in talk.say(words)
    assert StopMessages() in talk.actions


@pytest.mark.parametrize("words", ["nae messages in the hoose", "we have no more messages and no money"])
def test_messages_that_are_food_still_bring_help_with_food(words: str) -> None:
    talk = Talk(real())
    assert "help with food" in talk.say(words)
    assert StopMessages() not in talk.actions


@pytest.mark.parametrize(("words", "switch"), [("stop reminders", "reminders"), ("no more news", "news")])
def test_one_kind_of_message_is_switched_off_by_its_name(words: str, switch: str) -> None:
    talk = Talk(real())
    talk.say(words)
    assert WithdrawConsent(switch) in talk.actions
    assert StopMessages() not in talk.actions


def test_the_answer_to_stop_comes_before_what_is_still_booked() -> None:
    talk = Talk(real())
    talk.say("stop")
    said = [at for at, action in enumerate(talk.actions) if isinstance(action, Say)]
    assert said[0] < talk.actions.index(GiveBackBookings())


@pytest.mark.parametrize(
    "words",
    [
        "please dont text this number, mary died",
        "mary passed away please stop the messages",
        "jim has died take him off your list",
        "we lost mum",
        "she didnt make it",
        "its terminal",
    ],
)
def test_a_death_told_by_name_or_in_few_words_is_heard(words: str) -> None:
    talk = Talk(real())
    talk.say(words)
    assert talk.person.grieving


@pytest.mark.parametrize("words", ["dont text me, my phone is dead", "stop texting me my phone died"])
def test_a_dead_phone_is_no_death(words: str) -> None:
    talk = Talk(real())
    talk.say(words)
    assert not talk.person.grieving


def test_a_card_that_says_all_is_stopped_has_no_button_to_stop() -> None:
    talk = Talk(real())
    assert "[Stop messages]" not in talk.say("she died")


def test_whoever_books_after_a_pause_wants_messages_again() -> None:
    talk = Talk(real())
    talk.say("she died")
    talk.send(Tapped("b:c-2611261030:lon-get-active"))
    assert not talk.person.grieving


def test_start_messages_again_undoes_stop() -> None:
    talk = Talk(real())
    talk.say("stop")
    talk.say("start messages again")
    assert not talk.person.stopped


@pytest.mark.parametrize("words", ["cancel", "cancel it", "i need to cancel", "cannae mak it", "not coming"])
def test_cancel_shows_what_is_booked(words: str) -> None:
    talk = Talk(real())
    talk.say(words)
    assert ShowBookings() in talk.actions


def test_start_tips_again_is_understood() -> None:
    talk = Talk(real())
    talk.say("start tips again")
    assert ResumeProgrammes() in talk.actions

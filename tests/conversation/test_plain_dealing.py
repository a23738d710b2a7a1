"""Nothing is read into what people say: consent, deleting, questions, refusals, private details."""

import pytest

from bot.conversation.private import mask
from bot.model import (
    AskHandover,
    CancelHandover,
    EraseMe,
    GiveConsent,
    Person,
    Said,
    Tapped,
    WithdrawConsent,
)
from tests.worlds import Talk, real


def at_consent() -> Talk:
    talk = Talk(real())
    talk.begin("talk-to-person")
    talk.say("a call back")
    return talk


def after_a_call_back() -> Talk:
    talk = at_consent()
    for typed in ("yes", "0131 496 0000", "skip", "worried about rent", "skip", "yes"):
        talk.say(typed)
    assert any(isinstance(action, AskHandover) for action in talk.actions)
    return talk


@pytest.mark.parametrize(
    "typed",
    [
        "I would rather not",
        "okay but not yet",
        "sure, what happens to my number?",
        "ok why?",
        "yes if its free",
        "yes?",
        "yes no",
        "maybe",
    ],
)
def test_a_hedged_yes_gives_no_consent(typed: str) -> None:
    talk = at_consent()
    talk.say(typed)
    assert not any(isinstance(action, GiveConsent) for action in talk.actions)
    assert not talk.person.consents


@pytest.mark.parametrize(
    "typed", ["yes", "Aye", "yes please", "ok go on then", "👍", "yep thats fine", "go ahead"]
)
def test_a_clear_yes_gives_it(typed: str) -> None:
    talk = at_consent()
    talk.say(typed)
    assert talk.person.consents == ("callback",)


def test_a_yes_to_delete_answers_no_other_question() -> None:
    talk = at_consent()
    talk.say("delete my data")
    talk.say("yes")
    assert EraseMe() in talk.actions and not talk.person.consents


@pytest.mark.parametrize("typed", ["aye", "yep", "go ahead", "👍", "yes delete everything"])
def test_deleting_is_confirmed_in_many_words(typed: str) -> None:
    talk = Talk(real())
    talk.say("delete")
    talk.say(typed)
    assert EraseMe() in talk.actions


@pytest.mark.parametrize("between", ["help", "privacy", "what is prehab", "language"])
def test_a_yes_after_something_else_deletes_nothing(between: str) -> None:
    talk = Talk(real())
    talk.say("delete")
    talk.say(between)
    talk.say("yes")
    assert EraseMe() not in talk.actions


def test_the_second_step_cannot_be_forged_or_typed_without_the_first() -> None:
    for event in (Tapped("c:delete-yes"), Said("/delete-yes"), Said("/deleteyes")):
        talk = Talk(real())
        talk.send(event)
        assert EraseMe() not in talk.actions


def test_taking_back_remember_forgets() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    for typed in ("EH6", "online", "everything", "any", "that is enough", "yes"):
        talk.say(typed)
    assert talk.person.remembered
    talk.say("back")
    assert WithdrawConsent("remember") in talk.actions and not talk.person.remembered


def test_a_switch_is_turned_off_with_one_tap_and_what_it_kept_goes() -> None:
    talk = Talk(real(), Person(id="x", consents=("remember",), remembered={"near": "EH6"}))
    answer = talk.send(Tapped("c:off-remember"))
    assert WithdrawConsent("remember") in talk.actions and "forgotten" in answer
    assert not talk.person.remembered and not talk.person.consents


def test_my_data_tells_every_kind_of_thing_in_words() -> None:
    held = {
        "person": {
            "channel": "web",
            "language": "en",
            "area": "scotland",
            "seen": "2026-11-22T10:00:00",
            "place": {
                "visits": [[{"flow": "find-session", "step": "how"}]],
                "kept": [{"value": {"label": "EH6 5"}}],
            },
            "remembered": {"near": {"label": "Leith"}},
        },
        "consents": [{"switch": "callback"}, {"switch": "news", "withdrawn": "2026-11-22"}],
        "handovers": [{"phone": "0131 496 0000", "topic": "Money", "note": "rent"}],
        "questions": [{"text": "can I swim"}],
        "messages": [{"text": "hello"}],
    }
    say = real().data_report(Person(), held)
    for words in (
        "web",
        "English",
        "22 November 2026",
        "scotland",
        "Find a session",
        "EH6 5",
        "Leith",
        "a call back",
        "rent",
        "can I swim",
        ": 1",
    ):
        assert words in say.text.split("Here is all of it")[0]
    assert "session news" not in say.text.split("Here is all of it")[0]
    assert say.rows[0][0].code == "c:off-callback"


def test_back_right_after_sending_takes_the_request_back_and_says_so() -> None:
    talk = after_a_call_back()
    answer = talk.say("back")
    assert CancelHandover() in talk.actions and "taken your request" in answer


def test_back_much_later_does_not() -> None:
    talk = after_a_call_back()
    talk.say("what is prehab")
    talk.say("thanks")
    talk.say("back")
    assert CancelHandover() not in talk.actions


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("nhs 943.476.5919", ("number",)),
        ("943–476–5919", ("number",)),
        ("943  476  5919", ("number",)),
        ("born on the 3rd of March 1954", ("birth",)),
        ("12/03/1954", ("birth",)),
        ("1954-03-12 is my birthday", ("birth",)),
        ("DOB March 3rd 1954", ("birth",)),
        ("MY NAME IS JOHN SMITH", ("name",)),
        ("This is John Smith, can you help", ("name",)),
        ("my name is jean can i exercise", ("name",)),
    ],
)
def test_private_details_are_masked_however_they_are_written(text: str, kinds: tuple[str, ...]) -> None:
    masked = mask(text)
    assert masked.kinds == kinds
    assert not set("1954 5919 smith jean".split()) & set(masked.text.lower().replace(",", " ").split())


@pytest.mark.parametrize(
    "text",
    [
        "my name is not important",
        "is my name kept?",
        "do you keep my name and address?",
        "+44 131 412 7756",
        "0131 496 0000",
        "my operation is on 3 March 2027",
        "this is hard, I am tired",
    ],
)
def test_what_is_not_private_stays(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "typed",
    ["can you help with sleep", "does this use mobile data", "what language is it in", "is my data safe"],
)
def test_a_buttons_word_in_a_question_taps_nothing(typed: str) -> None:
    talk = Talk(real())
    talk.say("menu")
    answer = talk.say(typed)
    assert "You can also type these words" not in answer and "I can only write in English" not in answer


@pytest.mark.parametrize("typed", ["call me back", "call me", "phone me"])
def test_an_option_in_its_own_words_wins_over_a_command(typed: str) -> None:
    talk = Talk(real())
    talk.begin("talk-to-person")
    assert "Is that OK?" in talk.say(typed)


@pytest.mark.parametrize(
    "typed", ["is yoga safe for me?", "what food is good before surgery?", "will walking make me tired?"]
)
def test_a_question_that_holds_an_options_word_is_a_question(typed: str) -> None:
    talk = Talk(real())
    talk.begin("find-session")
    talk.say("EH6")
    talk.say("online")
    answer = talk.say(typed)
    assert "What are you looking for?" in answer
    assert talk.person.place is not None and "topic" not in talk.person.place.answers


def test_a_question_we_cannot_answer_is_told_honestly_and_ours_comes_again() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    answer = talk.say("who invented the zip fastener and when?")
    assert "I have not kept what you wrote" in answer and "Where do you want to go from?" in answer
    assert talk.person.place is not None and talk.person.place.tries == 0


@pytest.mark.parametrize(
    "typed",
    [
        "stop please",
        "please stop",
        "stop now",
        "Stop all messages",
        "please stop messaging me",
        "/stop@PrehabBot",
    ],
)
def test_stop_is_understood_politely_too(typed: str) -> None:
    talk = Talk(real())
    talk.begin("find-session")
    talk.say(typed)
    assert talk.person.stopped


@pytest.mark.parametrize(
    "typed", ["can i talk to a human", "person please", "i want to speak to a nurse", "Talk to a person"]
)
def test_a_person_is_asked_for_in_many_words(typed: str) -> None:
    talk = Talk(real())
    talk.begin("welcome")
    assert "[A call back]" in talk.say(typed)


@pytest.mark.parametrize("typed", ["black", "men", "hell", "shop"])
def test_an_ordinary_word_is_no_command(typed: str) -> None:
    talk = Talk(real())
    talk.begin("find-session")
    talk.say(typed)
    assert talk.person.place is not None and not talk.person.stopped


@pytest.mark.parametrize(
    "typed",
    ["i cant use a computer", "i cant do online", "anything but online", "online wouldnt work for me", "no"],
)
def test_what_is_turned_down_is_not_chosen(typed: str) -> None:
    talk = Talk(real())
    talk.begin("find-session")
    talk.say("EH6")
    talk.say(typed)
    assert talk.person.place is not None and "mode" not in talk.person.place.answers


def test_the_emergency_cards_buttons_can_be_typed() -> None:
    talk = Talk(real())
    talk.say("crushing chest pain")
    assert "URGENT" in talk.say("i am not in danger")


def test_yes_to_carrying_on_carries_on_and_start_again_starts_again() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    talk.begin("welcome")
    talk.say("for me")
    assert "Where do you want to go from?" in talk.say("yes")
    talk.say("EH6")
    assert "Where do you want to go from?" in talk.say("start again")
    assert talk.person.parked is None


def test_a_place_off_our_map_offers_a_person_after_three_times() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    assert "skip" in talk.say("belfast")
    talk.say("belfast")
    third = talk.say("belfast")
    assert "I do not follow" in third and "[Talk to a person]" in third


@pytest.mark.parametrize("typed", ["😀", "!!!", "…", "   "])
def test_signs_only_get_a_kind_answer_and_no_help_text(typed: str) -> None:
    answer = Talk(real()).say(typed)
    assert "You can also type these words" not in answer and "[" in answer


def test_more_choices_can_be_typed_and_numbers_count_what_is_shown() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    for typed in ("EH6", "online", "everything"):
        talk.say(typed)
    assert "[Kidney or bladder]" in talk.say("more choices")
    talk.say("1")
    assert talk.person.place is not None
    assert talk.person.place.answers["cancer"] == "gynae"

"""What does it mean? Asked as people ask it, and never in the way of a better answer."""

import pytest

from bot.model import Count, Person, Tapped
from tests.worlds import Talk, real

ADJUVANT = "Adjuvant treatment comes after the main treatment"
NEOADJUVANT = "Neoadjuvant treatment comes before the main treatment"


def answer(said: str) -> str:
    return Talk(real()).say(said)


@pytest.mark.parametrize(
    "asked",
    [
        "what does adjuvant mean",
        "What does “adjuvant” mean?",
        "what is adjuvant",
        "whats adjuvant",
        "meaning of adjuvant",
        "adjuvant meaning",
        "adjuvant??",
        "they said adjuvant what is that",
        "define adjuvant",
        "whit does adjuvant mean",
        "wit dus adjuvant meen hen",
        "wots ajuvant",
        "waht dose adjuvent mean pls",
        "what mean adjuvant please",
        "what means adjuvant",
        "my letter says adjuvant. what does that mean?",
        "dinnae ken whit adjuvant means",
        "adjuvant chemo",
        "adjuvant",
        "ADJUVANT",
    ],
)
def test_a_word_is_explained_however_people_ask(asked: str) -> None:
    assert ADJUVANT in answer(asked)


@pytest.mark.parametrize("asked", ["wots neoajuvant", "what is neo-adjuvant", "neo adjuvant chemo?"])
def test_a_word_in_two_parts_or_with_a_slip_is_still_that_word(asked: str) -> None:
    assert NEOADJUVANT in answer(asked)


def test_a_word_that_was_guessed_is_named() -> None:
    assert answer("wots neoajuvant").startswith("I think you mean “neoadjuvant”.")
    assert answer("whats neo-adjuvant").startswith(NEOADJUVANT)


def test_the_entry_says_where_it_comes_from_and_leads_on() -> None:
    told = answer("what does adjuvant mean")
    assert "Source: Macmillan Cancer Support" in told
    assert "Checked 22 November 2026" in told
    assert "[What words mean]" in told
    assert "[Menu]" in told


def test_an_article_to_read_on_is_one_tap_away() -> None:
    talk = Talk(real())
    talk.say("what does neoadjuvant mean")
    assert "operation" in talk.tap("What can I do before my operation?")


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("what is prehab", "Prehab means getting ready for cancer treatment. You use the time"),
        ("what is an HNA", "concerns"),
        ("what is lymphoedema", "[How do I look after my arm or leg?]"),
    ],
)
def test_an_article_that_explains_the_word_itself_wins(asked: str, question: str) -> None:
    told = answer(asked)
    assert question in told
    assert "[What words mean]" not in told


def test_a_longer_question_is_searched() -> None:
    told = answer("can I swim with a stoma bag after my operation or is it not safe yet for me")
    assert "A stoma is an opening" not in told


@pytest.mark.parametrize(
    "other",
    [
        "what is a vasectomy",
        "what is a cardiologist",
        "what is a colectomy",
        "what is nephropathy",
        "what is pain",
    ],
)
def test_a_word_that_is_only_like_one_of_ours_is_not_taken_for_it(other: str) -> None:
    assert "I think you mean" not in answer(other)


def test_a_short_bare_word_is_meant_only_in_capitals() -> None:
    assert "shortness of breath" in answer("SOB")
    assert "Dyspnoea" not in answer("sob")


def test_a_word_used_otherwise_elsewhere_says_so() -> None:
    assert "The word is used like this in Scotland." in _picked("U", "universal")


def _picked(letter: str, word: str) -> str:
    talk = Talk(real())
    talk.say("/glossary")
    talk.tap(letter)
    return talk.tap(word)


def test_a_red_flag_comes_before_the_meaning_of_a_word() -> None:
    told = answer("what does adjuvant mean, I have chest pain and cannot breathe")
    assert "999" in told.splitlines()[0]
    assert ADJUVANT not in told


def test_the_meaning_is_told_in_the_middle_of_a_flow_and_the_question_asked_again() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    told = talk.say("what does adjuvant mean?")
    assert ADJUVANT in told
    assert "Where do you want to go from?" in told
    assert talk.person.place is not None


def test_a_bare_word_in_the_middle_of_a_flow_is_a_reply_to_its_question() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    assert ADJUVANT not in talk.say("adjuvant")


def test_a_question_for_a_word_is_answered_when_the_open_question_is_long_gone() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    talk.now = talk.now.replace(day=28)
    assert ADJUVANT in talk.say("what does adjuvant mean")


def test_not_what_i_meant_leads_to_what_the_search_found() -> None:
    talk = Talk(real())
    talk.say("what is staging")
    assert "[None of these]" in talk.tap("Not what I meant")


@pytest.mark.parametrize(
    "typed", ["/glossary", "glossary", "words", "/glossary@navigator_bot", "What words mean"]
)
def test_the_list_of_words_begins_with_the_letters(typed: str) -> None:
    told = answer(typed)
    assert "Pick the first letter" in told
    assert "[N]" in told


def test_a_letter_leads_to_its_words_and_a_word_to_its_meaning() -> None:
    talk = Talk(real())
    talk.say("/glossary")
    assert "[neoadjuvant]" in talk.tap("N")
    assert NEOADJUVANT in talk.tap("neoadjuvant")
    assert [action.name for action in talk.actions if isinstance(action, Count)] == ["word"]


def test_a_letter_and_a_word_can_be_typed_instead_of_tapped() -> None:
    talk = Talk(real())
    talk.say("/glossary")
    talk.say("n")
    assert NEOADJUVANT in talk.say("neoadjuvant")


def test_looking_up_a_word_parks_an_open_flow() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    assert "[Carry on where I was]" in talk.say("/glossary")
    talk.tap("A")
    assert "[Carry on where I was]" in talk.tap("adjuvant")
    assert "Where do you want to go from?" in talk.tap("Carry on where I was")


@pytest.mark.parametrize("forged", ["g:nothing", "i:?", "i:", "g:", "i:ZZ", "g:../adjuvant"])
def test_a_forged_code_is_an_old_button(forged: str) -> None:
    assert "That button does not work any more." in Talk(real()).send(Tapped(forged))


def test_every_word_is_reached_from_the_list_with_codes_that_fit() -> None:
    talk = Talk(real())
    talk.say("/glossary")
    letters = [label for label in talk.buttons if len(label) == 1]
    for letter in letters:
        talk.send(Tapped(f"i:{letter}"))
    reached = {
        button.code.removeprefix("g:") for button in talk.buttons.values() if button.code.startswith("g:")
    }
    assert reached == set(real().world.content.glossary)
    assert max(len(button.code.encode()) for button in talk.buttons.values()) <= 64


def test_nothing_is_kept_of_what_was_asked() -> None:
    talk = Talk(real(), Person(id="someone", told=("welcome", "telegram")))
    talk.say("what does adjuvant mean")
    assert "adjuvant" not in str(talk.person.nearest)
    assert talk.person.place is None

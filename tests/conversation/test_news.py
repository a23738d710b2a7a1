"""A yes to news, and which news: kept under the switch, shown on request, gone with the switch."""

from bot.model import GiveConsent, Person, Tapped, WithdrawConsent
from tests.worlds import Talk, real


def asked_for(talk: Talk) -> Talk:
    talk.begin("news")
    for words in ("yes", "sleep", "lung", "leith"):
        talk.say(words)
    return talk


def test_a_yes_with_what_it_is_about_is_kept() -> None:
    talk = asked_for(Talk(real()))
    assert talk.person.consents == ("news",) and talk.person.area == "scotland"
    assert talk.person.interests == (("topic", "sleep"), ("cancer", "lung"))


def test_a_yes_is_written_down_with_the_version_of_the_text_that_was_read() -> None:
    talk = Talk(real())
    talk.begin("news")
    talk.say("yes")
    assert GiveConsent("news", "news/first/1") in talk.actions


def test_a_new_choice_takes_the_place_of_the_one_before() -> None:
    talk = asked_for(Talk(real()))
    talk.begin("news")
    for words in ("eating", "skip"):
        talk.say(words)
    assert talk.person.interests == (("topic", "eating"),)


def test_without_a_yes_nothing_is_kept() -> None:
    talk = Talk(real())
    talk.begin("news")
    talk.say("no")
    assert talk.person.interests == () and talk.person.consents == ()


def test_news_switched_off_or_everything_stopped_forgets_the_choice() -> None:
    for code in ("c:off-news", "c:stop"):
        talk = asked_for(Talk(real()))
        talk.send(Tapped(code))
        assert talk.person.interests == () and WithdrawConsent("news") in talk.actions


def test_taking_the_yes_back_with_back_forgets_the_choice() -> None:
    talk = asked_for(Talk(real()))
    for _ in range(4):
        talk.say("back")
    assert talk.person.interests == () and talk.person.consents == ()


def test_who_had_stopped_and_asks_for_news_gets_it_again() -> None:
    talk = asked_for(Talk(real(), Person(id="someone", told=("welcome", "telegram"), stopped=True)))
    assert not talk.person.stopped

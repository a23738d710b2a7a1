"""My concerns, how am I doing, and help with feelings, as tired and worried people use them."""

from datetime import timedelta

from bot.model import Person
from tests.worlds import ROOT, Talk, real

LISTS = 6
"""Of concerns, asked one after the other."""
ITEMS = 6
"""Questions of the check-in."""


def at(flow: str, person: Person | None = None) -> Talk:
    talk = Talk(real(), person)
    talk.begin(flow)
    return talk


def check_in(talk: Talk, *answers: str) -> str:
    """The check-in with these answers, the rest of them good; what came back last."""
    said = [talk.say(answer) for answer in (*answers, *["good"] * (ITEMS - len(answers)))]
    return said[-1]


def concerns(talk: Talk, *answers: str) -> str:
    """The six lists of concerns with these answers, the rest of them none."""
    said = [talk.say(answer) for answer in (*answers, *["none"] * (LISTS - len(answers)))]
    return said[-1]


def test_a_page_of_concerns_shows_the_number_beside_the_words_of_the_person() -> None:
    talk = at("my-concerns")
    concerns(talk, "tired and sleep")
    talk.say("8")
    page = talk.say("skip")
    assert "I run out of energy: 8 out of 10." in page
    assert "I sleep badly." in page


def test_no_number_of_a_concern_changes_what_is_said() -> None:
    pages = []
    for number in ("0", "10"):
        talk = at("my-concerns")
        concerns(talk, "none", "low")
        pages.append(talk.say(number).replace(f"{number} out of 10", "..."))
    assert pages[0] == pages[1]


def test_a_page_of_concerns_asks_for_a_formal_talk() -> None:
    talk = at("my-concerns")
    concerns(talk, "pain")
    page = talk.say("5")
    assert "may I have an HNA" in page
    assert "This page starts a talk." in page


def test_a_concern_leads_to_the_article_about_it() -> None:
    talk = at("my-concerns")
    concerns(talk, "none", "none", "fertility")
    talk.say("9")
    assert "It is fine to ask, whatever your age." in talk.tap("I worry about having children")


def test_a_plain_no_leaves_a_list_of_concerns_empty() -> None:
    for no in ("no", "nah", "none", "nothing", "nowt", "None of these"):
        talk = at("my-concerns")
        assert "List 2 of 6" in talk.say(no), no


def test_no_more_than_three_concerns_are_chosen() -> None:
    talk = at("my-concerns")
    concerns(talk, "tired, sleep, pain and food")
    assert "Please pick 3 at the most." in talk.say("1, 2, 3 and 4")


def test_a_check_in_is_in_words_without_any_score() -> None:
    page = check_in(at("how-am-i"), "hard", "ok")
    assert "Energy: Hard." in page
    assert "score" not in page
    assert "out of" not in page


def test_a_check_in_is_not_remembered_without_a_yes() -> None:
    talk = at("how-am-i")
    check_in(talk)
    talk.say("no")
    assert not talk.person.remembered
    assert not talk.person.plan


def test_with_a_yes_the_next_check_in_says_what_has_changed() -> None:
    talk = at("how-am-i")
    check_in(talk, "hard")
    talk.say("yes")
    talk.now += timedelta(days=10)
    assert "Last time was Monday 23 November 2026." in talk.begin("how-am-i")
    assert "Energy: Good. Since last time: a bit better." in check_in(talk)


def test_two_things_harder_bring_kind_words_and_helplines() -> None:
    talk = at("how-am-i")
    check_in(talk)
    talk.say("yes")
    talk.now += timedelta(days=10)
    talk.begin("how-am-i")
    offer = check_in(talk, "ok", "ok")
    assert "You do not have to carry the hard parts alone." in offer
    assert "116 123" in offer


def test_leaving_out_the_offer_of_a_person_does_not_lead_to_one() -> None:
    talk = at("how-am-i")
    check_in(talk, "ok", "very hard")
    assert "Shall I remember these answers?" in talk.say("skip")


def test_saying_no_to_the_plan_does_not_forget_what_was_remembered() -> None:
    talk = at("how-am-i")
    check_in(talk)
    talk.say("yes")
    talk.begin("how-am-i")
    check_in(talk)
    talk.say("no")
    assert talk.person.remembered["energy"] == "good"
    assert len(talk.person.plan) == 1


def test_who_might_not_be_safe_reads_whom_to_call_first() -> None:
    talk = at("emotional-help")
    answer = talk.tap("I feel I might not be safe")
    assert answer.startswith("CALL NOW: if you cannot keep safe, call 999")
    assert talk.person.place is None


def test_help_with_feelings_is_shown_by_nation() -> None:
    ways = {"Scotland": "In Scotland, start with", "London": "NHS Talking Therapies is free help in England"}
    for where, told in ways.items():
        talk = at("emotional-help")
        for reply in ("skip", "skip", "me", where):
            talk.say(reply)
        assert told in talk.say("more help"), where


def test_whose_area_is_known_is_not_asked_where_they_live() -> None:
    talk = at("emotional-help", Person(id="someone", area="scotland", told=("welcome", "telegram")))
    for _ in range(2):
        talk.say("skip")
    assert "There are 3 steps of help." in talk.say("me")


def test_any_answer_leads_to_the_same_three_steps() -> None:
    shown = set()
    for like in ("worry", "low", "alone", "cross", "skip"):
        talk = at("emotional-help")
        for reply in (like, "months", "me"):
            talk.say(reply)
        shown.add(talk.say("wales"))
    assert len({text[: text.index("What would you like")] for text in shown}) == 1


def test_no_flow_names_a_licensed_questionnaire() -> None:
    names = ("EQ-5D", "QLQ-C30", "Distress Thermometer", "MUST score", "PAR-Q+", "HADS", "PHQ-9", "GAD-7")
    for path in sorted((ROOT / "flows").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert not [name for name in names if name in text], path.name

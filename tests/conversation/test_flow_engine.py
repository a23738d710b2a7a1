"""What the flow engine can do, and what a person can do in it."""

from datetime import timedelta

from bot.model import GiveConsent, Located, Person, Said, Tapped, WithdrawConsent
from tests.worlds import NOW, Talk, with_flows

KINDS = """
flow: kinds
title: All kinds
steps:
  ready: {ask: yes-no, text: "Ready?", save: ready, skip: true}
  one: {ask: one-of, text: "Which one?", save: one, options: [
    {id: tea, label: Tea}, {id: coffee, label: Coffee, says: [java]}]}
  many: {ask: several-of, text: "Which ones?", save: many, options: [
    {id: a, label: Apples}, {id: b, label: Bread}, {id: c, label: Cheese}]}
  number: {ask: number, text: "How many days?", save: days, least: 0, most: 7}
  sure: {ask: scale, text: "How sure?", save: sure, least: 0, most: 10, ends: [not at all, very]}
  day: {ask: date, text: "Which day?", save: day, when: future}
  place: {ask: place, text: "Where?", save: near}
  words: {ask: short-text, text: "In your words?", save: words, skip: true}
  bye: {end: "{one}; {many}; {days}; {sure}; {day}; {near}; {words}"}
"""
CONSENT = """
flow: consenting
title: Consent
steps:
  news: {ask: yes-no, text: "Send you news?", consent: news, "yes": done, "no": done}
  done: {ask: yes-no, text: "All done?"}
  bye: {end: "Bye."}
"""
BRANCHES = """
flow: branches
title: Branches
steps:
  days: {ask: number, text: "How many?", save: days, least: 0, most: 9}
  mark: {set: {marked: true}}
  which: {branch: [{when: {days: {least: 5}}, go: many}, {when: {days: 0}, go: none}], else: some}
  many: {end: "Many."}
  none: {end: "None."}
  some: {flow: inner, next: after}
  after: {end: "After the inner one: {colour}."}
"""
INNER = """
flow: inner
title: Inner
internal: true
steps:
  colour: {ask: one-of, text: "Which colour?", save: colour, options: [
    {id: red, label: Red}, {id: blue, label: Blue}]}
  inner-end: {end: "Inner end."}
"""
LONG = "flow: long\ntitle: Long\nsteps:\n  pick: {ask: one-of, text: Pick, save: pick, options: [" + (
    ", ".join(f"{{id: o{n}, label: Thing x{n}y}}" for n in range(30))
    + "]}\n  bye: {end: 'You said {pick}.'}\n"
)


def at_kinds() -> Talk:
    talk = Talk(with_flows(KINDS))
    talk.begin("kinds")
    return talk


def test_every_kind_of_question_is_asked_and_its_answer_said_back() -> None:
    talk = at_kinds()
    for typed in ("aye", "the 2nd", "1 and cheese", "about 3", "eight", "next tue", "EH6 5NA please"):
        talk.say(typed)
    answer = talk.say("that was fine")
    assert "Coffee; Apples, Cheese; 3; 8; Tuesday 24 November 2026; EH6 5; that was fine" in answer


def test_the_same_by_tapping() -> None:
    talk = at_kinds()
    for label in ("Skip", "Tea", "Bread"):
        talk.tap(label)
    talk.tap("Done")
    talk.say("7")
    talk.tap("10")
    talk.say("14/3")
    talk.send(Located(55.95, -3.19))
    assert "Tea; Bread; 7; 10; Sunday 14 March 2027; EH1 1" in talk.tap("Skip")


def test_a_wrong_reply_gets_one_sentence_and_the_choices_again_in_other_words() -> None:
    talk = at_kinds()
    talk.say("yes")
    first, second = talk.say("purple"), talk.say("grey")
    assert "Which one?" in first and "[Tea]" in first and "[Coffee]" in second
    assert first.splitlines()[0] != second.splitlines()[0]


def test_after_three_wrong_replies_a_person_and_a_way_on_are_offered_and_later_the_menu() -> None:
    talk = at_kinds()
    talk.say("yes")
    third = [talk.say(word) for word in ("purple", "grey", "pink")][-1]
    assert "[Talk to a person]" in third and "[Carry on where I was]" in third
    last = [talk.say(word) for word in ("purple", "grey", "pink")][-1]
    assert "[Find a session]" in last and talk.person.place is None
    assert "Which one?" in talk.say("carry on")


def test_back_undoes_the_last_answer() -> None:
    talk = at_kinds()
    talk.say("yes")
    talk.say("tea")
    assert "Which one?" in talk.say("back")
    assert "Ready?" in talk.say("go back")
    assert talk.person.place is not None and talk.person.place.answers == {}


def test_back_before_the_first_answer_leads_to_the_menu() -> None:
    talk = at_kinds()
    assert "[Find a session]" in talk.say("back")


def test_a_tap_on_an_old_button_repairs_the_path_and_forgets_later_answers() -> None:
    talk = at_kinds()
    talk.say("yes")
    coffee = talk.buttons["Coffee"].code
    for typed in ("tea", "cheese", "3"):
        talk.say(typed)
    assert "Which ones?" in talk.send(Tapped(coffee))
    assert talk.person.place is not None
    assert talk.person.place.answers == {"ready": True, "one": "coffee"}


def test_an_old_button_of_a_run_that_has_ended_reopens_it() -> None:
    talk = Talk(with_flows(CONSENT))
    talk.begin("consenting")
    talk.say("yes")
    no = talk.buttons["No"].code
    talk.say("yes")
    assert talk.person.place is None
    assert "Bye." in talk.send(Tapped(no))


def test_a_yes_to_a_consent_question_switches_one_thing_on_and_back_switches_it_off() -> None:
    talk = Talk(with_flows(CONSENT))
    talk.begin("consenting")
    talk.say("yes")
    assert GiveConsent("news", "consenting/news/1") in talk.actions
    assert talk.person.consents == ("news",)
    talk.say("back")
    assert WithdrawConsent("news") in talk.actions
    assert not talk.person.consents


def test_a_branch_takes_the_first_case_that_holds() -> None:
    assert "Many." in _answer("7")
    assert "None." in _answer("0")
    assert "Which colour?" in _answer("2")


def _answer(days: str) -> str:
    talk = Talk(with_flows(BRANCHES, INNER))
    talk.begin("branches")
    return talk.say(days)


def test_a_sub_flow_comes_back_to_where_it_was_called_and_back_crosses_into_it() -> None:
    talk = Talk(with_flows(BRANCHES, INNER))
    talk.begin("branches")
    talk.say("2")
    assert "After the inner one: Blue." in talk.say("blue")
    assert "Which colour?" in talk.say("back")
    assert "How many?" in talk.say("back")


def test_a_list_too_long_for_buttons_is_paged_and_any_of_it_can_be_typed() -> None:
    talk = Talk(with_flows(LONG))
    first = talk.begin("long")
    assert "[Thing x7y]" in first and "[Thing x8y]" not in first
    assert "[Thing x8y]" in talk.tap("More choices")
    assert "You said Thing x25y." in talk.say("26")


def test_a_question_in_the_middle_is_answered_and_ours_asked_again() -> None:
    talk = at_kinds()
    answer = talk.say("what is prehab?")
    assert "prehab" in answer.lower() and "Ready?" in answer
    assert "Which one?" in talk.say("yes")


def test_a_flow_that_waited_too_long_says_so_kindly() -> None:
    talk = at_kinds()
    talk.now = NOW + timedelta(hours=25)
    answer = talk.say("yes")
    assert "Welcome back" in answer and "[Start again]" in answer
    assert talk.person.place is None
    assert "Ready?" in talk.tap("Start again")


def test_a_flow_that_authors_changed_goes_on_at_the_same_step() -> None:
    talk = at_kinds()
    talk.say("yes")
    talk.navigator = with_flows(KINDS.replace("Which one?", "Which drink?"))
    assert "Which ones?" in talk.say("tea")


def test_a_step_that_is_gone_gets_one_honest_sentence_and_the_start() -> None:
    talk = at_kinds()
    talk.say("yes")
    talk.navigator = with_flows(KINDS.replace("  one:", "  drink:"))
    answer = talk.say("tea")
    assert "We have changed these questions" in answer and "Ready?" in answer


def test_a_leaflets_link_in_the_middle_answers_and_offers_to_carry_on() -> None:
    talk = at_kinds()
    talk.say("yes")
    answer = talk.open("article-what-is-prehab")
    assert "prehab" in answer.lower() and "[Carry on where I was]" in answer
    assert "Which one?" in talk.tap("Carry on where I was")


def test_a_flow_begun_inside_another_ends_with_the_way_back() -> None:
    talk = Talk(with_flows(KINDS, CONSENT))
    talk.begin("kinds")
    talk.begin("consenting")
    talk.say("no")
    assert "[Carry on where I was]" in talk.say("yes")
    assert "Ready?" in talk.say("carry on")


def test_a_forged_option_changes_nothing() -> None:
    talk = at_kinds()
    before = talk.person.place
    talk.send(Tapped("r:1:0:everything"))
    talk.send(Tapped("r:99:7:yes"))
    talk.send(Tapped("r:1:-1:yes"))
    assert talk.person.place is not None and before is not None
    assert talk.person.place.visits == before.visits


def test_why_is_answered_where_authors_wrote_it() -> None:
    talk = Talk(with_flows(), Person(id="x", told=("welcome",)))
    talk.begin("find-session")
    answer = talk.send(Said("why do you ask?"))
    assert "I use it to show what is near you" in answer and "Where do you want to go from?" in answer

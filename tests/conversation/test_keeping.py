"""Pages to take along, last time's answers beside this time's, and a plan that is the person's own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversation.navigator import Navigator
from bot.links import Links
from bot.model import Count, Person, PlanItem, Say, Tapped
from tests.worlds import NOW, Talk, real, with_flows

CHECK = """
flow: check
title: Check
steps:
  body: {ask: several-of, text: "Body?", save: body, skip: true, options: [
    {id: sleep, label: Sleeping}, {id: pain, label: Being sore}, {id: food, label: Eating}]}
  home: {ask: several-of, text: "Home?", save: home, skip: true, options: [
    {id: bills, label: Bills}, {id: job, label: My job}]}
  top: {ask: several-of, text: "Which 2 matter most?", save: top, options_from: [body, home], most: 2}
  name: {set: {first: $top.0, second: $top.1, day: $today}}
  sheet:
    page: My list
    intro: "Made on {day}."
    lines:
      - {when: {first: given}, line: "First: {first}", article: sleeping-badly}
      - {when: {second: given}, line: "Second: {second}"}
    nothing: You picked nothing.
    outro: Take it along.
    save: page
  ok: {ask: yes-no, text: "Keep it?", consent: remember}
  put: {keep: page, text: "{page}"}
  bye: {end: "Bye."}
"""
MOOD = """
flow: mood
title: Mood
steps:
  ok: {ask: yes-no, text: "Remember?", consent: remember}
  energy: {ask: one-of, text: "Energy?", save: energy, options: [
    {id: good, label: Good}, {id: low, label: Low}]}
  sleep: {ask: one-of, text: "Sleep?", save: sleep, options: [
    {id: good, label: Good}, {id: low, label: Low}]}
  beside: {compare: [energy, sleep], best_first: [good, low]}
  store: {remember: [energy, sleep]}
  which: {branch: [{when: {harder: {least: 2}}, go: hard}], else: bye}
  hard: {end: "Harder: {harder}. Talk to someone."}
  bye: {end: "Energy {energy}: {energy_change}. Sleep {sleep}: {sleep_change}."}
"""
GOAL = """
flow: goal
title: Goal
steps:
  ok: {ask: yes-no, text: "Keep?", consent: remember}
  what: {ask: short-text, text: "What?", save: what}
  day: {ask: date, text: "When?", save: day, skip: true}
  put: {keep: goal, text: "{what}", day: day}
  more: {ask: yes-no, text: "All right?"}
  bye: {end: "Bye."}
"""


def at_the_list(*said: str) -> Talk:
    talk = Talk(with_flows(CHECK))
    talk.begin("check")
    for words in said:
        talk.say(words)
    return talk


def with_goal(words: str = "Walk to the shop", day: str = "skip") -> Talk:
    talk = Talk(with_flows(GOAL))
    talk.begin("goal")
    for said in ("yes", words, day):
        talk.say(said)
    return talk


def test_a_later_question_offers_only_what_was_ticked_before() -> None:
    came = at_the_list("sleping and eating").say("bills")
    assert "[Sleeping]" in came and "[Eating]" in came and "[Bills]" in came
    assert "[Being sore]" not in came and "[My job]" not in came


def test_one_tick_too_many_is_not_taken_and_says_why() -> None:
    talk = at_the_list("1, 2, 3", "bills")
    talk.tap("Sleeping")
    talk.tap("Eating")
    assert "Please pick 2 at the most." in talk.tap("Bills")
    assert "Please pick 2 at the most." in talk.say("sleeping, eating and bills")
    assert "First: Sleeping" in talk.tap("Done")


def test_with_little_ticked_there_is_nothing_to_choose_and_nothing_is_asked() -> None:
    came = at_the_list("being sore").say("skip")
    assert "Which 2 matter most?" not in came
    assert "First: Being sore" in came and "Second" not in came


def test_with_nothing_ticked_the_page_says_so() -> None:
    assert "You picked nothing." in at_the_list("skip").say("skip")


def test_a_page_has_its_date_its_lines_an_article_to_read_on_and_its_last_words() -> None:
    talk = at_the_list("sleeping")
    came = talk.say("my job")
    assert "My list\n\nMade on Monday 23 November 2026.\n\n• First: Sleeping\n• Second: My job" in came
    assert "Take it along." in came
    assert talk.says[0].look == "page"
    assert [button.code for row in talk.says[0].rows for button in row] == ["a:sleeping-badly"]


def test_each_line_of_a_page_is_counted_without_a_person() -> None:
    talk = at_the_list("sleeping")
    talk.say("skip")
    lines = [action for action in talk.actions if isinstance(action, Count) and action.name == "line"]
    assert lines == [
        Count("line", (("flow", "check"), ("step", "sheet"), ("area", ""), ("line", "line-0"))),
    ]


def test_a_page_is_kept_only_with_a_clear_yes() -> None:
    talk = at_the_list("sleeping", "skip")
    talk.say("no")
    assert talk.person.plan == ()
    talk = at_the_list("sleeping", "skip")
    talk.say("yes")
    assert [item.kind for item in talk.person.plan] == ["page"]
    assert "First: Sleeping" in talk.say("my plan")


def test_back_takes_the_line_out_of_the_plan_again() -> None:
    talk = with_goal()
    assert [item.text for item in talk.person.plan] == ["Walk to the shop"]
    talk.say("back")
    assert talk.person.plan == ()


def test_the_same_words_kept_twice_are_one_line() -> None:
    talk = with_goal()
    talk.say("yes")
    talk.begin("goal")
    for said in ("yes", "Walk to the shop", "skip"):
        talk.say(said)
    assert [item.text for item in talk.person.plan] == ["Walk to the shop"]


def test_answers_are_set_beside_those_of_last_time_in_words() -> None:
    talk = Talk(with_flows(MOOD))
    talk.begin("mood")
    for said in ("yes", "low"):
        talk.say(said)
    assert "Energy Low: first time. Sleep Good: first time." in talk.say("good")
    talk.now += timedelta(days=14)
    talk.begin("mood")
    for said in ("yes", "good"):
        talk.say(said)
    assert "Energy Good: a bit better. Sleep Good: about the same." in talk.say("good")


def test_two_harder_answers_take_another_way() -> None:
    talk = Talk(with_flows(MOOD))
    for said in ("good", "low"):
        talk.begin("mood")
        talk.say("yes")
        talk.say(said)
        came = talk.say(said)
    assert "Harder: 2. Talk to someone." in came


def test_without_consent_there_is_no_last_time() -> None:
    talk = Talk(with_flows(MOOD))
    for said in ("good", "low"):
        talk.begin("mood")
        talk.say("no")
        talk.say(said)
        came = talk.say(said)
    assert "Energy Low: first time." in came


# ---- the plan in the chat


@pytest.mark.parametrize("words", ["my plan", "/plan", "show my plan", "my paln"])
def test_the_plan_comes_by_its_name(words: str) -> None:
    assert "My prehab plan\n\nWhat I want to do:\n• Walk to the shop" in with_goal().say(words)


def test_an_empty_plan_says_what_could_stand_in_it() -> None:
    assert "Your plan is empty." in Talk(real()).say("my plan")


def test_dates_stand_in_their_order_with_the_weekday_in_words() -> None:
    talk = with_goal("Hospital talk", "9 december")
    talk.say("yes")
    talk.begin("goal")
    for said in ("yes", "Blood test", "1 december"):
        talk.say(said)
    came = talk.say("plan")
    first, second = "Tuesday 1 December 2026: Blood test", "Wednesday 9 December 2026: Hospital talk"
    assert came.index(first) < came.index(second)


def test_a_line_is_taken_off_by_its_button_and_a_second_press_does_no_more() -> None:
    talk = with_goal()
    talk.say("my plan")
    assert "[Walk to the shop]" in talk.tap("Take something off")
    assert "I have taken that off." in talk.tap("Walk to the shop")
    talk.send(Tapped("x:1"))
    assert talk.person.plan == ()


@pytest.mark.parametrize("code", ["x:", "x:99999999999999999999", "x:one", "x:-1"])
def test_a_forged_button_takes_nothing_off(code: str) -> None:
    talk = with_goal()
    talk.send(Tapped(code))
    assert len(talk.person.plan) == 1


def test_the_whole_plan_goes_in_two_steps() -> None:
    talk = with_goal()
    talk.send(Tapped("c:plan-clear-yes"))
    assert len(talk.person.plan) == 1
    talk.say("my plan")
    talk.tap("Delete my plan")
    talk.tap("Yes, delete my plan")
    assert not talk.person.plan


def test_forgetting_answers_forgets_the_plan() -> None:
    talk = with_goal()
    talk.send(Tapped("c:off-remember"))
    assert talk.person.plan == ()


def test_a_full_plan_says_so_and_loses_nothing() -> None:
    items = tuple(PlanItem(n, "goal", f"Goal {n}", date(2026, 11, 1)) for n in range(1, 41))
    talk = Talk(with_flows(GOAL), Person(id="someone", plan=items, consents=("remember",)))
    talk.begin("goal")
    for said in ("yes", "One more", "skip"):
        came = talk.say(said)
    assert "Your plan is full." in came
    assert talk.person.plan == items


def test_an_nhs_number_never_gets_into_the_plan() -> None:
    talk = with_goal("ask about 943 476 5919")
    assert "943" not in talk.person.plan[0].text


# ---- where it is printed


def on_telegram(navigator: Navigator) -> Talk:
    local = replace(navigator.world.local, links=Links("https://prehab.example", "secret"))
    linked = Navigator(replace(navigator.world, local=local))
    plan = (PlanItem(1, "goal", "Walk", date(2026, 11, 1)),)
    told = ("welcome", "telegram")
    return Talk(linked, Person(id="abc", channel="telegram", plan=plan, told=told))


def test_on_telegram_the_plan_has_a_signed_link_to_print_without_a_name_in_it() -> None:
    talk = on_telegram(real())
    talk.say("my plan")
    url = talk.buttons["Open the page to print"].url
    assert url.startswith("https://prehab.example/p/")
    token = url.removeprefix("https://prehab.example/p/")
    assert talk.navigator.page_of_link(token, NOW) == ("/plan", "abc")


def test_a_link_that_is_forged_or_old_leads_nowhere() -> None:
    talk = on_telegram(real())
    talk.say("my plan")
    token = talk.buttons["Open the page to print"].url.removeprefix("https://prehab.example/p/")
    read = talk.navigator.page_of_link
    assert read(token.replace("abc", "abd"), NOW) is None
    assert read(token, NOW + timedelta(days=31)) is None
    assert read("", NOW) is None
    assert read("plan.abc.99999999999999~x", NOW) is None


def test_on_the_web_the_page_is_at_hand() -> None:
    talk = Talk(real(), Person(id="abc", channel="web", plan=on_telegram(real()).person.plan))
    talk.say("my plan")
    assert talk.buttons["Open the page to print"].url == "/plan"


def test_in_a_terminal_there_is_no_page_to_open() -> None:
    assert "[Open the page to print]" not in with_goal().say("my plan")


def test_the_plan_page_is_the_plan_or_nothing() -> None:
    page = real().plan_page(on_telegram(real()).person)
    assert isinstance(page, Say) and "• Walk" in page.text
    assert real().plan_page(Person()) is None

"""Joining, pausing, moving and stopping, as people do it, on both databases."""

from bot.store.engine import Store
from bot.store.tables import enrolments, ledger, letters
from tests.databases import Clock, column, rows
from tests.programmes.people import Chat, deliver, known, of, planned, utc

TIPS = ["three-things", "start-small", "protein", "stronger", "sleep", "relax", "questions", "nearly-there"]


async def names(store: Store) -> list[str]:
    return [name for name, _ in await planned(store)]


async def test_joining_plans_every_message_at_its_local_time(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    answer = await chat.join()
    assert "You are signed up for “Getting ready”. Your day: Monday 4 January 2027." in answer
    assert "The next message comes on Monday 7 December 2026." in answer
    assert await names(store) == TIPS
    assert (await planned(store))[0] == ("three-things", utc("2026-12-07 10:00"))


async def test_what_came_of_joining_and_the_words_of_the_flow_are_one_message(
    store: Store, clock: Clock
) -> None:
    chat = Chat(store, clock)
    await chat.join()
    assert len(chat.says) == 1


async def test_two_people_with_the_same_day_share_their_letters(store: Store, clock: Clock) -> None:
    await Chat(store, clock).join()
    await Chat(store, clock, address="bob").join()
    assert len(await rows(store, letters)) == len(TIPS)
    assert len(await planned(store)) == 2 * len(TIPS)


async def test_every_message_can_be_put_off_or_stopped(store: Store, clock: Clock) -> None:
    await Chat(store, clock).join()
    for body in await column(store, letters, "body"):
        assert '"k:pause"' in body and '"k:stop=getting-ready"' in body


async def test_changing_the_date_moves_what_is_to_come(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    answer = await chat.join(day="11 January 2027")
    assert "I have changed the date for “Getting ready” to Monday 11 January 2027." in answer
    assert (await planned(store))[0] == ("three-things", utc("2026-12-14 10:00"))
    assert len(await of(store, "dropped")) == len(TIPS)


async def test_a_later_date_repeats_nothing_that_was_sent(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    clock.time = utc("2026-12-07 10:00")
    assert await deliver(store, clock()) == ["three-things"]
    await chat.join(day="1 March 2027")
    assert await names(store) == TIPS[1:]


async def test_going_back_takes_it_back(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    answer = await chat.say("back")
    assert "You get no more messages from “Getting ready”." in answer
    assert "Shall I send you the tips?" in answer
    assert await planned(store) == []


async def test_not_now_holds_everything_until_they_carry_on(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    assert "[Start tips again]" in await chat.say("not now")
    assert await planned(store) == []
    clock.time = utc("2026-12-20 12:00")
    assert "The next message comes on Monday 21 December 2026." in await chat.tap("Start tips again")
    assert await names(store) == TIPS[4:]


async def test_not_now_in_answer_to_a_question_of_ours_is_a_no(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.say("delete my data")
    assert "I have not deleted anything." in await chat.say("not now")
    assert await names(store) == TIPS


async def test_pausing_twice_and_carrying_on_twice_changes_nothing_more(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    for button in ("k:pause", "k:pause", "k:resume", "k:resume"):
        await chat.tap(button)
    assert await names(store) == TIPS


async def test_stopping_one_leaves_the_others(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.join("join-hna-prompts", "10 december")
    await chat.tap("k:stop=getting-ready")
    assert await names(store) == ["what-matters", "private-things", "copy-of-plan"]
    assert "getting-ready" not in await chat.tap("k:stop=getting-ready")


async def test_the_list_shows_each_with_its_day_and_its_buttons(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    shown = await chat.say("/programmes")
    assert "• Getting ready. The date for your operation" in shown and "Monday 4 January 2027" in shown
    assert "[New date: Getting ready]" in shown and "[Stop: Getting ready]" in shown
    assert "[Start: After treatment]" in shown and "[Start: Getting ready]" not in shown
    assert "On which day is your operation" in await chat.tap("New date: Getting ready")


async def test_somebody_without_a_programme_sees_what_there_is(store: Store, clock: Clock) -> None:
    shown = await Chat(store, clock).say("my tips")
    assert "You are not signed up" in shown and "[Start: Getting ready]" in shown


async def test_words_about_programmes_nobody_is_in_say_how_to_stop_all(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    for words in ("pause", "stop the tips", "resume tips"):
        assert "type: stop" in await chat.say(words)


async def test_stop_ends_every_programme(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.say("stop")
    assert await planned(store) == [] and await column(store, enrolments, "state") == ["stopped"]
    await chat.tap("k:resume")
    assert await planned(store) == []


async def test_switching_reminders_off_ends_programmes_too(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.tap("c:off-reminders")
    assert await planned(store) == [] and await column(store, enrolments, "state") == ["stopped"]


async def test_who_stopped_and_joins_again_gets_messages_again(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.say("stop")
    assert "You are signed up" in await chat.join()
    assert await names(store) == TIPS


async def test_what_the_pause_says_to_type_starts_the_tips_again(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    assert "type: start tips again." in await chat.say("not now")
    assert "type: start tips again." in (await chat.say("carry on")).lower()
    assert "OK, you get them again. The next message comes on" in await chat.say("start tips again")


async def test_on_the_website_nobody_waits_for_a_tip_to_ring(store: Store, clock: Clock) -> None:
    only_here = "You see my messages only when you open it again."
    assert only_here in await Chat(store, clock).join()
    assert only_here not in await Chat(store, clock, channel="telegram", address="bob").join()


async def test_my_data_lists_programmes(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    said = await chat.say("my data")
    assert "Tips and check-ins you signed up for: Tips to get ready, your day is 4 January 2027" in said


async def test_deleting_everything_leaves_no_trace(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    await chat.say("delete my data")
    await chat.say("yes")
    assert await rows(store, enrolments) == [] and await of(store, "planned") == []


async def test_when_the_last_message_is_out_it_is_done(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    for tip in await of(store, "planned"):
        clock.time = tip["due"]
        await deliver(store, clock())
    assert "You are not signed up" in await chat.say("my tips")
    assert await column(store, enrolments, "state") == ["done"]


async def test_a_forged_button_does_nothing(store: Store, clock: Clock) -> None:
    chat = Chat(store, clock)
    await chat.join()
    for code in ("k:", "k:stop=", "k:stop=nothing", "k:x", "k:resume=getting-ready"):
        await chat.tap(code)
    assert await names(store) == TIPS


async def test_the_person_is_reached_where_they_wrote(store: Store, clock: Clock) -> None:
    await known(store, clock(), "nobody")
    await Chat(store, clock).join()
    (channel,) = set(await column(store, ledger, "channel"))
    assert channel == "web" and {row["address"] for row in await of(store, "planned")} == {"ann"}

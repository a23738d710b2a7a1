"""Buttons, within what Telegram takes."""

from bot.channels.telegram import keyboard
from bot.channels.telegram.drawing import draw
from bot.conversation.texts import Texts
from bot.model import Button, Rows, Say


def shown(rows: Rows) -> list[list[str]]:
    markup = keyboard.inline(rows)
    return [[button.text for button in row] for row in markup.inline_keyboard] if markup else []


def test_short_buttons_stay_side_by_side() -> None:
    assert shown(((Button("Yes", "a"), Button("No", "b")),)) == [["Yes", "No"]]


def test_labels_too_wide_for_a_phone_get_a_row_each() -> None:
    first, second = "A class near where I live", "A class I can join online"
    assert shown(((Button(first, "a"), Button(second, "b")),)) == [[first], [second]]


def test_more_than_8_in_a_row_are_wrapped() -> None:
    row = tuple(Button(str(number), f"r:{number}") for number in range(11))
    assert [len(row) for row in shown((row,))] == [8, 3]


def test_no_more_than_100_buttons_are_sent() -> None:
    rows = tuple((Button(str(number), f"r:{number}"),) for number in range(120))
    assert len(shown(rows)) == 100


def test_a_button_that_telegram_would_refuse_does_not_cost_the_whole_message() -> None:
    rows = ((Button("Too long", "ж" * 33),), (Button(" ", "a"),), (Button("Empty"),), (Button("Ok", "b"),))
    assert shown(rows) == [["Ok"]]


def test_a_web_address_opens_from_its_button() -> None:
    markup = keyboard.inline(((Button("Website", url="https://www.example.org/a"),),))
    assert markup is not None
    assert markup.inline_keyboard[0][0].url == "https://www.example.org/a"


def test_a_number_to_phone_is_said_in_the_text(texts: Texts) -> None:
    say = Say("They can help.", ((Button("Phone Macmillan", url="tel:08088080000"),),))
    assert draw(say, texts)[0].text == "They can help.\nPhone Macmillan: 08088080000"


def test_a_number_to_text_is_said_too(texts: Texts) -> None:
    say = Say("They can help.", ((Button("Text Shout", url="sms:85258?body=SHOUT"),),))
    assert draw(say, texts)[0].text == "They can help.\nText Shout: 85258"


def test_a_number_that_the_text_already_has_is_not_said_twice(texts: Texts) -> None:
    say = Say("Phone 999 now.", ((Button("Phone 999", url="tel:999"),),))
    assert draw(say, texts)[0].text == "Phone 999 now."


def test_a_number_written_with_spaces_counts_as_said(texts: Texts) -> None:
    say = Say("Phone 0808 808 00 00.", ((Button("Phone", url="tel:08088080000"),),))
    assert draw(say, texts)[0].text == "Phone 0808 808 00 00."


def test_only_the_last_part_of_a_long_text_has_the_buttons(texts: Texts) -> None:
    messages = draw(Say("word " * 1000, ((Button("Yes", "a"),),)), texts)
    assert [message.markup is None for message in messages] == [True, False]


def test_a_question_for_a_place_keeps_its_answers_and_offers_the_phones_own(texts: Texts) -> None:
    messages = draw(Say("Where are you?", ((Button("Skip", "a"),),), ask_location=True), texts)
    kinds = [type(message.markup).__name__ for message in messages]
    assert kinds == ["InlineKeyboardMarkup", "ReplyKeyboardMarkup"]


def test_without_answers_to_keep_the_place_is_asked_in_one_message(texts: Texts) -> None:
    messages = draw(Say("Where are you?", ask_location=True), texts)
    assert [type(message.markup).__name__ for message in messages] == ["ReplyKeyboardMarkup"]

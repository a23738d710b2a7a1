"""The safety cards: what each must say, and must never say."""

import re

import pytest

from bot.content.flags import Card, Flag
from bot.safety import static_card
from tests.safety.red_flags import cards, flags

CARDS = tuple(cards().values())
EMERGENCY = tuple(card for card in CARDS if card.level == "emergency")
MEDICINES = re.compile(
    r"\b(paracetamol|ibuprofen|loperamide|laxatives?|imodium|morphine|antibiotics?|dexamethasone|aspirin|mg|ml)\b",
    re.IGNORECASE,
)
TONE = re.compile(
    r"\b(commit|calm down|battle|fight|brave|promise|don't worry|nothing to worry|normal)\b", re.I
)


def words_of(card: Card) -> str:
    return "\n".join((card.text["en"], *(line.text["en"] for line in card.lines)))


def longest_sentence(card: Card) -> int:
    return max(len(sentence.split()) for sentence in re.split(r"[.!?:\n]+", words_of(card)))


@pytest.mark.parametrize("card", EMERGENCY, ids=lambda card: card.id)
def test_an_emergency_card_begins_with_its_one_call_to_action(card: Card) -> None:
    assert card.text["en"].startswith("EMERGENCY: Call 999 or go to A&E now.")
    assert card.text["en"].count("999") == 1


@pytest.mark.parametrize(
    "card", [card for card in EMERGENCY if card.id != "carer-help"], ids=lambda card: card.id
)
def test_an_emergency_card_has_just_its_three_buttons(card: Card) -> None:
    assert [button.url or button.code for button in card.buttons] == [
        "tel:999",
        "c:not-in-danger",
        "c:carer-help",
    ]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_every_card_is_short_plain_and_tells_that_no_one_reads_the_chat(card: Card) -> None:
    assert longest_sentence(card) <= 20
    assert len(words_of(card)) < 700
    assert "No one reads this chat live." in card.text["en"]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_no_card_names_a_medicine_or_a_dose_or_makes_light_of_it(card: Card) -> None:
    assert MEDICINES.findall(words_of(card)) == []
    assert TONE.findall(words_of(card)) == []


@pytest.mark.parametrize(
    "card", [c for c in CARDS if c.level == "urgent" and c.id != "static"], ids=lambda c: c.id
)
def test_an_urgent_card_begins_with_its_level_and_ends_in_999(card: Card) -> None:
    assert card.text["en"].startswith("URGENT: ")
    assert "999" in card.text["en"]


@pytest.mark.parametrize("card", [card for card in CARDS if card.level == "crisis"], ids=lambda card: card.id)
def test_a_crisis_card_thanks_first_and_keeps_to_60_words_and_contacts(card: Card) -> None:
    assert card.text["en"].startswith("Thank you for telling us.")
    assert len(card.text["en"].split()) <= 60
    assert "If you cannot keep safe, call 999" in card.text["en"]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_without_a_nation_only_numbers_of_the_whole_country_are_shown(card: Card) -> None:
    everywhere = "\n".join((card.text["en"], *(line.text["en"] for line in card.lines if not line.nations)))
    numbers = {"cancer-line", "samaritans", "shout", "macmillan", "marie-curie", "childline"}
    assert set(re.findall(r"\{([a-z-]+)\}", everywhere)) <= numbers


@pytest.mark.parametrize("flag", flags().flags, ids=lambda flag: f"{flag.id}-{flag.level}")
def test_every_flag_has_a_card_of_its_level(flag: Flag) -> None:
    card = cards().get(flag.card or flag.level)
    assert flag.level == "sign" or (card is not None and card.level == flag.level)


def test_sepsis_and_spine_cards_give_the_sentence_to_say() -> None:
    assert 'Say: "I have cancer and I think it could be sepsis."' in cards()["sepsis"].text["en"]
    assert 'Say: "I have cancer and I am worried about my spine."' in cards()["spine-emergency"].text["en"]
    assert "even if it ended" in cards()["immunotherapy"].text["en"]


def test_the_static_card_needs_no_other_file_and_is_the_same_everywhere() -> None:
    assert "{" not in static_card().text["en"]
    assert static_card() == cards()["static"]

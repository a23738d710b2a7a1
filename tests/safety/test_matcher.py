"""What switches a flag off, what raises its level, and that no text at all can break the matcher."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.flags import CardFile, Flag, FlagFile
from bot.safety import build_matcher, faults
from tests.safety.red_flags import cards, flags, ids_of, level_of, matcher


def test_the_real_red_flags_have_no_fault() -> None:
    assert list(faults(flags(), CardFile(cards=tuple(cards().values())))) == []


@pytest.mark.parametrize("id", [*(f"R{n:02}" for n in range(1, 40)), *(f"M{n:02}" for n in range(1, 11))])
def test_every_flag_of_the_safety_pack_is_there(id: str) -> None:
    assert id in {flag.id for flag in flags().flags}


def test_of_two_levels_only_the_higher_is_shown() -> None:
    flagged = matcher().check("my feet are numb and I have chest pain")
    assert flagged is not None
    assert (flagged.level, flagged.ids) == ("emergency", ("R04",))


@pytest.mark.parametrize(
    "text",
    [
        "my leg is swollen and I am a bit breathless",
        "my neck is swollen and my breathing is bad",
        "I can't wee and I am in agony",
        "my stoma stopped working and I keep vomiting",
        "dad is muddled and has a temperature",
    ],
)
def test_two_signs_together_can_be_an_emergency(text: str) -> None:
    assert level_of(text) == "emergency"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("no chest pain but I can't breathe", "emergency"),
        ("I had chest pain 20 years ago and now I have it again", "emergency"),
        ("I was diagnosed 2 years ago and my chest hurts", "emergency"),
        ("what are the signs of sepsis because I am shivering", "urgent"),
        ("is my chest pain a side effect of chemo", "emergency"),
        ("no chest pain now", "emergency"),
        ("dying for a cuppa but my chest hurts", "emergency"),
        ("my mum died of a stroke. I have chest pain", "emergency"),
        ("what if I want to die", "crisis"),
        ("I had a heart attack 10 years ago, and my chest is tight", "emergency"),
    ],
)
def test_when_unsure_the_card_shows(text: str, level: str) -> None:
    assert level_of(text) == level


@pytest.mark.parametrize(
    "text", ["my husband has chest pain", "mum can't breathe", "he passed out last night"]
)
def test_another_person_and_the_just_past_count(text: str) -> None:
    assert level_of(text) == "emergency"


def test_she_died_is_bereavement_and_a_cause_of_death_before_a_question_is_not() -> None:
    assert ids_of("my mum died last week") == ("M09",)
    assert ids_of("my mum died of a heart attack, is exercise safe for me?") == ()


@pytest.mark.parametrize(
    "text",
    [
        "37.5",
        "temp 37.6",
        "its 38,5",
        "temperature of thirty eight point two",
        "101 fahrenheit",
        "temp is 35.5",
        "my temp is 385",
        "temp ٣٨.٥",
        "39.1°C",
        "temp was 100.4 F",
    ],
)
def test_a_temperature_out_of_bounds_is_urgent(text: str) -> None:
    assert ids_of(text) == ("R02",)


@pytest.mark.parametrize(
    "text",
    ["37.4", "temp 36.6", "98.6 F", "I am 38", "38", "oven at 38.5 degrees", "I weigh 38.5 kg", "£38.5"],
)
def test_other_numbers_are_no_temperature(text: str) -> None:
    assert ids_of(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "ＣＨＥＳＴ ＰＡＩＮ",
        "chest\u200b pa\u200bin",
        "сhest pаin",
        "ch\u0301est p\u00e4in",
        "chest 🔥 pain",
        "chest\x00pain",
        "c.h.e.s.t pain",
        "ch3st p@in",
        "CHEST!!! PAIN???",
        "chest\n\npain",
        "chhhest paaain",
        "chestpain",
    ],
)
def test_tricks_of_writing_hide_nothing(text: str) -> None:
    assert level_of(text) == "emergency"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_no_text_breaks_the_matcher(text: str) -> None:
    matcher().check(text)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from("no can't breathe chest pain my died 38.5 ago what if a in . 2 & # * ( <".split())
    )
)
def test_no_mix_of_words_breaks_the_matcher(words: list[str]) -> None:
    matcher().explain(" ".join(words))


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "a" * 1_000_000, "9" * 100_000, "\u0301" * 200_000, "can't " * 9000]
)
def test_floods_are_answered(text: str) -> None:
    assert level_of(text) == "none"


def test_the_start_and_the_end_of_a_flood_are_read() -> None:
    flood = "we had soup " * 90_000
    assert (level_of(f"chest pain {flood}"), level_of(f"{flood} chest pain")) == ("emergency", "emergency")


def test_an_explanation_names_the_phrase_the_words_and_what_switched_it_off() -> None:
    hits = matcher().explain("no chest pain").hits
    assert {(hit.id, hit.words, bool(hit.off)) for hit in hits if hit.level == "emergency"} == {
        ("R04", ("chest", "pain"), True)
    }


def test_english_is_checked_beside_the_language_of_the_person() -> None:
    polish = Flag(id="R04", name="Chest pain", level="emergency", language="pl", phrases=("boli klatka",))
    both = build_matcher(FlagFile(flags=(*flags().flags, polish), lists=flags().lists, little=flags().little))
    found = [both.check(text, "pl") for text in ("boli mnie klatka", "chest pain")]
    assert [flagged and flagged.ids for flagged in found] == [("R04",), ("R04",)]
    assert both.check("boli mnie klatka", "en") is None


def test_a_broken_phrase_is_told_and_the_others_still_work() -> None:
    broken = FlagFile(
        flags=(Flag(id="R04", name="Chest pain", level="emergency", phrases=("<nolist> pain", "chest pain")),)
    )
    assert [fault.where for fault in faults(broken)] == [("flags", 0, "phrases", 0)]
    assert build_matcher(broken).check("chest pain") is not None


@pytest.mark.parametrize(
    "phrase", ["<none> pain", "a & b & c", "& pain", "(a|) pain", "the", "4+", "pain?", "[very]"]
)
def test_a_phrase_that_could_never_be_met_is_a_fault(phrase: str) -> None:
    file = FlagFile(flags=(Flag(id="R01", name="x", level="urgent", phrases=(phrase,)),), little="the very")
    assert len(list(faults(file))) == 1

"""The sieve is there for speed alone: whatever it lets through or holds back, the answers are the same."""

import pytest

from bot.content.flags import Flag, FlagFile
from bot.safety import build_matcher

FAR = "a few of the things that the two of us had to do on that long day and in the night"


def _meets(phrase: str, text: str) -> bool:
    flag = Flag(id="R01", name="x", level="urgent", phrases=(phrase,))
    file = FlagFile(flags=(flag,), little="the a of in on and", lists={"cant": ("cant", "not able to")})
    return build_matcher(file).check(text) is not None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("chest pain", "the chest in the pain"),
        ("chest pain", "chest one pain"),
        ("back ... pain", "back one two three of four five six pain"),
        ("confused & shivering", "shivering one two three four five six seven eight confused"),
        ("<cant> breathe", "i am not in the able of the to breathe"),
        ("(going round|one side) .. numb", "one of the side two three four numb"),
        ("sick 4+ times", "sick one 6 two times"),
        ("[very] sore [bad] mouth", "sore one bad two mouth"),
        ("red hot sore swollen leg now", "red hot sore swollen leg now"),
        ("pain", "pain"),
    ],
)
def test_a_phrase_is_met_as_far_apart_as_it_may_stand(phrase: str, text: str) -> None:
    assert _meets(phrase, text)
    assert _meets(phrase, f"{FAR} {text} {FAR}")


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("chest pain", "pain chest"),
        ("chest pain", "chest one two pain"),
        ("chest pain", f"chest {FAR} pain"),
        ("<cant> breathe", "able to breathe not"),
        ("red hot sore swollen leg now", "red hot sore swollen leg"),
    ],
)
def test_words_that_stand_otherwise_do_not_meet_it(phrase: str, text: str) -> None:
    assert not _meets(phrase, text)


def test_a_book_without_phrases_meets_nothing() -> None:
    assert build_matcher(FlagFile()).check("chest pain and nothing else") is None

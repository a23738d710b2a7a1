"""The glossary of this repository: enough words, each proved, none about anybody's outlook."""

import re

from bot.content.glossary import Term
from tests.worlds import real


def live() -> list[Term]:
    return [term for term in real().world.content.glossary.values() if term.status == "live"]


def test_at_least_82_words_are_live() -> None:
    assert len(live()) >= 82


def test_only_what_was_read_at_a_source_or_in_a_copy_is_live() -> None:
    assert {term.confidence for term in live()} <= {"V", "V2"}


def test_every_word_of_the_fact_pack_names_its_fact() -> None:
    assert [term.id for term in live() if term.confidence == "V" and not term.facts] == []


def test_no_meaning_speaks_of_dying_or_of_the_outlook() -> None:
    frightening = {"die", "dying", "death", "terminal", "incurable", "survival"}
    assert [term.id for term in live() if frightening & set(re.findall(r"\w+", term.meaning))] == []

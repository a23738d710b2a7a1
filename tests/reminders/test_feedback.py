"""After a session: one question, one tap, and nothing but a number is kept."""

import pytest
from sqlalchemy import select

from bot.model import Count, Tapped
from bot.store.engine import Store
from bot.store.tables import counters
from tests.bookings.people import SESSION
from tests.databases import Clock
from tests.reminders.helpers import booked, messages
from tests.worlds import Talk, real


async def question(store: Store) -> list[tuple[str, str]]:
    """The buttons under "How was it?"."""
    (say,) = [row["say"] for row in await messages(store) if row["key"].startswith("after")]
    return [(button.label, button.code) for row in say.rows for button in row]


async def test_one_tap_answers_and_is_counted_without_a_name(store: Store, clock: Clock) -> None:
    door = await booked(store, clock, "ann")
    buttons = dict(await question(store))
    assert list(buttons) == ["Good", "OK", "Hard", "Not for me"]
    assert "Thank you for telling me." in await door.send("ann", Tapped(buttons["Good"]))
    async with store.read() as tx:
        found = await tx.execute(select(counters.c.labels).where(counters.c.name == "how-was-it"))
        (labels,) = found.scalars()
    assert "good" in labels and SESSION in labels and "ann" not in labels


@pytest.mark.parametrize("answer", ["hard", "not-for-me"])
def test_an_answer_that_is_not_good_is_met_with_a_person(answer: str) -> None:
    talk = Talk(real())
    said = talk.send(Tapped(f"h:{answer}:{SESSION}"))
    assert "[Talk to a person]" in said or "person" in said
    assert any(isinstance(one, Count) and one.name == "how-was-it" for one in talk.actions)


@pytest.mark.parametrize("code", ["h:great:" + SESSION, "h:good:no-such", "h:good", "h:"])
def test_a_forged_answer_counts_nothing(code: str) -> None:
    talk = Talk(real())
    talk.send(Tapped(code))
    assert not any(isinstance(one, Count) and one.name == "how-was-it" for one in talk.actions)


def test_an_answer_in_the_middle_of_a_talk_loses_nothing_of_it() -> None:
    talk = Talk(real())
    talk.begin("find-session")
    said = talk.send(Tapped(f"h:good:{SESSION}"))
    assert "Thank you for telling me." in said
    assert talk.person.parked is not None and "[Carry on where I was]" in said
